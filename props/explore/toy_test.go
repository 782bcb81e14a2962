package explore

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cosw/model/family"
)

// toy is a system that is written down rule by rule. Its worlds are places, its steps the numbers of its rules.
type toy struct {
	initial   []place
	rules     []rule
	judge     func(at place, ask Ask) Marks // nil: marks nothing
	quiescent func(at place, ask Ask) Marks // nil: marks nothing
	hash      func(uint32) uint64           // nil: a good one
}

type place int

// rule is a step that may be enabled in one place.
type rule struct {
	name     string
	from     place
	internal bool
	take     func(ask Ask) outcome
}

// outcome is what a rule does; the zero outcome stands for a rule that is not enabled.
type outcome struct {
	enabled bool
	to      place
	marks   Marks
}

var blocked outcome

func to(p place, bits ...int) outcome { return outcome{true, p, marks(bits...)} }

// always asks nothing.
func always(p place, bits ...int) func(Ask) outcome {
	return func(Ask) outcome { return to(p, bits...) }
}

// only is enabled for designs that give that answer.
func only(question, answer int, then func(Ask) outcome) func(Ask) outcome {
	return func(ask Ask) outcome {
		if ask(question) != answer {
			return blocked
		}
		return then(ask)
	}
}

// marks returns Marks with those bits.
func marks(bits ...int) Marks {
	var m Marks
	for _, bit := range bits {
		m |= 1 << bit
	}
	return m
}

// in marks a place with those bits.
func in(p place, bits ...int) func(place, Ask) Marks {
	return func(at place, _ Ask) Marks {
		if at != p {
			return 0
		}
		return marks(bits...)
	}
}

func (y *toy) Initial() []place      { return y.initial }
func (y *toy) Pack(w *place) uint32  { return uint32(*w) }
func (y *toy) Unpack(k uint32) place { return place(k) }
func (y *toy) Kind(s Step) int       { return int(s) % 64 }
func (y *toy) Internal(s Step) bool  { return y.rules[s].internal }

func (y *toy) Hash(k uint32) uint64 {
	if y.hash != nil {
		return y.hash(k)
	}
	return mix(uint64(k))
}

func (y *toy) Steps(w *place, buf []Step) []Step {
	for i, r := range y.rules {
		if r.from == *w {
			buf = append(buf, Step(i))
		}
	}
	return buf
}

// Take also refuses the rules of other places: Replay tries steps that Steps does not list.
func (y *toy) Take(w *place, s Step, ask Ask) (Marks, bool) {
	if y.rules[s].from != *w {
		return 0, false
	}
	out := y.rules[s].take(ask)
	if !out.enabled {
		return 0, false
	}
	*w = out.to
	return out.marks, true
}

func (y *toy) Judge(w *place, ask Ask) Marks {
	if y.judge == nil {
		return 0
	}
	return y.judge(*w, ask)
}

func (y *toy) JudgeQuiescent(w *place, ask Ask) Marks {
	if y.quiescent == nil {
		return 0
	}
	return y.quiescent(*w, ask)
}

// say writes a trace by the names of its rules, e.g. "0: pay change" for one from the first initial world.
func (y *toy) say(t Trace) string {
	var names []string
	for _, s := range t.Steps {
		names = append(names, y.rules[s].name)
	}
	return fmt.Sprintf("%d: %s", t.Initial, strings.Join(names, " "))
}

// new returns a maker of systems: toys keep nothing, so that all of them may be one.
func (y *toy) new() System[place, uint32] { return y }

// mix spreads x over 64 bits (Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// algebra makes an algebra of questions such as "a=no|yes", in that order.
func algebra(t testing.TB, questions ...string) *family.Algebra {
	t.Helper()
	var qs []family.Question
	for _, q := range questions {
		id, answers, _ := strings.Cut(q, "=")
		qs = append(qs, family.Question{ID: id, Answers: strings.Split(answers, "|")})
	}
	space, err := family.NewSpace(qs...)
	if err != nil {
		t.Fatal(err)
	}
	return family.NewAlgebra(space)
}

// cube reads a partial design.
func cube(t testing.TB, a *family.Algebra, partial string) family.Cube {
	t.Helper()
	c, err := a.Space().Parse(partial)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// union returns the designs that are in one of those partial designs.
func union(t testing.TB, a *family.Algebra, partial ...string) family.Set {
	t.Helper()
	set := family.None
	for _, p := range partial {
		set = a.Union(set, a.Cube(cube(t, a, p)))
	}
	return set
}

// formula writes a set of designs.
func formula(a *family.Algebra, x family.Set) string { return a.Formula(a.Cover(x)) }

// complete runs a search that is expected to finish.
func complete[W, K comparable](t testing.TB, newSystem func() System[W, K], o Options) *Result[W, K] {
	t.Helper()
	r := Search(context.Background(), newSystem, o)
	if r.Stopped != nil {
		t.Fatalf("stopped: %v", r.Stopped)
	}
	return r
}
