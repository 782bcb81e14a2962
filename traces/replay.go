package traces

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
)

// Disagreement is something that the model does not say as a trace does.
type Disagreement struct {
	File     string   `json:"file"`
	Line     int      `json:"line"` // of the file; 0 if there is none
	Step     int      `json:"step"` // from 1; 0 when it is about the verdict
	What     string   `json:"what"` // as a clause
	Recorded []string `json:"recorded,omitempty"`
	Now      []string `json:"now,omitempty"`
}

func (d *Disagreement) Error() string {
	return fmt.Sprintf("%s:%d: %s", oneLine(d.File), d.Line, d.What)
}

// Replay judges t by the model as it is now. It returns where the model disagrees about the events of a step, whether a step
// can be taken, or the verdict under one of its designs, in the order of the steps. A step that cannot be taken is the
// last. The error is a [*FileError]: t is no trace of the model at all.
func (t *Trace) Replay() ([]Disagreement, error) {
	stage, trace, err := t.path()
	if err != nil {
		return nil, err
	}
	walk, err := stage.Walk(trace, t.Design)
	found := t.compareEvents(stage, walk)
	var stuck *props.StepError
	if errors.As(err, &stuck) {
		return append(found, t.disagreement(stuck.Step, disagreesStep, stuck.Error(), nil, nil)), nil
	}
	return append(found, t.judgeVerdict(stage, trace)...), nil
}

// compareEvents returns the steps that have other events now.
func (t *Trace) compareEvents(stage *props.Stage, walk *props.Walk) []Disagreement {
	var found []Disagreement
	for i, told := range walk.Told {
		if was := t.Steps[i].Events; !slices.Equal(told.Events, was) {
			found = append(found, t.disagreement(i, disagreesEvents, "", describeEvents(stage, was), describeEvents(stage, told.Events)))
		}
	}
	return found
}

// describeEvents returns events in words and as files have them: the words of two that differ may be the same.
func describeEvents(stage *props.Stage, events []string) []string {
	texts := make([]string, len(events))
	for i, event := range events {
		texts[i] = event
		if text, err := stage.DescribeEvent(event); err == nil {
			texts[i] = fmt.Sprintf("%s (%s)", text, event)
		}
	}
	return texts
}

// disagreement returns one about step i, which counts from 0.
func (t *Trace) disagreement(i int, format, why string, recorded, now []string) Disagreement {
	arguments := []any{i + 1, t.Steps[i].Name}
	if why != "" {
		arguments = append(arguments, why)
	}
	return Disagreement{t.at.file, t.stepLine(i), i + 1, fmt.Sprintf(format, arguments...), recorded, now}
}

// judgeVerdict returns what is wrong with the verdict, with what the trace shows instead.
func (t *Trace) judgeVerdict(stage *props.Stage, trace explore.Trace) []Disagreement {
	wrong := t.wrongVerdict(stage, trace)
	if wrong == nil {
		return nil
	}
	now, err := t.shows(stage, trace)
	says := now.lines()
	if err != nil {
		says = []string{err.Error()}
	}
	var found []Disagreement
	for _, what := range wrong {
		found = append(found, Disagreement{t.at.file, t.at.verdict, 0, what, t.Verdict.lines(), says})
	}
	return found
}

// wrongVerdict returns what is wrong with the verdict, as clauses.
func (t *Trace) wrongVerdict(stage *props.Stage, trace explore.Trace) []string {
	a := family.NewAlgebra(model.Space)
	under := a.Cube(t.Verdict.Under)
	judge := stage.BreaksOnTheWay
	if t.Verdict.Broken {
		judge = stage.Breaks
	}
	var wrong []string
	for i, broken := range judge(a, trace, under) {
		id := stage.Properties[i].ID
		switch {
		case !t.speaksOf(id):
		case !t.Verdict.Broken && broken != family.None:
			wrong = append(wrong, fmt.Sprintf(disagreesBroken, id))
		case t.Verdict.Broken && broken == family.None:
			wrong = append(wrong, fmt.Sprintf(disagreesKept, id))
		case t.Verdict.Broken && broken != under:
			wrong = append(wrong, fmt.Sprintf(disagreesUnder, id))
		}
	}
	return wrong
}

// speaksOf tells whether the verdict is about a property.
func (t *Trace) speaksOf(id string) bool {
	return t.Verdict.Properties == nil || slices.Contains(t.Verdict.Properties, id)
}

// shows returns the verdict that t shows about its properties: those that are broken at its end, under all designs of the
// recorded verdict or of the trace, or else that all are kept. The error says why it shows neither.
func (t *Trace) shows(stage *props.Stage, trace explore.Trace) (Verdict, error) {
	a := family.NewAlgebra(model.Space)
	for _, cube := range []family.Cube{t.Verdict.Under, t.Design} {
		now := Verdict{Broken: true, Under: cube}
		for i, broken := range stage.Breaks(a, trace, a.Cube(cube)) {
			if id := stage.Properties[i].ID; a.Includes(broken, cube) && t.speaksOf(id) {
				now.Properties = append(now.Properties, id)
			}
		}
		if now.Properties != nil {
			return now, nil
		}
	}
	kept := *t
	kept.Verdict = Verdict{Properties: t.Verdict.Properties, Under: t.Design}
	if wrong := kept.wrongVerdict(stage, trace); wrong != nil {
		return Verdict{}, fmt.Errorf(disagreesMidway, wrong[0], kept.brokenAfter(stage, trace))
	}
	return kept.Verdict, nil
}

// brokenAfter returns after how many steps a property is broken that t should keep.
func (t *Trace) brokenAfter(stage *props.Stage, trace explore.Trace) int {
	return sort.Search(len(trace.Steps), func(n int) bool {
		return t.wrongVerdict(stage, explore.Trace{Initial: trace.Initial, Steps: trace.Steps[:n]}) != nil
	})
}

// Renew returns t with the events and the verdict that the model has for it now. The error, a [*FileError], says why there is
// no such trace: a step can no longer be taken, or a property is broken on the way but not at the end.
func (t *Trace) Renew() (*Trace, error) {
	stage, trace, err := t.path()
	if err != nil {
		return nil, err
	}
	walk, err := stage.Walk(trace, t.Design)
	var stuck *props.StepError
	if errors.As(err, &stuck) {
		return nil, t.wrong(t.stepLine(stuck.Step), stuck)
	}
	renewed := *t
	renewed.Steps = make([]Step, len(walk.Told))
	for i, told := range walk.Told {
		renewed.Steps[i] = Step{told.Step, told.Events}
	}
	if t.wrongVerdict(stage, trace) != nil {
		if renewed.Verdict, err = t.shows(stage, trace); err != nil {
			return nil, t.wrong(t.at.verdict, err)
		}
	}
	return &renewed, nil
}
