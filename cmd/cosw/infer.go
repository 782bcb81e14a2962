package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
	"cosw/traces/infer"
)

// inferFlags are the flags of cosw infer.
type inferFlags struct {
	options infer.Options
	stops   string
	explain string
	trace   string
	plan    bool
	format  string
	quiet   bool
	verbose bool
}

func (f *inferFlags) register(flags *flag.FlagSet) {
	f.options = infer.DefaultOptions
	flags.DurationVar(&f.options.Error, "error", f.options.Error, "")
	flags.DurationVar(&f.options.Late, "late", f.options.Late, "")
	flags.DurationVar(&f.options.Settle, "settle", f.options.Settle, "")
	flags.BoolVar(&f.options.Breaks, "breaks-off", false, "")
	choiceVar(flags, &f.stops, "stops", "kind of stop", "suspend", "kill", "either")
	flags.StringVar(&f.explain, "explain", "", "")
	flags.StringVar(&f.trace, "trace", "", "")
	flags.BoolVar(&f.plan, "plan", false, "")
	formatVar(flags, &f.format, textFormats...)
	flags.BoolVar(&f.quiet, "quiet", false, "")
	flags.BoolVar(&f.verbose, "verbose", false, "")
}

// check checks the flags together with the number of files; set has the names of those that were given.
func (f *inferFlags) check(files int, set map[string]bool) error {
	stops := map[string]infer.Stops{"suspend": infer.Suspensions, "kill": infer.Kills, "either": infer.Either}
	f.options.Stop = stops[f.stops]
	if err := f.options.Validate(); err != nil {
		return usageError("--%v", err)
	}
	switch {
	case f.quiet && f.verbose:
		return usageError("--quiet and --verbose contradict each other: give one of them")
	case f.plan && files > 0:
		return usageError("--plan takes no recordings: leave them out, or leave --plan out")
	case !f.plan && files == 0:
		return usageError("infer takes recordings: cosw infer FILE…")
	case f.plan && (f.explain != "" || f.trace != ""):
		return usageError("--plan explains no answer: leave it out, or leave --explain and --trace out")
	case f.plan && setBeside(set, "plan", "format") != "":
		return usageError("--plan reads no recordings: leave --%s out", setBeside(set, "plan", "format"))
	case f.quiet && f.explain != "":
		return usageError("--quiet prints formulas only: leave it out, or leave --explain out")
	case f.trace != "" && f.explain == "":
		return usageError("--trace writes what --explain prints: give --explain as well")
	case f.trace != "" && files > 1:
		return usageError("--trace takes one recording")
	}
	return nil
}

func runInfer(ctx context.Context, args []string, s streams) error {
	var f inferFlags
	flags := flag.NewFlagSet("infer", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, inferHelp, s); !ok {
		return err
	}
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if err := f.check(flags.NArg(), set); err != nil {
		return err
	}
	if f.plan {
		return printPlan(ctx, s, f.format == "json")
	}
	var within family.Cube
	if f.explain != "" {
		q, a, err := parseAnswer("--explain", f.explain)
		if err != nil {
			return err
		}
		within = model.Where(q, a)
	}
	if err := tryFile(f.trace); err != nil {
		return err
	}
	return f.infer(ctx, flags.Args(), within, s)
}

// setBeside returns the first flag that is set and not among those that may be, or nothing.
func setBeside(set map[string]bool, may ...string) string {
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !slices.Contains(may, name) {
			return name
		}
	}
	return ""
}

// parseAnswer reads QUESTION=ANSWER.
func parseAnswer(name, text string) (model.Question, model.Answer, error) {
	c, err := model.Space.Parse(text)
	if err != nil {
		return 0, "", usageError("%s: %v", name, err)
	}
	for _, q := range model.Questions() {
		for _, a := range q.Answers() {
			if c == model.Where(q, a) {
				return q, a, nil
			}
		}
	}
	return 0, "", usageError("%s %q: give one question and one answer, such as suspend=sever", name, text)
}

// infer infers from files. The others are judged even if one cannot be read.
func (f *inferFlags) infer(ctx context.Context, files []string, within family.Cube, s streams) error {
	code := exitDone
	var recordings []*recording.Recording
	for _, file := range files {
		rec, err := readRecording(file, s)
		if err != nil {
			code = max(code, refuse(err, s))
			continue
		}
		recordings = append(recordings, rec)
	}
	progress := newProgress(s.err)
	show := func(name string, at explore.Progress) { progress.show(name, at) }
	platforms, refused, err := infer.InferAll(ctx, recordings, f.options, show)
	progress.clear()
	for _, err := range refused {
		code = max(code, refuse(err, s))
	}
	if err != nil {
		return unknown(err)
	}
	if err := f.print(ctx, platforms, within, s); err != nil {
		return err
	}
	for i := range platforms {
		if code == exitDone && platforms[i].Designs == family.None {
			code = exitViolated
		}
	}
	if code != exitDone {
		return &failure{code, nil}
	}
	return nil
}

func (f *inferFlags) print(ctx context.Context, platforms []infer.Platform, within family.Cube, s streams) error {
	switch {
	case f.explain != "":
		return f.printExplained(ctx, platforms, within, s)
	case f.format == "json":
		return writeJSON(s.out, platformsJSON(platforms))
	}
	t := inferReport{verbose: f.verbose}
	err := f.report(ctx, &t, platforms)
	if _, failed := t.WriteTo(s.text()); failed != nil {
		return failed
	}
	return err
}

// report reports on each platform, as far as it comes.
func (f *inferFlags) report(ctx context.Context, t *inferReport, platforms []infer.Platform) error {
	for i := range platforms {
		if f.quiet {
			t.lines(&platforms[i])
			continue
		}
		if i > 0 {
			t.printf("")
		}
		if err := t.platform(ctx, &platforms[i]); err != nil {
			return err
		}
	}
	return nil
}

// printExplained prints how an answer explains the recordings of each platform, as far as it comes, and writes that as traces
// if a file is named.
func (f *inferFlags) printExplained(ctx context.Context, platforms []infer.Platform, answer family.Cube, s streams) error {
	t := inferReport{verbose: f.verbose}
	printed := []jsonExplained{}
	var failed error
	for i := range platforms {
		p := &platforms[i]
		all, err := accounts(ctx, p, answer)
		if err != nil {
			failed = err
			break
		}
		if i > 0 {
			t.printf("")
		}
		t.explain(p, answer, all)
		printed = append(printed, explainedJSON(p, answer, all))
		if f.trace != "" {
			failed = writeExplanations(f.trace, all, explanationCommand(p, answer))
		}
	}
	var err error
	if f.format == "json" {
		err = writeJSON(s.out, printed)
	} else {
		_, err = t.WriteTo(s.text())
	}
	if err != nil {
		return err
	}
	return failed
}

// writeExplanations writes the explanations of accounts as traces, one file each: all of them, or none.
func writeExplanations(name string, accounts []account, repeat string) error {
	var all []infer.Explanation
	for _, a := range accounts {
		all = append(all, a.ways...)
	}
	texts := make([][]byte, len(all))
	for i := range all {
		t, err := all[i].Trace(explanationTitle(&all[i]), repeat)
		if err != nil {
			return &failure{exitEvaluation, fmt.Errorf("cannot write %s: %w", name, err)}
		}
		texts[i] = t.Format()
	}
	for i, text := range texts {
		file := name
		if len(all) > 1 {
			ext := filepath.Ext(name)
			file = fmt.Sprintf("%s.%d%s", strings.TrimSuffix(name, ext), i+1, ext)
		}
		if err := writeWhole(file, text); err != nil {
			return err
		}
	}
	return nil
}
