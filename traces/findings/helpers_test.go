package findings

import (
	"context"
	"sync"
	"testing"

	"cosw/linearize"
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/infer"
	"cosw/traces/lab/conform"
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

// withToday is the text as the tree has it, but for the search within larger bounds.
func withToday(t *testing.T) string {
	t.Helper()
	browsers, err := infer.Today(t.Context(), linearize.Kept()...)
	if err != nil {
		t.Fatal(err)
	}
	running, err := conform.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return text(t, whole(), Options{Today: infer.Column(browsers), Running: running})
}

// turned returns evidence of a model in which other designs break some properties, as far as verdicts go.
func turned(violating map[string]family.Set) *evidence {
	e := weigh(turnedReport(violating))
	e.rejections = whole().rejections
	return e
}

// turnedReport returns the report of that model.
func turnedReport(violating map[string]family.Set) *props.Report {
	report := *whole().Report
	report.Verdicts = append(report.Verdicts[:0:0], report.Verdicts...)
	report.Good = report.Algebra.InSome(report.Scope)
	for i := range report.Verdicts {
		v := &report.Verdicts[i]
		if broken, ok := violating[v.Property.ID]; ok {
			v.Violating = broken
			v.Formula, v.Designs = report.Algebra.Cover(broken), report.Algebra.Count(report.Algebra.InSome(broken))
		}
		report.Good = report.Algebra.Minus(report.Good, report.Algebra.InSome(v.Violating))
	}
	return &report
}

// without returns a model in which no design breaks any of some properties.
func without(ids ...string) map[string]family.Set {
	violating := map[string]family.Set{}
	for _, id := range ids {
		violating[id] = family.None
	}
	return violating
}
