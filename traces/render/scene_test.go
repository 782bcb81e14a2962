package render

import (
	"strings"
	"testing"

	"cosw/model"
	"cosw/props"
)

// TestScenes: whatever the trace, each step shows something, arrows go from one party to another and were not sent in the
// future, and each message that is received or lost has exactly one arrow.
func TestScenes(t *testing.T) {
	eachCounterexample(t, func(t *testing.T, s *Scene) {
		if s.Stuck != nil {
			t.Fatal(s.Stuck)
		}
		ids := map[string]bool{}
		for _, p := range s.Parties {
			if ids[p.ID] || p.ID == "" || strings.ContainsAny(p.ID, " -") {
				t.Errorf("the party %q: not one word, or there twice", p.ID)
			}
			ids[p.ID] = true
		}
		for i, step := range s.Steps {
			checkStep(t, s, &step)
			if got, want := count(step.Arrows, Message), messageEvents(s, i); s.Trace.Part == props.Lifecycle && got != want {
				t.Errorf("step %d has %d arrows of messages for %d events", step.Number, got, want)
			}
		}
		for _, a := range s.Waiting {
			checkArrow(t, s, a, len(s.Steps))
		}
	})
}

func checkStep(t *testing.T, s *Scene, step *Step) {
	if len(step.Arrows)+len(step.Notes) == 0 || step.Text == "" {
		t.Errorf("step %d, %s, shows nothing", step.Number, step.Name)
	}
	for _, a := range step.Arrows {
		checkArrow(t, s, a, step.Number)
	}
	for _, n := range step.Notes {
		if n.Party < 0 || n.Party >= len(s.Parties) || n.Text == "" || n.Kind == 0 {
			t.Errorf("step %d has the note %+v", step.Number, n)
		}
	}
}

func checkArrow(t *testing.T, s *Scene, a Arrow, step int) {
	if a.From == a.To || min(a.From, a.To) < 0 || max(a.From, a.To) >= len(s.Parties) {
		t.Errorf("step %d has an arrow from nowhere or to itself: %+v", step, a)
	}
	if a.Text == "" || a.Kind == 0 || a.Fate == 0 || a.Sent < 1 || a.Sent > step {
		t.Errorf("step %d has the arrow %+v", step, a)
	}
}

func count(arrows []Arrow, kind ArrowKind) int {
	n := 0
	for _, a := range arrows {
		if a.Kind == kind {
			n++
		}
	}
	return n
}

func messageEvents(s *Scene, step int) int {
	if s.walk.Events == nil {
		return 0
	}
	n := 0
	for _, e := range s.walk.Events[step] {
		if e.Kind == model.Delivered || e.Kind == model.Lost {
			n++
		}
	}
	return n
}
