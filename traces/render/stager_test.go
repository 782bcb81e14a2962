package render

import (
	"testing"

	"cosw/props"
)

// TestStagers: every part can be shown.
func TestStagers(t *testing.T) {
	for _, part := range props.Parts() {
		if stagers[part] == nil {
			t.Errorf("nobody knows how to put a trace of the part %s on the stage", part)
		}
	}
	if len(stagers) != len(props.Parts()) {
		t.Errorf("%d ways to show %d parts", len(stagers), len(props.Parts()))
	}
}
