package render

import (
	"errors"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces"
)

// builder makes a scene of a trace.
type builder struct {
	*Scene
	trace *traces.Trace
	stage *props.Stage
	walk  *props.Walk
	steps []explore.Step // those that could be taken

	names   map[parcel]string // of messages
	clauses [][][]string      // of the lifecycle: what comes of each step, for each of its events
}

// NewScene returns the scene of t. The error, a *traces.FileError, is about a trace that cannot be walked at all; one that
// can be walked up to some step has a scene up to there, see [Scene.Stuck].
func NewScene(t *traces.Trace) (*Scene, error) {
	stage, walk, err := t.Walk()
	var stuck *props.StepError
	if err != nil && !errors.As(err, &stuck) {
		return nil, err
	}
	b := &builder{trace: t, stage: stage, walk: walk, names: map[parcel]string{}}
	b.Scene = &Scene{
		Why: t.Why, Repeat: t.Repeat, Part: t.Part.String(), About: t.Part.About(), Bounds: stage.Bounds, Start: t.Start,
		Design: answersOf(t.Design, model.Questions()), Assumed: answersOf(t.Design, model.Assumptions()), Cube: t.Design, First: 1, Last: len(walk.Told), Worlds: walk.Worlds,
	}
	if b.Doubts, err = t.Replay(); err != nil {
		return nil, err
	}
	if last := len(b.Doubts) - 1; stuck != nil {
		b.Stuck, b.Doubts = &b.Doubts[last], b.Doubts[:last]
	}
	for i := range walk.Told {
		if err := b.addStep(i); err != nil {
			return nil, err
		}
	}
	stagers[t.Part](b)
	b.Rests = b.rests()
	b.judge()
	return b.Scene, nil
}

// stagers put a trace on the stage, in a function for each part: its parties, and what each step shows.
var stagers = map[props.Part]func(*builder){
	props.Lifecycle: (*builder).stageLifecycle,
	props.Matching:  (*builder).stageMatching,
	props.Presence:  (*builder).stagePresence,
	props.Partition: (*builder).stagePartition,
}

// addStep adds step i with what is the same in every part. The part adds what it shows.
func (b *builder) addStep(i int) error {
	told := &b.walk.Told[i]
	step, err := b.stage.ParseStep(told.Step)
	if err != nil {
		return err
	}
	b.steps = append(b.steps, step)
	shown := Step{Number: i + 1, Name: told.Step, Because: answersOf(b.walk.Needed[i], slices.Concat(model.Questions(), model.Assumptions()))}
	if len(told.Events) > 0 {
		shown.Events = told.Happens
	}
	b.Steps = append(b.Steps, shown)
	return nil
}

// rests tells whether nothing is owed after the last step.
func (b *builder) rests() bool {
	path, err := b.trace.Path()
	if err != nil || b.Stuck != nil {
		return false
	}
	next := b.stage.Next(family.NewAlgebra(model.Space), path.Trace, path.Design)
	return !slices.ContainsFunc(next, func(c props.Choice) bool { return c.Internal })
}

// judge adds the verdict and its properties.
func (b *builder) judge() {
	design, v := b.trace.Design, &b.trace.Verdict
	b.Verdict = Verdict{
		Broken: v.Broken, All: v.Properties == nil, Designs: model.Space.Format(v.Under),
		Under: answersOf(v.Under, model.Questions()), Assumed: answersOf(v.Under, model.Assumptions()),
	}
	for _, q := range model.Questions() {
		if model.Space.Restricts(b.walk.Asked, int(q)) || !model.Space.Restricts(design, int(q)) {
			continue
		}
		b.Verdict.Because = append(b.Verdict.Because, answerTo(q, design))
	}
	for _, a := range b.Design {
		if !slices.ContainsFunc(b.Verdict.Under, func(u Answer) bool { return u.String() == a.String() }) {
			b.Verdict.Example = append(b.Verdict.Example, a)
		}
	}
	for i := range b.stage.Properties {
		if p := &b.stage.Properties[i]; v.Properties == nil || slices.Contains(v.Properties, p.ID) {
			b.Verdict.Properties = append(b.Verdict.Properties, b.property(p))
		}
	}
}

// property says where p is put to the test, and what is the case in the end.
func (b *builder) property(p *props.Property) Property {
	told := Property{
		ID: p.ID, Claims: p.Claims, Line: p.Place.Line, Broken: p.Broken, Ending: p.Broken, Kept: p.Kept, Applies: p.Applies,
		Throughout: p.Violation.When == props.Always, Eventually: p.Violation.When == props.AtQuiescence,
		Tested: len(b.Steps),
	}
	if moment, witness := b.sees(&p.Violation, len(b.Steps)); p.Tells != nil && witness.Seen {
		told.Ending = p.Tells(&props.Ending{Property: p, Moment: moment, Witness: witness, Message: func(toPage bool, number uint8) string {
			return b.names[parcel{witness.Connection, toPage, number}]
		}})
	}
	for ; told.Tested >= 0; told.Tested-- {
		if _, witness := b.sees(&p.Premise, told.Tested); witness.Seen {
			break
		}
	}
	if p.Violation.When != props.AtEvent || told.Tested <= 0 || b.clauses == nil {
		return told
	}
	for i, e := range b.walk.Events[told.Tested-1] {
		if slices.Contains(p.Premise.Events, e.Kind) || slices.Contains(p.Violation.Events, e.Kind) {
			told.Comes = append(told.Comes, b.clauses[told.Tested-1][i]...)
		}
	}
	return told
}

// sees looks for a condition at a step and in the world after it. It returns the moment and the witness.
func (b *builder) sees(c *props.Condition, number int) (*props.Moment, props.Witness) {
	m := b.walk.Moment(number)
	switch {
	case c.When == props.AtEvent && number > 0:
		events := b.walk.Events[number-1]
		for i := range events {
			m.Event, m.Earlier = &events[i], events[:i]
			if !slices.Contains(c.Events, m.Event.Kind) {
				continue
			}
			if w := c.Test(m); w.Seen {
				return m, w
			}
		}
	case c.When == props.AtQuiescence && b.Rests && number == len(b.Steps), c.When == props.Always:
		return m, c.Test(m)
	}
	return m, props.Witness{}
}

// worldAt returns the world after a step, which is one of a part with worlds of type W.
func worldAt[W any](b *builder, step int) *W { return b.walk.Worlds[step].(*W) }

// party adds a party and returns its index.
func (b *builder) party(p Party) int {
	b.Parties = append(b.Parties, p)
	return len(b.Parties) - 1
}

// answersOf returns the questions that a cube restricts, with their answers.
func answersOf(c family.Cube, to []model.Question) []Answer {
	var all []Answer
	for _, q := range to {
		if model.Space.Restricts(c, int(q)) {
			all = append(all, answerTo(q, c))
		}
	}
	return all
}

// answerTo returns the answers that a cube leaves to a question.
func answerTo(q model.Question, c family.Cube) Answer {
	a := Answer{Question: q.ID(), Asks: q.Text(), Line: q.Place().Line, Assumed: q.Assumed()}
	for i := range model.Space.Answers(c, int(q)) {
		answer, or := q.Answer(i), ""
		if len(a.Answers) > 0 {
			or = "; or "
		}
		a.Answers = append(a.Answers, answer.String())
		a.Meaning += or + q.Meaning(answer)
		a.Reason += or + q.Because(answer)
	}
	switch q {
	case model.Handle, model.PageList, model.WorkerList, model.Delivery, model.Close:
		a.Enables = true
	}
	return a
}
