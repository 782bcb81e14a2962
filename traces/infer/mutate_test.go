package infer

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// TestAnything: whatever becomes of a recording, it is explained or not, or refused with a line, and the reason for what is
// not explained can be told and followed. What is told to be the first observation that cannot follow is a line that is
// there.
func TestAnything(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	rng := rand.New(rand.NewPCG(11, 12))
	names := []string{"hello", "reject", "stop", "stop.close-event", "worker-close", "page-gone", "update-skip", "traffic-stop"}
	explained, refused, not := 0, 0, 0
	for i := range 400 {
		lines := strings.SplitAfter(readText(t, names[rng.IntN(len(names))]), "\n")
		lines = lines[:len(lines)-1]
		for range 1 + rng.IntN(3) {
			lines = mutate(rng, lines)
		}
		slices.SortStableFunc(lines[1:], func(a, b string) int { return int(timeOf(a)*10) - int(timeOf(b)*10) })
		name := fmt.Sprintf("mutant %d", i)
		rec, err := recording.Read(strings.NewReader(strings.Join(lines, "")), name)
		var line *recording.LineError
		if errors.As(err, &line) {
			refused++
			continue
		}
		inf, err := Infer(t.Context(), a, rec, DefaultOptions, nil)
		switch {
		case errors.As(err, &line):
			refused++
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case inf.Designs == family.None:
			not++
			r, err := inf.Reason(t.Context(), family.All)
			if err != nil || r.Line != nil && (r.Line.Number < 2 || r.Line.Number > len(lines)) {
				t.Errorf("%s: %v, %v", name, r, err)
			}
			r.Explain()
		default:
			explained++
			inf.Explain(family.All)
		}
	}
	if explained < 40 || refused < 40 || not < 40 {
		t.Errorf("%d are explained, %d refused, %d neither: they are too much alike", explained, refused, not)
	}
}

// mutate changes one line of a recording.
func mutate(rng *rand.Rand, lines []string) []string {
	at := 1 + rng.IntN(len(lines)-1)
	switch rng.IntN(5) {
	case 0:
		return slices.Delete(lines, at, at+1)
	case 1:
		return slices.Insert(lines, at, lines[at])
	case 2:
		lines[at] = shift("", float64(rng.IntN(200)-100))(lines[0] + lines[at])[len(lines[0]):]
	case 3:
		ops := []string{"post", "receive", "close", "closed", "accept", "reject", "resolved", "rejected", "connect", "boot"}
		lines[at] = strings.Replace(lines[at], `"op":"`+ops[rng.IntN(len(ops))]+`"`, `"op":"`+ops[rng.IntN(len(ops))]+`"`, 1)
	default:
		states := []string{"installing", "installed", "activating", "activated", "redundant"}
		lines[at] = strings.Replace(lines[at], `"state":"`+states[rng.IntN(len(states))]+`"`, `"state":"`+states[rng.IntN(len(states))]+`"`, 1)
	}
	return lines
}
