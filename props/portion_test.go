package props

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// portions searches a family in n parts, and returns what is left of them after they were written to files.
func portions(t *testing.T, o Options, n int) (all []*Portion) {
	t.Helper()
	parts, err := Divide(o.Scope, n)
	if err != nil {
		t.Fatal(err)
	}
	whole := o.Scope
	for i, cube := range parts {
		o.Scope = cube
		p, err := mustCheck(t, o).Portion(whole, i+1, n)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var read Portion
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		all = append(all, &read)
	}
	return all
}

// TestPortions: parts that are put together in any order say what a search of the whole does: verdicts, terms and traces.
func TestPortions(t *testing.T) {
	notRaced(t)
	for _, row := range []struct {
		why string
		o   Options
		n   int
	}{
		{"the whole family, in parts that are not of one size", Options{Bounds: noFaults, Scope: model.Space.Full(), Histories: 200, Seed: 1}, 5},
		{"one part", Options{Bounds: noFaults, Scope: model.Space.Full()}, 1},
		{"a part of the family in one environment", Options{Bounds: noFaults, Scope: parse(t, "page-notice=none,scripts=may-hang")}, 3},
		{"some properties", Options{Bounds: noFaults, Scope: model.Space.Full(), Properties: []string{"delivers", "match-pinned", "presence-hidden"}}, 4},
	} {
		want := mustCheck(t, row.o)
		all := portions(t, row.o, row.n)
		slices.Reverse(all)
		joined, err := Join(all)
		if err != nil {
			t.Fatalf("%s: %v", row.why, err)
		}
		got, err := joined.Check(t.Context(), row.o)
		if err != nil {
			t.Fatalf("%s: %v", row.why, err)
		}
		if !got.Complete() || !reflect.DeepEqual(got.Unseen, want.Unseen) || !reflect.DeepEqual(got.BeyondBounds, want.BeyondBounds) || !reflect.DeepEqual(got.Random, want.Random) {
			t.Errorf("%s: other findings beside the verdicts", row.why)
		}
		for i := range want.Coverage {
			if g, w := got.Coverage[i], want.Coverage[i]; g.Pairs != w.Pairs || g.Depth != w.Depth {
				t.Errorf("%s: %s covers %d pairs, depth %d, and not %d, depth %d", row.why, w.Part, g.Pairs, g.Depth, w.Pairs, w.Depth)
			}
		}
		for i := range want.Verdicts {
			g, w := &got.Verdicts[i], &want.Verdicts[i]
			if g.Status != w.Status || g.Designs != w.Designs || g.Vacuous != w.Vacuous || g.Lacks != w.Lacks || g.Since != w.Since || !reflect.DeepEqual(g.Formula, w.Formula) {
				t.Errorf("%s: %s has another verdict", row.why, w.Property.ID)
			}
			if !reflect.DeepEqual(got.Explain(g), want.Explain(w)) {
				t.Errorf("%s: %s is explained by other traces", row.why, w.Property.ID)
			}
		}
		if !reflect.DeepEqual(got.Stand(), want.Stand()) || !reflect.DeepEqual(got.Conflicts(), want.Conflicts()) {
			t.Errorf("%s: questions stand in another way", row.why)
		}
		searched, different := joined.Worlds()
		if w := want.Coverage[0].Worlds; row.o.Properties == nil && (searched < w || math.Abs(float64(different)-float64(w)) > 0.1*float64(w)) {
			t.Errorf("%s: %d worlds were searched, about %d different ones, and there are %d", row.why, searched, different, w)
		}
	}
}

// TestNoMoreWorldsThanSearched: however the sample falls, no more worlds differ than were searched.
func TestNoMoreWorldsThanSearched(t *testing.T) {
	p := &Portion{Models: []PortionModel{{Model: Lifecycle.String(), Worlds: 2000}}}
	for hash := range uint64(sampled) {
		p.Sample = append(p.Sample, hash) // as small as those of very many worlds
	}
	if searched, different := (&Portions{all: []*Portion{p}}).Worlds(); searched != 2000 || different != 2000 {
		t.Errorf("%d worlds of %d differ", different, searched)
	}
}

// TestMissingParts: of a thousand parts, those that are missing are told in a line.
func TestMissingParts(t *testing.T) {
	for want, parts := range map[string][]int{
		"part 3 is missing":                           {3},
		"parts 2, 3 are missing":                      {2, 3},
		"parts 2 to 4 are missing":                    {2, 3, 4},
		"parts 1, 3 to 6, 8, 9, 16 to 18 are missing": {1, 3, 4, 5, 6, 8, 9, 16, 17, 18},
	} {
		if got := (&MissingError{parts}).Error(); got != want {
			t.Errorf("%v: %q, want %q", parts, got, want)
		}
	}
}

// TestMissingPortions: without one part nothing is proven, and what others found is broken all the same.
func TestMissingPortions(t *testing.T) {
	all := portions(t, Options{Bounds: noFaults, Scope: model.Space.Full()}, 4)
	joined, err := Join([]*Portion{all[2], all[0]})
	if err != nil {
		t.Fatal(err)
	}
	r, err := joined.Check(t.Context(), Options{Histories: 100, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var missing *MissingError
	if !errors.As(r.Stopped, &missing) || !slices.Equal(missing.Parts, []int{2, 4}) || r.Random != nil {
		t.Errorf("it was stopped by %v", r.Stopped)
	}
	counts := map[Status]int{}
	for i := range r.Verdicts {
		counts[r.Verdicts[i].Status]++
	}
	if counts[Holds] > 0 || counts[Violated] == 0 || counts[Unknown] == 0 {
		t.Errorf("the verdicts are %v", counts)
	}
}

// TestNoPortions: what are not parts of one check is refused, and what does not come from a search.
func TestNoPortions(t *testing.T) {
	o := Options{Bounds: noFaults, Scope: model.Space.Full(), Properties: []string{"delivers"}}
	all := portions(t, o, 2)
	for _, row := range []struct {
		why   string
		spoil func(*Portion)
		says  string
	}{
		{"other bounds", func(p *Portion) { p.Bounds.Messages = 2 }, "within"},
		{"another family", func(p *Portion) { p.Family = "close=none" }, "one of 2 of"},
		{"another division", func(p *Portion) { p.Of = 3 }, "one of 3 of"},
		{"other properties", func(p *Portion) { p.Properties = []string{"settles"} }, "other properties"},
		{"other designs than the part has", func(p *Portion) { p.Holds = "close=none" }, "is not close=none"},
		{"a part twice", func(p *Portion) { *p = *all[0] }, "twice"},
		{"a part that there is not", func(p *Portion) { p.Part = 9 }, "part 9"},
		{"a model that is gone", func(p *Portion) { p.Models[0].Model = "elsewhere" }, "it lacks"},
		{"a property that is gone", func(p *Portion) { p.Models[0].Verdicts[0].Property = "settles" }, "set is missing"},
		{"a set that is gone", func(p *Portion) { p.Sets.Sets = p.Sets.Sets[:1] }, "set is missing"},
		{"designs of another part", func(p *Portion) { p.Sets = claiming(t, p, all[0].Holds) }, "not in it"},
		{"nodes that are none", func(p *Portion) { p.Sets.Nodes[0] = 200 }, "part 2"},
	} {
		data, _ := json.Marshal(all[1])
		spoilt := &Portion{}
		if err := json.Unmarshal(data, spoilt); err != nil {
			t.Fatal(err)
		}
		row.spoil(spoilt)
		joined, err := Join([]*Portion{all[0], spoilt})
		if err == nil {
			_, err = joined.Check(t.Context(), Options{})
		}
		if err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", row.why, err)
		}
	}
	if _, err := Join(nil); err == nil {
		t.Error("no parts are put together")
	}
	stopped := mustCheck(t, Options{Bounds: noFaults, Scope: model.Space.Full(), Limits: explore.Limits{Worlds: 10}})
	if _, err := stopped.Portion(model.Space.Full(), 1, 1); !errors.Is(err, ErrNoPortion) {
		t.Errorf("a search that was stopped: %v", err)
	}
	// A design that does not break the property, after as many steps as another one: there is no trace to be found.
	all[1].Sets = claiming(t, all[1], all[1].Holds)
	joined, err := Join(all)
	if err != nil {
		t.Fatal(err)
	}
	r, err := joined.Check(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if p, ok := recover().(error); !ok || !errors.Is(p, explore.ErrUnfounded) {
			t.Errorf("a verdict that no search had: %v", p)
		}
	}()
	r.Explain(r.Verdict("delivers"))
	t.Error("a verdict that no search had is explained")
}

// claiming returns sets as a part has them, each with all designs of a cube, so that nothing livelocks.
func claiming(t *testing.T, p *Portion, cube string) family.Written {
	t.Helper()
	a := family.NewAlgebra(model.Space)
	sets := make([]family.Set, len(p.Sets.Sets))
	for i := range sets[:len(sets)-1] {
		sets[i] = a.Cube(parse(t, cube))
	}
	return a.Write(sets)
}
