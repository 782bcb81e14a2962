package main

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file lays out the sections of a report that weigh properties against each other.

const (
	mostReasons = 3 // that are written for an answer, unless all are asked for
	mostTerms   = 3 // of a class of best designs
)

// firmnesses are the kinds of questions in the order in which they are told, and what they say.
var firmnesses = []struct {
	firmness props.Firmness
	says     string
}{
	{props.IsFirm, "FIRM: what is excluded stays so whichever single property is given up, and whatever is assumed: each alone, not both. What is taken for granted, and an answer to partition, could still turn it over."},
	{props.IsSettled, "SETTLED by all properties together, and \"gives way\" says what that hangs on."},
	{props.IsTradeOff, "A TRADE-OFF: each answer costs something, and \"free\" says what to give up for it."},
}

// questions says how the answers to each question stand: nothing where the search did not finish, or for a single design.
func (t *textReport) questions() (b block) {
	if t.singleDesign() || !t.Complete {
		return nil
	}
	b.printf("QUESTIONS")
	b.printf("")
	b.wrap("", "An answer can be had if whatever the best designs keep, some design with it keeps as well. A | B: each is enough, "+
		"A + B: both together. A concession is a property that is given up or an assumption that is made. "+
		"A property \"says just that\" if all designs with such answers break it, and no other: it amounts to a demand for the others, and is "+
		"little evidence of the search.")
	for _, kind := range firmnesses {
		first := true
		for i := range t.Questions {
			if q := &t.Questions[i]; q.Firmness == kind.firmness {
				if first {
					b.printf("")
					b.wrap("", kind.says)
				}
				first = false
				b.printf("")
				b.add(t.question(q))
			}
		}
	}
	b.add(t.taste())
	b.printf("")
	return b
}

// falls says which properties count as one, and which are given up with others.
func (t *textReport) falls() (b block) {
	if t.singleDesign() || !t.Complete {
		return nil
	}
	if same := t.same(); same != nil {
		b.wrap("", "One property is named for all that the same designs have: "+strings.Join(same, "; ")+".")
		b.printf("")
	}
	if takes := t.takes(); takes != nil {
		b.wrap("", "To give up a property is to give up what no design has without it, too: "+strings.Join(takes, "; ")+".")
		b.printf("")
	}
	return b
}

func (t *textReport) question(q *question) (b block) {
	b.wrap(fmt.Sprintf("%-15s ", q.ID), q.asks)
	can := "can be"
	if len(q.Free) == 1 && !q.choice() {
		can = "must be"
	}
	for _, a := range q.Free {
		b.wrap(answerHead(can, a.name), a.means)
	}
	for i := range q.Excluded {
		if x := &q.Excluded[i]; x.Best {
			b.wrap(answerHead("at cost", x.Answer.name), x.Answer.means)
			b.wrap(answerHead("", "")+"breaks ", t.reasons(x.costs(), " and "))
			b.wrap(answerHead("", ""), x.ways)
		}
	}
	for i := range q.Excluded {
		if x := &q.Excluded[i]; !x.Best {
			b.wrap(answerHead("not", x.Answer.name)+"excluded by ", t.reasons(x.excludedBy(), " | "))
			b.wrap(answerHead("", ""), x.ways)
		}
	}
	return b
}

// choice tells whether some best designs have an answer that is not free.
func (q *question) choice() bool {
	for _, x := range q.Excluded {
		if x.Best {
			return true
		}
	}
	return false
}

func answerHead(verb, answer string) string { return fmt.Sprintf("    %-7s %-13s ", verb, answer) }

// reasons joins the first of some reasons.
func (t *textReport) reasons(all []string, separator string) string {
	if n := len(all) - mostReasons; n > 0 && !t.verbose {
		all = append(all[:mostReasons:mostReasons], fmt.Sprintf("%d more (--verbose)", n))
	}
	return strings.Join(all, separator)
}

// taste lists the questions that nothing decides, and what was tried to tell their answers apart.
func (t *textReport) taste() (b block) {
	var untouched []string
	first := true
	for i := range t.Questions {
		q := &t.Questions[i]
		switch {
		case q.Firmness != props.IsTaste:
		case len(q.Tried) == 0:
			untouched = append(untouched, q.ID)
		default:
			if first {
				b.printf("")
				b.wrap("", "TASTE: whatever best designs keep, some design with each answer keeps it as well. What was tried are the "+
					"properties that have to do with the question.")
				b.printf("")
			}
			first = false
			b.wrap(fmt.Sprintf("%-15s ", q.ID), q.answers())
			b.wrap(fmt.Sprintf("%-15s tried ", ""), strings.Join(q.Tried, ", "))
		}
	}
	if untouched != nil {
		b.printf("")
		b.wrap("", "No property that is required has to do with "+strings.Join(untouched, ", ")+".")
	}
	return b
}

func (q *question) answers() string {
	var all []string
	for _, a := range q.Free {
		all = append(all, a.name)
	}
	return strings.Join(all, "|")
}

// conflicts says what cannot be had together, with a trace for each way out.
func (t *textReport) conflicts() (b block) {
	if t.singleDesign() || !t.Complete || len(t.Conflicts)+len(t.OnlyIf) == 0 {
		return nil
	}
	b.printf("WHAT CANNOT BE HAD TOGETHER")
	b.printf("")
	for _, o := range t.OnlyIf {
		b.wrap("", o.says)
		b.printf("")
	}
	for i := range t.Conflicts {
		c := &t.Conflicts[i]
		b.wrap("", c.says)
		for _, s := range c.Sides {
			b.wrap("    ", c.keeping(s.Broken)+", where "+t.within(s.Trace.Term))
			b.add(steps(s.Trace.Steps, numbersEnd))
			b.wrap(so(numbersEnd), s.how)
		}
		b.printf("")
	}
	return b
}

// tellsGranted tells whether the report has a section on what the model takes for granted.
func (t *textReport) tellsGranted() bool { return t.lifecycle && !t.singleDesign() }

// taken says what the model takes for granted.
func (t *textReport) taken() (b block) {
	b.printf("TAKEN FOR GRANTED")
	b.printf("")
	b.wrap("", "No question or assumption leaves this open. What it could turn over was found by changing the rule and searching again.")
	b.printf("")
	for i := range t.Granted {
		g := &t.Granted[i]
		b.wrap(fmt.Sprintf("%-17s ", g.ID), g.Says+"; otherwise "+g.Otherwise)
	}
	b.printf("")
	return b
}

// bestDesigns says which designs are best, as formulas: what all of them have in common stands apart. Of a single design the
// opening has said everything.
func (t *textReport) bestDesigns() (b block) {
	if t.singleDesign() || !t.Complete && t.Good.Designs == 0 {
		return nil
	}
	b.printf("DESIGNS")
	b.printf("")
	switch {
	case !t.Complete:
		b.printf("%s may still have %s:", count(t.Good.Designs, "design"), t.requirement())
		b.add(t.formula("    ", t.Good.Terms))
	case t.Good.Designs > 0:
		b.printf("%s %s %s:", count(t.Good.Designs, "design"), has(t.Good.Designs), t.requirement())
		b.add(t.formula("    ", t.Good.Terms))
	default:
		b.printf("No design has %s.", t.requirement())
		b.add(t.classes())
	}
	b.printf("")
	return b
}

// classes says which designs are best where none is good.
func (t *textReport) classes() (b block) {
	b.wrap("", fmt.Sprintf("%s best: no other one keeps all that one of them keeps and more, musts first. They have in common",
		are(t.best)))
	b.wrap("    ", model.Space.Format(model.Space.Answered(t.bestHull)))
	for _, c := range t.Best {
		b.printf("")
		b.wrap(number(c.Designs.Designs)+" without ", strings.Join(c.GiveUp, " + "))
		terms := c.Designs.Terms
		if len(terms) > mostTerms && !t.verbose {
			terms = terms[:mostTerms]
		}
		head := "    "
		for _, term := range terms {
			b.wrap(head, beside(family.Cube(term), t.bestHull))
			head = " or "
		}
		if n := len(c.Designs.Terms) - len(terms); n > 0 {
			b.printf(" or %d more terms (--verbose)", n)
		}
	}
	return b
}
