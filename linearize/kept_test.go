package linearize

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// recordings returns the files of the recordings in testdata, by their names there without extension.
func recordings(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"testdata/*.jsonl", "testdata/*/*.jsonl"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			all[strings.TrimPrefix(strings.TrimSuffix(file, ".jsonl"), "testdata/")] = file
		}
	}
	return all
}

// TestKept: the recordings that are kept are those in testdata, in the order of their names.
func TestKept(t *testing.T) {
	files := recordings(t)
	kept := Kept()
	if len(kept) != len(files) {
		t.Fatalf("%d recordings are kept, %d are in testdata", len(kept), len(files))
	}
	var names []string
	for _, rec := range kept {
		names = append(names, rec.Name)
		if _, ok := files[strings.TrimSuffix(rec.Name, ".jsonl")]; !ok || len(rec.Lines) == 0 {
			t.Errorf("got %s with %d lines", rec.Name, len(rec.Lines))
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("not in order: %s", names)
	}
}
