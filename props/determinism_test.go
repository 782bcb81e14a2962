package props

import (
	"fmt"
	"strings"
	"testing"

	"cosw/model"
)

// TestSameForAnyNumberOfWorkers checks that everything in a report, traces included, is the same however the work is
// spread.
func TestSameForAnyNumberOfWorkers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		bounds model.Bounds
		scope  string
		why    string
	}{
		{onePage, "", "the whole family"},
		{model.DefaultBounds, "suspend=sever|wake, update=transfer|reaccept", "a scope, within the bounds that users check"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 1, Kills: 1}, "page-notice=event|state, handle=port",
			"worlds that stand for their mirror images"},
	}
	for _, test := range tests {
		if RaceEnabled {
			test.bounds.Pages, test.bounds.Versions = 1, 1
		}
		t.Run(test.why, func(t *testing.T) {
			var first string
			for _, workers := range []int{1, 5} {
				r := mustCheck(t, Options{Bounds: test.bounds, Scope: parse(t, test.scope), Workers: workers})
				got := inFull(r)
				if first == "" {
					first = got
				}
				if got != first {
					t.Errorf("%d workers report otherwise than one:\n%s", workers, firstDifference(first, got))
				}
			}
		})
	}
}

// inFull writes down everything that a report says.
func inFull(r *Report) string {
	text := &strings.Builder{}
	for _, c := range r.Coverage {
		fmt.Fprintf(text, "%+v\n", c)
	}
	fmt.Fprintf(text, "%v %v %v\n", r.Stopped, r.Unseen, r.Livelock)
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		fmt.Fprintf(text, "%s %d %v %d %d %v %+v %s\n", v.Property.ID, v.Status, v.Vacuous, v.Violating, v.Designs,
			v.Formula.Exact, v.Since, r.Algebra.Formula(v.Formula))
		fmt.Fprintf(text, "%+v\n", v.search.explain(v.at, v.Formula))
		for _, e := range r.Explain(v) {
			fmt.Fprintf(text, "%+v\n", e)
		}
	}
	fmt.Fprintf(text, "%d %+v %v\n", r.Good, r.Stand(), r.Conflicts())
	for _, q := range []model.Question{model.Suspend, model.Update, model.Errors, model.Match} {
		for _, p := range r.Pairs(q, q.Answer(0), r.BestDesigns()) {
			fmt.Fprintf(text, "%s %v %v %d %d %v %v %s\n", p.Property.ID, p.Wrong, p.Right, p.Contexts, p.Design,
				p.WrongTold, p.RightTold, p.Impossible)
		}
	}
	return text.String()
}

// firstDifference returns the first line that differs, from both.
func firstDifference(x, y string) string {
	xs, ys := strings.Split(x, "\n"), strings.Split(y, "\n")
	for i := range min(len(xs), len(ys)) {
		if xs[i] != ys[i] {
			return xs[i] + "\n" + ys[i]
		}
	}
	return fmt.Sprintf("%d lines and %d", len(xs), len(ys))
}
