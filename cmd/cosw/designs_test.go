package main

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// TestDesignsOneByOne: what is told of a design that leaves a question open is what its designs show when each is checked
// alone: a property is kept if all have it, broken if none has, and the terms hold exactly the designs that break it.
func TestDesignsOneByOne(t *testing.T) {
	preset, err := findDesign("chromium-2015", streams{}) // leaves interrupt-again open, which cannot come up
	if err != nil {
		t.Fatal(err)
	}
	proposal, err := findDesign("testdata/proposal.design", streams{})
	if err != nil {
		t.Fatal(err)
	}
	other := model.Where(model.Suspend, model.Sever, model.Wake).And(model.Where(model.Update, model.Transfer, model.Reaccept))
	for _, q := range []model.Question{model.Suspend, model.Update} {
		proposal.design = model.Space.Replace(proposal.design, int(q), other)
	}
	c := &comparison{Bounds: model.DefaultBounds, Designs: []comparedDesign{preset, proposal}}
	if err := c.judge(t.Context(), newProgress(t.Output())); err != nil {
		t.Fatal(err)
	}
	seen := map[fate]bool{}
	for i, d := range c.Designs {
		singles := designsOf(d.design)
		reports := make([]*props.Report, len(singles))
		for j, single := range singles {
			if reports[j], err = props.Check(t.Context(), props.Options{Bounds: model.DefaultBounds, Scope: single}); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range c.Properties {
			o := p.Under[i]
			seen[o.Is] = true
			broken := 0
			for j, single := range singles {
				breaks := reports[j].Verdict(p.ID).Status == props.Violated
				if breaks {
					broken++
				}
				within := slices.ContainsFunc(o.Where, func(term cube) bool { return !model.Space.IsEmpty(single.And(family.Cube(term))) })
				if breaks != within {
					t.Errorf("%s under %s: broken is %v, and in a term is %v", p.ID, model.Space.Format(single), breaks, within)
				}
			}
			want := differs
			switch broken {
			case 0:
				want = keeps
			case len(singles):
				want = breaks
			}
			if o.Is != want {
				t.Errorf("%s of %s %s, and %d of %d designs break it", p.ID, d.Name, o.Is, broken, len(singles))
			}
		}
	}
	for _, is := range []fate{keeps, breaks, differs} {
		if !seen[is] {
			t.Errorf("no property %s", is)
		}
	}
}

// designsOf returns the designs of a partial one, each with all assumptions open.
func designsOf(c family.Cube) []family.Cube {
	all := []family.Cube{c}
	for _, q := range model.Questions() {
		var next []family.Cube
		for _, d := range all {
			for a := range model.Space.Answers(d, int(q)) {
				next = append(next, model.Space.With(d, int(q), a))
			}
		}
		all = next
	}
	return all
}
