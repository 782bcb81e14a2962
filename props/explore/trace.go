package explore

import (
	"math/bits"
	"slices"

	"cosw/model/family"
)

// Trace is a path through a system: steps from one of its initial worlds. A mark is seen at its end, in the last step or
// in the last world.
type Trace struct {
	Initial int // the number of the initial world in System.Initial
	Steps   []Step
}

// Witness is a trace that shows a mark, with designs under which it does.
type Witness struct {
	Term  family.Cube // the trace shows the mark under every design of this term
	Trace Trace
}

// Term is a term of a formula, with traces that together show the mark under each of its designs.
type Term struct {
	Cube      family.Cube
	Witnesses []Witness // together they cover the term, the shortest first; mostly one, whose own term contains it
}

// Marked returns the designs under which the mark of that bit was seen.
func (r *Result[W, K]) Marked(bit int) family.Set { return r.marked[bit].set }

// Nearest returns the designs under which the mark of that bit was seen, by the length of their shortest traces to it.
func (r *Result[W, K]) Nearest(bit int) []Sighted { return r.marked[bit].nearest }

// Sample returns the n smallest of evenly spread hashes of all worlds, in order, or all hashes if there are fewer. From the samples
// of several searches it can be estimated how many different worlds they found together.
func (r *Result[W, K]) Sample(n int) []uint64 {
	var all []uint64
	smallest := func() []uint64 {
		slices.Sort(all)
		all = slices.Compact(all)
		return all[:min(n, len(all))]
	}
	for i := range r.store.worlds.n {
		all = append(all, spread(r.store.hash(r.store.worlds.at(i).key)))
		if len(all) >= 2*n+1024 {
			all = smallest()
		}
	}
	return smallest()
}

// spread makes a hash of which every bit counts (splitmix64: Steele, Lea and Flood, OOPSLA 2014).
func spread(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Shortest returns a shortest trace among all designs of within to the mark of that bit, and the design that it is of. Of the
// designs that have one so short it takes the first, and of its traces the first, see [FirstTrace]: neither depends on what else was
// searched. It reports false when none of them was seen to have the mark.
func (r *Result[W, K]) Shortest(bit int, within family.Set) (Trace, family.Cube, bool) {
	design, ok := FirstOf(r.algebra, r.marked[bit].nearest, within)
	if !ok {
		return Trace{}, family.Cube{}, false
	}
	return FirstTrace(r.system, r.algebra.Space(), design, bit), design, true
}

// FirstOf returns the first of those designs of within that need the fewest steps. It reports false if there is none.
func FirstOf(a *family.Algebra, nearest []Sighted, within family.Set) (family.Cube, bool) {
	for _, n := range nearest {
		if set := a.Intersect(n.Designs, within); set != family.None {
			return a.First(set), true
		}
	}
	return family.Cube{}, false
}

// Explain returns the terms of cover, a cover of the designs under which the mark of that bit was seen, each with a
// shortest trace. Where the shortest trace does not show the mark under all designs of its term, a slightly longer one
// that does is not preferred to it: further traces cover the rest. The term of a witness is as large as its trace
// allows, and may go beyond the term that it is a witness for.
func (r *Result[W, K]) Explain(bit int, cover family.Cover) []Term {
	return ExplainBy(r.algebra, cover,
		func(within family.Set) (Trace, family.Cube, bool) { return r.Shortest(bit, within) },
		func(t Trace) family.Set { return r.Replay(t, bit) })
}

// ExplainBy is [Result.Explain] for callers that know a shortest trace to a mark among some designs, and under which designs
// a trace shows it.
func ExplainBy(a *family.Algebra, cover family.Cover, shortest func(family.Set) (Trace, family.Cube, bool), replay func(Trace) family.Set) []Term {
	terms := make([]Term, len(cover.Terms))
	for i, cube := range cover.Terms {
		terms[i].Cube = cube
		rest := a.Cube(cube)
		for rest != family.None {
			trace, _, ok := shortest(rest)
			if !ok {
				panic(ErrUnfounded)
			}
			before := rest
			for _, term := range a.Cover(replay(trace)).Terms {
				if a.Restrict(rest, term) != family.None {
					terms[i].Witnesses = append(terms[i].Witnesses, Witness{term, trace})
					rest = a.Minus(rest, a.Cube(term))
				}
			}
			if rest == before {
				panic(ErrUnfounded)
			}
		}
	}
	return terms
}

// Replay returns the designs of the scope under which every step of t is enabled and the mark of that bit is seen at
// its end.
func (r *Result[W, K]) Replay(t Trace, bit int) family.Set {
	return Replay(r.system, r.algebra, r.Scope, t, bit)
}

// Replay takes the steps of t under all designs of scope at once, and returns those under which every step is enabled
// and the mark of that bit is seen at the end.
func Replay[W, K comparable](system System[W, K], a *family.Algebra, scope family.Set, t Trace, bit int) family.Set {
	return Along(system, a, scope, t, 1<<bit).AtEnd[bit]
}

// Sightings are what is seen along a trace, under which designs.
type Sightings struct {
	AtEnd    [64]family.Set // by bit of Marks: every step is enabled, and the mark is seen in the last step or world
	OnTheWay [64]family.Set // by bit of Marks: it is seen there, or after some steps before
}

// Along takes the steps of t under all designs of scope at once, and looks for marks after each step.
func Along[W, K comparable](system System[W, K], a *family.Algebra, scope family.Set, t Trace, wanted Marks) *Sightings {
	type effect struct {
		world W
		marks Marks
	}
	s := &Sightings{}
	for bit := range s.AtEnd {
		s.AtEnd[bit], s.OnTheWay[bit] = family.None, family.None
	}
	branches := []Branch[W]{{system.Initial()[t.Initial], scope}}
	lookAt(system, a, branches, s, wanted, len(t.Steps) == 0)
	for i, step := range t.Steps {
		last := i == len(t.Steps)-1
		var next []Branch[W]
		for _, b := range branches {
			for o := range Outcomes(a, b.Designs, func(ask Ask) (e effect, enabled bool) {
				e.world = b.World
				e.marks, enabled = system.Take(&e.world, step, ask)
				return e, enabled
			}) {
				if o.Enabled {
					s.see(a, o.Result.marks&wanted, o.Designs, last)
					next = append(next, Branch[W]{o.Result.world, o.Designs})
				}
			}
		}
		branches = Merge(a, next)
		lookAt(system, a, branches, s, wanted, last)
	}
	return s
}

// see notes that marks are seen under a set of designs.
func (s *Sightings) see(a *family.Algebra, marks Marks, set family.Set, atEnd bool) {
	for left := uint64(marks); left != 0; left &= left - 1 {
		bit := bits.TrailingZeros64(left)
		s.OnTheWay[bit] = a.Union(s.OnTheWay[bit], set)
		if atEnd {
			s.AtEnd[bit] = a.Union(s.AtEnd[bit], set)
		}
	}
}

// lookAt judges the worlds of branches.
func lookAt[W, K comparable](system System[W, K], a *family.Algebra, branches []Branch[W], s *Sightings, wanted Marks, atEnd bool) {
	for _, b := range branches {
		_, quiescent := FirstOwed(system, a, b)
		for o := range Outcomes(a, b.Designs, func(ask Ask) (Marks, bool) { return system.Judge(&b.World, ask), true }) {
			s.see(a, o.Result&wanted, o.Designs, atEnd)
		}
		for o := range Outcomes(a, quiescent, func(ask Ask) (Marks, bool) { return system.JudgeQuiescent(&b.World, ask), true }) {
			s.see(a, o.Result&wanted, o.Designs, atEnd)
		}
	}
}

// FirstOwed returns which internal step is the first that is enabled in the world of a branch, with the worlds that it
// leads to, and the designs for which nothing is owed.
func FirstOwed[W, K comparable](system System[W, K], a *family.Algebra, b Branch[W]) (first []First[Step, W], quiescent family.Set) {
	owed := slices.DeleteFunc(system.Steps(&b.World, nil), func(s Step) bool { return !system.Internal(s) })
	return FirstEnabled(a, b.Designs, owed, func(s Step, ask Ask) (W, bool) {
		next := b.World
		_, ok := system.Take(&next, s, ask)
		return next, ok
	})
}
