package linearize

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

// busy returns a history of connections with so many operations each, of which so many overlap at any time: both sides
// post and receive without a pause.
func busy(r *rand.Rand, connections, operations, overlap int) *History {
	h := &History{Parties: []string{"page", "worker"}, Places: "step"}
	for c := range connections {
		instant := int64(0)
		var waiting [2][]Message
		var call [2]int64
		for range operations {
			instant += unit
			side := PageSide + Side(r.IntN(2))
			a := Action{Kind: Post, Side: side, Effect: Done}
			from := &waiting[side.Other().index()]
			if to := &waiting[side.index()]; len(*from) > 0 && (r.IntN(2) == 0 || len(*to) > overlap) {
				a.Kind, a.Message = Receive, (*from)[0]
				*from = (*from)[1:]
			} else {
				h.Messages = append(h.Messages, strconv.Itoa(len(h.Messages)))
				a.Message = Message(len(h.Messages) - 1)
				*to = append(*to, a.Message)
			}
			early := instant - r.Int64N(int64(overlap)*unit)
			op := Operation{Action: a, Connection: c, Party: side.index(), Call: max(early, call[side.index()]+1)}
			op.Return = max(op.Call, instant) + int64(overlap)*unit
			call[side.index()] = op.Call
			h.Operations = append(h.Operations, op)
		}
	}
	return h
}

// overlap returns how many operations of a history of one connection overlap at any time: the least number that are under
// way at a call, once things have begun.
func overlap(h *History) int {
	least := len(h.Operations)
	for i := 50; i < len(h.Operations); i++ {
		under := 0
		for j := range h.Operations {
			if h.Operations[j].Call <= h.Operations[i].Call && h.Operations[i].Call <= h.Operations[j].Return {
				under++
			}
		}
		least = min(least, under)
	}
	return least
}

// spoil makes a history illegal close to its end: it exchanges the messages of the last two receives of a side.
func spoil(h *History) {
	var last *Operation
	for i := len(h.Operations) - 1; i >= 0; i-- {
		op := &h.Operations[i]
		switch {
		case op.Kind != Receive || op.Side != PageSide:
		case last == nil:
			last = op
		default:
			last.Message, op.Message = op.Message, last.Message
			return
		}
	}
}

func measure(b *testing.B, h *History, want Result, check func(*History) (Result, error)) {
	b.ReportAllocs()
	for b.Loop() {
		if got, err := check(h); err != nil || got != want {
			b.Fatal(got, err)
		}
	}
	b.ReportMetric(float64(len(h.Operations))*float64(b.N)/b.Elapsed().Seconds(), "ops/s")
}

func search1m(h *History) (Result, error) { return Check(h, time.Minute) }

// The wish is at most 5 s.
func BenchmarkHundredConnections(b *testing.B) {
	h := busy(rand.New(rand.NewPCG(1, 1)), 100, 1000, 4)
	b.Run("search", func(b *testing.B) { measure(b, h, Linearizable, search1m) })
	b.Run("direct", func(b *testing.B) { measure(b, h, Linearizable, Decide) })
}

// The wish is that it does not blow up.
func BenchmarkTwentyOverlapping(b *testing.B) {
	h := busy(rand.New(rand.NewPCG(2, 2)), 1, 2000, 20)
	b.Logf("at least %d operations overlap at any time", overlap(h))
	illegal := busy(rand.New(rand.NewPCG(2, 2)), 1, 2000, 20)
	spoil(illegal)
	b.Run("search", func(b *testing.B) { measure(b, h, Linearizable, search1m) })
	b.Run("direct", func(b *testing.B) { measure(b, h, Linearizable, Decide) })
	b.Run("illegal/search", func(b *testing.B) { measure(b, illegal, Violated, search1m) })
	b.Run("illegal/direct", func(b *testing.B) { measure(b, illegal, Violated, Decide) })
}

func BenchmarkJudgeTraffic(b *testing.B) {
	for b.Loop() {
		if _, err := judgeFile("testdata/traffic.jsonl", DefaultOptions); err != nil {
			b.Fatal(err)
		}
	}
}

// TestManyOverlapping: what the benchmarks take their time of is decided at all, and right. If that were exponential in what
// overlaps, it would not end.
func TestManyOverlapping(t *testing.T) {
	h := busy(rand.New(rand.NewPCG(3, 3)), 1, 2000, 20)
	if got := overlap(h); got < 20 {
		t.Errorf("only %d operations overlap", got)
	}
	if got := decide(t, h); got != Linearizable {
		t.Error(got)
	}
	spoil(h)
	if got := decide(t, h); got != Violated {
		t.Error(got)
	}
}
