package props_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"cosw/model/golden"
	"cosw/props"
	"cosw/traces"
)

// TestMutantTraces keeps a trace for each planted fault in the corpus: the fault breaks a property on it, and the model
// keeps it. Whoever builds the fault into the model is told so by the trace.
func TestMutantTraces(t *testing.T) {
	if props.RaceEnabled {
		t.Skip("too much for the race detector, and nothing new for it")
	}
	t.Parallel()
	seen := map[string]int{}
	for _, m := range props.MutantPaths(t) {
		seen[m.Property]++
		name := fmt.Sprintf("mutant-%s-%d%s", m.Property, seen[m.Property], traces.Extension)
		why := fmt.Sprintf("What a planted fault does to %s: %s.\nWith it, this schedule breaks the property; the model keeps it.",
			m.Property, m.Plants)
		trace, err := traces.NewKept(m.Path, []string{m.Property}, why, "go test ./props -run TestMutants/"+m.Property)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		path := filepath.Join("..", "traces", "corpus", name)
		golden.Compare(t, path, string(trace.Format()))
	}
}
