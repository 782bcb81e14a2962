package references

import "slices"

// Trouble is what is wrong with a node.
type Trouble uint8

const (
	_           Trouble = iota
	Orphaned            // it believes in a connection whose other end is gone
	Unneeded            // it is retained, though no open page needs it: leaked
	Unreachable         // it is retained, though no script can reach it any more: leaked
)

// Leaked tells whether something is retained in vain.
func (t Trouble) Leaked() bool { return t == Unneeded || t == Unreachable }

// Finding is something that is orphaned or leaked.
type Finding struct {
	Trouble Trouble
	Nodes   []Node // that it is about, which belong together; the first one stands for them
	Path    []Edge // a shortest path from a root that keeps the first of Nodes alive; nil when nothing does
	Cycle   bool   // no root leads to it: Path goes once around a cycle and then from the cycle to the node
	Missing string // the path that is missing, in words
}

// Findings returns what is orphaned, then what is leaked, each in the order of nodes.
func (g *Graph) Findings() []Finding {
	found := g.orphaned()
	unneeded := g.unneeded()
	found = append(found, unneeded...)
	return append(found, g.unreachable(unneeded)...)
}

func (g *Graph) finding(t Trouble, nodes ...Node) Finding {
	f := Finding{Trouble: t, Nodes: nodes, Missing: g.missing(t, nodes[0])}
	f.Path, f.Cycle = g.kept(nodes[0])
	return f
}

// sides tells which sides of a connection are there: what a page holds of it, and what is left at the service.
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
func (g *Graph) orphaned() []Finding {
	var found []Finding
	for _, connection := range g.connections {
		if page, service := sides(connection); page && service {
			continue
		}
		for _, n := range connection {
			switch n.Kind {
			case Promise, PageEnd, Event, WorkerEnd:
				found = append(found, g.finding(Orphaned, n))
			}
		}
	}
	return found
}

// unneeded finds what connections without a page retain: themselves, and a worker or registration that only they keep.
func (g *Graph) unneeded() []Finding {
	var found []Finding
	var leaked []Node
	for _, connection := range g.forNoPage() {
		found = append(found, g.finding(Unneeded, connection...))
		leaked = append(leaked, connection...)
	}
	for _, n := range []Node{g.instance(), {Kind: Registration}} {
		keepers := g.keepers(n)
		if all(keepers, func(k Node) bool { return k.Kind == Connection && slices.Contains(leaked, k) }) {
			found = append(found, g.finding(Unneeded, n))
		}
	}
	return found
}

func (g *Graph) instance() Node { return Node{Instance, uint8(g.world.Registration.Active)} }

// forNoPage returns those connections that still exist at the service, but at no open page.
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

// unreachable finds ends and messages that no script can get at, unless they are known to be leaked already.
func (g *Graph) unreachable(unneeded []Finding) []Finding {
	pages, worker := g.reachable(Reaches, g.openPage), g.reachable(Reaches, g.script)
	var found []Finding
	for _, n := range g.Nodes() {
		if slices.ContainsFunc(unneeded, func(f Finding) bool { return slices.Contains(f.Nodes, n) }) {
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
			found = append(found, g.finding(Unreachable, n))
		}
	}
	return found
}

// comesWithMessage tells whether a suspended worker gets at its connections again: the next message starts an instance,
// and its handler gets the object along. A running instance has to wait for what it should be able to reach.
func (g *Graph) comesWithMessage() bool {
	return !g.world.Registration.Running && g.has(Node{Kind: Handler})
}

// script tells whether n is where the worker's script is: the running instance or, where none runs, the active version
// that the next instance will be of.
func (g *Graph) script(n Node) bool {
	if g.world.Registration.Running {
		return n.Kind == Instance
	}
	return n.Kind == Version && n.Number == uint8(g.world.Registration.Active)
}
