package props

import (
	"context"
	"errors"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// TestRejections compares the list of errors with a plain walk through all worlds of one design after the other.
func TestRejections(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	bounds := model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 0, Faults: 1, Kills: 1}
	rejections, err := Rejections(t.Context(), a, bounds)
	if err != nil {
		t.Fatal(err)
	}
	for _, design := range sample(a, family.All, 60, 1) {
		seen := plainRejections(t, bounds, design)
		for _, r := range rejections {
			if got := a.Includes(r.Designs, design); got != seen[r.Cause] {
				t.Errorf("%s: %q is possible %t, and a plain walk says %t", model.Space.Format(design), r.Cause.Text(), got, seen[r.Cause])
			}
		}
	}
	for _, r := range rejections {
		if !a.Equivalent(r.Formula, r.Designs) {
			t.Errorf("%q: the formula is %s", r.Cause.Text(), a.Formula(r.Formula))
		}
		if n := len(r.Told); n == 0 || r.Asked != (n > 3) {
			t.Errorf("%q: asked %t in %d steps", r.Cause.Text(), r.Asked, n)
		}
	}
}

// plainRejections walks through all worlds of a design and returns the causes that promises are rejected with.
func plainRejections(t *testing.T, bounds model.Bounds, design family.Cube) map[model.Cause]bool {
	m, _ := mustModel(t, bounds)
	seen, known := map[model.Cause]bool{}, map[model.World]bool{}
	todo := m.Initial()
	for len(todo) > 0 {
		w := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if known[w] {
			continue
		}
		known[w] = true
		for _, s := range m.Steps(&w, nil) {
			next := w
			events, ok := m.Take(&next, s, model.Under(design), nil)
			if !ok {
				continue
			}
			for _, e := range events {
				if e.Kind == model.Rejected {
					seen[e.Cause] = true
				}
			}
			todo = append(todo, next)
		}
	}
	return seen
}

func TestRejectionsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, err := Rejections(ctx, family.NewAlgebra(model.Space), model.DefaultBounds)
	if r != nil || !errors.Is(err, explore.ErrInterrupted) {
		t.Errorf("got %v, %v", r, err)
	}
}
