package explore

import (
	"context"
	"errors"
	"testing"

	"cosw/model/family"
)

// internal returns a rule that is owed.
func internal(name string, from place, take func(Ask) outcome) rule {
	return rule{name: name, from: from, internal: true, take: take}
}

func TestLivelock(t *testing.T) {
	for _, row := range []struct {
		name, why  string
		toy        toy
		set, trace string
	}{{
		name: "none", why: "the environment closes the cycle, and it need not",
		toy: toy{initial: []place{0}, rules: []rule{
			internal("there", 0, always(1)),
			{name: "back", from: 1, take: always(0)},
		}},
		set: "no design", trace: "0: ",
	}, {
		name: "one answer", why: "the way back is there for a=yes alone",
		toy: toy{initial: []place{9}, rules: []rule{
			{name: "enter", from: 9, take: always(0)},
			internal("there", 0, always(1)),
			internal("back", 1, only(first, yes, always(0))),
		}},
		set: "a=yes", trace: "0: enter",
	}, {
		name: "contradiction", why: "the graph has a cycle, and poke brings everyone to both of its worlds, but no design can" +
			" take both of its internal steps",
		toy: toy{initial: []place{0}, rules: []rule{
			internal("there", 0, only(first, no, always(1))),
			internal("back", 1, only(first, yes, always(0))),
			{name: "poke", from: 0, take: always(1)},
		}},
		set: "no design", trace: "0: ",
	}, {
		name: "self loop", why: "a step that leads nowhere else goes on forever",
		toy: toy{initial: []place{0}, rules: []rule{
			{name: "enter", from: 0, take: only(second, yes, always(1))},
			internal("spin", 1, only(first, no, always(1))),
		}},
		set: "a=no, b=yes", trace: "0: enter",
	}, {
		name: "who gets there", why: "everyone could go round, but only b=yes reaches the cycle",
		toy: toy{initial: []place{0}, rules: []rule{
			{name: "enter", from: 0, take: only(second, yes, always(1))},
			internal("there", 1, always(2)),
			internal("back", 2, always(1)),
		}},
		set: "b=yes", trace: "0: enter",
	}, {
		name: "two cycles", why: "one is for a=no, the other for b=yes; the first to be found is nearer",
		toy: toy{initial: []place{0}, rules: []rule{
			{name: "far", from: 0, take: always(1)},
			{name: "enter", from: 1, take: always(2)},
			internal("spin", 2, only(first, no, always(2))),
			internal("hum", 1, only(second, yes, always(1))),
		}},
		set: "a=no or b=yes", trace: "0: far",
	}, {
		name: "inner cycle", why: "three worlds are strongly connected, but the round over 2 is barred for everyone",
		toy: toy{initial: []place{0}, rules: []rule{
			internal("on", 0, always(1)),
			internal("back", 1, only(second, no, always(0))),
			internal("over", 1, only(first, no, always(2))),
			internal("home", 2, only(first, yes, always(0))),
		}},
		set: "b=no", trace: "0: ",
	}} {
		t.Run(row.name, func(t *testing.T) {
			t.Log(row.why)
			a := algebra(t, "a=no|yes", "b=no|yes")
			r := compare(t, row.toy.new, Options{Algebra: a, Scope: a.Space().Full()})
			l := r.Livelock(context.Background())
			if got := formula(a, l.Set); got != row.set {
				t.Errorf("got %s, want %s", got, row.set)
			}
			if got := row.toy.say(l.Trace); got != row.trace {
				t.Errorf("got trace %q, want %q", got, row.trace)
			}
		})
	}
}

// The trace leads to a world on a cycle whatever the design, from which the designs of the set can go on forever.
func TestLivelockTrace(t *testing.T) {
	for _, row := range []struct {
		why        string
		rules      []rule
		set, trace string
	}{{
		"0 leads to the cycle, but not back",
		[]rule{
			internal("enter", 0, always(1)),
			internal("there", 1, always(2)),
			internal("back", 2, always(1)),
		}, "any design", "0: enter",
	}, {
		"0 and 1 are strongly connected, but no design can go round; what goes on forever is in 2",
		[]rule{
			{name: "poke", from: 0, take: always(1)},
			internal("there", 0, only(first, no, always(1))),
			internal("back", 1, only(first, yes, always(0))),
			internal("leave", 0, only(second, yes, always(2))),
			internal("spin", 2, always(2)),
		}, "b=yes", "0: leave",
	}, {
		"0 is strongly connected with 1 and 2, so that it is good enough, though no design comes back to it",
		[]rule{
			internal("enter", 0, always(1)),
			internal("there", 1, always(2)),
			internal("back", 2, always(1)),
			{name: "poke", from: 2, take: always(3)},
			internal("out", 2, only(first, no, always(3))),
			internal("home", 3, only(first, yes, always(0))),
		}, "any design", "0: ",
	}} {
		y := toy{initial: []place{0}, rules: row.rules}
		a := algebra(t, "a=no|yes", "b=no|yes")
		l := complete(t, y.new, Options{Algebra: a, Scope: a.Space().Full()}).Livelock(context.Background())
		if set, trace := formula(a, l.Set), y.say(l.Trace); set != row.set || trace != row.trace {
			t.Errorf("%s: got %s by %q, want %s by %q", row.why, set, trace, row.set, row.trace)
		}
	}
}

// An interrupted look for livelocks says so, and claims none.
func TestLivelockInterrupted(t *testing.T) {
	a := algebra(t, gridQuestions...)
	r := complete(t, newGrid(4), Options{Algebra: a, Scope: a.Space().Full()})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if l := r.Livelock(ctx); !errors.Is(l.Stopped, ErrInterrupted) || a.Count(l.Set) != 0 || len(l.Trace.Steps) != 0 {
		t.Errorf("got %+v", l)
	}
}

// The same search of the same system makes the same sets in the same order, so that their handles are equal, too, as
// package family promises: nothing depends on the order of a map.
func TestLivelockIsDeterministic(t *testing.T) {
	var handle family.Set
	var nodes int
	for i := range 10 {
		d, a := newDice(18) // a family of 24 designs with four terms in its livelock
		y := d.toy()
		l := complete(t, y.new, Options{Algebra: a, Scope: d.scope(), Workers: 1}).Livelock(context.Background())
		if i == 0 {
			handle, nodes = l.Set, a.Nodes()
		} else if l.Set != handle || a.Nodes() != nodes {
			t.Fatalf("time %d: got set %d of %d nodes, before it was %d of %d", i, l.Set, a.Nodes(), handle, nodes)
		}
	}
}
