package findings

import (
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// errorNames says which name each ancestor gives to a failure of connect(), by cause. What the source does not say is
// missing.
type errorNames struct {
	preset string
	parse  string // for a url that cannot be parsed
	causes map[model.Cause]string
}

const (
	abort     = "`AbortError`"
	nameless  = "fails, no name"
	typeError = "`TypeError`"
)

// ancestorErrors holds the sources of reference in comments: what is not here, they leave open.
var ancestorErrors = []errorNames{
	// API.md: the failure of the promise tells that there is no connection, not why.
	{"tubes", "", map[model.Cause]string{
		model.CauseNoRegistration: nameless, model.CauseRefused: nameless,
	}},
	// The draft lists none (41). Its example refuses with an Error (94, 102), and does not say what the page sees of it.
	{"draft", "", map[model.Cause]string{model.CauseRefused: "an `Error`, perhaps"}},
	// 9d7a053, algorithm Connect; for a registration without an active worker it has an issue only.
	{"navigator-connect-v1", "", map[model.Cause]string{
		model.CauseNoRegistration: abort, model.CauseRefused: abort, model.CauseNoAnswer: abort,
	}},
	// 04b6a89, algorithm Connect.
	{"navigator-connect-v2", "", map[model.Cause]string{
		model.CauseNoRegistration: abort, model.CauseRefused: abort, model.CauseNoAnswer: abort,
	}},
	// HEAD; besides, connect() in a worker that is not active is an InvalidStateError.
	{"navigator-connect-v3", typeError, map[model.Cause]string{
		model.CauseNoRegistration: abort, model.CauseRefused: abort, model.CauseNoAnswer: abort,
	}},
	// ServicePortCollection.cpp: AbortError, whatever the reason.
	{"chromium-2015", typeError, map[model.Cause]string{
		model.CauseNoRegistration: abort, model.CauseNotReady: abort, model.CauseRefused: abort,
		model.CauseNoAnswer: abort, model.CauseInterrupted: abort,
	}},
	// There is no connect(): the promise, if there is one, belongs to the page's own script.
	{"messageport-today", "", nil},
}

// furtherErrors are errors that connect() needs, and that no question of the draft is about.
var furtherErrors = []string{
	"The end of the fixed time that " + to("line 41", "Line 41: what errors can there be?") + " asks for: a request that is not " +
		"settled by then is refused, under the name that every refusal has. Chromium had such a limit for a worker that does not " +
		"answer, 5 minutes, and gave `AbortError`.",
	"A worker that cannot be started, or whose script throws when it is run: the standard's *Run Service Worker* fails then, and " +
		"nobody is told. For the page it has to be one more refusal, or the promise stays pending.",
	"A handler that throws before it has answered: by the standard's rules for events that is reported in the worker and nothing " +
		"else, so that it is as if no handler had answered.",
	"`DataCloneError`, if `request` (line 35) is a value that cannot be cloned.",
	"`InvalidStateError`, if the document that calls is not fully active any more.",
	"`InvalidStateError`, if workers get `connect()` too and one calls that is not active (navigator.connect, version 3). Line " +
		"34 gives it to documents only.",
	"`SecurityError` or `NotAllowedError`, or no `connect()` at all, for a page that is no secure context or that a permissions " +
		"policy does not allow it to.",
}

// errors writes the list that the draft asks for.
func (d *document) errors() {
	d.heading(2, errorsTitle)
	d.paragraph("Every cause that some history of the model rejects `connect()` with, and the designs in which it can come about. " +
		"Each of the designs in the second column has such a history, and no other design has.")
	d.causes()
	d.paragraph("What a page can tell apart, by the answer to %s:", toQuestion(model.Errors))
	d.distinguishes()
	d.paragraph("The names that ancestors gave (blank: not said):")
	d.namesOfAncestors()
	d.paragraph("Beyond the model, and for the text of a standard to say:")
	for _, e := range furtherErrors {
		d.printf("- %s\n", e)
	}
	d.printf("\n")
	d.details("The shortest history for each cause", func() {
		for _, r := range d.rejections {
			if len(r.Told) > 0 {
				d.paragraph("%s:", capital(r.Cause.Text()))
				d.steps(r.Told)
			}
		}
	})
	d.paragraph("No command shows this list alone: `cosw findings --out -` searches for it anew, and writes it with all the rest.")
}

// causes writes the causes with the designs that have them.
func (d *document) causes() {
	distinct, uniform := model.Under(model.Where(model.Errors, model.Distinct)), model.Under(model.Where(model.Errors, model.Uniform))
	t := d.table("cause", "possible in", "in the recommended design", "comes at the earliest, unless delayed", "name if told apart", "name if uniform")
	t.row("the url cannot be parsed", "any design", "yes", "at once", typeError, typeError)
	for _, r := range d.rejections {
		t.row(r.Cause.Text(), d.possible(r.Designs, r.Formula), d.here(r.Designs), moment(r),
			code(model.RejectionName(r.Cause, distinct)), code(model.RejectionName(r.Cause, uniform)))
	}
	hangs := d.Verdict("settles")
	t.row("*none, for it is never settled*: see `settles`", d.possible(hangs.Violating, hangs.Formula),
		d.here(hangs.Violating), "never", "", "")
	t.end()
}

func (d *document) possible(x family.Set, formula family.Cover) string {
	if x == family.None {
		return "no design"
	}
	var terms []string
	for _, term := range formula.Terms {
		terms = append(terms, design(term))
	}
	return orLines(terms)
}

func (d *document) here(x family.Set) string {
	if d.Algebra.Includes(x, d.recommended) {
		return "yes"
	}
	return "no"
}

// moment says when a rejection comes at the earliest.
func moment(r props.Rejection) string {
	if r.Asked {
		return "after a worker was asked"
	}
	return "at once"
}

// distinguishes writes what a refused page can tell by name and by time, where its promise is settled at all.
func (d *document) distinguishes() {
	t := d.table("answer", "by the name", "by the time")
	for _, a := range model.Errors.Answers() {
		within := d.Algebra.Restrict(d.Algebra.Complement(d.Verdict("settles").Violating), model.Where(model.Errors, a))
		byName := d.Algebra.Minus(within, d.Verdict("presence-hidden").Violating) == family.None
		byTime := d.Algebra.Minus(within, d.Verdict("presence-hidden-timed").Violating) == family.None
		name, time := "nothing", "nothing"
		if byName {
			name = "whether a service is there, and why it was refused"
		}
		switch {
		case byName:
			time = "that, too"
		case byTime:
			time = "whether a service is there" + d.whyTime()
		}
		t.row(code(given(model.Errors, a)), name, time)
	}
	t.end()
	hang := d.Algebra.Restrict(d.Verdict("presence-hidden").Violating, model.Where(model.Interrupt, model.Hang))
	if hang == d.Algebra.Cube(model.Where(model.Interrupt, model.Hang)) {
		d.paragraph("With `interrupt=hang` a page can always tell: a promise that is never settled belongs to a service that is there.")
	}
}

// whyTime says why time tells a refusal from an absence, where it is for a worker that is asked.
func (d *document) whyTime() string {
	asked := map[model.Cause]bool{}
	for _, r := range d.rejections {
		asked[r.Cause] = r.Asked
	}
	if asked[model.CauseRefused] && !asked[model.CauseNoRegistration] {
		return ": only then a worker is asked"
	}
	return ""
}

// namesOfAncestors writes the names that ancestors gave.
func (d *document) namesOfAncestors() {
	head := []string{"cause"}
	for _, n := range ancestorErrors {
		head = append(head, n.preset)
	}
	t := d.table(head...)
	row := []string{"the url cannot be parsed"}
	for _, n := range ancestorErrors {
		row = append(row, n.parse)
	}
	t.row(row...)
	for _, cause := range model.RejectionCauses() {
		row := []string{cause.Text()}
		for _, n := range ancestorErrors {
			row = append(row, n.causes[cause])
		}
		t.row(row...)
	}
	t.end()
	d.paragraph("The platform has no `connect()` today, and so no names: a script that waits for an answer over a port waits for " +
		"ever if the worker is stopped in between.")
}
