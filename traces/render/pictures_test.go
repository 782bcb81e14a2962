package render

import (
	"testing"

	"cosw/model"
	"cosw/props"
	"cosw/traces"
)

// someBroken returns the traces of the counterexamples that are looked at.
func someBroken(t *testing.T) []*traces.Trace {
	t.Helper()
	found, err := looked()
	if err != nil {
		t.Fatal(err)
	}
	var some []*traces.Trace
	for _, c := range found {
		some = append(some, c.trace)
	}
	return some
}

// breaking returns the trace of a counterexample of a property, the last one, which is the longest or among the longest.
func breaking(t *testing.T, id string) *traces.Trace {
	t.Helper()
	all, err := counterexamples()
	if err != nil {
		t.Fatal(err)
	}
	var last *traces.Trace
	for _, c := range all {
		if c.trace.Verdict.Properties[0] == id && (last == nil || len(c.trace.Steps) >= len(last.Steps)) {
			last = c.trace
		}
	}
	if last == nil {
		t.Fatalf("no trace breaks %s", id)
	}
	return last
}

// one returns a trace of each part that breaks something.
func one(t *testing.T) []*traces.Trace {
	return []*traces.Trace{
		breaking(t, "settles"), breaking(t, "match-stable"), breaking(t, "presence-hidden"),
	}
}

// crowd is a trace with as many parties as there can be: 4 pages and 4 versions, with messages both ways, some of them lost.
func crowd(t *testing.T) *traces.Trace {
	bounds := model.Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 2, Faults: 1, Kills: 1}
	p := path(t, props.Lifecycle, bounds, "installed", crowdDesign, crowdScript)
	trace, err := traces.NewKept(p, []string{"ordered"}, "A run in which everybody has a part.", "cosw show crowd.trace")
	if err != nil {
		t.Fatal(err)
	}
	return trace
}
