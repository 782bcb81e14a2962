package explore

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"cosw/model/family"
)

// slow is a system of one world per depth, each of which takes 50 ms to expand. Its mark n says that world n is reached.
type slow struct {
	toy
	worlds int
}

func newSlow(worlds int) func() System[place, uint32] {
	y := slow{worlds: worlds}
	y.initial = []place{0}
	y.judge = func(at place, _ Ask) Marks { return marks(int(at)) }
	return func() System[place, uint32] { return &y }
}

func (y *slow) Steps(w *place, buf []Step) []Step {
	time.Sleep(50 * time.Millisecond)
	if int(*w) == y.worlds-1 {
		return buf
	}
	return append(buf, 0)
}

func (y *slow) Internal(Step) bool { return false }

func (y *slow) Take(w *place, _ Step, _ Ask) (Marks, bool) {
	*w++
	return 0, true
}

// Progress is called every 200 ms and at the end, and says how far the search is at that moment: after the fourth world
// of 50 ms the search is at depth 3, where the one world is expanded and has led to the next.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got []Progress
		a := algebra(t, "a=no|yes")
		r := complete(t, newSlow(10), Options{
			Algebra: a, Scope: a.Space().Full(), Progress: func(p Progress) { got = append(got, p) },
		})
		want := []Progress{
			{Depth: 3, Worlds: 5, Frontier: 1, Transitions: 4, Elapsed: 200 * time.Millisecond},
			{Depth: 7, Worlds: 9, Frontier: 1, Transitions: 8, Elapsed: 400 * time.Millisecond},
			{Depth: 9, Worlds: 10, Frontier: 0, Transitions: 9, Elapsed: 500 * time.Millisecond},
		}
		if bytes := got[len(got)-1].Bytes; bytes != r.Bytes {
			t.Errorf("at last %d bytes, the result says %d", bytes, r.Bytes)
		}
		for i := range got {
			if got[i].Bytes == 0 || i > 0 && got[i].Bytes < got[i-1].Bytes {
				t.Errorf("report %d: %d bytes", i, got[i].Bytes)
			}
			got[i].Bytes = 0
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

// Whatever ends a search, it ends with the reason and with what was found until then: here each world takes 50 ms.
func TestStopped(t *testing.T) {
	for _, row := range []struct {
		name   string
		limits Limits
		cancel time.Duration // when to cancel the context; 0: not at all
		want   error
		depth  int // of the last world that was expanded
	}{
		{"no limit", Limits{}, 0, nil, 9},
		{"limits that are not reached", Limits{Worlds: 11, Bytes: 1 << 40, Time: time.Second}, 0, nil, 9},
		{"worlds", Limits{Worlds: 4}, 0, ErrWorlds, 2},
		{"bytes", Limits{Bytes: 1}, 0, ErrMemory, 0},
		{"time", Limits{Time: 275 * time.Millisecond}, 0, ErrTime, 5},
		{"cancelled", Limits{}, 325 * time.Millisecond, ErrInterrupted, 6},
		{"cancelled from the beginning", Limits{}, -1, ErrInterrupted, 0},
		{"cancelled and out of time", Limits{Time: 1}, -1, ErrInterrupted, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if row.cancel < 0 {
					cancel()
				} else if row.cancel > 0 {
					time.AfterFunc(row.cancel, cancel)
				}
				a := algebra(t, "a=no|yes")
				r := Search(ctx, newSlow(10), Options{Algebra: a, Scope: a.Space().Full(), Limits: row.limits, Workers: 2})
				if !errors.Is(r.Stopped, row.want) || r.Depth != row.depth {
					t.Errorf("got %v at depth %d, want %v at depth %d", r.Stopped, r.Depth, row.want, row.depth)
				}
				if want := Marks(2)<<row.depth - 1; r.Seen != want {
					t.Errorf("got marks %b, want %b: of the worlds that were expanded", r.Seen, want)
				}
				expanded := uint64(row.depth + 1)
				if want := min(expanded, 9); r.Transitions != want || r.Worlds != want+1 {
					t.Errorf("got %d transitions, %d worlds, want %d, %d", r.Transitions, r.Worlds, want, want+1)
				}
				if r.Pairs != 2*expanded || r.Bytes == 0 {
					t.Errorf("got %d pairs, want %d; %d bytes", r.Pairs, 2*expanded, r.Bytes)
				}
			})
		})
	}
}

// What a search has found when it stops is a part of what it would have found, and as good: the same sightings in the
// same order, with the same traces.
func TestStoppedResultIsSound(t *testing.T) {
	const side = 6
	a := algebra(t, gridQuestions...)
	o := Options{Algebra: a, Scope: a.Space().Full(), Workers: 2}
	whole := complete(t, newGrid(side), o)
	o.Limits.Worlds = side * side * side * side / 2
	part := Search(t.Context(), newGrid(side), o)
	if !errors.Is(part.Stopped, ErrWorlds) || part.Worlds < o.Limits.Worlds || part.Worlds >= whole.Worlds {
		t.Fatalf("stopped at %d of %d worlds: %v", part.Worlds, whole.Worlds, part.Stopped)
	}
	if part.Transitions >= whole.Transitions || part.Pairs >= whole.Pairs || part.Depth > whole.Depth {
		t.Errorf("got %d transitions, %d pairs, depth %d", part.Transitions, part.Pairs, part.Depth)
	}
	for n := range part.store.worlds.n {
		p, w := part.store.worlds.at(n), whole.store.worlds.at(n)
		if p.key != w.key || a.Minus(p.visited, w.visited) != family.None {
			t.Fatalf("world %d is %v, in the complete search %v, or is reached by more designs", n, p.key, w.key)
		}
	}
	if part.Seen&^whole.Seen != 0 || slices.ContainsFunc(part.Asked, func(q int) bool { return !slices.Contains(whole.Asked, q) }) {
		t.Errorf("seen %b, asked %v", part.Seen, part.Asked)
	}
	for bit := range 64 {
		for i, early := range part.Nearest(bit) { // the last may lack designs
			if late := whole.Nearest(bit)[i]; early.Steps != late.Steps || a.Minus(early.Designs, late.Designs) != family.None {
				t.Errorf("mark %d: got %s after %d steps", bit, formula(a, early.Designs), early.Steps)
			}
		}
		for _, term := range part.Explain(bit, a.Cover(part.Marked(bit))) {
			trace, _, _ := whole.Shortest(bit, a.Cube(term.Cube))
			if got := term.Witnesses[0].Trace; len(got.Steps) != len(trace.Steps) {
				t.Errorf("mark %d: got %v, want %v", bit, got, trace)
			}
		}
	}
	early, late := part.Livelock(t.Context()), whole.Livelock(t.Context())
	if early.Stopped != nil || a.Minus(early.Set, late.Set) != family.None {
		t.Errorf("livelock: got %s (%v), want a part of %s", formula(a, early.Set), early.Stopped, formula(a, late.Set))
	}
}
