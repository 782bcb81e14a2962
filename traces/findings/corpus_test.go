package findings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
	"cosw/traces"
	"cosw/traces/exhibits"
)

// corpusDir is where the traces are, seen from here.
const corpusDir = "../corpus"

// made are the families of traces that package props makes: runs for each kind of step and event, and what planted faults
// do.
var made = []string{"step-", "event-", "mutant-"}

func madeElsewhere(name string) bool {
	return slices.ContainsFunc(made, func(family string) bool { return strings.HasPrefix(name, family) })
}

// TestCorpusIsComplete compares the corpus with what the model yields: a trace for every term of every property, what other
// answers than those of best designs cost, how each property of a conflict is given up, and what ancestors break.
func TestCorpusIsComplete(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	e := whole()
	want, err := exhibits.Terms(e.Report)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range e.contrasts {
		want = append(want, c.GoesWrong, c.GoesWell)
	}
	for _, ways := range e.sacrifices {
		for _, s := range ways {
			want = append(want, s.Named)
		}
	}
	for _, x := range e.inherited {
		want = append(want, x.Named)
	}
	if golden.Updating() {
		writeCorpus(t, want)
	}
	have := readCorpus(t)
	for _, n := range want {
		switch trace := have[n.Name]; {
		case trace == "":
			t.Errorf("%s is missing; go test ./traces/findings -update writes it", n.Name)
		case trace != string(n.Trace.Format()):
			t.Errorf("%s is not what the model yields; go test ./traces/findings -update writes it", n.Name)
		}
		delete(have, n.Name)
	}
	for name := range have {
		if !madeElsewhere(name) {
			t.Errorf("%s is not among what the model yields: is it still needed?", name)
		}
	}
}

// readCorpus returns the text of each trace of the corpus, by its name.
func readCorpus(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpusDir, "*"+traces.Extension))
	if err != nil || len(files) == 0 {
		t.Fatalf("the corpus is empty: %v", err)
	}
	all := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = string(text)
	}
	return all
}

// writeCorpus writes traces, and removes those of the same families that are no longer yielded.
func writeCorpus(t *testing.T, named []exhibits.Named) {
	t.Helper()
	if err := os.MkdirAll(corpusDir, 0o755); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(corpusDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		stays := file.Name() == "README.md" || madeElsewhere(file.Name()) ||
			slices.ContainsFunc(named, func(n exhibits.Named) bool { return n.Name == file.Name() })
		if !stays {
			os.Remove(filepath.Join(corpusDir, file.Name()))
		}
	}
	for _, n := range named {
		if err := os.WriteFile(filepath.Join(corpusDir, n.Name), n.Trace.Format(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
