package linearize

import (
	"path/filepath"
	"testing"
)

// TestKept: the recordings that are kept are those in testdata.
func TestKept(t *testing.T) {
	files, err := filepath.Glob("testdata/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	kept := Kept()
	if len(kept) != len(files) || len(kept) == 0 {
		t.Fatalf("%d recordings are kept, %d are in testdata", len(kept), len(files))
	}
	for i, rec := range kept {
		if rec.Name != filepath.Base(files[i]) || len(rec.Lines()) == 0 {
			t.Errorf("got %s with %d lines, want %s", rec.Name, len(rec.Lines()), files[i])
		}
	}
}
