package props_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/props"
	"cosw/traces"
)

// TestRunTraces keeps a run in the corpus for each kind of step and of event, in which it occurs and no must is broken.
// Where one occurs in no such run, that is named here, with the reason.
func TestRunTraces(t *testing.T) {
	if props.RaceEnabled {
		t.Skip("too much for the race detector, and nothing new for it")
	}
	kinds, events := map[model.Kind]bool{}, map[model.EventKind]bool{}
	corpus := filepath.Join("..", "traces", "corpus")
	var kept []string
	for _, e := range props.OccurrencePaths(t) {
		name, what := "step-"+slug(e.Kind.Syntax()), e.Kind.Text()
		if e.Event != 0 {
			name, what = "event-"+e.Event.String(), e.Event.Text()
		}
		path := filepath.Join(corpus, name+traces.Extension)
		kept = append(kept, path)
		breaks := "No property is broken"
		if e.Kept != nil {
			breaks = "No must is broken"
		}
		why := fmt.Sprintf("A run in which this occurs: %s. %s, and at the end nothing is owed.", what, breaks)
		trace, err := traces.NewKept(e.Path, e.Kept, why, "cosw replay traces/corpus/"+name+traces.Extension)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		golden.Compare(t, path, string(trace.Format()))
		occurs(t, name, trace, kinds, events)
	}
	for _, family := range []string{"step-*", "event-*"} {
		files, err := filepath.Glob(filepath.Join(corpus, family))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !slices.Contains(kept, file) {
				t.Errorf("%s is not among what the model yields: is it still needed?", file)
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

// occurs notes what occurs in a run, which must end where nothing is owed.
func occurs(t *testing.T, name string, trace *traces.Trace, kinds map[model.Kind]bool, events map[model.EventKind]bool) {
	t.Helper()
	for _, p := range props.Lifecycle.Properties() {
		kept := trace.Verdict.Properties == nil || slices.Contains(trace.Verdict.Properties, p.ID)
		if p.Weight == props.Must && (trace.Verdict.Broken || !kept) {
			t.Errorf("%s does not keep %s", name, p.ID)
		}
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
			t.Errorf("%s does not end where nothing is owed: %s", name, c.Told.Step)
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

// slug returns text as a part of a file name.
func slug(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words, "-")
}
