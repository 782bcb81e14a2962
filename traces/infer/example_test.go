package infer_test

import (
	"context"
	"fmt"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/traces/infer"
)

// What a browser has chosen, from a recording in which the idle worker is stopped.
func ExampleToday() {
	stop, err := recording.ReadFile("../../linearize/testdata/stop.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	platforms, err := infer.Today(context.Background(), stop)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, q := range []model.Question{model.Suspend, model.PageNotice, model.Update} {
		fmt.Printf("%s: %v\n", q.ID(), platforms[0].Conclusion(q).Possible)
	}
	// Output:
	// suspend: [sever]
	// page-notice: [none]
	// update: [sever pin transfer reaccept]
}
