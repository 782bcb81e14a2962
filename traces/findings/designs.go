package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// recommendation is the answer to a question that we would give where properties leave a choice, and why. It is advice,
// not a verdict.
type recommendation struct {
	answer model.Answer
	why    string
}

var recommendations = map[model.Question]recommendation{
	model.NotReady: {model.Reject,
		"an installation can take minutes, and every refusal would have to be delayed as long"},
	model.Delivery: {model.Global,
		"every instance installs the handler again, so that it does not have to find the port first"},
	model.Close: {model.CloseEither,
		"otherwise a page must navigate away to end a connection"},
	model.SameOrigin: {model.AskFirst,
		"one rule for all pages, and the script has an object for each connection from the start"},
	model.NoAnswer: {model.Reject,
		"a worker that was written without connections in mind should not get any"},
}

// recommend returns the design that the text recommends: where one answer is left, that one, and our choice elsewhere.
// When no design has every property, it is one of those that break the fewest.
func (e *evidence) recommend() family.Cube {
	good := e.Good
	if good == family.None {
		good, _ = e.Fewest(e.Scope)
	}
	for _, q := range model.Questions() {
		if r, ok := recommendations[q]; ok {
			if chosen := e.Algebra.Restrict(good, model.Where(q, r.answer)); chosen != family.None {
				good = chosen
			}
		}
	}
	return e.Algebra.First(good)
}

// designs writes which designs are left, and what cannot be had together.
func (d *document) designs() {
	d.heading(2, designTitle)
	switch {
	case d.Good == family.None:
		d.paragraph("No design has every property. This is one of those that break the fewest.")
	default:
		d.paragraph("%s have all %d properties:", capital(designs(d.Algebra.Count(d.Good))), len(d.Verdicts))
		for _, term := range d.Algebra.Cover(d.Good).Terms {
			d.printf("- %s\n", design(term))
		}
		d.printf("\n")
		d.paragraph("They differ only in what is a matter of taste. We recommend this one; *taste* marks where another " +
			"answer would do as well.")
	}
	t := d.table("question", "recommended", "", "why, or what breaks otherwise")
	for _, q := range inOrder() {
		a := model.AnswerOf(d.recommended, q)
		t.row(toQuestion(q), code(a.String())+": "+q.Meaning(a), d.kind(q), d.why(q))
	}
	t.end()
	d.paragraph("Repeat: `cosw check --set '%s'`", strings.ReplaceAll(model.Space.Format(d.recommended), ", ", ","))
	d.conflicting()
}

// kind says whether the answer to q is settled.
func (d *document) kind(q model.Question) string {
	if len(d.settled[q].Survive) > 1 {
		return "*taste*"
	}
	return "settled"
}

// why says in short why the recommended answer to q.
func (d *document) why(q model.Question) string {
	if len(d.settled[q].Survive) > 1 {
		return recommendations[q].why
	}
	return d.reason(q)
}

// branch is a part of the family that somebody might want to stay within, and why.
type branch struct{ designs, why string }

var branches = []branch{
	{"handle=port", "whoever wants to keep the `MessagePort` of the draft"},
	{"suspend=sever", "whoever takes the worker's end for an object in the heap of an instance, as any port is"},
	{"update=transfer", "whoever delivers to the active version, as navigator.connect did"},
	{"page-notice=none|event", "whoever has no state that a page could read"},
	{"page-list=none, worker-list=none", "whoever wants no lists"},
	{"delivery=port, worker-list=none", "whoever delivers at ports and has no list"},
	{"request=none", "whoever leaves credentials to the first message"},
}

// dilemmas say in words why some properties exclude each other there.
var dilemmas = []sentence{
	{when{breaks: []breaking{{"hides-suspend", "page-notice=event|state, suspend=sever"}, {"tells-page", "page-notice=none, suspend=sever"}}},
		"With `suspend=sever`, a page that is told of the end is told that the service is idle; one that is not told posts " +
			"into the void."},
	{when{breaks: []breaking{{"fresh-acceptance", "update=transfer, worker-list=list"},
		{"fresh-acceptance", "update=transfer, delivery=global"}, {"delivers", "update=transfer, worker-list=none, delivery=port"}}},
		"With `update=transfer`, either the new version can get at the connection, and messages reach code that never " +
			"accepted it; or it cannot, and they are stuck."},
	{when{breaks: []breaking{{"tells-page", "page-notice=none|event, unregister=sever"}, {"unregisters", "unregister=drain"}}},
		"Without a state that a page can read, either connections end with their registration, and pages stay behind that " +
			"do not know; or the registration waits for them, and pages of other origins can keep it for ever."},
}

// conflicting writes which properties exclude each other, in the whole family and in parts of it.
func (d *document) conflicting() {
	d.heading(2, conflictsTitle)
	if conflicting := d.Conflicts(); conflicting != nil {
		d.paragraph("No design has these together: %s.", inLine(conflicting))
	} else {
		d.paragraph("In the whole family nothing conflicts: the %d properties can be had together. Conflicts come up as soon as "+
			"one answer is held on to:", len(d.Verdicts))
	}
	t := d.table("within", "is out of reach", "beyond that, out of reach together")
	for _, b := range branches {
		within := d.Algebra.Cube(partial(b.designs))
		t.row(design(partial(b.designs))+", for "+b.why, d.outOfReach(within), d.together(within))
	}
	for _, p := range model.Presets() {
		within := d.Algebra.Cube(p.Design())
		t.row(to(p.Name, ancestorTitle(p)), d.outOfReach(within), d.together(within))
	}
	t.end()
	for _, line := range d.allOf(dilemmas) {
		d.printf("- %s\n", line)
	}
	d.printf("\n")
	d.paragraph("*Together* are the smallest sets of properties that no design within has at once, while it can have each alone. " +
		"Repeat one row: `cosw check --set handle=port`, `cosw check --design tubes`.")
}

// outOfReach names the properties that every design of within breaks.
func (d *document) outOfReach(within family.Set) string {
	var all []string
	for i := range d.Verdicts {
		if d.Algebra.Minus(within, d.Verdicts[i].Violating) == family.None {
			all = append(all, d.Verdicts[i].Property.ID)
		}
	}
	if all == nil {
		return "nothing"
	}
	return strings.Join(codeAll(all), ", ")
}

// together names the smallest sets of the other properties that no design of within has at once.
func (d *document) together(within family.Set) string {
	sets := d.ConflictsAmong(within, d.reachable(within))
	if sets == nil {
		return "nothing"
	}
	return conflicts(sets)
}

// reachable names the properties that some design of within has.
func (d *document) reachable(within family.Set) []string {
	var all []string
	for i := range d.Verdicts {
		if d.Algebra.Minus(within, d.Verdicts[i].Violating) != family.None {
			all = append(all, d.Verdicts[i].Property.ID)
		}
	}
	return all
}

// broken names the properties that every design of a cube breaks.
func (d *document) broken(c family.Cube) []string {
	return slices.DeleteFunc(allIDs(d), func(id string) bool { return !d.Algebra.Includes(d.Verdict(id).Violating, c) })
}

func allIDs(d *document) []string {
	var all []string
	for i := range d.Verdicts {
		all = append(all, d.Verdicts[i].Property.ID)
	}
	return all
}

// ancestorTitle is the heading under which an ancestor is told.
func ancestorTitle(p model.Preset) string { return fmt.Sprintf("%s (%s)", p.Name, p.When) }
