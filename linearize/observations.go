package linearize

import (
	"slices"

	"cosw/linearize/recording"
)

// This file says what parties had reason to believe: of messages that were on their way, and when they ended.

// travel leaves open what became of a post shortly before the end of the recording, unless its message or a later one is
// seen to arrive, or the other end had been closed, where nobody takes it. To a page that is frozen messages are on their way
// until it thaws.
func (s *scribe) travel() {
	if !s.doubts.travel {
		return
	}
	for i := range s.Operations {
		op := &s.Operations[i]
		awake := s.awake(op.Side.Other(), op.Call+s.margin())
		if op.Kind == Post && !op.Inferred && s.end()-s.settle() < awake && !s.closedBefore(op) {
			op.Effect = Unseen
		}
	}
}

// end returns the time of the last line.
func (s *scribe) end() int64 { return s.rec.End().Microseconds() }

// awake returns from when on the holder of a side takes what is sent to it at a time: at once, or when it thaws.
func (s *scribe) awake(side Side, t int64) int64 {
	p := s.parties.Party(s.wire.holder(side))
	if p == nil {
		return t
	}
	for _, nap := range p.Naps {
		switch {
		case at(nap.From)-s.late() > t+s.settle():
		case nap.To == nil:
			return s.end()
		default:
			t = max(t, at(nap.To)+s.margin())
		}
	}
	return t
}

// closedBefore tells whether the other end was closed before op was called.
func (s *scribe) closedBefore(op *Operation) bool {
	return slices.ContainsFunc(s.Operations, func(other Operation) bool {
		return other.Kind == Close && other.Side != op.Side && other.Return < op.Call
	})
}

// observations adds what each side that holds an end, and was not told of a close, takes for granted: at the end, or until it
// closed its end or went away.
func (s *scribe) observations() {
	end := s.end()
	for i := range s.Operations {
		end = max(end, s.Operations[i].Return)
	}
	for side := PageSide; side <= WorkerSide; side++ {
		holder := s.wire.holder(side)
		if !s.wire.made || holder == "" || s.wire.told[side.index()] != nil {
			continue
		}
		op := Operation{Action: Action{Kind: Observe, Side: side}, Party: s.party(holder), Call: end + 1, Return: end + 1}
		until := s.end()
		if t, l, why := s.leaves(side); l != nil {
			until = t
			op.Kind, op.Posts, op.Why, op.Place = Expect, s.expects(side, until), why, l.Number
		}
		if op.Effect = Done; s.mayKnow(side, until) {
			op.Effect = Unseen
		}
		if op.Kind == Observe || op.Posts > 0 && op.Effect == Done {
			s.add(op, standing{})
		}
	}
}

// leaves returns the last moment at which a side certainly still held its end, the line in which it closes it or goes away,
// and how; no line if it does neither. While a page is frozen, it takes no notice of anything.
func (s *scribe) leaves(side Side) (t int64, l *recording.Line, why string) {
	p := s.parties.Party(s.wire.holder(side))
	if closed := s.wire.closed[side.index()]; closed != nil {
		t, l, why = at(closed), closed, "it closes its end"
	} else if s.ended(side) != nil {
		t, l, why = s.endsSince(p), p.End.Begin, whyEnded(p, side)
	}
	for _, nap := range p.Naps {
		if l != nil && at(nap.From) <= t && (nap.To == nil || at(nap.To) > t) {
			t = at(nap.From)
		}
	}
	return t, l, why
}

// expects returns how many posts of a side had had the time to arrive, and a notice to come back, before a moment.
func (s *scribe) expects(side Side, until int64) uint32 {
	n, last := uint32(0), uint32(0)
	for i := range s.Operations {
		op := &s.Operations[i]
		if op.Kind != Post || op.Side != side {
			continue
		}
		n++
		if posted := op.Call + s.margin(); !op.Inferred && s.awake(side.Other(), posted)+s.margin()+s.settle() < until {
			last = n
		}
	}
	return last
}

// mayKnow tells whether a side may have known of a close: a notice was on its way, or was received in a line that was lost.
func (s *scribe) mayKnow(side Side, until int64) bool {
	holder := s.parties.Party(s.wire.holder(side))
	if s.doubts.broken && len(holder.Holes) > 0 {
		return true
	}
	return s.doubts.travel && s.noticeTravels(side, until)
}

// noticeTravels tells whether a notice for a side may have been on its way at a moment.
func (s *scribe) noticeTravels(side Side, until int64) bool {
	return slices.ContainsFunc(s.Operations, func(op Operation) bool {
		return op.Kind == Close && op.Side != side && s.awake(side, op.Return)+s.settle() > until
	})
}
