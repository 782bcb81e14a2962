package traces

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const corpus = "corpus"

// TestCorpus judges each trace of the corpus anew.
func TestCorpus(t *testing.T) {
	for name, trace := range readCorpus(t) {
		wrong, err := trace.Replay()
		if err != nil {
			t.Error(err)
		}
		for _, d := range wrong {
			t.Errorf("%v\nrecorded %q\nnow      %q", &d, d.Recorded, d.Now)
		}
		if strings.TrimSpace(trace.Why) == "" {
			t.Errorf("%s does not say why it exists", name)
		}
	}
}

// TestCorpusHoldsNoSentences: the steps of a trace are kept as kinds and arguments, so that a change of wording touches no
// file but for its reason to exist.
func TestCorpusHoldsNoSentences(t *testing.T) {
	for name, trace := range readCorpus(t) {
		_, walk, err := trace.Walk()
		if err != nil {
			t.Fatal(err)
		}
		_, steps, _ := strings.Cut(string(trace.Format()), "\n-- steps --\n")
		for _, told := range walk.Told {
			for _, text := range told.Happens {
				if strings.Contains(steps, text) {
					t.Errorf("%s has the sentence %q", name, text)
				}
			}
		}
	}
}

// TestNewJudged: a path is given the verdict that it shows, whatever that of its trace is about.
func TestNewJudged(t *testing.T) {
	for name, trace := range readCorpus(t) {
		path, err := trace.Path()
		if err != nil {
			t.Fatal(err)
		}
		judged, err := NewJudged(path, trace.Why, trace.Repeat)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if wrong, err := judged.Replay(); err != nil || len(wrong) > 0 {
			t.Errorf("%s: %v, %v", name, wrong, err)
		}
		if trace.Verdict.Broken && !slices.Contains(judged.Verdict.Properties, trace.Verdict.Properties[0]) {
			t.Errorf("%s: judged %v, and it was %v", name, judged.Verdict, trace.Verdict)
		}
	}
}

func readCorpus(t *testing.T) map[string]*Trace {
	t.Helper()
	files, err := os.ReadDir(corpus)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*Trace{}
	for _, file := range files {
		if file.Name() == "README.md" {
			continue
		}
		f, err := os.Open(filepath.Join(corpus, file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		trace, err := Read(f, file.Name())
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name()] = trace
	}
	if len(all) == 0 {
		t.Fatal("the corpus is empty")
	}
	return all
}
