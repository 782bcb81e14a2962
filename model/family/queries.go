package family

import (
	"fmt"
	"iter"
	"math/bits"
)

// Count returns the number of designs in x: those that are in it in some environment.
func (a *Algebra) Count(x Set) uint64 { return a.nodes[a.InSome(x)].count / a.space.environments() }

// CountAll returns the number of designs in x, each as often as there are environments in which it is there, in constant
// time.
func (a *Algebra) CountAll(x Set) uint64 { return a.nodes[x].count }

// Hull returns the smallest cube that contains x, in constant time: for each question the answers that some design of
// x gives. It is the zero Cube for None.
func (a *Algebra) Hull(x Set) Cube { return a.nodes[x].hull }

// Includes reports whether every design of c is in x; for a design c that is membership. An empty c has no design and
// is included in every set.
func (a *Algebra) Includes(x Set, c Cube) bool {
	return a.space.IsEmpty(c) || a.includes(x, c)
}

// includes is Includes for a non-empty c. It follows single answers in a loop and forks, with a memo, where c is open.
func (a *Algebra) includes(x Set, c Cube) bool {
	for x > All {
		n := &a.nodes[x]
		if !n.hull.Includes(c) {
			return false
		}
		left := a.space.Bits(c, int(n.level))
		if left&(left-1) != 0 {
			return a.includesFork(x, c, left)
		}
		x = n.kids[bits.TrailingZeros8(left)]
	}
	return x == All
}

// includesFork is includes for an x that first asks a question to which c leaves several answers.
func (a *Algebra) includesFork(x Set, c Cube, left uint8) bool {
	if r, ok := a.inclusions.get(x, c, c.hash()); ok {
		return r == All
	}
	kids, result := a.children(x), All
	for ; left != 0 && result == All; left &= left - 1 {
		if !a.includes(kids[bits.TrailingZeros8(left)], c) {
			result = None
		}
	}
	return a.inclusions.put(x, c, c.hash(), result) == All
}

// First returns the first design of x in lexicographic order, questions and answers in the order of the space. It is
// the zero Cube, which is empty, for None.
func (a *Algebra) First(x Set) Cube {
	if x == None {
		return Cube{}
	}
	return a.Nth(x, 0)
}

// Nth returns the i-th design of x in the order of First, counting from 0: a caller that draws i uniformly below
// CountAll(x) draws uniformly. It panics unless i < CountAll(x).
func (a *Algebra) Nth(x Set, i uint64) Cube {
	if i >= a.CountAll(x) {
		panic(fmt.Sprintf("family: no design %d in a set of %d: give an index below its count", i, a.CountAll(x)))
	}
	var design Cube
	settled := uint64(1) // the number of ways to answer the questions so far, all of them irrelevant in x
	for q := range a.space.Len() {
		settled *= uint64(a.width(q))
		answer := 0
		kid := a.child(x, q, 0)
		for i >= a.CountAll(kid)/settled {
			i -= a.CountAll(kid) / settled
			answer++
			kid = a.child(x, q, answer)
		}
		design = design.Or(a.space.bit(q, answer))
		x = kid
	}
	return design
}

// Designs yields all designs of x in the order of First. Sets may be computed meanwhile.
func (a *Algebra) Designs(x Set) iter.Seq[Cube] {
	return func(yield func(Cube) bool) { a.walk(x, 0, Cube{}, yield) }
}

// walk yields the designs of x that begin with the answers in prefix, given to the questions before q. It reports
// whether to go on.
func (a *Algebra) walk(x Set, q int, prefix Cube, yield func(Cube) bool) bool {
	if x == None {
		return true
	}
	if q == a.space.Len() {
		return yield(prefix)
	}
	for answer := range a.width(q) {
		if !a.walk(a.child(x, q, answer), q+1, prefix.Or(a.space.bit(q, answer)), yield) {
			return false
		}
	}
	return true
}
