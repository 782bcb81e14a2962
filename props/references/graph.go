package references

import (
	"cmp"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/graph/traverse"

	"cosw/model"
)

// Graph is the reference graph of a world under a design.
type Graph struct {
	world model.World
	refs  *simple.DirectedGraph // of Node and Edge
	// For each connection the nodes that are linked to one another. A part that lost the others is a group of its own.
	connections [][]Node
	released    map[uint8]bool // connections whose worker's end the browser takes once it is drained: worker-notice=silent
}

func (g *Graph) has(n Node) bool { return g.refs.Node(n.ID()) != nil }

// Nodes returns all nodes in the order of their IDs.
func (g *Graph) Nodes() []Node { return inOrder(g.refs.Nodes()) }

// Edges returns all references in the order of their sources, and for each source of their targets.
func (g *Graph) Edges() []Edge {
	var edges []Edge
	for it := g.refs.Edges(); it.Next(); {
		edges = append(edges, it.Edge().(Edge))
	}
	slices.SortFunc(edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(a.Source.ID(), b.Source.ID()), cmp.Compare(a.Target.ID(), b.Target.ID()))
	})
	return edges
}

// inOrder returns nodes sorted: gonum lists them in the random order of a map.
func inOrder(nodes graph.Nodes) []Node {
	var sorted []Node
	for nodes.Next() {
		sorted = append(sorted, nodes.Node().(Node))
	}
	slices.SortFunc(sorted, func(a, b Node) int { return cmp.Compare(a.ID(), b.ID()) })
	return sorted
}

// ordered is a graph that is walked in the order of IDs.
type ordered struct{ graph.Directed }

func (o ordered) From(id int64) graph.Nodes {
	nodes := inOrder(o.Directed.From(id))
	generic := make([]graph.Node, len(nodes))
	for i, n := range nodes {
		generic[i] = n
	}
	return iterator.NewOrderedNodes(generic)
}

// reach is the set of nodes that can be reached from some nodes.
type reach struct{ walk traverse.BreadthFirst }

func (r *reach) has(n Node) bool { return r.walk.Visited(n) }

// reachable returns what can be reached from the nodes that from selects, by references that do want.
func (g *Graph) reachable(want Relation, from func(Node) bool) *reach {
	r := &reach{}
	r.walk.Traverse = func(e graph.Edge) bool { return e.(Edge).Reason.Is(want) }
	for it := g.refs.Nodes(); it.Next(); {
		if n := it.Node().(Node); from(n) && !r.has(n) {
			r.walk.Walk(g.refs, n, nil)
		}
	}
	return r
}

// onlyKeeps returns g without the references that keep nothing.
func (g *Graph) onlyKeeps() *simple.DirectedGraph {
	part := simple.NewDirectedGraph()
	for it := g.refs.Edges(); it.Next(); {
		if e := it.Edge().(Edge); e.Reason.Is(Keeps) {
			part.SetEdge(e)
		}
	}
	return part
}

// sortAll sorts the nodes in each group, and the groups by their first nodes.
func sortAll(groups [][]graph.Node) [][]Node {
	sorted := make([][]Node, len(groups))
	for i, group := range groups {
		sorted[i] = inOrder(iterator.NewOrderedNodes(group))
	}
	slices.SortFunc(sorted, func(a, b []Node) int { return cmp.Compare(a[0].ID(), b[0].ID()) })
	return sorted
}

// keepers returns the nodes that keep n.
func (g *Graph) keepers(n Node) []Node {
	if !g.has(n) {
		return nil
	}
	return slices.DeleteFunc(inOrder(g.refs.To(n.ID())), func(from Node) bool {
		return !g.refs.Edge(from.ID(), n.ID()).(Edge).Reason.Is(Keeps)
	})
}

// kept returns a shortest path of references that keep n, from a root other than n. If there is none, the path goes once
// around a cycle and from there to n. It is nil if nothing keeps n.
func (g *Graph) kept(n Node) (path []Edge, cycle bool) {
	for _, root := range g.Nodes() {
		if !g.root(root) || root == n {
			continue
		}
		path = shorter(path, g.shortest(root, n))
	}
	if path != nil {
		return path, false
	}
	for _, component := range sortAll(topo.TarjanSCC(g.onlyKeeps())) {
		if len(component) == 1 {
			continue
		}
		for _, start := range component {
			if way := g.shortest(start, n); way != nil {
				path = shorter(path, append(g.cycle(start), way...))
			}
		}
	}
	return path, path != nil
}

// cycle returns a shortest way from n, which is on a cycle, back to n.
func (g *Graph) cycle(n Node) (best []Edge) {
	for _, keeper := range g.keepers(n) {
		if way := g.shortest(n, keeper); way != nil {
			best = shorter(best, append(way, g.refs.Edge(keeper.ID(), n.ID()).(Edge)))
		}
	}
	return best
}

// shorter returns the shorter of two paths, or the first if they are equally long. Either may be nil.
func shorter(a, b []Edge) []Edge {
	if a == nil || b != nil && len(b) < len(a) {
		return b
	}
	return a
}

// shortest returns a shortest path of references that keep, the first one in the order of nodes. It is nil if there is
// none, and empty if the nodes are the same.
func (g *Graph) shortest(from, to Node) []Edge {
	parent := map[Node]Edge{}
	walk := traverse.BreadthFirst{Traverse: func(edge graph.Edge) bool {
		e := edge.(Edge)
		if !e.Reason.Is(Keeps) {
			return false
		}
		if _, known := parent[e.Target]; !known && e.Target != from {
			parent[e.Target] = e
		}
		return true
	}}
	if walk.Walk(ordered{g.refs}, from, func(n graph.Node, _ int) bool { return n == to }) == nil {
		return nil
	}
	path := []Edge{}
	for at := to; at != from; at = parent[at].Source {
		path = append(path, parent[at])
	}
	slices.Reverse(path)
	return path
}
