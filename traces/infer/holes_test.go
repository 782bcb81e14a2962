package infer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// lose counts the lines of pages and instances, and then takes out some but the last of each: nothing tells of that.
func lose(text string, lost func(line string) bool) string {
	actor := func(line string) string {
		_, rest, _ := strings.Cut(line, `"actor":"`)
		name, _, _ := strings.Cut(rest, `"`)
		return name
	}
	left := map[string]int{}
	for line := range strings.Lines(text) {
		left[actor(line)]++
	}
	var b strings.Builder
	count := map[string]int{}
	for line := range strings.Lines(text) {
		name := actor(line)
		if name == "" || name == "browser" {
			b.WriteString(line)
			continue
		}
		count[name]++
		if count[name] < left[name] && lost(line) {
			continue
		}
		b.WriteString(strings.Replace(line, `"actor"`, fmt.Sprintf(`"q":%d,"actor"`, count[name]), 1))
	}
	return b.String()
}

// TestLostLines: whatever lines are lost in the middle, the design that made the recording explains what is left.
func TestLostLines(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	a := family.NewAlgebra(model.Space)
	lines := 0
	for i := range 300 {
		rng := rand.New(rand.NewPCG(21, uint64(i)))
		design := a.Nth(family.All, rng.Uint64N(a.CountAll(family.All)))
		bounds := model.Bounds{Pages: 2, Connections: 1 + rng.IntN(2), Versions: 1 + rng.IntN(2), Messages: 2, Faults: 1, Kills: 1}
		script := randomScript(rng, design, bounds, 15+rng.IntN(20))
		text, _, err := Simulate(strings.NewReader(script), Simulation{Design: design, Name: "lost", Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		share := []float64{0.1, 0.3}[i%2]
		left := lose(string(text), func(line string) bool {
			return rng.Float64() < share && !strings.Contains(line, `"origin":"`+service) // without it, the page counts as a foreign one
		})
		lines += strings.Count(string(text), "\n") - strings.Count(left, "\n")
		rec, err := recording.Read(strings.NewReader(left), "lost.jsonl")
		if err != nil {
			t.Fatalf("recording %d: %v\n%s", i, err, left)
		}
		inf, err := Infer(t.Context(), a, rec, DefaultOptions, nil)
		if err != nil {
			t.Errorf("recording %d: %v\n%s", i, err, left)
			continue
		}
		if !a.Includes(inf.Explained, design) {
			t.Errorf("recording %d: %s does not explain what is left; got %s\n%s\n%s", i, model.Space.Format(design), formula(inf), script, left)
		}
		if t.Failed() {
			return
		}
	}
	if lines < 100 {
		t.Errorf("only %d lines were lost", lines)
	}
}
