package traces

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
)

// Method is how a trace was made minimal.
type Method uint8

const (
	_         Method = iota
	BySearch         // exact search: no trace within its bounds is shorter
	ByRemoval        // no sequence of its steps can be left out; other steps may make a shorter trace
)

// Minimal is a trace that was made minimal, and how.
type Minimal struct {
	Trace  *Trace
	Method Method
	// Why no exact search decided it, as a clause; for ByRemoval.
	Why string
}

// MinimalLimits bound the exact search of [Trace.Minimise] to some seconds and a few hundred MiB. They do not limit the time,
// so that the result depends on the trace alone.
var MinimalLimits = explore.Limits{Worlds: 3_000_000}

// Minimise returns a shortest trace that breaks the same property under the same designs, with the same bounds: by exact
// search where these allow it, by removal of steps otherwise. A trace that keeps its properties has no minimal form, nor has
// one whose verdict is wrong; the error is a [*FileError] or a [*Disagreement]. When ctx ends, it is explore.ErrInterrupted.
func (t *Trace) Minimise(ctx context.Context, limits explore.Limits) (*Minimal, error) {
	stage, trace, err := t.path()
	if err != nil {
		return nil, err
	}
	if !t.Verdict.Broken {
		return nil, t.wrong(t.at.verdict, errors.New(wrongMinimal))
	}
	if wrong, err := t.Replay(); err != nil {
		return nil, err
	} else if len(wrong) > 0 {
		return nil, &wrong[0]
	}
	exact, why, err := t.search(ctx, stage, limits)
	switch {
	case err != nil:
		return nil, err
	case exact != nil:
		minimal, err := t.along(stage, *exact)
		return &Minimal{minimal, BySearch, ""}, err
	}
	shorter, err := t.remove(ctx, stage, trace)
	if err != nil {
		return nil, err
	}
	minimal, err := t.along(stage, shorter)
	return &Minimal{minimal, ByRemoval, why}, err
}

// search returns a shortest trace, or why it has none.
func (t *Trace) search(ctx context.Context, stage *props.Stage, limits explore.Limits) (exact *explore.Trace, why string, err error) {
	if len(t.Verdict.Properties) != 1 {
		return nil, whySeveral, nil
	}
	a := family.NewAlgebra(model.Space)
	design := a.First(a.Cube(t.Design))
	path, err := props.ShortestBreaking(ctx, t.Verdict.Properties[0], t.Bounds, design, limits)
	switch {
	case errors.Is(err, explore.ErrInterrupted):
		return nil, "", err
	case err != nil:
		return nil, err.Error(), nil
	case path == nil:
		return nil, "", errors.New("traces: a search does not find what a trace shows")
	case !t.same(a, stage, path.Trace):
		return nil, fmt.Sprintf(whyOtherDesigns, len(path.Trace.Steps)), nil
	}
	return &path.Trace, "", nil
}

// same tells whether another trace shows the verdict of t under all of its designs.
func (t *Trace) same(a *family.Algebra, stage *props.Stage, other explore.Trace) bool {
	for i, broken := range stage.Breaks(a, other, a.Cube(t.Verdict.Under)) {
		if t.speaksOf(stage.Properties[i].ID) && !a.Includes(broken, t.Verdict.Under) {
			return false
		}
	}
	return true
}

// remove leaves out steps until the verdict needs each sequence of neighbours that is left. It tries long sequences first, as
// in delta debugging (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", TSE 28(2),
// 2002).
func (t *Trace) remove(ctx context.Context, stage *props.Stage, trace explore.Trace) (explore.Trace, error) {
	a := family.NewAlgebra(model.Space)
	for length := len(trace.Steps); length > 0; length-- {
		for at := len(trace.Steps) - length; at >= 0; at-- {
			if ctx.Err() != nil {
				return trace, explore.ErrInterrupted
			}
			shorter := explore.Trace{Initial: trace.Initial, Steps: slices.Delete(slices.Clone(trace.Steps), at, at+length)}
			if t.same(a, stage, shorter) {
				return t.remove(ctx, stage, shorter)
			}
		}
	}
	return trace, nil
}

// along returns t with the steps of another trace that shows its verdict.
func (t *Trace) along(stage *props.Stage, trace explore.Trace) (*Trace, error) {
	a := family.NewAlgebra(model.Space)
	path := props.Path{Part: t.Part, Bounds: stage.Bounds, Trace: trace, Design: a.First(a.Cube(t.Design))}
	minimal, walk, err := record(path, t.Why, t.Repeat)
	if err != nil {
		return nil, err
	}
	minimal.Design = walk.Asked.And(t.Verdict.Under)
	minimal.Verdict = t.Verdict
	return minimal, nil
}
