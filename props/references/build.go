package references

import (
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"cosw/model"
)

// Build returns the graph of w under a design. It asks only what its references depend on.
func Build(w *model.World, ask model.Ask) *Graph {
	b := builder{
		Graph: &Graph{world: *w, refs: simple.NewDirectedGraph(), released: map[uint8]bool{}},
		ask:   ask,
		links: simple.NewUndirectedGraph(),
	}
	b.pages()
	b.registration()
	for i := range b.world.Connections {
		b.connection(uint8(i+1), &b.world.Connections[i])
	}
	b.connections = sortAll(topo.ConnectedComponents(b.links))
	return b.Graph
}

// builder builds a graph in the order of the draft: pages, worker, connections.
type builder struct {
	*Graph
	ask   model.Ask
	links *simple.UndirectedGraph // the references that link, either way
}

// refer adds a reference, and its ends unless they are there.
func (b *builder) refer(from, to Node, why Reason) {
	e := Edge{from, to, why}
	b.refs.SetEdge(e)
	if why.Is(Links) {
		b.links.SetEdge(e)
	}
}

// add adds a node that may stand alone.
func (b *builder) add(n Node) {
	if !b.has(n) {
		b.refs.AddNode(n)
	}
}

// addLinked adds a node that belongs to a connection and may have lost the rest of it.
func (b *builder) addLinked(n Node) {
	b.add(n)
	if b.links.Node(n.ID()) == nil {
		b.links.AddNode(n)
	}
}

func (b *builder) pages() {
	for i, p := range b.world.Pages {
		if p.Origin != model.NoOrigin {
			b.add(Node{Page, uint8(i + 1)})
		}
	}
}

// registration adds the registration, its versions, and what uses it apart from connections.
func (b *builder) registration() {
	reg := &b.world.Registration
	if reg.Running {
		b.refer(b.instance(), b.active(), RunsVersion)
	}
	if reg.Status == model.Absent || reg.Status == model.RunningOut {
		return // the instance of a registration that is gone runs on alone
	}
	b.add(Node{Kind: Map})
	registration := Node{Kind: Registration}
	b.add(registration)
	if reg.Status == model.Live {
		b.refer(Node{Kind: Map}, registration, IsRegistered)
	}
	if reg.Controlled {
		b.refer(Node{Kind: Client}, registration, UsesAsClient)
	}
	for _, v := range []model.Version{reg.Installing, reg.Waiting, reg.Active} {
		if v != 0 {
			b.refer(registration, Node{Version, uint8(v)}, InSlot)
		}
	}
}

func (b *builder) active() Node { return Node{Version, uint8(b.world.Registration.Active)} }

// script returns the node that stands for the worker's script: the running instance or, if none is running, the version
// that the next instance will run.
func (b *builder) script() Node {
	if b.world.Registration.Running {
		return b.instance()
	}
	return b.active()
}

// connection adds the nodes of connection n, and what it keeps.
func (b *builder) connection(n uint8, c *model.Connection) {
	b.promise(n, c)
	if c.Holder != 0 {
		b.pageEnd(n, c)
	}
	if c.Phase == model.Unused || c.Phase == model.Down {
		return
	}
	b.addLinked(Node{Connection, n})
	switch c.Phase {
	case model.Asking, model.AskingAgain:
		b.event(n)
	case model.Up:
		b.workerEnd(n, c)
	}
	if c.Phase != model.Up && c.ToWorker.Length > 0 {
		b.refer(Node{Connection, n}, Node{QueueToWorker, n}, WaitsForAnswer)
	}
	if c.Phase == model.Up || c.Phase == model.ToAskAgain || c.Phase == model.AskingAgain {
		b.uses(n, c)
	}
}

func (b *builder) promise(n uint8, c *model.Connection) {
	if !c.Pending {
		return
	}
	b.addLinked(Node{Promise, n})
	b.refer(Node{Page, c.Page}, Node{Promise, n}, Awaits)
	if c.Phase == model.Requested || c.Phase == model.Asking {
		b.refer(Node{Promise, n}, Node{Connection, n}, Settles)
	}
}

func (b *builder) pageEnd(n uint8, c *model.Connection) {
	page, end := Node{Page, c.Holder}, Node{PageEnd, n}
	b.addLinked(end)
	if b.collectable(c) {
		b.refer(page, end, OwnsForNow)
	} else {
		b.refer(page, end, OwnsEnd)
	}
	if c.Reference {
		b.refer(page, Node{Handle, n}, InScript)
		b.refer(Node{Handle, n}, end, IsHandleOf)
	}
	if b.ask(model.PageList) == model.List {
		list := Node{PageList, c.Holder}
		b.refer(page, list, CanList)
		b.refer(list, end, ListsEnd)
	}
	if c.Entangled {
		b.refer(end, Node{Connection, n}, Entangled)
	}
	if c.ToPage.Length > 0 {
		b.refer(end, Node{QueueToPage, n}, Waits)
	}
	if c.NoticeToPage {
		b.refer(Node{NoticeToPage, n}, end, TellsEnd)
	}
}

// collectable tells whether the page's end of c will be collected, as nothing leads a script to it.
func (b *builder) collectable(c *model.Connection) bool {
	if c.Reference || c.ToPage.Length > 0 || b.ask(model.Collect) != model.CloseUnreachable || b.ask(model.PageList) == model.List {
		return false
	}
	return !c.NoticeToPage || b.ask(model.PageNotice) != model.NoticeEvent
}

func (b *builder) event(n uint8) {
	event, connection := Node{Event, n}, Node{Connection, n}
	b.refer(event, connection, DecidesOn)
	b.refer(b.instance(), event, Handles)
	b.refer(event, b.instance(), KeepsRunning)
	b.refer(event, Node{Kind: Registration}, UsesByEvent)
}

func (b *builder) workerEnd(n uint8, c *model.Connection) {
	end, connection, registration := Node{WorkerEnd, n}, Node{Connection, n}, Node{Kind: Registration}
	switch reg := &b.world.Registration; {
	case reg.Status != model.RunningOut && b.outlivesInstance():
		b.refer(registration, connection, Outlives)
		b.refer(connection, end, HasEnd)
	case reg.Running:
		b.refer(b.instance(), end, InHeap)
		b.refer(end, connection, IsEndOf)
	default:
		b.refer(registration, connection, NotStarted)
		b.refer(connection, end, HasEnd)
	}
	if c.Object && b.world.Registration.Running {
		b.refer(b.instance(), Node{Object, n}, HasObject)
		b.refer(Node{Object, n}, end, IsObjectOf)
	}
	if b.ask(model.WorkerList) == model.List {
		b.refer(b.script(), Node{Kind: WorkerList}, CanListWorker)
		b.refer(Node{Kind: WorkerList}, end, ListsEnd)
	}
	if c.NoticeToWorker {
		b.refer(Node{NoticeToWorker, n}, end, TellsEnd)
	}
	if !c.Entangled && b.ask(model.WorkerNotice) == model.NoticeSilent {
		b.released[n] = true
	}
	if c.ToWorker.Length > 0 {
		why := Waits
		if !c.Object && b.ask(model.WorkerList) == model.List && b.ask(model.Lists) == model.Never {
			why = WaitsUnheard
		}
		b.refer(end, Node{QueueToWorker, n}, why)
	}
	b.handler(n, c)
}

// outlivesInstance tells whether connections stay when an instance stops, be it that the next one is asked first.
func (b *builder) outlivesInstance() bool {
	suspend := b.ask(model.Suspend)
	return suspend == model.Wake || suspend == model.Reaccept
}

// handler adds the handler on the global scope if connection n depends on it: it has no object, or messages are waiting.
func (b *builder) handler(n uint8, c *model.Connection) {
	if c.Object && c.ToWorker.Length == 0 || b.ask(model.Delivery) != model.Global {
		return
	}
	b.refer(b.script(), Node{Kind: Handler}, HasHandler)
	if c.ToWorker.Length > 0 {
		b.refer(Node{Kind: Handler}, Node{QueueToWorker, n}, Receives)
	}
}

// uses adds what connection n keeps because it belongs to the registration, and what keeps it until a new version has
// taken it over.
func (b *builder) uses(n uint8, c *model.Connection) {
	reg, connection := &b.world.Registration, Node{Connection, n}
	if c.Phase != model.Up {
		b.refer(Node{Kind: Registration}, connection, AsksAgain)
	}
	if b.ask(model.Unregister) == model.Drain {
		b.refer(connection, Node{Kind: Registration}, UsesByDrain)
	}
	if reg.Waiting != 0 && b.ask(model.Update) == model.Pin {
		b.refer(connection, b.active(), PinsVersion)
	}
	// While it is activating, an instance is not stopped anyway.
	if c.Phase == model.Up && reg.Running && !reg.Activating && b.ask(model.Suspend) == model.Keepalive {
		b.refer(connection, b.instance(), KeepsAlive)
	}
}
