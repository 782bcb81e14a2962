package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	flag "github.com/spf13/pflag"

	"cosw/cmd/cosw/ci"
	"cosw/linearize"
	"cosw/props/explore"
	"cosw/traces/findings"
	"cosw/traces/infer"
	"cosw/traces/lab/conform"
)

// findingsFile is where the findings are kept, next to go.mod.
const findingsFile = "findings.md"

func runFindings(ctx context.Context, args []string, s streams) error {
	var check bool
	var out, format string
	flags := flag.NewFlagSet("findings", flag.ContinueOnError)
	flags.BoolVar(&check, "check", false, "")
	flags.StringVar(&out, "out", "", "")
	formatVar(flags, &format, resultFormats...)
	if ok, err := parse(flags, args, findingsHelp, s); !ok {
		return err
	}
	switch {
	case check && out != "":
		return usageError("--check writes nothing: leave out --out, or name the file to check as an argument")
	case !check && format != "text":
		return usageError("--format %s is for --check: the findings themselves are markdown", format)
	case check && flags.NArg() > 1:
		return usageError("--check takes one file: leave out %q", flags.Arg(1))
	case check:
		return checkFindings(ctx, argumentOr(flags.Arg(0), findingsFile), format, s)
	case flags.NArg() > 0:
		return usageError("findings takes no argument %q without --check; name the file to write with --out", flags.Arg(0))
	}
	if out = argumentOr(out, findingsFile); out != "-" {
		if err := tryFile(out); err != nil {
			return err
		}
	}
	text, err := writeFindings(ctx, s)
	if err != nil {
		return err
	}
	if out == "-" {
		_, err := s.out.Write(text)
		return err
	}
	return writeWhole(out, text)
}

// mostFindings is how many bytes of findings are compared: forty times what there are.
const mostFindings = 4 << 20

// checkFindings compares a file with what the model says now. It reads the file first: without one, it need not search.
func checkFindings(ctx context.Context, name, format string, s streams) error {
	file, err := readInput(name, s, mostFindings, &failure{exitSystem, fmt.Errorf("%s is larger than 4 MiB, so no findings", name)})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &failure{exitSystem, fmt.Errorf("%w; cosw findings --out %s writes it", err, name)}
	case err != nil:
		return err
	}
	text, err := writeFindings(ctx, s)
	if err != nil {
		return err
	}
	return compareFindings(name, format, file, text, s)
}

// compareFindings says where a file differs from what the model says now, and returns a failure if it does.
func compareFindings(name, format string, file, text []byte, s streams) error {
	difference := findings.Diff(name, file, text)
	if err := tellDifference(name, format, difference, findings.Compare(name, file, text), s); err != nil {
		return err
	}
	if difference != nil {
		return &failure{exitViolated, fmt.Errorf("%s is not what the model says now: if that is intended, cosw findings --out %s writes it anew",
			name, name)}
	}
	return nil
}

// tellDifference writes where a file differs from what the model says: as a diff, or as a case for each section.
func tellDifference(name, format string, difference []byte, sections []findings.Section, s streams) error {
	if format == "json" {
		return writeJSON(s.out, newCheckedFindings(name, sections))
	}
	if write := ciFormats[format]; write != nil {
		report := ci.Report{Name: "findings", Title: "cosw findings --check", Rules: []ci.Rule{ruleFindings}}
		for _, section := range sections {
			c := ci.Case{
				Name: section.Heading, Rule: ruleFindings.ID, Result: ci.Passed, Summary: saysAsWritten,
				File: relative(name), Line: section.Line,
			}
			if section.Difference != nil {
				c.Result, c.Summary, c.Detail = ci.Failed, saysNotAsWritten, string(section.Difference)
			}
			report.Cases = append(report.Cases, c)
		}
		return write(s.out, &report)
	}
	if difference == nil {
		difference = fmt.Appendf(nil, "%s is what the model says now\n", name)
	}
	_, err := s.diff().Write(difference)
	return err
}

// writeFindings returns the text of the findings, and shows its progress on a terminal.
func writeFindings(ctx context.Context, s streams) ([]byte, error) {
	browsers, err := today(ctx)
	if err != nil {
		return nil, err
	}
	return textOfFindings(ctx, browsers, s)
}

// errInterrupted is what is said where all that was done is lost.
var errInterrupted = &failure{exitUnknown, errors.New("interrupted: nothing was written")}

// today returns what browsers have chosen, by the recordings that are kept.
func today(ctx context.Context) ([]infer.Platform, error) {
	browsers, err := infer.Today(ctx, linearize.Kept()...)
	if errors.Is(err, explore.ErrInterrupted) {
		return nil, errInterrupted
	}
	return browsers, err
}

func textOfFindings(ctx context.Context, browsers []infer.Platform, s streams) ([]byte, error) {
	running, err := conform.Kept(ctx)
	switch {
	case errors.Is(err, explore.ErrInterrupted):
		return nil, errInterrupted
	case err != nil:
		return nil, err
	}
	progress := newProgress(s.err)
	text, err := findings.Write(ctx, findings.Options{Progress: progress.show, Today: infer.Column(browsers), Running: running})
	progress.clear()
	switch {
	case errors.Is(err, explore.ErrInterrupted):
		return nil, errInterrupted
	case errors.Is(err, findings.ErrUnsound):
		return nil, &failure{exitAssumption, err}
	}
	return text, err
}

func argumentOr(argument, otherwise string) string {
	if argument == "" {
		return otherwise
	}
	return argument
}
