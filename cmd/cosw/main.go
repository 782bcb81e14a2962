// Command cosw settles the open questions of the draft "Cross-Origin Service Workers" with evidence: it explores all
// designs that the draft leaves possible and says which answers break which property, with a shortest counterexample.
//
// Run it without arguments for an overview of its commands. README.md is for people who see cosw for the first time, the
// folder docs has a page for each thing that one does with it, and tests run every command that these pages show.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"syscall"

	flag "github.com/spf13/pflag"

	"cosw/model/family"
)

// Exit codes. Those from 10 on are the ones that the model checkers TLC and Apalache use for the same.
const (
	exitDone       = 0
	exitUnknown    = 2   // a limit or an interrupt ended the search
	exitMissing    = 3   // a browser is not installed, or a run of one failed
	exitAssumption = 10  // a step or premise was never seen, or internal steps go on forever: verdicts mean nothing
	exitViolated   = 12  // the chosen design, or each that a design file leaves, breaks a required property; or no design explains a recording
	exitExpected   = 14  // a script expected something else
	exitEvaluation = 75  // a script takes a step that is not enabled
	exitPipe       = 141 // whoever read the output does not read on, as shells report it
	exitSyntax     = 150 // a script or a design file cannot be understood
	exitUsage      = 151 // the command line is wrong
	exitSystem     = 153 // a file or pipe cannot be read or written
)

// failure is an error with the exit code that it leads to.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func usageError(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	flags    func(*flag.FlagSet) // gets the flags of a command, which does nothing then; nil to run it
}

// command is a subcommand of cosw.
type command struct {
	name    string
	summary string
	help    string
	run     func(ctx context.Context, args []string, s streams) error
}

// commands in the order of the overview.
func commands() []command {
	return []command{
		{"check", "search the family and settle its questions", checkHelp, runCheck},
		{"merge", "the report of a check from parts that were searched apart", mergeHelp, runMerge},
		{"questions", "the open questions of the draft and their answers", questionsHelp, runQuestions},
		{"properties", "the properties that designs are judged by", propertiesHelp, runProperties},
		{"designs", "designs that really existed, and how two differ", designsHelp, runDesigns},
		{"play", "run a scenario script step by step", playHelp, runPlay},
		{"show", "show a trace for people to read", showHelp, runShow},
		{"replay", "check traces against the model as it is now", replayHelp, runReplay},
		{"minimise", "make a trace as short as possible", minimiseHelp, runMinimise},
		{"findings", "write findings.md, what the model says about the draft", findingsHelp, runFindings},
		{"site", "write the pages on which one can ask what if", siteHelp, runSite},
		{"explore", "show these pages in a browser", exploreHelp, runExplore},
		{"graph", "draw what keeps what alive after a script", graphHelp, runGraph},
		{"fuzz", "judge random histories far beyond the bounds of check", fuzzHelp, runFuzz},
		{"linearize", "judge recordings of real browsers", linearizeHelp, runLinearize},
		{"infer", "which answers a recorded browser has chosen", inferHelp, runInfer},
		{"simulate", "record the model as if it were a browser", simulateHelp, runSimulate},
		{"lab", "record real browsers on this machine", labHelp, runLab},
		{"schema", "what the JSON looks like that commands print", schemaHelp, runSchema},
		{"completion", "a script that has a shell complete command lines", completionHelp, runCompletion},
		{"version", "which cosw this is", versionHelp, runVersion},
		{"bench", "measure the search on this machine", benchHelp, runBench},
	}
}

func main() {
	signal.Ignore(syscall.SIGPIPE) // writing to a closed pipe is then an error like any other
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second interrupt ends the process at once
	}()
	os.Exit(run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}

// run runs the command that args ask for and returns the exit code.
func run(ctx context.Context, args []string, s streams) int {
	out := &checkedWriter{w: s.out}
	in := &standardInput{ctx: ctx, r: s.in}
	of := s
	of.in = in
	of.out = page{w: out, width: lineWidth(s.out, os.Getenv), coloured: coloured(s.out, os.Getenv)}
	err := dispatch(ctx, args, of)
	switch {
	case in.cut:
		err = errCutShort
	case errors.Is(out.err, syscall.EPIPE):
		return exitPipe // as with | head: the reader has seen enough
	case out.err != nil:
		err = &failure{exitSystem, fmt.Errorf("cannot write the output: %w", out.err)}
	}
	var f *failure
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &f):
		if f.err != nil {
			fmt.Fprintf(s.err, "cosw: %s\n", oneLine(f.err.Error()))
		}
		return f.code
	}
	fmt.Fprintf(s.err, "cosw: %s\n", oneLine(err.Error()))
	return exitSystem
}

func dispatch(ctx context.Context, args []string, s streams) error {
	if len(args) == 0 {
		return overview(s.out)
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(rest) == 0 {
			return overview(s.out)
		}
		name, rest = rest[0], []string{"--help"}
	case "__complete": // is for the scripts of cosw completion
		printCandidates(rest, s.out)
		return nil
	case "--version":
		name = "version"
	}
	var names []string
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, rest, s)
		}
		names = append(names, c.name)
	}
	return usageError("%v; cosw help lists the commands", &family.UnknownWordError{What: "command", Word: name, Valid: names})
}

func overview(w io.Writer) error {
	help := overviewHead
	for _, c := range commands() {
		help += fmt.Sprintf("  cosw %-11s %s\n", c.name, c.summary)
	}
	writeHelp(w, help+overviewTail)
	return nil
}

// parse parses the flags of a command, which may stand before and after its arguments. It returns false when help was asked
// for, and prints that. A flag without a value, and an empty argument, is an error: in a script it is a variable that was not set.
func parse(flags *flag.FlagSet, args []string, help string, s streams) (bool, error) {
	if s.flags != nil {
		s.flags(flags)
		return false, nil
	}
	flags.Usage = func() {}
	err := flags.ParseAll(args, func(f *flag.Flag, value string) error {
		if value == "" {
			return fmt.Errorf("--%s is empty: give it a value, or leave it out", f.Name)
		}
		return flags.Set(f.Name, value)
	})
	switch {
	case errors.Is(err, flag.ErrHelp):
		writeHelp(s.out, help)
		return false, nil
	case err != nil:
		return false, usageError("%v; cosw %s --help lists the flags", flagError(flags, err), flags.Name())
	case slices.Contains(flags.Args(), ""):
		return false, usageError("an argument of %s is empty: name what is meant, or leave it out", flags.Name())
	}
	return true, nil
}

// valueTypes says what the values of a flag look like, by its type.
var valueTypes = map[string]string{
	"int":      "a whole number",
	"uint64":   "a whole number, 0 or more",
	"duration": "a time such as 500ms, 30s or 5m",
	"bool":     "true or false",
}

// flagError rewords the errors of package pflag.
func flagError(flags *flag.FlagSet, err error) error {
	var unknown *flag.NotExistError
	var bare *flag.ValueRequiredError
	var invalid *flag.InvalidValueError
	switch {
	case errors.As(err, &bare):
		return fmt.Errorf("--%s needs a value", bare.GetSpecifiedName())
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		if _, err := strconv.ParseInt(invalid.GetValue(), 0, 64); errors.Is(err, strconv.ErrRange) {
			return fmt.Errorf("--%s %s is out of range", f.Name, invalid.GetValue())
		}
		if wanted, ok := valueTypes[f.Value.Type()]; ok {
			return fmt.Errorf("--%s is %s, not %q", f.Name, wanted, invalid.GetValue())
		}
		return fmt.Errorf("--%s: %w", f.Name, errors.Unwrap(invalid))
	case !errors.As(err, &unknown):
		return err
	}
	name := "--" + unknown.GetSpecifiedName()
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		name = "-" + short
	}
	var names []string
	flags.VisitAll(func(f *flag.Flag) { names = append(names, "--"+f.Name) })
	if names == nil {
		return fmt.Errorf("unknown flag %s: %s takes none", name, flags.Name())
	}
	return &family.UnknownWordError{What: "flag", Word: name, Valid: names}
}

// checkedWriter remembers the first error and writes nothing after it.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(p)
	c.err = err
	return n, err
}
