package views

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// fate is what becomes of an answer: a sign, a word for a class, and what both say.
type fate struct{ sign, class, says string }

var (
	canBe   = fate{"✓", "free", "can be had"}
	atCost  = fate{"≈", "cost", "at a cost"}
	not     = fate{"✕", "not", "excluded"}
	ruledBy = fate{"–", "out", "ruled out by your choice"}
)

// fateOf returns what becomes of an answer, one of those that a standing is about or none of them.
func fateOf(s props.Standing, a model.Answer) fate {
	for _, free := range s.Free {
		if free == a {
			return canBe
		}
	}
	for _, x := range s.Excluded {
		if x.Answer == a && x.Best {
			return atCost
		} else if x.Answer == a {
			return not
		}
	}
	return ruledBy
}

// question shows a question with its answers.
func (p *Program) question(c *computation, s props.Standing) markup {
	q := s.Question
	answers := each(q.Answers(), func(a model.Answer) markup { return p.answer(c, s, a) })
	return concat(element("h3", attributes{"id", "q-" + q.ID()}, code(q.ID()), text(" "+q.Text())),
		classed("ul", "answers", answers...), classed("div", "standing", standing(&s, c.phrase)))
}

// answer is a card: what becomes of the answer, a link to why, and a switch that chooses it.
func (p *Program) answer(c *computation, s props.Standing, a model.Answer) markup {
	q, id := s.Question, name(s.Question, a)
	f := fateOf(s, a)
	class := "answer " + f.class
	if c.state.show == id {
		class += " shown"
	}
	change := markup("")
	switch {
	case f == canBe && !p.usual[id]:
		change = classed("span", "change", text("freed"))
	case (f == not || f == atCost) && p.usual[id]:
		change = classed("span", "change", text("no longer free"))
	}
	why := link("why-"+id, "why", changing(show, id),
		element("span", attributes{"class", "sign", "aria-hidden", "true"}, text(f.sign)), code(a.String()),
		classed("span", "fate", text(" "+f.says)), change, classed("span", "means", text(" "+q.Meaning(a))))
	picks, to := c.state.picks(q, a), changing(choose, id)
	if picks {
		to = changing(anyOf, q.ID())
	}
	return classed("li", class, why, toggle("choose-"+id, "choose", "choose "+a.String()+" for "+q.ID(), picks, to, text("choose")))
}

// standing says how firm a question is, and what it hangs on.
func standing(s *props.Standing, phrase func(props.Phrase) markup) markup {
	lines := []markup{element("p", nil, classed("strong", "firmness "+s.Firmness.String(), text(s.Firmness.String())), text(": "+firmnessTexts[s.Firmness]))}
	for _, x := range s.Excluded {
		lines = append(lines, element("p", nil, code(x.Answer.String()), text(" "), ways(&x, phrase)))
	}
	return concat(lines...)
}

// ways says with which concessions an answer can be had.
func ways(x *props.Exclusion, phrase func(props.Phrase) markup) markup {
	is := ""
	if x.Best {
		is = "is "
	}
	return concat(text(is), phrase(x.Ways(props.Words)))
}

// phrase writes what is said of properties, each of which is a link.
func (c *computation) phrase(p props.Phrase) markup {
	return concat(each(p, func(w props.Word) markup {
		switch w.Kind {
		case props.Named:
			return about(w.Text)
		case props.Supposed:
			return code(w.Text)
		}
		return text(w.Text)
	})...)
}

// property shows a property with a switch for it.
func (c *computation) property(v *props.Verdict) markup {
	p := &v.Property
	class, brokenBy := "property", share(c.report, v.Designs)
	switch v.Designs {
	case 0:
		class += " kept"
	case c.report.Algebra.Count(c.report.Scope):
		class += " lost"
	}
	if c.state.show == p.ID {
		class += " shown"
	}
	if !v.Required {
		class += " off"
	}
	change, given := changing(giveUp, p.ID), ""
	if c.state.gives(p.ID) {
		change = changing(require, p.ID)
	}
	if !v.Required && !c.state.gives(p.ID) {
		given = "; it falls with what you gave up"
	}
	return classed("div", class,
		toggle("keep-"+p.ID, "keep", "require "+p.ID, v.Required, change, classed("span", "knob")),
		link("why-"+p.ID, "why", changing(show, p.ID), code(p.ID), classed("span", "means", text(" "+p.Claims)),
			classed("span", "broken", text(" broken by "+brokenBy), c.where(v), text(given))))
}

// mostWhere is how many terms say in short which designs break a property.
const mostWhere = 2

// where says in short which of the designs that are left break a property, if some do and some do not: by the terms of the
// formula for all designs, as far as they have something to say about these.
func (c *computation) where(v *props.Verdict) markup {
	scope := c.state.scope
	var terms []family.Cube
	for _, t := range c.program.report.Verdict(v.Property.ID).Formula.Terms {
		if t = t.And(scope); !model.Space.IsEmpty(t) {
			terms = append(terms, t)
		}
	}
	if len(terms) == 0 || v.Designs == c.report.Algebra.Count(c.report.Scope) {
		return ""
	}
	slices.SortFunc(terms, model.Space.Compare)
	var says []markup
	for i, t := range terms {
		if !slices.ContainsFunc(terms[:i], func(wider family.Cube) bool { return wider.Includes(t) }) {
			says = append(says, term(without(t, scope)))
		}
	}
	more := markup("")
	if len(says) > mostWhere {
		says, more = says[:mostWhere], text(" …")
	}
	return concat(text(": "), joined(says, ", or "), more)
}

// gives tells whether a property is given up by name.
func (s *whatIfState) gives(id string) bool {
	for _, given := range s.givenUp {
		if given == id {
			return true
		}
	}
	return false
}

// assumptions lists what can be assumed.
func (c *computation) assumptions() markup {
	return classed("ul", "assumptions", each(model.Assumptions(), func(q model.Question) markup {
		choices := []markup{assume(q, "any", "in any case", !model.Space.Restricts(c.state.scope, int(q)), changing(anyOf, q.ID()))}
		for _, a := range q.Answers() {
			choices = append(choices, assume(q, a.String(), q.Meaning(a), c.state.picks(q, a), changing(choose, name(q, a))))
		}
		return element("li", nil, element("p", attributes{"id", "a-" + q.ID()}, code(q.ID()), text(" "+q.Text())),
			element("div", attributes{"class", "choices", "role", "radiogroup", "aria-labelledby", "a-" + q.ID()}, choices...))
	})...)
}

func assume(q model.Question, word, means string, on bool, to fragment) markup {
	checked := "false"
	if on {
		checked = "true"
	}
	return element("a", attributes{"id", "assume-" + q.ID() + "-" + word, "href", "#" + string(to), "role", "radio",
		"aria-checked", checked}, code(word), text(" "+means))
}

// conflicts says what cannot be had together.
func (c *computation) conflicts() markup {
	r := c.report
	var all []markup
	for id, e := range sorted(r.OnlyIf()) {
		all = append(all, element("li", nil, c.phrase(props.OnlyIfSentence(id, e))))
	}
	for _, conflict := range r.Conflicts() {
		all = append(all, element("li", nil, c.phrase(r.Sentence(conflict))))
	}
	if all == nil {
		return element("p", nil, text("All that is required can be had together."))
	}
	return classed("ul", "conflicts", all...)
}

// about links an answer or a property to its details.
func about(id string) markup { return link("", "", changing(show, id), code(id)) }

// mostTerms is how many terms of a formula are written.
const mostTerms = 4

// designs says which designs are good or, if none is, best: first what they have in common, then what tells their groups apart.
func (c *computation) designs() markup {
	r := c.report
	classes := r.Best()
	if r.Good != family.None {
		classes = []props.Class{{Designs: r.Good}}
	}
	all := family.None
	for _, class := range classes {
		all = r.Algebra.Union(all, class.Designs)
	}
	shared := model.Space.Answered(r.Algebra.Hull(all))
	groups := each(classes, func(class props.Class) markup {
		gives := text("All of them")
		if len(class.GiveUp) > 0 {
			gives = concat(text(count(r.Algebra.Count(class.Designs), "design")+" without "), joined(each(class.GiveUp, about), " and "))
		}
		return element("li", nil, gives, text(", which also have"), c.formula(class.Designs, shared))
	})
	return concat(element("p", nil, text(designsLeft(r))), element("p", nil, text("They have in common "), codes(literals(shared), " "), text(".")),
		classed("ul", "designs", groups...))
}

// formula writes a set of designs, as far as it says more than what holds for them anyhow.
func (c *computation) formula(designs family.Set, anyhow family.Cube) markup {
	terms := c.report.Algebra.Cover(designs).Terms
	more := markup("")
	if n := len(terms) - mostTerms; n > 0 {
		more = element("li", nil, text("or "+count(uint64(n), "more term")))
		terms = terms[:mostTerms]
	}
	return classed("ul", "formula", concat(each(terms, func(t family.Cube) markup {
		if t = without(t, anyhow); t == model.Space.Full() {
			return element("li", nil, text("nothing else that all of them need"))
		}
		return element("li", nil, term(t))
	})...), more)
}
