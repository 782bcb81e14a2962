package model

// Kind is what a step does.
type Kind uint8

const (
	_ Kind = iota

	PageConnects     // calls connect()
	PagePosts        // posts a message
	PageReceives     // receives a message
	PageLearns       // learns of a notice that its connection is down
	PageListens      // starts to listen for such a notice
	PageCloses       // closes its end
	PageLosesHandle  // drops its last reference to the handle
	PageTransfers    // transfers the handle to a page of another origin
	PageLeaves       // navigates away, is closed or crashes
	WorkerAccepts    // accepts the connect event
	WorkerRejects    // rejects it
	WorkerIgnores    // leaves it unanswered
	WorkerPosts      // posts a message
	WorkerReceives   // receives a message
	WorkerLearns     // learns of a notice that the page is gone, and lets go
	WorkerCloses     // closes its end
	Dispatch         // take a requested connection to the active worker
	Start            // start the active worker, which has something to do
	FinishInstall    // the installing worker becomes the waiting worker
	FailInstall      // the installing worker becomes redundant
	Activate         // the waiting worker becomes the active worker
	FinishActivate   // the active worker is activated
	Clear            // clear an unregistered registration
	SuspendWorker    // stop an idle worker
	KillWorker       // stop a running worker whatever it does
	Register         // a first version is registered
	FindUpdate       // a newer version is found
	CallSkipWaiting  // the waiting worker calls skipWaiting()
	UnregisterWorker // unregister() is called
	OpenClient       // a document of the service's origin opens and is controlled
	CloseClient      // it is closed

	kindCount = iota
)

// Kinds returns all kinds of steps in their order.
func Kinds() []Kind {
	kinds := make([]Kind, 0, kindCount-1)
	for k := PageConnects; k < kindCount; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// Internal tells whether a step of this kind is owed by the browser or a live script: it happens sooner or later.
// Every other step is the environment's and need not happen.
func (k Kind) Internal() bool {
	switch k {
	case PageReceives, PageLearns,
		WorkerAccepts, WorkerRejects, WorkerIgnores, WorkerReceives, WorkerLearns,
		Dispatch, Start, FinishInstall, FailInstall, Activate, FinishActivate, Clear:
		return true
	}
	return false
}

// Step is one step with its arguments. Which of them a kind takes is told by its syntax, see [ParseStep].
type Step struct {
	Kind       Kind
	Page       uint8 // the page that acts, or 0
	Connection uint8 // the connection that it is about, or 0
	To         uint8 // the page that a handle is transferred to, or 0
}

// Code returns s as a number, for those who know steps only as labels; [StepOf] reads it.
func (s Step) Code() uint32 {
	return uint32(s.Kind)<<24 | uint32(s.Page)<<16 | uint32(s.Connection)<<8 | uint32(s.To)
}

// StepOf returns the step of a code.
func StepOf(code uint32) Step {
	return Step{Kind: Kind(code >> 24), Page: uint8(code >> 16), Connection: uint8(code >> 8), To: uint8(code)}
}

// Model is the transition system within bounds.
type Model struct {
	bounds Bounds
}

// New returns the model within bounds, which must be valid.
func New(bounds Bounds) (*Model, error) {
	if err := bounds.Validate(); err != nil {
		return nil, err
	}
	return &Model{bounds}, nil
}

// Bounds returns the bounds of the model.
func (m *Model) Bounds() Bounds { return m.bounds }

// Initial returns the worlds in which a history can begin: the service is already installed, which is what the draft
// speaks of (draft 21), or nothing is registered yet. With a single page both are given twice, for a page of another
// origin and for one of the service's own.
func (m *Model) Initial() []World {
	assignments := [][]Origin{{ForeignA, Own, ForeignB, ForeignA}}
	if m.bounds.Pages == 1 {
		assignments = [][]Origin{{ForeignA}, {Own}}
	}
	var worlds []World
	for _, origins := range assignments {
		var w World
		for p := range m.bounds.Pages {
			w.Pages[p] = Page{Origin: origins[p], Open: true}
		}
		w.Kills = uint8(m.bounds.Kills)
		installed := w
		installed.Registration = Registration{Status: Live, Active: 1, Latest: 1}
		worlds = append(worlds, installed, w)
	}
	return worlds
}

// Steps appends to buf every step that could be enabled in w under some design: those of pages, of the worker's script,
// and of the browser and its environment; what is about a connection comes in the order of connections, and for each of
// them in the order of the kinds. [Model.Take] has the last word on each.
func (m *Model) Steps(w *World, buf []Step) []Step {
	buf = m.pageSteps(w, buf)
	buf = m.workerSteps(w, buf)
	return m.browserSteps(w, buf)
}

func (m *Model) pageSteps(w *World, buf []Step) []Step {
	connections := w.Connections[:m.bounds.Connections]
	for i := range connections {
		if connections[i].Phase != Unused {
			continue
		}
		for p := range uint8(m.bounds.Pages) {
			if w.Pages[p].Open {
				buf = append(buf, Step{Kind: PageConnects, Page: p + 1, Connection: uint8(i + 1)})
			}
		}
		break // unused connections are alike: the first one stands for all
	}
	for i := range connections {
		c := &connections[i]
		if c.Holder == 0 {
			continue
		}
		at := Step{Page: c.Holder, Connection: uint8(i + 1)}
		for kind := PagePosts; kind <= PageLosesHandle; kind++ {
			at.Kind = kind
			buf = append(buf, at)
		}
		at.Kind = PageTransfers
		for p := range uint8(m.bounds.Pages) {
			if at.To = p + 1; at.To != c.Holder {
				buf = append(buf, at)
			}
		}
	}
	for p := range uint8(m.bounds.Pages) {
		if w.Pages[p].Open {
			buf = append(buf, Step{Kind: PageLeaves, Page: p + 1})
		}
	}
	return buf
}

func (m *Model) workerSteps(w *World, buf []Step) []Step {
	if !w.Registration.Running {
		return buf
	}
	for i := range m.bounds.Connections {
		first, last := WorkerPosts, WorkerCloses
		switch w.Connections[i].Phase {
		case Asking, AskingAgain:
			first, last = WorkerAccepts, WorkerIgnores
		case Up:
		default:
			continue
		}
		for kind := first; kind <= last; kind++ {
			buf = append(buf, Step{Kind: kind, Connection: uint8(i + 1)})
		}
	}
	return buf
}

func (m *Model) browserSteps(w *World, buf []Step) []Step {
	for i := range m.bounds.Connections {
		if p := w.Connections[i].Phase; p == Requested || p == ToAskAgain {
			buf = append(buf, Step{Kind: Dispatch, Connection: uint8(i + 1)})
		}
	}
	reg := &w.Registration
	for kind := Start; kind < kindCount; kind++ {
		switch kind {
		case FinishInstall, FailInstall:
			if reg.Installing == 0 {
				continue
			}
		case Activate, CallSkipWaiting:
			if reg.Waiting == 0 {
				continue
			}
		case SuspendWorker, KillWorker:
			if !reg.Running {
				continue
			}
		}
		buf = append(buf, Step{Kind: kind})
	}
	return buf
}

// Take takes step s in w under the design that ask speaks for. It changes w, appends what happened to events and
// reports true; or it leaves both as they are and reports false, because s is not enabled.
func (m *Model) Take(w *World, s Step, ask Ask, events []Event) ([]Event, bool) {
	t := turn{World: w, bounds: &m.bounds, ask: ask, events: events}
	if !m.Fits(s) || !t.dispatch(s) {
		return events, false
	}
	for i := range w.Connections[:m.bounds.Connections] {
		w.Connections[i].forget()
	}
	return t.events, true
}

// Fits tells whether the arguments of s are within the bounds. Only a step that fits is one of the model's.
func (m *Model) Fits(s Step) bool {
	return int(s.Page) <= m.bounds.Pages && int(s.To) <= m.bounds.Pages && int(s.Connection) <= m.bounds.Connections
}

// turn is a step being taken. Its methods are the steps: each begins with what enables it, asks what it has to ask,
// and only then changes the world.
type turn struct {
	*World
	bounds *Bounds
	ask    Ask
	events []Event
}

func (t *turn) report(e Event) { t.events = append(t.events, e) }

// dispatch takes s.
func (t *turn) dispatch(s Step) bool {
	var c *Connection
	if s.Connection > 0 {
		c = &t.Connections[s.Connection-1]
	}
	switch s.Kind {
	case PageConnects, PagePosts, PageReceives, PageLearns, PageListens, PageCloses, PageLosesHandle, PageTransfers:
		if c == nil || s.Page == 0 {
			return false
		}
		return t.pageStep(s, c)
	case PageLeaves:
		return s.Page > 0 && t.pageLeaves(s.Page)
	case WorkerAccepts, WorkerRejects, WorkerIgnores, WorkerPosts, WorkerReceives, WorkerLearns, WorkerCloses:
		return c != nil && t.workerStep(s, c)
	case Dispatch:
		return c != nil && t.dispatchConnection(s.Connection, c)
	default:
		return t.browserStep(s.Kind)
	}
}
