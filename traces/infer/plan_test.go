package infer

import (
	"testing"
	"time"

	"cosw/model"
	"cosw/model/family"
)

func TestPlanX(t *testing.T) {
	a := family.NewAlgebra(model.Space)
	now := time.Now()
	es, err := Experiments(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(now))
	p, err := MakePlan(t.Context(), a, es)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(now))
	for _, e := range p.Experiments {
		t.Log(e.Name, e.About)
	}
	for _, x := range p.Tells {
		for _, y := range x.Pairs {
			t.Log(x.Question.ID(), y.True, y.Other, y.All, a.Formula(a.Cover(y.Where)))
		}
	}
}
