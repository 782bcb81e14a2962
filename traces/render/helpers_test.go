package render

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces"
)

// counterexample is a trace that breaks a property, as the search found it, put on the stage.
type counterexample struct {
	name  string
	trace *traces.Trace
	scene *Scene
}

// counterexamples are those of all terms of all properties, within the default bounds.
var counterexamples = sync.OnceValues(func() ([]counterexample, error) {
	options := props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()}
	report, err := props.Check(context.Background(), options)
	if err != nil {
		return nil, err
	}
	var all []counterexample
	for i := range report.Verdicts {
		v := &report.Verdicts[i]
		for j, evidence := range report.Explain(v) {
			for k, c := range evidence.Counterexamples {
				name := fmt.Sprintf("%s-%d-%d", v.Property.ID, j+1, k+1)
				t, err := traces.NewBroken(c.Path, v.Property.ID, c.Term, "It breaks "+v.Property.ID+".", "cosw check --verbose")
				if err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
				s, err := NewScene(t)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
				all = append(all, counterexample{name, t, s})
			}
		}
	}
	return all, nil
})

// looked are the counterexamples that a test looks at: all at night, and by day one in three, which are of every property.
func looked() ([]counterexample, error) {
	all, err := counterexamples()
	if err != nil || golden.Large() {
		return all, err
	}
	var some []counterexample
	seen := map[string]bool{}
	for i, c := range all {
		if id := c.trace.Verdict.Properties[0]; i%3 == 0 || !seen[id] {
			seen[id] = true
			some = append(some, c)
		}
	}
	return some, nil
}

// eachCounterexample runs test on the scene of each counterexample that is looked at.
func eachCounterexample(t *testing.T, test func(t *testing.T, s *Scene)) {
	t.Helper()
	some, err := looked()
	if err != nil {
		t.Fatal(err)
	}
	if len(some) < 80 {
		t.Fatalf("only %d counterexamples: every property has some", len(some))
	}
	for _, c := range some {
		t.Run(c.name, func(t *testing.T) { test(t, c.scene) })
	}
}

func mustScene(t *testing.T, trace *traces.Trace) *Scene {
	t.Helper()
	s, err := NewScene(trace)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// path walks steps, one a line, from a start under a design.
func path(t *testing.T, part props.Part, bounds model.Bounds, start, design, steps string) props.Path {
	t.Helper()
	stage, err := props.NewStage(part, bounds)
	if err != nil {
		t.Fatal(err)
	}
	cube, err := model.Space.Parse(design)
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	p := props.Path{Part: part, Bounds: bounds, Design: a.First(a.Cube(cube))}
	if p.Trace.Initial, err = stage.ParseStart(start); err != nil {
		t.Fatal(err)
	}
	var taken []explore.Step
	for line := range strings.Lines(steps) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		step, err := stage.ParseStep(line)
		if err != nil {
			t.Fatal(err)
		}
		taken = append(taken, step)
	}
	p.Trace.Steps = taken
	return p
}

func mustBroken(t *testing.T, p props.Pair) *traces.Trace {
	t.Helper()
	trace, err := traces.NewBroken(p.WrongPath, p.Property.ID, p.Design, "The wrong one.", "")
	if err != nil {
		t.Fatal(err)
	}
	return trace
}

func mustKept(t *testing.T, p props.Pair) *traces.Trace {
	t.Helper()
	trace, err := traces.NewKept(p.RightPath, []string{p.Property.ID}, "The right one.", "")
	if err != nil {
		t.Fatal(err)
	}
	return trace
}

func asText(s *Scene) string { return s.Text(columns) }

func asProse(s *Scene) string { return s.Prose(columns) }
