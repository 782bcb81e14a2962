package render

import (
	"testing"

	"cosw/model"
	"cosw/props"
	"cosw/traces"
)

// allBroken returns the traces of all counterexamples.
func allBroken(t *testing.T) []*traces.Trace {
	t.Helper()
	found, err := counterexamples()
	if err != nil {
		t.Fatal(err)
	}
	var all []*traces.Trace
	for _, c := range found {
		all = append(all, c.trace)
	}
	return all
}

// breaking returns a trace of allBroken for a property, the last one, which is the longest or among the longest.
func breaking(t *testing.T, id string) *traces.Trace {
	t.Helper()
	var last *traces.Trace
	for _, trace := range allBroken(t) {
		if trace.Verdict.Properties[0] == id && (last == nil || len(trace.Steps) >= len(last.Steps)) {
			last = trace
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
