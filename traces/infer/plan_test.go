package infer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// planned is what is computed once for all tests.
type planned struct {
	algebra     *family.Algebra
	experiments []Experiment
	plan        Plan
}

var planOnce = sync.OnceValues(func() (p planned, err error) {
	p.algebra = family.NewAlgebra(model.Space)
	if p.experiments, err = Experiments(context.Background(), p.algebra); err != nil {
		return p, err
	}
	p.plan, err = MakePlan(context.Background(), p.algebra, p.experiments)
	return p, err
})

func makePlan(t *testing.T) (*family.Algebra, []Experiment, Plan) {
	t.Helper()
	p, err := planOnce()
	if err != nil {
		t.Fatal(err)
	}
	return p.algebra, p.experiments, p.plan
}

// shows returns what experiments tell if d is the true design.
func shows(a *family.Algebra, experiments []Experiment, d family.Cube) family.Set {
	left := family.All
	for i := range experiments {
		for _, o := range experiments[i].readings {
			if o.designs.Includes(d) {
				left = a.Intersect(left, o.inferred)
			}
		}
	}
	return left
}

// obediently returns a random design in the environment of experiments.
func obediently(a *family.Algebra, rng *rand.Rand) family.Cube {
	all := a.Cube(obedient)
	return a.Nth(all, rng.Uint64N(a.CountAll(all)))
}

// TestPlan: for random designs, the plan tells as much as the whole catalogue, exactly the answers apart that it says, and
// with one experiment less it would not for all.
func TestPlan(t *testing.T) {
	a, experiments, plan := makePlan(t)
	rng := rand.New(rand.NewPCG(7, 8))
	needed := map[string]bool{}
	for range 300 {
		d := obediently(a, rng)
		left := shows(a, plan.Experiments, d)
		if left != shows(a, experiments, d) {
			t.Fatalf("the plan tells less than the catalogue under %s", model.Space.Format(d))
		}
		for _, tells := range plan.Tells {
			for _, p := range tells.Pairs {
				if !model.Where(tells.Question, p.True).Includes(d) {
					continue
				}
				excluded := a.Restrict(left, model.Where(tells.Question, p.Other)) == family.None
				if excluded != a.Includes(p.Where, d) || p.All && !excluded {
					t.Fatalf("%s=%s, not %s: excluded: %t, under %s", tells.Question.ID(), p.True, p.Other, excluded, model.Space.Format(d))
				}
			}
		}
		for i, e := range plan.Experiments {
			var others []Experiment
			others = append(append(others, plan.Experiments[:i]...), plan.Experiments[i+1:]...)
			if shows(a, others, d) != left {
				needed[e.Name] = true
			}
		}
	}
	for _, e := range plan.Experiments {
		if !needed[e.Name] {
			t.Errorf("the plan has %s for nothing", e.Name)
		}
	}
}

// TestTells: an experiment tells something about a question exactly if, for some design that is left and may be the true
// one, an answer that was possible before is not any more; and Next names the experiments that do.
func TestTells(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	where := func(text string) family.Cube {
		c, err := model.Space.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	// Made up: wakes shows whether suspend is wake, and only then how messages are delivered. Blind shows nothing.
	wakes := Experiment{Scenario: Scenario{Name: "wakes"}, readings: []reading{
		{where("suspend=sever|keepalive"), a.Cube(where("suspend=sever|keepalive"))},
		{where("suspend=wake, delivery=port"), a.Cube(where("suspend=wake, delivery=port"))},
		{where("suspend=wake, delivery=global"), a.Cube(where("suspend=wake, delivery=global"))},
	}}
	blind := Experiment{Scenario: Scenario{Name: "blind"}, readings: []reading{{model.Space.Full(), family.All}}}
	experiments := []Experiment{wakes, blind, wakes}
	for _, c := range []struct {
		why  string
		left family.Set
		q    model.Question
		want bool
	}{
		{"nothing is known: it excludes answers whatever the true one is", family.All, model.Suspend, true},
		{"it is told only what the worker does when it is woken, which is possible", family.All, model.Delivery, true},
		{"another question is not asked", family.All, model.Close, false},
		{"the answer is known already", a.Cube(where("suspend=wake")), model.Suspend, false},
		{"but not how messages are delivered", a.Cube(where("suspend=wake")), model.Delivery, true},
		{"no design that is left shows how messages are delivered", a.Cube(where("suspend=sever|keepalive")), model.Delivery, false},
		{"two answers that look alike are not told apart", a.Cube(where("suspend=sever|keepalive")), model.Suspend, false},
		{
			"an answer that goes with a settled one", // close is told with suspend, as designs are left
			a.Union(a.Cube(where("suspend=wake, close=none")), a.Cube(where("suspend=sever, close=close"))), model.Close, true,
		},
		{"no design is left: there is nothing to tell", family.None, model.Suspend, false},
	} {
		if got := wakes.Tells(a, c.left, c.q); got != c.want {
			t.Errorf("%s: tells %s: %t", c.why, c.q.ID(), got)
		}
		if blind.Tells(a, c.left, c.q) {
			t.Errorf("%s: an experiment that shows nothing tells %s", c.why, c.q.ID())
		}
		var want []string
		if c.want {
			want = []string{"wakes", "wakes"} // in the order of the experiments, blind left out
		}
		if got := Next(a, experiments, c.left, c.q); !slices.Equal(got, want) {
			t.Errorf("%s: next %q, want %q", c.why, got, want)
		}
	}
}

// TestTellsOfTheCatalogue compares with trying: whenever a recording of a design that is left excludes an answer, the
// experiment is one that can tell more.
func TestTellsOfTheCatalogue(t *testing.T) {
	a, experiments, _ := makePlan(t)
	rng := rand.New(rand.NewPCG(13, 14))
	left := a.Cube(obedient.And(model.Where(model.Suspend, model.Wake)).And(model.Where(model.PageNotice, model.None)))
	for _, q := range model.Questions() {
		next := Next(a, experiments, left, q)
		for range 20 {
			d := a.Nth(left, rng.Uint64N(a.CountAll(left)))
			for i := range experiments {
				excludes := slices.ContainsFunc(q.Answers(), func(answer model.Answer) bool {
					with := model.Where(q, answer)
					return a.Restrict(left, with) != family.None && a.Restrict(a.Intersect(left, shows(a, experiments[i:i+1], d)), with) == family.None
				})
				if excludes && !slices.Contains(next, experiments[i].Name) {
					t.Errorf("%s tells something about %s under %s, and is not named", experiments[i].Name, q.ID(), model.Space.Format(d))
				}
			}
		}
	}
}

// TestPlanOnRecordings plays the plan under random designs with clocks that are wrong, as an experimenter would: the true
// design is always among those inferred, and where clocks are perfect it shrinks to what the plan says.
func TestPlanOnRecordings(t *testing.T) {
	a, _, plan := makePlan(t)
	rng := rand.New(rand.NewPCG(9, 10))
	for i := range 12 {
		d := obediently(a, rng)
		left := family.All
		for _, e := range plan.Experiments {
			text, _, err := Simulate(strings.NewReader(e.Script), Simulation{
				Design: d, Name: e.Name, Error: DefaultOptions.Error, Late: DefaultOptions.Late, Seed: uint64(i),
			})
			if err != nil {
				t.Fatal(err)
			}
			rec, err := recording.Read(bytes.NewReader(text), e.Name)
			if err != nil {
				t.Fatal(err)
			}
			inf, err := Infer(t.Context(), a, rec, DefaultOptions, nil)
			if err != nil {
				t.Fatal(err)
			}
			left = a.Intersect(left, inf.Designs)
		}
		if !a.Includes(left, d) {
			t.Errorf("the true design is excluded: %s", model.Space.Format(d))
		}
		if want := shows(a, plan.Experiments, d); left != want {
			t.Errorf("got %s, want %s", a.Formula(a.Cover(left)), a.Formula(a.Cover(want)))
		}
	}
}

// TestTelling names what recordings can tell of each question: always, sometimes, or never.
func TestTelling(t *testing.T) {
	_, _, plan := makePlan(t)
	want := map[string]string{
		"match": "never", "bind": "never", "errors": "never", "handle": "never", "request": "never", "page-list": "never",
		"client": "never", "acknowledge": "never", // what a page holds or a worker sees is on the interface, not in what happens
		"collect": "never", "frozen": "never", "partition": "never", // pages keep what they have and stay, and there is one site
		"pipeline": "always", "suspend": "always", "interrupt": "always", "deadline": "always", "unregister": "always",
		"close": "always", "same-origin": "always", "no-answer": "always",
		"page-notice":     "sometimes",                          // an event and a state look the same to a page that listens
		"not-ready":       "sometimes",                          // a request that waits may as well be late
		"update":          "sometimes",                          // what the new version got, but has no way to use
		"worker-notice":   "sometimes",                          // nobody sees that the browser takes an end
		"interrupt-again": "sometimes",                          // only where a connection is asked for again
		"queue":           "sometimes",                          // only where a connection outlives the instance
		"worker-list":     "sometimes", "delivery": "sometimes", // only where an instance has no object for a connection
	}
	for _, tells := range plan.Tells {
		always, never := true, true
		for _, p := range tells.Pairs {
			always = always && p.All
			never = never && p.Where == family.None
		}
		got := "sometimes"
		switch {
		case always:
			got = "always"
		case never:
			got = "never"
		}
		if got != want[tells.Question.ID()] {
			t.Errorf("%s: %s, want %s", tells.Question.ID(), got, want[tells.Question.ID()])
		}
	}
}

// TestSimulate: the same seed gives the same bytes, another one other times; what no recording has a word for is refused.
func TestSimulate(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	s := Simulation{Design: a.First(family.All), Name: "x", Error: DefaultOptions.Error, Late: DefaultOptions.Late, Seed: 1}
	const script = "p1 connect c1\nquiesce\np1 post c1\nquiesce\nbrowser suspend\nquiesce\n"
	first, asked, err := Simulate(strings.NewReader(script), s)
	if err != nil || !asked.Includes(s.Design) {
		t.Fatal(asked, err)
	}
	again, _, _ := Simulate(strings.NewReader(script), s)
	s.Seed = 2
	other, _, _ := Simulate(strings.NewReader(script), s)
	if !bytes.Equal(first, again) || bytes.Equal(first, other) {
		t.Error("bytes do not depend on the seed alone")
	}
	for script, want := range map[string]string{
		"bounds pages=2\ndesign handle=port\np1 connect c1\nquiesce\np1 transfer c1 p2\n": "x: p1 transfer c1 p2: a recording has no word for it",
		"p1 connect c1\nquiesce\np1 lose c1\n":                                            "x: p1 lose c1: a recording has no word for it",
		"p1 conect c1\n":                                                                  `x:1: unknown step of p1 "conect": did you mean connect?`,
	} {
		_, _, err := Simulate(strings.NewReader(script), s)
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if strings.Contains(want, "no word") && !errors.Is(err, ErrNoWord) {
			t.Errorf("%v is no ErrNoWord", err)
		}
	}
	s.Design = model.Space.Full()
	if _, _, err := Simulate(strings.NewReader("p1 connect c1\n"), s); err == nil {
		t.Error("a design with open questions is played")
	}
}

// TestScenarios: every scenario says what it is about, ends in what is owed, and has a name of its own.
func TestScenarios(t *testing.T) {
	for _, s := range Scenarios() {
		if !strings.HasPrefix(s.Script, "# ") || !strings.HasSuffix(s.About, ".") || !strings.HasSuffix(s.Script, "quiesce\n") {
			t.Errorf("%s: %s", s.Name, fmt.Sprintf("%.60q", s.Script))
		}
	}
}
