package findings

import (
	"fmt"
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
	d.paragraph("*%s, draft %s.* %s", it.kind, it.linked(), d.answer(it))
	d.paragraph("%s", strings.Join(append(d.allOf(it.remarks), d.seeAlso(it)...), " "))
	for _, q := range it.settles {
		d.question(q)
	}
}

// answer returns the answer to an open point in one sentence: the one that was written for what the model says, or one
// that is put together.
func (d *document) answer(it *item) string {
	if text := d.first(it.answers); text != "" {
		return "**" + text + "**"
	}
	var all []string
	for _, q := range append(append([]model.Question{}, it.settles...), it.touches...) {
		s := d.standings[q]
		all = append(all, fmt.Sprintf("%s %s (%s)", toQuestion(q), d.short(s), d.howFirm(s)))
	}
	return "**" + capital(strings.Join(all, "; ")) + ".**"
}

// seeAlso points to the questions that have a part in an answer and are told elsewhere.
func (d *document) seeAlso(it *item) []string {
	var all []string
	for _, q := range it.touches {
		all = append(all, toQuestion(q))
	}
	if all == nil {
		return nil
	}
	return []string{"See " + join(all, "and") + "."}
}
