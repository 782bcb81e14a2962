package render

import (
	"path/filepath"
	"testing"

	"cosw/model/golden"
)

// TestGolden compares how the fixtures are shown with what was read and found good.
func TestGolden(t *testing.T) {
	for _, f := range fixtures {
		s, file := mustScene(t, f.trace(t)), filepath.Join("testdata", f.name)
		golden.Compare(t, file+".text", s.Text(columns))
		golden.Compare(t, file+".prose", s.Prose(columns))
		golden.Compare(t, file+".mermaid", s.Mermaid())
	}
}
