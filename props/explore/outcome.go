package explore

import (
	"iter"

	"cosw/model/family"
)

// This file is the one way to run a step for all answers. The search runs its steps with a chooser within a cube of designs,
// without allocating anything; everybody else calls [Outcomes], for any set of designs.

// Outcome is what a step does under some designs.
type Outcome[T any] struct {
	Designs family.Set
	Asked   family.Cube // the answers that the step was given; questions that it did not ask are open
	Enabled bool
	Result  T
}

// Outcomes runs a step once for each combination of the answers that it asks for and that some design of the set gives, in
// the order in which it asks and answers are listed. The designs of the outcomes are disjoint, and together they are the
// set. Run returns what the step does, and whether it is enabled.
func Outcomes[T any](a *family.Algebra, set family.Set, run func(Ask) (T, bool)) iter.Seq[Outcome[T]] {
	return func(yield func(Outcome[T]) bool) {
		if set == family.None {
			return
		}
		c := chooser{space: a.Space()}
		for c.begin(a.Hull(set)); ; {
			o := Outcome[T]{Asked: c.space.Full()}
			o.Result, o.Enabled = run(func(q int) int {
				answer := c.ask(q)
				o.Asked = o.Asked.And(c.space.Literal(q, answer))
				return answer
			})
			o.Designs = a.Restrict(set, c.taken)
			if o.Designs != family.None && !yield(o) || !c.again() {
				return
			}
		}
	}
}

// First is a step with its outcomes under the designs for which no step before it is enabled. In some of them it is.
type First[S, T any] struct {
	Step     S
	Outcomes []Outcome[T]
}

// FirstEnabled returns which of several steps is the first that is enabled, under which designs of a set, and the designs
// under which none is. Of the internal steps of a world it tells what happens next where nobody else does anything: the
// world is quiescent under the designs that are left.
func FirstEnabled[S, T any](a *family.Algebra, set family.Set, steps []S, take func(S, Ask) (T, bool)) (first []First[S, T], none family.Set) {
	none = set
	for _, s := range steps {
		if none == family.None {
			break
		}
		f, before := First[S, T]{Step: s}, none
		for o := range Outcomes(a, before, func(ask Ask) (T, bool) { return take(s, ask) }) {
			f.Outcomes = append(f.Outcomes, o)
			if o.Enabled {
				none = a.Minus(none, o.Designs)
			}
		}
		if none != before {
			first = append(first, f)
		}
	}
	return first, none
}

// Branch is a world with designs that are in it.
type Branch[W comparable] struct {
	World   W
	Designs family.Set
}

// Merge makes branches that are in the same world one. They stay in the order of the first of each.
func Merge[W comparable](a *family.Algebra, branches []Branch[W]) []Branch[W] {
	var merged []Branch[W]
	at := map[W]int{}
	for _, b := range branches {
		if i, ok := at[b.World]; ok {
			merged[i].Designs = a.Union(merged[i].Designs, b.Designs)
			continue
		}
		at[b.World] = len(merged)
		merged = append(merged, b)
	}
	return merged
}

// Under returns the answers that a design gives. Where it leaves a question open, that is the first answer left.
func Under(space *family.Space, design family.Cube) Ask {
	return func(q int) int { return lowest(space.Bits(design, q)) }
}

// chooser answers the questions of a step in every way that a cube of designs leaves open, one run after the other:
//
//	c.begin(limit)
//	for {
//		... system.Take(w, s, c.ask) ...   // c.taken holds the answers of this run
//		if !c.again() { break }
//	}
type chooser struct {
	space *family.Space
	limit family.Cube
	taken family.Cube // limit, narrowed by the answers given in this run
	trail []choice    // the open questions asked in this run, in their order
	at    int
}

type choice struct {
	question int
	left     uint8 // the answers still to be tried; the lowest bit is the one given now
}

func (c *chooser) begin(limit family.Cube) {
	c.limit, c.taken = limit, limit
	c.trail, c.at = c.trail[:0], 0
}

func (c *chooser) ask(q int) int {
	left := c.space.Bits(c.taken, q)
	if left&(left-1) != 0 { // open: not closed by the limit, not asked before in this run
		if c.at == len(c.trail) {
			c.trail = append(c.trail, choice{q, left})
		}
		left = c.trail[c.at].left
		c.at++
		c.taken = c.space.With(c.taken, q, lowest(left))
	}
	return lowest(left)
}

// again prepares the next run and reports whether there is one.
func (c *chooser) again() bool {
	for len(c.trail) > 0 {
		last := &c.trail[len(c.trail)-1]
		if last.left &= last.left - 1; last.left != 0 {
			c.taken, c.at = c.limit, 0
			return true
		}
		c.trail = c.trail[:len(c.trail)-1]
	}
	return false
}
