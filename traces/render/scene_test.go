package render

import (
	"encoding/json"
	"regexp"
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
		for _, p := range s.Parties {
			if len(p.Lives) != len(s.Steps)+1 {
				t.Errorf("%s has %d lives for %d steps", p.ID, len(p.Lives), len(s.Steps))
			}
		}
		for i, step := range s.Steps {
			checkStep(t, s, &step)
			if got, want := count(step.Arrows, Message), messageEvents(s, i); s.Part == props.Lifecycle.String() && got != want {
				t.Errorf("step %d has %d arrows of messages for %d events", step.Number, got, want)
			}
		}
		for _, a := range s.Waiting {
			checkArrow(t, s, a, len(s.Steps))
		}
	})
}

// anybody are the words of the model for whoever it may be. A scene says who it is.
var anybody = regexp.MustCompile(`\ba message\b|\bthe (idle |active )?worker\b|\bthe (waiting|new) version\b`)

func checkStep(t *testing.T, s *Scene, step *Step) {
	if len(step.Arrows)+len(step.Notes) == 0 || step.Text == "" {
		t.Errorf("step %d, %s, shows nothing", step.Number, step.Name)
	}
	for _, a := range step.Arrows {
		checkArrow(t, s, a, step.Number)
	}
	if anybody.MatchString(step.Text) {
		t.Errorf("step %d names nobody: %s", step.Number, step.Text)
	}
	for _, n := range step.Notes {
		if n.Party < 0 || n.Party >= len(s.Parties) || n.Text == "" || n.Kind == "" {
			t.Errorf("step %d has the note %+v", step.Number, n)
		}
	}
}

func checkArrow(t *testing.T, s *Scene, a Arrow, step int) {
	if a.From == a.To || min(a.From, a.To) < 0 || max(a.From, a.To) >= len(s.Parties) {
		t.Errorf("step %d has an arrow from nowhere or to itself: %+v", step, a)
	}
	if a.Text == "" || a.Kind == "" || a.Fate == "" || a.Sent < 1 || a.Sent > step {
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
	n := 0
	for _, e := range s.Steps[step].ModelEvents {
		if e.Kind == model.Delivered || e.Kind == model.Lost {
			n++
		}
	}
	return n
}

// TestSceneIsData: what people are shown can be shown from the JSON of a scene, and from nothing else.
func TestSceneIsData(t *testing.T) {
	eachScene(t, func(t *testing.T, s *Scene) {
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var read Scene
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		for name, show := range map[string]func(*Scene) string{
			"text": asText, "prose": asProse, "mermaid": (*Scene).Mermaid,
			"svg": func(s *Scene) string { return string(s.SVG()) }, "html": func(s *Scene) string { return mustShow(t, s.HTML) },
			"diff": func(s *Scene) string {
				return mustShow(t, func() ([]byte, error) { text, err := Diff(s, s, "a", "b", columns); return []byte(text), err })
			},
		} {
			if got, want := show(&read), show(s); got != want {
				t.Errorf("%s from the JSON:\n%s\nfrom the scene:\n%s", name, got, want)
			}
		}
	})
}

func mustShow(t *testing.T, show func() ([]byte, error)) string {
	t.Helper()
	data, err := show()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestTellings: each kind of event is told.
func TestTellings(t *testing.T) {
	for _, kind := range model.EventKinds() {
		if tellings[kind] == nil {
			t.Errorf("nothing tells that %s", kind.Text())
		}
	}
	if len(tellings) != len(model.EventKinds()) {
		t.Errorf("%d tellings for %d kinds of events", len(tellings), len(model.EventKinds()))
	}
}
