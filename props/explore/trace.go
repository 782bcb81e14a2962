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

// Shortest returns a shortest trace among all designs of within to the mark of that bit, and one design for which it is
// one. It reports false when none of them was seen to have the mark.
func (r *Result[W, K]) Shortest(bit int, within family.Set) (Trace, family.Cube, bool) {
	for _, e := range r.marked[bit].evidence {
		if set := r.algebra.Intersect(e.fresh, within); set != family.None {
			design := r.algebra.First(set)
			return r.trace(bit, e, design), design, true
		}
	}
	return Trace{}, family.Cube{}, false
}

// Explain returns the terms of cover, a cover of the designs under which the mark of that bit was seen, each with a
// shortest trace. Where the shortest trace does not show the mark under all designs of its term, a slightly longer one
// that does is not preferred to it: further traces cover the rest. The term of a witness is as large as its trace
// allows, and may go beyond the term that it is a witness for.
func (r *Result[W, K]) Explain(bit int, cover family.Cover) []Term {
	terms := make([]Term, len(cover.Terms))
	for i, cube := range cover.Terms {
		terms[i].Cube = cube
		rest := r.algebra.Cube(cube)
		for rest != family.None {
			trace, _, ok := r.Shortest(bit, rest)
			if !ok {
				panic("explore: a cover of other designs than those that were marked")
			}
			before := rest
			for _, term := range r.algebra.Cover(r.Replay(trace, bit)).Terms {
				if r.algebra.Restrict(rest, term) != family.None {
					terms[i].Witnesses = append(terms[i].Witnesses, Witness{term, trace})
					rest = r.algebra.Minus(rest, r.algebra.Cube(term))
				}
			}
			if rest == before {
				panic("explore: a trace does not show what the search saw: the system is not a function of its worlds")
			}
		}
	}
	return terms
}

// trace follows the arrivals of design back from e, and then goes forward from the initial world. A stored world stands
// for all worlds with its key, so the steps are found anew on the way.
func (r *Result[W, K]) trace(bit int, e evidence, design family.Cube) Trace {
	var path []uint32 // worlds from the end to the beginning
	at := e.world
	for {
		path = append(path, at)
		a := r.store.arrivalOf(r.algebra, at, design)
		if at = a.from; a.step == NoStep {
			break
		}
	}
	slices.Reverse(path)
	t := Trace{Initial: int(at)}
	now := r.system.Initial()[at]
	for _, n := range path[1:] {
		key := r.store.worlds.at(n).key
		s := r.find(&now, design, func(next *W, _ Marks) bool { return r.system.Pack(next) == key })
		t.Steps = append(t.Steps, s)
	}
	if e.step != NoStep {
		s := r.find(&now, design, func(_ *W, m Marks) bool { return m>>bit&1 == 1 })
		t.Steps = append(t.Steps, s)
	}
	return t
}

// find takes the first step from now, under the design, that leads to what is wanted.
func (r *Result[W, K]) find(now *W, design family.Cube, wanted func(next *W, marks Marks) bool) Step {
	ask := r.under(design)
	for _, s := range r.system.Steps(now, nil) {
		next := *now
		if marks, ok := r.system.Take(&next, s, ask); ok && wanted(&next, marks) {
			*now = next
			return s
		}
	}
	panic("explore: a step of the search cannot be taken again: the system is not a function of its worlds")
}

func (r *Result[W, K]) under(design family.Cube) Ask {
	space := r.algebra.Space()
	return func(q int) int { return lowest(space.Bits(design, q)) }
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
	s := &Sightings{}
	for bit := range s.AtEnd {
		s.AtEnd[bit], s.OnTheWay[bit] = family.None, family.None
	}
	branches := []branch[W]{{world: system.Initial()[t.Initial], set: scope}}
	lookAt(system, a, branches, s, wanted, len(t.Steps) == 0)
	for i, step := range t.Steps {
		last := i == len(t.Steps)-1
		var next []branch[W]
		for _, b := range branches {
			ForEach(a, b.set, func(ask Ask) (Marks, W, bool) {
				w := b.world
				marks, ok := system.Take(&w, step, ask)
				return marks, w, ok
			}, func(marks Marks, w W, set family.Set) {
				s.see(a, marks&wanted, set, last)
				next = join(a, next, branch[W]{w, set})
			})
		}
		branches = next
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
func lookAt[W, K comparable](system System[W, K], a *family.Algebra, branches []branch[W], s *Sightings, wanted Marks, atEnd bool) {
	for _, b := range branches {
		add := func(marks Marks, _ W, set family.Set) { s.see(a, marks&wanted, set, atEnd) }
		ForEach(a, b.set, func(ask Ask) (Marks, W, bool) { return system.Judge(&b.world, ask), b.world, true }, add)
		ForEach(a, quiescent(system, a, b), func(ask Ask) (Marks, W, bool) {
			return system.JudgeQuiescent(&b.world, ask), b.world, true
		}, add)
	}
}

// branch is a world with the designs that have come to it.
type branch[W comparable] struct {
	world W
	set   family.Set
}

// join adds b to branches, to the branch of the same world if there is one.
func join[W comparable](a *family.Algebra, branches []branch[W], b branch[W]) []branch[W] {
	for i := range branches {
		if branches[i].world == b.world {
			branches[i].set = a.Union(branches[i].set, b.set)
			return branches
		}
	}
	return append(branches, b)
}

// quiescent returns the designs of b for which no internal step is enabled in its world.
func quiescent[W, K comparable](system System[W, K], a *family.Algebra, b branch[W]) family.Set {
	quiet := b.set
	for _, s := range system.Steps(&b.world, nil) {
		if !system.Internal(s) {
			continue
		}
		ForEach(a, b.set, func(ask Ask) (Marks, W, bool) {
			w := b.world
			marks, ok := system.Take(&w, s, ask)
			return marks, w, ok
		}, func(_ Marks, _ W, set family.Set) { quiet = a.Minus(quiet, set) })
	}
	return quiet
}

// ForEach calls run once for each combination of answers that it asks for and that some design of set gives. It passes
// each result to give, with the designs of set that have it, unless run reports false.
func ForEach[W comparable](a *family.Algebra, set family.Set, run func(Ask) (Marks, W, bool), give func(Marks, W, family.Set)) {
	if set == family.None {
		return
	}
	c := chooser{space: a.Space()}
	for c.begin(a.Hull(set)); ; {
		marks, w, ok := run(c.ask)
		if part := a.Restrict(set, c.taken); ok && part != family.None {
			give(marks, w, part)
		}
		if !c.again() {
			return
		}
	}
}
