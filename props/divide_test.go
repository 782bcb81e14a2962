package props

import (
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// TestDivide: parts have no design in common, and together all of the family, however many there are and whatever it leaves open.
func TestDivide(t *testing.T) {
	for _, scope := range []string{"", "suspend=wake|reaccept", "same-origin=ask,suspend=sever", "scripts=answer"} {
		whole := parse(t, scope)
		for _, n := range []int{1, 2, 3, 4, 5, 7, 16, 64, 100} {
			parts, err := Divide(whole, n)
			if err != nil || len(parts) != n {
				t.Fatalf("%q into %d: %d parts, %v", scope, n, len(parts), err)
			}
			a := family.NewAlgebra(model.Space)
			union, sum := family.None, uint64(0)
			for _, p := range parts {
				union = a.Union(union, a.Cube(p))
				sum += model.Space.Count(p)
			}
			if union != a.Cube(whole) || sum != model.Space.Count(whole) {
				t.Errorf("%q into %d: the parts are not the whole, or have designs in common", scope, n)
			}
		}
	}
	single := family.Cube{}
	for d := range family.NewAlgebra(model.Space).Designs(family.All) {
		single = d
		break
	}
	for _, row := range []struct {
		why   string
		scope family.Cube
		n     int
	}{
		{"no part", model.Space.Full(), 0},
		{"too many parts", model.Space.Full(), MostPortions + 1},
		{"a single design", single, 2},
	} {
		if _, err := Divide(row.scope, row.n); err == nil {
			t.Errorf("%s: no error", row.why)
		}
	}
}

// TestDividing: along the first question the parts have less in common than along another one that has as many answers.
func TestDividing(t *testing.T) {
	steps := func(q model.Question) (sum uint64) {
		for _, answer := range q.Answers() {
			r := mustCheck(t, Options{Bounds: noFaults, Scope: model.Where(q, answer), Properties: []string{"settles"}})
			sum += r.Coverage[0].Transitions
		}
		return sum
	}
	first := dividing[0]
	for _, q := range []model.Question{model.Update, model.Frozen, model.Client} {
		if len(q.Answers()) >= len(first.Answers()) && steps(q) <= steps(first) {
			t.Errorf("the answers to %s have less in common than those to %s", q.ID(), first.ID())
		}
	}
}
