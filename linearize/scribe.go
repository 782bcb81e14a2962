package linearize

import (
	"cmp"
	"fmt"
	"slices"

	"cosw/linearize/recording"
)

// This file turns recordings into histories. The time of a line is an instant on the clock of its party, in µs.

// doubts are the ways in which a history can give the benefit of the doubt. A verdict that needs one of them is unknown.
type doubts struct {
	clocks bool // clocks of different parties differ by up to Options.Error
	travel bool // what was on its way when the recording ended may still arrive
	broken bool // a party that was torn down may have done more than its lines say
}

var allDoubts = doubts{clocks: true, travel: true, broken: true}

// wire collects what a recording says about one connection.
type wire struct {
	number   int
	resolved *recording.Line
	rejected *recording.Line
	holders  [2][]string          // the parties at each end, by side, in the order in which they appear
	ended    [2]*recording.Line   // the side closed its end, or was told of the close
	posts    [2][]*recording.Line // by side
	receives [2][]*recording.Line // by the side that receives
}

// wires returns the connections of a recording in ascending order.
func wires(rec *recording.Recording) []*wire {
	byNumber := map[int]*wire{}
	for i := range rec.Lines {
		l := &rec.Lines[i]
		if l.Conn == 0 {
			continue
		}
		w := byNumber[l.Conn]
		if w == nil {
			w = &wire{number: l.Conn}
			byNumber[l.Conn] = w
		}
		w.add(l)
	}
	var all []*wire
	for _, w := range byNumber {
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b *wire) int { return cmp.Compare(a.number, b.number) })
	return all
}

// at returns the time of a line in µs.
func at(l *recording.Line) int64 { return l.Time.Microseconds() }

func sideOf(l *recording.Line) Side {
	if l.Role == recording.Page {
		return PageSide
	}
	return WorkerSide
}

func (w *wire) add(l *recording.Line) {
	side := sideOf(l).index()
	if !slices.Contains(w.holders[side], l.Actor) {
		w.holders[side] = append(w.holders[side], l.Actor)
	}
	switch l.Op {
	case "resolved":
		w.resolved = l
	case "rejected", "reject":
		w.rejected = l
	case "post":
		w.posts[side] = append(w.posts[side], l)
	case "receive":
		w.receives[side] = append(w.receives[side], l)
	case "close", "closed":
		w.ended[side] = l
	}
}

// scribe writes the history of one connection.
type scribe struct {
	History
	rec      *recording.Recording
	wire     *wire
	parties  *recording.Parties
	options  Options
	doubts   doubts
	messages map[string]Message
}

// history returns the history of one connection, giving the benefit of the doubts d.
func history(rec *recording.Recording, parties *recording.Parties, w *wire, o Options, d doubts) *History {
	s := &scribe{
		History: History{Places: "line", Clock: true}, rec: rec, parties: parties, wire: w, options: o, doubts: d,
		messages: map[string]Message{},
	}
	s.lines()
	s.ends()
	s.gaps()
	s.travel()
	s.observations()
	s.notes()
	return &s.History
}

// margin returns by how many µs a time may be off when it is compared with that of another party.
func (s *scribe) margin() int64 {
	if !s.doubts.clocks {
		return 0
	}
	return s.options.Error.Microseconds()
}

func (s *scribe) message(name string) Message {
	m, ok := s.messages[name]
	if !ok {
		m = Message(len(s.Messages))
		s.messages[name] = m
		s.Messages = append(s.Messages, recording.Printable(name))
	}
	return m
}

func (s *scribe) add(op Operation) {
	op.Connection = s.wire.number
	s.Operations = append(s.Operations, op)
}

// lines adds what the parties recorded. A post goes on after its line until the message is queued at the other end,
// which may take as long as a message travels.
func (s *scribe) lines() {
	kinds := map[string]Kind{"post": Post, "receive": Receive, "close": Close, "closed": Learn}
	for i := range s.rec.Lines {
		l := &s.rec.Lines[i]
		kind := kinds[l.Op]
		if kind == 0 || l.Conn != s.wire.number {
			continue
		}
		op := Operation{
			Action: Action{Kind: kind, Side: sideOf(l), Effect: Done}, Party: s.party(l.Actor),
			Call: at(l) - s.margin(), Return: at(l) + s.margin(), Place: l.Number,
		}
		if l.Msg != "" {
			op.Message = s.message(l.Msg)
		}
		if kind == Post {
			op.Return += s.options.Settle.Microseconds()
		}
		s.add(op)
	}
}

// holder returns the party that has a side at the end of the recording, or an empty string.
func (w *wire) holder(side Side) string {
	if all := w.holders[side.index()]; len(all) > 0 {
		return all[len(all)-1]
	}
	return ""
}

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
		why := p.Name + " is gone"
		if side == WorkerSide {
			why = p.Name + " is stopped"
		}
		s.add(Operation{
			Action: Action{Kind: Close, Side: side, Effect: Done}, Party: s.party("browser"), Outside: true, Why: why,
			Call: at(p.End.Begin) - s.options.Late.Microseconds() - s.margin(), Return: at(s.parties.Over(p)) + s.margin(), Place: p.End.Begin.Number,
		})
	}
}

// gaps adds what a party that ended may have done without a record: it may have received what nobody else received, and
// must have posted what the other end received.
func (s *scribe) gaps() {
	if !s.doubts.broken {
		return
	}
	for side := PageSide; side <= WorkerSide; side++ {
		for _, name := range s.wire.holders[side.index()] {
			if p := s.parties.Party(name); p != nil && p.End != nil {
				s.gap(side, p)
			}
		}
	}
}

// gap adds what one party may have done without a record. Even a message that arrives twice was posted only once, and a
// message that nobody received can be received only once.
func (s *scribe) gap(side Side, p *recording.Party) {
	ours, theirs := side.index(), side.Other().index()
	for _, lost := range unmatched(s.wire.posts[theirs], s.wire.receives[ours]) {
		if at(lost)-s.margin() <= at(s.parties.Over(p))+s.margin() {
			s.infer(Action{Receive, side, s.message(lost.Msg), Unseen}, p)
		}
	}
	for _, found := range unmatched(s.wire.receives[theirs], s.wire.posts[ours]) {
		if at(p.Last)-s.margin() <= at(found)+s.margin() {
			s.infer(Action{Post, side, s.message(found.Msg), Done}, p)
		}
	}
}

// infer adds an operation between the last line of a party and its end, if it is not there yet.
func (s *scribe) infer(a Action, p *recording.Party) {
	if slices.ContainsFunc(s.Operations, func(op Operation) bool { return op.Action == a }) {
		return
	}
	call := at(p.Last) - s.margin()
	s.add(Operation{Action: a, Party: s.party(p.Name), Call: call, Return: max(call, at(s.parties.Over(p))+s.margin()), Inferred: true})
}

// unmatched returns the lines whose message is in none of the others.
func unmatched(lines, others []*recording.Line) []*recording.Line {
	known := map[string]bool{}
	for _, l := range others {
		known[l.Msg] = true
	}
	var rest []*recording.Line
	for _, l := range lines {
		if !known[l.Msg] {
			rest = append(rest, l)
		}
	}
	return rest
}

// travel leaves open what became of a post shortly before the end of the recording, unless its message or a later one is
// seen to arrive, or the other end had been closed, where nobody takes it.
func (s *scribe) travel() {
	if !s.doubts.travel {
		return
	}
	for i := range s.Operations {
		op := &s.Operations[i]
		late := s.rec.End().Microseconds()-s.options.Settle.Microseconds() < op.Call+s.margin()
		if op.Kind == Post && !op.Inferred && late && !s.closedBefore(op) {
			op.Effect = Unseen
		}
	}
}

// closedBefore tells whether the other end was closed before op was called.
func (s *scribe) closedBefore(op *Operation) bool {
	return slices.ContainsFunc(s.Operations, func(other Operation) bool {
		return other.Kind == Close && other.Side != op.Side && other.Return < op.Call
	})
}

// observations adds a final observation for each end whose holder takes the connection for open. If the other end was
// closed shortly before the end of the recording, the notice may still be on its way, and nothing follows from that.
func (s *scribe) observations() {
	end := s.rec.End().Microseconds()
	for i := range s.Operations {
		end = max(end, s.Operations[i].Return)
	}
	for side := PageSide; side <= WorkerSide; side++ {
		if s.wire.resolved == nil || s.wire.holder(side) == "" || s.ended(side) != nil || s.wire.ended[side.index()] != nil {
			continue
		}
		effect := Done
		if s.doubts.travel && s.noticeTravels(side) {
			effect = Unseen
		}
		s.add(Operation{
			Action: Action{Kind: Observe, Side: side, Effect: effect}, Party: s.party(s.wire.holder(side)),
			Call: end + 1, Return: end + 1,
		})
	}
}

// noticeTravels tells whether a notice for a side may have been on its way when the recording ended.
func (s *scribe) noticeTravels(side Side) bool {
	return slices.ContainsFunc(s.Operations, func(op Operation) bool {
		return op.Kind == Close && op.Side != side && op.Return+s.options.Settle.Microseconds() > s.rec.End().Microseconds()
	})
}

// notes adds what the browser did, and what parties were told.
func (s *scribe) notes() {
	for i := range s.rec.Lines {
		l := &s.rec.Lines[i]
		if text := note(l); text != "" && (l.Conn == 0 || l.Conn == s.wire.number) {
			s.Notes = append(s.Notes, Note{At: at(l), Until: at(l), Tag: l.Actor, Text: text})
		}
	}
}

// note describes a line that is not an operation.
func note(l *recording.Line) string {
	switch l.Op {
	case "state", "running":
		return fmt.Sprintf("version %s is %s", l.Version, l.State)
	case "stop", "kill":
		return fmt.Sprintf("version %s is to stop", l.Version)
	case "deploy":
		return "a new script is deployed"
	case "gone":
		return l.PageName() + " is gone"
	case "closed":
		return fmt.Sprintf("a notice of the end of connection %d arrives", l.Conn)
	case "boot", "activate", "connect", "accept", "reject", "resolved", "rejected":
		return l.Op
	}
	return ""
}
