package infer

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cosw/model"
	"cosw/model/family"
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

func TestRoundTrips(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	rng := rand.New(rand.NewPCG(1, 2))
	n := 400
	var worlds uint64
	for i := range n {
		design := a.Nth(family.All, rng.Uint64N(a.Count(family.All)))
		bounds := model.Bounds{Pages: 1 + rng.IntN(3), Connections: 1 + rng.IntN(3), Versions: 1 + rng.IntN(3), Messages: 1 + rng.IntN(4), Kills: rng.IntN(3)}
		script := randomScript(rng, design, bounds, 5+rng.IntN(40))
		o := Options{Error: 5 * time.Millisecond, Late: 20 * time.Millisecond}
		if i%4 == 0 {
			o = Options{Error: 40 * time.Millisecond, Late: 100 * time.Millisecond}
		}
		text, _, err := Simulate(strings.NewReader(script), Simulation{Design: design, Name: "random", Error: o.Error, Late: o.Late, Seed: uint64(i)})
		if err != nil {
			t.Fatalf("%v\n%s", err, script)
		}
		rec, err := Read(bytes.NewReader(text), "random")
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, script, text)
		}
		inf, err := Infer(t.Context(), a, rec, o, nil)
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, script, text)
		}
		if inf.Worlds > 30000 {
			t.Logf("%d: %d worlds, %d lines %v", i, inf.Worlds, inf.Lines, bounds)
		}
		worlds = max(worlds, inf.Worlds)
		if !a.Includes(inf.Designs, design) {
			p := inf.parts[0]
			r, _ := p.reason(t.Context(), a.Cube(design))
			t.Fatalf("%d: %s, %s: %s\n%s\n%s\n%s", i, r.Where(), r.Describe(), r.Expected, script, text, model.Space.Format(design))
		}
	}
	t.Log(worlds)
}
