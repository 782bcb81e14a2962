package render

import (
	"bytes"
	"fmt"
	"slices"
	"time"

	"cosw/linearize"
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces"
)

const (
	// span is how far an operation reaches to either side of its step, of 100 from one step to the next: enough for a bar
	// that can be seen, too little for an overlap that the trace does not have. It is no multiple of four, at which
	// linearize.FromRun makes up a post that nobody saw.
	span = 45
	// patience is for the search of a history, which has a few dozen operations and takes no time to speak of.
	patience = 20 * time.Second
)

// Porcupine returns an HTML page that shows the connections of t as histories of their two ends, drawn by porcupine: who
// posted, received, learnt and closed when, and in which order one object could have done all of it, or how far such
// orders go. It is the view of cosw linearize --html, for a trace of the model; the page has a script of porcupine's.
//
// The error is a [*ViewError], or that of [traces.Trace.Walk].
func Porcupine(t *traces.Trace) ([]byte, error) {
	stage, walk, err := t.Walk()
	if err != nil {
		return nil, err
	}
	history, err := history(t, stage, walk)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	result, err := linearize.Visualize(&page, history, patience)
	if err == nil && result == linearize.Unknown {
		err = &ViewError{fmt.Sprintf(wrongUnknown, patience)}
	}
	if err != nil {
		return nil, err
	}
	return page.Bytes(), nil
}

// history returns what the ends of the connections of t could have noted down.
func history(t *traces.Trace, stage *props.Stage, walk *props.Walk) (*linearize.History, error) {
	end, ok := walk.Worlds[len(t.Steps)].(*model.World)
	if !ok {
		return nil, &ViewError{fmt.Sprintf(wrongLifecycle, t.Part, "history of a port")}
	}
	var run []linearize.Taken
	var path explore.Trace
	for i, s := range t.Steps {
		step, err := stage.ParseStep(s.Name)
		if err != nil {
			return nil, err
		}
		path.Steps = append(path.Steps, step)
		run = append(run, linearize.Taken{Step: props.ModelStep(step), Events: walk.Events[i]})
	}
	path.Initial = slices.Index(stage.Starts, t.Start)
	owed := slices.ContainsFunc(stage.Next(family.NewAlgebra(model.Space), path, t.Design),
		func(c props.Choice) bool { return c.Internal })
	h := linearize.FromRun(run, end, !owed, func() uint64 { return span })
	if len(h.Operations) == 0 {
		return nil, &ViewError{wrongHistory}
	}
	return h, nil
}
