package infer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cosw/linearize"
	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
)

// randomScript returns a script of random steps under a design, and the steps that are owed at its end.
func randomScript(rng *rand.Rand, design family.Cube, bounds model.Bounds, steps int) string {
	m, err := model.New(bounds)
	if err != nil {
		panic(err)
	}
	initial := rng.IntN(2)
	w := m.Initial()[initial]
	var b strings.Builder
	fmt.Fprintf(&b, "bounds pages=%d connections=%d versions=%d messages=%d kills=%d\nstart %s\n",
		bounds.Pages, bounds.Connections, bounds.Versions, bounds.Messages, bounds.Kills, []string{"installed", "nothing"}[initial])
	rare := map[model.Kind]bool{
		model.PageLeaves: true, model.UnregisterWorker: true, model.PageCloses: true, model.WorkerCloses: true,
		model.FailInstall: true, model.KillWorker: true, model.WorkerRejects: true,
	}
	ask := model.Under(design)
	for range steps {
		var enabled []model.Step
		for _, s := range m.Steps(&w, nil) {
			if s.Kind == model.PageLosesHandle || s.Kind == model.PageTransfers || s.Kind == model.PageListens || rare[s.Kind] && rng.IntN(4) > 0 {
				continue
			}
			next := w
			if _, ok := m.Take(&next, s, ask, nil); ok {
				enabled = append(enabled, s)
			}
		}
		if len(enabled) == 0 {
			break
		}
		s := enabled[rng.IntN(len(enabled))]
		m.Take(&w, s, ask, nil)
		fmt.Fprintln(&b, s)
		for i := range w.Connections {
			if c := &w.Connections[i]; c.Holder != 0 {
				m.Take(&w, model.Step{Kind: model.PageListens, Page: c.Holder, Connection: uint8(i + 1)}, ask, nil)
			}
		}
	}
	b.WriteString("quiesce\n")
	return b.String()
}

// simulated returns a recording of a random script, and its text.
func simulated(t *testing.T, script string, design family.Cube, o Options, seed uint64) []byte {
	t.Helper()
	text, _, err := Simulate(strings.NewReader(script), Simulation{Design: design, Name: "random", Error: o.Error, Late: o.Late, Seed: seed})
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	return text
}

// TestRoundTrips: whatever a design does, it explains its own recording; also one that is like those of real browsers, from
// which lines are missing. The explanation that is found can be played.
func TestRoundTrips(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	rng := rand.New(rand.NewPCG(1, 2))
	excluded := 0
	for i := range 150 {
		design := a.Nth(family.All, rng.Uint64N(a.Count(family.All)))
		bounds := model.Bounds{Pages: 1 + rng.IntN(3), Connections: 1 + rng.IntN(3), Versions: 1 + rng.IntN(3), Messages: 1 + rng.IntN(4), Kills: rng.IntN(3)}
		script := randomScript(rng, design, bounds, 5+rng.IntN(40))
		o := DefaultOptions
		if i%4 == 0 {
			o = Options{Error: 40 * time.Millisecond, Late: 100 * time.Millisecond}
		}
		text := simulated(t, script, design, o, uint64(i))
		for _, text := range [][]byte{text, weaken(rng, text)} {
			rec, err := linearize.ReadRecording(bytes.NewReader(text), "random")
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, script, text)
			}
			inf, err := Infer(t.Context(), a, rec, o, nil)
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, script, text)
			}
			if inf.Designs != family.All {
				excluded++
			}
			if !a.Includes(inf.Designs, design) {
				r, _ := inf.Reason(t.Context(), a.Cube(design))
				t.Fatalf("%d: %s, %s\nwhat could follow: %s\n%s\n%s\n%s", i, r.Where(), r.Describe(), r.Expected, script, text, model.Space.Format(design))
			}
			plays(t, inf, design)
		}
	}
	if excluded < 70 {
		t.Errorf("only %d of 300 recordings exclude anything", excluded)
	}
}

// plays fails unless the explanation of a recording under a design can be played, step by step, and ends at rest.
func plays(t *testing.T, inf *Inference, within family.Cube) {
	t.Helper()
	for _, e := range inf.Explain(inf.Algebra.Cube(within)) {
		if errors.Is(e.wrong, ErrLost) || errors.Is(e.wrong, ErrElse) {
			continue
		}
		script := e.history.Script("an explanation")
		if err := traces.Play(strings.NewReader(script+"expect quiescent\n"), "explanation", io.Discard, model.Space.Full()); err != nil {
			t.Fatalf("%v\n%s", err, script)
		}
	}
}

// TestTraces: the explanation of a recording is a trace that can be judged, and that repeats.
func TestTraces(t *testing.T) {
	for _, name := range []string{"hello", "stop.close-event", "update-skip"} {
		inf, err := inferText(t, readText(t, name), DefaultOptions)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range inf.Explain(family.All) {
			trace, err := e.Trace("an explanation of "+name, "")
			if err != nil {
				t.Fatal(err)
			}
			if found, err := trace.Replay(); err != nil || len(found) > 0 {
				t.Errorf("%s: %v, %v", name, found, err)
			}
		}
	}
	inf, err := inferText(t, readText(t, "traffic-stop"), DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range inf.Explain(family.All) {
		if _, err := e.Trace("", ""); !errors.Is(err, ErrLost) {
			t.Errorf("got %v: more messages are lost than a trace can hold", err)
		}
	}
}
