package linearize

import (
	"math/rand/v2"
	"testing"

	"cosw/model/golden"
	"time"
)

// decide returns what both decisions say, which must be the same.
func decide(t *testing.T, h *History) Result {
	t.Helper()
	direct, err := Decide(h)
	if err != nil {
		t.Fatal(err)
	}
	searched, err := Check(h, 20*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if searched != direct {
		t.Errorf("porcupine says %s, the direct decision %s:\n%s", searched, direct, dump(h))
	}
	return direct
}

func dump(h *History) string {
	var text string
	for _, c := range h.Connections() {
		for _, m := range h.moves(c) {
			text += time.Duration(m.Call).String() + ".." + time.Duration(m.Return).String() + " " + h.Describe(&m.Operation) + " " + m.Effect.String() + "\n"
		}
	}
	return text
}

// TestDecisionsAgreeOnRunsOfTheModel holds the two decisions against each other and against what the model itself says
// of lost messages.
func TestDecisionsAgreeOnRunsOfTheModel(t *testing.T) {
	seen := map[Result]int{}
	unseen := 0
	generate(t, 1, golden.Fewer(2400), 80, func(i int, r *rand.Rand, w walk, h *History) {
		if !w.rest {
			t.Fatalf("run %d does not come to rest", i)
		}
		result := decide(t, h)
		seen[result]++
		open := hasUnseen(h)
		if open {
			unseen++
		}
		if lost := w.lossUnknown(); (result == Violated) != lost && !(lost && open) {
			t.Errorf("run %d: %s, but the model says lost without a word: %v\n%s", i, result, lost, dump(h))
		}
	})
	t.Logf("%v, with unseen operations: %d", seen, unseen)
	for _, result := range []Result{Linearizable, Violated} {
		if seen[result] < golden.Fewer(2400)/10 {
			t.Errorf("only %d histories are %s; widen the generator", seen[result], result)
		}
	}
	if unseen < golden.Fewer(2400)/20 {
		t.Errorf("only %d histories have an unseen operation", unseen)
	}
}

func hasUnseen(h *History) bool {
	for i := range h.Operations {
		if h.Operations[i].Effect == Unseen {
			return true
		}
	}
	return false
}

// TestDecisionsAgreeOnAnything compares both decisions with a plain enumeration of all orders, on small histories that
// no model would produce.
func TestDecisionsAgreeOnAnything(t *testing.T) {
	seen := map[Result]int{}
	for i := range golden.Fewer(24000) {
		r := rand.New(rand.NewPCG(2, uint64(i)))
		h := anyHistory(r)
		if i%2 == 0 {
			h = nearlyLegal(r)
		}
		result := decide(t, h)
		seen[result]++
		if want := enumerate(h.moves(1)); (result == Linearizable) != want {
			t.Fatalf("history %d: %s, but enumerating says %v\n%s", i, result, want, dump(h))
		}
		if got := enumerate(asSeen(h)); got != (result == Linearizable) {
			t.Fatalf("history %d: %s, but without concluding that messages were received, enumerating says %v\n%s", i, result, got, dump(h))
		}
		if found, ok := order(h.moves(1)); ok {
			checkOrder(t, h.moves(1), found)
		}
	}
	t.Log(seen)
	for _, result := range []Result{Linearizable, Violated} {
		if seen[result] < golden.Fewer(24000)/5 {
			t.Errorf("only %d histories are %s; widen the generator", seen[result], result)
		}
	}
}

// asSeen returns the moves of a history with receives as they were seen, or not.
func asSeen(h *History) []move {
	moves := h.moves(1)
	for i := range moves {
		if m := &moves[i]; m.Kind == Receive && m.Effect == Done {
			m.Effect = h.Operations[m.id].Effect
		}
	}
	return moves
}

// nearlyLegal returns a history whose operations are legal at the instants of their order, but for one that may be
// dropped or moved.
func nearlyLegal(r *rand.Rand) *History {
	h := &History{Parties: []string{"page", "worker", "browser"}, Places: "step"}
	var s State
	var call [2]int64
	for i := range int64(4 + r.IntN(6)) {
		side := PageSide + Side(r.IntN(2))
		a := Action{Kind: []Kind{Post, Post, Receive, Receive, Close, Learn}[r.IntN(6)], Side: side, Effect: Done}
		if a.Kind == Post {
			a.Message = Message(len(h.Messages))
			h.Messages = append(h.Messages, string(rune('a'+a.Message)))
		}
		if a.Kind == Receive {
			a.Message, _ = s.queues[side.Other().index()].oldest()
		}
		ok, next := Step(s, a)
		if !ok {
			continue
		}
		s = next
		if r.IntN(6) == 0 && (a.Kind == Post || a.Kind == Receive) {
			a.Effect = Unseen
		}
		op := Operation{Action: a, Connection: 1, Party: side.index()}
		op.Call = max(10*i-r.Int64N(30), call[side.index()]+1)
		op.Return = max(op.Call, 10*i) + r.Int64N(30)
		call[side.index()] = op.Call
		h.Operations = append(h.Operations, op)
	}
	disturb(h, r)
	for side := PageSide; side <= WorkerSide; side++ {
		if r.IntN(2) == 0 && !s.knows[side.index()] {
			h.Operations = append(h.Operations, Operation{
				Action: Action{Kind: Observe, Side: side, Effect: Done}, Connection: 1, Party: side.index(), Call: 1000, Return: 1000,
			})
		}
	}
	return h
}

// disturb drops or moves an operation, or does nothing.
func disturb(h *History, r *rand.Rand) {
	if len(h.Operations) == 0 {
		return
	}
	i := r.IntN(len(h.Operations))
	switch r.IntN(3) {
	case 0:
		h.Operations = append(h.Operations[:i], h.Operations[i+1:]...)
	case 1:
		shift := r.Int64N(80) - 40
		h.Operations[i].Call += shift
		h.Operations[i].Return += shift
	}
}

// anyHistory returns a history of up to ten operations on one connection.
func anyHistory(r *rand.Rand) *History {
	h := &History{Parties: []string{"page", "worker", "browser"}, Messages: []string{"a", "b", "c", "d"}, Places: "step"}
	posted, unseen := map[Action]bool{}, map[Action]bool{}
	n, length := 3+r.IntN(7), int64(4+r.IntN(24))
	for range n {
		kind := []Kind{Post, Post, Post, Receive, Receive, Receive, Close, Learn}[r.IntN(8)]
		side := PageSide + Side(r.IntN(2))
		op := Operation{Action: Action{kind, side, 0, Done, 0}, Connection: 1, Party: side.index()}
		op.Call = r.Int64N(length)
		op.Return = op.Call + r.Int64N(length)
		if kind == Post || kind == Receive {
			op.Message = Message(r.IntN(4))
			if r.IntN(5) == 0 {
				op.Effect = Unseen
			}
		}
		if kind == Close && r.IntN(2) == 0 {
			op.Outside, op.Party = true, 2
		}
		key := Action{kind, side, op.Message, 0, 0}
		if kind == Post && posted[key] || op.Effect == Unseen && unseen[key] {
			continue
		}
		posted[key] = true
		unseen[key] = unseen[key] || op.Effect == Unseen
		h.Operations = append(h.Operations, op)
	}
	for side := PageSide; side <= WorkerSide; side++ {
		switch r.IntN(4) {
		case 0:
			h.Operations = append(h.Operations, Operation{
				Action: Action{Kind: Expect, Side: side, Effect: Done, Posts: uint32(r.IntN(3))}, Connection: 1, Party: side.index(), Call: 1000, Return: 1000,
			})
		case 1:
			h.Operations = append(h.Operations, Operation{
				Action: Action{Kind: Observe, Side: side, Effect: Done}, Connection: 1, Party: side.index(), Call: 1000, Return: 1000,
			})
		}
	}
	return h
}

// enumerate tells whether any order of moves is legal, by trying all of them.
func enumerate(moves []move) bool {
	var try func(p position, done uint, left int) bool
	try = func(p position, done uint, left int) bool {
		if left == 0 {
			return true
		}
		for i := range moves {
			if done>>i&1 == 1 || !mayComeNext(moves, done, i) {
				continue
			}
			if next, ok := p.step(&moves[i]); ok && try(next, done|1<<i, left-1) {
				return true
			}
		}
		return false
	}
	return try(position{}, 0, len(moves))
}

// mayComeNext tells whether everything that returned before the call of move i is done.
func mayComeNext(moves []move, done uint, i int) bool {
	for j := range moves {
		if done>>j&1 == 0 && moves[j].Return < moves[i].Call {
			return false
		}
	}
	return true
}

// checkOrder checks an order that the direct decision gives as its reason.
func checkOrder(t *testing.T, moves []move, order []int) {
	t.Helper()
	var p position
	var done uint
	for _, i := range order {
		next, ok := p.step(&moves[i])
		if !ok || !mayComeNext(moves, done, i) {
			t.Fatalf("the order %v breaks at %d: %+v", order, i, moves[i])
		}
		p, done = next, done|1<<i
	}
	if len(order) != len(moves) {
		t.Fatalf("the order %v is not complete", order)
	}
}
