package infer

import (
	"time"

	"cosw/linearize"
)

// Stops says what it is when an instance is stopped while no connect event is pending.
type Stops uint8

const (
	Suspensions Stops = iota // the idle worker is suspended; the default, as browsers do no other
	Kills                    // it is killed whatever it does
	Either                   // one or the other
)

// Options say how far a recording is trusted, and how it is read.
type Options struct {
	Error  time.Duration // how much the clocks of two parties may differ
	Late   time.Duration // how late the browser's lines may be beside that
	Settle time.Duration // how long an answer can be on its way
	Breaks bool          // the recording breaks off: what is owed at its end may still have come
	Stop   Stops         // what a stop is

	plain bool // without the reduction
	late  bool // pages may begin to listen at any time, or never
	apart bool // an instance that is stopped right after its registration was cleared may be stopped for another reason
}

// DefaultOptions are those of package linearize, which gives their reasons.
var DefaultOptions = Options{
	Error: linearize.DefaultOptions.Error, Late: linearize.DefaultOptions.Late, Settle: linearize.DefaultOptions.Settle,
}

// Validate returns an error that names the first option that is out of range, and the range.
func (o Options) Validate() error {
	return linearize.Options{Error: o.Error, Late: o.Late, Settle: o.Settle}.Validate()
}
