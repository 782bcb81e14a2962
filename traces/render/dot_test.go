package render

import (
	"bytes"
	"strings"
	"testing"

	"gonum.org/v1/gonum/graph/encoding/dot"
	"gonum.org/v1/gonum/graph/simple"

	"cosw/model"
	"cosw/props"
	"cosw/props/references"
	"cosw/traces"
)

// TestDOT draws the graph at each step of every fourth trace of the lifecycle, reads it again with another parser, and compares
// how many nodes and references it has with the graph itself.
func TestDOT(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	drawn := 0
	for i, trace := range someBroken(t) {
		if trace.Part != props.Lifecycle || i%3 != 0 {
			continue
		}
		_, walk, err := trace.Walk()
		if err != nil {
			t.Fatal(err)
		}
		s := mustScene(t, trace)
		for n := range len(s.Steps) + 1 {
			data, err := s.DOT(n)
			if err != nil {
				t.Fatal(err)
			}
			read := simple.NewDirectedGraph()
			if err := dot.Unmarshal(data, dotReader{read}); err != nil {
				t.Fatalf("%v\n%s", err, data)
			}
			graph := references.Build(walk.Worlds[n].(*model.World), model.Under(trace.Design))
			if nodes, edges := read.Nodes().Len(), read.Edges().Len(); nodes != len(graph.Nodes()) || edges != len(graph.Edges()) {
				t.Fatalf("step %d has %d nodes and %d references, the graph has %d and %d",
					n, nodes, edges, len(graph.Nodes()), len(graph.Edges()))
			}
			drawn++
		}
	}
	if drawn < 200 {
		t.Errorf("only %d graphs", drawn)
	}
}

// dotReader makes self loops, which simple graphs refuse, an error of the test instead of a panic.
type dotReader struct{ *simple.DirectedGraph }

// TestDOTTitle: the title names the step, and the answers that the graph takes and the trace leaves open.
func TestDOTTitle(t *testing.T) {
	trace := breaking(t, "settles")
	for _, row := range []struct {
		why  string
		step int
		want []string
	}{
		{"before the first step", 0, []string{"references at the start"}},
		{"after a step", 4, []string{"references after step 4 of 4: worker hang c1"}},
	} {
		data, err := mustScene(t, trace).DOT(row.step)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range row.want {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s: no %q in\n%s", row.why, want, data)
			}
		}
	}
	data, err := mustScene(t, breaking(t, "fresh-acceptance")).DOT(4)
	if err != nil {
		t.Fatal(err)
	}
	if want := "it is drawn for page-list=none, suspend=sever, unregister=sever"; !bytes.Contains(data, []byte(want)) {
		t.Errorf("no %q in\n%s", want, data)
	}
}

// TestWrongViews asks for what there is not.
func TestWrongViews(t *testing.T) {
	all := one(t)
	idle := *breaking(t, "settles")
	idle.Steps = []traces.Step{{Name: "p1 leave"}}
	for _, row := range []struct {
		why, want string
		view      func() ([]byte, error)
	}{
		{"a graph of matching", "the part matching, which has no graph of references; give",
			func() ([]byte, error) { return mustScene(t, all[1]).DOT(0) }},
		{"a step after the last", "there is no step 5; the trace has steps 1 to 4",
			func() ([]byte, error) { return mustScene(t, all[0]).DOT(5) }},
		{"a step before the start", "there is no step -1", func() ([]byte, error) { return mustScene(t, all[0]).DOT(-1) }},
		{"a history of matching", "the part matching, which has no history of a port; give",
			func() ([]byte, error) { return mustScene(t, all[1]).Porcupine() }},
		{"nobody connects", "no end of a connection does anything", func() ([]byte, error) { return mustScene(t, &idle).Porcupine() }},
		{"nobody is accepted", "no end of a connection does anything", func() ([]byte, error) { return mustScene(t, all[0]).Porcupine() }},
	} {
		data, err := row.view()
		if err == nil || !strings.Contains(err.Error(), row.want) || data != nil {
			t.Errorf("%s: got the error %v, want one with %q", row.why, err, row.want)
		}
	}
}
