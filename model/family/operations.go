package family

import (
	"fmt"
	"math/bits"
)

// Cube returns the designs of c.
func (a *Algebra) Cube(c Cube) Set { return a.Restrict(All, c) }

// Union returns the designs that are in x or in y.
func (a *Algebra) Union(x, y Set) Set {
	switch {
	case x == y || y == None || x == All:
		return x
	case x == None || y == All:
		return y
	case x > y:
		x, y = y, x
	}
	switch {
	case a.inCube(x, y):
		return y
	case a.inCube(y, x):
		return x
	}
	if r, ok := a.unions.get(x, y, y.hash()); ok {
		return r
	}
	return a.unions.put(x, y, y.hash(), a.pairwise((*Algebra).Union, x, y))
}

// Intersect returns the designs that are in both x and y.
func (a *Algebra) Intersect(x, y Set) Set {
	switch {
	case x == y || y == All || x == None:
		return x
	case x == All || y == None:
		return y
	case x > y:
		x, y = y, x
	}
	switch {
	case a.inCube(x, y):
		return x
	case a.inCube(y, x):
		return y
	case a.apart(x, y):
		return None
	}
	if r, ok := a.intersections.get(x, y, y.hash()); ok {
		return r
	}
	return a.intersections.put(x, y, y.hash(), a.pairwise((*Algebra).Intersect, x, y))
}

// Minus returns the designs of x that are not in y.
func (a *Algebra) Minus(x, y Set) Set {
	switch {
	case x == y || x == None || y == All:
		return None
	case y == None:
		return x
	}
	switch {
	case a.inCube(x, y):
		return None
	case a.apart(x, y):
		return x
	}
	if r, ok := a.differences.get(x, y, y.hash()); ok {
		return r
	}
	return a.differences.put(x, y, y.hash(), a.pairwise((*Algebra).Minus, x, y))
}

// Within reports whether every design of x is in y. It stops at the first that is not, and makes no diagram.
func (a *Algebra) Within(x, y Set) bool {
	switch {
	case x == y || x == None || y == All:
		return true
	case a.nodes[x].count > a.nodes[y].count || !a.nodes[y].hull.Includes(a.nodes[x].hull):
		return false
	case a.nodes[y].cube:
		return true
	}
	if r, ok := a.differences.get(x, y, y.hash()); ok {
		return r == None
	}
	top := min(a.level(x), a.level(y))
	for answer := range a.width(top) {
		if !a.Within(a.child(x, top, answer), a.child(y, top, answer)) {
			return false
		}
	}
	a.differences.put(x, y, y.hash(), None)
	return true
}

// WarmMinus reads what Minus(x, y) reads first, and WarmRestrict what Restrict(x, c) does if c is within the hull of x. Such
// reads do not wait for each other, as those of one operation after the other do, so the latency of memory is paid once for
// many operations. Keep the results, which mean nothing: a read that nobody uses is optimised away.
func (a *Algebra) WarmMinus(x, y Set) uint32 { return uint32(a.differences.slot(x, y.hash()).set) }

// WarmRestrict: see [Algebra.WarmMinus].
func (a *Algebra) WarmRestrict(x Set, c Cube) uint32 {
	return uint32(a.restrictions.slot(x, c.hash()).set)
}

// Complement returns the designs that are not in x.
func (a *Algebra) Complement(x Set) Set { return a.Minus(All, x) }

// inCube reports whether y is a cube that has all of x, which their first nodes tell.
func (a *Algebra) inCube(x, y Set) bool {
	n := &a.nodes[y]
	return n.cube && n.hull.Includes(a.nodes[x].hull)
}

// apart reports whether x and y have nothing in common as even their hulls do not; false says nothing.
func (a *Algebra) apart(x, y Set) bool {
	return a.space.IsEmpty(a.nodes[x].hull.And(a.nodes[y].hull))
}

// pairwise applies op to x and y answer by answer of the first question that either asks.
func (a *Algebra) pairwise(op func(*Algebra, Set, Set) Set, x, y Set) Set {
	var kids [maxAnswers]Set
	top := min(a.level(x), a.level(y))
	width := a.width(top)
	for answer := range width {
		kids[answer] = op(a, a.child(x, top, answer), a.child(y, top, answer))
	}
	return a.branch(top, &kids)
}

// Restrict returns the designs of x that are in c: Intersect(x, Cube(c)) without a diagram for c.
func (a *Algebra) Restrict(x Set, c Cube) Set {
	hull := a.nodes[x].hull
	c = c.And(hull) // answers outside the hull make no difference: forgetting them makes more calls alike
	if c == hull {
		return x
	}
	if r, ok := a.restrictions.get(x, c, c.hash()); ok {
		return r
	}
	if a.space.IsEmpty(c) {
		return None
	}
	return a.restrictions.put(x, c, c.hash(), a.restrict(x, c, hull.Without(c)))
}

// restrict is Restrict for a c within the hull of x that lacks the answers `gone` of it, at least one.
func (a *Algebra) restrict(x Set, c, gone Cube) Set {
	var kids [maxAnswers]Set
	top := min(a.level(x), a.space.firstQuestion(gone))
	below := a.space.Free(c, top)
	for left := a.space.Bits(c, top); left != 0; left &= left - 1 {
		answer := bits.TrailingZeros8(left)
		kids[answer] = a.Restrict(a.child(x, top, answer), below)
	}
	return a.branch(top, &kids)
}

// Flip returns the designs that are in x once their answer to q is replaced by the given one. In the result q is
// irrelevant: it is the cofactor of x (Bryant 1986). It panics when q or the answer does not exist.
func (a *Algebra) Flip(x Set, q, to int) Set {
	if to < 0 || to >= a.width(q) {
		panic(fmt.Sprintf("family: question %s has no answer %d: give 0 to %d", a.space.questions[q].ID, to, a.width(q)-1))
	}
	return a.flip(x, q, to)
}

func (a *Algebra) flip(x Set, q, to int) Set {
	top := a.level(x)
	if top >= q {
		return a.child(x, q, to)
	}
	n := answerNumber(q*maxAnswers + to)
	if r, ok := a.flips.get(x, n, n.hash()); ok {
		return r
	}
	var kids [maxAnswers]Set
	for i, k := range a.children(x) {
		kids[i] = a.flip(k, q, to)
	}
	return a.flips.put(x, n, n.hash(), a.branch(top, &kids))
}
