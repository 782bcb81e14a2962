package main

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model/family"
	"cosw/props"
)

// This file lays out the opening of a report: the verdict, in about as many lines as a terminal shows at once.

// opening says how the questions stand, what cannot be had together, and how many designs are left.
func (t *textReport) opening() (b block) {
	switch {
	case !t.Complete:
		b.wrap("", fmt.Sprintf("NOT COMPLETE: %s. What holds so far is unknown.", t.Stopped))
		if broken := t.brokenRequired(); broken != nil {
			b.wrap("Broken so far: ", strings.Join(broken, ", "))
		}
	case t.singleDesign():
		b.add(t.ofDesign())
	default:
		b.add(t.ofFamily())
	}
	b.printf("")
	return b
}

// ofDesign says what a single design breaks.
func (t *textReport) ofDesign() (b block) {
	if t.Good.Designs > 0 {
		b.wrap("", fmt.Sprintf("The design has %s, within %s.", t.requirement(), t.Bounds))
		return b
	}
	b.wrap("VIOLATED  ", "the design breaks "+strings.Join(t.brokenRequired(), ", "))
	b.wrap("", "To accept that, name them after --give-up, separated by commas.")
	return b
}

// ofFamily says what is settled, and what is not.
func (t *textReport) ofFamily() (b block) {
	b.wrap("", t.title())
	if t.GivenUp != nil {
		b.wrap("Given up: ", t.GivenUp.says())
	}
	b.listed("Firm, whichever single property is given up, and whatever is assumed", t.standing(props.IsFirm, (*question).left))
	b.listed("Settled by all properties together; it gives way (without this property, or if that is assumed)", t.standing(props.IsSettled, (*question).leftUnless))
	b.section("A trade-off, where each answer costs something (this property)", t.standing(props.IsTradeOff, (*question).prices))
	b.listed("A matter of taste, as nothing is lost whatever the answer is", t.standing(props.IsTaste, func(q *question) string { return q.ID }))
	b.section("Cannot be had together", t.clashes())
	if alone := t.unattainable(); alone != nil {
		b.wrap("Broken by every design: ", strings.Join(alone, ", "))
	}
	if t.Good.Designs > 0 {
		b.wrap("", fmt.Sprintf("%s of %s %s %s.", number(t.Good.Designs), count(t.Designs, "design"), has(t.Good.Designs), t.requirement()))
	} else {
		b.wrap("", fmt.Sprintf("No design of %s has %s; %s best.", number(t.Designs), t.requirement(), are(t.best)))
	}
	return b
}

// title says what the opening is about.
func (t *textReport) title() string {
	open := 0
	for i := range t.Questions {
		if t.Questions[i].Firmness != props.IsFixed {
			open++
		}
	}
	return fmt.Sprintf("%s, %s; exact within %s", count(uint64(open), "open question"), properties(t.required()), t.Bounds)
}

// standing writes the questions of a firmness, each in its own way.
func (t *textReport) standing(f props.Firmness, write func(*question) string) []string {
	var all []string
	for i := range t.Questions {
		if q := &t.Questions[i]; q.Firmness == f {
			all = append(all, write(q))
		}
	}
	return all
}

// listed adds a heading with texts side by side, and nothing where there are none.
func (b *block) listed(heading string, texts []string) {
	if texts != nil {
		b.section(heading, []string{strings.Join(texts, ", ")})
	}
}

// section adds a heading with texts below each other, and nothing where there are none.
func (b *block) section(heading string, texts []string) {
	if texts == nil {
		return
	}
	b.wrap("", heading+":")
	for _, text := range texts {
		b.wrap("    ", text)
	}
}

// left writes the answers that are left.
func (q *question) left() string { return q.ID + "=" + q.answers() }

// leftUnless writes the answers that are left, and which concessions would leave more.
func (q *question) leftUnless() string { return q.left() + inBrackets(q.hangsOn()) }

// hangsOn returns the concessions that would leave more answers.
func (q *question) hangsOn() []concession {
	var all []concession
	for _, x := range q.Excluded {
		all = append(all, x.GivesWay...)
	}
	return smallest(all)
}

// prices writes what the answers of best designs cost.
func (q *question) prices() string { return q.ID + ": " + q.priced() }

// priced writes the answers of best designs, those together that cost the same.
func (q *question) priced() string {
	var free, priced []string
	for _, a := range q.Free {
		free = append(free, a.name)
	}
	var costs grouping
	for i := range q.Excluded {
		if x := &q.Excluded[i]; x.Best {
			costs.add(inBrackets(x.GivesWay), x.Answer.name)
		}
	}
	if free != nil {
		priced = append(priced, strings.Join(free, "|"))
	}
	for _, way := range costs.keys {
		priced = append(priced, strings.Join(costs.of[way], "|")+way)
	}
	return strings.Join(priced, "; ")
}

// inBrackets writes concessions, each of which is enough, in few words.
func inBrackets(all []concession) string {
	var texts []string
	for _, c := range all {
		text := strings.Join(slices.Concat(c.GiveUp, c.With), " + ")
		if assumed := c.Assume.String(); assumed != "" {
			text = strings.TrimSpace(text + " if " + assumed)
		}
		texts = append(texts, text)
	}
	if texts == nil {
		return ""
	}
	return " (" + strings.Join(texts, " | ") + ")"
}

// mostClashes are listed in the opening.
const mostClashes = 6

// clashes names the properties that cannot be had together.
func (t *textReport) clashes() []string {
	var all []string
	for i := range t.Conflicts {
		c := &t.Conflicts[i]
		if len(c.Properties) == 1 {
			continue
		}
		text := strings.Join(c.Properties, " + ")
		if len(c.Unless) > 0 {
			text += ", " + c.unless
		}
		all = append(all, text)
	}
	if n := len(all) - mostClashes; n > 0 {
		all = append(all[:mostClashes:mostClashes], fmt.Sprintf("and %d more, below", n))
	}
	return all
}

// smallest returns the concessions without those that take another one and more, each once.
func smallest(all []concession) []concession {
	var least []concession
	for i := range all {
		more := false
		for j := range all {
			more = more || i != j && all[i].takes(&all[j]) && (j < i || !all[j].takes(&all[i]))
		}
		if !more {
			least = append(least, all[i])
		}
	}
	return least
}

// takes tells whether a concession concedes all that another one does.
func (c *concession) takes(other *concession) bool {
	given := slices.Concat(c.GiveUp, c.With)
	kept := func(id string) bool { return !slices.Contains(given, id) }
	return !slices.ContainsFunc(slices.Concat(other.GiveUp, other.With), kept) && family.Cube(other.Assume).Includes(family.Cube(c.Assume))
}
