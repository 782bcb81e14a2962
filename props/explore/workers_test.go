package explore

import (
	"reflect"
	"slices"
	"testing"

	"cosw/model/family"
)

// snapshot is everything that a search finds, down to the order of worlds.
type snapshot[K comparable] struct {
	Exported [9]any
	Marked   [64]mark
	Worlds   []world[K]
	Terms    [][]Term
	Livelock string // the designs as a formula: see TestLivelockIsDeterministic
	Lasso    Trace
}

// equal compares the long lists element by element, and leaves the rest to reflection.
func (s snapshot[K]) equal(other snapshot[K]) bool {
	same := slices.Equal(s.Worlds, other.Worlds)
	s.Worlds, other.Worlds = nil, nil
	return same && reflect.DeepEqual(s, other)
}

func snap[W, K comparable](t *testing.T, newSystem func() System[W, K], a *family.Algebra, scope family.Cube, workers int) snapshot[K] {
	t.Helper()
	r := complete(t, newSystem, Options{Algebra: a, Scope: scope, Workers: workers})
	s := snapshot[K]{
		Exported: [...]any{
			r.Scope, r.Depth, r.Worlds, r.Transitions, r.Pairs, r.Bytes, r.Kinds, r.Seen, r.Asked,
		},
		Marked: r.marked,
	}
	for n := range r.store.worlds.n {
		s.Worlds = append(s.Worlds, *r.store.worlds.at(n))
	}
	for bit := range 64 {
		if r.Seen>>bit&1 == 1 {
			s.Terms = append(s.Terms, r.Explain(bit, a.Cover(r.Marked(bit))))
		}
	}
	l := r.Livelock(t.Context())
	s.Livelock, s.Lasso = formula(a, l.Set), l.Trace
	return s
}

// The number of workers changes nothing but the time that a search takes. The widest level of the grid is longer than
// all chunks that one worker may have underway at a time.
func TestWorkers(t *testing.T) {
	var want snapshot[dials]
	for _, workers := range []int{1, 2, 7} {
		a := algebra(t, gridQuestions...)
		got := snap(t, newGrid(8), a, a.Space().Full(), workers)
		if workers == 1 {
			want = got
		} else if !got.equal(want) {
			t.Errorf("%d workers find something else than one", workers)
		}
	}
	for seed := range uint64(20) {
		var all []snapshot[uint32]
		for _, workers := range []int{1, 2, 7} {
			d, a := newDice(seed)
			y := d.toy()
			all = append(all, snap(t, y.new, a, d.scope(), workers))
		}
		if !all[0].equal(all[1]) || !all[0].equal(all[2]) {
			t.Errorf("seed %d: more workers find something else than one", seed)
		}
	}
}

// The fields of snapshot.Exported are all that a result has, but for Stopped.
func TestSnapshotIsComplete(t *testing.T) {
	var exported []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Result[place, uint32]]()) {
		if f.IsExported() {
			exported = append(exported, f.Name)
		}
	}
	want := []string{"Scope", "Stopped", "Depth", "Worlds", "Transitions", "Pairs", "Bytes", "Kinds", "Seen", "Asked"}
	if !slices.Equal(exported, want) {
		t.Errorf("a result has %v: add what is new to snapshot", exported)
	}
}
