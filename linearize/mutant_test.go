package linearize

import (
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model/golden"
)

// mutants are planted errors. Each changes a linearizable history so that no object allows it any more, or reports false
// where there is no place for it.
var mutants = []struct {
	name   string
	mutate func(h *History, r *rand.Rand) bool
}{
	{"lose", lose},
	{"duplicate", duplicate},
	{"reorder", reorder},
	{"invent", invent},
	{"deliver after close", deliverAfterClose},
	{"notice without a close", noticeWithoutClose},
}

// pick returns the index of one of the operations wanted.
func pick(h *History, r *rand.Rand, wanted func(i int, op *Operation) bool) (int, bool) {
	var found []int
	for i := range h.Operations {
		if wanted(i, &h.Operations[i]) {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return found[r.IntN(len(found))], true
}

func isReceive(op *Operation) bool { return op.Kind == Receive && op.Effect == Done }

// lose drops a receive where that cannot be legal: a later message arrives, or the one who posted it takes the connection
// for open.
func lose(h *History, r *rand.Rand) bool {
	i, ok := pick(h, r, func(i int, op *Operation) bool {
		return isReceive(op) && slices.ContainsFunc(h.Operations, func(other Operation) bool {
			later := isReceive(&other) && other.Side == op.Side && other.Call > op.Call
			believes := other.Kind == Observe && other.Effect == Done && other.Side != op.Side
			return other.Connection == op.Connection && (later || believes)
		}) && postIsSeen(h, op)
	})
	if ok {
		h.Operations = slices.Delete(h.Operations, i, i+1)
	}
	return ok
}

// postIsSeen tells whether the post of a received message is certain by itself.
func postIsSeen(h *History, op *Operation) bool {
	return slices.ContainsFunc(h.Operations, func(other Operation) bool {
		return other.Kind == Post && other.Message == op.Message && other.Effect == Done
	})
}

// duplicate lets a message arrive twice.
func duplicate(h *History, r *rand.Rand) bool {
	i, ok := pick(h, r, func(_ int, op *Operation) bool { return isReceive(op) })
	if ok {
		h.Operations = slices.Insert(h.Operations, i+1, h.Operations[i])
	}
	return ok
}

// reorder exchanges two messages at one end.
func reorder(h *History, r *rand.Rand) bool {
	next := func(i int, op *Operation) int {
		for j := i + 1; j < len(h.Operations); j++ {
			if o := &h.Operations[j]; isReceive(o) && o.Connection == op.Connection && o.Side == op.Side {
				return j
			}
		}
		return -1
	}
	i, ok := pick(h, r, func(i int, op *Operation) bool { return isReceive(op) && next(i, op) >= 0 })
	if ok {
		one, other := &h.Operations[i], &h.Operations[next(i, &h.Operations[i])]
		one.Message, other.Message = other.Message, one.Message
	}
	return ok
}

// invent lets a message arrive that nobody posted.
func invent(h *History, r *rand.Rand) bool {
	i, ok := pick(h, r, func(_ int, op *Operation) bool { return isReceive(op) })
	if ok {
		op := h.Operations[i]
		h.Messages = append(h.Messages, "invented")
		op.Message = Message(len(h.Messages) - 1)
		h.Operations = slices.Insert(h.Operations, i+1, op)
	}
	return ok
}

// deliverAfterClose lets a message arrive that was posted by a side which had closed its end, or knew of a close.
func deliverAfterClose(h *History, r *rand.Rand) bool {
	i, ok := pick(h, r, func(_ int, op *Operation) bool { return op.Kind == Learn || op.Kind == Close && !op.Outside })
	if !ok {
		return false
	}
	h.Messages = append(h.Messages, "late")
	op := h.Operations[i]
	op.Kind, op.Message, op.Effect, op.Call = Post, Message(len(h.Messages)-1), Done, op.Return+1
	op.Return = op.Call
	arrives := op
	arrives.Kind, arrives.Side = Receive, op.Side.Other()
	arrives.Call, arrives.Return = op.Call+1, op.Return+1
	// A party that has closed does nothing any more, so there is nothing that the two could get in the way of but a
	// final observation, which moves on.
	for j := range h.Operations {
		if o := &h.Operations[j]; o.Kind == Observe {
			o.Call, o.Return = o.Call+spread*unit, o.Return+spread*unit
		}
	}
	h.Operations = append(h.Operations, op, arrives)
	return true
}

// noticeWithoutClose lets a page learn of a close that never happens.
func noticeWithoutClose(h *History, r *rand.Rand) bool {
	i, ok := pick(h, r, func(_ int, op *Operation) bool {
		return op.Kind == Post && op.Effect == Done && !slices.ContainsFunc(h.Operations, func(other Operation) bool {
			return other.Connection == op.Connection && other.Kind == Close
		})
	})
	if ok {
		op := h.Operations[i]
		op.Kind, op.Message = Learn, 0
		h.Operations = slices.Insert(h.Operations, i+1, op)
	}
	return ok
}

// TestMutants plants each error in random histories; both decisions must find it, always.
func TestMutants(t *testing.T) {
	planted := map[string]int{}
	generate(t, 3, golden.Fewer(800), 80, func(i int, r *rand.Rand, w walk, h *History) {
		if decide(t, h) != Linearizable {
			return
		}
		for _, m := range mutants {
			mutated := *h
			mutated.Operations, mutated.Messages = slices.Clone(h.Operations), slices.Clone(h.Messages)
			if !m.mutate(&mutated, r) {
				continue
			}
			planted[m.name]++
			if got := decide(t, &mutated); got != Violated {
				t.Errorf("history %d, %s: %s\n%s", i, m.name, got, dump(&mutated))
			}
			explain(t, &mutated)
		}
	})
	for _, m := range mutants {
		if planted[m.name] < golden.Fewer(800)/20 {
			t.Errorf("%s was planted only %d times", m.name, planted[m.name])
		}
	}
	t.Log(planted)
}

// explain checks what every explanation must have: an order that works, and an operation that does not follow.
func explain(t *testing.T, h *History) {
	t.Helper()
	all, err := Explain(h, 0)
	if err != nil || len(all) == 0 {
		t.Fatalf("no explanation: %v", err)
	}
	for _, e := range all {
		moves := map[int]*move{}
		for _, m := range h.moves(e.Connection) {
			moves[m.id] = &m
		}
		var p position
		for _, id := range e.Prefix {
			next, ok := p.step(moves[id])
			if !ok {
				t.Fatalf("the prefix breaks at %s\n%s%s", h.Describe(&moves[id].Operation), e.Text, dump(h))
			}
			p = next
		}
		if _, ok := p.step(moves[e.Blocked]); ok {
			t.Errorf("what is said to be blocked is not:\n%s%s", e.Text, dump(h))
		}
	}
}
