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

// verdicts is the whole report.
func (t *textReport) verdicts() block {
	b := t.head()
	b.printf("PROPERTIES\n")
	for i := range t.Properties {
		b.add(t.property(&t.Properties[i]))
	}
	b.add(t.questions())
	b.printf("DESIGNS\n")
	b.add(t.goodDesigns())
	b.printf("")
	b.add(t.notes())
	return b
}

// head says what was checked and what was covered.
func (t *textReport) head() (b block) {
	b.wrap("Designs  ", t.checked(), columns)
	b.printf("Bounds   %s", t.Bounds)
	for i, c := range t.Coverage {
		head := "         "
		if i == 0 {
			head = "Covered  "
		}
		b.printf("%s%-9s  %s", head, c.Part, c.covered())
	}
	if t.Complete {
		b.printf("         the search is complete, and worlds are stored whole: verdicts are exact within the bounds")
	} else {
		b.printf("         NOT COMPLETE: %s. What holds so far is unknown", t.Stopped)
	}
	b.printf("")
	return b
}

func (t *textReport) property(v *verdict) (b block) {
	b.printf("%-22s %s", v.ID, t.status(v))
	b.wrap("    ", v.Claims, columns)
	b.add(t.broken(v, numbersEnd))
	b.printf("")
	return b
}

// broken says which designs break a property, and how: nothing where none does. The numbers of steps end in the given
// column; what is further to the left than in the report is as much narrower.
func (t *textReport) broken(v *verdict, column int) (b block) {
	if v.Status != props.Violated {
		return nil
	}
	width := columns - numbersEnd + column
	margin := strings.Repeat(" ", max(0, column-5))
	if !t.oneDesign() {
		b.add(t.formula(margin+"broken by  ", v.Violating.Terms, width))
	}
	traces := v.shortest()
	if t.verbose {
		traces = v.traces()
	}
	for _, trace := range traces {
		if terms := v.Violating.Terms; len(terms) > 1 || trace.Term != terms[0] {
			b.wrap(margin+"where ", t.within(trace.Term), width)
		}
		b.add(steps(trace.Steps, column, width))
		b.wrap(so(column), v.broken, width)
	}
	return b
}

// formula lays out one term a line, the first behind head.
func (t *textReport) formula(head string, terms []cube, width int) (b block) {
	for i, term := range terms {
		if i > 0 {
			head = fmt.Sprintf("%*s", len(head), "or  ")
		}
		b.wrap(head, t.within(term), width)
	}
	return b
}

// steps lays out the steps of a trace, each with what comes of it; their numbers end in the given column.
func steps(steps []traceStep, column, width int) (b block) {
	longest := 0
	for _, s := range steps {
		longest = max(longest, len(s.Step))
	}
	for i, s := range steps {
		b.wrap(fmt.Sprintf("%*d  %-*s  ", column, i+1, longest, s.Step), strings.Join(s.Happens, "; "), width)
	}
	return b
}

// so is the head of what a trace comes to.
func so(column int) string { return strings.Repeat(" ", column+2) + "so " }

// questions says what is settled, and what is a matter of taste: nothing where no design is good.
func (t *textReport) questions() (b block) {
	if t.Questions == nil {
		return nil
	}
	b.printf("QUESTIONS      A | B: each suffices, A + B: together\n")
	if !t.Complete {
		b.printf("The search is not complete: what is excluded stays so, the rest is unknown.\n")
	}
	var open []string
	for i := range t.Questions {
		switch q := &t.Questions[i]; {
		case len(q.Survive)+len(q.Excluded) < 2: // the scope leaves no choice
		case len(q.Excluded) == 0:
			open = append(open, q.ID+" ("+q.answers()+")")
		default:
			b.add(t.question(q))
		}
	}
	if len(open) > 0 && t.Complete {
		b.wrap("Every answer survives for  ", strings.Join(open, ", "), columns)
	}
	b.printf("")
	return b
}

func (q *question) answers() string {
	var all []string
	for _, a := range q.Survive {
		all = append(all, a.name)
	}
	return strings.Join(all, "|")
}

func (t *textReport) question(q *question) (b block) {
	b.printf("%-14s %s", q.ID, q.asks)
	verb := "can be"
	switch {
	case !t.Complete:
		verb = "unknown"
	case len(q.Survive) == 1:
		verb = "must be"
	}
	for _, a := range q.Survive {
		b.wrap(fmt.Sprintf("    %-8s %-14s ", verb, a.name), a.means, columns)
	}
	for _, e := range q.Excluded {
		head := fmt.Sprintf("    %-8s %-14s excluded by ", "not", e.Answer)
		if len(e.Conflicts[0]) == 1 {
			b.wrap(head, conflictList(e.Conflicts), columns)
			continue
		}
		for i, set := range e.Conflicts {
			if i > 0 {
				head = fmt.Sprintf("%*s", len(head), "| ")
			}
			b.wrap(head, conflictList([][]string{set}), columns)
		}
	}
	return b
}

// goodDesigns says how many designs are good, as a formula, or why none is.
func (t *textReport) goodDesigns() (b block) {
	n := t.Good.Designs
	switch {
	case n == 0 && t.oneDesign():
		var broken []string
		for _, v := range t.Properties {
			if v.Required && v.Status == props.Violated {
				broken = append(broken, v.ID)
			}
		}
		b.wrap("The design breaks ", strings.Join(broken, ", "), columns)
		return b
	case n == 0:
		b.printf("No design has %s. The smallest sets that no design has together:", t.requirement())
		for _, set := range t.Conflicts {
			b.printf("    %s", strings.Join(set, " + "))
		}
		return b
	case !t.Complete:
		b.printf("%s may still have %s:", count(n, "design"), t.requirement())
	case n == 1:
		b.printf("1 design has %s:", t.requirement())
	default:
		b.printf("%s have %s:", count(n, "design"), t.requirement())
	}
	b.add(t.formula("    ", t.Good.Terms, columns))
	return b
}

// notes says what makes verdicts worth less, and explains signs.
func (t *textReport) notes() (b block) {
	if t.Livelock {
		b.printf("LIVELOCK: under %s what the browser owes can go on forever.", count(t.livelocked, "design"))
	} else if t.Complete {
		b.printf("Witnessed: what the browser owes never goes on forever, so \"eventually\" is exact.")
	}
	vacuous := t.vacuous()
	if len(t.Unseen) > 0 {
		b.wrap(t.missing()+" these steps: ", t.unseenSteps(), columns)
	}
	if len(vacuous) > 0 {
		b.wrap(t.missing()+" the premise of: ", strings.Join(vacuous, ", "), columns)
	}
	if t.whole && t.Complete && len(t.Unseen) == 0 && len(vacuous) == 0 {
		b.printf("Witnessed: every step, and the premise of every property.")
	}
	if t.Random != nil {
		b.wrap("Random:    ", t.Random.drawn()+": "+t.Random.contradicted(), columns)
	}
	if !t.oneDesign() {
		b.printf("\nBounds like %s stand for %s; smaller ones were\n"+
			"tried up to these, kills first, then versions, pages, connections, messages. cosw check --verbose gives a\n"+
			"trace for every term, cosw questions and cosw properties explain names, cosw check --pairs suspend=sever\n"+
			"shows what one answer costs.", t.Bounds.Short(), strings.Join(model.BoundNames(), " · "))
	}
	return b
}

// pairs says what one answer costs, instead of verdicts.
func (t *textReport) pairs() block {
	b := t.head()
	switch {
	case !t.Complete:
		b.printf("No pairs: as long as the search is not complete, nothing is known to go well.")
	case len(t.Pairs) == 0:
		b.printf("No two designs differ in this answer alone such that one breaks a required property and the other does not.")
	}
	for i := range t.Pairs {
		b.add(t.Pairs[i].lines())
	}
	return b
}

func (p *pair) lines() (b block) {
	wrong, right := p.Question+"="+p.Wrong, p.Question+"="+p.Right
	b.printf("%s: %s goes wrong where %s goes well, in %s", p.Property, wrong, right, count(p.Pairs, "pair")+" of designs")
	b.wrap("    both  ", p.Both.String(), columns)
	b.printf("    with %s", wrong)
	b.add(steps(p.WrongSteps, numbersEnd, columns))
	b.wrap(so(numbersEnd), p.broken, columns)
	b.printf("    with %s", right)
	b.add(steps(p.RightSteps, numbersEnd, columns))
	end := p.claims
	if p.Impossible != "" {
		end = fmt.Sprintf("%q cannot happen any more, and the property holds", p.Impossible)
	}
	b.wrap(so(numbersEnd), end, columns)
	b.printf("")
	return b
}
