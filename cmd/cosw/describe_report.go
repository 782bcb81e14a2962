package main

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file holds the sentences that are computed from a report, for text and for services alike.

// checked says which designs were checked.
func (r *report) checked() string {
	which := "all of them"
	if answered := model.Space.Answered(family.Cube(r.Scope)); answered != model.Space.Full() {
		which = model.Space.Format(answered)
	}
	return fmt.Sprintf("%s: %s", number(r.Designs), which)
}

// assumed says what was assumed, and what a design has to stand.
func (r *report) assumed() string {
	var given, open []string
	for _, a := range r.Assumptions {
		text := a.ID + "=" + strings.Join(a.Cases, "|")
		if a.open {
			open = append(open, text)
		} else {
			given = append(given, text)
		}
	}
	var parts []string
	if given != nil {
		parts = append(parts, strings.Join(given, ", "))
	} else {
		parts = append(parts, "nothing")
	}
	if open != nil {
		parts = append(parts, "a design has a property only if it has it in each case of "+strings.Join(open, ", "))
	}
	return strings.Join(parts, "; ")
}

// requiredProperties says what a design must have, and what was given up.
func (r *report) requiredProperties() string {
	var musts, wants, not []string
	for _, v := range r.Properties {
		switch {
		case !v.Required:
			not = append(not, v.ID)
		case v.Weight == props.Must:
			musts = append(musts, v.ID)
		case v.Weight == props.Want:
			wants = append(wants, v.ID)
		}
	}
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{len(musts), "must"}, {len(wants), "want"}} {
		if p.n > 0 {
			parts = append(parts, count(uint64(p.n), p.what))
		}
	}
	text := "nothing"
	if parts != nil {
		text = strings.Join(parts, " and ")
	}
	if not != nil {
		text += "; not " + strings.Join(not, ", ")
	}
	return text
}

// covered says what the search of a part covered, in figures that do not depend on how it was divided: cosw merge has the same.
func (c *coverage) covered() string {
	return fmt.Sprintf("%s pairs of a design and a world, depth %d", number(c.Pairs), c.Depth)
}

// allOfThem is what a term says that says no more than what holds for all designs in question.
const allOfThem = "every one of these designs"

// within writes a term as far as it says more than the scope does.
func (r *report) within(t cube) string {
	text := beside(family.Cube(t), family.Cube(r.Scope))
	if r.singleDesign() {
		return strings.TrimPrefix(text, model.Space.Format(model.Space.Full())+" ")
	}
	return text
}

// beside writes a term as far as it says more than one that holds for all designs in question.
func beside(t, said family.Cube) string {
	for q := range model.Space.Len() {
		if model.Space.Bits(t, q) == model.Space.Bits(said, q) {
			t = model.Space.Free(t, q)
		}
	}
	if t == model.Space.Full() {
		return allOfThem
	}
	return model.Space.Format(t)
}

// status says what a verdict is, on how many designs, and from which bounds on.
func (r *report) status(v *verdict) string {
	text := ""
	switch {
	case v.Status == props.Unknown:
		text = "UNKNOWN: no violation so far, but the search is not complete"
	case v.Status == props.Holds && v.lacks != "":
		text = "holds, but says nothing within these bounds: it takes " + v.lacks + " to see that " + v.applies
	case v.Status == props.Holds && v.Vacuous:
		text = "holds, but says nothing: it was never seen that " + v.applies
	case v.Status == props.Holds:
		text = "holds"
	case r.singleDesign():
		text = "VIOLATED"
	default:
		text = r.brokenBy(v)
	}
	if !v.Required {
		return text + "; a " + v.Weight.String() + ", not required"
	}
	return text + "; a " + v.Weight.String()
}

// brokenBy says how many designs break a property, and from which bounds on.
func (r *report) brokenBy(v *verdict) string {
	n := v.Violating.Designs
	text := fmt.Sprintf("broken by %s (%.0f %%)", count(n, "design"), 100*float64(n)/float64(r.Designs))
	switch {
	case !r.Complete:
		return text + " so far"
	case v.Since == nil: // bounds mean nothing to its part
		return text
	case *v.Since == r.Bounds:
		return text + ", first at " + v.Since.Short()
	}
	return text + ", the same from " + v.Since.Short() + " on"
}

// drawn says which random histories were judged.
func (s *sample) drawn() string {
	drawn := number(uint64(s.Histories))
	if s.Histories < s.Wanted {
		drawn = fmt.Sprintf("NOT COMPLETE: %s of %s", drawn, number(uint64(s.Wanted)))
	}
	return fmt.Sprintf("%s histories of %s steps in all, within %s (--seed %d)", drawn, number(uint64(s.Steps)), s.bounds, s.Seed)
}

// contradicted says whether random histories contradict the search.
func (s *sample) contradicted() string {
	switch {
	case len(s.New) > 0 && s.beyond:
		return "beyond these bounds, which are smaller than the default ones, more designs break " + strings.Join(s.New, ", ")
	case len(s.New) > 0:
		return "NEW EVIDENCE, the bounds of the search are too small for: " + strings.Join(s.New, ", ")
	}
	return "none breaks a property under a design that has it within the bounds of the search."
}

// missing says why something was never witnessed.
func (r *report) missing() string {
	if r.whole {
		return "VACUOUS: these bounds allow for, and never show,"
	}
	return "These answers rule out"
}

func (r *report) unseenSteps() string {
	var steps []string
	for _, k := range r.Unseen {
		steps = append(steps, model.Kind(k).Text())
	}
	return strings.Join(steps, "; ")
}

// beyond says, for each thing that the bounds lack, what they are too small for.
func (r *report) beyond() []string {
	var needs []string
	of := map[string][]string{}
	for _, b := range r.Beyond {
		what := "the premise of " + b.Premise
		if b.Step != 0 {
			what = model.Kind(b.Step).Text()
		}
		if of[b.Needs] == nil {
			needs = append(needs, b.Needs)
		}
		of[b.Needs] = append(of[b.Needs], what)
	}
	for i, n := range needs {
		needs[i] = fmt.Sprintf("it takes %s: %s", n, strings.Join(of[n], "; "))
	}
	return needs
}

// requirement writes how many properties are required.
func (r *report) requirement() string {
	n := r.required()
	if n == 1 {
		return "the required property"
	}
	return fmt.Sprintf("all %d required properties", n)
}

// sums writes sets of properties, each as what it takes together.
func sums(sets [][]string) []string {
	var all []string
	for _, set := range sets {
		all = append(all, strings.Join(set, " + "))
	}
	return all
}

// excludedBy writes the reasons that exclude an answer, and which of them say nothing else.
func (x *exclusion) excludedBy() []string {
	all := sums(x.Reasons)
	for i, text := range all {
		if slices.Contains(x.Restated, text) {
			all[i] += " (says just that)"
		}
	}
	return all
}

// costs writes what an answer breaks that best designs have all the same.
func (x *exclusion) costs() []string {
	var all []string
	for _, set := range x.Reasons {
		cost := strings.Join(set, ", ")
		if len(set) > 1 {
			cost = "one of " + cost
		}
		all = append(all, cost)
	}
	return all
}

// keeping says what of a conflict is kept where one of its properties is broken.
func (c *conflict) keeping(broken string) string {
	var kept []string
	for _, id := range c.Properties {
		if id != broken {
			kept = append(kept, id)
		}
	}
	return strings.Join(kept, " + ") + " kept"
}

// unattainable names the properties that no design has, whatever is assumed.
func (r *report) unattainable() []string {
	var all []string
	for _, c := range r.Conflicts {
		if len(c.Properties) == 1 {
			all = append(all, c.Properties[0])
		}
	}
	return all
}

// says writes what was given up, and what comes of that.
func (g *givenUp) says() string {
	text := strings.Join(g.Properties, ", ")
	if len(g.With) > 0 {
		text += ", and with it " + strings.Join(g.With, ", ")
	}
	var frees []string
	for _, c := range g.Frees {
		frees = append(frees, c.String())
	}
	text += ". That frees " + orNothing(frees, "no answer", ", ")
	switch {
	case len(g.Dissolves) > 0:
		text += ", and dissolves the conflict of " + strings.Join(sums(g.Dissolves), ", that of ")
	case len(frees) == 0:
		text += " and dissolves no conflict"
	}
	return text + "."
}

// orNothing joins texts; where there are none, it returns what to say instead.
func orNothing(all []string, nothing, separator string) string {
	if len(all) == 0 {
		return nothing
	}
	return strings.Join(all, separator)
}

// same names the properties of which one is named for several, as the same designs have them.
func (r *report) same() []string {
	var all []string
	for _, f := range r.Falls {
		if len(f.Same) > 0 {
			all = append(all, f.Property+" for "+strings.Join(f.Same, " and "))
		}
	}
	return all
}

// takes says which properties are given up with others.
func (r *report) takes() []string {
	var all []string
	for _, f := range r.Falls {
		if len(f.With) > 0 {
			all = append(all, f.Property+" takes "+strings.Join(f.With, ", "))
		}
	}
	return all
}

// brokenRequired names the required properties that some design breaks.
func (r *report) brokenRequired() []string {
	var all []string
	for _, v := range r.Properties {
		if v.Required && v.Status == props.Violated {
			all = append(all, v.ID)
		}
	}
	return all
}

func has(designs uint64) string {
	if designs == 1 {
		return "has"
	}
	return "have"
}

func are(designs uint64) string {
	if designs == 1 {
		return "1 design is"
	}
	return count(designs, "design") + " are"
}

func properties(n uint64) string {
	if n == 1 {
		return "1 property"
	}
	return number(n) + " properties"
}
