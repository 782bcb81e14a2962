package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
)

// openPoints writes an answer to each open point of the draft, in its order.
func (d *document) openPoints() {
	d.heading(2, pointsTitle)
	for i := range items {
		d.item(&items[i])
	}
}

// item writes the answer to one open point, and all about the questions that it raises.
func (d *document) item(it *item) {
	d.heading(3, it.heading())
	d.paragraph("*Draft, %s (%s)*", link(it.place(), draftLine(it.line, it.through)), it.kind)
	d.paragraph("**Answer.** %s", d.answer(it))
	d.paragraph("%s", strings.Join(d.allOf(it.remarks), " "))
	d.paragraph("%s", it.outside)
	d.paragraph("%s", it.after)
	for _, q := range it.touches {
		d.touched(q)
	}
	for _, q := range it.settles {
		d.question(q)
	}
}

// answer returns the answer to an open point in one sentence: the one that was written for what the model says, or one
// that is put together.
func (d *document) answer(it *item) string {
	if text := d.first(it.answers); text != "" {
		return text
	}
	var all []string
	for _, q := range append(append([]model.Question{}, it.settles...), it.touches...) {
		var answers []string
		for _, a := range d.settled[q].Survive {
			answers = append(answers, code(given(q, a))+" ("+q.Meaning(a)+")")
		}
		if answers == nil {
			answers = []string{"no answer to " + code(q.ID()) + " has every property"}
		}
		all = append(all, join(answers, "or"))
	}
	return capital(strings.Join(all, "; ")) + "."
}

// touched says in a line what is left of a question that is told elsewhere.
func (d *document) touched(q model.Question) {
	left := "**" + list(names(d.settled[q].Survive), "or") + "**"
	if len(d.settled[q].Survive) == 0 {
		left = "nothing is left"
	}
	d.paragraph("- %s %s. Why, what the others cost, and traces: %s.", q.Text(), left, toQuestion(q))
}

// inLine writes smallest sets of properties within a sentence.
func inLine(sets [][]string) string { return join(alternatives(sets), "or") }

func names(answers []model.Answer) []string {
	var all []string
	for _, a := range answers {
		all = append(all, a.String())
	}
	return all
}

// glance writes a table of all questions.
func (d *document) glance() {
	d.heading(2, glanceTitle)
	head := []string{"question", "draft", "answer", "what breaks otherwise, above all"}
	if d.today != nil {
		head = append(head, "browsers today")
	}
	t := d.table(head...)
	for _, q := range inOrder() {
		row := []string{toQuestion(q), itoa(q.Place().Line), d.short(q), d.reason(q)}
		if d.today != nil {
			row = append(row, d.today(q))
		}
		t.row(row...)
	}
	t.end()
}

// inOrder returns all questions in the order in which they are told: that of the draft.
func inOrder() []model.Question {
	var all []model.Question
	for i := range items {
		all = append(all, items[i].settles...)
	}
	return all
}

// short is the answer to q in a few words.
func (d *document) short(q model.Question) string {
	s := d.settled[q]
	switch len(s.Survive) {
	case 0:
		return "none has every property"
	case 1:
		return "**" + code(s.Survive[0].String()) + "**: " + q.Meaning(s.Survive[0])
	}
	text := "taste: " + list(names(s.Survive), "or")
	if r, ok := recommendations[q]; ok {
		text += fmt.Sprintf("; we recommend **`%s`**", r.answer)
	}
	return text
}

// reason names, for each answer to q that is excluded, the property that it costs most designs.
func (d *document) reason(q model.Question) string {
	var all []string
	for _, x := range d.settled[q].Excluded {
		against := d.against(q, x.Answer)
		var worst cost
		for _, c := range d.costs(q, x.Answer, model.AnswerOf(d.recommended, q)) {
			if slices.Contains(against, c.verdict.Property.ID) && c.designs > worst.designs {
				worst = c
			}
		}
		if worst.verdict != nil && !slices.Contains(all, code(worst.verdict.Property.ID)) {
			all = append(all, code(worst.verdict.Property.ID))
		}
	}
	return strings.Join(all, ", ")
}

// contents writes a table of contents.
func (d *document) contents() {
	d.heading(2, "Contents")
	d.printf("- %s\n- %s\n- %s\n", to(glanceTitle, glanceTitle), to(readTitle, readTitle), to(pointsTitle, pointsTitle))
	for i := range items {
		var about []string
		for _, q := range items[i].settles {
			about = append(about, toQuestion(q))
		}
		text := to(items[i].heading(), items[i].heading())
		if about != nil {
			text += " · " + strings.Join(about, " · ")
		}
		d.printf("  - %s\n", text)
	}
	for _, title := range []string{designTitle, conflictsTitle, errorsTitle, ancestorsTitle, mistakesTitle, propertiesTitle, trustTitle, sourcesTitle} {
		d.printf("- %s\n", to(title, title))
	}
	d.printf("\n")
}
