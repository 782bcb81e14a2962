package main

import (
	"context"
	"errors"
	"fmt"

	flag "github.com/spf13/pflag"

	"cosw/props/explore"
	"cosw/traces"
)

func runMinimise(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("minimise", flag.ContinueOnError)
	out := flags.String("out", "", "")
	worlds := flags.Uint64("max-worlds", traces.MinimalLimits.Worlds, "")
	if ok, err := parse(flags, args, minimiseHelp, s); !ok {
		return err
	}
	if flags.NArg() != 1 {
		return usageError("minimise takes one trace: cosw minimise TRACE, or cosw minimise - for standard input")
	}
	t, err := readTrace(flags.Arg(0), s)
	if err != nil {
		return err
	}
	if err := tryFile(*out); err != nil {
		return err
	}
	progress := newProgress(s.err)
	progress.line("searching for a shorter trace")
	minimal, err := t.Minimise(ctx, explore.Limits{Worlds: *worlds})
	progress.clear()
	if err != nil {
		return minimiseFailure(err)
	}
	fmt.Fprintf(s.err, "%s\n", minimalText(t, minimal))
	if *out == "" {
		_, err = s.out.Write(minimal.Trace.Format())
		return err
	}
	return writeWhole(*out, minimal.Trace.Format())
}

// minimiseFailure gives an error of Trace.Minimise its exit code.
func minimiseFailure(err error) error {
	var wrong *traces.Disagreement
	switch {
	case errors.Is(err, explore.ErrInterrupted):
		return &failure{exitUnknown, errors.New("interrupted: no shorter trace is known")}
	case errors.As(err, &wrong):
		return &failure{exitViolated, fmt.Errorf("%w; cosw replay tells more", err)}
	}
	return &failure{exitSyntax, err}
}

// minimalText says how much shorter a trace became, and by what method.
func minimalText(before *traces.Trace, m *traces.Minimal) string {
	was, is := len(before.Steps), len(m.Trace.Steps)
	text := fmt.Sprintf("%d steps instead of %d, by %s", is, was, m.Method)
	if is == was {
		text = fmt.Sprintf("%d steps as before, by %s", is, m.Method)
	}
	if m.Method == traces.BySearch {
		return text + ": no trace within these bounds is shorter"
	}
	return fmt.Sprintf("%s: no run of its steps can be left out, but a shorter trace of other steps may exist (%s)", text, m.Why)
}
