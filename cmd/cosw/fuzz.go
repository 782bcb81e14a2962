package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/exhibits"
)

// fuzzFlags are the flags of cosw fuzz.
type fuzzFlags struct {
	seed             uint64
	histories, steps int
	time             time.Duration
	scopeFlags
	properties      string
	bounds          model.Bounds
	scripts, traces string
	part            string
	format          string
}

func (f *fuzzFlags) register(flags *flag.FlagSet) {
	flags.Uint64Var(&f.seed, "seed", 1, "")
	flags.IntVar(&f.histories, "histories", 0, "")
	flags.IntVar(&f.steps, "steps", props.FuzzSteps, "")
	flags.DurationVar(&f.time, "time", 0, "")
	f.scopeFlags.register(flags)
	flags.StringVar(&f.properties, "property", "", "")
	registerBounds(flags, &f.bounds, props.FuzzBounds)
	flags.StringVar(&f.part, "part", "", "")
	flags.StringVar(&f.scripts, "scripts", "", "")
	flags.StringVar(&f.traces, "traces", "", "")
	formatVar(flags, &f.format, textFormats...)
}

func (f *fuzzFlags) options() (props.FuzzOptions, error) {
	o := props.FuzzOptions{Seed: f.seed, Histories: f.histories, Time: f.time, Steps: f.steps, Bounds: f.bounds}
	switch {
	case f.seed == 0:
		return o, usageError("--seed 0 is out of range: choose from 1 on")
	case f.time < 0:
		return o, usageError("--time cannot be negative")
	case f.histories < 0 || f.histories > mostHistories:
		return o, usageError(wrongHistories, f.histories, mostHistories)
	case f.steps < 1 || f.steps > 10_000:
		return o, usageError("--steps %d is out of range: choose from 1 to 10000", f.steps)
	}
	if f.histories == 0 && f.time == 0 {
		o.Histories = 10_000
	}
	if err := f.narrow(&o); err != nil {
		return o, err
	}
	if err := f.bounds.Validate(); err != nil {
		return o, usageError("%v", err)
	}
	var err error
	if o.Scope, err = f.scope(); err != nil {
		return o, err
	}
	o.Properties, err = propertyList("--property", f.properties)
	return o, err
}

// seedsApart is how far the seeds of parts are apart where it is the time that ends them.
const seedsApart = 1 << 32

// narrow restricts options to the seeds of a part, if they ask for one: all parts together draw what the whole draws.
func (f *fuzzFlags) narrow(o *props.FuzzOptions) error {
	if f.part == "" {
		return nil
	}
	part, of, err := parsePart(f.part)
	switch {
	case err != nil:
		return err
	case o.Histories == 0:
		o.Seed += uint64(part-1) * seedsApart
	default:
		batches := (o.Histories + props.FuzzBatch - 1) / props.FuzzBatch
		if of > batches {
			return usageError("--part %s: %d histories come from %s, %d from each, which is not enough for so many parts",
				f.part, o.Histories, count(uint64(batches), "seed"), props.FuzzBatch)
		}
		first, end := (part-1)*batches/of, part*batches/of
		o.Seed += uint64(first)
		o.Histories = min(o.Histories, end*props.FuzzBatch) - first*props.FuzzBatch
	}
	f.seed = o.Seed
	return nil
}

// again is the command that draws the same histories once more.
func (f *fuzzFlags) again(r *props.FuzzReport) string {
	words := []string{"cosw fuzz", fmt.Sprintf("--seed %d --histories %d --steps %d", f.seed, r.Tally.Histories, f.steps)}
	for _, option := range []struct{ name, value string }{{"set", f.set}, {"assume", f.assume}, {"design", f.design}, {"property", f.properties}} {
		if option.value != "" {
			words = append(words, fmt.Sprintf("--%s '%s'", option.name, option.value))
		}
	}
	if f.bounds != props.FuzzBounds {
		words = append(words, f.bounds.Flags())
	}
	return strings.Join(words, " ")
}

func runFuzz(ctx context.Context, args []string, s streams) error {
	var f fuzzFlags
	flags := flag.NewFlagSet("fuzz", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, fuzzHelp, s); !ok {
		return err
	}
	if flags.NArg() > 0 {
		return usageError("fuzz takes no argument %q", flags.Arg(0))
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	for _, folder := range []string{f.scripts, f.traces} {
		if err := makeFolder(folder); err != nil {
			return err
		}
	}
	progress := newProgress(s.err)
	o.Progress = progress.fuzz
	report, err := props.Fuzz(ctx, o)
	progress.clear()
	if err != nil {
		return usageError("%v", err)
	}
	again := f.again(report)
	if f.format == "json" {
		err = writeJSON(s.out, newFuzzed(report, again))
	} else {
		_, err = (&fuzzReport{report}).lines(again).WriteTo(s.text())
	}
	if err != nil {
		return err
	}
	if err := writeScripts(f.scripts, report, again); err != nil {
		return err
	}
	if f.traces != "" {
		found, err := exhibits.Found(report, again)
		if err != nil {
			return err
		}
		if err := writeTraces(f.traces, found, s); err != nil {
			return err
		}
	}
	return fuzzVerdict(report)
}

// fuzzVerdict returns the failure that a report amounts to: a single design that is broken, or evidence that the exact
// search missed.
func fuzzVerdict(r *props.FuzzReport) error {
	design := singleDesign(r.Options.Scope)
	for _, v := range r.Violations {
		if design || v.New != family.None {
			return &failure{exitViolated, nil}
		}
	}
	if r.Stopped != nil {
		return &failure{exitUnknown, nil}
	}
	return nil
}

// fuzzReport writes what random histories showed.
type fuzzReport struct{ *props.FuzzReport }

func (t *fuzzReport) lines(again string) (b block) {
	o := t.Options
	b.wrap("Histories  ", fmt.Sprintf("%s of up to %d steps, %s steps in all", number(uint64(t.Tally.Histories)), o.Steps, number(uint64(t.Tally.Steps))))
	b.wrap("Within     ", o.Bounds.String())
	b.wrap("Designs    ", "drawn from "+model.Space.Format(o.Scope))
	if t.Stopped != nil {
		b.wrap("           ", fmt.Sprintf("NOT COMPLETE: %v", t.Stopped))
	}
	b.printf("")
	b.add(t.occurred())
	b.printf("VIOLATIONS")
	b.printf("")
	for i := range t.Violations {
		b.add(t.violation(&t.Violations[i]))
	}
	if len(t.Violations) == 0 {
		b.printf("none")
		b.printf("")
	}
	b.wrap("Repeat with  ", again)
	return b
}

// occurred says how often each step, each event and each premise occurred.
func (t *fuzzReport) occurred() (b block) {
	row := func(n int, text string) { b.wrap(fmt.Sprintf("%11s  ", number(uint64(n))), text) }
	head := func(counted, of string) { b.printf("%11s  %s", counted, of) }
	head("times", "STEP")
	for _, k := range model.Kinds() {
		row(t.Tally.Kinds[k], k.Text())
	}
	b.printf("")
	head("times", "EVENT")
	for _, k := range model.EventKinds() {
		row(t.Tally.Events[k], k.Text())
	}
	b.printf("")
	head("histories", "PREMISE")
	for _, p := range props.Catalogue() {
		if n, ok := t.Premises[p.ID]; ok {
			row(n, p.ID+": "+p.Applies)
		}
	}
	b.printf("")
	return b
}

func (t *fuzzReport) violation(v *props.FuzzViolation) (b block) {
	b.printf("%s: broken in %s of the histories", v.Property.ID, number(uint64(v.Histories)))
	b.wrap("    ", v.Property.Claims)
	if v.New != family.None {
		b.wrap("    ", "NEW EVIDENCE: the exact search within "+model.DefaultBounds.String()+
			" knows no violation of this design, so its bounds are too small")
	}
	if v.Rough {
		b.printf("    There was no time left to make the history minimal.")
	}
	b.wrap("    under ", model.Space.Format(v.History.Design))
	b.add(steps(stepsOf(v.Told), numbersEnd))
	b.wrap(so(numbersEnd), v.Property.Broken)
	b.printf("")
	return b
}

// writeScripts writes each violation into a folder, as a script for cosw play.
func writeScripts(dir string, r *props.FuzzReport, again string) error {
	if dir == "" {
		return nil
	}
	for _, v := range r.Violations {
		comment := v.Property.ID + " is broken: " + v.Property.Broken + ".\nFound by " + again
		file := filepath.Join(dir, v.Property.ID+".txt")
		if err := writeWhole(file, []byte(v.History.Script(comment))); err != nil {
			return err
		}
	}
	return nil
}

// fuzz shows how far cosw fuzz has come.
func (p *progress) fuzz(at props.FuzzProgress) {
	var broken []string
	for id, n := range at.Violations {
		broken = append(broken, fmt.Sprintf("%s %d", id, n))
	}
	slices.Sort(broken)
	rate := float64(at.Histories) / max(at.Elapsed.Seconds(), 0.001)
	p.line("%s histories, %s/s, broken: %s", number(uint64(at.Histories)), number(uint64(rate)), strings.Join(broken, ", "))
}
