package lab

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"

	"cosw/traces/lab/browser"
)

// Outcome is what became of a scenario in an engine. It is recorded, cannot be done, or failed twice.
type Outcome struct {
	Engine   *browser.Engine
	Scenario *Scenario

	Recording []byte
	Cannot    string // why a browser of this kind cannot be made to do it
	Err       error  // why it failed here
	Again     error  // why it failed the first time, if it did
}

// Plan has the scenarios for an engine, one after the other.
type Plan func(*browser.Engine) iter.Seq[Scenario]

// Each is the plan that has the same scenarios for each engine.
func Each(scenarios []Scenario) Plan {
	return func(*browser.Engine) iter.Seq[Scenario] { return slices.Values(scenarios) }
}

// Collect records scenarios in engines, which work side by side, and passes each outcome to told, one at a time. An error of
// told ends it, as the end of ctx does; a run that fails does not. When it returns, no process is left.
func Collect(ctx context.Context, engines []*browser.Engine, plan Plan, o Options, told func(Outcome) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	outcomes := make(chan Outcome)
	var wait sync.WaitGroup
	for _, e := range engines {
		wait.Go(func() {
			for s := range plan(e) {
				out := record(ctx, e, &s, o)
				if out.Err == nil || ctx.Err() == nil {
					outcomes <- out
				}
				if ctx.Err() != nil || errors.Is(out.Err, browser.ErrMissing) {
					return
				}
			}
		})
	}
	go func() {
		wait.Wait()
		close(outcomes)
	}()
	var failed error
	for out := range outcomes { // those that are finished when it is interrupted, too
		if failed == nil {
			if failed = told(out); failed != nil {
				cancel(failed)
			}
		}
	}
	if failed == nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return failed
}

func record(ctx context.Context, e *browser.Engine, s *Scenario, o Options) Outcome {
	out := Outcome{Engine: e, Scenario: s, Cannot: s.Cannot(e, o)}
	if out.Cannot != "" {
		return out
	}
	out.Recording, out.Err = Record(ctx, e, s, o)
	if out.Err != nil && ctx.Err() == nil && !errors.Is(out.Err, browser.ErrMissing) {
		out.Again = out.Err // a browser on a busy machine hangs now and then
		out.Recording, out.Err = Record(ctx, e, s, o)
	}
	return out
}
