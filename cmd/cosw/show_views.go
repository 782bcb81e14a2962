package main

import (
	"bytes"
	"errors"
	"slices"

	"cosw/traces/lab/wpt"
	"cosw/traces/render"
)

// wholeFormats show whole traces, or one world of them.
var wholeFormats = []string{"json", "itf", "dot", "porcupine", "wpt"}

// lastStep stands for the last step that can be taken.
const lastStep = -1

// checkWhole refuses flags that a format has no use for.
func (f *showFlags) checkWhole(given map[string]bool) error {
	switch {
	case given["step"] && f.format != "dot":
		return usageError("--step is for --format dot; --until N and --around N choose steps of a history")
	case given["step"] && f.step < 0:
		return usageError("--step %d is out of range: 0 is how the trace starts", f.step)
	case slices.Contains(wholeFormats, f.format) && (given["until"] || given["around"]):
		return usageError("--format %s has no --until and --around; leave them out, or for dot give --step", f.format)
	}
	return nil
}

// sceneJSON returns all that there is to show of a trace, for programs.
func sceneJSON(s *render.Scene) ([]byte, error) {
	var out bytes.Buffer
	err := writeJSON(&out, s)
	return out.Bytes(), err
}

// graphStep returns the step after which the graph is drawn.
func (f *showFlags) graphStep(s *render.Scene) int {
	if f.step == lastStep {
		return len(s.Steps)
	}
	return f.step
}

// viewFailure says why a trace of that name cannot be shown as asked for.
func viewFailure(err error, name string) error {
	var view *render.ViewError
	var none *wpt.ImpossibleError
	if errors.As(err, &view) || errors.As(err, &none) {
		return usageError("%s: %v", name, err)
	}
	return &failure{exitEvaluation, err}
}
