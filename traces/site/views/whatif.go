package views

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// computation is what follows from a state of the page What if.
type computation struct {
	of        fragment
	state     whatIfState
	report    *props.Report
	standings *props.Standings
	quick     []props.Standing // of each question
}

// compute returns what follows from a state. It keeps that of the last one, which is asked for part by part.
func (p *Program) compute(f fragment) (*computation, error) {
	if c := &p.computed; c.report != nil && c.of == f {
		return c, nil
	}
	s, err := whatIfStateOf(f)
	if err != nil {
		return nil, err
	}
	c := computation{of: f, state: s, report: p.report}
	if s.scope != model.Space.Full() {
		c.report = c.report.Within(s.scope)
	}
	if len(s.givenUp) > 0 {
		c.report = c.report.GivingUp(s.givenUp)
	}
	c.standings = c.report.Standings()
	for _, q := range model.Questions() {
		c.quick = append(c.quick, c.standings.Quick(q))
	}
	p.computed = c
	return &p.computed, nil
}

// free returns which answers can be had according to a report, as "suspend=wake".
func (p *Program) free(r *props.Report) map[string]bool {
	standings, free := r.Standings(), map[string]bool{}
	for _, q := range model.Questions() {
		for _, a := range standings.Quick(q).Free {
			free[name(q, a)] = true
		}
	}
	return free
}

// name returns an answer as "suspend=wake".
func name(q model.Question, a model.Answer) string { return q.ID() + "=" + a.String() }

// The places of the page What if. That of how firm a question is has its id behind the name.
const (
	placeSummary     = "summary"
	placeChosen      = "chosen"
	placeQuestions   = "questions"
	placeProperties  = "properties"
	placeAssumptions = "assumptions"
	placeDetail      = "detail"
	placeStanding    = "standing-"
	placeConflicts   = "conflicts"
	placeDesigns     = "designs"
)

// whatIf shows a state.
func (p *Program) whatIf(f fragment) (View, error) {
	c, err := p.compute(f)
	if err != nil {
		return View{}, err
	}
	summary := p.summary(c)
	v := View{Parts: map[string]string{
		placeSummary:     string(summary.markup(c.state)),
		placeChosen:      string(c.chosen()),
		placeQuestions:   string(p.questions(c)),
		placeProperties:  string(c.properties()),
		placeAssumptions: string(c.assumptions()),
		placeConflicts:   string(waiting),
		placeDesigns:     string(waiting),
		placeDetail:      "",
	}, Said: summary.said()}
	if c.state.show != "" {
		v.Parts[placeDetail] = string(waiting)
		v.Later = append(v.Later, placeDetail)
		v.Focus = placeDetail + " " + c.state.show
	}
	for _, q := range model.Questions() {
		v.Later = append(v.Later, placeStanding+q.ID())
	}
	v.Later = append(v.Later, placeConflicts, placeDesigns)
	return v, nil
}

// whatIfLater returns a part that takes longer.
func (p *Program) whatIfLater(f fragment, part string) (markup, error) {
	c, err := p.compute(f)
	if err != nil {
		return "", err
	}
	if id, ok := strings.CutPrefix(part, placeStanding); ok {
		i, found := model.Space.Index(id)
		if !found || model.Question(i).Assumed() {
			return "", fmt.Errorf("there is no question %s", id)
		}
		return c.standing(model.Question(i)), nil
	}
	switch part {
	case placeDetail:
		return c.detail()
	case placeConflicts:
		return c.conflicts(), nil
	case placeDesigns:
		return c.designs(), nil
	}
	return "", fmt.Errorf("there is no part %s", part)
}

// waiting stands for a part that is still being computed.
const waiting = markup(`<p class="waiting">…</p>`)

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
	for _, standing := range c.quick {
		now := map[string]bool{}
		for _, a := range standing.Free {
			now[name(standing.Question, a)] = true
		}
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
func (s *summing) markup(state whatIfState) markup {
	answers := func(ids []string) markup {
		return joined(each(ids, func(id string) markup { return link("", "", state.showing(id).fragment(), code(id)) }), ", ")
	}
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
	undo := func(id, label string, to whatIfState) {
		all = append(all, element("li", nil, link("undo-"+id, "undo", to.fragment(),
			text(label), classed("span", "cross", text(" ✕")), classed("span", "unseen", text(" take back")))))
	}
	for _, id := range c.state.givenUp {
		undo(id, "without "+id, c.state.toggled(id))
	}
	for q := range model.Space.Len() {
		if model.Space.Restricts(c.state.scope, q) {
			back := c.state
			back.scope = model.Space.Free(back.scope, q)
			undo(model.Question(q).ID(), literals(model.Space.Replace(model.Space.Full(), q, c.state.scope))[0], back)
		}
	}
	if all == nil {
		return concat(classed("p", "soft", text("Nothing is chosen. Try:")), classed("ul", "try", each(trials, trial)...))
	}
	all = append(all, element("li", nil, link("undo-all", "undo", whatIfState{scope: model.Space.Full(), show: c.state.show}.fragment(), text("take everything back"))))
	return concat(classed("ul", "choices", all...), classed("p", "soft", text("On the command line: "), code(c.state.command())))
}

// trials are states to begin with, and what they ask.
var trials = []struct{ asks, state string }{
	{"What if new code may get connections that it did not accept?", "give-up=fresh-acceptance;show=update=transfer"},
	{"What if the worker always answers?", "assume=scripts=answer;show=deadline=none"},
	{"What if a page may time an idle worker?", "give-up=hides-suspend-timed;show=suspend=wake"},
	{"What if storage is partitioned, as it is today?", "set=partition=by-site;show=partition=by-site"},
}

func trial(t struct{ asks, state string }) markup {
	return element("li", nil, link("", "", fragment(version+";"+t.state), text(t.asks)))
}
