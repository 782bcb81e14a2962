package exhibits

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// Inherited is a property that a system of the past breaks, whatever answers one reads into its silence.
type Inherited struct {
	Preset   model.Preset
	Property props.Property
	Because  family.Cube // answers that suffice for that; none can be left out
	Named                // a shortest trace within its designs: ancestor-tubes-origin-bound.trace
}

// Ancestors returns a trace for each preset that breaks something in any case, in the order of presets: one about the
// property that is typical of it, by the name of the preset, or about the first that it breaks.
func Ancestors(r *props.Report, typical map[string]string) ([]Inherited, error) {
	var all []Inherited
	for _, p := range model.Presets() {
		broken := InAnyCase(r, p)
		if len(broken) == 0 {
			continue
		}
		v := broken[max(0, slices.IndexFunc(broken, func(v *props.Verdict) bool { return v.Property.ID == typical[p.Name] }))]
		x, err := inherited(r, p, v)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

// InAnyCase returns what a preset breaks in some environment, whatever answers one reads into its silence.
func InAnyCase(r *props.Report, p model.Preset) []*props.Verdict {
	var all []*props.Verdict
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; r.Algebra.Includes(r.Algebra.InSome(v.Violating), p.Design()) {
			all = append(all, v)
		}
	}
	return all
}

// Because returns answers of a preset that suffice for a property to be broken in some environment; none can be left out.
func Because(r *props.Report, p model.Preset, v *props.Verdict) family.Cube {
	return suffices(r.Algebra, r.Algebra.InSome(v.Violating), p.Design(), p.Design())
}

// inherited returns a shortest trace in which p breaks the property of v for reasons of its own: where p is silent, it gives
// the best answers that there are, and if possible the trace needs each answer that is blamed.
func inherited(r *props.Report, p model.Preset, v *props.Verdict) (Inherited, error) {
	because := Because(r, p, v)
	broken := r.Algebra.InSome(v.Violating)
	best, _ := r.Fewest(r.Algebra.Cube(p.Design()))
	for _, within := range []family.Set{
		deciding(r.Algebra, broken, best, because), deciding(r.Algebra, broken, r.Algebra.Cube(p.Design()), because), best,
	} {
		c, ok := r.Shortest(v, within)
		if !ok {
			continue
		}
		t, err := traces.NewBreaking(c.Path, v.Property.ID, "", checkCommand(v.Property, c.Design, c.Bounds))
		if err != nil {
			return Inherited{}, err
		}
		because = suffices(r.Algebra, broken, p.Design(), t.Verdict.Under)
		t.Why = ancestorWhy(p, v.Property, because)
		name := fmt.Sprintf("ancestor-%s-%s%s", p.Name, v.Property.ID, traces.Extension)
		return Inherited{p, v.Property, because, Named{name, t}}, nil
	}
	return Inherited{}, fmt.Errorf("exhibits: no trace of %s for %s", p.Name, v.Property.ID)
}

// suffices returns as few answers of a cube as suffice for a design to be in a set, which includes the cube. It prefers
// answers to questions that keep does not leave open.
func suffices(a *family.Algebra, set family.Set, c, keep family.Cube) family.Cube {
	for _, kept := range []bool{false, true} {
		for _, q := range model.Questions() {
			if wider := model.Space.Free(c, int(q)); model.Space.Restricts(keep, int(q)) == kept && a.Includes(set, wider) {
				c = wider
			}
		}
	}
	return c
}

// deciding returns the designs of within for which each of the answers decides: with another one they would leave the set.
func deciding(a *family.Algebra, set, within family.Set, answers family.Cube) family.Set {
	for _, q := range model.Questions() {
		if !model.Space.Restricts(answers, int(q)) {
			continue
		}
		leaves := family.None
		for i := range q.Answers() {
			if !model.Space.Has(answers, int(q), i) {
				leaves = a.Union(leaves, a.Minus(within, a.Flip(set, int(q), i)))
			}
		}
		within = a.Intersect(within, leaves)
	}
	return within
}
