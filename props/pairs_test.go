package props

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// TestPairs checks what a pair claims, by the steps of the model alone: the designs differ in one answer, the environment
// does the same in the same order, and it goes wrong under one of them and well under the other.
func TestPairs(t *testing.T) {
	tests := []struct {
		question model.Question
		wrong    model.Answer
		least    []string // properties for which there has to be a pair
		why      string
	}{
		{model.Suspend, model.Sever, []string{"survives-suspend", "survives-kill"}, "forced by events of a step"},
		{model.Suspend, model.Keepalive, []string{"can-idle", "survives-kill"}, "a step that is not enabled under the wrong answer"},
		{model.Update, model.Sever, []string{"survives-update"}, "two versions"},
		{model.Update, model.Pin, []string{"update-progress", "survives-update"}, "something never happens under the wrong answer"},
		{model.Interrupt, model.Hang, []string{"settles"}, "a world in which nothing is owed any more"},
		{model.Handle, model.Port, []string{"origin-bound"}, "a transfer, which cannot happen under the right answer"},
		{model.PageNotice, model.None, []string{"tells-page", "accounts-loss"}, "what the browser owes under one answer only"},
		{model.WorkerList, model.None, []string{"worker-reach"}, "a condition that asks"},
		{model.NotReady, model.Reject, []string{"first-visit"}, "the cause of an event"},
		{model.Collect, model.Keep, []string{"page-reach"}, "what is owed under the right answer only"},
		{model.Scripts, model.MayHang, []string{"settles", "unregisters"}, "an assumption"},
		{model.Pipeline, model.No, nil, "an answer that costs nothing"},
	}
	r := defaultReport()
	m, _ := mustModel(t, model.DefaultBounds)
	for _, test := range tests {
		t.Run(model.Space.Format(model.Where(test.question, test.wrong)), func(t *testing.T) {
			pairs := r.Pairs(test.question, test.wrong, r.BestDesigns())
			var names []string
			for i := range pairs {
				names = append(names, pairs[i].Property.ID)
				checkPair(t, r, m, &pairs[i], test.question, test.wrong)
			}
			for _, id := range test.least {
				if !slices.Contains(names, id) {
					t.Errorf("no pair for %s: %s", id, test.why)
				}
			}
			if test.least == nil && pairs != nil {
				t.Errorf("pairs for %v: %s", names, test.why)
			}
			if !slices.IsSortedFunc(pairs, func(x, y Pair) int { return btoi(x.Impossible != "") - btoi(y.Impossible != "") }) {
				t.Error("pairs with an impossible step come before others")
			}
		})
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func checkPair(t *testing.T, r *Report, m *model.Model, p *Pair, q model.Question, wrong model.Answer) {
	t.Helper()
	v := r.Verdict(p.Property.ID)
	other := model.Space.Replace(p.Design, int(q), model.Where(q, p.Right))
	switch {
	case p.Question != q || p.Wrong != wrong || p.Right == wrong || !model.Space.IsDesign(p.Design) || !model.Space.IsDesign(other):
		t.Errorf("%s: a pair of something else: %+v", p.Property.ID, p)
	case model.AnswerOf(p.Design, q) != wrong:
		t.Errorf("%s: the design that goes wrong answers %s", p.Property.ID, model.AnswerOf(p.Design, q))
	case !r.Algebra.Includes(v.Violating, p.Design) || r.Algebra.Includes(v.Violating, other):
		t.Errorf("%s: %s is not what makes the difference", p.Property.ID, q.ID())
	}
	if want := contexts(r, v, q, wrong, p.Right); p.Contexts != want {
		t.Errorf("%s: %d pairs of designs, want %d", p.Property.ID, p.Contexts, want)
	}
	if p.Property.Part != Lifecycle {
		return
	}
	wrongSteps, rightSteps := parseLines(t, p.WrongTold), parseLines(t, p.RightTold)
	asked, done := environment(wrongSteps), environment(rightSteps)
	if p.Impossible != "" {
		at := slices.IndexFunc(asked, func(s model.Step) bool { return s.String() == p.Impossible })
		if at < 0 || !slices.Equal(asked[:len(done)], done) || asked[len(done)].String() != p.Impossible {
			t.Errorf("%s: %s cannot happen after %v: the schedule is %v", p.Property.ID, p.Impossible, done, asked)
		}
	} else if !slices.Equal(asked, done) {
		t.Errorf("%s: the environment does %v, and under the right answer %v", p.Property.ID, asked, done)
	}
	for i := range min(len(wrongSteps), len(rightSteps)) {
		if wrongSteps[i] != rightSteps[i] {
			if enabledAfter(m, rightSteps[:i], wrongSteps[i], other) {
				t.Errorf("%s: %s is left out under the right answer, and could happen", p.Property.ID, wrongSteps[i])
			}
			break
		}
	}
	if !plays(m, wrongSteps, &p.Property, p.Design) {
		t.Errorf("%s: nothing goes wrong under %s", p.Property.ID, model.Space.Format(p.Design))
	}
	if plays(m, rightSteps, &p.Property, other) {
		t.Errorf("%s: it goes wrong under %s, too", p.Property.ID, model.Space.Format(other))
	}
	if p.Impossible == "" && !settled(m, rightSteps, other) {
		t.Errorf("%s: something is still owed at the end under %s", p.Property.ID, model.Space.Format(other))
	}
}

// contexts counts the designs that break a property and would not with the other answer, along the formula.
func contexts(r *Report, v *Verdict, q model.Question, wrong, right model.Answer) uint64 {
	a := family.NewAlgebra(model.Space)
	broken, spared := family.None, family.None
	for _, term := range v.Formula.Terms {
		if in := term.And(model.Where(q, wrong)); !model.Space.IsEmpty(in) {
			broken = a.Union(broken, a.Cube(model.Space.Free(in, int(q))))
		}
		if in := term.And(model.Where(q, right)); !model.Space.IsEmpty(in) {
			spared = a.Union(spared, a.Cube(model.Space.Free(in, int(q))))
		}
	}
	n := a.Count(a.Minus(broken, spared))
	if !q.Assumed() {
		n /= uint64(len(q.Answers()))
	}
	return n
}

func parseLines(t *testing.T, lines []Told) []model.Step {
	t.Helper()
	steps := make([]model.Step, len(lines))
	for i, line := range lines {
		s, err := model.ParseStep(line.Step)
		if err != nil {
			t.Fatal(err)
		}
		steps[i] = s
	}
	return steps
}

// environment returns the steps that nobody owes.
func environment(steps []model.Step) []model.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s model.Step) bool { return s.Kind.Internal() })
}

// plays tells whether the steps can be taken from some initial world and end in a violation.
func plays(m *model.Model, steps []model.Step, p *Property, design family.Cube) bool {
	return slices.ContainsFunc(m.Initial(), func(w model.World) bool { return playTo(m, w, steps, p, design) })
}

// enabledAfter tells whether steps can be taken from some initial world, and then one more.
func enabledAfter(m *model.Model, steps []model.Step, last model.Step, design family.Cube) bool {
	return slices.ContainsFunc(m.Initial(), func(w model.World) bool {
		for _, s := range append(slices.Clone(steps), last) {
			if _, enabled := m.Take(&w, s, model.Under(design), nil); !enabled {
				return false
			}
		}
		return true
	})
}

// settled tells whether the steps can be taken from some initial world and nothing is owed then.
func settled(m *model.Model, steps []model.Step, design family.Cube) bool {
	ask := model.Under(design)
	return slices.ContainsFunc(m.Initial(), func(w model.World) bool {
		for _, s := range steps {
			if _, enabled := m.Take(&w, s, ask, nil); !enabled {
				return false
			}
		}
		return quiescent(m, w, ask)
	})
}
