package main

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file holds the sections of a report that weigh properties against each other.

type (
	// assumption is what a check looked at for a question that no design answers.
	assumption struct {
		ID    string   `json:"id"`
		Cases []string `json:"cases"` // the ways it can come out that a design has to stand

		open bool // all of them
	}
	// granted is something that no question or assumption leaves open.
	granted struct {
		ID        string `json:"id"`
		Says      string `json:"says"`
		Otherwise string `json:"otherwise"`
		Source    string `json:"source"`
	}
	question struct {
		ID       string         `json:"id"`
		Firmness props.Firmness `json:"firmness"`
		Free     []answer       `json:"free"`
		Excluded []exclusion    `json:"excluded"`
		// Tried are the properties that have to do with the question.
		Tried []string `json:"tried"`

		asks string
	}
	exclusion struct {
		Answer   answer       `json:"answer"`
		Reasons  [][]string   `json:"reasons"`
		Restated []string     `json:"restated"` // those of the reasons that say just that: this answer is wrong
		Best     bool         `json:"best"`     // some best designs have it all the same
		GivesWay []concession `json:"givesWay"`

		ways string // in which it gives way, in words
	}
	concession struct {
		GiveUp []string    `json:"giveUp"`
		With   []string    `json:"with"` // what falls with it of the reasons
		Assume environment `json:"assume"`
	}
	// class is a class of best designs.
	class struct {
		GiveUp  []string  `json:"giveUp"`
		Designs designSet `json:"designs"`
	}
	conflict struct {
		Properties []string      `json:"properties"`
		Unless     []environment `json:"unless"`
		Sides      []side        `json:"sides,omitempty"`

		says, unless string
	}
	// side is a way out of a conflict, by a trace of best designs that keep all of its properties but one.
	side struct {
		Broken string `json:"broken"`
		Trace  trace  `json:"trace"`

		how string
	}
	// onlyIf is a property that no design has unless something is assumed. It counts as it stands then.
	onlyIf struct {
		Property string      `json:"property"`
		Unless   environment `json:"unless"`

		says string
	}
	// fall says which properties are given up with one: those that the same designs have, and those of fewer designs.
	fall struct {
		Property string   `json:"property"`
		Same     []string `json:"same"`
		With     []string `json:"with"`
	}
	// givenUp says which properties are not required any more, and what comes of it.
	givenUp struct {
		Properties []string   `json:"properties"`
		With       []string   `json:"with"`      // what falls with them
		Frees      []cube     `json:"frees"`     // answers that would not be free otherwise
		Dissolves  [][]string `json:"dissolves"` // conflicts that there would be otherwise
	}
)

// environment is what is assumed. Where it is written, it has the syntax of --assume; it is empty where nothing is.
type environment family.Cube

func (e environment) String() string               { return model.Space.FormatAssumed(family.Cube(e)) }
func (e environment) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

func assumptionsOf(scope family.Cube) []assumption {
	var all []assumption
	for _, q := range model.Assumptions() {
		a := assumption{ID: q.ID(), open: !model.Space.Restricts(scope, int(q))}
		for i := range model.Space.Answers(scope, int(q)) {
			a.Cases = append(a.Cases, q.Answer(i).String())
		}
		all = append(all, a)
	}
	return all
}

func allGranted() []granted {
	var all []granted
	for _, g := range model.AllGranted() {
		all = append(all, granted(g))
	}
	return all
}

// weigh fills in the sections that need a finished search.
func (out *report) weigh(r *props.Report, s sections) {
	standings := r.Stand()
	for _, standing := range standings {
		out.Questions = append(out.Questions, newQuestion(r, standing))
	}
	for _, c := range r.Best() {
		out.Best = append(out.Best, class{append([]string{}, c.GiveUp...), setOf(r.Algebra.Cover(c.Designs), r.Algebra.Count(c.Designs))})
	}
	best := r.BestDesigns()
	out.best, out.bestHull = r.Algebra.Count(best), r.Algebra.Hull(best)
	for _, c := range r.Conflicts() {
		out.Conflicts = append(out.Conflicts, newConflict(r, c, s.traces))
	}
	assuming := r.OnlyIf()
	for _, v := range r.Verdicts {
		if e, found := assuming[v.Property.ID]; found {
			out.OnlyIf = append(out.OnlyIf, onlyIf{v.Property.ID, environment(e), props.OnlyIfSentence(v.Property.ID, e).String()})
		}
	}
	for _, f := range r.Falls() {
		out.Falls = append(out.Falls, fall{f.Property, append([]string{}, f.Same...), append([]string{}, f.With...)})
	}
	if len(s.givenUp) > 0 {
		out.GivenUp = &givenUp{s.givenUp, falling(s.before, r, s.givenUp), freed(s.before, standings), dissolved(s.before, r)}
	}
}

func newQuestion(r *props.Report, s props.Standing) question {
	q := question{ID: s.Question.ID(), Firmness: s.Firmness, Free: []answer{}, Excluded: []exclusion{}, Tried: []string{}, asks: s.Question.Text()}
	for _, a := range s.Free {
		q.Free = append(q.Free, answerOf(s.Question, a))
	}
	for _, x := range s.Excluded {
		e := exclusion{
			Answer: answerOf(s.Question, x.Answer), Reasons: x.Reasons, Restated: restated(r, s.Question, x.Reasons), Best: x.Best,
			GivesWay: []concession{}, ways: x.Ways(props.Signs).String(),
		}
		for _, c := range x.GivesWay {
			e.GivesWay = append(e.GivesWay, concession{append([]string{}, c.GiveUp...), append([]string{}, c.With...), environment(c.Assume)})
		}
		q.Excluded = append(q.Excluded, e)
	}
	for _, v := range r.Verdicts {
		if v.Required && r.Algebra.Flip(v.Violating, int(s.Question), 0) != v.Violating {
			q.Tried = append(q.Tried, v.Property.ID)
		}
	}
	return q
}

// restated returns those of some reasons that are about answers to q and nothing else.
func restated(r *props.Report, q model.Question, reasons [][]string) []string {
	all := []string{}
	for _, reason := range reasons {
		if len(reason) > 1 {
			continue
		}
		if answers, ok := r.Restated(r.Verdict(reason[0])); ok && model.Space.Restricts(answers, int(q)) {
			all = append(all, reason[0])
		}
	}
	return all
}

func answerOf(q model.Question, a model.Answer) answer { return answer{a.String(), q.Meaning(a)} }

func newConflict(r *props.Report, c props.Conflict, traces bool) conflict {
	out := conflict{Properties: c.Properties, Unless: []environment{}, says: r.Sentence(c).String(), unless: c.Dissolves().String()}
	for _, e := range c.Unless {
		out.Unless = append(out.Unless, environment(e))
	}
	if !traces || len(c.Properties) == 1 {
		return out
	}
	for _, s := range r.Sides(c) {
		out.Sides = append(out.Sides, side{s.Broken, trace{cube(s.Term), stepsOf(s.Told)}, r.Verdict(s.Broken).Property.Broken})
	}
	return out
}

// falling returns the properties that were required before and are not now, but for those that were given up by name.
func falling(before, now *props.Report, givenUp []string) []string {
	all := []string{}
	for i := range now.Verdicts {
		id := now.Verdicts[i].Property.ID
		if before.Verdicts[i].Required && !now.Verdicts[i].Required && !slices.Contains(givenUp, id) {
			all = append(all, id)
		}
	}
	return all
}

// freed returns the answers that are free as answers stand, and were not before.
func freed(before *props.Report, standings []props.Standing) []cube {
	frees := []cube{}
	for i, stood := range before.Stand() {
		for _, a := range standings[i].Free {
			if !slices.Contains(stood.Free, a) {
				frees = append(frees, cube(model.Where(stood.Question, a)))
			}
		}
	}
	return frees
}

// dissolved returns the conflicts that there were before and are not now.
func dissolved(before, now *props.Report) [][]string {
	left := now.Conflicts()
	gone := [][]string{}
	for _, c := range before.Conflicts() {
		if !slices.ContainsFunc(left, func(l props.Conflict) bool { return slices.Equal(l.Properties, c.Properties) }) {
			gone = append(gone, c.Properties)
		}
	}
	return gone
}
