package findings

import (
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// furtherErrors are errors that connect() needs, and that no question of the draft is about.
var furtherErrors = []string{
	"a worker whose script throws when it is run: *Run Service Worker* fails, and for the page it has to be one more refusal",
	"a handler that throws before it has answered, which is reported in the worker and nothing else: as if no handler had answered",
	"`DataCloneError`, if `request` (35) cannot be cloned",
	"`InvalidStateError`, if the document that calls is not fully active any more, or a worker that is not active calls (navigator.connect, " +
		"version 3)",
	"`SecurityError` or `NotAllowedError`, or no `connect()` at all, in a page that is no secure context or that a permissions policy forbids it",
}

// ancestorErrors say which name ancestors give to a failure. The draft lists none (41); its example refuses with an Error
// (94, 102), and does not say what the page sees of it.
const ancestorErrors = "Ancestors: Tubes fails without a reason (API.md); navigator.connect rejects with `AbortError` for no registration, no " +
	"answer and a refusal, in all three versions (9d7a053, 04b6a89, HEAD, where a url that cannot be parsed is a `TypeError`); Chromium of 2015 " +
	"for everything, a worker that stops, and one that does not answer within 5 minutes."

// errors writes the list that the draft asks for.
func (d *document) errors() {
	d.heading(2, errorsTitle)
	d.paragraph("Every cause that some history of the model rejects `connect()` with. Each of the designs in the second column has such a " +
		"history, and no other design has.")
	d.causes()
	d.paragraph("Beyond the model, and for the text of a standard to say: %s.", strings.Join(furtherErrors, "; "))
	d.paragraph("%s", ancestorErrors)
}

// causes writes the causes with the designs that have them.
func (d *document) causes() {
	distinct, uniform := model.Under(model.Where(model.Errors, model.Distinct)), model.Under(model.Where(model.Errors, model.Uniform))
	t := d.table("cause", "possible in", "comes, unless delayed", "name if told apart, if uniform")
	t.row("the url cannot be parsed", "any design", "at once", "`TypeError`, `TypeError`")
	for _, r := range d.rejections {
		t.row(r.Cause.Text(), possible(r.Designs, r.Formula), moment(r),
			code(model.RejectionName(r.Cause, distinct))+", "+code(model.RejectionName(r.Cause, uniform)))
	}
	hangs := d.Verdict("settles")
	t.row("*none: never settled*, see `settles`", possible(hangs.Violating, hangs.Formula), "never", "")
	t.end()
}

func possible(x family.Set, formula family.Cover) string {
	if x == family.None {
		return "no design"
	}
	var terms []string
	for _, term := range formula.Terms {
		terms = append(terms, design(term))
	}
	return strings.Join(terms, "<br>or ")
}

// moment says when a rejection comes at the earliest.
func moment(r props.Rejection) string {
	if r.Asked {
		return "after a worker was asked"
	}
	return "at once"
}
