package main

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces/exhibits"
)

// checkFlags are the flags of cosw check.
type checkFlags struct {
	in streams // for a design file that is standard input
	scopeFlags
	expectFlags
	partFlags
	require, properties string
	giveUp              string
	pairs               string
	bounds              model.Bounds
	timeout             time.Duration
	maxWorlds           uint64
	maxMemory           string
	workers             int
	histories           int
	seed                uint64
	format, traces      string
	quiet, verbose      bool
	designFile          string
	file                *designFile // what designFile says, once it has been read
	givenUp             []string    // what of the required properties is given up
}

func (f *checkFlags) register(flags *flag.FlagSet) {
	f.registerReport(flags)
	flags.StringVar(&f.properties, "property", "", "")
	registerBounds(flags, &f.bounds, model.DefaultBounds)
	flags.DurationVar(&f.timeout, "timeout", 0, "")
	flags.Uint64Var(&f.maxWorlds, "max-worlds", 0, "")
	flags.StringVar(&f.maxMemory, "max-memory", "", "")
	flags.IntVar(&f.workers, "workers", 0, "")
	flags.StringVar(&f.part, "part", "", "")
	flags.StringVar(&f.out, "out", "", "")
}

// registerReport registers the flags that choose designs and say what is to be told of them: those of cosw merge, too.
func (f *checkFlags) registerReport(flags *flag.FlagSet) {
	f.scopeFlags.register(flags)
	flags.Func("design-file", "", f.setDesignFile)
	flags.StringVar(&f.require, "require", "", "")
	flags.StringVar(&f.giveUp, "give-up", "", "")
	flags.StringVar(&f.pairs, "pairs", "", "")
	flags.IntVar(&f.histories, "histories", 1000, "")
	flags.Uint64Var(&f.seed, "seed", 1, "")
	formatVar(flags, &f.format, checkFormats...)
	flags.StringVar(&f.traces, "traces", "", "")
	flags.StringVar(&f.expect, "expect", "", "")
	flags.BoolVar(&f.update, "update", false, "")
	flags.BoolVar(&f.quiet, "quiet", false, "")
	flags.BoolVar(&f.verbose, "verbose", false, "")
}

// setDesignFile takes the value of --design-file.
func (f *checkFlags) setDesignFile(name string) error {
	if f.designFile != "" {
		return errors.New(wrongTwoFiles)
	}
	f.designFile = name
	return nil
}

func registerBounds(flags *flag.FlagSet, b *model.Bounds, d model.Bounds) {
	usual := d.All()
	for i, bound := range b.All() {
		flags.IntVar(bound.Value, bound.Name, *usual[i].Value, "")
	}
}

// mostWorkers is how many goroutines may search. More than there are cores do not help, and each takes memory.
const mostWorkers = 256

// mostHistories is how many random histories may be drawn: more take days.
const mostHistories = 1_000_000_000

const wrongHistories = "--histories %d is out of range: choose from 0 to %d"

// options turns the flags into options for a check.
func (f *checkFlags) options() (props.Options, error) {
	o := props.Options{Bounds: f.bounds, Workers: f.workers, Histories: f.histories, Seed: f.seed}
	if f.timeout < 0 {
		return o, usageError("--timeout cannot be negative")
	}
	if f.histories < 0 || f.histories > mostHistories {
		return o, usageError(wrongHistories, f.histories, mostHistories)
	}
	if f.workers < 0 || f.workers > mostWorkers {
		return o, usageError("--workers %d is out of range: choose from 1 to %d, or leave it out for one a core", f.workers, mostWorkers)
	}
	if f.seed == 0 {
		return o, usageError("--seed 0 is out of range: choose from 1 on")
	}
	if f.pairs != "" && f.format != "text" && f.format != "json" {
		return o, usageError(wrongPairs, f.format)
	}
	if f.pairs != "" && f.expect != "" {
		return o, usageError("--pairs and --expect both replace the report: give one of them")
	}
	if f.quiet && f.verbose {
		return o, usageError("--quiet and --verbose contradict each other: give one of them")
	}
	if err := f.bounds.Validate(); err != nil {
		return o, usageError("%v", err)
	}
	var err error
	if o.Scope, err = f.scope(); err != nil {
		return o, err
	}
	if o.Properties, err = propertyList("--property", f.properties); err != nil {
		return o, err
	}
	if o.Required, err = f.required(o.Properties); err != nil {
		return o, err
	}
	memory, err := parseSize(f.maxMemory)
	if err != nil {
		return o, err
	}
	o.Limits = explore.Limits{Worlds: f.maxWorlds, Bytes: memory, Time: f.timeout}
	return o, nil
}

// scope returns the designs that --design or --design-file and --set choose together.
func (f *checkFlags) scope() (family.Cube, error) {
	c, err := f.scopeFlags.scope()
	if err != nil || f.designFile == "" {
		return c, err
	}
	if f.design != "" {
		return family.Cube{}, usageError(wrongTwice)
	}
	if f.file, err = readDesignFile(f.designFile, f.in); err != nil {
		return family.Cube{}, err
	}
	if q, ok := contradiction(c, f.file.design); ok {
		return family.Cube{}, usageError(wrongSetAgain, q.ID(), f.designFile)
	}
	return c.And(f.file.design), nil
}

// required returns the properties that a design must have, nil for all of those that are checked, before any is given up. What
// the design file gives up need not be among them, what --give-up names must.
func (f *checkFlags) required(properties []string) ([]string, error) {
	required, err := propertyList("--require", f.require)
	if err != nil {
		return nil, err
	}
	givenUp, err := propertyList("--give-up", f.giveUp)
	if err != nil {
		return nil, err
	}
	all := required
	switch {
	case required == nil && properties == nil:
		all = props.IDs()
	case required == nil:
		all = properties
	}
	for _, id := range givenUp {
		if !slices.Contains(all, id) {
			return nil, usageError(wrongGivenUp, id)
		}
	}
	if f.file != nil {
		givenUp = append(givenUp, f.file.givenUp...)
	}
	f.givenUp = slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !slices.Contains(givenUp, id) })
	return required, nil
}

// concede returns a report with what is given up. In a family that is searched goes with it what no design keeps without it;
// of a design that was chosen the rest stays required, and so it does where the search has not seen all designs.
func (f *checkFlags) concede(r *props.Report) *props.Report {
	switch {
	case len(f.givenUp) == 0:
		return r
	case !f.chosen(r.Options.Scope) && r.Complete():
		return r.GivingUp(f.givenUp)
	}
	var left []string
	for _, v := range r.Verdicts {
		if v.Required && !slices.Contains(f.givenUp, v.Property.ID) {
			left = append(left, v.Property.ID)
		}
	}
	return r.Requiring(left)
}

// chosen tells whether the designs were chosen to have what is required: a single design, or those that a preset or a design
// file leaves open, of which one is enough. A family is there to be searched: it is no failure when none of it is good.
func (f *checkFlags) chosen(scope family.Cube) bool {
	return f.file != nil || f.design != "" || singleDesign(scope)
}

// propertyList reads names of properties, separated by commas; nil for none.
func propertyList(name, text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	var ids []string
	for _, id := range strings.Split(text, ",") {
		id = strings.TrimSpace(id)
		if _, err := props.Find(id); err != nil {
			return nil, usageError("%s: %v", name, err)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// sizeUnits are units of memory: powers of 1024 with an i, and of 1000 without, but for the single letters.
var sizeUnits = map[string]uint64{
	"": 1, "b": 1,
	"k": 1 << 10, "kib": 1 << 10, "kb": 1e3,
	"m": 1 << 20, "mib": 1 << 20, "mb": 1e6,
	"g": 1 << 30, "gib": 1 << 30, "gb": 1e9,
	"t": 1 << 40, "tib": 1 << 40, "tb": 1e12,
}

// parseSize reads an amount of memory such as 500MiB, 2GB or 1048576; 0 for the empty text.
func parseSize(text string) (uint64, error) {
	if text == "" {
		return 0, nil
	}
	digits := strings.TrimRight(text, "KMGTiBkmgtb ")
	unit, ok := sizeUnits[strings.ToLower(strings.TrimSpace(text[len(digits):]))]
	n, err := strconv.ParseUint(digits, 10, 64)
	if !ok || err != nil || n == 0 || n > math.MaxUint64/unit {
		return 0, usageError("--max-memory %q is not an amount of memory: write 500MiB or 2GB", text)
	}
	return n * unit, nil
}

func runCheck(ctx context.Context, args []string, s streams) error {
	f := checkFlags{in: s}
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, checkHelp, s); !ok {
		return err
	}
	if flags.NArg() > 0 {
		return usageError("check takes no argument %q; restrict the family with --set", flags.Arg(0))
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	if err := f.preparePart(); err != nil {
		return err
	}
	if f.part != "" {
		return f.searchPart(ctx, o, s)
	}
	return f.finish(o, s, func(o props.Options) (*props.Report, error) { return props.Check(ctx, o) })
}

// finish checks, and tells what was found. What is wrong with what the flags ask for is told before.
func (f *checkFlags) finish(o props.Options, s streams, check func(props.Options) (*props.Report, error)) error {
	pairs, err := f.pairsOf(o.Scope)
	if err != nil {
		return err
	}
	if err := f.prepare(s); err != nil {
		return err
	}
	if err := makeFolder(f.traces); err != nil {
		return err
	}
	progress := newProgress(s.err)
	o.Progress = progress.show
	checked, err := check(o)
	progress.clear()
	if err != nil {
		return usageError("%v", err) // bounds that do not fit
	}
	if f.traces != "" {
		terms, err := exhibits.Terms(checked)
		if err != nil {
			return err
		}
		if err := writeTraces(f.traces, terms, s); err != nil {
			return err
		}
	}
	report := newReport(f.concede(checked), sections{
		traces: !f.quiet && f.expect == "", all: f.verbose || f.format == "json", pairs: pairs, givenUp: f.givenUp, before: checked,
	})
	if f.expect != "" {
		return f.compareExpected(report, s.out)
	}
	if err := f.write(s, report); err != nil {
		return err
	}
	return report.failure(f.chosen(o.Scope))
}

// pairsOf returns what makes the pairs that --pairs asks for, or nil if it does not.
func (f *checkFlags) pairsOf(scope family.Cube) (func(*props.Report) []props.Pair, error) {
	if f.pairs == "" {
		return nil, nil
	}
	q, a, err := parseAnswer("--pairs", f.pairs)
	if err != nil {
		return nil, err
	}
	if model.Space.Bits(scope.And(model.Where(q, a)), int(q)) == 0 || !model.Space.Open(scope, int(q)) {
		return nil, usageError("--pairs %s: --set, --design and --design-file leave no designs that differ in this answer", f.pairs)
	}
	return func(r *props.Report) []props.Pair { return r.Pairs(q, a, r.BestDesigns()) }, nil
}

// checkFormats are the values of --format.
var checkFormats = []string{"text", "json", "junit", "markdown"}

// write writes a report in the format asked for.
func (f *checkFlags) write(s streams, r *report) error {
	switch f.format {
	case "json":
		return writeJSON(s.out, r)
	case "text":
		text := textReport{r, f.verbose}
		laidOut := text.verdicts
		if f.pairs != "" {
			laidOut = text.pairs
		}
		_, err := laidOut().WriteTo(s.text())
		return err
	}
	return ciFormats[f.format](s.out, newCIReport(r, f))
}

// failure returns the failure that a report amounts to, if it does; chosen is whether its designs must have what is
// required.
func (r *report) failure(chosen bool) error {
	switch {
	case chosen && r.Good.Designs == 0:
		return &failure{exitViolated, nil}
	case !r.Complete:
		return &failure{exitUnknown, nil}
	case r.Livelock:
		return &failure{exitAssumption, errors.New("internal steps can go on forever, so that nothing is settled by them: the model is wrong")}
	case r.whole && (len(r.Unseen) > 0 || len(r.vacuous()) > 0):
		return &failure{exitAssumption, errors.New("not everything was witnessed that could have been, see above: the model is wrong")}
	case r.Random != nil && len(r.Random.New) > 0 && !r.Random.beyond:
		return &failure{exitAssumption, errors.New("random histories contradict the verdicts, see above: larger bounds are needed")}
	}
	return nil
}
