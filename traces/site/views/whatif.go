package views

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// computation is what follows from a state of the page What if.
type computation struct {
	program   *Program
	state     whatIfState
	all       *props.Report // of the designs that are left, with every property required
	report    *props.Report // the same without what is given up
	standings []props.Standing
	below     map[string]string // parts that depend on the report alone, by their places
}

// compute returns what follows from a state. What follows from the last one as well is not worked out anew.
func (p *Program) compute(s whatIfState) *computation {
	if p.report.Trim(mostNodes) {
		p.last = nil
	}
	c := &computation{program: p, state: s, all: p.report}
	last := p.last
	p.last = c
	sameScope := last != nil && last.state.scope == s.scope
	switch {
	case sameScope:
		c.all = last.all
	case s.scope != model.Space.Full():
		c.all = p.report.Within(s.scope)
	}
	if sameScope && slices.Equal(last.state.givenUp, s.givenUp) {
		c.report, c.standings, c.below = last.report, last.standings, last.below
		return c
	}
	c.report = c.all
	if len(s.givenUp) > 0 {
		c.report = c.all.GivingUp(s.givenUp)
	}
	c.standings = c.report.Stand()
	c.below = map[string]string{placeConflicts: string(c.conflicts()), placeDesigns: string(c.designs())}
	return c
}

// free returns which answers can be had according to a report, as "suspend=wake".
func free(standings []props.Standing) map[string]bool {
	all := map[string]bool{}
	for _, s := range standings {
		for _, a := range s.Free {
			all[name(s.Question, a)] = true
		}
	}
	return all
}

// name returns an answer as "suspend=wake".
func name(q model.Question, a model.Answer) string { return q.ID() + "=" + a.String() }

// The places of the page What if, and of those that there are several what they begin with.
const (
	placeSummary     = "summary"
	placeChosen      = "chosen"
	placeQuestion    = "question-"
	placeProperty    = "property-"
	placeAssumptions = "assumptions"
	placeDetail      = "detail"
	placeConflicts   = "conflicts"
	placeDesigns     = "designs"
)

// whatIf shows a state.
func (p *Program) whatIf(f fragment) (View, error) {
	s, err := whatIfStateOf(f)
	if err != nil {
		return View{}, err
	}
	c := p.compute(s)
	detail, focus := markup(""), ""
	if c.state.show != "" {
		if detail, err = c.detail(); err != nil {
			return View{}, err
		}
		focus = placeDetail + " " + c.state.show
	}
	summary := p.summary(c)
	parts := map[string]string{
		placeSummary:     string(summary.markup()),
		placeChosen:      string(c.chosen()),
		placeAssumptions: string(c.assumptions()),
		placeDetail:      string(detail),
	}
	maps.Copy(parts, c.below)
	for _, s := range c.standings {
		parts[placeQuestion+s.Question.ID()] = string(p.question(c, s))
	}
	for i := range c.report.Verdicts {
		v := &c.report.Verdicts[i]
		parts[placeProperty+v.Property.ID] = string(c.property(v))
	}
	return View{Parts: parts, Said: summary.said(), Focus: focus}, nil
}

// summing is what a state comes to, in short.
type summing struct {
	given   []string // what was chosen
	designs string
	frees   []string // answers that can be had now, and not when nothing is chosen
	takes   []string // answers that can be had when nothing is chosen, and not now
}

// summary says what a state comes to.
func (p *Program) summary(c *computation) summing {
	r := c.report
	s := summing{designs: designsLeft(r)}
	for _, id := range c.state.givenUp {
		s.given = append(s.given, "without "+id)
	}
	s.given = append(s.given, literals(c.state.scope)...)
	if s.given == nil {
		return s
	}
	now := free(c.standings)
	for _, standing := range c.standings {
		for i, a := range standing.Question.Answers() {
			switch id := name(standing.Question, a); {
			case now[id] && !p.usual[id]:
				s.frees = append(s.frees, id)
			case !now[id] && p.usual[id] && model.Space.Has(c.state.scope, int(standing.Question), i):
				s.takes = append(s.takes, id)
			}
		}
	}
	return s
}

// designsLeft says how many designs are good or, if none is, best.
func designsLeft(r *props.Report) string {
	required := 0
	for i := range r.Verdicts {
		if r.Verdicts[i].Required {
			required++
		}
	}
	if n := r.Algebra.Count(r.Good); n > 0 {
		return fmt.Sprintf("%s of %s %s all %s.", number(n), count(r.Algebra.Count(r.Scope), "design"), have(n), count(uint64(required), "property", "properties"))
	}
	best := r.Best()
	designs := family.None
	for _, class := range best {
		designs = r.Algebra.Union(designs, class.Designs)
	}
	return fmt.Sprintf("No design has all %s. As much as can be had at once is had by %s, in %s that differ in what they give up.",
		count(uint64(required), "property", "properties"), count(r.Algebra.Count(designs), "best design"), count(uint64(len(best)), "group"))
}

// markup links each answer to its details.
func (s *summing) markup() markup {
	answers := func(ids []string) markup { return joined(each(ids, about), ", ") }
	var b []markup
	if s.given != nil {
		frees := text("That frees no answer.")
		if s.frees != nil {
			frees = concat(text("That frees "), answers(s.frees), text("."))
		}
		if s.takes != nil {
			frees = concat(frees, text(" It rules out "), answers(s.takes), text("."))
		}
		b = append(b, classed("p", "frees", frees))
	}
	return concat(append(b, element("p", nil, text(s.designs)))...)
}

func (s *summing) said() string {
	said := s.designs
	if s.given != nil {
		freed := "That frees no answer. "
		if s.frees != nil {
			freed = "That frees " + strings.Join(s.frees, ", ") + ". "
		}
		if s.takes != nil {
			freed += "It rules out " + strings.Join(s.takes, ", ") + ". "
		}
		said = freed + said
	}
	return said
}

// chosen lists what was chosen, each with a way back, and what else one could try.
func (c *computation) chosen() markup {
	var all []markup
	back := func(id, label string, change fragment) {
		all = append(all, element("li", nil, link("undo-"+id, "undo", change,
			text(label), classed("span", "cross", text(" ✕")), classed("span", "unseen", text(" take back")))))
	}
	for _, id := range c.state.givenUp {
		back(id, "without "+id, changing(require, id))
	}
	for q := range model.Space.Len() {
		if model.Space.Restricts(c.state.scope, q) {
			id := model.Question(q).ID()
			back(id, literals(model.Space.Replace(model.Space.Full(), q, c.state.scope))[0], changing(anyOf, id))
		}
	}
	if all == nil {
		return concat(classed("p", "soft", text("Nothing is chosen. Try:")), classed("ul", "try", each(trials, trial)...))
	}
	all = append(all, element("li", nil, link("undo-all", "undo", changing(undo, "all"), text("take everything back"))))
	return concat(classed("ul", "choices", all...), classed("p", "soft", text("On the command line: "), code(c.state.command())))
}

// trials are states to begin with, and what they ask.
var trials = []suggestion{
	{"What if new code may get connections that it did not accept?", "give-up=fresh-acceptance;show=update=transfer"},
	{"What if the worker always answers?", "assume=scripts=answer;show=deadline=none"},
	{"What if a page may time an idle worker?", "give-up=hides-suspend-timed;show=suspend=wake"},
	{"What if storage is partitioned, as it is today?", "set=partition=by-site;show=partition=by-site"},
}

type suggestion struct{ asks, state string }

func (s suggestion) fragment() fragment { return fragment(version + ";" + s.state) }

func trial(s suggestion) markup { return element("li", nil, link("", "", s.fragment(), text(s.asks))) }
