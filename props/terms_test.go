package props

import (
	"math/rand/v2"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

// terms returns the terms of a formula for the designs of x, and of one for all others.
func terms(a *family.Algebra, x family.Set) (inside, outside []family.Cube) {
	return a.Cover(x).Terms, a.Cover(a.Complement(x)).Terms
}

// TestTerms searches terms of every formula, and terms of a formula for the other designs, by themselves: what breaks a
// property and what has it are found independently, and together they are the family. Which terms are searched is drawn, but
// for COSW_LARGE, where all are.
func TestTerms(t *testing.T) {
	notRaced(t)
	t.Parallel()
	bounds := onePage
	if testing.Short() {
		bounds.Versions = 1
	}
	a := family.NewAlgebra(model.Space)
	whole := lifecycleRun(t, a, bounds, model.Space.Full(), nil)
	known := map[family.Cube]*searched{}
	r := rand.New(rand.NewPCG(4, 0))
	const of = 24
	searches := 0
	alone := func(scope family.Cube) *searched { // nil for what was not drawn
		if _, drawn := known[scope]; !drawn {
			known[scope] = nil
			if r.IntN(of) < golden.Fewer(of) {
				known[scope] = lifecycleRun(t, a, bounds, scope, nil)
				searches++
			}
		}
		return known[scope]
	}
	for i, p := range lifecycleProperties {
		violating, holding := family.None, family.None
		inside, outside := terms(a, whole.marked(i))
		for _, term := range inside {
			if s := alone(term); s != nil && s.marked(i) != a.Cube(term) {
				t.Errorf("%s: searched alone, %d of the %d designs with %s break it", p.ID,
					a.Count(s.marked(i)), model.Space.Count(term), model.Space.Format(term))
			}
			violating = a.Union(violating, a.Cube(term))
		}
		for _, term := range outside {
			if s := alone(term); s != nil && s.marked(i) != family.None {
				t.Errorf("%s: searched alone, %d designs with %s break it", p.ID, a.Count(s.marked(i)), model.Space.Format(term))
			}
			holding = a.Union(holding, a.Cube(term))
		}
		if a.Intersect(violating, holding) != family.None || a.Union(violating, holding) != family.All {
			t.Errorf("%s: %d designs break it and %d have it, of %d", p.ID, a.Count(violating), a.Count(holding), model.Space.Size())
		}
	}
	if t.Logf("%d of %d terms searched", searches, len(known)); searches < 40 && !testing.Short() {
		t.Errorf("%d searches: too few for this to be a test", searches)
	}
}

// TestScopesAgree checks that a search of some designs finds for them what the search of the whole family finds, for all
// properties: within the bounds that users check, for scopes drawn from the terms of the formulas and beside them.
func TestScopesAgree(t *testing.T) {
	notRaced(t)
	t.Parallel()
	whole := mustCheck(t, Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	var scopes []family.Cube
	for i := range whole.Verdicts {
		inside, outside := terms(whole.Algebra, whole.Verdicts[i].Violating)
		scopes = append(scopes, inside...)
		scopes = append(scopes, outside...)
	}
	r := rand.New(rand.NewPCG(2, 0))
	for range golden.Fewer(3) {
		scope := scopes[r.IntN(len(scopes))]
		part := mustCheck(t, Options{Bounds: model.DefaultBounds, Scope: scope})
		if part.Algebra.Count(part.Good) != whole.Algebra.Count(whole.Algebra.Restrict(whole.Good, scope)) {
			t.Errorf("%s: %d good designs", model.Space.Format(scope), part.Algebra.Count(part.Good))
		}
		for i := range part.Verdicts {
			v := &part.Verdicts[i]
			want := whole.Algebra.Restrict(whole.Verdicts[i].Violating, scope)
			if got := part.Algebra.Formula(v.Formula); got != whole.Algebra.Formula(whole.Algebra.Cover(want)) {
				t.Errorf("%s under %s: broken by %s, and as a part of the family by %s", v.Property.ID,
					model.Space.Format(scope), got, whole.Algebra.Formula(whole.Algebra.Cover(want)))
			}
			if status := map[bool]Status{true: Violated, false: Holds}[want != family.None]; v.Status != status {
				t.Errorf("%s under %s: status %d, want %d", v.Property.ID, model.Space.Format(scope), v.Status, status)
			}
		}
	}
}
