package views

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/render"
)

// The places of the page Step.
const (
	placeStart   = "start"
	placeLanes   = "lanes"
	placeMoves   = "moves"
	placeChoices = "choices-now"
	placeSplit   = "split"
	placeWorld   = "world"
	placeGraph   = "graph"
	placeFile    = "file"
)

// stepping is what follows from a state of the page Step.
type stepping struct {
	*stepState
	sets    *family.Algebra
	trace   *traces.Trace // up to where the page stands
	scene   *render.Scene
	choices []props.Choice
	broken  []family.Set // by property: the designs under which it is broken where the page stands
}

// step shows a state.
func (p *Program) step(f fragment) (View, error) {
	s, err := stepStateFrom(f)
	if err != nil {
		return View{}, err
	}
	t, err := traces.NewJudged(props.Path{Part: s.stage.Part, Bounds: s.stage.Bounds, Trace: s.now(), Design: s.design},
		"A history that somebody stepped through.", "cosw show FILE")
	if err != nil {
		return View{}, err
	}
	scene, err := render.NewScene(t)
	if err != nil {
		return View{}, err
	}
	sets := family.NewAlgebra(model.Space)
	c := &stepping{s, sets, t, scene, s.stage.Next(sets, s.now(), s.design), s.stage.Breaks(sets, s.now(), sets.Cube(s.design))}
	graph, err := c.graph()
	if err != nil {
		return View{}, err
	}
	return View{Parts: map[string]string{
		placeStart:   string(c.beginnings(p.corpus)),
		placeLanes:   string(picture(scene, "history")),
		placeMoves:   string(c.moves()),
		placeChoices: string(c.enabled()),
		placeSplit:   string(c.split()),
		placeWorld:   string(c.world()),
		placeGraph:   string(graph),
		placeFile:    string(c.file()),
	}, Said: c.said(), Focus: c.focus()}, nil
}

func (c *stepping) focus() string {
	if c.try == "" {
		return ""
	}
	return placeSplit + " " + c.try
}

// said tells what the last step brought.
func (c *stepping) said() string {
	said := "The beginning. "
	if n := len(c.scene.Steps); n > 0 {
		last := c.scene.Steps[n-1]
		said = fmt.Sprintf("Step %d: %s. %s. ", n, last.Text, strings.Join(last.Events, "; "))
	}
	return said + c.verdict()
}

// verdict says which properties are broken where the page stands, and which are under some of its designs.
func (c *stepping) verdict() string {
	var all, some []string
	for i, broken := range c.broken {
		switch id := c.stage.Properties[i].ID; broken {
		case family.None:
		case c.sets.Cube(c.design):
			all = append(all, id)
		default:
			some = append(some, id)
		}
	}
	switch {
	case all == nil && some == nil:
		return "Nothing is broken here."
	case some == nil:
		return "Broken here: " + strings.Join(all, ", ") + "."
	case all == nil:
		return "Broken here only under some answers: " + strings.Join(some, ", ") + "."
	}
	return "Broken here: " + strings.Join(all, ", ") + "; and only under some answers: " + strings.Join(some, ", ") + "."
}

// partly says under which answers properties are broken that are not under all.
func (c *stepping) partly() markup {
	var all []markup
	for i, broken := range c.broken {
		if broken == family.None || broken == c.sets.Cube(c.design) {
			continue
		}
		terms := each(c.sets.Cover(broken).Terms, func(t family.Cube) markup { return term(without(t, c.design)) })
		all = append(all, element("li", nil, code(c.stage.Properties[i].ID), text(" is broken where "), joined(terms, ", or where ")))
	}
	if all == nil {
		return ""
	}
	return classed("ul", "soft", all...)
}

// beginnings are the worlds in which a history can begin, and what is fixed of the design.
func (c *stepping) beginnings(corpus []Kept) markup {
	var all []markup
	for i, start := range c.stage.Starts {
		fresh := &stepState{stage: c.stage, design: model.Space.Full()}
		fresh.path.Initial = i
		current := ""
		if i == c.path.Initial {
			current = "aria-current"
		}
		all = append(all, element("li", nil, element("a", attributes{"id", "start-" + strings.ReplaceAll(start, " ", "-"), "class", "button",
			"href", "#" + string(fresh.fragment()), current, "true"}, text(start))))
	}
	for _, part := range props.Parts() {
		if part != c.stage.Part {
			all = append(all, element("li", nil, element("a", attributes{"id", "part-" + part.String(), "class", "button",
				"href", "#" + string(fragmentOf(field{"part", part.String()}))}, text(part.String()))))
		}
	}
	fixed := element("p", nil, text("No answer matters so far: this happens under every design."))
	if answers := literals(c.trace.Design); len(answers) > 0 {
		fixed = element("p", nil, text("The history depends on "), codes(answers, " "), text("."))
	}
	from, whole := markup(""), string(c.moved(len(c.path.Steps)).fragment())
	for _, kept := range corpus {
		if kept.State == whole {
			from = element("p", nil, element("strong", nil, text(kept.Name)), text(": "+kept.Why))
		}
	}
	return concat(from, element("p", nil, text("Part of the model: "), code(c.stage.Part.String()), text(", "+c.stage.Part.About()+". "+sentence(c.scene.Given)+" Begin anew, or in another part of the model:")),
		classed("ul", "buttons", all...), fixed)
}

// moves go to and fro in the history.
func (c *stepping) moves() markup {
	n := len(c.path.Steps)
	var all []markup
	move := func(id, sign, label string, can bool, to *stepState) {
		if can {
			all = append(all, link(id, "button", to.fragment(), element("span", attributes{"aria-hidden", "true"}, text(sign+" ")), text(label)))
		} else {
			all = append(all, element("a", attributes{"id", id, "class", "button", "role", "link", "aria-disabled", "true"}, element("span", attributes{"aria-hidden", "true"}, text(sign+" ")), text(label)))
		}
	}
	move("move-first", "«", "first", c.at > 0, c.moved(0))
	move("move-back", "‹", "back", c.at > 0, c.moved(max(c.at-1, 0)))
	move("move-on", "›", "on", c.at < n, c.moved(min(c.at+1, n)))
	move("move-last", "»", "last", c.at < n, c.moved(n))
	if c.at > 0 {
		move("undo", "↶", "undo", true, c.stepState.back())
	}
	where := "The beginning. "
	if n > 0 {
		where = fmt.Sprintf("Step %d of %d. ", c.at, n)
	}
	return concat(element("p", nil, text(where), classed("strong", "verdict", text(c.verdict()))), c.partly(), classed("div", "buttons", all...))
}

// option is a step that could be taken, with the choices that it makes under different designs.
type option struct {
	name    string
	choices []props.Choice
}

func (c *stepping) options() []option {
	var all []option
	for _, choice := range c.choices {
		if n := len(all); n > 0 && all[n-1].name == choice.Told.Step {
			all[n-1].choices = append(all[n-1].choices, choice)
		} else {
			all = append(all, option{choice.Told.Step, []props.Choice{choice}})
		}
	}
	return all
}

// decided tells whether a step can be taken, and does the same, under every design of the state.
func (c *stepping) decided(o option) bool {
	return len(o.choices) == 1 && o.choices[0].Designs == c.sets.Cube(c.design)
}

// does says what a step does.
func (c *stepping) does(o option) string {
	if c.stage.Part.Bounded() {
		return props.ModelStep(o.choices[0].Step).Describe()
	}
	return strings.Join(o.choices[0].Told.Happens, "; ")
}

// enabled lists the steps that could be taken: first what is owed, then what is free to happen.
func (c *stepping) enabled() markup {
	var owed, free []markup
	for _, o := range c.options() {
		id, sign, to := "take-"+strings.ReplaceAll(o.name, " ", "-"), markup(""), c.trying(o.name)
		if c.decided(o) {
			to = c.taking(o.choices[0].Step, c.design)
		} else {
			sign = concat(element("span", attributes{"class", "because", "aria-hidden", "true"}, text(" ◆")), classed("span", "unseen", text(" depends on an answer")))
		}
		button := element("li", nil, link(id, "button step", to.fragment(), code(o.name), sign, classed("span", "means", text(c.does(o)))))
		if o.choices[0].Internal {
			owed = append(owed, button)
		} else {
			free = append(free, button)
		}
	}
	none := element("p", nil, text("Nothing can happen any more."))
	if owed == nil && free == nil {
		return none
	}
	section := func(title, explains string, buttons []markup) markup {
		if buttons == nil {
			return ""
		}
		return concat(element("h3", nil, text(title+" "), classed("span", "soft", text(explains))), classed("ul", "buttons", buttons...))
	}
	return concat(section("Owed", "happens sooner or later, if nothing comes between", owed), section("Free", "may happen, or not", free))
}

// split shows a step under each answer that it depends on, side by side.
func (c *stepping) split() markup {
	if c.try == "" {
		return ""
	}
	var cards []markup
	for _, o := range c.options() {
		if o.name != c.try {
			continue
		}
		for _, choice := range o.choices {
			design := c.sets.Hull(choice.Designs)
			fixed := literals(without(design, c.design))
			title := codes(fixed, " ")
			if len(fixed) == 0 {
				title = text("whatever is answered")
			}
			cards = append(cards, classed("li", "card", element("h3", nil, text("where "), title), meanings(without(design, c.design)),
				element("ul", nil, each(choice.Told.Happens, func(s string) markup { return element("li", nil, text(s)) })...),
				link(fmt.Sprintf("go-%d", len(cards)), "button", c.taking(choice.Step, design).fragment(), text("go on here"))))
		}
	}
	if cards == nil {
		return element("p", nil, code(c.try), text(" cannot be taken here."))
	}
	return concat(element("h2", attributes{"id", "split-heading", "tabindex", "-1"}, code(c.try), text(" depends on an answer")), classed("ul", "cards", cards...))
}

// without returns what a term restricts more than another one does.
func without(term, anyhow family.Cube) family.Cube {
	for q := range model.Space.Len() {
		if model.Space.Bits(term, q) == model.Space.Bits(anyhow, q) {
			term = model.Space.Free(term, q)
		}
	}
	return term
}

// meanings explains the answers of a cube.
func meanings(c family.Cube) markup {
	var all []markup
	for i := range model.Space.Len() {
		if q := model.Question(i); model.Space.Restricts(c, i) && !model.Space.Open(c, i) {
			all = append(all, classed("p", "soft", text(q.Text()+" "), text(sentence(q.Meaning(model.AnswerOf(c, q))))))
		}
	}
	return concat(all...)
}

// world tells how things stand.
func (c *stepping) world() markup {
	switch {
	case len(c.scene.Steps) == 0 && len(c.scene.After) == 0:
		return element("p", nil, text("As it begins."))
	case len(c.scene.After) == 0:
		return steps(c.scene)
	}
	return element("ul", nil, each(c.scene.After, func(s string) markup { return element("li", nil, text(s)) })...)
}

// file offers the history as a trace file.
func (c *stepping) file() markup {
	return element("textarea", attributes{"id", "trace-text", "hidden", "hidden", "readonly", "readonly", "aria-hidden", "true", "tabindex", "-1"}, text(string(c.trace.Format())))
}
