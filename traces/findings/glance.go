package findings

import (
	"strings"

	"cosw/model"
	"cosw/props"
)

// glance writes a table of all questions.
func (d *document) glance() {
	d.heading(2, glanceTitle)
	head := []string{"question", "line", "answer", "how firm"}
	if d.today != nil {
		head = append(head, "browsers today")
	}
	t := d.table(head...)
	for _, q := range inOrder() {
		s := d.standings[q]
		row := []string{toQuestion(q), lineLink(q.Place().Line), d.short(s), d.howFirm(s)}
		if d.today != nil {
			row = append(row, d.today(q))
		}
		t.row(row...)
	}
	t.end()
	recorded := ""
	if d.today != nil {
		recorded = " *Browsers today* is what `cosw lab` recorded, with Firefox told to stop idle workers after 1.5 seconds instead of 30."
	}
	d.paragraph("`suspend=wake` answers the question `suspend`, a *design* answers all of them, and `scripts=may-hang` is an assumption (%s). "+
		"`a` + `b` are properties (%s) that exclude an answer together. *Gives way to `x` without `p`*: who does not need `p`, nor what "+
		"no design has without it (which stands in brackets where it counts), can have `x` at no other cost. ✓ costs nothing, ≈ is the answer of some best designs, ✗ of none; (draft): what the draft itself says. "+
		"A property *says just that* (†) if all designs with such answers break it and no other: it amounts to a demand for the others, and is little evidence of the search. Traces are as short as "+
		"can be, and beside each `…-wrong.trace` the same schedule goes well, `…-right.trace`.%s", to("all of them", trustTitle),
		to("all of them", propertiesTitle), recorded)
}

// inOrder returns all questions in the order in which they are told.
func inOrder() []model.Question {
	all := []model.Question{model.Partition}
	for i := range items {
		all = append(all, items[i].settles...)
	}
	return all
}

// short is the answer to a question in a few words.
func (d *document) short(s props.Standing) string {
	if len(s.Free) == 1 {
		return "**" + code(s.Free[0].String()) + "**: " + firstClause(s.Question.Meaning(s.Free[0]))
	}
	return list(names(left(s)), "or")
}

// firstClause returns as much of a text as says what it is about: what comes before a comma, colon or semicolon, unless that
// is short.
func firstClause(text string) string {
	const short = 25
	if i := strings.IndexAny(text, ",:;"); i >= short {
		return text[:i]
	}
	return text
}

// howFirm says what the answers to a question hang on.
func (d *document) howFirm(s props.Standing) string {
	against, rest := "", ""
	if len(s.Free) > 1 {
		against, rest = " against "+list(excluded(s), "and"), "; the rest is taste"
	}
	switch s.Firmness {
	case props.IsFirm:
		return "**firm**" + against + rest
	case props.IsSettled:
		return "settled" + against + ": " + d.givesWay(s) + rest
	case props.IsTradeOff:
		return "trade-off: " + d.givesUp(s)
	}
	return s.Firmness.String()
}

func excluded(s props.Standing) []string {
	var all []string
	for _, x := range s.Excluded {
		all = append(all, x.Answer.String())
	}
	return all
}

// givesWay says for what little a settled answer gives way: without a single property, or if something is assumed.
func (d *document) givesWay(s props.Standing) string {
	return "gives way to " + strings.Join(d.alternatives(s, func(_ props.Exclusion, c props.Concession) bool {
		return len(c.GiveUp) == 0 || len(c.GiveUp) == 1 && literals(c.Assume) == ""
	}), ", to ")
}

// givesUp says for what each of the answers is chosen that some best design has.
func (d *document) givesUp(s props.Standing) string {
	return strings.Join(d.alternatives(s, func(x props.Exclusion, _ props.Concession) bool { return x.Best }), ", ")
}

// alternatives writes for which of the concessions that count each excluded answer can be had.
func (d *document) alternatives(s props.Standing, counts func(props.Exclusion, props.Concession) bool) []string {
	var all []string
	answers := map[string][]string{}
	for _, x := range s.Excluded {
		var given []string
		for _, c := range x.GivesWay {
			if counts(x, c) {
				given = append(given, d.conceded(s.Question, c))
			}
		}
		if given == nil {
			continue
		}
		text := anyOf(given)
		if answers[text] == nil {
			all = append(all, text)
		}
		answers[text] = append(answers[text], x.Answer.String())
	}
	for i, text := range all {
		all[i] = list(answers[text], "or") + " " + text
	}
	return all
}

// anyOf writes concessions of which any is enough.
func anyOf(concessions []string) string {
	var given []string
	for _, c := range concessions {
		if text, ok := strings.CutPrefix(c, "without "); ok {
			given = append(given, text)
		}
	}
	if len(given) < len(concessions) {
		return join(concessions, "or")
	}
	return "without " + join(given, "or")
}

// conceded writes what somebody gives up for an answer to q, and what is taken for granted. A property that is about answers to
// q and nothing else has a mark.
func (d *document) conceded(q model.Question, c props.Concession) string {
	var parts []string
	if len(c.GiveUp) > 0 {
		given := codeAll(c.GiveUp)
		for i, id := range c.GiveUp {
			if d.saysJustThat(q, id) {
				given[i] += "†"
			}
		}
		parts = append(parts, "without "+strings.Join(given, " + "))
	}
	if len(c.With) > 0 {
		parts = append(parts, "(and "+codes(c.With)+")")
	}
	if assumed := literals(c.Assume); assumed != "" {
		parts = append(parts, "if "+assumed)
	}
	return strings.Join(parts, " ")
}
