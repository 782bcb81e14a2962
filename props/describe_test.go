package props

import (
	"fmt"
	"strings"
	"testing"

	"cosw/model"
)

// TestMatchingEventsAreWritten: whatever a step of the matching model does under any design, the sentence for it can be
// told from what a trace keeps, and no two outcomes are kept alike.
func TestMatchingEventsAreWritten(t *testing.T) {
	m := newMatching(nil)
	seen := map[string]string{}
	for _, match := range model.Match.Answers() {
		ask := func(q int) int {
			if model.Question(q) != model.Match {
				return 0
			}
			for i, a := range model.Match.Answers() {
				if a == match {
					return i
				}
			}
			panic("no such answer")
		}
		var visit func(w MatchingWorld)
		visit = func(w MatchingWorld) {
			for _, s := range m.Steps(&w, nil) {
				next := w
				if _, ok := m.Take(&next, s, ask); !ok {
					continue
				}
				next = w
				line := m.tell(&next, s, ask)
				kept := strings.Join(line.Events, "; ")
				if int(s>>8) == connectTo {
					outcome := fmt.Sprint(next.Candidates, next.Chosen, next.Reversed, next.Controls)
					if other, ok := seen[kept]; ok && other != outcome {
						t.Fatalf("%q stands for %s and %s", kept, other, outcome)
					}
					seen[kept] = outcome
				}
				visit(next)
			}
		}
		visit(m.Initial()[0])
	}
	if len(seen) < 8 {
		t.Errorf("only %d outcomes of connect() were seen", len(seen))
	}
}

// TestSeesIsWritten: what a page sees of a rejected promise is read back.
func TestSeesIsWritten(t *testing.T) {
	for m := AtOnce; int(m) < len(timings); m++ {
		o := Promise{Settled: AsRejected, Name: model.UniformName, Timing: m}
		if got, err := parsePromise(o.String()); err != nil || got != o {
			t.Errorf("%q is read as %+v, %v", o, got, err)
		}
	}
}

func TestDescribeEventRefuses(t *testing.T) {
	for _, c := range []struct {
		part                Part
		event, want, reason string
	}{
		{Lifecycle, "resolvd p1 c1", `unknown event "resolvd": did you mean resolved?`, "a slip"},
		{Lifecycle, "found none", "unknown event", "an event of another part"},
		{Presence, "sees AbortError at-onc", `unknown moment "at-onc": did you mean at-once?`, "a slip in the moment"},
		{Presence, "sees AbortError", `"sees AbortError" has 2 words: expected sees, the name of an error and when it comes`, "half of it"},
		{Presence, "rejected p1 c1", `"rejected p1 c1" ends before CAUSE: expected rejected P C CAUSE`, "an event of the model"},
		{Matching, "fond none", `unknown event "fond": did you mean found?`, "a slip"},
		{Matching, "found svc.example/ap/", `unknown scope "svc.example/ap/": did you mean svc.example/app/?`, "a slip in the scope"},
		{Matching, "registered none", `unknown scope "none"`, "nothing is registered"},
		{Matching, "candidates some", `"some" is no number of registrations`, "no number"},
	} {
		stage, err := NewStage(c.part, model.DefaultBounds)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := stage.DescribeEvent(c.event); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %q is %q, %v; want %s", c.reason, c.event, text, err, c.want)
		}
	}
}
