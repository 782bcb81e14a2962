package infer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/traces/script"
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
	fmt.Fprintf(&b, "bounds %s\nstart %s\n", bounds.Format(), []string{"installed", "nothing"}[initial])
	rare := map[model.Kind]bool{
		model.PageLeaves: true, model.UnregisterWorker: true, model.PageCloses: true, model.WorkerCloses: true,
		model.FailInstall: true, model.KillWorker: true, model.WorkerRejects: true,
	}
	ask := model.Under(design)
	for range steps {
		var enabled []model.Step
		for _, s := range m.Steps(&w, nil) {
			if noWord(s.Kind) || s.Kind == model.PageListens || s.Kind == model.PageFreezes || rare[s.Kind] && rng.IntN(4) > 0 {
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
func simulated(t *testing.T, script string, design family.Cube, o Options, pause time.Duration, seed uint64) []byte {
	t.Helper()
	text, _, err := Simulate(strings.NewReader(script), Simulation{
		Design: design, Name: "random", Error: o.Error, Late: o.Late, Pause: pause, Seed: seed,
	})
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
	excluded, refused := 0, 0
	n := golden.Fewer(250)
	for i := range n {
		design := a.Nth(family.All, rng.Uint64N(a.CountAll(family.All)))
		bounds := model.Bounds{Pages: 1 + rng.IntN(3), Connections: 1 + rng.IntN(3), Versions: 1 + rng.IntN(3), Messages: 1 + rng.IntN(4), Faults: rng.IntN(3), Kills: rng.IntN(3)}
		script := randomScript(rng, design, bounds, 5+rng.IntN(40))
		o, pause := DefaultOptions, time.Duration(0)
		switch i % 5 {
		case 0:
			o = Options{Error: 40 * time.Millisecond, Late: 100 * time.Millisecond}
		case 1: // everything may be in the wrong order
			o, pause = Options{Error: 20 * time.Millisecond, Late: 20 * time.Millisecond}, 3*time.Millisecond
		case 2:
			o, pause = Options{Error: 8 * time.Millisecond, Late: 20 * time.Millisecond}, 10*time.Millisecond
		}
		text := simulated(t, script, design, o, pause, uint64(i))
		for _, text := range [][]byte{text, weaken(rng, text)} {
			rec, err := recording.Read(bytes.NewReader(text), "random")
			var line *recording.LineError
			var inf *Inference
			if err == nil {
				inf, err = Infer(t.Context(), a, rec, o, nil)
			}
			if errors.As(err, &line) && pause > 0 {
				refused++ // a page acts after it is gone, or nobody knows who started first
				continue
			}
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, script, text)
			}
			if inf.Designs != family.All {
				excluded++
			}
			if !a.Includes(inf.Designs, design) {
				r, _ := inf.Reason(t.Context(), a.InSome(a.Cube(design)))
				t.Fatalf("%d: %s, %s\nwhat could follow: %s\n%s\n%s\n%s", i, r.Where(), r.Describe(), r.Expected, script, text, model.Space.Format(design))
			}
			plays(t, inf, design)
		}
	}
	if excluded < n/2 || refused > n/8 {
		t.Errorf("of %d recordings, only %d exclude anything, and %d are refused", 2*n, excluded, refused)
	}
}

// plays fails unless the explanation of a recording under a design can be played, step by step, and ends at rest or with a
// request to which the answer may still come.
func plays(t *testing.T, inf *Inference, within family.Cube) {
	t.Helper()
	atRest := "expect quiescent\n"
	if slices.Contains(inf.Assumptions(), tooEarlyText(inf.Options)) {
		atRest = ""
	}
	for _, e := range inf.Explain(inf.Algebra.InSome(inf.Algebra.Cube(within))) {
		if errors.Is(e.wrong, ErrLost) || errors.Is(e.wrong, ErrElse) || errors.Is(e.wrong, ErrFaults) || errors.Is(e.wrong, ErrHandler) {
			continue
		}
		again := e.history.Script("an explanation")
		if err := script.Play(strings.NewReader(again+atRest), "explanation", io.Discard, model.Space.Full()); err != nil {
			t.Fatalf("%v\n%s", err, again)
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

// TestMany: what waits together and is received without a record, the trace of an explanation receives one by one.
func TestMany(t *testing.T) {
	text := drop(`"receive","conn":1,"msg":"p1.1"`)(readText(t, "stop"))
	text = drop(`"msg":"w1.1@hq6sw"`)(text)
	text = drop(`"msg":"p1.2"`)(text)
	text = insert(1795324677000, `"actor":"page/1","op":"post","conn":1,"msg":"second"`)(text)
	inf, err := inferText(t, text, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	wakes := model.Where(model.Suspend, model.Wake).And(model.Where(model.Delivery, model.Global))
	explained := inf.Explain(inf.Algebra.Cube(wakes))
	if len(explained) != 1 || explained[0].wrong != nil {
		t.Fatalf("%d explanations: %v", len(explained), explained)
	}
	received := 0
	for _, s := range explained[0].history.Steps {
		if s.Kind == model.WorkerReceives {
			received++
		}
	}
	if received != 2 {
		t.Errorf("%d messages are received in the trace, want 2", received)
	}
	plays(t, inf, wakes)
}
