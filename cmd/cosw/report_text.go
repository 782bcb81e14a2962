package main

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/props"
)

// textReport lays out a report for people to read.
type textReport struct {
	*report
	verbose bool // a trace for every term of every formula
}

// numbersEnd is the column in which the numbers of steps end.
const numbersEnd = 9

// verdicts is the whole report: the verdict first, then why, and at the end what was searched and what all rests on.
func (t *textReport) verdicts() block {
	b := t.opening()
	b.add(t.questions())
	b.add(t.conflicts())
	b.add(t.bestDesigns())
	b.printf("PROPERTIES")
	b.printf("")
	for i := range t.Properties {
		b.add(t.property(&t.Properties[i]))
	}
	b.add(t.falls())
	b.add(t.searched())
	if t.tellsGranted() {
		b.add(t.taken())
	}
	b.add(t.notes())
	return b
}

// searched says what was checked and what was covered.
func (t *textReport) searched() (b block) {
	b.printf("WHAT WAS SEARCHED")
	b.printf("")
	b.wrap("Designs  ", t.checked())
	assumed := t.assumed()
	if t.tellsGranted() {
		assumed += "; and what is TAKEN FOR GRANTED, below"
	}
	b.wrap("Assumed  ", assumed)
	b.wrap("Required ", t.requiredProperties())
	b.wrap("Bounds   ", t.Bounds.String())
	for i, c := range t.Coverage {
		head := "         "
		if i == 0 {
			head = "Covered  "
		}
		b.wrap(fmt.Sprintf("%s%-9s  ", head, c.Part), c.covered())
	}
	if t.Complete {
		b.wrap("         ", "the search is complete, and worlds are stored whole: verdicts are exact within the bounds")
	} else {
		b.wrap("         ", "the search is not complete: "+t.Stopped)
	}
	b.printf("")
	return b
}

func (t *textReport) property(v *verdict) (b block) {
	b.wrap(fmt.Sprintf("%-22s ", v.ID), t.status(v))
	b.wrap("    ", v.Claims)
	b.add(t.broken(v, numbersEnd))
	b.printf("")
	return b
}

// broken says which designs break a property, and how: nothing where none does. The numbers of steps end in the given
// column.
func (t *textReport) broken(v *verdict, column int) (b block) {
	if v.Status != props.Violated {
		return nil
	}
	margin := strings.Repeat(" ", max(0, column-5))
	if t.within(v.Violating.Terms[0]) != allOfThem {
		head := "broken by  "
		if t.singleDesign() {
			head = "broken "
		}
		b.add(t.formula(margin+head, v.Violating.Terms))
	}
	for _, trace := range v.traces() {
		if terms := v.Violating.Terms; len(terms) > 1 || trace.Term != terms[0] {
			b.wrap(margin+"where ", t.within(trace.Term))
		}
		b.add(steps(trace.Steps, column))
		b.wrap(so(column), v.broken)
	}
	return b
}

// formula lays out one term a line, the first behind head.
func (t *textReport) formula(head string, terms []cube) (b block) {
	for i, term := range terms {
		if i > 0 {
			head = fmt.Sprintf("%*s", len(head), "or  ")
		}
		b.wrap(head, t.within(term))
	}
	return b
}

// steps lays out the steps of a trace, each with what comes of it; their numbers end in the given column.
func steps(steps []traceStep, column int) (b block) {
	longest := 0
	for _, s := range steps {
		longest = max(longest, len(s.Step))
	}
	for i, s := range steps {
		b.wrap(fmt.Sprintf("%*d  %-*s  ", column, i+1, longest, s.Step), strings.Join(s.Happens, "; "))
	}
	return b
}

// so is the head of what a trace comes to.
func so(column int) string { return strings.Repeat(" ", column+2) + "so " }

// notes says what makes verdicts worth less, and explains signs.
func (t *textReport) notes() (b block) {
	if t.Livelock {
		b.printf("LIVELOCK: under %s what the browser owes can go on forever.", count(t.livelocked, "design"))
	} else if t.Complete {
		b.printf("Witnessed: what the browser owes never goes on forever, so \"eventually\" is exact.")
	}
	vacuous := t.vacuous()
	if len(t.Unseen) > 0 {
		b.wrap(t.missing()+" these steps: ", t.unseenSteps())
	}
	if len(vacuous) > 0 {
		b.wrap(t.missing()+" the premise of: ", strings.Join(vacuous, ", "))
	}
	switch {
	case !t.whole || !t.Complete || len(t.Unseen)+len(vacuous) > 0:
	case t.Beyond != nil:
		b.printf("Witnessed: every step, and the premise of every property, that these bounds have room for.")
	default:
		b.printf("Witnessed: every step, and the premise of every property.")
	}
	for _, text := range t.beyond() {
		b.wrap("Out of reach, ", text)
	}
	if t.Random != nil {
		b.wrap("Random:    ", t.Random.drawn()+": "+t.Random.contradicted())
	}
	if !t.singleDesign() {
		short := t.Bounds.Short()
		names := model.BoundNames()[:strings.Count(short, "·")+1]
		b.printf("")
		b.wrap("", fmt.Sprintf("Bounds like %s stand for %s; smaller ones were tried up to these, faults first, then versions, "+
			"pages, connections, messages. cosw check --verbose gives all reasons and terms, and a trace for each, cosw questions "+
			"and cosw properties explain names, cosw check --pairs suspend=sever shows what one answer costs.",
			short, strings.Join(names, " · ")))
	}
	return b
}

// pairs says what one answer costs, instead of verdicts.
func (t *textReport) pairs() (b block) {
	switch {
	case !t.Complete:
		b.printf("No pairs: as long as the search is not complete, nothing is known to go well.")
		b.printf("")
	case len(t.Pairs) == 0:
		b.printf("No two designs differ in this answer alone such that one breaks a required property and the other does not.")
		b.printf("")
	}
	for i := range t.Pairs {
		b.add(t.Pairs[i].lines())
	}
	b.add(t.searched())
	return b
}

func (p *pair) lines() (b block) {
	wrong, right := p.Question+"="+p.Wrong, p.Question+"="+p.Right
	b.printf("%s: %s goes wrong where %s goes well, in %s", p.Property, wrong, right, count(p.Pairs, "pair")+" of designs")
	b.wrap("    both  ", p.Both.String())
	b.printf("    with %s", wrong)
	b.add(steps(p.WrongSteps, numbersEnd))
	b.wrap(so(numbersEnd), p.broken)
	b.printf("    with %s", right)
	b.add(steps(p.RightSteps, numbersEnd))
	end := p.claims
	if p.Impossible != "" {
		end = fmt.Sprintf("%q cannot happen any more, and the property holds", p.Impossible)
	}
	b.wrap(so(numbersEnd), end)
	b.printf("")
	return b
}
