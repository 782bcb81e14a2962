package traces

import (
	"errors"
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
)

// Trace is a history of the model with a verdict on it, and with all that it takes to understand it, to repeat it and to
// judge it again. [Trace.Format] writes it, [Read] reads it, and [Trace.Replay] judges it by the model as it is now.
type Trace struct {
	Why    string // why it exists, in one or more lines
	Repeat string // the command that shows it again
	Part   props.Part
	Bounds model.Bounds // of the lifecycle, zero for the other parts
	Start  string       // the name of the world in which it begins
	// Design has the answers that the steps ask for, and perhaps others. Under each design within it the trace has these
	// events and this verdict.
	Design  family.Cube
	Steps   []Step
	Verdict Verdict

	at places
}

// Step is a step of a trace.
type Step struct {
	Name   string   // as the part writes it, such as "p1 connect c1"
	Events []string // what comes of it, as the part writes it, such as "rejected p1 c1 refused"
}

// Verdict is what a trace shows about properties.
type Verdict struct {
	Broken bool // the properties are broken at the end; otherwise they are kept all the way
	// Properties are names from the catalogue; nil stands for all that the part decides, all of them kept. There are none if
	// each was broken on the way, and none is at the end.
	Properties []string
	// Under has the designs of the verdict: those of [Trace.Design], and perhaps others under which events differ.
	Under family.Cube
}

// places are the lines of the file at which parts of a trace stand, all 0 if it was not read from one.
type places struct {
	file                                 string
	part, bounds, start, design, verdict int
	steps                                []int
}

// NewBroken returns the trace of a path that breaks a property under all designs of a cube, the design of the path among
// them.
func NewBroken(p props.Path, property string, under family.Cube, why, repeat string) (*Trace, error) {
	t, walk, err := record(p, why, repeat)
	if err != nil {
		return nil, err
	}
	t.Design = walk.Asked.And(under)
	t.Verdict = Verdict{Broken: true, Properties: []string{property}, Under: under}
	return t, nil
}

// NewBreaking is [NewBroken] for as many designs as the path breaks the property under.
func NewBreaking(p props.Path, property, why, repeat string) (*Trace, error) {
	stage, err := props.NewStage(p.Part, p.Bounds)
	if err != nil {
		return nil, err
	}
	a := family.NewAlgebra(model.Space)
	for i, broken := range stage.Breaks(a, p.Trace, family.All) {
		if stage.Properties[i].ID != property {
			continue
		}
		if a.Includes(broken, p.Design) {
			return NewBroken(p, property, termOf(a, broken, p.Design), why, repeat)
		}
	}
	return nil, fmt.Errorf("traces: a path does not break %s", property)
}

// NewKept returns the trace of a path that keeps the properties all the way; nil stands for all properties.
func NewKept(p props.Path, properties []string, why, repeat string) (*Trace, error) {
	t, walk, err := record(p, why, repeat)
	if err != nil {
		return nil, err
	}
	t.Verdict = Verdict{Properties: properties}
	a := family.NewAlgebra(model.Space)
	stage, trace, err := t.path()
	if err != nil {
		return nil, err
	}
	kept := a.Cube(walk.Asked)
	for i, broken := range stage.BreaksOnTheWay(a, trace, kept) {
		if properties == nil || slices.Contains(properties, stage.Properties[i].ID) {
			kept = a.Minus(kept, broken)
		}
	}
	if !a.Includes(kept, p.Design) {
		return nil, errors.New("traces: the path does not keep what it is to keep")
	}
	t.Design = termOf(a, kept, p.Design)
	t.Verdict.Under = t.Design
	return t, nil
}

// NewJudged returns the trace of a path with the verdict that it shows: the properties that are broken at its end or, if
// there are none, those that are kept all the way.
func NewJudged(p props.Path, why, repeat string) (*Trace, error) {
	stage, err := props.NewStage(p.Part, p.Bounds)
	if err != nil {
		return nil, err
	}
	t, walk, err := record(p, why, repeat)
	if err != nil {
		return nil, err
	}
	a := family.NewAlgebra(model.Space)
	shared := a.Cube(walk.Asked)
	for i, broken := range stage.Breaks(a, p.Trace, shared) {
		if a.Includes(broken, p.Design) {
			t.Verdict.Properties = append(t.Verdict.Properties, stage.Properties[i].ID)
			shared = a.Intersect(shared, broken)
		}
	}
	if t.Verdict.Properties == nil {
		return NewKept(p, kept(stage, a, p), why, repeat)
	}
	t.Verdict.Broken = true
	t.Design = termOf(a, shared, p.Design)
	t.Verdict.Under = t.Design
	return t, nil
}

// kept returns the properties that a path keeps all the way; nil if these are all, and an empty list if there are none.
func kept(stage *props.Stage, a *family.Algebra, p props.Path) []string {
	ids := []string{}
	for i, broken := range stage.BreaksOnTheWay(a, p.Trace, a.Cube(p.Design)) {
		if broken == family.None {
			ids = append(ids, stage.Properties[i].ID)
		}
	}
	if len(ids) == len(stage.Properties) {
		return nil
	}
	return ids
}

// termOf returns a term of a set of designs, one that includes the given design.
func termOf(a *family.Algebra, set family.Set, design family.Cube) family.Cube {
	for _, term := range a.Cover(set).Terms {
		if term.Includes(design) {
			return term
		}
	}
	panic("traces: a set of designs without one of its own")
}

// record returns the trace of a path, without a verdict, and its walk.
func record(p props.Path, why, repeat string) (*Trace, *props.Walk, error) {
	stage, err := props.NewStage(p.Part, p.Bounds)
	if err != nil {
		return nil, nil, err
	}
	walk, err := stage.Walk(p.Trace, p.Design)
	if err != nil {
		return nil, nil, fmt.Errorf("traces: a path that cannot be walked: %w", err)
	}
	t := &Trace{Why: why, Repeat: repeat, Part: p.Part, Bounds: stage.Bounds, Start: stage.Starts[p.Trace.Initial]}
	for _, told := range walk.Told {
		t.Steps = append(t.Steps, Step{told.Step, told.Events})
	}
	return t, walk, nil
}

// path returns the stage for t, and its steps as the stage takes them. The error is a [*FileError].
func (t *Trace) path() (*props.Stage, explore.Trace, error) {
	stage, err := props.NewStage(t.Part, t.Bounds)
	if err != nil {
		return nil, explore.Trace{}, t.wrong(t.at.bounds, err)
	}
	initial, err := stage.ParseStart(t.Start)
	if err != nil {
		return nil, explore.Trace{}, t.wrong(t.at.start, err)
	}
	trace := explore.Trace{Initial: initial}
	for i, s := range t.Steps {
		step, err := stage.ParseStep(s.Name)
		if err != nil {
			return nil, explore.Trace{}, t.wrong(t.stepLine(i), err)
		}
		trace.Steps = append(trace.Steps, step)
	}
	return stage, trace, nil
}

// Walk takes the steps of t under its design. If one cannot be taken, the error is a [*FileError] that wraps a
// [*props.StepError].
func (t *Trace) Walk() (*props.Stage, *props.Walk, error) {
	stage, trace, err := t.path()
	if err != nil {
		return nil, nil, err
	}
	walk, err := stage.Walk(trace, t.Design)
	var step *props.StepError
	if errors.As(err, &step) {
		return stage, walk, t.wrong(t.stepLine(step.Step), err)
	}
	return stage, walk, nil
}

// File returns the name of the file that t was read from; empty if there is none.
func (t *Trace) File() string { return t.at.file }

func (t *Trace) wrong(line int, err error) error { return &FileError{t.at.file, line, err} }

// stepLine returns the line of the file at which step i stands; i counts from 0.
func (t *Trace) stepLine(i int) int {
	if i < len(t.at.steps) {
		return t.at.steps[i]
	}
	return 0
}

// Path returns t as a path.
func (t *Trace) Path() (props.Path, error) {
	_, trace, err := t.path()
	a := family.NewAlgebra(model.Space)
	return props.Path{Part: t.Part, Bounds: t.Bounds, Trace: trace, Design: a.First(a.Cube(t.Design))}, err
}
