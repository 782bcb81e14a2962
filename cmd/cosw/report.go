package main

import (
	"fmt"
	"io"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// textReport writes a report for people to read.
type textReport struct {
	*props.Report
	out     io.Writer
	verbose bool // a trace for every term of every formula
	quiet   bool // no traces
}

func (t *textReport) write(pairs func(*props.Report) []props.Pair) {
	t.head()
	if pairs != nil {
		if t.Complete() {
			t.pairs(pairs(t.Report))
		} else {
			t.printf("No pairs: as long as the search is not complete, nothing is known to go well.\n")
		}
		return
	}
	t.properties()
	if t.Good != family.None {
		t.questions()
	}
	t.designs()
	t.notes()
}

func (t *textReport) printf(format string, args ...any) { fmt.Fprintf(t.out, format, args...) }

// head says what was checked and what was covered.
func (t *textReport) head() {
	paragraph(t.out, "Designs  ", t.scope())
	t.printf("Bounds   %s\n", t.Options.Bounds)
	for i, c := range t.Coverage {
		head := "         "
		if i == 0 {
			head = "Covered  "
		}
		t.printf("%s%-9s  %s\n", head, c.Part, covered(c))
	}
	if t.Complete() {
		t.printf("         the search is complete, and worlds are stored whole: verdicts are exact within the bounds\n")
	} else {
		t.printf("         NOT COMPLETE: %v. What holds so far is unknown\n", t.Stopped)
	}
	t.printf("\n")
}

// scope says which designs were checked.
func (t *textReport) scope() string {
	which := "all of them"
	if !t.Whole() {
		which = model.Space.Format(t.Options.Scope)
	}
	return fmt.Sprintf("%s: %s", number(t.Algebra.Count(t.Scope)), which)
}

// covered says what the search of a part covered.
func covered(c props.Coverage) string {
	return fmt.Sprintf("%s worlds, %s steps, %s pairs of a design and a world, depth %d",
		number(c.Worlds), number(c.Transitions), number(c.Pairs), c.Depth)
}

func (t *textReport) properties() {
	t.printf("PROPERTIES\n\n")
	for i := range t.Verdicts {
		t.property(&t.Verdicts[i])
	}
}

// property writes one verdict.
func (t *textReport) property(v *props.Verdict) {
	required := ""
	if !v.Required {
		required = ", not required"
	}
	t.printf("%-22s %s%s\n", v.Property.ID, t.status(v), required)
	paragraph(t.out, "    ", v.Property.Claims)
	if v.Status == props.Violated {
		t.broken(v)
	}
	t.printf("\n")
}

// broken writes which designs break a property, and how.
func (t *textReport) broken(v *props.Verdict) {
	if !model.Space.IsDesign(t.Options.Scope) {
		t.formula("    broken by  ", v.Formula)
	}
	if !t.quiet {
		t.evidence(v)
	}
}

// formula writes one term a line, the first behind head.
func (t *textReport) formula(head string, c family.Cover) {
	for i, term := range c.Terms {
		if i > 0 {
			head = fmt.Sprintf("%*s", len(head), "or  ")
		}
		paragraph(t.out, head, t.term(term))
	}
}

// term writes a term as far as it says more than the scope does.
func (t *textReport) term(c family.Cube) string {
	for _, q := range model.Questions() {
		if model.Space.Bits(c, int(q)) == model.Space.Bits(t.Options.Scope, int(q)) {
			c = model.Space.Free(c, int(q))
		}
	}
	if c == model.Space.Full() {
		return "every one of these designs"
	}
	return model.Space.Format(c)
}

// status says what the verdict is, on how many designs, and from which bounds on.
func (t *textReport) status(v *props.Verdict) string {
	switch v.Status {
	case props.Unknown:
		return "UNKNOWN: no violation so far, but the search is not complete"
	case props.Holds:
		if v.Vacuous {
			return "holds, but says nothing: it was never seen that " + v.Property.Applies
		}
		return "holds"
	}
	if model.Space.IsDesign(t.Options.Scope) {
		return "VIOLATED"
	}
	all := t.Algebra.Count(t.Scope)
	text := fmt.Sprintf("broken by %s (%.0f %%)", count(v.Designs, "design"), 100*float64(v.Designs)/float64(all))
	if !t.Complete() {
		return text + " so far"
	}
	switch {
	case v.Property.Part != props.Lifecycle:
	case v.Since == t.Options.Bounds:
		text += ", first at " + v.Since.Short()
	default:
		text += ", the same from " + v.Since.Short() + " on"
	}
	return text
}

// evidence writes a shortest trace, or with verbose one for each term.
func (t *textReport) evidence(v *props.Verdict) {
	all := t.Explain(v)
	if !t.verbose {
		shortest := all[0].Counterexamples[0]
		for _, e := range all {
			for _, c := range e.Counterexamples {
				if len(c.Lines) < len(shortest.Lines) {
					shortest = c
				}
			}
		}
		all = []props.Evidence{{Term: shortest.Term, Counterexamples: []props.Counterexample{shortest}}}
	}
	for _, e := range all {
		for _, c := range e.Counterexamples {
			if len(v.Formula.Terms) > 1 || c.Term != v.Formula.Terms[0] {
				paragraph(t.out, "    where ", t.term(c.Term))
			}
			t.trace(c.Lines)
			paragraph(t.out, "           so ", v.Property.Broken)
		}
	}
}

// trace writes the steps of a trace, each with what comes of it.
func (t *textReport) trace(lines []props.Line) {
	width := 0
	for _, l := range lines {
		width = max(width, len(l.Step))
	}
	for i, l := range lines {
		paragraph(t.out, fmt.Sprintf("      %3d  %-*s  ", i+1, width, l.Step), strings.Join(l.Happens, "; "))
	}
}

// questions writes what is settled, and what is a matter of taste.
func (t *textReport) questions() {
	t.printf("QUESTIONS      A | B: each suffices, A + B: together\n\n")
	if !t.Complete() {
		t.printf("The search is not complete: what is excluded stays so, the rest is unknown.\n\n")
	}
	var open []string
	for _, s := range t.Settle() {
		switch {
		case len(s.Survive)+len(s.Excluded) < 2: // the scope leaves no choice
		case len(s.Excluded) == 0:
			open = append(open, fmt.Sprintf("%s (%s)", s.Question.ID(), joinAnswers(s.Survive)))
		default:
			t.question(s)
		}
	}
	if len(open) > 0 && t.Complete() {
		paragraph(t.out, "Every answer survives for  ", strings.Join(open, ", "))
	}
	t.printf("\n")
}

func (t *textReport) question(s props.Settlement) {
	t.printf("%-14s %s\n", s.Question.ID(), s.Question.Text())
	verb := "can be"
	switch {
	case !t.Complete():
		verb = "unknown"
	case len(s.Survive) == 1:
		verb = "must be"
	}
	for _, a := range s.Survive {
		paragraph(t.out, fmt.Sprintf("    %-8s %-14s ", verb, a), s.Question.Meaning(a))
	}
	for _, e := range s.Excluded {
		head := fmt.Sprintf("    %-8s %-14s excluded by ", "not", e.Answer)
		if len(e.Conflicts[0]) == 1 {
			paragraph(t.out, head, conflictList(e.Conflicts))
			continue
		}
		for i, set := range e.Conflicts {
			if i > 0 {
				head = fmt.Sprintf("%*s", len(head), "| ")
			}
			paragraph(t.out, head, conflictList([][]string{set}))
		}
	}
}

func joinAnswers(answers []model.Answer) string {
	var all []string
	for _, a := range answers {
		all = append(all, a.String())
	}
	return strings.Join(all, "|")
}

// conflictList writes sets of properties: alternatives, each of which suffices.
func conflictList(sets [][]string) string {
	var all []string
	for _, set := range sets {
		all = append(all, strings.Join(set, " + "))
	}
	return strings.Join(all, " | ")
}

func (t *textReport) designs() {
	t.printf("DESIGNS\n\n")
	t.goodDesigns()
	t.printf("\n")
}

// goodDesigns writes how many designs are good, as a formula, or why none is.
func (t *textReport) goodDesigns() {
	required := uint64(0)
	for _, v := range t.Verdicts {
		if v.Required {
			required++
		}
	}
	switch {
	case t.Good == family.None && model.Space.IsDesign(t.Options.Scope):
		var broken []string
		for _, v := range t.Verdicts {
			if v.Required && v.Status == props.Violated {
				broken = append(broken, v.Property.ID)
			}
		}
		paragraph(t.out, "The design breaks ", strings.Join(broken, ", "))
	case t.Good == family.None:
		t.printf("No design has %s. The smallest sets that no design has together:\n", all(required))
		for _, set := range t.Report.Conflicts() {
			t.printf("    %s\n", strings.Join(set, " + "))
		}
	default:
		n := t.Algebra.Count(t.Good)
		verb := "have"
		if n == 1 {
			verb = "has"
		}
		if t.Complete() {
			t.printf("%s %s %s:\n", count(n, "design"), verb, all(required))
		} else {
			t.printf("%s may still have %s:\n", count(n, "design"), all(required))
		}
		t.formula("    ", t.Algebra.Cover(t.Good))
	}
}

// all writes how many properties are required.
func all(required uint64) string {
	if required == 1 {
		return "the required property"
	}
	return fmt.Sprintf("all %d required properties", required)
}

// notes says what makes verdicts worth less, and explains signs.
func (t *textReport) notes() {
	if t.Livelock.Set != family.None {
		t.printf("LIVELOCK: under %s what the browser owes can go on forever.\n",
			count(t.Algebra.Count(t.Livelock.Set), "design"))
	} else if t.Complete() {
		t.printf("Witnessed: what the browser owes never goes on forever, so \"eventually\" is exact.\n")
	}
	t.unseen()
	t.random()
	if !model.Space.IsDesign(t.Options.Scope) {
		t.printf("\nBounds like %s stand for %s; smaller ones were\n"+
			"tried up to these, kills first, then versions, pages, connections, messages. cosw check --verbose gives a\n"+
			"trace for every term, cosw questions and cosw properties explain names, cosw check --pairs suspend=sever\n"+
			"shows what one answer costs.\n", t.Options.Bounds.Short(), strings.Join(model.BoundNames(), " · "))
	}
}

// random writes what random histories add.
func (t *textReport) random() {
	if t.Random == nil {
		return
	}
	paragraph(t.out, "Random:    ", t.drawn()+": "+t.contradicted())
}

// drawn says which random histories were judged.
func (t *textReport) drawn() string {
	return fmt.Sprintf("%s histories of %s steps in all, within %s (--seed %d)",
		number(uint64(t.Random.Tally.Histories)), number(uint64(t.Random.Tally.Steps)), t.Random.Bounds, t.Options.Seed)
}

// contradicted says whether random histories contradict the search.
func (t *textReport) contradicted() string {
	if len(t.Random.New) > 0 {
		return "NEW EVIDENCE, the bounds of the search are too small for: " + strings.Join(t.Random.New, ", ")
	}
	return "none breaks a property under a design that has it within the bounds of the search."
}

// unseen writes what was never witnessed.
func (t *textReport) unseen() {
	why := t.missing()
	if len(t.Unseen) > 0 {
		paragraph(t.out, why+" these steps: ", t.unseenSteps())
	}
	if vacuous := t.Vacuous(); len(vacuous) > 0 {
		paragraph(t.out, why+" the premise of: ", strings.Join(vacuous, ", "))
	}
	if t.Whole() && t.Complete() && len(t.Unseen) == 0 && len(t.Vacuous()) == 0 {
		t.printf("Witnessed: every step, and the premise of every property.\n")
	}
}

// missing says why something was never witnessed.
func (t *textReport) missing() string {
	if t.Whole() {
		return "VACUOUS: these bounds never show"
	}
	return "These answers or bounds rule out"
}

func (t *textReport) unseenSteps() string {
	var steps []string
	for _, k := range t.Unseen {
		steps = append(steps, k.Text())
	}
	return strings.Join(steps, "; ")
}

// pairs writes what one answer costs.
func (t *textReport) pairs(pairs []props.Pair) {
	if len(pairs) == 0 {
		t.printf("No two designs differ in this answer alone such that one breaks a required property and the other does not.\n")
		return
	}
	for _, p := range pairs {
		q := p.Question.ID()
		t.printf("%s: %s=%s goes wrong where %s=%s goes well, in %s\n", p.Property.ID, q, p.Wrong, q, p.Right,
			count(p.Contexts, "pair")+" of designs")
		paragraph(t.out, "    both  ", model.Space.Format(model.Space.Free(p.Design, int(p.Question))))
		t.printf("    with %s=%s\n", q, p.Wrong)
		t.trace(p.WrongLines)
		paragraph(t.out, "           so ", p.Property.Broken)
		t.printf("    with %s=%s\n", q, p.Right)
		t.trace(p.RightLines)
		if p.Impossible != "" {
			paragraph(t.out, "           so ", fmt.Sprintf("%q cannot happen any more, and the property holds", p.Impossible))
		} else {
			paragraph(t.out, "           so ", p.Property.Claims)
		}
		t.printf("\n")
	}
}
