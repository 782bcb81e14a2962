package family

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// regionLimit bounds the regions that Cover tells apart before it gives up on a smallest cover.
const regionLimit = 1 << 12

// Cover is a formula: the designs that are in at least one of its terms.
type Cover struct {
	Terms []Cube // in the order of Space.Compare
	Exact bool   // proven: no cover has fewer terms, and none with as many terms has fewer literals
}

// Formula returns c as text, its terms joined by " or ", e.g. "suspend=sever or update=pin, close=none", where a comma
// reads "and". A cover without terms is "no design".
func (a *Algebra) Formula(c Cover) string {
	if len(c.Terms) == 0 {
		return noDesign
	}
	terms := make([]string, len(c.Terms))
	for i, term := range c.Terms {
		terms[i] = a.space.Format(term)
	}
	return strings.Join(terms, " or ")
}

// Equivalent reports whether the terms of c contain exactly the designs of x.
func (a *Algebra) Equivalent(c Cover, x Set) bool { return a.unionOf(c.Terms) == x }

// unionOf returns the designs that are in at least one of cubes.
func (a *Algebra) unionOf(cubes []Cube) Set {
	union := None
	for _, c := range cubes {
		union = a.Union(union, a.Cube(c))
	}
	return union
}

// Cover returns a cover of x by prime terms. Where the bounds on its work allow, that is a smallest cover: the fewest
// terms, and of those covers one with the fewest literals. Otherwise it is irredundant, no term can be left out, and
// Exact is false. The cover of None has no terms, that of All has the full cube. Terms are the unit of its cost: a
// formula of twenty takes a second or so, one of thousands some minutes.
//
// The method is Quine's and McCluskey's: take the primes that alone contain some design, then choose among the rest by
// branch and bound. Cover checks the result against x and panics if it is not equivalent, which no caller can cause.
func (a *Algebra) Cover(x Set) Cover {
	work, y := a.scratch(x)
	c := work.cover(y)
	slices.SortFunc(c.Terms, a.space.Compare)
	if !a.Equivalent(c, x) {
		panic(fmt.Sprintf("family: cover %s is not equivalent to its set: please report it", a.Formula(c)))
	}
	return c
}

// cover is Cover without the check, its terms in no particular order.
func (a *Algebra) cover(x Set) Cover {
	primes, ok := a.primes(x)
	if !ok {
		primes = a.somePrimes(x)
	}
	c := a.choose(x, primes)
	if !ok || !c.Exact {
		return Cover{Terms: a.irredundant(x, c.Terms)}
	}
	return c
}

// somePrimes returns enough primes of x to cover it, in the order of Space.Compare.
func (a *Algebra) somePrimes(x Set) []Cube {
	var primes []Cube
	for rest := x; rest != None; {
		prime := a.expand(x, a.First(rest))
		primes = append(primes, prime)
		rest = a.Minus(rest, a.Cube(prime))
	}
	slices.SortFunc(primes, a.space.Compare)
	return primes
}

// expand returns a prime of x around c, a cube within x. It frees whole questions before it adds single answers, as
// that saves literals.
func (a *Algebra) expand(x Set, c Cube) Cube {
	for q := range a.space.fields {
		if more := a.space.Free(c, q); a.Includes(x, more) {
			c = more
		}
	}
	for q := range a.space.fields {
		for answer := range a.width(q) {
			if more := c.Or(a.space.bit(q, answer)); a.Includes(x, more) {
				c = more
			}
		}
	}
	return c
}

// choose picks terms among primes, which together cover x. Its Exact is right only if primes are all primes of x.
func (a *Algebra) choose(x Set, primes []Cube) Cover {
	terms := a.essential(x, primes)
	rest := a.Minus(x, a.unionOf(terms))
	candidates := a.useful(rest, primes)
	rows, ok := a.regions(rest, candidates)
	if !ok {
		return Cover{Terms: append(terms, a.greedy(rest, candidates)...)}
	}
	chosen, exact := newCovering(rows, a.weights(candidates)).solve()
	for _, i := range chosen {
		terms = append(terms, candidates[i])
	}
	return Cover{terms, exact}
}

// weights returns what each term costs: a term outweighs the literals of all others.
func (a *Algebra) weights(terms []Cube) []int {
	weights := make([]int, len(terms))
	for i, term := range terms {
		weights[i] = (len(terms)+1)*(a.space.Len()+1) + a.space.Literals(term)
	}
	return weights
}

// essential returns those primes which alone contain some design of x.
func (a *Algebra) essential(x Set, primes []Cube) []Cube {
	after := a.unionsAfter(primes)
	var essential []Cube
	before := None
	for i, prime := range primes {
		own := a.Cube(prime)
		if !a.within(a.Intersect(own, x), a.Union(before, after[i])) {
			essential = append(essential, prime)
		}
		before = a.Union(before, own)
	}
	return essential
}

// unionsAfter returns for each cube the designs that are in those after it.
func (a *Algebra) unionsAfter(cubes []Cube) []Set {
	after := make([]Set, len(cubes))
	for i := len(cubes) - 1; i > 0; i-- {
		after[i-1] = a.Union(after[i], a.Cube(cubes[i]))
	}
	return after
}

// within reports whether every design of x is in y.
func (a *Algebra) within(x, y Set) bool { return a.Minus(x, y) == None }

// useful returns the primes that contain some design of rest. Of primes that contain the same designs of rest it returns
// the first, which is the shortest, as primes are in the order of Space.Compare.
func (a *Algebra) useful(rest Set, primes []Cube) []Cube {
	var useful []Cube
	seen := map[Set]bool{None: true}
	for _, prime := range primes {
		part := a.Restrict(rest, prime)
		if !seen[part] {
			seen[part] = true
			useful = append(useful, prime)
		}
	}
	return useful
}

// regions splits x into regions whose designs are in the same candidates, and returns for each region those candidates.
// The result is false if there are too many regions.
func (a *Algebra) regions(x Set, candidates []Cube) ([]bitset, bool) {
	type region struct {
		designs Set
		in      bitset
	}
	parts := []region{{x, newBitset(len(candidates))}}
	if x == None {
		parts = nil
	}
	for i, candidate := range candidates {
		for j := range parts { // the parts as they are now, not those appended meanwhile
			whole := parts[j]
			inside := a.Restrict(whole.designs, candidate)
			switch inside {
			case None:
				continue
			case whole.designs:
				whole.in.add(i)
				continue
			}
			parts = append(parts, region{a.Minus(whole.designs, inside), whole.in.clone()})
			parts[j].designs = inside
			whole.in.add(i)
		}
		if len(parts) > regionLimit {
			return nil, false
		}
	}
	rows := make([]bitset, len(parts))
	for i, part := range parts {
		rows[i] = part.in
	}
	return rows, true
}

// greedy covers x by candidates, the largest first, and skips those that add nothing to the ones before.
func (a *Algebra) greedy(x Set, candidates []Cube) []Cube {
	order := slices.Clone(candidates)
	slices.SortStableFunc(order, func(c, d Cube) int { return cmp.Compare(a.space.Count(d), a.space.Count(c)) })
	var terms []Cube
	for _, c := range order {
		if part := a.Restrict(x, c); part != None {
			terms = append(terms, c)
			x = a.Minus(x, part)
		}
	}
	return terms
}

// irredundant leaves out terms, the longest first, as long as the rest still covers x.
func (a *Algebra) irredundant(x Set, terms []Cube) []Cube {
	order := slices.Clone(terms)
	slices.SortFunc(order, func(s, t Cube) int { return a.space.Compare(t, s) })
	after := a.unionsAfter(order)
	var kept []Cube
	before := None
	for i, term := range order {
		if a.Union(before, after[i]) == x {
			continue
		}
		kept = append(kept, term)
		before = a.Union(before, a.Cube(term))
	}
	return kept
}
