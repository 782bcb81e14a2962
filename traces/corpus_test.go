package traces

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

const corpus = "corpus"

// defaultReport is that of the whole family within the default bounds.
var defaultReport = sync.OnceValue(func() *props.Report {
	r, err := props.Check(context.Background(), props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	if err != nil {
		panic(err)
	}
	return r
})

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

// TestEveryStepAndEventHasARun: what occurs in no run without a violation is named here, with the reason.
func TestEveryStepAndEventHasARun(t *testing.T) {
	kinds, events := map[model.Kind]bool{}, map[model.EventKind]bool{}
	for name, trace := range readCorpus(t) {
		if !strings.HasPrefix(name, "step-") && !strings.HasPrefix(name, "event-") {
			continue
		}
		if trace.Verdict.Broken || trace.Verdict.Properties != nil {
			t.Errorf("%s does not keep all properties", name)
		}
		_, walk, err := trace.Walk()
		if err != nil {
			t.Fatal(err)
		}
		stage, path, err := trace.path()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range stage.Next(family.NewAlgebra(model.Space), path, trace.Design) {
			if c.Internal {
				t.Errorf("%s does not end where nothing is owed: %s", name, c.Line.Step)
			}
		}
		for i, s := range trace.Steps {
			step, err := model.ParseStep(s.Name)
			if err != nil {
				t.Fatal(err)
			}
			kinds[step.Kind] = true
			for _, e := range walk.Events[i] {
				events[e.Kind] = true
			}
		}
	}
	for _, k := range model.Kinds() {
		if !kinds[k] {
			t.Errorf("no run in which %s", k.Text())
		}
	}
	for _, k := range model.EventKinds() {
		if !events[k] {
			t.Errorf("no run in which %s", k.Text())
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
