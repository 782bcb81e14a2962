package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
)

// drawn is what the tests look at of what cosw fuzz prints.
type drawn struct {
	Histories, Steps int
	StepKinds        []struct {
		What  string
		Times int
	}
}

func draw(t *testing.T, args ...string) (d drawn, kinds map[string]int) {
	t.Helper()
	code, out, stderr := ran(t, append([]string{"fuzz", "--seed", "5", "--steps", "30", "--property", "origin-bound", "--format", "json"}, args...)...)
	if code != exitDone {
		t.Fatalf("%v: exit code %d: %s", args, code, stderr)
	}
	if err := json.Unmarshal([]byte(out), &d); err != nil {
		t.Fatal(err)
	}
	kinds = map[string]int{}
	for _, k := range d.StepKinds {
		kinds[k.What] += k.Times
	}
	return d, kinds
}

// TestFuzzParts: all parts together draw the histories that the whole does, each once, as far as steps of each kind can tell.
func TestFuzzParts(t *testing.T) {
	want, wantKinds := draw(t, "--histories", "730")
	var got drawn
	gotKinds := map[string]int{}
	for i := 1; i <= 3; i++ {
		d, kinds := draw(t, "--histories", "730", "--part", fmt.Sprintf("%d/3", i))
		got.Histories, got.Steps = got.Histories+d.Histories, got.Steps+d.Steps
		for what, times := range kinds {
			gotKinds[what] += times
		}
	}
	if got.Histories != want.Histories || got.Steps != want.Steps || !maps.Equal(gotKinds, wantKinds) {
		t.Errorf("the parts have %d histories of %d steps %v, and the whole has %d of %d %v", got.Histories, got.Steps, gotKinds,
			want.Histories, want.Steps, wantKinds)
	}
	for _, row := range []struct{ args, says string }{
		{"--histories 730 --part 1/9", "come from 8 seeds"},
		{"--histories 730 --part 9/8", "is no part"},
		{"--histories 730 --part 3", "is no part"},
	} {
		code, _, stderr := ran(t, append([]string{"fuzz"}, strings.Fields(row.args)...)...)
		if code != exitUsage || !strings.Contains(stderr, row.says) {
			t.Errorf("%s: exit code %d: %s", row.args, code, stderr)
		}
	}
}
