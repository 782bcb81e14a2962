package model

// The largest world that a model can hold. Random histories go up to these; exhaustive search stays far below them.
const (
	MaxPages       = 4
	MaxConnections = 6
	MaxVersions    = 4
	MaxMessages    = 8 // under way per direction and connection
	MaxFaults      = 7
)

// World is one state of everything that the draft speaks of. It is a value that can be copied and compared.
//
// It holds only what a later step or a property can read. What is true of a single step, such as which version a message
// reached, is an [Event] of that step.
type World struct {
	Pages        [MaxPages]Page
	Registration Registration
	Connections  [MaxConnections]Connection
	Faults       uint8 // how many more faults there may be
	Kills        uint8 // how many of them may be kills
}

// Page is a document, numbered from 1 in steps and wording: Pages[0] is page 1.
type Page struct {
	Origin Origin
	Open   bool // false: navigated away, closed or crashed; nobody else can tell which
}

// Origin is the origin of a page, in relation to the service.
type Origin uint8

const (
	NoOrigin Origin = iota // the page is outside the bounds
	Own                    // the origin that registered the service worker
	ForeignA               // another origin
	ForeignB               // a third one
)

// Status is what the map of registrations says (SW "registration map").
type Status uint8

const (
	Absent       Status = iota // nothing is registered
	Live                       // in the map
	Unregistered               // no longer in the map, but not cleared yet: still in use (SW "Try Clear Registration")
	RunningOut                 // cleared, yet the instance of its active worker, redundant now, goes on until it stops
)

// statuses holds the word for each status, and a clause.
var statuses = [...]struct{ word, text string }{
	Absent:       {"absent", "nothing is registered"},
	Live:         {"live", "there is a registration"},
	Unregistered: {"unregistered", "the registration is no longer found, but still there while it is used"},
	RunningOut:   {"running-out", "the registration is gone, and the instance of its worker runs on"},
}

func (s Status) String() string { return statuses[s].word }

// Version is the number of a version of the service worker. They count from 1 in the order in which they were found; 0 is
// none.
type Version uint8

// Registration is a service worker registration with its three slots (SW 3.2). A version that was found and is in no slot
// is redundant.
type Registration struct {
	Status     Status
	Installing Version
	Waiting    Version
	Active     Version
	Latest     Version // the newest version that was found so far

	Activating bool // the active worker's state is activating, not yet activated
	Running    bool // the active worker has a live instance

	SkipWaiting bool // skipWaiting() was called in the waiting worker
	Controlled  bool // a same-origin client is controlled by the active worker (SW "using")
}

// Phase is how far a connection has come, from the worker's side.
type Phase uint8

const (
	Unused      Phase = iota // connect() was not called
	Requested                // connect() was called, no connect event was dispatched yet
	Asking                   // a connect event is pending at the active worker
	Up                       // the worker's side holds its end
	ToAskAgain               // a new version, or a new instance, has to accept it; its connect event was not dispatched yet
	AskingAgain              // that event is pending at the active worker
	Down                     // no worker's end is left, or there never was one
)

var phaseWords = [...]string{
	Unused: "unused", Requested: "requested", Asking: "asking", Up: "up",
	ToAskAgain: "to-ask-again", AskingAgain: "asking-again", Down: "down",
}

// Phases returns all phases in their order.
func Phases() []Phase {
	phases := make([]Phase, len(phaseWords))
	for i := range phases {
		phases[i] = Phase(i)
	}
	return phases
}

// String returns p as it is written in scripts.
func (p Phase) String() string { return phaseWords[p] }

// Connection is what one call of connect() leads to, numbered from 1 in steps and wording.
//
// Up and entangled is a working connection. Up and not entangled is a worker's end whose page is gone. Down with a
// holder is a page's end whose worker is gone and whose page does not know. Down and pending is a request that nobody will
// ever answer.
type Connection struct {
	Phase     Phase
	Page      uint8   // the page that asked; the worker accepts its origin
	Pending   bool    // the promise of an open page is neither resolved nor rejected
	Holder    uint8   // the page that holds the page's end, open as far as it knows; 0: nobody does
	Reference bool    // the holder's script still has a reference to the handle
	Listening bool    // the holder listens for the end of the connection
	Accepted  Version // the version that accepted, be it by silence; 0: none was asked
	Object    bool    // the running instance has an object for the worker's end
	Entangled bool    // the ends are linked: what is posted at one end is queued at the other (HTML "entangle")

	Hung bool // the handler of the connect event, which is pending, will never come to an answer

	NoticeToPage   bool // a notice of the end is in flight to the holder
	NoticeToWorker bool // a notice of the end is in flight to the worker

	ToWorker MessageQueue
	ToPage   MessageQueue
}

// MessageQueue is one direction of a connection: a port message queue (HTML 9.4.4) with the counts that tell what became of
// the messages posted so far.
type MessageQueue struct {
	Posted    uint8              // the number of the last message posted
	Received  uint8              // the number of the last message received
	Length    uint8              // how many messages wait
	strangers uint8              // a bit for each message that waits: posted by a stranger
	numbers   [MaxMessages]uint8 // of the messages that wait
}

// Message is a message in a queue.
type Message struct {
	Number   uint8 // counts the messages of its connection and direction from 1; starts again after 255
	Stranger bool  // posted by a page of another origin than the one that the worker accepted
}

// At returns the message that waits at place i, the oldest at 0.
func (q *MessageQueue) At(i uint8) Message { return Message{q.numbers[i], q.strangers>>i&1 == 1} }

// Push appends m to the queue.
func (q *MessageQueue) Push(m Message) {
	q.numbers[q.Length] = m.Number
	if m.Stranger {
		q.strangers |= 1 << q.Length
	}
	q.Length++
}

// Pop takes the oldest message out of the queue.
func (q *MessageQueue) Pop() Message {
	m := q.At(0)
	copy(q.numbers[:], q.numbers[1:])
	q.numbers[MaxMessages-1] = 0
	q.strangers >>= 1
	q.Length--
	return m
}

// Drop takes all messages out of the queue.
func (q *MessageQueue) Drop() { q.Length, q.strangers, q.numbers = 0, 0, [MaxMessages]uint8{} }

// Undelivered returns how many messages were posted but not received, or by a worker not handled: they wait, or are lost.
func (q *MessageQueue) Undelivered() int { return int(q.Posted - q.Received) }

// OriginOf returns the origin of page p, counted from 1.
func (w *World) OriginOf(p uint8) Origin { return w.Pages[p-1].Origin }

// Foreign tells whether the page that asked for c is of another origin than the service.
func (w *World) Foreign(c *Connection) bool { return w.OriginOf(c.Page) != Own }

// Open tells whether page p is open.
func (w *World) Open(p uint8) bool { return w.Pages[p-1].Open }

// Runs tells whether an instance of an activated worker runs. Only that acts on connections: functional events wait while it
// is activating (SW "Fire Functional Event"), and messages of a connection wait with them.
func (r *Registration) Runs() bool { return r.Running && !r.Activating }

// PendingEvent tells whether a connect event is pending at the active worker (SW "set of extended events").
func (w *World) PendingEvent() bool {
	for i := range w.Connections {
		if w.Connections[i].Asked() {
			return true
		}
	}
	return false
}

// Asked tells whether the connect event of c is pending.
func (c *Connection) Asked() bool { return c.Phase == Asking || c.Phase == AskingAgain }

// InUse tells whether some connection satisfies use and is in use.
func (w *World) InUse(use func(*Connection) bool) bool {
	for i := range w.Connections {
		if c := &w.Connections[i]; c.InUse() && use(c) {
			return true
		}
	}
	return false
}

// InUse tells whether c still belongs to the registration: the worker's side holds an end of it, or it has to be accepted
// again.
func (c *Connection) InUse() bool {
	return c.Phase == Up || c.Phase == ToAskAgain || c.Phase == AskingAgain
}

// forget clears the fields that no later step and no property can read, so that worlds that differ only there are equal.
// TestForgetKeepsVerdicts in package props fills these fields with rubbish instead, and no verdict changes.
func (c *Connection) forget() {
	if c.Holder == 0 {
		c.Reference, c.Listening, c.NoticeToPage = false, false, false
		if c.ToWorker.Length == 0 {
			// No page is left to miss what it posted; one that waits for its promise learns from that what became of it.
			c.ToWorker = MessageQueue{}
		}
	}
	if c.Phase != Down {
		return
	}
	c.Accepted, c.Object, c.NoticeToWorker = 0, false, false
	switch {
	case c.Holder == 0 && !c.Pending:
		*c = Connection{Phase: Down}
	case c.ToPage.Length == 0:
		c.ToPage = MessageQueue{} // no worker is left to miss what it posted
	}
}

// forget ends a registration that runs out once no connection is left: the instance has nothing more to do, and it
// does not matter when it stops.
func (r *Registration) forget(w *World) {
	if r.Status == RunningOut && !w.InUse(anyone) {
		*r = Registration{Latest: r.Latest}
	}
}
