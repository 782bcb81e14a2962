package references

import (
	"slices"

	"cosw/model"
)

// Statement puts a property of package props in terms of the reference graph.
type Statement struct {
	Property  string            // its name there
	Quiescent bool              // it is about worlds in which no internal step is enabled
	Violated  func(*Graph) bool // tells whether a world breaks it
}

// Statements returns the properties that are about references, in the order of the catalogue.
func Statements() []Statement {
	return []Statement{
		{"frees-worker", true, (*Graph).holdsForNobody},
		{"can-idle", true, (*Graph).runsForConnections},
		{"unregisters", true, (*Graph).registeredForForeigners},
		{"page-reach", true, (*Graph).pageCannotReach},
		{"worker-reach", false, (*Graph).workerCannotReach},
	}
}

// holdsForNobody tells whether the worker's side holds an end that no open page needs.
func (g *Graph) holdsForNobody() bool {
	return slices.ContainsFunc(g.forNoPage(), func(connection []Node) bool {
		return slices.ContainsFunc(connection, func(n Node) bool { return n.Kind == WorkerEnd })
	})
}

// runsForConnections tells whether nothing but connections keeps the instance running.
func (g *Graph) runsForConnections() bool {
	return all(g.keepers(g.instance()), func(n Node) bool { return n.Kind == Connection })
}

// registeredForForeigners tells whether nothing but connections of foreign pages keeps the registration, or connect events for
// them that hang.
func (g *Graph) registeredForForeigners() bool {
	return all(g.keepers(Node{Kind: Registration}), func(n Node) bool { return g.lasts(n) && g.foreign(g.connectionOf(n)) })
}

// foreign tells whether c belongs to a page of another origin: its holder, or the one that asked where nobody holds it.
func (g *Graph) foreign(c *model.Connection) bool {
	page := c.Holder
	if page == 0 {
		page = c.Page
	}
	return g.world.OriginOf(page) != model.Own
}

// pageCannotReach tells whether a connection has two sides, and no script of an open page can reach the page's.
func (g *Graph) pageCannotReach() bool { return g.lost(PageEnd, g.openPage) }

// workerCannotReach tells whether a connection has two sides, and the running script cannot reach the worker's.
func (g *Graph) workerCannotReach() bool {
	return g.world.Registration.Status != model.Absent && g.world.Registration.Running &&
		g.lost(WorkerEnd, func(n Node) bool { return n.Kind == Instance })
}

// lost tells whether some connection with two sides has an end of that kind which script cannot reach from the nodes
// given.
func (g *Graph) lost(kind Kind, from func(Node) bool) bool {
	var ends []Node
	for _, connection := range g.connections {
		page, service := sides(connection)
		i := slices.IndexFunc(connection, func(n Node) bool { return n.Kind == kind })
		if page && service && i >= 0 {
			ends = append(ends, connection[i])
		}
	}
	if ends == nil {
		return false
	}
	reached := g.reachable(Reaches, from)
	return slices.ContainsFunc(ends, func(n Node) bool { return !reached.has(n) })
}
