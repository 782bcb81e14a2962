package findings

import (
	"context"
	"sync"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// whole is the evidence within the default bounds, without the search within larger ones, which takes seconds. It is for
// tests that do not run in parallel: an algebra is not for concurrent use.
var whole = sync.OnceValue(func() *evidence {
	report, err := check(context.Background(), Options{}, model.DefaultBounds, histories)
	if err != nil {
		panic(err)
	}
	e, err := conclude(context.Background(), report)
	if err != nil {
		panic(err)
	}
	return e
})

// text returns what is written from evidence.
func text(t *testing.T, e *evidence, o Options) string {
	t.Helper()
	b, err := e.write(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// turned returns evidence of a model in which other designs break a property, as far as verdicts go.
func turned(t *testing.T, property string, violating family.Set) *evidence {
	t.Helper()
	e := turnedOnly(property, violating)
	e.settled = e.Settle()
	e.recommended = e.recommend()
	return e
}

// turnedOnly returns no more of it than conditions need: of what is settled, which answers survive.
func turnedOnly(property string, violating family.Set) *evidence {
	report := *whole().Report
	report.Verdicts = append(report.Verdicts[:0:0], report.Verdicts...)
	report.Good = report.Scope
	for i := range report.Verdicts {
		v := &report.Verdicts[i]
		if v.Property.ID == property {
			v.Violating = violating
			v.Formula, v.Designs = report.Algebra.Cover(violating), report.Algebra.Count(violating)
		}
		report.Good = report.Algebra.Minus(report.Good, v.Violating)
	}
	e := &evidence{Report: &report, rejections: whole().rejections}
	for _, q := range model.Questions() {
		s := props.Settlement{Question: q}
		for _, a := range q.Answers() {
			if report.Algebra.Restrict(report.Good, model.Where(q, a)) != family.None {
				s.Survive = append(s.Survive, a)
			}
		}
		e.settled = append(e.settled, s)
	}
	return e
}
