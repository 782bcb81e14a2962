package references

import "gonum.org/v1/gonum/graph"

// Relation is what a reference does, as a set of bits.
type Relation uint8

const (
	Keeps   Relation = 1 << iota // its target stays as long as its source does
	Reaches                      // a script that has its source can use its target
	Links                        // it is part of a connection, from end to end
)

// Reason says why there is a reference.
type Reason uint8

// The reasons, from the pages' side to the worker's. Their wording is in describe.go.
const (
	_ Reason = iota

	InScript   // page → handle: its script has a reference
	IsHandleOf // handle → page's end
	OwnsEnd    // page → page's end: the document owns it (HTML "destroy a document")
	OwnsForNow // the same, but no script can reach the end, and it will be collected: collect=close
	Awaits     // page → promise
	CanList    // page → list: page-list=list
	ListsEnd   // list → end of either side
	Waits      // end → queue
	Settles    // promise → connection: its outcome settles the promise
	Entangled  // page's end → connection (HTML "entangle")

	HasEnd         // connection → worker's end: it does not depend on an instance
	IsEndOf        // worker's end → connection: it does
	DecidesOn      // connect event → connection
	WaitsForAnswer // connection → queue to the worker, while a version is asked
	WaitsUnheard   // worker's end → queue, where no script looks its list up in time: lists=never
	TellsEnd       // notice → end

	InHeap        // instance → worker's end: it ends with the instance
	Outlives      // registration → connection: suspend=wake or reaccept
	NotStarted    // registration → connection: no instance had to run for it (same-origin=implicit)
	AsksAgain     // registration → connection: a new version has to be asked
	HasObject     // instance → object
	IsObjectOf    // object → worker's end
	CanListWorker // instance, or the version that the next one runs → list: worker-list=list
	HasHandler    // the same → handler: delivery=global
	Receives      // handler → queue to the worker
	Handles       // instance → connect event
	KeepsRunning  // connect event → instance (SW 3.1.1)
	UsesByEvent   // connect event → registration (SW "Try Clear Registration")
	KeepsAlive    // connection → instance: suspend=keepalive
	UsesByDrain   // connection → registration: unregister=drain
	PinsVersion   // connection → version: update=pin
	UsesAsClient  // controlled document → registration (SW "using")
	IsRegistered  // map → registration
	InSlot        // registration → version
	RunsVersion   // instance → version
	reasonCount   = iota
)

// relations says what references do, by reason.
var relations = [reasonCount]Relation{
	InScript: Keeps | Reaches, IsHandleOf: Keeps | Reaches, OwnsEnd: Keeps, OwnsForNow: Keeps, Awaits: Keeps | Reaches,
	CanList: Reaches, ListsEnd: Reaches, Waits: Keeps | Reaches | Links,
	Settles: Keeps | Links, Entangled: Keeps | Links,
	HasEnd: Keeps | Links, IsEndOf: Keeps | Links, DecidesOn: Keeps | Links, WaitsForAnswer: Keeps | Links,
	WaitsUnheard: Keeps | Links, TellsEnd: Keeps,
	InHeap: Keeps, Outlives: Keeps, NotStarted: Keeps, AsksAgain: Keeps,
	HasObject: Keeps | Reaches, IsObjectOf: Keeps | Reaches, CanListWorker: Reaches, HasHandler: Keeps | Reaches,
	Receives: Reaches, Handles: Keeps | Reaches, KeepsRunning: Keeps, UsesByEvent: Keeps,
	KeepsAlive: Keeps, UsesByDrain: Keeps, PinsVersion: Keeps, UsesAsClient: Keeps,
	IsRegistered: Keeps, InSlot: Keeps, RunsVersion: Keeps,
}

// Is tells whether references of reason r do everything in want.
func (r Reason) Is(want Relation) bool { return relations[r]&want == want }

// Edge is a reference. There is at most one from a node to another.
type Edge struct {
	Source, Target Node
	Reason         Reason
}

// From and To make Edge a [graph.Edge].
func (e Edge) From() graph.Node { return e.Source }
func (e Edge) To() graph.Node   { return e.Target }

// ReversedEdge returns e: a reference has no reverse.
func (e Edge) ReversedEdge() graph.Edge { return e }
