package family

import (
	"fmt"
	"math"
	"slices"
	"unsafe"
)

// Set is a set of designs: a handle to a node of the decision diagrams of one [Algebra], and meaningless for any other.
// Within its algebra it is canonical: equal handles are equal sets. The zero value is the empty set.
type Set uint32

const (
	None Set = iota // no design
	All             // every design
)

// Algebra owns the decision diagrams of the sets of designs of one space: nodes are made as operations need them,
// shared among all sets, and kept until the algebra itself is dropped. Not for concurrent use.
//
// A diagram asks the questions in the order of the space, with one child per answer, and skips a question whose answer
// makes no difference (Bryant 1986 for two answers, Srinivasan et al. 1990 for more).
type Algebra struct {
	space *Space
	nodes []node // by Set; None and All come first
	table []Set  // the unique table: open addressing, at most half full, None where free

	unions, intersections, differences memo[Set]
	restrictions, inclusions           memo[Cube]
	flips, quantified                  memo[answerNumber]
}

// node is one diagram node with what is asked of it most often. It fills a line of the processor's cache.
type node struct {
	hull  Cube            // smallest cube around the set; questions that are not asked below are full
	count uint64          // designs in the set, each as often as there are environments
	kids  [maxAnswers]Set // the children, one per answer, then None
	level uint16          // the question it asks; the number of questions for None and All
	cube  bool            // the set is its hull
}

const (
	hashFactor   = 0x9e3779b97f4a7c15 // 2^64 / golden ratio, as in Knuth's multiplicative hashing
	minTableSize = 1 << 9
)

// NewAlgebra returns an algebra of the sets of designs of s that has made no diagram yet.
func NewAlgebra(s *Space) *Algebra {
	terminal := uint16(s.Len())
	a := &Algebra{
		space: s,
		nodes: []node{
			None: {level: terminal},
			All:  {cube: true, level: terminal, hull: s.full, count: s.Size() * s.environments()},
		},
		table: make([]Set, minTableSize),
	}
	a.unions, a.intersections, a.differences = newMemo[Set](minMemoBits), newMemo[Set](minMemoBits), newMemo[Set](minMemoBits)
	a.restrictions, a.inclusions = newMemo[Cube](minMemoBits), newMemo[Cube](minMemoBits)
	a.flips, a.quantified = newMemo[answerNumber](minMemoBits), newMemo[answerNumber](minMemoBits)
	return a
}

// anyMemo is a memo, whatever its second operand is.
type anyMemo interface {
	grow(nodes int)
	forget(nodes int)
	bytes() uint64
}

// memos lists the memos of all operations.
func (a *Algebra) memos() []anyMemo {
	return []anyMemo{&a.unions, &a.intersections, &a.differences, &a.restrictions, &a.inclusions, &a.flips, &a.quantified}
}

// hash spreads x over 64 bits.
func (x Set) hash() uint64 { return uint64(x) }

// within tells whether x is one of the first nodes.
func (x Set) within(nodes int) bool { return int(x) < nodes }

// answerNumber is that of an answer, counted through all questions.
type answerNumber uint32

// hash spreads n over 64 bits.
func (n answerNumber) hash() uint64 { return uint64(n) }

func (n answerNumber) within(int) bool { return true }

// Space returns the space whose designs the sets hold.
func (a *Algebra) Space() *Space { return a.space }

// Nodes returns the number of diagram nodes made so far, None and All included.
func (a *Algebra) Nodes() int { return len(a.nodes) }

// Bytes returns the memory that diagrams and memos take, in bytes.
func (a *Algebra) Bytes() uint64 {
	n := uint64(cap(a.nodes)) * uint64(unsafe.Sizeof(node{}))
	n += uint64(cap(a.table)) * uint64(unsafe.Sizeof(None))
	for _, m := range a.memos() {
		n += m.bytes()
	}
	return n
}

// level returns the first question that x asks, or the number of questions when x is None or All.
func (a *Algebra) level(x Set) int { return int(a.nodes[x].level) }

// width returns the number of answers of question q.
func (a *Algebra) width(q int) int { return int(a.space.fields[q].width) }

// child returns the designs of x that answer q, a question not after the first that x asks, with the given answer,
// and makes q irrelevant in them.
func (a *Algebra) child(x Set, q, answer int) Set {
	n := &a.nodes[x]
	if int(n.level) > q {
		return x
	}
	return n.kids[answer%maxAnswers] // spares a check of bounds
}

// children returns the children of x, neither None nor All. The slice stays valid when nodes are added.
func (a *Algebra) children(x Set) []Set {
	n := &a.nodes[x]
	return n.kids[:a.width(int(n.level))]
}

// branch returns the set that asks question q and goes on with kids, one per answer and then None, none of which asks q or
// an earlier question. It makes a node only if the set is new.
func (a *Algebra) branch(q int, kids *[maxAnswers]Set) Set {
	width := a.width(q)
	if allEqual(kids[:width]) {
		return kids[0]
	}
	mask := len(a.table) - 1
	i := hashNode(q, kids, width) & mask
	for ; a.table[i] != None; i = (i + 1) & mask {
		x := a.table[i]
		if n := &a.nodes[x]; int(n.level) == q && n.kids == *kids {
			return x
		}
	}
	x := a.add(q, kids)
	a.table[i] = x
	if 2*len(a.nodes) > len(a.table) {
		a.grow()
	}
	return x
}

func allEqual(kids []Set) bool {
	for _, k := range kids[1:] {
		if k != kids[0] {
			return false
		}
	}
	return true
}

// hashNode returns a non-negative hash of a node with those children.
func hashNode(q int, kids *[maxAnswers]Set, width int) int {
	h := uint64(q)
	for _, k := range kids[:width] {
		h = (h ^ uint64(k)) * hashFactor
		h ^= h >> 32
	}
	return int(h >> 1)
}

// add appends a node that does not exist yet.
func (a *Algebra) add(q int, kids *[maxAnswers]Set) Set {
	if len(a.nodes) > math.MaxUint32 {
		panic(fmt.Sprintf("family: the diagrams have outgrown their %d nodes: use fewer questions", len(a.nodes)))
	}
	n := node{level: uint16(q), kids: *kids, cube: true}
	f := &a.space.fields[q]
	width := a.width(q)
	only := slices.Max(kids[:width]) // in a cube the children are None but for those of some answers, which are alike
	for answer, k := range kids[:width] {
		if k == None {
			continue
		}
		n.cube = n.cube && k == only && a.nodes[k].cube
		n.hull = n.hull.Or(a.nodes[k].hull.Without(f.mask)).Or(f.cube(1 << answer))
		n.count += a.nodes[k].count / uint64(width) // q is irrelevant in k, so each answer has an equal share
	}
	a.nodes = append(a.nodes, n)
	return Set(len(a.nodes) - 1)
}

// grow doubles the unique table, and lets the memos keep up with the nodes.
func (a *Algebra) grow() {
	a.table = make([]Set, 2*len(a.table))
	a.fill()
	for _, m := range a.memos() {
		m.grow(len(a.nodes))
	}
}

// fill fills the unique table, which is empty.
func (a *Algebra) fill() {
	mask := len(a.table) - 1
	for x := All + 1; int(x) < len(a.nodes); x++ {
		i := hashNode(a.level(x), &a.nodes[x].kids, a.width(a.level(x))) & mask
		for a.table[i] != None {
			i = (i + 1) & mask
		}
		a.table[i] = x
	}
}

// Forget drops the diagrams that have been made since there were only so many nodes, see [Algebra.Nodes]. Sets that are none of
// those from before mean nothing any more, or something else.
func (a *Algebra) Forget(nodes int) {
	if nodes >= len(a.nodes) {
		return
	}
	a.nodes = a.nodes[:nodes]
	clear(a.table)
	a.fill()
	for _, m := range a.memos() {
		m.forget(nodes)
	}
}

// scratch returns a new algebra with x in it, for work whose many intermediate sets should not stay in a.
func (a *Algebra) scratch(x Set) (*Algebra, Set) {
	b := NewAlgebra(a.space)
	return b, b.adopt(a, x, map[Set]Set{None: None, All: All})
}

// adopt returns in a the set that is x in b; known has the sets adopted so far.
func (a *Algebra) adopt(b *Algebra, x Set, known map[Set]Set) Set {
	if y, ok := known[x]; ok {
		return y
	}
	var kids [maxAnswers]Set
	for i, k := range b.children(x) {
		kids[i] = a.adopt(b, k, known)
	}
	level := b.level(x)
	known[x] = a.branch(level, &kids)
	return known[x]
}
