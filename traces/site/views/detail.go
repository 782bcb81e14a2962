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
	closing := link("close-detail", "close", changing(show, ""), text("✕"), classed("span", "unseen", text(" close")))
	var body markup
	var err error
	if q, a, ok := c.state.shownAnswer(); ok {
		body, err = c.answerDetail(q, a, fateOf(c.standings[q], a))
	} else {
		body, err = c.propertyDetail(c.report.Verdict(c.state.show))
	}
	return concat(closing, body), err
}

// heading is that of the details. It takes the focus where the page is told to look at them.
func heading(name string) markup {
	return element("h2", attributes{"id", "detail-heading", "tabindex", "-1"}, code(name))
}

// answerDetail says what an answer means and costs, and shows how it goes wrong. What was ruled out by choice is looked at as if
// it had not been.
func (c *computation) answerDetail(q model.Question, a model.Answer, f fate) (markup, error) {
	s, at := c.standings[q], c
	if f == ruledBy {
		at = c.allowing(q)
		s = at.standings[q]
	}
	i, _ := model.Space.AnswerIndex(int(q), a.String())
	out, change := "rule it out", ruleOut
	if !model.Space.Has(c.state.scope, int(q), i) {
		out, change = "allow it again", allow
	}
	parts := []markup{
		heading(name(q, a)),
		element("p", nil, text(q.Text()+" "+sentence(q.Meaning(a)))),
		classed("p", "outcome "+f.class, element("span", attributes{"class", "sign", "aria-hidden", "true"}, text(f.sign)), text(" "+sentence(f.says))),
	}
	if model.Space.Bits(c.state.scope, int(q)) != 1<<i { // the last answer cannot be ruled out
		parts = append(parts, element("p", nil, link("rule-out", "button", changing(change, name(q, a)), text(out))))
	}
	for _, x := range s.Excluded {
		if x.Answer == a {
			parts = append(parts, c.reasons(&x), element("p", nil, text("It "), ways(&x, c.phrase), text(".")))
		}
	}
	pair, ok := at.cost(s, a)
	switch {
	case !ok:
		return concat(append(parts, element("p", nil, text(neverWorse)), inFindings(q.ID()))...), nil
	case !c.report.Verdict(pair.Property.ID).Required:
		parts = append(parts, element("p", nil, text("What goes wrong with it is what you gave up: "), about(pair.Property.ID), text(".")))
	case f == canBe:
		parts = append(parts, element("p", nil, text("It asks for the right answers to other questions, though.")))
	}
	picture, err := c.pair(pair)
	return concat(append(parts, picture, inFindings(q.ID()))...), err
}

// allowing returns what would follow if every answer to a question were allowed.
func (c *computation) allowing(q model.Question) *computation {
	other := *c
	other.state.scope = model.Space.Free(c.state.scope, int(q))
	other.all = c.program.report.Within(other.state.scope)
	other.report = other.all.GivingUp(c.state.givenUp)
	other.standings = other.report.Stand()
	return &other
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
	sets := each(x.Reasons, func(set []string) markup { return joined(each(set, about), " with ") })
	return element("p", nil, text(verb), joined(sets, "; or by "), text("."))
}

const neverWorse = "No design with it breaks a property that is required which it would keep with another answer."

// cost returns a pair that shows what an answer costs, about one of the properties that are blamed for it if there is one. If
// none is, it is about one that would be if nothing had been given up.
func (c *computation) cost(s props.Standing, a model.Answer) (props.Pair, bool) {
	r, blamed := c.report, blamedFor(s, a)
	if blamed == nil && len(c.state.givenUp) > 0 {
		r, blamed = c.all, blamedFor(c.all.Stand()[s.Question], a)
	}
	pairs := r.Pairs(s.Question, a, c.report.BestDesigns())
	if len(pairs) == 0 {
		return props.Pair{}, false
	}
	return slices.MinFunc(pairs, func(x, y props.Pair) int { return rank(&x, blamed) - rank(&y, blamed) }), true
}

// blamedFor returns the properties for which an answer is not free, first those on which it hangs.
func blamedFor(s props.Standing, a model.Answer) []string {
	var all []string
	for _, x := range s.Excluded {
		if x.Answer != a {
			continue
		}
		for _, c := range x.GivesWay {
			all = append(all, c.GiveUp...)
		}
		all = append(all, slices.Concat(x.Reasons...)...)
	}
	return all
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
	return classed("div", "pair",
		element("div", nil, element("h3", nil, text("With "), code(name(p.Question, p.Wrong)), text(": "+p.Property.Broken)), goesWrong),
		element("div", nil, element("h3", nil, text("The same with "), code(name(p.Question, p.Right)), text(": "+end)), goesWell)), nil
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

// propertyDetail says what a property is, what it frees to give it up, which designs break it, and how.
func (c *computation) propertyDetail(v *props.Verdict) (markup, error) {
	p := &v.Property
	parts := []markup{
		heading(p.ID),
		element("p", nil, text(sentence(p.Claims)+" "), classed("span", "soft", text("A "+p.Weight.String()+"; draft, line "+number(uint64(p.Place.Line))+"."))),
		element("p", nil, text("Somebody who gives it up says: “"+sentence(p.Critic)+"”")),
		classed("p", "frees", c.frees(v)),
		classed("p", "outcome", text("Broken by "+share(c.report, v.Designs)+".")),
	}
	if v.Violating == family.None {
		return concat(parts...), nil
	}
	if v.Designs != c.report.Algebra.Count(c.report.Scope) {
		parts = append(parts, element("p", nil, text("These are the designs that break it:")), c.formula(v.Violating, c.report.Options.Scope))
	}
	if p, ok := pairOf(c.all, v.Property.ID); ok {
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

// frees says which answers can be had without a property that cannot be had with it, in a state that differs in nothing else.
func (c *computation) frees(v *props.Verdict) markup {
	id := v.Property.ID
	if !v.Required && !c.state.gives(id) {
		return text("It falls with what you gave up: no design that is left has it without that.")
	}
	without, with := c.standings, c.standings
	toggled := c.all
	if given := c.state.toggled(id).givenUp; len(given) > 0 {
		toggled = c.all.GivingUp(given)
	}
	if v.Required {
		without = toggled.Stand()
	} else {
		with = toggled.Stand()
	}
	before := free(with)
	var all []markup
	for _, s := range without {
		for _, a := range s.Free {
			if id := name(s.Question, a); !before[id] {
				all = append(all, about(id))
			}
		}
	}
	if all == nil {
		return text("To give it up frees no answer.")
	}
	return concat(text("To give it up frees "), joined(all, ", "), text("."))
}

// pairOf returns a pair about a property: a shortest counterexample, and a design that differs in one of the answers that it
// depends on and keeps the property, one of the best if possible.
func pairOf(r *props.Report, id string) (props.Pair, bool) {
	v := r.Verdict(id)
	shortest, _ := r.Shortest(v, v.Violating)
	best := r.BestDesigns()
	var found []props.Pair
	for _, q := range model.Questions() {
		if !model.Space.Restricts(shortest.Term, int(q)) {
			continue
		}
		for _, p := range r.Pairs(q, model.AnswerOf(shortest.Design, q), best) {
			if p.Property.ID == id {
				found = append(found, p)
			}
		}
	}
	if found == nil {
		return props.Pair{}, false
	}
	return slices.MinFunc(found, func(x, y props.Pair) int { return rank(&x, nil) - rank(&y, nil) }), true
}
