package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/exhibits"
)

// question writes all about one question: what is left, a line for each answer, and folded away, traces.
func (d *document) question(q model.Question) {
	s := d.standings[q]
	d.printf("#### %s\n%s %s\n\n", questionTitle(q), q.Text(), d.verdictOn(s))
	for _, a := range q.Answers() {
		line := fmt.Sprintf("- %s %s%s: %s. %s", d.mark(s, a), code(a.String()), literal(q, a), q.Meaning(a), d.about(s, a))
		d.printf("%s\n", strings.TrimSpace(line))
	}
	d.printf("\n")
	d.tracesOf(s)
}

// verdictOn says in a sentence what is left of a question, and what it rests on.
func (d *document) verdictOn(s props.Standing) string {
	var text string
	switch s.Firmness {
	case props.IsFirm:
		text = fmt.Sprintf("**Firm: %s.** %s", list(names(s.Free), "or"), d.takes(s))
	case props.IsSettled:
		text = fmt.Sprintf("**Settled: %s.** It %s.", list(names(s.Free), "or"), d.givesWay(s))
	case props.IsTradeOff:
		return fmt.Sprintf("**A trade-off:** %s.", d.givesUp(s))
	case props.IsTaste:
		return "**Taste.** " + d.taste(s)
	default:
		panic("findings: no verdict on a question that is " + s.Firmness.String())
	}
	if len(s.Free) > 1 {
		text += " The rest is taste. " + d.taste(s)
	}
	return text
}

// takes says how much it takes to bring back what is firmly excluded.
func (d *document) takes(s props.Standing) string {
	var all []string
	for _, text := range d.alternatives(s, func(props.Exclusion, props.Concession) bool { return true }) {
		all = append(all, strings.Replace(text, " without ", " takes giving up ", 1))
	}
	if all == nil {
		return "It takes more than two properties and assumptions together to bring anything else back."
	}
	return "To bring back " + strings.Join(all, ", ") + "."
}

// taste says why no property tells the free answers to a question apart: which ones depend on it at all.
func (d *document) taste(s props.Standing) string {
	asking := d.asking(s.Question)
	switch len(asking) {
	case 0:
		return fmt.Sprintf("None of the %d properties asks.", len(d.Verdicts))
	case 1:
		return fmt.Sprintf("Only %s asks, and it can be kept with each of these answers.", codes(asking))
	}
	return fmt.Sprintf("Only %s ask, and what can be kept of them can be kept with each of these answers.", codes(asking))
}

// asking names the properties that depend on the answer to q.
func (e *evidence) asking(q model.Question) []string {
	var all []string
	for i := range e.Verdicts {
		if v := &e.Verdicts[i]; e.Algebra.Flip(v.Violating, int(q), 0) != v.Violating {
			all = append(all, v.Property.ID)
		}
	}
	return all
}

// mark is a sign for what is left of an answer.
func (d *document) mark(s props.Standing, a model.Answer) string {
	switch x, out := exclusion(s, a); {
	case !out:
		return "✓"
	case x.Best:
		return "≈"
	}
	return "✗"
}

// exclusion returns why an answer is excluded, if it is.
func exclusion(s props.Standing, a model.Answer) (props.Exclusion, bool) {
	i := slices.IndexFunc(s.Excluded, func(x props.Exclusion) bool { return x.Answer == a })
	if i < 0 {
		return props.Exclusion{}, false
	}
	return s.Excluded[i], true
}

// literal marks an answer that the text of the draft gives.
func literal(q model.Question, a model.Answer) string {
	if slices.Contains(q.Literal(), a) {
		return " (draft)"
	}
	return ""
}

// about says what decides on an answer and what it costs.
func (d *document) about(s props.Standing, a model.Answer) string {
	x, out := exclusion(s, a)
	if !out {
		return d.demands(s, a) + d.elsewhereBreaks(s.Question, a)
	}
	text := "Against it: " + sums(x.Reasons, 2) + d.sayingJustThat(s.Question, x) + "."
	if also := others(d.costs(s.Question, a), slices.Concat(x.Reasons...)); len(also) > 0 {
		where := "Also breaks "
		if x.Best {
			where = putText
		}
		text += " " + where + codes(also) + "."
	}
	return text
}

// sayingJustThat names the reasons that are about answers to q and nothing else.
func (d *document) sayingJustThat(q model.Question, x props.Exclusion) string {
	var all []string
	for _, reason := range x.Reasons {
		if len(reason) == 1 && d.saysJustThat(q, reason[0]) {
			all = append(all, reason[0])
		}
	}
	switch {
	case all == nil:
		return ""
	case len(x.Reasons) == 1:
		return ", which says just that"
	case len(all) == 1:
		return " (" + codes(all) + " says just that)"
	}
	return " (" + codes(all) + " say just that)"
}

// saysJustThat reports whether a property is about answers to q and nothing else.
func (d *document) saysJustThat(q model.Question, property string) bool {
	answers, ok := d.Restated(d.Verdict(property))
	return ok && model.Space.Restricts(answers, int(q))
}

// others returns those of all that are not among some.
func others(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(id string) bool { return slices.Contains(some, id) })
}

// costs names the properties that some best design keeps and breaks when nothing but its answer to q is changed to a.
func (e *evidence) costs(q model.Question, a model.Answer) []string {
	var all []string
	for i := range e.Verdicts {
		broken := e.broken(&e.Verdicts[i])
		if lost := e.Algebra.Intersect(e.best, e.Algebra.Flip(broken, int(q), indexOf(q, a))); e.Algebra.Minus(lost, broken) != family.None {
			all = append(all, e.Verdicts[i].Property.ID)
		}
	}
	return all
}

// indexOf returns the number of an answer among those of its question.
func indexOf(q model.Question, a model.Answer) int { return slices.Index(q.Answers(), a) }

// demands says what a free answer asks of the answers to other questions, beside what all best designs have.
func (d *document) demands(s props.Standing, a model.Answer) string {
	hull := d.Algebra.Hull(d.Algebra.Restrict(d.best, model.Where(s.Question, a)))
	hull = model.Space.Free(hull, int(s.Question))
	if asked := literals(beyond(hull, d.Algebra.Hull(d.best))); asked != "" {
		return "Asks for " + asked + ". "
	}
	return ""
}

// putText is what the cost of an answer begins with that is the right one in some best designs.
const putText = "Put into some other best designs it breaks "

// elsewhereBreaks says what a free answer breaks in other designs, with a trace, if there is one.
func (d *document) elsewhereBreaks(q model.Question, a model.Answer) string {
	costs := d.costs(q, a)
	if costs == nil {
		return ""
	}
	text := putText + codes(costs)
	if c, ok := d.example(q, a); ok {
		text += " (" + d.traceLink("trace", c.GoesWrong.Name, c.Property.ID, c.GoesWrong.Trace.Verdict.Under) + ")"
	}
	return text + "."
}

// example returns a pair of designs that shows what it costs to answer q with a instead of as the design of reference.
func (e *evidence) example(q model.Question, a model.Answer) (exhibits.Contrast, bool) {
	i := slices.IndexFunc(e.contrasts, func(c exhibits.Contrast) bool { return c.Question == q && c.Wrong == a })
	if i < 0 {
		return exhibits.Contrast{}, false
	}
	return e.contrasts[i], true
}

// tracesOf folds away a trace for each answer that is excluded.
func (d *document) tracesOf(s props.Standing) {
	var all []exhibits.Contrast
	for _, x := range s.Excluded {
		// One that is about something else is not why the answer is excluded.
		if c, ok := d.example(s.Question, x.Answer); ok && slices.Contains(slices.Concat(x.Reasons...), c.Property.ID) {
			all = append(all, c)
		}
	}
	if all == nil {
		return
	}
	var answers []string
	for _, c := range all {
		answers = append(answers, "<code>"+c.Wrong.String()+"</code>")
	}
	d.details("Traces: what "+join(answers, "and")+" cost", func() {
		var properties []string
		for _, c := range all {
			d.contrast(c, !slices.Contains(properties, c.Property.ID))
			properties = append(properties, c.Property.ID)
		}
	})
}

// contrast writes a pair of designs that differ in one answer. The trace that goes well is beside the other in the corpus.
func (d *document) contrast(c exhibits.Contrast, draw bool) {
	under := c.GoesWrong.Trace.Verdict.Under
	because := ""
	if under != model.Where(c.Question, c.Wrong) {
		because = " under " + design(under)
	}
	head := fmt.Sprintf("`%s` breaks `%s`%s (%s)", given(c.Question, c.Wrong), c.Property.ID, because,
		d.traceLink("trace", c.GoesWrong.Name, c.Property.ID, under))
	if draw {
		d.drawn(c.GoesWrong.Trace, head)
	} else {
		d.paragraph("%s.", head)
	}
}
