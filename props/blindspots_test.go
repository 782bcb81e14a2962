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
			property: "tells-page",
			plants:   "a kill ends connections without a word although suspend=wake",
			scope:    "page-notice=state, interrupt=reject|retry",
			run:      lifecycleMutant(changing(model.KillWorker, endSilently)),
		},
		"its violation looks at pages that listen or have nothing to listen for, and not at pages that read a state " +
			"which nobody brings up to date",
	},
	{
		mutant{
			property: "can-idle",
			plants:   "an idle worker is never suspended while it has a connection, although suspend=wake",
			scope:    "suspend=wake",
			run: lifecycleMutant(blocking(model.SuspendWorker, func(w *model.World, _ model.Ask) bool {
				return w.InUse(func(c *model.Connection) bool { return c.Phase == model.Up })
			})),
		},
		"it asks whether the design is suspend=keepalive, not whether the worker can be suspended",
	},
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
