package conform_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/traces/lab"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/conform"
)

// TestKept: the recordings that are kept keep the claim, in three engines, and some of it can be seen in each.
func TestKept(t *testing.T) {
	kept, err := conform.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(kept.Engines) != 3 {
		t.Fatalf("engines are %q", kept.Engines)
	}
	for i, engine := range kept.Engines {
		if !slices.ContainsFunc(kept.Rows, func(r conform.Row) bool { return r.Seen[i].Shown }) {
			t.Errorf("nothing is seen in %s", engine)
		}
	}
}

// TestKeptWhole: what is kept is all that an engine can be made to do of the plan, so that nothing was left out that did not fit.
func TestKeptWhole(t *testing.T) {
	for _, e := range browser.Engines() {
		var want []string
		for _, s := range lab.Scenarios() {
			if s.Plan && s.Cannot(e, lab.Options{Connect: true}) == "" {
				want = append(want, s.Name)
			}
		}
		entries, err := os.ReadDir(filepath.Join("testdata", e.ID))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, entry := range entries {
			got = append(got, strings.TrimSuffix(entry.Name(), ".jsonl"))
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s has\n%q\nand can do\n%q", e.ID, got, want)
		}
	}
}
