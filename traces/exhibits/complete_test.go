package exhibits_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/exhibits"
	"cosw/traces/findings"
)

const corpus = "../corpus"

// TestCorpusIsComplete compares the corpus with what the model yields: a trace for every term of every property, the
// pairs, what ancestors break, and a run for every step and event. The traces of planted mutants are written by package
// props.
func TestCorpusIsComplete(t *testing.T) {
	r, err := props.Check(t.Context(), props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	if err != nil {
		t.Fatal(err)
	}
	var want []exhibits.Named
	for _, part := range []func(*props.Report) ([]exhibits.Named, error){
		exhibits.Terms, ancestors, pairs,
		func(r *props.Report) ([]exhibits.Named, error) { return runs(t.Context(), r) },
	} {
		named, err := part(r)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, named...)
	}
	if golden.Updating() {
		writeCorpus(t, want)
	}
	have := readCorpus(t)
	for _, n := range want {
		switch trace := have[n.Name]; {
		case trace == "":
			t.Errorf("%s is missing; go test ./traces/exhibits -update writes it", n.Name)
		case trace != string(n.Trace.Format()):
			t.Errorf("%s is not what the model yields; go test ./traces/exhibits -update writes it", n.Name)
		}
		delete(have, n.Name)
	}
	for name := range have {
		if !strings.HasPrefix(name, "mutant-") {
			t.Errorf("%s is not among what the model yields: is it still needed?", name)
		}
	}
}

// TestEveryStepAndEventHasARun: what occurs in no run without a violation is named here, with the reason.
func TestEveryStepAndEventHasARun(t *testing.T) {
	kinds, events := map[model.Kind]bool{}, map[model.EventKind]bool{}
	for name, text := range readCorpus(t) {
		if !strings.HasPrefix(name, "step-") && !strings.HasPrefix(name, "event-") {
			continue
		}
		trace, err := traces.Read(strings.NewReader(text), name)
		if err != nil {
			t.Fatal(err)
		}
		if trace.Verdict.Broken || trace.Verdict.Properties != nil {
			t.Errorf("%s does not keep all properties", name)
		}
		stage, walk, err := trace.Walk()
		if err != nil {
			t.Fatal(err)
		}
		path, err := trace.Path()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range stage.Next(family.NewAlgebra(model.Space), path.Trace, trace.Design) {
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

// readCorpus returns the text of each trace of the corpus, by its name.
func readCorpus(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpus, "*"+traces.Extension))
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

// ancestors returns the traces of what ancestors break.
func ancestors(r *props.Report) ([]exhibits.Named, error) {
	inherited, err := exhibits.Ancestors(r)
	var all []exhibits.Named
	for _, x := range inherited {
		all = append(all, x.Named)
	}
	return all, err
}

// pairs returns the traces of what other answers cost than those of the recommended design.
func pairs(r *props.Report) ([]exhibits.Named, error) {
	contrasts, err := exhibits.Contrasts(r, findings.Recommended(r))
	var all []exhibits.Named
	for _, c := range contrasts {
		all = append(all, c.GoesWrong, c.GoesWell)
	}
	return all, err
}

// runs returns a trace for each kind of step and of event that occurs where no property is broken, if possible under a design
// that has everything. The error is that of [props.Examples].
func runs(ctx context.Context, r *props.Report) ([]exhibits.Named, error) {
	examples, err := props.Examples(ctx, r.Options.Bounds, func(a *family.Algebra) family.Set {
		good := family.None
		for _, term := range r.Algebra.Cover(r.Good).Terms {
			good = a.Union(good, a.Cube(term))
		}
		return good
	})
	if err != nil {
		return nil, err
	}
	var all []exhibits.Named
	for _, e := range examples {
		name, what := "step-"+slug(e.Kind.Syntax()), e.Kind.Text()
		if e.Event != 0 {
			name, what = "event-"+e.Event.String(), e.Event.Text()
		}
		why := fmt.Sprintf("A run in which this occurs: %s. No property is broken, and at the end nothing is owed.", what)
		t, err := traces.NewKept(e.Path, nil, why, "cosw replay traces/corpus/"+name+traces.Extension)
		if err != nil {
			return nil, err
		}
		all = append(all, exhibits.Named{Name: name + traces.Extension, Trace: t})
	}
	return all, nil
}

// slug returns text as a part of a file name.
func slug(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words, "-")
}

// writeCorpus writes traces, and removes those of the same families that are no longer yielded.
func writeCorpus(t *testing.T, named []exhibits.Named) {
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
			slices.ContainsFunc(named, func(n exhibits.Named) bool { return n.Name == file.Name() })
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
