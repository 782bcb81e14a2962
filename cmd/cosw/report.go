package main

import (
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// report is what a check found, section by section, as data: every value of --format is written from it. Marshalled as it
// stands, it is the format json, with formulas as lists of terms in the syntax of --set. What is not exported are words
// for people.
type report struct {
	Designs     uint64       `json:"designs"`
	Scope       cube         `json:"scope"`
	Assumptions []assumption `json:"assumptions"`
	Granted     []granted    `json:"granted"` // what the model takes for granted beside them
	Bounds      model.Bounds `json:"bounds"`
	Complete    bool         `json:"complete"`
	Stopped     string       `json:"stopped,omitempty"` // why it is not complete
	Coverage    []coverage   `json:"coverage"`
	Properties  []verdict    `json:"properties"`
	Good        designSet    `json:"good"`
	Unseen      []stepKind   `json:"unseenSteps,omitempty"`
	Beyond      []beyond     `json:"beyondBounds,omitempty"` // what the bounds are too small for
	Livelock    bool         `json:"livelock"`
	Random      *sample      `json:"random,omitempty"`
	Pairs       []pair       `json:"pairs,omitempty"` // where they were asked for

	// Where the search finished:
	Questions []question `json:"questions,omitempty"`
	Conflicts []conflict `json:"conflicts,omitempty"`
	Best      []class    `json:"best,omitempty"`
	OnlyIf    []onlyIf   `json:"onlyIf,omitempty"`
	Falls     []fall     `json:"falls,omitempty"`
	GivenUp   *givenUp   `json:"givenUp,omitempty"`

	whole      bool        // the whole family was checked
	lifecycle  bool        // and with it the lifecycle
	histories  int         // that were asked for
	livelocked uint64      // designs
	best       uint64      // designs
	bestHull   family.Cube // what they have in common
}

// The sections of a report.
type (
	coverage struct {
		Part  string `json:"part"`
		Pairs uint64 `json:"pairs"`
		Depth int    `json:"depth"`
	}
	verdict struct {
		ID         string        `json:"id"`
		Claims     string        `json:"claims"`
		Line       int           `json:"draftLine"`
		Weight     props.Weight  `json:"weight"`
		Critic     string        `json:"critic"`
		Required   bool          `json:"required"`
		Status     props.Status  `json:"status"`
		Vacuous    bool          `json:"vacuous"`
		Violating  designSet     `json:"violating"`
		Restates   string        `json:"restates,omitempty"` // answers that it says to be wrong, if it says nothing else
		Since      *model.Bounds `json:"sameFrom,omitempty"`
		Violations []violation   `json:"violations,omitempty"`

		heading         string // of the passage of the draft
		applies, broken string
		lacks           string // what the bounds lack for the premise to be seen
	}
	violation struct {
		Term   cube    `json:"term"`
		Traces []trace `json:"traces"`
	}
	trace struct {
		Term  cube        `json:"term"`
		Steps []traceStep `json:"steps"`
	}
	traceStep struct {
		Step    string   `json:"step"`
		Happens []string `json:"happens"`
	}
	sample struct {
		Seed      uint64   `json:"seed"`
		Wanted    int      `json:"wanted"` // more than histories if the time was up before
		Histories int      `json:"histories"`
		Steps     int      `json:"steps"`
		New       []string `json:"newEvidence"`

		bounds model.Bounds

		beyond bool // what is new is beyond the bounds of the search, which are smaller than the default ones
	}
	pair struct {
		Property   string      `json:"property"`
		Question   string      `json:"question"`
		Wrong      string      `json:"wrong"`
		Right      string      `json:"right"`
		Pairs      uint64      `json:"pairs"`
		Both       cube        `json:"both"`
		WrongSteps []traceStep `json:"wrongSteps"`
		RightSteps []traceStep `json:"rightSteps"`
		Impossible string      `json:"impossible,omitempty"`

		claims, broken string
	}
)

// sections says what a report is to hold beside the verdicts.
type sections struct {
	traces  bool                             // counterexamples
	all     bool                             // of them: one for each term of each formula
	pairs   func(*props.Report) []props.Pair // nil for none
	givenUp []string                         // properties; nil for none
	before  *props.Report                    // the report when nothing is given up
}

// beyond is a kind of step, or the premise of a property, that takes larger bounds.
type beyond struct {
	Step    stepKind `json:"step,omitempty"`
	Premise string   `json:"premise,omitempty"`
	Needs   string   `json:"needs"` // as in "2 pages"
}

// newReport makes the sections of what a check found.
func newReport(r *props.Report, s sections) *report {
	out := &report{
		Designs: r.Algebra.Count(r.Scope), Scope: cube(r.Options.Scope), Assumptions: assumptionsOf(r.Options.Scope), Granted: allGranted(),
		Bounds: r.Options.Bounds, Complete: r.Complete(), Good: setOf(r.Algebra.Cover(r.Good), r.Algebra.Count(r.Good)),
		Livelock: r.Livelock.Set != family.None, livelocked: r.Algebra.Count(r.Livelock.Set),
		whole: r.Whole(), histories: r.Options.Histories,
	}
	if r.Stopped != nil {
		out.Stopped = r.Stopped.Error()
	}
	for _, c := range r.Coverage {
		out.Coverage = append(out.Coverage, coverage{c.Part.String(), c.Pairs, c.Depth})
		out.lifecycle = out.lifecycle || c.Part.Bounded()
	}
	for i := range r.Verdicts {
		out.Properties = append(out.Properties, newVerdict(r, &r.Verdicts[i], s))
	}
	if r.Complete() {
		out.weigh(r, s)
	}
	for _, k := range r.Unseen {
		out.Unseen = append(out.Unseen, stepKind(k))
	}
	for _, k := range r.BeyondBounds {
		out.Beyond = append(out.Beyond, beyond{Step: stepKind(k), Needs: r.Options.Bounds.Lacks(k.Least())})
	}
	for _, v := range r.Verdicts {
		if v.Lacks != "" {
			out.Beyond = append(out.Beyond, beyond{Premise: v.Property.ID, Needs: v.Lacks})
		}
	}
	if r.Random != nil {
		out.Random = &sample{
			Seed: r.Options.Seed, Wanted: r.Random.Wanted, Histories: r.Random.Tally.Histories, Steps: r.Random.Tally.Steps,
			New: append([]string{}, r.Random.New...), bounds: r.Random.Bounds,
			beyond: !model.DefaultBounds.Within(r.Options.Bounds),
		}
	}
	if s.pairs != nil && r.Complete() {
		for _, p := range s.pairs(r) {
			out.Pairs = append(out.Pairs, newPair(&p))
		}
	}
	return out
}

func newVerdict(r *props.Report, v *props.Verdict, s sections) verdict {
	p := &v.Property
	out := verdict{
		ID: p.ID, Claims: p.Claims, Line: p.Place.Line, Weight: p.Weight, Critic: p.Critic, Required: v.Required, Status: v.Status,
		Vacuous: v.Vacuous, lacks: v.Lacks,
		Violating: setOf(v.Formula, v.Designs), heading: p.Place.Heading, applies: p.Applies, broken: p.Broken,
	}
	if p.Part.Bounded() && r.Complete() {
		out.Since = &v.Since
	}
	if answers, ok := r.Restated(v); ok && r.Complete() {
		out.Restates = model.Space.Format(answers)
	}
	switch {
	case v.Status != props.Violated || !s.traces:
		return out
	case !s.all:
		c, _ := r.Shortest(v, v.Violating)
		out.Violations = []violation{{cube(c.Term), []trace{{cube(c.Term), stepsOf(c.Told)}}}}
		return out
	}
	for _, e := range r.Explain(v) {
		by := violation{Term: cube(e.Term)}
		for _, c := range e.Counterexamples {
			by.Traces = append(by.Traces, trace{cube(c.Term), stepsOf(c.Told)})
		}
		out.Violations = append(out.Violations, by)
	}
	return out
}

func newPair(p *props.Pair) pair {
	return pair{
		Property: p.Property.ID, Question: p.Question.ID(), Wrong: p.Wrong.String(), Right: p.Right.String(), Pairs: p.Contexts,
		Both:       cube(model.Space.Free(p.Design, int(p.Question))),
		WrongSteps: stepsOf(p.WrongTold), RightSteps: stepsOf(p.RightTold), Impossible: p.Impossible,
		claims: p.Property.Claims, broken: p.Property.Broken,
	}
}

// oneDesign tells whether a single design was checked.
func (r *report) singleDesign() bool { return singleDesign(family.Cube(r.Scope)) }

// brokenByAll tells whether every design that was checked breaks a property.
func (r *report) brokenByAll(v *verdict) bool {
	return v.Status == props.Violated && v.Violating.Designs == r.Designs
}

// required counts the properties that a design must have to be good.
func (r *report) required() uint64 {
	n := uint64(0)
	for _, v := range r.Properties {
		if v.Required {
			n++
		}
	}
	return n
}

// vacuous returns the properties whose premise was never seen.
func (r *report) vacuous() []string {
	var ids []string
	for _, v := range r.Properties {
		if v.Vacuous {
			ids = append(ids, v.ID)
		}
	}
	return ids
}

// traces returns the traces that break a property, term by term.
func (v *verdict) traces() []trace {
	var all []trace
	for _, by := range v.Violations {
		all = append(all, by.Traces...)
	}
	return all
}
