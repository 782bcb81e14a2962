package references

import "slices"

// Trouble is what is wrong with a node.
type Trouble uint8

const (
	_           Trouble = iota
	Orphaned            // the other end of its connection is gone
	Unneeded            // no open page needs it, and yet it is retained: leaked
	Unreachable         // no script can reach it, and yet it is retained: leaked
)

// Leaked tells whether something is retained in vain.
func (t Trouble) Leaked() bool { return t == Unneeded || t == Unreachable }

// Defect is one thing that is orphaned or leaked.
type Defect struct {
	Trouble Trouble
	Nodes   []Node // what is orphaned or leaked: nodes that belong together, of which the first stands for all
	Path    []Edge // a shortest path from a root that keeps the first of Nodes alive; nil if nothing does
	Cycle   bool   // no root keeps it: Path goes once around a cycle, and from there to the node
	Missing string // the path that is missing, in words
}

// Defects returns what is orphaned, then what is leaked, each in the order of nodes.
func (g *Graph) Defects() []Defect {
	found := g.orphaned()
	unneeded := g.unneeded()
	found = append(found, unneeded...)
	return append(found, g.unreachable(unneeded)...)
}

func (g *Graph) defect(t Trouble, nodes ...Node) Defect {
	d := Defect{Trouble: t, Nodes: nodes, Missing: g.missing(t, nodes[0])}
	d.Path, d.Cycle = g.kept(nodes[0])
	return d
}

// sides tells which sides of a connection are left: a page's, and the service's.
func sides(connection []Node) (page, service bool) {
	for _, n := range connection {
		switch n.Kind {
		case Promise, PageEnd:
			page = true
		case Connection, Event, WorkerEnd:
			service = true
		}
	}
	return page, service
}

// orphaned finds the ends of connections that have lost their other side.
func (g *Graph) orphaned() []Defect {
	var found []Defect
	for _, connection := range g.connections {
		if page, service := sides(connection); page && service {
			continue
		}
		for _, n := range connection {
			switch n.Kind {
			case Promise, PageEnd, Event, WorkerEnd:
				found = append(found, g.defect(Orphaned, n))
			}
		}
	}
	return found
}

// unneeded finds connections that no open page needs, and an instance or registration that only they keep.
func (g *Graph) unneeded() []Defect {
	var found []Defect
	var leaked []Node
	for _, connection := range g.forNoPage() {
		found = append(found, g.defect(Unneeded, connection...))
		leaked = append(leaked, connection...)
	}
	for _, n := range []Node{g.instance(), {Kind: Registration}} {
		keepers := g.keepers(n)
		if all(keepers, func(k Node) bool { return g.lasts(k) && slices.Contains(leaked, k) }) {
			found = append(found, g.defect(Unneeded, n))
		}
	}
	return found
}

// lasts tells whether n can keep something for ever: a connection, or a connect event that nobody will answer.
func (g *Graph) lasts(n Node) bool {
	return n.Kind == Connection || n.Kind == Event && g.connectionOf(n).Hung
}

// all tells whether there are any nodes and test holds for each of them.
func all(nodes []Node, test func(Node) bool) bool {
	return len(nodes) > 0 && !slices.ContainsFunc(nodes, func(n Node) bool { return !test(n) })
}

func (g *Graph) instance() Node { return Node{Instance, uint8(g.world.Registration.Active)} }

// forNoPage returns the connections that still exist at the service, but at no open page.
func (g *Graph) forNoPage() [][]Node {
	var none [][]Node
	open := g.reachable(Keeps, g.openPage)
	for _, connection := range g.connections {
		needed := slices.ContainsFunc(connection, func(n Node) bool {
			return (n.Kind == Promise || n.Kind == PageEnd) && open.has(n)
		})
		if _, service := sides(connection); service && !needed {
			none = append(none, connection)
		}
	}
	return none
}

// unreachable finds ends and messages that no script can reach, apart from those that are leaked anyway.
func (g *Graph) unreachable(unneeded []Defect) []Defect {
	pages, worker := g.reachable(Reaches, g.openPage), g.reachable(Reaches, g.script)
	var found []Defect
	for _, n := range g.Nodes() {
		if slices.ContainsFunc(unneeded, func(d Defect) bool { return slices.Contains(d.Nodes, n) }) {
			continue
		}
		lost := false
		switch n.Kind {
		case PageEnd:
			lost = !pages.has(n)
		case WorkerEnd:
			lost = !worker.has(n) && !g.comesWithMessage()
		case QueueToWorker:
			lost = !worker.has(n) && g.has(Node{WorkerEnd, n.Number}) // without an end, a new version is being asked
		}
		if lost {
			found = append(found, g.defect(Unreachable, n))
		}
	}
	return found
}

// comesWithMessage tells whether a suspended worker will reach its connections again: the next message starts an
// instance, and brings an object to its handler. A running instance could only wait for that, though it should be able to
// reach them now.
func (g *Graph) comesWithMessage() bool {
	return !g.world.Registration.Running && g.has(Node{Kind: Handler})
}

// script tells whether n stands for the worker's script: the running instance or, if none is running, the active version,
// which the next instance will run.
func (g *Graph) script(n Node) bool {
	if g.world.Registration.Running {
		return n.Kind == Instance
	}
	return n.Kind == Version && n.Number == uint8(g.world.Registration.Active)
}
