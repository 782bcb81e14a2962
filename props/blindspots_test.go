package props

import (
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// blindSpots are faults that a property does not notice though one may expect it to. Who makes it notice one of them
// moves it to the mutants.
var blindSpots = []struct {
	mutant
	why string
}{
	{
		mutant{
			property: "page-reach",
			plants:   "a page without a reference cannot post on what page-list=list lists",
			scope:    "page-list=list",
			run:      lifecycleMutant(ignoring(model.PagePosts, model.PageList, model.None)),
		},
		"it takes a list for a way to the connection, not the steps that are possible with it",
	},
	{
		mutant{
			property: "worker-reach",
			plants:   "a worker without an object cannot post on what worker-list=list lists",
			scope:    "worker-list=list",
			run:      lifecycleMutant(ignoring(model.WorkerPosts, model.WorkerList, model.None)),
		},
		"it takes a list for a way to the connection, not the steps that are possible with it",
	},
}

// TestBlindSpots keeps the list of them true.
func TestBlindSpots(t *testing.T) {
	notRaced(t)
	t.Parallel()
	for _, spot := range blindSpots {
		t.Run(spot.property, func(t *testing.T) {
			a := family.NewAlgebra(model.Space)
			if r := spot.run(t, a, parse(t, spot.scope), onePage); r.breaks(spot.property) {
				t.Errorf("%s is noticed now: move it to the mutants (it was not, because %s)", spot.plants, spot.why)
			}
		})
	}
}
