package render

import (
	"cosw/model"
	"cosw/props"
)

// stager is what differs from part to part in how a trace is shown.
type stager interface {
	// stage puts a trace on the stage: its parties, and what each step shows.
	stage(s *Scene)
	// given says what is there before the first step.
	given(s *Scene) string
	// tell returns what is done in a step, and what comes of it, as clauses.
	tell(n *narrator, s *Step) (act string, comes []string)
	// world returns the world of package model that a party lives in, as it is after a step; nil where there is none.
	world(s *Scene, party, step int) *model.World
	// itfTypes returns the variables that the part adds to each state of ITF, with their types as Apalache annotates them, and
	// itfWorld their values in a world.
	itfTypes() record
	itfWorld(world any, bounds model.Bounds) record
}

var stagers = map[props.Part]stager{
	props.Lifecycle: lifecycleStager{}, props.Matching: matchingStager{}, props.Presence: presenceStager{},
}

type (
	lifecycleStager struct{}
	matchingStager  struct{}
	presenceStager  struct{}
)

// worldAt returns the world after a step, which is one of a part with worlds of type W.
func worldAt[W any](s *Scene, step int) *W { return s.walk.Worlds[step].(*W) }
