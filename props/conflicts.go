package props

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
)

// Conflict is a set of required properties that no design of the scope has together, of which nothing can be left out.
type Conflict struct {
	Properties []string // the first where several are the same, see [Fall]
	// Unless are the fewest assumptions under which some design has them all: any of them is enough.
	Unless []family.Cube
}

// Side is a way out of a conflict: one of its properties is broken, and the others are kept.
type Side struct {
	Broken         string // the property
	Counterexample        // a shortest one under the best designs that keep the others
}

// Conflicts returns all conflicts, the smallest first. The search must have finished.
func (r *Report) Conflicts() []Conflict {
	w := r.weigh(model.Space.Full())
	var all []Conflict
	for _, set := range w.conflicts(w.all) {
		c := Conflict{Properties: w.names(set)}
		for _, e := range r.environments() {
			wider := func(f family.Cube) bool { return f.Includes(e) }
			if slices.ContainsFunc(c.Unless, wider) {
				continue
			}
			if there := r.weigh(e); there.consistent(there.named(c.Properties)) {
				c.Unless = append(c.Unless, e)
			}
		}
		all = append(all, c)
	}
	return all
}

// narrowed returns a term without the answers that none of some designs have, to the questions that it is about.
func narrowed(term, designs family.Cube) family.Cube {
	for q := range model.Space.Len() {
		if model.Space.Restricts(term, q) {
			term = model.Space.Replace(term, q, term.And(designs))
		}
	}
	return term
}

// Sides returns all ways out of a conflict, in the order of its properties. One that no best design takes is left out.
func (r *Report) Sides(c Conflict) []Side {
	best := r.BestDesigns()
	var all []Side
	for _, id := range c.Properties {
		within := best
		for _, other := range c.Properties {
			if v := r.Verdict(other); other != id {
				within = r.Algebra.Intersect(within, r.having(v, r.weighedIn(v, model.Space.Full())))
			}
		}
		v := r.Verdict(id)
		within = r.Algebra.Restrict(within, r.weighedIn(v, model.Space.Full()))
		if c, ok := r.Shortest(v, within); ok {
			c.Term = narrowed(c.Term, r.Algebra.Hull(within))
			all = append(all, Side{id, c})
		}
	}
	return all
}

// Fewest returns the designs of within that break the fewest properties, and how many these are.
func (r *Report) Fewest(within family.Set) (family.Set, int) {
	layers := []family.Set{within} // by how many of the properties so far are broken
	for i := range r.Verdicts {
		broken := r.Algebra.InSome(r.Verdicts[i].Violating)
		next := make([]family.Set, len(layers)+1)
		for n := range next {
			next[n] = family.None
		}
		for n, designs := range layers {
			next[n] = r.Algebra.Union(next[n], r.Algebra.Minus(designs, broken))
			next[n+1] = r.Algebra.Union(next[n+1], r.Algebra.Intersect(designs, broken))
		}
		layers = next
	}
	for n, designs := range layers {
		if designs != family.None {
			return designs, n
		}
	}
	return family.None, 0
}
