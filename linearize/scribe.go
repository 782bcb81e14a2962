package linearize

import (
	"cmp"
	"slices"
	"time"

	"cosw/linearize/recording"
)

// This file turns recordings into histories. The time of a line is an instant on the clock of its party, in µs.

// doubts are the ways in which a history can give the benefit of the doubt. A verdict that needs one of them is unknown.
type doubts struct {
	clocks bool // clocks differ by up to Options.Error; without, they are aligned by what the messages show
	travel bool // what was on its way when the recording, or the time of a party, ended may still arrive
	broken bool // lines were lost: where the numbers of a party say so, and when it ended
	closes side // sides that closed their end in a line that was lost
}

// side is a set of sides.
type side uint8

const (
	thePage   side = 1 << iota // PageSide
	theWorker                  // WorkerSide
)

func (s side) has(one Side) bool { return s>>one.index()&1 == 1 }

var allDoubts = doubts{clocks: true, travel: true, broken: true}

// scribe writes the history of one connection.
type scribe struct {
	History
	*view
	wire     *wire
	options  Options
	doubts   doubts
	messages map[string]Message
	order    []standing // of each operation
	gaps     []Gap
	open     bool // the order of posts is not certain, since lines were lost
}

// history returns the history of one connection, giving the benefit of the doubts d, and where lines are missing.
func (v *view) history(w *wire, o Options, d doubts) *scribe {
	s := &scribe{
		History: History{Places: "line", Clock: true}, view: v, wire: w, options: o, doubts: d, messages: map[string]Message{},
	}
	s.lines()
	s.ends()
	s.fillGaps()
	s.sort()
	s.travel()
	s.observations()
	s.notes()
	return s
}

// margin returns by how many µs a time may be off when it is compared with that of another party.
func (s *scribe) margin() int64 {
	if !s.doubts.clocks {
		return 0
	}
	return s.options.Error.Microseconds()
}

func (s *scribe) settle() int64 { return s.options.Settle.Microseconds() }

// late returns by how many µs a line of the browser may be late.
func (s *scribe) late() int64 { return s.options.Late.Microseconds() + s.margin() }

func (s *scribe) message(name string) Message {
	m, ok := s.messages[name]
	if !ok {
		m = Message(len(s.Messages))
		s.messages[name] = m
		s.Messages = append(s.Messages, recording.Printable(name))
	}
	return m
}

// standing is where an operation stands among those with the same call. The first number is twice that of its line; what was not
// recorded goes in between, in the order of what the other side recorded of it.
type standing struct{ place, evidence int }

func (s *scribe) add(op Operation, at standing) {
	op.Connection = s.wire.number
	s.Operations = append(s.Operations, op)
	s.order = append(s.order, at)
}

// sort puts the operations in order, so that those of one side stand as they happened.
func (s *scribe) sort() {
	ids := make([]int, len(s.Operations))
	for i := range ids {
		ids[i] = i
	}
	slices.SortStableFunc(ids, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(s.Operations[a].Call, s.Operations[b].Call),
			cmp.Compare(s.order[a].place, s.order[b].place), cmp.Compare(s.order[a].evidence, s.order[b].evidence),
		)
	})
	sorted := make([]Operation, len(ids))
	for i, id := range ids {
		sorted[i] = s.Operations[id]
	}
	s.Operations = sorted
}

// lines adds what the parties recorded. A post goes on after its line until the message is queued at the other end,
// which may take as long as a message travels.
func (s *scribe) lines() {
	for _, a := range s.wire.actions {
		l := a.Line
		op := Operation{
			Action: Action{Kind: a.kind, Side: sideOf(l), Effect: Done}, Party: s.party(l.Actor),
			Call: at(l) - s.margin(), Return: at(l) + s.margin(), Place: l.Number,
		}
		if l.Msg != "" {
			op.Message = s.message(l.Msg)
		}
		if a.kind == Post {
			op.Return += s.settle()
		}
		s.add(op, standing{place: s.placeOf(l)})
	}
}

// placeOf returns the place of a line in the recording, doubled: what is not recorded goes in between.
func (s *scribe) placeOf(l *recording.Line) int { return 2 * s.places[l] }

// ended returns the party that has a side at the end, if it is said to have ended, or nil. A connection outlives an instance
// if another one takes part in it later.
func (s *scribe) ended(side Side) *recording.Party {
	if p := s.parties.Party(s.wire.holder(side)); p != nil && p.End != nil {
		return p
	}
	return nil
}

// ends adds a close for each end whose holder is gone, as the port goes with it. The browser notices that late.
func (s *scribe) ends() {
	for side := PageSide; side <= WorkerSide; side++ {
		p := s.ended(side)
		if p == nil {
			continue
		}
		s.add(Operation{
			Action: Action{Kind: Close, Side: side, Effect: Done}, Party: s.party("browser"), Outside: true, Why: whyEnded(p, side),
			Call: s.endsSince(p), Return: at(s.parties.Over(p)) + s.margin(), Place: p.End.Begin.Number,
		}, standing{place: s.placeOf(p.End.Begin)})
	}
}

// endsSince returns the first moment at which a party may have ended: not before its last line, if its end is seen much too late.
func (s *scribe) endsSince(p *recording.Party) int64 {
	since := p.End.Since(time.Duration(s.late()+s.settle()) * time.Microsecond)
	return min(at(p.End.Begin), max(at(since), at(p.Last))) - s.late()
}

// notes adds what the browser did, and what parties were told.
func (s *scribe) notes() {
	for i := range s.rec.Lines {
		l := &s.rec.Lines[i]
		switch l.Op {
		case "post", "receive", "close":
			continue
		}
		if l.Conn == 0 || l.Conn == s.wire.number {
			s.Notes = append(s.Notes, Note{At: at(l), Until: at(l), Tag: l.Actor, Text: l.Describe()})
		}
	}
}
