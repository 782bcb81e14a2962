// Package exhibits chooses the traces that show what a search found: a shortest one for each term of a formula, pairs that
// show what an answer costs, and what real systems break. The directory traces/corpus holds them, and a run for each kind
// of step and event; go test compares it with what the model yields now.
package exhibits

import (
	"fmt"

	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// Named is a trace with the name of its file.
type Named struct {
	Name  string
	Trace *traces.Trace
}

// Terms returns a shortest trace for each term of each formula of a report. That of the first term of the designs that break
// settles is settles-1.trace.
func Terms(r *props.Report) ([]Named, error) {
	var all []Named
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		for n, term := range v.Formula.Terms {
			c, ok := r.Shortest(v, ownDesigns(r.Algebra, v.Formula, n))
			if !ok {
				return nil, fmt.Errorf("exhibits: no trace for a term of %s", v.Property.ID)
			}
			t, err := traces.NewBreaking(c.Path, v.Property.ID, "", checkCommand(v.Property, term, c.Bounds))
			if err != nil {
				return nil, err
			}
			t.Why = termWhy(v.Property, n+1, term, t.Verdict.Under)
			all = append(all, Named{fmt.Sprintf("%s-%d%s", v.Property.ID, n+1, traces.Extension), t})
		}
	}
	return all, nil
}

// ownDesigns returns the designs of a term that no other term of its formula has, so that their trace is about this term.
// There are some, since no term of a cover is superfluous.
func ownDesigns(a *family.Algebra, formula family.Cover, n int) family.Set {
	own := a.Cube(formula.Terms[n])
	for i, other := range formula.Terms {
		if i != n {
			own = a.Minus(own, a.Cube(other))
		}
	}
	return own
}

// Found returns a trace for each violation that random histories showed, such as settles.trace. Repeat is the command that
// draws them again.
func Found(r *props.FuzzReport, repeat string) ([]Named, error) {
	var all []Named
	for _, v := range r.Violations {
		t, err := traces.NewBreaking(v.History.Path(), v.Property.ID, foundWhy(v.Property), repeat)
		if err != nil {
			return nil, err
		}
		all = append(all, Named{v.Property.ID + traces.Extension, t})
	}
	return all, nil
}
