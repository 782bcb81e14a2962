package main

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file holds the sentences that are computed from a report, for text and for services alike.

// checked says which designs were checked.
func (r *report) checked() string {
	which := "all of them"
	if !r.whole {
		which = r.Scope.String()
	}
	return fmt.Sprintf("%s: %s", number(r.Designs), which)
}

// covered says what the search of a part covered.
func (c *coverage) covered() string {
	return fmt.Sprintf("%s worlds, %s steps, %s pairs of a design and a world, depth %d",
		number(c.Worlds), number(c.Transitions), number(c.Pairs), c.Depth)
}

// within writes a term as far as it says more than the scope does.
func (r *report) within(t cube) string {
	c := family.Cube(t)
	for _, q := range model.Questions() {
		if model.Space.Bits(c, int(q)) == model.Space.Bits(family.Cube(r.Scope), int(q)) {
			c = model.Space.Free(c, int(q))
		}
	}
	if c == model.Space.Full() {
		return "every one of these designs"
	}
	return model.Space.Format(c)
}

// status says what a verdict is, on how many designs, and from which bounds on.
func (r *report) status(v *verdict) string {
	text := ""
	switch {
	case v.Status == props.Unknown:
		text = "UNKNOWN: no violation so far, but the search is not complete"
	case v.Status == props.Holds && v.Vacuous:
		text = "holds, but says nothing: it was never seen that " + v.applies
	case v.Status == props.Holds:
		text = "holds"
	case r.oneDesign():
		text = "VIOLATED"
	default:
		text = r.brokenBy(v)
	}
	if !v.Required {
		text += ", not required"
	}
	return text
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
	return fmt.Sprintf("%s histories of %s steps in all, within %s (--seed %d)",
		number(uint64(s.Histories)), number(uint64(s.Steps)), s.bounds, s.Seed)
}

// contradicted says whether random histories contradict the search.
func (s *sample) contradicted() string {
	if len(s.New) > 0 {
		return "NEW EVIDENCE, the bounds of the search are too small for: " + strings.Join(s.New, ", ")
	}
	return "none breaks a property under a design that has it within the bounds of the search."
}

// missing says why something was never witnessed.
func (r *report) missing() string {
	if r.whole {
		return "VACUOUS: these bounds never show"
	}
	return "These answers or bounds rule out"
}

func (r *report) unseenSteps() string {
	var steps []string
	for _, k := range r.Unseen {
		steps = append(steps, model.Kind(k).Text())
	}
	return strings.Join(steps, "; ")
}

// requirement writes how many properties are required.
func (r *report) requirement() string {
	n := r.required()
	if n == 1 {
		return "the required property"
	}
	return fmt.Sprintf("all %d required properties", n)
}

// conflictList writes sets of properties: alternatives, each of which suffices.
func conflictList(sets [][]string) string {
	var all []string
	for _, set := range sets {
		all = append(all, strings.Join(set, " + "))
	}
	return strings.Join(all, " | ")
}
