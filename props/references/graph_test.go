package references_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"cosw/model"
	"cosw/props/references"
	"cosw/traces/script"
)

// reached plays a script and returns its graph, which must be the same under all designs in play.
func reached(t testing.TB, src string) *references.Graph {
	t.Helper()
	ends, err := script.Reach(strings.NewReader(src), "script", model.Space.Full())
	if err != nil {
		t.Fatal(err)
	}
	var graph *references.Graph
	for _, ending := range ends.Worlds {
		for sight := range script.Look(ends, ending, references.Build) {
			if graph != nil && dot(t, graph) != dot(t, sight.Result) {
				t.Fatalf("there are several graphs, also where %s", strings.Join(ends.Terms(sight.Designs), " or "))
			}
			graph = sight.Result
		}
	}
	return graph
}

func dot(t testing.TB, g *references.Graph) string {
	t.Helper()
	out, err := g.DOT("title")
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func text(g *references.Graph) string {
	var b strings.Builder
	g.Text(&b)
	return b.String()
}

// TestGolden compares graphs with testdata/*.txt. To accept what has changed, run
//
//	go test ./props/references -run TestGolden -rewrite
//
// and read the difference.
func TestGolden(t *testing.T) {
	forEachScript(t, func(t *testing.T, d *datadriven.TestData) string {
		g := reached(t, d.Input)
		if d.Cmd == "dot" {
			return dot(t, g)
		}
		return text(g)
	})
}

// forEachScript runs a test for each case of testdata.
func forEachScript(t *testing.T, run func(*testing.T, *datadriven.TestData) string) {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
				if d.Cmd != "text" && d.Cmd != "dot" {
					d.Fatalf(t, "unknown command %q: choose from text, dot", d.Cmd)
				}
				return run(t, d)
			})
		})
	}
}

// TestDeterministic: gonum keeps nodes in maps; nothing of it shows.
func TestDeterministic(t *testing.T) {
	forEachScript(t, func(t *testing.T, d *datadriven.TestData) string {
		first := reached(t, d.Input)
		wantText, wantDOT := text(first), dot(t, first)
		for range 20 {
			g := reached(t, d.Input)
			if text(g) != wantText || dot(t, g) != wantDOT {
				t.Fatalf("%s: two graphs of the same world differ", d.Pos)
			}
		}
		return d.Expected
	})
}

// TestDOTTitle: a title is text, whatever it says.
func TestDOTTitle(t *testing.T) {
	g := reached(t, "design page-list=none\np1 connect c1")
	for _, name := range []string{"", "two\nlines", `"];evil->evil;["`, `a\`, "<b>bold</b>", "ünï→"} {
		title := "references after " + name
		out, err := g.DOT(title)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(out), "label="+strconv.Quote(title)) {
			t.Errorf("the title %q is not there in quotes:\n%s", title, out)
		}
	}
}

// TestWords: everything has a wording of its own.
func TestWords(t *testing.T) {
	seen := map[string]bool{}
	for k := references.Page; k <= references.Map; k++ {
		name := references.Node{Kind: k, Number: 1}.String()
		if seen[name] || name == "" {
			t.Errorf("two kinds of nodes are called %q", name)
		}
		seen[name] = true
	}
	for r := references.InScript; r <= references.RunsVersion; r++ {
		if r.String() == "" {
			t.Errorf("reason %d has no wording", r)
		}
		if !r.Is(references.Keeps) && !r.Is(references.Reaches) {
			t.Errorf("%v does nothing", r)
		}
	}
}
