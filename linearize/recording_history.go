package linearize

import (
	"cmp"
	"fmt"
	"slices"
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
	resolved *line
	rejected *line
	holders  [2][]string // the parties at each end, by side, in the order in which they appear
	ended    [2]*line    // the side closed its end, or was told of the close
	posts    [2][]*line  // by side
	receives [2][]*line  // by the side that receives
}

// wires returns the connections of a recording in ascending order.
func (rec *Recording) wires() []*wire {
	byNumber := map[int]*wire{}
	for i := range rec.lines {
		l := &rec.lines[i]
		if l.conn == 0 {
			continue
		}
		w := byNumber[l.conn]
		if w == nil {
			w = &wire{number: l.conn}
			byNumber[l.conn] = w
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

func (w *wire) add(l *line) {
	side := l.actor.role.side().index()
	if !slices.Contains(w.holders[side], l.actor.name) {
		w.holders[side] = append(w.holders[side], l.actor.name)
	}
	switch l.op {
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
	rec      *Recording
	wire     *wire
	lives    map[string]*life
	options  Options
	doubts   doubts
	messages map[string]Message
}

// history returns the history of one connection, giving the benefit of the doubts d.
func (rec *Recording) history(w *wire, lives map[string]*life, o Options, d doubts) *History {
	s := &scribe{
		History: History{Places: "line", Clock: true}, rec: rec, wire: w, lives: lives, options: o, doubts: d,
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
		s.Messages = append(s.Messages, printable(name))
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
	for i := range s.rec.lines {
		l := &s.rec.lines[i]
		kind := kinds[l.op]
		if kind == 0 || l.conn != s.wire.number {
			continue
		}
		op := Operation{
			Action: Action{Kind: kind, Side: l.actor.role.side(), Effect: Done}, Party: s.party(l.actor.name),
			Call: l.t - s.margin(), Return: l.t + s.margin(), Place: l.number,
		}
		if l.msg != "" {
			op.Message = s.message(l.msg)
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

// life returns the life of the party that has a side at the end. A connection outlives an instance if another one takes
// part in it later.
func (s *scribe) life(side Side) *life {
	if l := s.lives[s.wire.holder(side)]; l != nil && l.ended {
		return l
	}
	return nil
}

// ends adds a close for each end whose holder is gone, as the port goes with it. The browser notices that late.
func (s *scribe) ends() {
	for side := PageSide; side <= WorkerSide; side++ {
		l := s.life(side)
		if l == nil {
			continue
		}
		why := l.name + " is gone"
		if side == WorkerSide {
			why = l.name + " is stopped"
		}
		s.add(Operation{
			Action: Action{Kind: Close, Side: side, Effect: Done}, Party: s.party("browser"), Outside: true, Why: why,
			Call: l.from - s.options.Late.Microseconds() - s.margin(), Return: l.to + s.margin(), Place: l.line,
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
			if l := s.lives[name]; l != nil && l.ended {
				s.gap(side, l)
			}
		}
	}
}

// gap adds what one party may have done without a record. Even a message that arrives twice was posted only once, and a
// message that nobody received can be received only once.
func (s *scribe) gap(side Side, l *life) {
	ours, theirs := side.index(), side.Other().index()
	for _, lost := range unmatched(s.wire.posts[theirs], s.wire.receives[ours]) {
		if lost.t-s.margin() <= l.to+s.margin() {
			s.infer(Action{Receive, side, s.message(lost.msg), Unseen}, l)
		}
	}
	for _, found := range unmatched(s.wire.receives[theirs], s.wire.posts[ours]) {
		if l.last-s.margin() <= found.t+s.margin() {
			s.infer(Action{Post, side, s.message(found.msg), Done}, l)
		}
	}
}

// infer adds an operation between the last line of a party and its end, if it is not there yet.
func (s *scribe) infer(a Action, l *life) {
	if slices.ContainsFunc(s.Operations, func(op Operation) bool { return op.Action == a }) {
		return
	}
	call := l.last - s.margin()
	s.add(Operation{Action: a, Party: s.party(l.name), Call: call, Return: max(call, l.to+s.margin()), Inferred: true})
}

// unmatched returns the lines whose message is in none of the others.
func unmatched(lines, others []*line) []*line {
	known := map[string]bool{}
	for _, l := range others {
		known[l.msg] = true
	}
	var rest []*line
	for _, l := range lines {
		if !known[l.msg] {
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
		late := s.rec.end()-s.options.Settle.Microseconds() < op.Call+s.margin()
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
	end := s.rec.end()
	for i := range s.Operations {
		end = max(end, s.Operations[i].Return)
	}
	for side := PageSide; side <= WorkerSide; side++ {
		if s.wire.resolved == nil || s.wire.holder(side) == "" || s.life(side) != nil || s.wire.ended[side.index()] != nil {
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
		return op.Kind == Close && op.Side != side && op.Return+s.options.Settle.Microseconds() > s.rec.end()
	})
}

// notes adds what the browser did, and what parties were told.
func (s *scribe) notes() {
	for i := range s.rec.lines {
		l := &s.rec.lines[i]
		if text := l.note(); text != "" && (l.conn == 0 || l.conn == s.wire.number) {
			s.Notes = append(s.Notes, Note{At: l.t, Until: l.t, Tag: l.actor.name, Text: text})
		}
	}
}

// note describes a line that is not an operation.
func (l *line) note() string {
	switch l.op {
	case "state", "running":
		return fmt.Sprintf("version %s is %s", l.version, l.state)
	case "stop", "kill":
		return fmt.Sprintf("version %s is to stop", l.version)
	case "deploy":
		return "a new script is deployed"
	case "gone":
		return l.page + " is gone"
	case "closed":
		return fmt.Sprintf("a notice of the end of connection %d arrives", l.conn)
	case "boot", "activate", "connect", "accept", "reject", "resolved", "rejected":
		return l.op
	}
	return ""
}
