package infer_test

import (
	"context"
	"fmt"

	"cosw/model"
	"cosw/traces/infer"
)

// What a browser has chosen, from a recording in which the idle worker is stopped.
func ExampleToday() {
	stop, err := infer.ReadFile("../../linearize/testdata/stop.jsonl")
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
		fmt.Printf("%s: %q\n", q.ID(), platforms[0].Conclusion(q).Describe())
	}
	// Output:
	// suspend: "sever (stop.jsonl:22; stop.jsonl, end)"
	// page-notice: "none (stop.jsonl, end)"
	// update: ""
}
