package infer

import (
	"fmt"
	"time"
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
	Breaks bool          // the recording breaks off: what is owed at its end may still have come
	Stop   Stops         // what a stop is

	plain bool // without the reduction
}

// DefaultOptions are those of package linearize, which gives their reasons.
var DefaultOptions = Options{Error: 5 * time.Millisecond, Late: 20 * time.Millisecond}

const longestOption = time.Hour

// Validate returns an error that names the first option that is out of range, and the range.
func (o Options) Validate() error {
	for _, option := range []struct {
		name  string
		value time.Duration
	}{{"error", o.Error}, {"late", o.Late}} {
		if option.value < 0 || option.value > longestOption {
			return fmt.Errorf("%s of %v is out of range: choose from 0 to %v", option.name, option.value, longestOption)
		}
	}
	return nil
}
