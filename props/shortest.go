package props

import (
	"context"
	"fmt"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// ShortestBreaking searches the part of a property for a shortest path that breaks it under a design. It returns nil if
// no path within the bounds does. The error is about bounds that cannot be searched, or says why the search did not
// finish: one of the reasons of package explore, such as explore.ErrWorlds.
func ShortestBreaking(ctx context.Context, id string, bounds model.Bounds, design family.Cube, limits explore.Limits) (*Path, error) {
	property, err := Find(id)
	if err != nil {
		return nil, err
	}
	if !property.Part.Bounded() { // as its stage does: a trace does not say how many faults there may be
		_, bounds = model.Limits()
	}
	a := family.NewAlgebra(model.Space)
	o := explore.Options{Algebra: a, Scope: design, Limits: limits}
	r, err := property.Part.search(ctx, []Property{property}, bounds, o)
	switch {
	case err != nil:
		return nil, fmt.Errorf("the bounds are too large for a search: %w", err)
	case r.stopped != nil:
		return nil, r.stopped
	}
	trace, found, ok := r.shortest(0, family.All)
	if !ok {
		return nil, nil
	}
	p := r.path(trace, found)
	return &p, nil
}
