package views

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/render"
)

// sorted yields a map in the order of its keys.
func sorted[K cmp.Ordered, V any](m map[K]V) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// detail shows what the state asks to look at: an answer, or a property.
func (c *computation) detail() (markup, error) {
	closing := link("close-detail", "close", c.state.showing("").fragment(), text("✕"), classed("span", "unseen", text(" close")))
	var body markup
	var err error
	if q, a, ok := c.state.shownAnswer(); ok {
		body, err = c.answerDetail(q, a)
	} else {
		body, err = c.propertyDetail(c.report.Verdict(c.state.show))
	}
	return concat(closing, body), err
}

// heading is that of the details. It takes the focus where the page is told to look at them.
func heading(name string) markup {
	return element("h2", attributes{"id", "detail-heading", "tabindex", "-1"}, code(name))
}

// answerDetail says what an answer means and costs, and shows how it goes wrong.
func (c *computation) answerDetail(q model.Question, a model.Answer) (markup, error) {
	s := c.standings[q]
	f := fateOf(s, a)
	i, _ := model.Space.AnswerIndex(int(q), a.String())
	out := "rule it out"
	if !model.Space.Has(c.state.scope, int(q), i) {
		out = "allow it again"
	}
	parts := []markup{
		heading(name(q, a)),
		element("p", nil, text(q.Text()+" "+sentence(q.Meaning(a)))),
		classed("p", "outcome "+f.class, element("span", attributes{"class", "sign", "aria-hidden", "true"}, text(f.sign)), text(" "+sentence(f.says))),
	}
	if model.Space.Bits(c.state.scope, int(q)) != 1<<i { // the last answer cannot be ruled out
		parts = append(parts, element("p", nil, link("rule-out", "button", c.state.without(q, a).fragment(), text(out))))
	}
	var blamed []string
	for _, x := range s.Excluded {
		if x.Answer == a {
			parts = append(parts, c.reasons(&x), element("p", nil, text("It "), ways(&x, c.phrase), text(".")))
			for _, c := range x.GivesWay {
				blamed = append(blamed, c.GiveUp...) // what it hangs on comes first
			}
			blamed = append(blamed, slices.Concat(x.Reasons...)...)
		}
	}
	pair, ok := c.cost(q, a, blamed)
	switch {
	case !ok:
		return concat(append(parts, element("p", nil, text(neverWorse)), inFindings(q.ID()))...), nil
	case f == canBe:
		parts = append(parts, element("p", nil, text("It asks for the right answers to other questions, though.")))
	}
	picture, err := c.pair(pair)
	return concat(append(parts, picture, inFindings(q.ID()))...), err
}

// inFindings leads to what the findings say.
func inFindings(anchor string) markup {
	return element("p", nil, element("a", attributes{"href", "findings.html#" + anchor}, text("What the findings say")))
}

// reasons says why an answer cannot be had, or what it costs.
func (c *computation) reasons(x *props.Exclusion) markup {
	verb := "Excluded by "
	if x.Best {
		verb = "It breaks "
	}
	sets := each(x.Reasons, func(set []string) markup { return joined(each(set, c.propertyLink), " with ") })
	return element("p", nil, text(verb), joined(sets, "; or by "), text("."))
}

const neverWorse = "No design with it breaks a property that is required which it would keep with another answer."

// cost returns a pair that shows what an answer costs, about one of the properties that are blamed for it if there is one.
func (c *computation) cost(q model.Question, a model.Answer, blamed []string) (props.Pair, bool) {
	pairs := c.report.Pairs(q, a, c.report.BestDesigns())
	if len(pairs) == 0 {
		return props.Pair{}, false
	}
	return slices.MinFunc(pairs, func(x, y props.Pair) int { return rank(&x, blamed) - rank(&y, blamed) }), true
}

// rank is lower for a pair that shows more: about what is blamed, whose schedule can happen both ways, and short.
func rank(p *props.Pair, blamed []string) int {
	n := len(p.WrongTold)
	if p.Impossible != "" {
		n += 100
	}
	if at := slices.Index(blamed, p.Property.ID); at >= 0 {
		return n + 1000*at
	}
	return n + 1000*(len(blamed)+1)
}

// pair shows both sides of a pair.
func (c *computation) pair(p props.Pair) (markup, error) {
	why := p.Property.Claims
	repeat := "cosw check --pairs " + name(p.Question, p.Wrong)
	wrong, err := traces.NewBreaking(p.WrongPath, p.Property.ID, why, repeat)
	if err != nil {
		return "", err
	}
	right, err := traces.NewKept(p.RightPath, []string{p.Property.ID}, why, repeat)
	if err != nil {
		return "", err
	}
	goesWrong, err := shown(wrong, "wrong")
	if err != nil {
		return "", err
	}
	goesWell, err := shown(right, "right")
	if err != nil {
		return "", err
	}
	end := "and " + p.Property.Claims
	if p.Impossible != "" {
		end = p.Impossible + " cannot happen any more, and " + p.Property.Claims
	}
	return concat(
		element("h3", nil, text("With "), code(name(p.Question, p.Wrong)), text(": "+p.Property.Broken)), goesWrong,
		element("h3", nil, text("The same with "), code(name(p.Question, p.Right)), text(": "+end)), goesWell), nil
}

// shown draws a trace, tells its steps, and leads to the page on which it can be walked.
func shown(t *traces.Trace, id string) (markup, error) {
	scene, err := render.NewScene(t)
	if err != nil {
		return "", err
	}
	state, err := stepStateOf(t)
	if err != nil {
		return "", err
	}
	return concat(
		picture(scene, id),
		element("details", attributes{"class", "told", "id", "told-" + id}, element("summary", nil, text("The same in words")), steps(scene)),
		element("p", nil, element("a", attributes{"class", "button", "href", "step.html#" + string(state.fragment())}, text("Step through it")))), nil
}

// picture draws a scene.
func picture(scene *render.Scene, id string) markup {
	return element("div", attributes{"class", "picture", "tabindex", "0", "role", "group", "aria-label", "diagram, which can be scrolled"}, markup(scene.Picture(id)))
}

// steps tells the steps of a scene.
func steps(scene *render.Scene) markup {
	return classed("ol", "steps", each(scene.Shown(), func(s render.Step) markup {
		because := each(s.Because, func(a render.Answer) markup {
			return classed("span", "because", text(" ◆ because "), code(a.String()), text(": "+a.Meaning))
		})
		return element("li", nil, text(s.Text), classed("ul", "", each(s.Events, func(e string) markup { return element("li", nil, text(e)) })...), concat(because...))
	})...)
}

// propertyDetail says what a property is, which designs break it, and how.
func (c *computation) propertyDetail(v *props.Verdict) (markup, error) {
	p := &v.Property
	parts := []markup{
		heading(p.ID),
		element("p", nil, text(sentence(p.Claims)+" "), classed("span", "soft", text("A "+p.Weight.String()+"; draft, line "+number(uint64(p.Place.Line))+"."))),
		element("p", nil, text("Somebody who gives it up says: “"+sentence(p.Critic)+"”")),
		classed("p", "outcome", text("Broken by "+share(c.report, v.Designs)+".")),
	}
	if v.Violating == family.None {
		return concat(parts...), nil
	}
	if v.Designs != c.report.Algebra.Count(c.report.Scope) {
		parts = append(parts, element("p", nil, text("These are the designs that break it:")), c.formula(v.Violating, c.report.Options.Scope))
	}
	if p, ok := c.pairOf(v); ok {
		picture, err := c.pair(p)
		return concat(append(parts, picture)...), err
	}
	shortest, _ := c.report.Shortest(v, v.Violating)
	t, err := traces.NewBreaking(shortest.Path, p.ID, p.Claims, "cosw check --property "+p.ID)
	if err != nil {
		return "", err
	}
	picture, err := shown(t, "wrong")
	parts = append(parts, element("h3", nil, text("It is broken: "+p.Broken)), picture)
	return concat(parts...), err
}

// pairOf returns a pair about a property: a shortest counterexample, and a design that differs in one of the answers that it
// depends on and keeps the property, one of the best if possible.
func (c *computation) pairOf(v *props.Verdict) (props.Pair, bool) {
	shortest, _ := c.report.Shortest(v, v.Violating)
	best := c.report.BestDesigns()
	var found []props.Pair
	for q := range model.Space.Len() {
		question := model.Question(q)
		if question.Assumed() || !model.Space.Restricts(shortest.Term, q) {
			continue
		}
		for _, p := range c.report.Pairs(question, model.AnswerOf(shortest.Design, question), best) {
			if p.Property.ID == v.Property.ID {
				found = append(found, p)
			}
		}
	}
	if found == nil {
		return props.Pair{}, false
	}
	return slices.MinFunc(found, func(x, y props.Pair) int { return rank(&x, nil) - rank(&y, nil) }), true
}
