package linearize

import (
	"fmt"
	"slices"
)

// Explanation says why there is no order for a connection.
type Explanation struct {
	Connection int
	Prefix     []int  // indices into [History.Operations]: a longest order that the object allows
	Total      int    // how many operations the connection has
	Blocked    int    // index of the operation that would have to come next, and cannot
	Kind       Kind   // of that operation
	Lost       []int  // posts whose messages were not received, if that is why
	Closes     []int  // closes that the side which posted them was not told of
	Text       string // all of that in words, one sentence to a line
}

// explain finds the operation that cannot follow the longest order and says why.
func (h *History) explain(connection int, s search) Explanation {
	e := Explanation{Connection: connection, Total: len(s.moves), Blocked: -1}
	var p position
	inPrefix := make([]bool, len(s.moves))
	for _, i := range s.prefix {
		p, _ = p.step(&s.moves[i])
		inPrefix[i] = true
		e.Prefix = append(e.Prefix, s.moves[i].id)
	}
	blocked := firstBlocked(s.moves, inPrefix, p)
	_, refusal := p.object.step(blocked.Action)
	e.Blocked, e.Kind = blocked.id, blocked.Kind
	if refusal == undelivered {
		e.Lost = h.lost(s.moves, blocked.Side)
		if blocked.Kind == Expect {
			e.Lost = h.posted(s.moves, e.Lost, blocked.Posts)
		}
		e.Closes = h.closes(s.moves, blocked.Side.Other())
	}
	r := reason{History: h, moves: s.moves, state: p.object, blocked: blocked, refusal: refusal}
	e.Text = r.text(&e)
	return e
}

// firstBlocked returns the move that would have to come next: of the moves that may come next, the one that returns
// first.
func firstBlocked(moves []move, inPrefix []bool, p position) *move {
	var first, blocked *move // first: the one that returns first, whether or not it may come next
	for i := range moves {
		if !inPrefix[i] && (first == nil || moves[i].Return < first.Return) {
			first = &moves[i]
		}
	}
	for i := range moves {
		m := &moves[i]
		if inPrefix[i] || m.Call > first.Return || !p.done.admits(m) {
			continue
		}
		if blocked == nil || m.Return < blocked.Return {
			blocked = m
		}
	}
	return blocked
}

// lost returns the posts of side whose messages nobody was seen to receive.
func (h *History) lost(moves []move, side Side) []int {
	received := map[Message]bool{}
	for i := range moves {
		if m := &moves[i]; m.Kind == Receive && m.Side != side {
			received[m.Message] = true
		}
	}
	var ids []int
	for i := range moves {
		if m := &moves[i]; m.Kind == Post && m.Side == side && m.Effect == Done && !received[m.Message] {
			ids = append(ids, m.id)
		}
	}
	return ids
}

// posted returns those of some posts that are among the first so many of their side.
func (h *History) posted(moves []move, posts []int, first uint32) []int {
	return slices.DeleteFunc(posts, func(id int) bool {
		return slices.ContainsFunc(moves, func(m move) bool { return m.id == id && m.posts >= first })
	})
}

// closes returns the closes of the ends of some sides.
func (h *History) closes(moves []move, sides ...Side) []int {
	var ids []int
	for i := range moves {
		if m := &moves[i]; m.Kind == Close && slices.Contains(sides, m.Side) {
			ids = append(ids, m.id)
		}
	}
	return ids
}

// reason is what the wording of an explanation needs.
type reason struct {
	*History
	moves   []move
	state   State
	blocked *move
	refusal refusal
}

// text returns the sentences of an explanation.
func (r *reason) text(e *Explanation) string {
	text := fmt.Sprintf("%s of %d can be put in an order that one object allows; what cannot follow:\n", count(len(e.Prefix), "operation"), e.Total)
	text += fmt.Sprintf("%s%s,\n", r.describeAction(&r.blocked.Operation), r.at(&r.blocked.Operation))
	switch r.refusal {
	case fits: // it fits where the longest order ends, but then another one does not
		return text + "but then something else cannot follow\n"
	case notOldest:
		return text + r.whyNotOldest()
	case notClosed:
		return text + "but nobody had closed it by then\n"
	case overtakes:
		waiting := r.state.queues[r.blocked.Side.Other().index()].messages()
		return text + fmt.Sprintf("but %s had not arrived by then, and a notice never overtakes a message\n", r.list(waiting))
	case knowsBetter:
		return text + "but it had closed its end, or was told that the connection is closed\n"
	case undelivered:
		return text + r.whyUndelivered(e)
	}
	panic(fmt.Sprintf("linearize: no words for refusal %d", r.refusal))
}

// whyNotOldest says why the message of the blocked receive is not the next one to arrive.
func (r *reason) whyNotOldest() string {
	b := r.blocked
	post := r.find(func(m *move) bool { return m.Kind == Post && m.Side != b.Side && m.Message == b.Message })
	earlier := r.find(func(m *move) bool {
		return m.Kind == Receive && m.Side == b.Side && m.Message == b.Message && m.id != b.id && m.Effect == Done
	})
	sent := r.state.queues[b.Side.Other().index()].messages()
	switch {
	case post == nil:
		return "but nobody at the other end ever posted that message\n"
	case earlier != nil && !slices.Contains(sent, b.Message):
		return fmt.Sprintf("but that message was received before%s\n", r.at(&earlier.Operation))
	case slices.Contains(sent, b.Message):
		return fmt.Sprintf("but %s was posted before it and had not arrived\n", r.list(sent[:slices.Index(sent, b.Message)]))
	case r.state.closed:
		return fmt.Sprintf("but the connection was closed when it was posted%s\n", r.at(&post.Operation))
	}
	return fmt.Sprintf("but that message was posted only later%s\n", r.at(&post.Operation))
}

func (r *reason) find(wanted func(*move) bool) *move {
	for i := range r.moves {
		if wanted(&r.moves[i]) {
			return &r.moves[i]
		}
	}
	return nil
}

// whyUndelivered says what was lost, and what the side that posted it was not told of.
func (r *reason) whyUndelivered(e *Explanation) string {
	var lost []Message
	for _, id := range e.Lost {
		lost = append(lost, r.Operations[id].Message)
	}
	verb := "were"
	if len(lost) == 1 {
		verb = "was"
	}
	text := fmt.Sprintf("but %s that it posted %s never received: %s%s\n", count(len(lost), "message"), verb, r.list(lost), r.span(e.Lost))
	for _, id := range e.Closes {
		op := &r.Operations[id]
		text += fmt.Sprintf("what it was not told: %s%s%s\n", r.describeAction(op), r.at(op), r.later(op, e.Lost))
	}
	return text
}

// later says how long after a close the first of some posts was called, if the history has a clock.
func (r *reason) later(op *Operation, posts []int) string {
	if !r.Clock || len(posts) == 0 {
		return ""
	}
	first := &r.Operations[posts[0]]
	if first.Call <= op.Return {
		return ""
	}
	return fmt.Sprintf(", at least %s before %s was posted", ms(first.Call-op.Return), r.Messages[first.Message])
}

// span returns where operations are recorded, as in " (lines 7 to 9)".
func (r *reason) span(ids []int) string {
	if len(ids) == 0 {
		return ""
	}
	first, last := &r.Operations[ids[0]], &r.Operations[ids[len(ids)-1]]
	if first.Place == last.Place || first.Place == 0 {
		return r.at(first)
	}
	return fmt.Sprintf(" (%ss %d to %d)", r.Places, first.Place, last.Place)
}
