package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	flag "github.com/spf13/pflag"

	"cosw/model/family"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
)

// labFlags are the flags of the commands of cosw lab that record.
type labFlags struct {
	browsers  string
	scenarios string
	plan      bool
	options   lab.Options
	out       string
	format    string // of the commands that report
}

func (f *labFlags) register(flags *flag.FlagSet) {
	f.options.Limits = lab.DefaultLimits
	flags.StringVar(&f.browsers, "browser", "all", "")
	flags.StringVar(&f.scenarios, "scenario", "", "")
	flags.BoolVar(&f.plan, "plan", false, "")
	flags.BoolVar(&f.options.CloseEvent, "close-event", false, "")
	flags.StringVar(&f.out, "out", "", "")
}

// labRuns are the commands of cosw lab, in the order of its help.
var labRuns = []struct {
	name string
	run  func(context.Context, []string, streams) error
}{
	{"browsers", runLabBrowsers}, {"scenarios", runLabScenarios}, {"record", runLabRecord}, {"infer", runLabInfer},
	{"conform", runLabConform}, {"wpt", runLabWPT}, {"demo", runLabDemo}, {"serve", runLabServe},
}

// labCommands returns the names of the commands of cosw lab.
func labCommands() []string {
	var names []string
	for _, c := range labRuns {
		names = append(names, c.name)
	}
	return names
}

func runLab(ctx context.Context, args []string, s streams) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		flags := flag.NewFlagSet("lab", flag.ContinueOnError)
		if ok, err := parse(flags, args, labHelp, s); !ok {
			return err
		}
		return usageError("lab takes a command: %s; cosw lab --help explains them", strings.Join(labCommands(), ", "))
	}
	i := slices.Index(labCommands(), args[0])
	if i < 0 {
		return usageError("%v", &family.UnknownWordError{What: "command of lab", Word: args[0], Valid: labCommands()})
	}
	// A terminal that is closed must not leave browsers behind either.
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP)
	defer stop()
	return labRuns[i].run(ctx, args[1:], s)
}

// parseLab parses the flags of a command of lab, which takes nothing else.
func parseLab(flags *flag.FlagSet, args []string, s streams) (bool, error) {
	ok, err := parse(flags, args, labHelp, s)
	if ok && flags.NArg() > 0 {
		return false, usageError("%s takes no argument %q", flags.Name(), flags.Arg(0))
	}
	return ok, err
}

func runLabBrowsers(ctx context.Context, args []string, s streams) error {
	var format string
	flags := flag.NewFlagSet("lab browsers", flag.ContinueOnError)
	formatVar(flags, &format, textFormats...)
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	var found []foundBrowser
	for _, e := range browser.Engines() {
		name, err := e.Version(ctx)
		if ctx.Err() != nil {
			return errCutShort
		}
		found = append(found, newFoundBrowser(e, name, err))
	}
	if format == "json" {
		return writeJSON(s.out, found)
	}
	for _, f := range found {
		text := f.Version
		if f.Missing != "" {
			text = fmt.Sprintf("%s; Debian has it in %s", f.Missing, strings.Join(f.Packages, ", "))
		}
		paragraph(s.out, fmt.Sprintf("%-10s ", f.Engine), text)
	}
	return nil
}

func runLabScenarios(_ context.Context, args []string, s streams) error {
	var format string
	flags := flag.NewFlagSet("lab scenarios", flag.ContinueOnError)
	formatVar(flags, &format, textFormats...)
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	all := lab.Scenarios()
	if format == "json" {
		return writeJSON(s.out, newLabScenarios(all))
	}
	for i := range all {
		paragraph(s.out, fmt.Sprintf("%-17s ", all[i].Name), all[i].About)
		for _, c := range cannots(&all[i]) {
			paragraph(s.out, fmt.Sprintf("%-17s not in ", ""), c)
		}
	}
	return nil
}

// cannots says in which engines a scenario cannot be done, and why.
func cannots(s *lab.Scenario) []string {
	var engines grouping
	for _, e := range browser.Engines() {
		if why := s.Cannot(e, lab.Options{}); why != "" {
			engines.add(why, e.ID)
		}
	}
	var all []string
	for _, why := range engines.keys {
		all = append(all, strings.Join(engines.of[why], ", ")+": "+why)
	}
	return all
}

// choose returns the engines and scenarios that the flags ask for.
func (f *labFlags) choose() ([]*browser.Engine, []lab.Scenario, error) {
	engines, err := chosen("browser", f.browsers, browser.Engines(), func(e *browser.Engine) string { return e.ID })
	if err != nil {
		return nil, nil, err
	}
	if f.plan && f.scenarios != "" {
		return nil, nil, usageError("--plan and --scenario contradict each other: give one of them")
	}
	scenarios, err := chosen("scenario", f.scenarios, lab.Scenarios(), func(s lab.Scenario) string { return s.Name })
	if f.plan {
		scenarios = slices.DeleteFunc(scenarios, func(s lab.Scenario) bool { return !s.Plan })
	}
	return engines, scenarios, err
}

// chosen returns those of all whose names a flag lists, separated by commas; all if it lists none, or says so.
func chosen[T any](flag, names string, all []T, name func(T) string) ([]T, error) {
	if names == "" || names == "all" {
		return all, nil
	}
	var valid []string
	for _, one := range all {
		valid = append(valid, name(one))
	}
	var some []T
	for _, wanted := range strings.Split(names, ",") {
		i := slices.Index(valid, strings.TrimSpace(wanted))
		if i < 0 {
			return nil, usageError("--%s: %v", flag, &family.UnknownWordError{What: flag, Word: wanted, Valid: valid})
		}
		some = append(some, all[i])
	}
	return some, nil
}

func runLabRecord(ctx context.Context, args []string, s streams) error {
	var f labFlags
	flags := flag.NewFlagSet("lab record", flag.ContinueOnError)
	f.register(flags)
	formatVar(flags, &f.format, textFormats...)
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	if f.out == "" {
		return usageError("lab record takes a directory to write to: cosw lab record --out DIR")
	}
	engines, scenarios, err := f.choose()
	if err != nil {
		return err
	}
	c := collector{out: f.out, format: f.format, streams: s}
	if err := c.collect(ctx, engines, scenarios, f.options); err != nil {
		return err
	}
	return c.tell()
}

// tell prints what became of the scenarios if that is asked for in a form for programs; otherwise it was told as it happened.
func (c *collector) tell() error {
	if c.format == "json" {
		if err := writeJSON(c.streams.out, c.records.sorted()); err != nil {
			return err
		}
	}
	return c.failure()
}

// collector writes recordings as they come in, and says what became of each scenario.
type collector struct {
	streams
	out     string
	format  string // of what it prints; text if it is empty
	files   []string
	records labRecords
	cannot  []lab.Outcome
	failed  int // runs and recordings
	absent  int // browsers
}

// collect records. It writes to a directory that is new or empty, since recordings of two days do not belong together.
func (c *collector) collect(ctx context.Context, engines []*browser.Engine, scenarios []lab.Scenario, o lab.Options) error {
	if err := emptyDirectory(c.out); err != nil {
		return err
	}
	if o.CloseEvent {
		engines = slices.DeleteFunc(slices.Clone(engines), func(e *browser.Engine) bool {
			if !e.HasCloseEvent {
				fmt.Fprintf(c.err, "cosw: %s is left out: it has no close events of ports\n", e.ID)
			}
			return !e.HasCloseEvent
		})
	}
	err := lab.Collect(ctx, engines, lab.Each(scenarios), o, c.take)
	if ctx.Err() != nil {
		return errCutShort
	}
	return err
}

// emptyDirectory makes a directory, unless it is there and empty.
func emptyDirectory(name string) error {
	entries, err := os.ReadDir(name)
	switch {
	case err == nil && len(entries) > 0:
		return &failure{exitSystem, fmt.Errorf("%s is not empty: give --out a new directory", name)}
	case errors.Is(err, os.ErrNotExist):
		err = os.MkdirAll(name, 0o755)
	}
	if err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write to %s: %w", name, withoutPath(err))}
	}
	return nil
}

// take says what became of a scenario, and writes its recording.
func (c *collector) take(o lab.Outcome) error {
	what := "recorded"
	c.records.add(o, c.file(o))
	switch {
	case errors.Is(o.Err, browser.ErrMissing):
		c.absent++
		fmt.Fprintf(c.err, "cosw: %s is left out: %v; Debian has it in %s\n", o.Engine.ID, o.Err, strings.Join(o.Engine.Packages, ", "))
		return nil
	case o.Err != nil:
		c.failed++
		fmt.Fprintf(c.err, "cosw: %s, %s: %v\n", o.Engine.ID, o.Scenario.Name, o.Err)
		return nil
	case o.Cannot != "":
		c.cannot = append(c.cannot, o)
		what = "cannot be done: " + o.Cannot
	default:
		file := c.file(o)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return &failure{exitSystem, fmt.Errorf("cannot write to %s: %w", c.out, withoutPath(err))}
		}
		if err := writeWhole(file, o.Recording); err != nil {
			return err
		}
		c.files = append(c.files, file)
		if o.Again != nil {
			what = "recorded at the second attempt: " + o.Again.Error()
		}
	}
	paragraph(c.err, fmt.Sprintf("%-9s %-17s ", o.Engine.ID, o.Scenario.Name), what)
	return nil
}

// file names that of a recording.
func (c *collector) file(o lab.Outcome) string {
	return filepath.Join(c.out, o.Engine.ID, o.Scenario.Name+".jsonl")
}

// failure returns the exit code if something that can be recorded was not.
func (c *collector) failure() error {
	if c.failed+c.absent > 0 {
		return &failure{exitMissing, nil}
	}
	return nil
}

// errCutShort is what is said where what was finished before an interrupt stays where it was written.
var errCutShort = &failure{exitUnknown, errors.New("it was interrupted")}
