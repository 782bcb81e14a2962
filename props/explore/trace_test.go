package explore

import (
	"testing"

	"cosw/model/family"
)

// crossing is the toy for Replay: it parts by a, one side may be barred by b, and both sides join.
var crossing = toy{
	initial: []place{0, 8},
	rules: []rule{
		{name: "part", from: 0, take: func(ask Ask) outcome { return to(place(1 + ask(first))) }},
		{name: "left", from: 1, take: always(3, 1)},
		{name: "right", from: 2, take: only(second, yes, always(3))},
		{name: "loop", from: 3, internal: true, take: only(first, yes, always(3))},
	},
	judge:     in(3, 0),
	quiescent: in(3, 2),
}

// Replay tells for whom every step is enabled and the mark is seen at the end: in the last step or the last world.
func TestReplay(t *testing.T) {
	const part, left, right, loop = 0, 1, 2, 3
	for _, row := range []struct {
		why   string
		trace Trace
		bit   int
		scope string
		want  string
	}{
		{"the initial world is not marked", Trace{}, 0, "", "no design"},
		{"only a=no comes to the left", Trace{Steps: []Step{part, left}}, 0, "", "a=no"},
		{"and is marked on the way", Trace{Steps: []Step{part, left}}, 1, "", "a=no"},
		{"on the right b=no is barred", Trace{Steps: []Step{part, right}}, 0, "", "a=yes, b=yes"},
		{"a mark of a step before the last does not count", Trace{Steps: []Step{part, left, loop}}, 1, "", "no design"},
		{"a=no rests in 3, as loop is not enabled", Trace{Steps: []Step{part, left}}, 2, "", "a=no"},
		{"a=yes does not", Trace{Steps: []Step{part, right}}, 2, "", "no design"},
		{"a loop is a step like others", Trace{Steps: []Step{part, right, loop}}, 0, "", "a=yes, b=yes"},
		{"within a scope", Trace{Steps: []Step{part, right}}, 0, "b=no", "no design"},
		{"within another", Trace{Steps: []Step{part, left}}, 0, "b=no", "a=no, b=no"},
		{"from another initial world", Trace{Initial: 1, Steps: []Step{part}}, 0, "", "no design"},
		{"a step that is never enabled", Trace{Steps: []Step{right}}, 0, "", "no design"},
	} {
		a := algebra(t, "a=no|yes", "b=no|yes")
		got := Replay(crossing.new(), a, union(t, a, row.scope), row.trace, row.bit)
		if formula(a, got) != row.want {
			t.Errorf("%s: got %s, want %s", row.why, formula(a, got), row.want)
		}
	}
	a := algebra(t, "a=no|yes", "b=no|yes")
	compare(t, crossing.new, Options{Algebra: a, Scope: a.Space().Full()})
}

// A term whose nearest trace is not for all of its designs has further traces for the rest.
func TestExplain(t *testing.T) {
	y := toy{
		initial: []place{0},
		rules: []rule{
			{name: "short", from: 0, take: only(first, yes, always(3))},
			{name: "long", from: 0, take: always(1)},
			{name: "way", from: 1, take: always(3)},
		},
		judge: in(3, 0),
	}
	a := algebra(t, "a=no|yes", "b=no|yes")
	r := complete(t, y.new, Options{Algebra: a, Scope: a.Space().Full()})
	terms := r.Explain(0, a.Cover(r.Marked(0)))
	want := []struct{ term, trace string }{{"a=yes", "0: short"}, {"any design", "0: long way"}}
	if len(terms) != 1 || len(terms[0].Witnesses) != len(want) {
		t.Fatalf("got %v", terms)
	}
	for i, f := range terms[0].Witnesses {
		if got := a.Space().Format(f.Term); got != want[i].term || y.say(f.Trace) != want[i].trace {
			t.Errorf("witness %d: got %s by %q, want %s by %q", i, got, y.say(f.Trace), want[i].term, want[i].trace)
		}
	}
	if terms := r.Explain(7, a.Cover(r.Marked(7))); len(terms) != 0 {
		t.Errorf("a mark that was not seen: got %v", terms)
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic for a cover of designs that were not marked")
		}
	}()
	r.Explain(7, a.Cover(family.All))
}

// pair is a system whose keys forget something that makes no difference: which of two counters is which. Its traces
// are steps of the worlds all the same, and not of what Unpack makes of their keys.
type pair struct{}

const pairLimit = 4

func newPair() System[[2]uint8, [2]uint8] { return pair{} }

func (pair) Initial() [][2]uint8            { return [][2]uint8{{1, 0}} }
func (pair) Pack(w *[2]uint8) [2]uint8      { return [2]uint8{min(w[0], w[1]), max(w[0], w[1])} }
func (pair) Unpack(k [2]uint8) [2]uint8     { return k }
func (pair) Hash(k [2]uint8) uint64         { return mix(uint64(k[0])<<8 | uint64(k[1])) }
func (pair) Kind(s Step) int                { return int(s) }
func (pair) Internal(s Step) bool           { return s < 2 }
func (pair) Judge(w *[2]uint8, _ Ask) Marks { return marks(int(max(w[0], w[1]) - min(w[0], w[1]))) }

func (pair) JudgeQuiescent(*[2]uint8, Ask) Marks { return marks(10) }

func (pair) Steps(_ *[2]uint8, buf []Step) []Step { return append(buf, 0, 1, 2, 3) }

// Take adds a stride to the counter of number s, or takes one away with steps 2 and 3 from a counter that is the larger.
func (pair) Take(w *[2]uint8, s Step, ask Ask) (Marks, bool) {
	mine, other := &w[s%2], w[1-s%2]
	if s >= 2 {
		if *mine <= other {
			return 0, false
		}
		*mine--
		return marks(11), true
	}
	if *mine+2 > pairLimit || *mine > other+1 {
		return 0, false
	}
	*mine += uint8(1 + ask(first))
	return 0, true
}

func TestKeysThatForget(t *testing.T) {
	a := algebra(t, "stride=one|two")
	r := compare(t, newPair, Options{Algebra: a, Scope: a.Space().Full()})
	// Step 0 leads from (1, 0) to (2, 0); from its key (0, 2) it would be step 1 that leads to (0, 3).
	trace, _, ok := r.Shortest(3, r.Scope)
	if w, m, enabled := walkAll(newPair(), func(int) int { return 1 }).play(trace); !ok || !enabled || m>>3&1 != 1 {
		t.Errorf("got %v, which leads to %v with marks %b", trace, w, m)
	}
}

// fickle is a system that breaks the contract: no step can be taken twice.
type fickle struct {
	toy
	taken bool
}

func (y *fickle) Steps(_ *place, buf []Step) []Step {
	if y.taken {
		return buf
	}
	return append(buf, 0)
}

func (y *fickle) Take(w *place, _ Step, _ Ask) (Marks, bool) {
	y.taken = true
	*w = 1
	return marks(0), true
}

func (y *fickle) Internal(Step) bool { return false }

// A system that is not a function of its worlds is told so, instead of getting a trace that is none.
func TestShortestOfAFickleSystem(t *testing.T) {
	y := &fickle{toy: toy{initial: []place{0}}}
	a := algebra(t, "a=no|yes")
	r := complete(t, func() System[place, uint32] { return y }, Options{Algebra: a, Scope: a.Space().Full(), Workers: 1})
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	r.Shortest(0, r.Scope)
}
