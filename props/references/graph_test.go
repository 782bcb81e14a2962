package references_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path/filepath"
	"slices"
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
		for _, sight := range script.Look(ends, ending, references.Build) {
			if graph != nil && dot(t, graph) != dot(t, sight.Seen) {
				t.Fatalf("there are several graphs, also where %s", strings.Join(ends.Terms(sight.Designs), " or "))
			}
			graph = sight.Seen
		}
	}
	return graph
}

func dot(t testing.TB, g *references.Graph) string {
	t.Helper()
	out, err := g.DOT()
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

func svg(t testing.TB, g *references.Graph, title string) string {
	t.Helper()
	var b bytes.Buffer
	if err := g.SVG(&b, title); err != nil {
		t.Fatal(err)
	}
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
		wantText, wantDOT, wantSVG := text(first), dot(t, first), svg(t, first, "title")
		for range 20 {
			g := reached(t, d.Input)
			if text(g) != wantText || dot(t, g) != wantDOT || svg(t, g, "title") != wantSVG {
				t.Fatalf("%s: two graphs of the same world differ", d.Pos)
			}
		}
		return d.Expected
	})
}

// TestSVG: every picture is well-formed, says what is wrong, and shows each node once.
func TestSVG(t *testing.T) {
	forEachScript(t, func(t *testing.T, d *datadriven.TestData) string {
		g := reached(t, d.Input)
		texts := textsOf(t, svg(t, g, "title"))
		for _, line := range g.Wrong() {
			if !strings.Contains(strings.Join(texts, " "), line) {
				t.Errorf("%s: the picture does not say %q", d.Pos, line)
			}
		}
		for _, n := range g.Nodes() {
			count := 0
			for _, text := range texts {
				if text == n.String() {
					count++
				}
			}
			if count != 1 {
				t.Errorf("%s: %v is shown %d times", d.Pos, n, count)
			}
		}
		return d.Expected
	})
}

// textsOf returns the character data of an XML document, which must be well-formed.
func textsOf(t testing.TB, document string) []string {
	t.Helper()
	var texts []string
	for d := xml.NewDecoder(strings.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		if data, ok := token.(xml.CharData); ok {
			texts = append(texts, string(data))
		}
	}
}

// TestSVGEscapes: a title is text, whatever it says.
func TestSVGEscapes(t *testing.T) {
	g := reached(t, "design page-list=none\np1 connect c1")
	for _, title := range []string{
		`</title><script>alert(1)</script>`, `"><svg onload="x">`, `a & b < c > d 'e' "f"`, "]]> --> {{.}}", "ünï→", "",
	} {
		picture := svg(t, g, title)
		if texts := textsOf(t, picture); !slices.Contains(texts, title) && title != "" {
			t.Errorf("%q is not among the texts of the picture", title)
		}
		if strings.Contains(picture, "<script") || strings.Contains(picture, "<svg onload") {
			t.Errorf("%q became markup", title)
		}
	}
	textsOf(t, svg(t, g, "a\x00b\x1b\xff\ufffe"))
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
