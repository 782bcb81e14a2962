package render

import (
	"bytes"
	"fmt"
	"time"

	"cosw/linearize"
	"cosw/model"
)

const (
	// span is how far an operation reaches to either side of its step, of 100 from one step to the next: enough for a bar
	// that can be seen, too little for an overlap that the trace does not have. It is no multiple of four, at which
	// linearize.FromRun makes up a post that nobody saw.
	span = 45
	// patience is for the search of a history, which has a few dozen operations and takes no time to speak of.
	patience = 20 * time.Second
)

// Porcupine returns an HTML page that shows the connections as histories of their two ends, drawn by porcupine: who
// posted, received, learnt and closed when, and in which order one object could have done all of it, or how far such
// orders go. It is the view of cosw linearize --html, for a trace of the model; the page has a script of porcupine's.
//
// The error is a [*ViewError], or [Scene.Stuck].
func (s *Scene) Porcupine() ([]byte, error) {
	last, ok := s.Worlds[len(s.Worlds)-1].(*model.World)
	switch {
	case !ok:
		return nil, s.lifecycleOnly("history of a port")
	case s.Stuck != nil:
		return nil, s.Stuck
	}
	run := make([]linearize.Taken, len(s.Steps))
	for i := range s.Steps {
		run[i] = linearize.Taken{Step: s.Steps[i].Model, Events: s.Steps[i].ModelEvents}
	}
	history := linearize.FromRun(run, last, s.Rests, func() uint64 { return span })
	if len(history.Operations) == 0 {
		return nil, &ViewError{"no end of a connection does anything in the trace, so there is no history of it; " +
			"give one in which a connection is made"}
	}
	var page bytes.Buffer
	head := linearize.Head{Title: capital(s.title()), Verdict: s.claim(), Says: []string{s.Why}}
	result, err := linearize.Visualize(&page, history, head, patience)
	if err == nil && result == linearize.Unknown {
		err = &ViewError{fmt.Sprintf("no order was found within %v, and none was ruled out; give a shorter trace", patience)}
	}
	if err != nil {
		return nil, err
	}
	return page.Bytes(), nil
}
