package linearize

import (
	"slices"
	"time"

	"cosw/linearize/recording"
)

// This file adds what parties may have done in lines that were lost. There are two ways to lose lines. A party that counts
// its lines shows where some are missing. And one that is torn down takes with it what it had not handed over yet.

// Gap is a place in the record of a party where lines are missing, or may be, and what is put there.
type Gap struct {
	Party    string
	Lost     int           // how many lines are missing; 0: the record breaks off before the party ends
	After    time.Duration // of a record that breaks off: from its last line to the end of the party
	From, To int           // the lines around the gap, or where the end begins and is over; From is 0 before the first line
	Arrived  int           // messages from it that arrived without a record of the post
	Possible int           // messages to it that may have arrived without a record
}

// window is a time in which a party may have done something without a record.
type window struct {
	party    *recording.Party
	from, to int64        // by the clock of the party
	place    int          // see scribe.add
	left     map[Kind]int // how many more posts, and how many more receives, may have been lost
	breaks   bool         // the record breaks off here
	gap      int          // in scribe.gaps
}

const unbounded = 1 << 30

// bounded returns how much may have been lost in so many lines. Posts and receives are counted each for itself: which of them
// fit into which window may be open, and then nobody should be blamed for the choice.
func bounded(lines int) map[Kind]int { return map[Kind]int{Post: lines, Receive: lines} }

// windows returns when the holders of a side may have done something without a record, in the order of time. If the recording
// promises to be complete, it says nothing that a record breaks off.
func (s *scribe) windows(side Side) []*window {
	var all []*window
	for _, p := range s.mayHold(side) {
		for _, h := range p.Holes {
			w := &window{party: p, to: at(h.Before), place: s.placeOf(h.Before) - 1, left: bounded(h.Lost), gap: len(s.gaps)}
			g := Gap{Party: p.Name, Lost: h.Lost, To: h.Before.Number}
			if h.After != nil {
				w.from, g.From = at(h.After), h.After.Number
			}
			s.gaps = append(s.gaps, g)
			all = append(all, w)
		}
		if p.End != nil && !s.rec.Complete {
			all = append(all, s.breakOff(p)...)
		}
	}
	return all
}

// breakOff returns the windows of a record that breaks off.
func (s *scribe) breakOff(p *recording.Party) []*window {
	over := s.parties.Over(p)
	s.gaps = append(s.gaps, Gap{Party: p.Name, After: over.Time - p.Last.Time, From: p.End.Begin.Number, To: over.Number})
	w := window{party: p, place: s.placeOf(p.Last) + 1, left: bounded(unbounded), breaks: true, gap: len(s.gaps) - 1}
	var all []*window
	for _, span := range s.parties.Unrecorded(p, time.Duration(s.late())*time.Microsecond, s.options.Settle) {
		w.from, w.to = span.From.Microseconds(), span.To.Microseconds()
		all = append(all, new(w))
	}
	return all
}

// mayHold returns who may have done something at an end: its holders, or whoever is of that side if nobody is known to hold it.
func (s *scribe) mayHold(side Side) []*recording.Party {
	var all []*recording.Party
	for _, name := range s.wire.holders[side.index()] {
		all = append(all, s.parties.Party(name))
	}
	if len(all) > 0 || !s.wire.made {
		return all
	}
	if side == PageSide {
		return s.parties.Pages
	}
	for _, in := range s.parties.Instances {
		all = append(all, &in.Party)
	}
	return all
}

// fillGaps adds what may have happened in gaps.
func (s *scribe) fillGaps() {
	if !s.doubts.broken {
		return
	}
	for side := PageSide; side <= WorkerSide; side++ {
		ours := s.windows(side)
		s.unrecordedReceives(side, ours)
		s.unrecordedPosts(side, ours)
		if s.doubts.closes.has(side) {
			s.unrecordedClose(side, ours)
		}
	}
	s.gaps = slices.DeleteFunc(s.gaps, func(g Gap) bool { return g.Arrived+g.Possible == 0 })
}

// unrecordedReceives lets side receive what nobody recorded to receive, in the order of the posts. A message arrives after those
// before it and before those after it.
func (s *scribe) unrecordedReceives(side Side, windows []*window) {
	us := side.index()
	received := map[string]int{} // where, doubled
	for _, l := range s.wire.receives[us] {
		received[l.Msg] = s.placeOf(l)
	}
	posts := s.wire.posts[side.Other().index()]
	for i, l := range posts {
		if _, ok := received[l.Msg]; ok {
			continue
		}
		after, before := s.around(posts, i, received)
		var fit []*window
		for _, w := range windows {
			soonEnough := !w.breaks || at(l)+s.margin()+s.settle() >= w.from-s.margin()
			if w.left[Receive] > 0 && w.place >= after && w.place <= before && at(l)-s.margin() <= w.to+s.margin() && soonEnough {
				fit = append(fit, w)
			}
		}
		s.infer(Action{Kind: Receive, Side: side, Message: s.message(l.Msg), Effect: Unseen}, l, fit, len(fit) > 1 && fit[0].place != fit[len(fit)-1].place)
	}
}

// around returns the places of what was certainly received before and after the i-th of some posts.
func (s *scribe) around(posts []*recording.Line, i int, received map[string]int) (after, before int) {
	after, before = -1, unbounded
	for k, l := range posts {
		at, ok := received[l.Msg]
		switch {
		case ok && k < i:
			after = max(after, at)
		case ok && k > i:
			before = min(before, at)
		}
	}
	return after, before
}

// unrecordedPosts lets side post what the other one received although nobody recorded to post it, in the order in which it
// arrived: after the posts of what arrived before it, and before those of what arrived after it. Even a message that arrives
// twice was posted only once.
func (s *scribe) unrecordedPosts(side Side, windows []*window) {
	posted := map[string]int{}
	for _, l := range s.wire.posts[side.index()] {
		posted[l.Msg] = s.placeOf(l)
	}
	received := s.wire.receives[side.Other().index()]
	for i, l := range received {
		if _, ok := posted[l.Msg]; ok || slices.ContainsFunc(received[:i], func(o *recording.Line) bool { return o.Msg == l.Msg }) {
			continue
		}
		after, before := s.around(received, i, posted)
		var fit []*window
		for _, w := range windows {
			if w.left[Post] > 0 && w.place >= after && w.place <= before && w.from-s.margin() <= at(l)+s.margin() {
				fit = append(fit, w)
			}
		}
		s.open = s.open || len(fit) > 1 && s.recordsBetween(side, fit[0], fit[len(fit)-1])
		s.infer(Action{Kind: Post, Side: side, Message: s.message(l.Msg), Effect: Done}, l, fit, false)
		if len(fit) > 0 {
			posted[l.Msg] = fit[0].place
		}
	}
}

// recordsBetween tells whether side recorded to post something between two windows.
func (s *scribe) recordsBetween(side Side, first, last *window) bool {
	return slices.ContainsFunc(s.wire.posts[side.index()], func(l *recording.Line) bool {
		return s.placeOf(l) > first.place && s.placeOf(l) < last.place
	})
}

// infer adds an operation that a line of the other side shows, in the first of the windows that fit. What was posted after
// something had arrived does not wait for it, and nothing else has to: so operations in one window stand in the order of these
// lines. If the place is open, so is the order among what its party did.
func (s *scribe) infer(a Action, shown *recording.Line, fit []*window, open bool) {
	if len(fit) == 0 {
		return
	}
	w, from, to := fit[0], fit[0].from, fit[0].to
	for _, other := range fit {
		from, to = min(from, other.from), max(to, other.to)
	}
	w.left[a.Kind]--
	if a.Kind == Post {
		s.gaps[w.gap].Arrived++
		from = w.from // posts have an order
	} else {
		s.gaps[w.gap].Possible++
	}
	call := from - s.margin()
	op := Operation{Action: a, Party: s.party(w.party.Name), Call: call, Return: max(call, to+s.margin()), Inferred: true, Outside: open}
	if a.Kind == Post && !w.breaks {
		op.Return += s.settle()
	}
	s.add(op, standing{w.place, s.placeOf(shown)})
}

// unrecordedClose lets side close its end in a line that was lost.
func (s *scribe) unrecordedClose(side Side, windows []*window) {
	holes := slices.DeleteFunc(slices.Clone(windows), func(w *window) bool { return w.breaks })
	if len(holes) == 0 {
		return
	}
	first, last := holes[0], holes[len(holes)-1]
	s.gaps[first.gap].Possible++
	s.add(Operation{
		Action: Action{Kind: Close, Side: side, Effect: Done}, Party: s.party(first.party.Name), Inferred: true, Outside: true,
		Call: first.from - s.margin(), Return: last.to + s.margin(),
	}, standing{place: first.place})
}

// mayClose returns the sides that may have closed their ends in lines that were lost, and of which that would explain a notice
// to the other side.
func (v *view) mayClose(w *wire) side {
	var all side
	for one := PageSide; one <= WorkerSide; one++ {
		s := scribe{view: v, wire: w}
		lossy := slices.ContainsFunc(s.mayHold(one), func(p *recording.Party) bool { return len(p.Holes) > 0 })
		if lossy && w.told[one.Other().index()] != nil {
			all |= thePage << one.index()
		}
	}
	return all
}
