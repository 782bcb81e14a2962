package model

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

// Steps appends to buf every step of w that has what it needs, and hence could be enabled under some design: those of
// pages, of the worker's script, and of the browser and its environment. What is about a connection comes in the order of
// connections, and for each of them in the order of the kinds. [Model.Take] has the last word on each.
func (m *Model) Steps(w *World, buf []Step) []Step {
	pages, connections := uint8(m.bounds.Pages), uint8(m.bounds.Connections)
	for c := range connections {
		for p := range pages {
			buf = w.list(nextConnection, Step{Page: p + 1, Connection: c + 1}, buf)
		}
	}
	for c := range connections {
		end := Step{Page: w.Connections[c].Holder, Connection: c + 1}
		buf = w.list(heldEnd, end, buf)
		for p := range pages {
			end.To = p + 1
			buf = w.list(heldEndAndOther, end, buf)
		}
	}
	for p := range pages {
		buf = w.list(openPage, Step{Page: p + 1}, buf)
	}
	for c := range connections {
		buf = w.list(pendingEvent, Step{Connection: c + 1}, buf)
		buf = w.list(upConnection, Step{Connection: c + 1}, buf)
	}
	for c := range connections {
		buf = w.list(undispatched, Step{Connection: c + 1}, buf)
	}
	for _, kind := range kindsAlone {
		if s := (Step{Kind: kind}); w.has(kinds[kind].needs, s) {
			buf = append(buf, s)
		}
	}
	return buf
}

// list appends to buf the steps that need n, with the arguments of s, if it is there.
func (w *World) list(n need, s Step, buf []Step) []Step {
	if w.has(n, s) {
		for _, s.Kind = range kindsFor[n] {
			buf = append(buf, s)
		}
	}
	return buf
}

// has tells whether w has what steps with the arguments of s need.
func (w *World) has(n need, s Step) bool {
	reg := &w.Registration
	switch n {
	case nothing:
		return true
	case installingVersion:
		return reg.Installing != 0
	case waitingVersion:
		return reg.Waiting != 0
	case instance:
		return reg.Running
	case openPage:
		return w.isOpen(s.Page)
	}
	if s.Connection == 0 {
		return false
	}
	c := &w.Connections[s.Connection-1]
	switch n {
	case nextConnection:
		inOrder := s.Connection == 1 || w.Connections[s.Connection-2].Phase != Unused // as unused ones are alike
		return inOrder && c.Phase == Unused && w.isOpen(s.Page)
	case heldEnd:
		return s.Page != 0 && s.Page == c.Holder
	case heldEndAndOther:
		return s.Page != 0 && s.Page == c.Holder && s.To != 0 && s.To != s.Page
	case pendingEvent:
		return (c.Phase == Asking || c.Phase == AskingAgain) && reg.Running
	case upConnection:
		return c.Phase == Up && reg.Running
	case undispatched:
		return c.Phase == Requested || c.Phase == ToAskAgain
	}
	return false
}

func (w *World) isOpen(page uint8) bool { return page > 0 && w.Pages[page-1].Open }

// Take takes step s in w under the design that ask speaks for. It changes w, appends what happened to events and
// reports true; or it leaves both as they are and reports false, because s is not enabled.
func (m *Model) Take(w *World, s Step, ask Ask, events []Event) ([]Event, bool) {
	if int(s.Kind) >= kindCount || !m.Fits(s) || !w.has(kinds[s.Kind].needs, s) {
		return events, false
	}
	var c *Connection
	if s.Connection > 0 {
		c = &w.Connections[s.Connection-1]
	}
	t := turn{World: w, bounds: &m.bounds, ask: ask, events: events}
	if !t.take(s, c) {
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

// turn is a step being taken. Its methods are the rules: each begins with what else than its need enables the step, asks
// what it has to ask, and only then changes the world.
type turn struct {
	*World
	bounds *Bounds
	ask    Ask
	events []Event
}

func (t *turn) report(e Event) { t.events = append(t.events, e) }
