package traces_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/props"
	"cosw/traces"
	"cosw/traces/findings"
)

const corpus = "corpus"

// TestCorpusIsComplete compares the corpus with what the model yields: a trace for every term of every property, the
// pairs, what ancestors break, and a run for every step and event. UPDATE=1 writes it; traces of planted mutants are written by package props.
func TestCorpusIsComplete(t *testing.T) {
	r := traces.DefaultReport()
	var want []traces.Named
	for _, part := range []func(*props.Report) ([]traces.Named, error){
		traces.Terms, traces.AncestorTraces,
		func(r *props.Report) ([]traces.Named, error) { return traces.Pairs(r, findings.Recommended(r)) },
		func(r *props.Report) ([]traces.Named, error) { return traces.Runs(t.Context(), r) },
	} {
		named, err := part(r)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, named...)
	}
	update := os.Getenv("UPDATE") != ""
	if update {
		writeCorpus(t, want)
	}
	have := traces.ReadCorpus(t)
	for _, n := range want {
		switch trace := have[n.Name]; {
		case trace == nil:
			t.Errorf("%s is missing; UPDATE=1 go test ./traces writes it", n.Name)
		case string(trace.Format()) != string(n.Trace.Format()):
			t.Errorf("%s is not what the model yields; UPDATE=1 go test ./traces writes it", n.Name)
		}
		delete(have, n.Name)
	}
	for name := range have {
		if !strings.HasPrefix(name, "mutant-") {
			t.Errorf("%s is not among what the model yields: is it still needed?", name)
		}
	}
}

// writeCorpus writes traces, and removes those of the same families that are no longer yielded.
func writeCorpus(t *testing.T, named []traces.Named) {
	t.Helper()
	if err := os.MkdirAll(corpus, 0o755); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		stays := file.Name() == "README.md" || strings.HasPrefix(file.Name(), "mutant-") ||
			slices.ContainsFunc(named, func(n traces.Named) bool { return n.Name == file.Name() })
		if !stays {
			os.Remove(filepath.Join(corpus, file.Name()))
		}
	}
	for _, n := range named {
		if err := os.WriteFile(filepath.Join(corpus, n.Name), n.Trace.Format(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
