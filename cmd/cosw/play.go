package main

import (
	"bytes"
	"context"
	"errors"

	flag "github.com/spf13/pflag"

	"cosw/traces"
	"cosw/traces/script"
	"cosw/traces/typeset"
)

func runPlay(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("play", flag.ContinueOnError)
	var chosen scopeFlags
	chosen.register(flags)
	var format string
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, playHelp, s); !ok {
		return err
	}
	within, err := chosen.scope()
	if err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return usageError("play takes one script: cosw play FILE, or cosw play - for standard input")
	}
	name := flags.Arg(0)
	src, err := openInput(name, s)
	if err != nil {
		return err
	}
	defer src.Close()
	var transcript bytes.Buffer
	if format == "json" {
		var lines []script.Line
		lines, err = script.Transcribe(src, name, within)
		if err := writeJSON(&transcript, append([]script.Line{}, lines...)); err != nil {
			return err
		}
	} else {
		err = script.Play(src, name, typeset.Page{Writer: &transcript, Columns: typeset.Width(s.out)}, within)
	}
	failed := scriptFailure(err)
	var f *failure
	if errors.As(failed, &f) && f.code == exitSyntax {
		return failed // a script that cannot be read is not played halfway
	}
	if _, err := transcript.WriteTo(s.out); err != nil {
		return err
	}
	return failed
}

// scriptFailure gives an error of a script its exit code.
func scriptFailure(err error) error {
	var wrong *traces.FileError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, script.ErrNotEnabled):
		return &failure{exitEvaluation, err}
	case errors.Is(err, script.ErrExpectation):
		return &failure{exitExpected, err}
	case errors.As(err, &wrong):
		return &failure{exitSyntax, err}
	}
	return &failure{exitSystem, err}
}
