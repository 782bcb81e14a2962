package references

import (
	"strings"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/encoding"
	"gonum.org/v1/gonum/graph/encoding/dot"
	"gonum.org/v1/gonum/graph/simple"
)

// DOT returns g in the language of Graphviz, below a title in one or more lines, with a cluster for each party. What is
// orphaned has a dashed outline, what is leaked a double one, and both are said in the label; a page that is gone has a
// dotted one. The path that keeps what is leaked is drawn bold, and what only lets script reach is dotted.
func (g *Graph) DOT(title string) ([]byte, error) {
	found := g.Defects()
	marks, culprits := marks(found), culprits(found)
	d := dotGraph{DirectedGraph: simple.NewDirectedGraph(), title: title}
	parts := map[Party]*dotGraph{}
	for _, party := range []Party{Pages, Browser, Worker} {
		parts[party] = &dotGraph{DirectedGraph: simple.NewDirectedGraph(), party: party}
		d.clusters = append(d.clusters, parts[party])
	}
	for _, n := range g.Nodes() {
		d.AddNode(dotName{n})
		parts[n.Party()].AddNode(dotNode{dotName{n}, g, marks[n]})
	}
	for _, e := range g.Edges() {
		d.SetEdge(dotEdge{e, culprits[e]})
	}
	out, err := dot.Marshal(d, "references", "", "  ")
	return append(out, '\n'), err
}

// mark says what is wrong with a node.
type mark struct{ orphaned, leaked bool }

func (m mark) String() string {
	var words []string
	if m.orphaned {
		words = append(words, Orphaned.String())
	}
	if m.leaked {
		words = append(words, Unneeded.String())
	}
	return strings.Join(words, ", ")
}

// marks returns what is wrong with each node.
func marks(found []Defect) map[Node]mark {
	marks := map[Node]mark{}
	for _, d := range found {
		for _, n := range d.Nodes {
			m := marks[n]
			m.orphaned = m.orphaned || d.Trouble == Orphaned
			m.leaked = m.leaked || d.Trouble.Leaked()
			marks[n] = m
		}
	}
	return marks
}

// culprits returns the references that keep something that is leaked.
func culprits(found []Defect) map[Edge]bool {
	culprits := map[Edge]bool{}
	for _, d := range found {
		for _, e := range d.Path {
			culprits[e] = culprits[e] || d.Trouble.Leaked()
		}
	}
	return culprits
}

// dotGraph is the whole graph, or the cluster of a party.
type dotGraph struct {
	*simple.DirectedGraph
	title    string
	party    Party
	clusters []dot.Graph
}

func (d dotGraph) DOTID() string          { return "cluster_" + partyTexts[d.party] }
func (d dotGraph) Structure() []dot.Graph { return d.clusters }

func (d dotGraph) DOTAttributers() (graph, node, edge encoding.Attributer) {
	if d.party != 0 {
		return attributes{{Key: "label", Value: partyTexts[d.party]}}, attributes{}, attributes{}
	}
	return attributes{
			{Key: "rankdir", Value: "LR"}, {Key: "label", Value: d.title}, {Key: "labelloc", Value: "t"},
			{Key: "fontname", Value: "sans-serif"},
		},
		attributes{{Key: "shape", Value: "box"}, {Key: "fontname", Value: "sans-serif"}},
		attributes{{Key: "fontname", Value: "sans-serif"}, {Key: "fontsize", Value: "10"}}
}

type attributes []encoding.Attribute

func (a attributes) Attributes() []encoding.Attribute { return a }

// dotName is a node by its name alone.
type dotName struct{ node Node }

func (n dotName) ID() int64 { return n.node.ID() }

// DOTID returns the name of the node with "_" for what is no letter or digit.
func (n dotName) DOTID() string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r == '\'':
			return -1
		case r == ' ':
			return '_'
		}
		return r
	}, n.node.String()), "_")
}

// dotNode is a node with its label and style.
type dotNode struct {
	dotName
	graph *Graph
	mark  mark
}

func (n dotNode) Attributes() []encoding.Attribute {
	lines := []string{n.node.String()}
	if detail := n.graph.Detail(n.node); detail != "" {
		lines = append(lines, detail)
	}
	if text := n.mark.String(); text != "" {
		lines = append(lines, strings.ToUpper(text))
	}
	as := attributes{{Key: "label", Value: strings.Join(lines, "\n")}}
	var styles []string
	if n.graph.root(n.node) {
		styles = append(styles, "rounded")
	}
	if n.node.Kind == Page && !n.graph.openPage(n.node) {
		styles = append(styles, "dotted")
	}
	if n.mark.orphaned {
		styles = append(styles, "dashed")
	}
	if styles != nil {
		as = append(as, encoding.Attribute{Key: "style", Value: strings.Join(styles, ",")})
	}
	if n.mark.leaked {
		as = append(as, encoding.Attribute{Key: "peripheries", Value: "2"})
	}
	switch {
	case n.mark.orphaned:
		as = append(as, encoding.Attribute{Key: "color", Value: vermillion})
	case n.mark.leaked:
		as = append(as, encoding.Attribute{Key: "color", Value: purple})
	}
	return as
}

// Colours of the palette of Okabe and Ito, which people can tell apart whatever their colour vision.
const (
	vermillion = "#d55e00"
	purple     = "#cc79a7"
)

type dotEdge struct {
	Edge
	culprit bool
}

func (e dotEdge) From() graph.Node         { return dotName{e.Source} }
func (e dotEdge) To() graph.Node           { return dotName{e.Target} }
func (e dotEdge) ReversedEdge() graph.Edge { return e }

func (e dotEdge) Attributes() []encoding.Attribute {
	as := attributes{{Key: "label", Value: e.Reason.String()}}
	if !e.Reason.Is(Keeps) {
		as = append(as, encoding.Attribute{Key: "style", Value: "dotted"})
	}
	if e.culprit {
		as = append(as, attributes{{Key: "color", Value: purple}, {Key: "penwidth", Value: "2"}}...)
	}
	return as
}
