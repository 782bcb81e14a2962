package references_test

import (
	"os"
	"strings"

	"cosw/model"
	"cosw/props/references"
	"cosw/traces/script"
)

// A page goes away under a design that keeps connections beyond the instance and tells the worker nothing.
func Example() {
	const connected = `design suspend=wake, worker-notice=none, worker-list=list, delivery=port, unregister=sever
p1 connect c1
quiesce
browser suspend
p1 leave`
	ends, err := script.Reach(strings.NewReader(connected), "script", model.Space.Full())
	if err != nil {
		panic(err)
	}
	world := ends.Worlds[0].World
	for design := range ends.Sets.Designs(ends.Worlds[0].Designs) {
		references.Build(&world, model.Under(design)).Text(os.Stdout)
		break // the graph is the same under all of them
	}
	// Output:
	// orphaned: worker's end of connection 1: its other side is gone
	//   missing  nobody holds the page's end: page 1 is gone
	//   kept by  map of registrations → registration (it is registered)
	//            registration → connection 1 (outlives the instance)
	//            connection 1 → worker's end of connection 1 (has it)
	// leaked: worker's end of connection 1, connection 1: no open page needs it
	//   missing  no path from an open page: page 1 is gone
	//   kept by  map of registrations → registration (it is registered)
	//            registration → connection 1 (outlives the instance)
	//            connection 1 → worker's end of connection 1 (has it)
	// references: 6
	//   list of the worker → worker's end of connection 1 (lists it)
	//   version 1 → list of the worker (worker-list=list)
	//   connection 1 → worker's end of connection 1 (has it)
	//   registration → version 1 (has it in a slot)
	//   registration → connection 1 (outlives the instance)
	//   map of registrations → registration (it is registered)
}
