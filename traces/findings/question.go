package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/typeset"
)

// question writes all about one question: its answers with what decides on each, the evidence, and folded away, what the
// answers cost.
func (d *document) question(q model.Question) {
	d.heading(4, questionTitle(q))
	d.answers(q)
	d.deciders(q)
	d.evidenceFor(q)
	reference := model.AnswerOf(d.recommended, q)
	for _, a := range q.Answers() {
		if a != reference {
			d.price(q, a, reference)
		}
	}
	d.demands(q, reference)
}

// answers writes a table of the answers to q.
func (d *document) answers(q model.Question) {
	s := d.settled[q]
	t := d.table("", "answer", "what it means", "what decides")
	for _, a := range q.Answers() {
		t.row(d.mark(q, a), code(a.String())+literal(q, a), q.Meaning(a), d.verdictOn(s, a))
	}
	t.end()
}

// mark is a sign for what is left of an answer.
func (d *document) mark(q model.Question, a model.Answer) string {
	if slices.Contains(d.settled[q].Survive, a) {
		return "✓"
	}
	return "✗"
}

// literal marks an answer that the text of the draft gives.
func literal(q model.Question, a model.Answer) string {
	if slices.Contains(q.Literal(), a) {
		return " (draft)"
	}
	return ""
}

// verdictOn says what decides on an answer.
func (d *document) verdictOn(s props.Settlement, a model.Answer) string {
	for _, x := range s.Excluded {
		if x.Answer == a {
			return "excluded by " + conflicts(x.Conflicts)
		}
	}
	n := len(s.Survive)
	switch {
	case n == 1:
		return "**the only one left**"
	case a == model.AnswerOf(d.recommended, s.Question):
		return "possible; **recommended**: " + recommendations[s.Question].why
	}
	return "possible"
}

// conflicts writes smallest sets of properties, each of which excludes something, in a cell of a table.
func conflicts(sets [][]string) string {
	if len(sets[0]) == 1 {
		return inLine(sets)
	}
	return orLines(alternatives(sets))
}

// alternatives writes sets of properties as sums. Sets that differ in one property only become one: a + b or a + c is
// a + (b or c).
func alternatives(sets [][]string) []string {
	if common := shared(sets); len(sets) > 1 && len(common) > 0 && len(common) == len(sets[0])-1 {
		var others []string
		for _, set := range sets {
			others = append(others, slices.DeleteFunc(slices.Clone(set), func(id string) bool { return slices.Contains(common, id) })...)
		}
		return []string{strings.Join(codeAll(common), " + ") + " + (" + list(others, "or") + ")"}
	}
	var all []string
	for _, set := range sets {
		all = append(all, strings.Join(codeAll(set), " + "))
	}
	return all
}

// shared returns what all sets have.
func shared(sets [][]string) []string {
	common := slices.Clone(sets[0])
	for _, set := range sets[1:] {
		common = slices.DeleteFunc(common, func(id string) bool { return !slices.Contains(set, id) })
	}
	return common
}

// orLines writes alternatives in a cell of a table, one a line.
func orLines(all []string) string { return strings.Join(all, "<br>or ") }

// deciders says what the properties claim that exclude answers.
func (d *document) deciders(q model.Question) {
	if len(d.settled[q].Excluded) == 0 {
		d.paragraph("No property excludes an answer: it is **a matter of taste**, %s.", d.howFree(q))
		return
	}
	for _, v := range d.deciding(q) {
		d.printf("- `%s`: %s\n", v.Property.ID, v.Property.Claims)
	}
	d.printf("\n")
}

// howFree says what else a choice of answers to q asks for, when none is excluded.
func (d *document) howFree(q model.Question) string {
	for a := range q.Answers() {
		if d.Algebra.Flip(d.Good, int(q), a) != d.Good {
			return "but not whatever the other answers are"
		}
	}
	return "as long as the other questions are answered as in " + to("one of the designs that have every property", designTitle)
}

// evidenceFor says what the verdicts on q rest on.
func (d *document) evidenceFor(q model.Question) {
	deciding := d.deciding(q)
	text := d.searchedFor(deciding)
	if len(d.settled[q].Excluded) == 0 {
		text = d.shares(q) + " " + text
	}
	d.paragraph("*Evidence.* %s Repeat: `%s`", text, d.repeat(q))
	if len(deciding) > 0 {
		d.details("How far this was tested", func() { d.steadiness(deciding) })
	}
}

// shares says how many of the designs that have every property give each answer to q.
func (d *document) shares(q model.Question) string {
	var each []string
	for _, a := range q.Answers() {
		n := d.Algebra.Count(d.Algebra.Restrict(d.Good, model.Where(q, a)))
		each = append(each, fmt.Sprintf("%s answer `%s`", typeset.Number(n), a))
	}
	return fmt.Sprintf("Of the %s that have every property, %s.", designs(d.Algebra.Count(d.Good)), join(each, "and"))
}

// repeat is the one command that shows the same again: pairs that show what an answer costs, the recommended one if no
// other costs anything; or the whole check, if none does.
func (d *document) repeat(q model.Question) string {
	reference := model.AnswerOf(d.recommended, q)
	for _, a := range q.Answers() {
		if a != reference && len(d.costs(q, a, reference)) > 0 {
			return "cosw check --pairs " + given(q, a)
		}
	}
	for _, a := range q.Answers() {
		if len(d.costs(q, reference, a)) > 0 {
			return "cosw check --pairs " + given(q, reference)
		}
	}
	return "cosw check"
}

// searchedFor says what was searched for verdicts, and from which bounds on all of them stayed the same.
func (d *document) searchedFor(verdicts []*props.Verdict) string {
	var where []string
	var since model.Bounds
	for _, c := range d.Coverage {
		if !slices.ContainsFunc(verdicts, func(v *props.Verdict) bool { return v.Property.Part == c.Part }) {
			continue
		}
		if c.Part.Bounded() {
			where = append(where, fmt.Sprintf("the %s worlds of the lifecycle within %s", typeset.Number(c.Worlds), c.Bounds))
		} else {
			where = append(where, fmt.Sprintf("the %s worlds of the %s model", typeset.Number(c.Worlds), c.Part))
		}
	}
	for _, v := range verdicts {
		if v.Property.Part.Bounded() && since.Within(v.Since) {
			since = v.Since
		}
	}
	if where == nil {
		return "No answer makes a difference to any property."
	}
	text := fmt.Sprintf("All %s designs were searched, in %s", typeset.Number(model.Space.Size()), join(where, "and"))
	switch since {
	case model.Bounds{}:
	case d.Options.Bounds:
		text += "; it takes these bounds to see it all"
	default:
		text += fmt.Sprintf("; from %s on nothing changed", since.Short())
	}
	return text + "."
}

// steadiness writes, for each property, from which bounds on its verdict stayed the same, and what more connections and
// random histories added.
func (d *document) steadiness(verdicts []*props.Verdict) {
	t := d.table("property", "broken by the same designs from", "within "+largerBounds.Short(), "in random histories")
	for _, v := range verdicts {
		if !v.Property.Part.Bounded() {
			t.row(code(v.Property.ID), v.Property.Part.Extent(), "", "")
			continue
		}
		since := v.Since.Short() + " on"
		if v.Since == d.Options.Bounds {
			since = v.Since.Short() + ", not before"
		}
		t.row(code(v.Property.ID), since, d.withMore(v), fmt.Sprintf("exercised by %s of %s, none contradicts",
			typeset.Number(uint64(d.premises(v.Property.ID))), typeset.Number(uint64(d.Random.Tally.Histories))))
	}
	t.end()
}

// withMore says what the search within larger bounds adds to a verdict.
func (d *document) withMore(v *props.Verdict) string {
	if d.larger == nil {
		return "not searched"
	}
	more, fewer := d.unlike([]*props.Verdict{v})
	switch {
	case more != nil:
		return "MORE designs break it"
	case fewer != nil:
		return fmt.Sprintf("fewer designs break it (%s)", pages(largerBounds.Pages))
	}
	return "the same"
}

// unlike returns those of the properties that more designs, or fewer, break within the larger bounds.
func (d *document) unlike(verdicts []*props.Verdict) (more, fewer []string) {
	for _, v := range verdicts {
		there := family.None
		for _, term := range d.larger.Verdict(v.Property.ID).Formula.Terms {
			there = d.Algebra.Union(there, d.Algebra.Cube(term))
		}
		switch {
		case there == v.Violating:
		case d.Algebra.Minus(there, v.Violating) != family.None:
			more = append(more, v.Property.ID)
		default:
			fewer = append(fewer, v.Property.ID)
		}
	}
	return more, fewer
}

// premises returns in how many random histories a property of the lifecycle had something to say.
func (d *document) premises(id string) int {
	n := 0
	for _, v := range d.Verdicts {
		if v.Property.ID == id {
			return d.Random.Tally.Premises[n]
		}
		if v.Property.Part.Bounded() {
			n++
		}
	}
	return 0
}

// price folds away what it costs to answer q with a instead of b.
func (d *document) price(q model.Question, a, b model.Answer) {
	costs := d.costs(q, a, b)
	if len(costs) == 0 {
		d.paragraph("`%s` instead of `%s` costs nothing in any design: it breaks no property that the other keeps.", given(q, a), b)
		return
	}
	d.details(fmt.Sprintf("What <code>%s</code> costs instead of <code>%s</code>, with a trace", given(q, a), b), func() {
		d.costTable(costs, fmt.Sprintf("of these, `%s` saves", b))
		if c, ok := d.example(q, a); ok {
			d.contrast(c)
		}
	})
}

func (d *document) costTable(costs []cost, saved string) {
	t := d.table("property", "breaks it at all in", saved)
	for _, c := range costs {
		t.row(code(c.verdict.Property.ID), c.broken(), typeset.Number(c.designs))
	}
	t.end()
}

// demands folds away what the recommended answer asks of the answers to other questions.
func (d *document) demands(q model.Question, a model.Answer) {
	others := slices.DeleteFunc(slices.Clone(q.Answers()), func(b model.Answer) bool { return b == a })
	costs := d.costsOver(q, a, others)
	if len(costs) == 0 {
		return
	}
	d.details(fmt.Sprintf("What <code>%s</code> asks of the other answers", given(q, a)), func() {
		d.paragraph("With other answers it can break what another answer to this question keeps:")
		d.costTable(costs, "of these, another answer saves")
	})
}

// pages writes a number of pages.
func pages(n int) string {
	if n == 1 {
		return "1 page"
	}
	return itoa(n) + " pages"
}

// designs writes a number of designs.
func designs(n uint64) string {
	if n == 1 {
		return "1 design"
	}
	return typeset.Number(n) + " designs"
}
