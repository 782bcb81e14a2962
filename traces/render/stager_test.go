package render

import (
	"testing"

	"cosw/props"
)

// TestStagers: every part can be shown, and what can be shown is a part that decides something.
func TestStagers(t *testing.T) {
	parts := map[props.Part]bool{}
	for _, p := range props.Catalogue() {
		parts[p.Part] = true
		if stagers[p.Part] == nil {
			t.Errorf("%s: nobody knows how to put a trace of the part %s on the stage", p.ID, p.Part)
		}
	}
	if len(stagers) != len(parts) {
		t.Errorf("%d ways to show %d parts", len(stagers), len(parts))
	}
}
