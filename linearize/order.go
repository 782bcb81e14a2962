package linearize

import (
	"cmp"
	"slices"
)

// This file turns the operations of one connection into moves: unseen operations are settled as far as possible, and each
// has its place in the order of its side. The two decisions share nothing else.

// move is an operation that is ready to be put in order.
type move struct {
	Operation
	id     int    // its index in [History.Operations]
	posts  uint32 // how many posts of its side come before it
	others uint32 // how many other operations of its side come before it
}

// chained tells whether m has a place in the order of its side.
func (m *move) chained() bool { return !m.Outside && !m.final() }

// moves returns the operations of a connection in the order of their calls.
func (h *History) moves(connection int) []move {
	var all []move
	for i := range h.Operations {
		if h.Operations[i].Connection == connection {
			all = append(all, move{Operation: h.Operations[i], id: i})
		}
	}
	slices.SortStableFunc(all, func(a, b move) int { return cmp.Compare(a.Call, b.Call) })
	settle(all)
	rank(all)
	return all
}

// settle finds out what it can about unseen operations. A post took effect if somebody received its message, or if a
// later post of the same party took effect; otherwise assuming that it took none changes nothing for anyone. A receive
// took no effect if somebody else received the message; and it took effect if the message has to have been received, since a
// later one was, or since the side that posted it has reason to think so.
func settle(moves []move) {
	received := seenReceives(moves)
	posted := map[int]bool{} // parties of which a later post took effect
	for i := len(moves) - 1; i >= 0; i-- {
		m := &moves[i]
		switch {
		case m.Kind == Post && m.Effect == Unseen && !posted[m.Party] && !received[m.Side.index()][m.Message]:
			m.Effect = Void
		case m.Kind == Post && m.Effect != Void:
			m.Effect = Done
			posted[m.Party] = true
		case m.Kind == Receive && m.Effect == Unseen && received[m.Side.Other().index()][m.Message]:
			m.Effect = Void
		}
	}
	for side := PageSide; side <= WorkerSide; side++ {
		settleReceives(moves, side, received[side.index()])
	}
}

// settleReceives is about what side posted. Some of these messages were seen to be received.
func settleReceives(moves []move, side Side, received map[Message]bool) {
	at := map[Message]int{} // the place of each message among the posts, from 1
	certain := 0            // so many must have been received
	for i := range moves {
		if m := &moves[i]; m.Kind == Post && m.Side == side && m.Effect == Done {
			at[m.Message] = len(at) + 1
			if received[m.Message] {
				certain = len(at)
			}
		}
	}
	for i := range moves {
		switch m := &moves[i]; {
		case m.Side != side || m.Effect != Done:
		case m.Kind == Observe:
			certain = len(at)
		case m.Kind == Expect:
			certain = max(certain, int(m.Posts))
		}
	}
	for i := range moves {
		m := &moves[i]
		if place := at[m.Message]; m.Kind == Receive && m.Side != side && m.Effect == Unseen && place > 0 && place <= certain {
			m.Effect = Done
		}
	}
}

// seenReceives returns the messages that were certainly received, by the side that posted them.
func seenReceives(moves []move) [2]map[Message]bool {
	received := [2]map[Message]bool{{}, {}}
	for i := range moves {
		if m := &moves[i]; m.Kind == Receive && m.Effect == Done {
			received[m.Side.Other().index()][m.Message] = true
		}
	}
	return received
}

// rank gives each move its place in the order of its side.
func rank(moves []move) {
	var done progress
	for i := range moves {
		m := &moves[i]
		if !m.chained() {
			continue
		}
		at := done[m.Side.index()]
		m.posts, m.others = at.posts, at.others
		done = done.after(m)
	}
}

// progress counts the operations of each side that are in order so far.
type progress [2]struct{ posts, others uint32 }

// admits tells whether everything that comes before m at its side is done. That is everything earlier for a post or a
// close. For the rest it is everything but posts, as a post goes on while its party does something else.
func (p progress) admits(m *move) bool {
	if !m.chained() {
		return true
	}
	at := p[m.Side.index()]
	switch m.Kind {
	case Post:
		return at.posts == m.posts && at.others >= m.others
	case Close:
		return at.others == m.others && at.posts >= m.posts
	default:
		return at.others == m.others
	}
}

// after returns the progress once m is done.
func (p progress) after(m *move) progress {
	if !m.chained() {
		return p
	}
	if at := &p[m.Side.index()]; m.Kind == Post {
		at.posts++
	} else {
		at.others++
	}
	return p
}
