package render

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGolden compares how the fixtures are shown with what was read and found good. UPDATE=1 go test ./traces/render
// writes it anew.
func TestGolden(t *testing.T) {
	for _, f := range fixtures {
		s := mustScene(t, f.trace(t))
		golden(t, f.name+".text", s.Text())
		golden(t, f.name+".prose", s.Prose())
		golden(t, f.name+".mermaid", s.Mermaid())
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s is not what it was; UPDATE=1 go test ./traces/render writes\n%s", file, got)
	}
}
