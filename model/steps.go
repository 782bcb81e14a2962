package model

import "math/bits"

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
		w.Faults = uint8(m.bounds.Faults)
		w.Kills = uint8(min(m.bounds.Kills, m.bounds.Faults))
		installed := w
		installed.Registration = Registration{Status: Live, Active: 1, Latest: 1}
		worlds = append(worlds, installed, w)
	}
	return worlds
}

// Steps appends to buf every step of w that is possible, and hence could be enabled under some design: those of pages, of
// the worker's script, and of the browser and its environment. What is about a connection comes in the order of
// connections, and for each of them in the order of the kinds. [Model.Take] has the last word on each.
func (m *Model) Steps(w *World, buf []Step) []Step {
	pages, connections := uint8(m.bounds.Pages), uint8(m.bounds.Connections)
	made := uint8(0)
	for made < connections && w.Connections[made].Phase != Unused {
		made++
	}
	if made < connections {
		for p := range pages {
			if s := (Step{Kind: PageConnects, Page: p + 1, Connection: made + 1}); m.mayConnect(w, s) {
				buf = append(buf, s)
			}
		}
	}
	var possible [MaxConnections]kindSet
	for i := range made {
		c := &w.Connections[i]
		possible[i] = m.possibleFor(w, c)
		end := Step{Page: c.user(), Connection: i + 1}
		if end.Page == 0 {
			continue
		}
		buf = m.possibleAtEnd(c, end.Page).list(end, buf)
		for p := range pages {
			if end.Kind, end.To = PageTransfers, p+1; w.mayTransfer(end) {
				buf = append(buf, end)
			}
		}
	}
	for p := range pages {
		buf = w.possibleForPage(p+1).list(Step{Page: p + 1}, buf)
	}
	for i := range made {
		buf = (possible[i] & ofWorker).list(Step{Connection: i + 1}, buf)
	}
	for i := range made {
		buf = (possible[i] &^ ofWorker).list(Step{Connection: i + 1}, buf)
	}
	return m.possibleAlone(w).list(Step{}, buf)
}

// ofWorker has the kinds of steps that the worker's script takes.
var ofWorker = func() (s kindSet) {
	for _, k := range Kinds() {
		s.add(k, k.Actor() == ByWorker)
	}
	return s
}()

// list appends to buf a step of each kind of the set, with the arguments of s, in the order of the kinds.
func (set kindSet) list(s Step, buf []Step) []Step {
	for ; set != 0; set &= set - 1 {
		s.Kind = Kind(bits.TrailingZeros64(uint64(set)))
		buf = append(buf, s)
	}
	return buf
}

// Take takes step s in w under the design that ask speaks for. It changes w, appends what happened to events and
// reports true; or it leaves both as they are and reports false, because s is not enabled.
func (m *Model) Take(w *World, s Step, ask Ask, events []Event) ([]Event, bool) {
	if int(s.Kind) >= kindCount || !m.Fits(s) || takes[s.Kind] != s.arguments() || !m.possible(w, s) {
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
	w.Registration.forget(w)
	return t.events, true
}

// Fits tells whether the arguments of s are within the bounds. Only a step that fits is one of the model's.
func (m *Model) Fits(s Step) bool {
	return int(s.Page) <= m.bounds.Pages && int(s.To) <= m.bounds.Pages && int(s.Connection) <= m.bounds.Connections
}

func (s Step) arguments() arguments { return arguments{s.Page > 0, s.Connection > 0, s.To > 0} }

// turn is a step being taken, which is possible. Its methods are the rules: each asks what it has to ask, tells whether the
// step is enabled, and only then changes the world.
type turn struct {
	*World
	bounds *Bounds
	ask    Ask
	events []Event
}

func (t *turn) report(e Event) { t.events = append(t.events, e) }

// fault takes one from the faults that there may still be.
func (t *turn) fault() {
	t.Faults--
	t.Kills = min(t.Kills, t.Faults)
}
