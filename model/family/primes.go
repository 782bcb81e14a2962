package family

import (
	"math/bits"
	"slices"
)

// primeLimit bounds the primes that one call of Primes may list, including those of intermediate sets: 8 MiB.
const primeLimit = 1 << 20

// Primes returns the prime terms of x in the order of [Space.Compare]: the cubes within x that cannot be given one
// more answer and stay within x. The result is false, without primes, if there are too many to list: more than a million
// in x and the sets that the recursion meets.
//
// It follows the diagram (Coudert and Madre 1992), from two answers extended to more: with f[v] for the designs that
// give the first question answer v, a prime with the answers S there is a prime of the intersection of all f[v], v in
// S, that lies within no other f[v].
func (a *Algebra) Primes(x Set) ([]Cube, bool) {
	work, y := a.scratch(x)
	return work.primes(y)
}

// primes is Primes, and leaves the sets that it makes in a.
func (a *Algebra) primes(x Set) ([]Cube, bool) {
	p := primer{Algebra: a, known: map[Set][]Cube{All: {a.space.full}}, room: primeLimit}
	primes := slices.Clone(p.list(x))
	if p.room < 0 {
		return nil, false
	}
	slices.SortFunc(primes, a.space.Compare)
	return primes, true
}

// primer lists the primes of one set.
type primer struct {
	*Algebra
	known map[Set][]Cube
	room  int // how many more primes may be listed; negative once it is exceeded
}

// list returns the primes of x in a fixed but arbitrary order. Once there is no more room, some are missing.
func (p *primer) list(x Set) []Cube {
	if x == None || p.room < 0 {
		return nil
	}
	if primes, ok := p.known[x]; ok {
		return primes
	}
	var primes []Cube
	top := p.level(x)
	for answers := 1; answers < 1<<p.width(top) && len(primes) <= p.room; answers++ {
		primes = p.appendPrimes(primes, x, uint8(answers))
	}
	p.room -= len(primes)
	p.known[x] = primes
	return primes
}

// appendPrimes appends the primes of x that leave exactly those answers to the first question that x asks.
func (p *primer) appendPrimes(primes []Cube, x Set, answers uint8) []Cube {
	top := p.level(x)
	first := p.space.fields[top].cube(answers)
	for _, c := range p.list(p.common(x, answers)) {
		if p.extendable(x, c, answers) {
			continue
		}
		primes = append(primes, p.space.Replace(c, top, first))
	}
	return primes
}

// common returns the intersection of the children of x for those answers, at least one.
func (p *primer) common(x Set, answers uint8) Set {
	kids, result := p.children(x), All
	for ; answers != 0; answers &= answers - 1 {
		result = p.Intersect(result, kids[bits.TrailingZeros8(answers)])
	}
	return result
}

// extendable reports whether c lies within a child of x for another answer than those.
func (p *primer) extendable(x Set, c Cube, answers uint8) bool {
	for v, kid := range p.children(x) {
		if answers>>v&1 == 0 && p.Includes(kid, c) {
			return true
		}
	}
	return false
}
