package findings

import "testing"

// TestCompare: a difference is told at the section that it is in, also when a section is new or gone.
func TestCompare(t *testing.T) {
	const file = "# Findings\n\nopening\n\n## One\n\na\n\n### Two\n\nb\n\n## Gone\n\nc\n"
	const text = "# Findings\n\nopening\n\n## One\n\na\n\n### Two\n\nB\n\n## New\n\nd\n"
	want := []struct {
		heading string
		line    int
		differs bool
	}{
		{"Findings", 1, false}, {"One", 5, false}, {"Two", 9, true}, {"New", 0, true}, {"Gone", 13, true},
	}
	got := Compare("file.md", []byte(file), []byte(text))
	if len(got) != len(want) {
		t.Fatalf("got %d sections, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.Heading != w.heading || g.Line != w.line || (g.Difference != nil) != w.differs {
			t.Errorf("got %s at %d, %q; want %+v", g.Heading, g.Line, g.Difference, w)
		}
	}
}
