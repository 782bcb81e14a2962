package props

import (
	"context"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Rejection is a cause that connect() can be rejected with, and when that happens: an entry of the list of errors that
// the draft asks for (draft 41).
type Rejection struct {
	Cause   model.Cause
	Designs family.Set   // under which some history has it
	Formula family.Cover // of Designs
	Path    Path         // a shortest history that ends with it; without steps if no design has it
	Told    []Told       // that history in words
	Asked   bool         // a worker is asked in it; otherwise the rejection comes at once
}

// Rejections returns every cause of model.RejectionCauses with the designs, as sets of a, under which a promise is
// rejected with it within bounds. The error is that of a search that did not finish, or about the bounds.
func Rejections(ctx context.Context, a *family.Algebra, bounds model.Bounds) ([]Rejection, error) {
	causes := model.RejectionCauses()
	sightings := make([]Property, len(causes))
	for i, cause := range causes {
		seen := at(model.Rejected, func(m *Moment) Witness { return m.event(m.Event.Cause == cause) })
		sightings[i] = Property{Violation: seen, Premise: seen}
	}
	if err := searchable(bounds); err != nil {
		return nil, err
	}
	run, err := Lifecycle.search(ctx, sightings, bounds, explore.Options{Algebra: a, Scope: model.Space.Full()})
	switch {
	case err != nil:
		return nil, err
	case run.stopped != nil:
		return nil, run.stopped
	}
	all := make([]Rejection, len(causes))
	for i, cause := range causes {
		all[i] = Rejection{Cause: cause, Designs: run.marked(i), Formula: a.Cover(run.marked(i))}
		if trace, design, ok := run.shortest(i, run.marked(i)); ok {
			all[i].Path, all[i].Told = run.path(trace, design), run.tell(trace, design)
			if all[i].Asked, err = asked(all[i].Path); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// asked tells whether a connect event is dispatched in a path.
func asked(p Path) (bool, error) {
	stage, err := NewStage(p.Part, p.Bounds)
	if err != nil {
		return false, err
	}
	walk, err := stage.Walk(p.Trace, p.Design)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(slices.Concat(walk.Events...), func(e model.Event) bool { return e.Kind == model.Dispatched }), nil
}
