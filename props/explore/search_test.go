package explore

import (
	"strings"
	"testing"

	"cosw/model/family"
)

// prepare returns the options of a search of e.
func (e *exercise) prepare(t testing.TB) Options {
	a := algebra(t, e.questions...)
	return Options{Algebra: a, Scope: cube(t, a, e.scope)}
}

func TestSearch(t *testing.T) {
	for _, e := range exercises {
		t.Run(e.name, func(t *testing.T) {
			t.Log(e.why)
			o := e.prepare(t)
			r := complete(t, e.toy.new, o)
			e.checkCounts(t, r)
			for bit := range r.marked {
				want := "no design"
				if bit < len(e.marked) && e.marked[bit] != "" {
					want = e.marked[bit]
				}
				if got := formula(o.Algebra, r.Marked(bit)); got != want {
					t.Errorf("mark %d: got %s, want %s", bit, got, want)
				}
				if got := r.Seen>>bit&1 == 1; got != (want != "no design") {
					t.Errorf("mark %d: seen is %v", bit, got)
				}
			}
			for _, s := range e.shortest {
				e.checkSight(t, r, s)
			}
		})
	}
}

func (e *exercise) checkCounts(t *testing.T, r *Result[place, uint32]) {
	t.Helper()
	for _, c := range []struct {
		name      string
		got, want uint64
	}{
		{"worlds", r.Worlds, e.worlds},
		{"transitions", r.Transitions, e.transitions},
		{"pairs", r.Pairs, e.pairs},
		{"depth", uint64(r.Depth), uint64(e.depth)},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, c.got, c.want)
		}
	}
}

func (e *exercise) checkSight(t *testing.T, r *Result[place, uint32], s sight) {
	t.Helper()
	a := r.algebra
	trace, design, ok := r.Shortest(s.bit, union(t, a, s.within))
	if got := e.toy.say(trace); !ok || got != s.trace {
		t.Errorf("mark %d within %q: got %q (found: %v), want %q", s.bit, s.within, got, ok, s.trace)
	}
	if got := a.Space().Format(design); got != s.design {
		t.Errorf("mark %d within %q: got it for %s, want %s", s.bit, s.within, got, s.design)
	}
}

// Only speed depends on System.Hash.
func TestHash(t *testing.T) {
	for _, e := range exercises {
		t.Run(e.name, func(t *testing.T) {
			y := e.toy
			y.hash = func(uint32) uint64 { return 7 }
			e.checkCounts(t, complete(t, y.new, e.prepare(t)))
		})
	}
}

// Kinds counts transitions by System.Kind: for a toy, by the rule.
func TestKinds(t *testing.T) {
	e := exercises[0] // the counter
	r := complete(t, e.toy.new, e.prepare(t))
	if want := ([64]uint64{2, 1, 2, 1}); r.Kinds != want {
		t.Errorf("got %v, want %v", r.Kinds, want)
	}
}

// A mark that no design has is not seen.
func TestShortestOfNothing(t *testing.T) {
	e := exercises[1] // the diamond, whose mark 1 is of a=left
	o := e.prepare(t)
	r := complete(t, e.toy.new, o)
	for _, row := range []struct {
		why    string
		bit    int
		within family.Set
	}{
		{"never marked", 63, family.All},
		{"marked for other designs", 1, union(t, o.Algebra, "a=right")},
		{"no design asked about", 0, family.None},
	} {
		if trace, design, ok := r.Shortest(row.bit, row.within); ok || len(trace.Steps) != 0 || design != (family.Cube{}) {
			t.Errorf("%s: got %v for %v", row.why, trace, design)
		}
	}
}

// One sighting of a premise is enough: later ones leave no evidence. Other marks of the same step do.
func TestPremises(t *testing.T) {
	y := toy{
		initial: []place{0},
		rules: []rule{
			{name: "some", from: 0, take: only(first, yes, always(1, 0, 1))},
			{name: "all", from: 0, take: always(1, 0, 1)},
		},
	}
	for _, row := range []struct {
		premises Marks
		marked   [2]string
	}{
		{0, [2]string{"any design", "any design"}},
		{marks(0), [2]string{"a=yes", "any design"}},
		{marks(0, 1), [2]string{"a=yes", "a=yes"}},
	} {
		a := algebra(t, "a=no|yes")
		r := complete(t, y.new, Options{Algebra: a, Scope: a.Space().Full(), Premises: row.premises})
		if r.Seen != marks(0, 1) {
			t.Errorf("premises %b: seen %b", row.premises, r.Seen)
		}
		for bit := range row.marked {
			if got := formula(a, r.Marked(bit)); got != row.marked[bit] {
				t.Errorf("premises %b, mark %d: got %s, want %s", row.premises, bit, got, row.marked[bit])
			}
		}
	}
}

// Asked tells which questions steps asked, as far as the scope leaves them open.
func TestAsked(t *testing.T) {
	for _, row := range []struct {
		why   string
		scope string
		take  func(Ask) outcome
		want  string // the questions, in their order
	}{
		{"nothing is asked", "", always(1), ""},
		{"in every way enabled", "", func(ask Ask) outcome { return to(place(1 + ask(second))) }, "b"},
		{"enabled in one way only", "", only(first, yes, always(1)), "a"},
		{"b is asked under a=yes", "", only(first, yes, only(second, no, always(1))), "a b"},
		{"a is not open", "a=yes", only(first, yes, only(second, no, always(1))), "b"},
		{"b is never asked", "a=no", only(first, yes, only(second, no, always(1))), ""},
	} {
		y := toy{initial: []place{0}, rules: []rule{{name: "go", from: 0, take: row.take}}}
		a := algebra(t, "a=no|yes", "b=no|yes")
		r := complete(t, y.new, Options{Algebra: a, Scope: cube(t, a, row.scope)})
		var got []string
		for _, q := range r.Asked {
			got = append(got, a.Space().Question(q).ID)
		}
		if strings.Join(got, " ") != row.want {
			t.Errorf("%s: got %q, want %q", row.why, got, row.want)
		}
	}
}

// counted is a toy that counts how often it takes a step.
type counted struct {
	*toy
	taken *int
}

func (y counted) Take(w *place, s Step, ask Ask) (Marks, bool) {
	*y.taken++
	return y.toy.Take(w, s, ask)
}

// A step runs once for each answer that the designs at hand give, and only then: in 1 and 2 the question of the step is
// already answered, in 3 it is open again.
func TestStepsRunNoMoreThanNeeded(t *testing.T) {
	y := toy{
		initial: []place{0},
		rules: []rule{
			{name: "part", from: 0, take: func(ask Ask) outcome { return to(place(1 + ask(first))) }},
			{name: "left", from: 1, take: func(ask Ask) outcome { return to(place(3 + 0*ask(first))) }},
			{name: "right", from: 2, take: func(ask Ask) outcome { return to(place(3 + 0*ask(first))) }},
			{name: "part again", from: 3, take: func(ask Ask) outcome { return to(place(4 + ask(first))) }},
			{name: "on", from: 4, take: always(6)},
		},
	}
	for scope, want := range map[string]int{"": 2 + 1 + 1 + 2 + 1, "a=left": 1 + 1 + 1 + 1, "a=right": 1 + 1 + 1} {
		a := algebra(t, "a=left|right")
		taken := 0
		newSystem := func() System[place, uint32] { return counted{&y, &taken} }
		complete(t, newSystem, Options{Algebra: a, Scope: cube(t, a, scope), Workers: 1})
		if taken != want {
			t.Errorf("scope %q: %d runs of steps, want %d", scope, taken, want)
		}
	}
}
