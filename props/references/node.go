package references

import "cosw/model"

// Kind says what a node of the graph is.
type Kind uint8

// The kinds of nodes. On whose side each is, and what it is called, stands in its record below.
const (
	_ Kind = iota

	Page        // a document, open or gone
	Client      // a document of the service's own origin that the active worker controls
	Handle      // the reference of a page's script to its end (draft 35)
	Promise     // what connect() returned, not settled yet (draft 31)
	PageList    // the connections that a page can enumerate (draft 46)
	PageEnd     // the page's end of a connection
	QueueToPage // messages that wait at it (HTML 9.4.4 "port message queue")

	Event         // a connect event that is pending at the active worker (draft 64)
	Object        // what the running instance has for the worker's end (draft 71)
	WorkerEnd     // the worker's end of a connection
	QueueToWorker // messages that wait at it
	WorkerList    // the connections that a worker can enumerate (draft 113)
	Handler       // the handler for messages on the global scope (draft 115)
	Instance      // the running instance of the active version
	Version       // a worker version in a slot of the registration

	Connection     // what the browser knows of a connection that is requested, asked for, or accepted
	NoticeToPage   // a notice of the end on its way to the page
	NoticeToWorker // a notice of the end on its way to the worker
	Registration   // the service worker registration (SW 3.2)
	Map            // the map of registrations (SW "registration map")

	kindCount = iota
)

// kinds is the catalogue of nodes: on whose side one is, and what it is, where N stands for its number.
var kinds = [kindCount]struct {
	party Party
	text  string
}{
	Page:           {Pages, "page N"},
	Client:         {Pages, "a controlled document"},
	Handle:         {Pages, "handle of connection N"},
	Promise:        {Pages, "promise of connection N"},
	PageList:       {Pages, "list of page N"},
	PageEnd:        {Pages, "page's end of connection N"},
	QueueToPage:    {Pages, "queue to page of connection N"},
	Event:          {Worker, "connect event of connection N"},
	Object:         {Worker, "object of connection N"},
	WorkerEnd:      {Worker, "worker's end of connection N"},
	QueueToWorker:  {Worker, "queue to worker of connection N"},
	WorkerList:     {Worker, "list of the worker"},
	Handler:        {Worker, "global message handler"},
	Instance:       {Worker, "running instance"},
	Version:        {Worker, "version N"},
	Connection:     {Browser, "connection N"},
	NoticeToPage:   {Browser, "notice to page of connection N"},
	NoticeToWorker: {Browser, "notice to worker of connection N"},
	Registration:   {Browser, "registration"},
	Map:            {Browser, "map of registrations"},
}

// Node is a node of the graph. Number is that of its page, its version or its connection, from 1. It is 0 for kinds with
// only one node.
type Node struct {
	Kind   Kind
	Number uint8
}

// ID returns the same number for the same node in any graph. Nodes are listed in the order of their IDs.
func (n Node) ID() int64 { return int64(n.Kind)<<8 | int64(n.Number) }

// Party says on whose side a node is.
type Party uint8

const (
	_ Party = iota
	Pages
	Browser
	Worker
)

// Party returns on whose side n is.
func (n Node) Party() Party { return kinds[n.Kind].party }

// root tells whether n needs nothing to keep it alive.
func (g *Graph) root(n Node) bool {
	switch n.Kind {
	case Client, Map, Instance:
		return true
	}
	return g.openPage(n)
}

func (g *Graph) openPage(n Node) bool { return n.Kind == Page && g.world.Pages[n.Number-1].Open }

// connectionOf returns the connection that n belongs to, or nil.
func (g *Graph) connectionOf(n Node) *model.Connection {
	switch n.Kind {
	case Handle, Promise, PageEnd, QueueToPage, Event, Object, WorkerEnd, QueueToWorker,
		Connection, NoticeToPage, NoticeToWorker:
		return &g.world.Connections[n.Number-1]
	}
	return nil
}
