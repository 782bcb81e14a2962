package props

import (
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// savedReport returns what is left of a report after it was written to a file.
func savedReport(t *testing.T, r *Report) *Report {
	t.Helper()
	saved, err := r.Save()
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(saved)
	if err != nil {
		t.Fatal(err)
	}
	var read Saved
	if err := json.Unmarshal(data, &read); err != nil {
		t.Fatal(err)
	}
	back, err := read.Report()
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// TestSaved: a report that was saved says of the whole family what the search says, and of each term.
func TestSaved(t *testing.T) {
	r := defaultReport()
	back := savedReport(t, r)
	if !reflect.DeepEqual(back.Stand(), r.Stand()) {
		t.Error("questions stand in another way")
	}
	if !reflect.DeepEqual(back.Conflicts(), r.Conflicts()) {
		t.Error("there are other conflicts")
	}
	if was, is := r.Algebra.Count(r.Good), back.Algebra.Count(back.Good); was != is {
		t.Errorf("%d designs are good, and were %d", is, was)
	}
	for i := range r.Verdicts {
		was, is := &r.Verdicts[i], &back.Verdicts[i]
		if is.Status != was.Status || is.Designs != was.Designs || is.Since.Format() != was.Since.Format() || !reflect.DeepEqual(is.Formula, was.Formula) {
			t.Errorf("%s: the verdict is another one", was.Property.ID)
		}
		if got, want := lengths(back.Explain(is)), lengths(r.Explain(was)); !maps.Equal(got, want) {
			t.Errorf("%s is explained by longer traces", was.Property.ID)
		}
	}
}

// lengths returns the terms of all evidence, each with the length of its shortest counterexample.
func lengths(all []Evidence) map[family.Cube]int {
	shortest := map[family.Cube]int{}
	for _, e := range all {
		shortest[e.Term] = len(e.Counterexamples[0].Told)
	}
	return shortest
}

// TestSavedTraces: whatever designs one asks about, the traces that were saved have a shortest one for them, and pairs that go
// as the search's do.
func TestSavedTraces(t *testing.T) {
	r := defaultReport()
	back := savedReport(t, r)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range r.Verdicts {
		for range 20 {
			c := randomCube(random)
			was, found := r.Shortest(&r.Verdicts[i], r.Algebra.Cube(c))
			is, ok := back.Shortest(&back.Verdicts[i], back.Algebra.Cube(c))
			if found != ok || len(was.Told) != len(is.Told) {
				t.Fatalf("%s: a shortest trace within %s has %d steps, and one of %d was saved", r.Verdicts[i].Property.ID,
					model.Space.Format(c), len(was.Told), len(is.Told))
			}
		}
	}
	for _, q := range model.Questions() {
		for _, answer := range q.Answers() {
			was, is := r.Pairs(q, answer, family.All), back.Pairs(q, answer, family.All)
			if len(was) != len(is) {
				t.Fatalf("%s=%s: %d pairs, and %d from what was saved", q.ID(), answer, len(was), len(is))
			}
			// Of several shortest traces another one may have been saved, so that the schedule of another pair can happen whole: those
			// come first.
			for _, w := range was {
				same := func(i Pair) bool {
					return i.Property.ID == w.Property.ID && i.Right == w.Right && len(i.WrongTold) == len(w.WrongTold) && i.Contexts == w.Contexts
				}
				if !slices.ContainsFunc(is, same) {
					t.Errorf("%s=%s, %s: another pair", q.ID(), answer, w.Property.ID)
				}
			}
		}
	}
}

// randomCube leaves out some answers to some questions.
func randomCube(random *rand.Rand) family.Cube {
	c := model.Space.Full()
	for q := range model.Space.Len() {
		if random.IntN(4) != 0 {
			continue
		}
		n := len(model.Space.Question(q).Answers)
		c = c.And(model.Space.Literal(q, random.Perm(n)[:1+random.IntN(n-1)]...))
	}
	return c
}

// TestWithin: what a report says of a part of the family is what a search of that part finds.
func TestWithin(t *testing.T) {
	notRaced(t)
	r := defaultReport()
	random := rand.New(rand.NewPCG(5, 6))
	for range 6 {
		c := randomCube(random)
		searched := mustCheck(t, Options{Bounds: model.DefaultBounds, Scope: c})
		within := r.Within(c)
		if !reflect.DeepEqual(within.Stand(), searched.Stand()) || !reflect.DeepEqual(within.Conflicts(), searched.Conflicts()) {
			t.Errorf("%s: another standing", model.Space.Format(c))
		}
		for i := range searched.Verdicts {
			was, is := &searched.Verdicts[i], &within.Verdicts[i]
			if is.Status != was.Status || is.Designs != was.Designs || !reflect.DeepEqual(r.Algebra.Cover(is.Violating), was.Formula) {
				t.Errorf("%s: another verdict on %s", model.Space.Format(c), was.Property.ID)
			}
		}
	}
}

// TestTrim: what a report says of parts of the family, and without some properties, does not depend on what was asked before and
// then forgotten, and its memory does not grow with the questions.
func TestTrim(t *testing.T) {
	const nodes = 1 << 15
	r := defaultReport()
	back := savedReport(t, r)
	random := rand.New(rand.NewPCG(7, 8))
	trimmed, most := 0, 0
	for n := range 60 {
		before := back.Algebra.Nodes()
		did := back.Trim(nodes)
		if did {
			trimmed++
		}
		if is := back.Algebra.Nodes() < before; is != did {
			t.Errorf("%d nodes of %d are left, and Trim reports %v", back.Algebra.Nodes(), before, did)
		}
		c, id := randomCube(random), back.Verdicts[random.IntN(len(back.Verdicts))].Property.ID
		if n%3 == 0 {
			c = model.Space.Assumed(c)
		}
		is := back.Within(c).GivingUp([]string{id})
		is.Stand()
		if n%10 == 0 {
			was := r.Within(c).GivingUp([]string{id})
			if !reflect.DeepEqual(is.Stand(), was.Stand()) || !reflect.DeepEqual(is.Conflicts(), was.Conflicts()) {
				t.Errorf("%s without %s: another standing", model.Space.Format(c), id)
			}
		}
		most = max(most, back.Algebra.Nodes()-before)
	}
	if trimmed < 5 || back.Algebra.Nodes() > back.nodes+nodes+most {
		t.Errorf("trimmed %d times, to %d nodes in the end", trimmed, back.Algebra.Nodes())
	}
}

// TestNotSaved: what is only a part of a report cannot be saved, and what the model does not have is not read.
func TestNotSaved(t *testing.T) {
	part := mustCheck(t, Options{Bounds: noFaults, Scope: parse(t, "close=none")})
	if _, err := part.Save(); !errors.Is(err, ErrNotSaved) {
		t.Errorf("a part of the family: %v", err)
	}
	stopped := mustCheck(t, Options{Bounds: noFaults, Scope: model.Space.Full(), Limits: explore.Limits{Worlds: 10}})
	if _, err := stopped.Save(); !errors.Is(err, ErrNotSaved) {
		t.Errorf("a search that was stopped: %v", err)
	}
	whole := mustCheck(t, Options{Bounds: onePage, Scope: model.Space.Full()})
	for _, row := range []struct {
		why   string
		spoil func(*Saved)
	}{
		{"a property that is gone", func(s *Saved) { s.Verdicts[0].Property = "no-such" }},
		{"a step that is gone", func(s *Saved) { s.Verdicts[0].Traces[0].Steps[0] = "p9 connect c9" }},
		{"a start that is gone", func(s *Saved) { s.Verdicts[0].Traces[0].Start = "elsewhere" }},
		{"a part that is gone", func(s *Saved) { s.Parts[0].Part = "elsewhere" }},
		{"a question that is gone", func(s *Saved) { s.Sets.Nodes[0] = 200 }},
		{"a set that is gone", func(s *Saved) { s.Sets.Sets = s.Sets.Sets[:3] }},
		{"bounds that cannot be", func(s *Saved) { s.Bounds.Pages = 99 }},
	} {
		saved, err := whole.Save()
		if err != nil {
			t.Fatal(err)
		}
		row.spoil(saved)
		if _, err := saved.Report(); err == nil {
			t.Errorf("%s is not noticed", row.why)
		}
	}
}
