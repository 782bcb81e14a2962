package render

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces"
)

// TestRandomHistories shows long histories of many pages, connections and versions under designs drawn at random: each can
// be shown, in all forms, and keeps the rules of scenes.
func TestRandomHistories(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	kinds := map[model.EventKind]bool{}
	for seed := range uint64(400) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := mustScene(t, randomTrace(t, seed))
			if s.Stuck != nil || len(s.Doubts) > 0 {
				t.Fatalf("not a history of the model: %v, %v", s.Stuck, s.Doubts)
			}
			for i, step := range s.Steps {
				checkStep(t, s, &step)
				if got, want := count(step.Arrows, Message), messageEvents(s, i); got != want {
					t.Errorf("step %d has %d arrows of messages for %d events", step.Number, got, want)
				}
				for _, e := range s.Steps[i].ModelEvents {
					kinds[e.Kind] = true
				}
			}
			checkLines(t, s.Text(columns), columns)
			checkLines(t, s.Prose(columns), columns)
			for line := range strings.Lines(s.Mermaid()) {
				if fault := mermaidFault(strings.TrimSuffix(line, "\n")); fault != "" {
					t.Error(fault)
				}
			}
			checkProse(t, s)
		})
	}
	for _, kind := range model.EventKinds() {
		if !kinds[kind] {
			t.Errorf("no history has the event that %s", kind.Text())
		}
	}
}

// randomTrace draws a history.
func randomTrace(t *testing.T, seed uint64) *traces.Trace {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1))
	bounds := model.Bounds{Pages: 4, Connections: 1 + int(seed%4), Versions: 4, Messages: 3, Faults: 3, Kills: 3}
	m, err := model.New(bounds)
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	all := a.Cube(model.Space.Full())
	design := a.Nth(all, random.Uint64N(a.CountAll(all)))
	start := int(seed % 2)
	world := m.Initial()[start]
	trace := &traces.Trace{
		Why: "It was drawn.", Part: props.Lifecycle, Bounds: bounds, Start: [...]string{"installed", "nothing"}[start],
		Design: design, Verdict: traces.Verdict{Under: design},
	}
	path := explore.Trace{Initial: start}
	for range 120 {
		steps := m.Steps(&world, nil)
		if len(steps) == 0 {
			break
		}
		step := steps[random.IntN(len(steps))]
		if !step.Kind.Internal() && random.IntN(2) > 0 {
			continue // what is owed happens more often than not
		}
		if step.Kind == model.PageLeaves && random.IntN(8) > 0 {
			continue // or there is soon nobody left
		}
		if events, ok := m.Take(&world, step, model.Under(design), nil); ok {
			trace.Steps = append(trace.Steps, traces.Step{Name: step.String(), Events: eventsOf(events)})
			path.Steps = append(path.Steps, explore.Step(step.Code()))
		}
	}
	trace.Verdict.Properties = []string{aKeptProperty(t, bounds, path, design)}
	return trace
}

// aKeptProperty returns one that a history keeps all the way.
func aKeptProperty(t *testing.T, bounds model.Bounds, path explore.Trace, design family.Cube) string {
	t.Helper()
	stage, err := props.NewStage(props.Lifecycle, bounds)
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	for i, broken := range stage.BreaksOnTheWay(a, path, a.Cube(design)) {
		if broken == family.None {
			return stage.Properties[i].ID
		}
	}
	t.Fatal("a history that keeps nothing")
	return ""
}

func eventsOf(events []model.Event) []string {
	texts := make([]string, len(events))
	for i, e := range events {
		texts[i] = e.String()
	}
	return texts
}
