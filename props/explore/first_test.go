package explore

import (
	"reflect"
	"slices"
	"testing"

	"cosw/model/family"
)

// TestDivided: what searches of parts find together is what a search of the whole finds: pairs, depth, marks by their steps, the
// same shortest traces for whatever designs, and the same worlds.
func TestDivided(t *testing.T) {
	for seed := range uint64(300) {
		d, a := newDice(seed)
		y, scope := d.toy(), d.scope()
		whole := complete(t, y.new, Options{Algebra: a, Scope: scope})
		var parts []*Result[place, uint32]
		for q := range d.space.Len() {
			if !d.space.Open(scope, q) {
				continue
			}
			for answer := range d.space.Answers(scope, q) {
				parts = append(parts, complete(t, y.new, Options{Algebra: a, Scope: d.space.With(scope, q, answer)}))
			}
			break
		}
		if parts == nil {
			continue // a single design
		}
		var pairs uint64
		var depth int
		var worlds []uint64
		for _, p := range parts {
			pairs, depth = pairs+p.Pairs, max(depth, p.Depth)
			worlds = append(worlds, p.Sample(100)...)
		}
		slices.Sort(worlds)
		if pairs != whole.Pairs || depth != whole.Depth || !slices.Equal(slices.Compact(worlds), whole.Sample(100)) {
			t.Fatalf("seed %d: %d pairs, depth %d, want %d and %d, or other worlds", seed, pairs, depth, whole.Pairs, whole.Depth)
		}
		for bit := range 12 {
			nearest := united(a, parts, bit)
			if !reflect.DeepEqual(nearest, slices.Clone(whole.Nearest(bit))) {
				t.Fatalf("seed %d, mark %d: got %v, want %v", seed, bit, nearest, whole.Nearest(bit))
			}
			for range 5 {
				within := a.Cube(d.scope())
				want, design, ok := whole.Shortest(bit, within)
				first, found := FirstOf(a, nearest, within)
				if found != ok || first != design {
					t.Fatalf("seed %d, mark %d: the first design is another one", seed, bit)
				}
				if ok && !reflect.DeepEqual(FirstTrace(y.new(), d.space, first, bit), want) {
					t.Fatalf("seed %d, mark %d: the first trace is another one", seed, bit)
				}
			}
		}
	}
}

// united returns the designs that show a mark in several searches, by the steps that they need to it.
func united(a *family.Algebra, parts []*Result[place, uint32], bit int) (all []Sighted) {
	for steps := range 20 {
		s := Sighted{Steps: steps, Designs: family.None}
		for _, p := range parts {
			for _, n := range p.Nearest(bit) {
				if n.Steps == steps {
					s.Designs = a.Union(s.Designs, n.Designs)
				}
			}
		}
		if s.Designs != family.None {
			all = append(all, s)
		}
	}
	return all
}

// TestFirstTrace: of several shortest traces it is the one whose steps come first.
func TestFirstTrace(t *testing.T) {
	left := rule{name: "left", from: 0, take: always(1)}
	right := rule{name: "right", from: 0, take: always(2)}
	fromLeft := rule{name: "then", from: 1, take: always(3, 0)}
	fromRight := rule{name: "so", from: 2, take: always(3, 0)}
	for _, row := range []struct {
		rules []rule
		want  string
	}{
		{[]rule{left, right, fromLeft, fromRight}, "0: left then"},
		{[]rule{right, left, fromLeft, fromRight}, "0: right so"},
		{[]rule{left, right, fromRight, fromLeft}, "0: left then"},
		{[]rule{left, right, fromRight}, "0: right so"},
	} {
		y := toy{initial: []place{0}, rules: row.rules}
		a := algebra(t, "a=no|yes")
		r := complete(t, y.new, Options{Algebra: a, Scope: a.Space().Full()})
		if trace, _, ok := r.Shortest(0, family.All); !ok || y.say(trace) != row.want {
			t.Errorf("got %q, want %q", y.say(trace), row.want)
		}
	}
}

// TestSample: the smallest hashes stay, however many worlds there are, each once and in order.
func TestSample(t *testing.T) {
	a := algebra(t, gridQuestions...)
	r := complete(t, newGrid(8), Options{Algebra: a, Scope: a.Space().Full()})
	all := r.Sample(int(r.Worlds))
	if uint64(len(all)) != r.Worlds || !slices.IsSorted(all) {
		t.Fatalf("%d hashes of %d worlds", len(all), r.Worlds)
	}
	for _, n := range []int{0, 1, 50} {
		if got := r.Sample(n); !slices.Equal(got, all[:n]) {
			t.Errorf("the %d smallest are others", n)
		}
	}
}
