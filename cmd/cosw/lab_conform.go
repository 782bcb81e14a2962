package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/conform"
	"cosw/traces/lab/connect"
)

// conformFlags are those of cosw lab conform.
type conformFlags struct {
	labFlags
	traces string
	time   time.Duration
	seed   uint64
}

func runLabConform(ctx context.Context, args []string, s streams) error {
	var f conformFlags
	flags := flag.NewFlagSet("lab conform", flag.ContinueOnError)
	f.labFlags.register(flags)
	formatVar(flags, &f.format, textFormats...)
	flags.StringVar(&f.traces, "traces", "", "")
	flags.DurationVar(&f.time, "time", 0, "")
	flags.Uint64Var(&f.seed, "seed", 1, "")
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	if f.time < 0 {
		return usageError("--time %v: give a time that is not negative", f.time)
	}
	f.options.Connect = true
	engines, scenarios, err := f.choose()
	if err != nil {
		return err
	}
	if f.traces != "" {
		again, err := retrace(f.traces, s)
		if err != nil {
			return err
		}
		scenarios = append(scenarios, again...)
	}
	if f.out == "" {
		if f.out, err = os.MkdirTemp("", "cosw-conform-"); err != nil {
			return &failure{exitSystem, fmt.Errorf("cannot make a directory for recordings: %w", withoutPath(err))}
		}
		defer os.RemoveAll(f.out)
	}
	c := conformer{collector: collector{out: f.out, format: f.format, streams: s}, ctx: ctx, algebra: family.NewAlgebra(model.Space)}
	if err := c.run(engines, scenarios, &f); err != nil {
		return err
	}
	return c.conclude()
}

// retrace returns a scenario for each trace that can be done again, once for those that come to the same.
func retrace(dir string, s streams) ([]lab.Scenario, error) {
	files, err := readTraces(dir)
	if err != nil {
		return nil, err
	}
	var all []lab.Scenario
	var cannot int
	seen := map[string]bool{}
	for _, trace := range files {
		again, err := lab.Retrace(trace)
		switch {
		case err != nil:
			cannot++
		case !seen[again.Script()]:
			seen[again.Script()] = true
			all = append(all, again)
		}
	}
	fmt.Fprintf(s.err, "cosw: %s of traces come to %s; %d cannot be made to happen\n", count(uint64(len(files)), "file"), count(uint64(len(all)), "scenario"), cannot)
	return all, nil
}

// conformer judges recordings as they come in.
type conformer struct {
	collector
	ctx        context.Context
	algebra    *family.Algebra
	inferences []*infer.Inference
	allowed    []string // what engines do not let be kept
	breaches   []breach
}

// run records the scenarios, and then, in each engine, random ones for as long as there is time.
func (c *conformer) run(engines []*browser.Engine, scenarios []lab.Scenario, f *conformFlags) error {
	if err := emptyDirectory(c.out); err != nil {
		return err
	}
	plan := func(e *browser.Engine) iter.Seq[lab.Scenario] {
		return func(yield func(lab.Scenario) bool) {
			for _, s := range scenarios {
				if !yield(s) {
					return
				}
			}
			end := time.Now().Add(f.time)
			for seed := f.seed; time.Now().Before(end) && yield(lab.Random(seed, e)); seed++ {
			}
		}
	}
	err := lab.Collect(c.ctx, engines, plan, f.options, c.take)
	if c.ctx.Err() != nil {
		return interrupted(c.ctx)
	}
	return err
}

// take judges a recording.
func (c *conformer) take(o lab.Outcome) error {
	if err := c.collector.take(o); err != nil || o.Recording == nil {
		return err
	}
	v, err := conform.Judge(c.ctx, c.algebra, o.Scenario, o.Recording)
	if err != nil {
		return err
	}
	if v.Allowed != "" {
		c.allowed = append(c.allowed, o.Engine.ID+": "+v.Allowed)
	}
	for i := range v.Broken {
		if err := c.breach(o, i, &v.Broken[i]); err != nil {
			return err
		}
	}
	if len(v.Broken) == 0 && v.Allowed == "" {
		v.Inference.Recording.Platform = infer.Engine(v.Inference.Recording.Platform)
		c.inferences = append(c.inferences, v.Inference)
	}
	return nil
}

// breach tells of something that was not kept, and writes its trace beside the recording.
func (c *conformer) breach(o lab.Outcome, i int, b *conform.Breach) error {
	c.breaches = append(c.breaches, breach{o.Engine.ID, o.Scenario.Name, append([]string{}, b.Questions...), b.What})
	if c.format == "text" {
		blame := ""
		if len(b.Questions) > 0 {
			blame = strings.Join(b.Questions, " or ") + ": "
		}
		paragraph(c.streams.out, fmt.Sprintf("%s, %s: ", o.Engine.ID, o.Scenario.Name), blame+b.What)
	}
	if b.Trace == nil {
		return nil
	}
	file := filepath.Join(c.out, o.Engine.ID, fmt.Sprintf("%s.%d.trace", o.Scenario.Name, i+1))
	return writeWhole(file, b.Trace.Format())
}

// conclude prints what was claimed, and what was seen of it.
func (c *conformer) conclude() error {
	platforms, err := infer.Combine(c.ctx, c.algebra, c.inferences)
	if err != nil {
		return unknown(err)
	}
	if c.format == "json" {
		err = writeJSON(c.streams.out, c.data(platforms))
	} else {
		_, err = c.table(platforms).WriteTo(c.text())
	}
	switch {
	case err != nil:
		return err
	case c.breaches != nil:
		return &failure{exitViolated, nil}
	}
	return c.failure()
}

// notKept returns what engines do not let be kept, each once.
func (c *conformer) notKept() []string {
	all := slices.Sorted(slices.Values(c.allowed))
	return append([]string{}, slices.Compact(all)...)
}

// table is the claims by engine.
func (c *conformer) table(platforms []infer.Platform) (b block) {
	const claimed = "%-32s"
	row := func(head string, cell func(*infer.Platform) string) {
		var cells []string
		for i := range platforms {
			cells = append(cells, cell(&platforms[i]))
		}
		b.row(fmt.Sprintf(claimed, head), cells...)
	}
	row("claimed", engineHead)
	for _, claim := range connect.Claims() {
		text := fmt.Sprintf("%s=%s", claim.Question.ID(), claim.Answer)
		if claim.InPart {
			text += " (in part)"
		}
		row(text, func(p *infer.Platform) string { return seenOf(p, claim) })
	}
	for _, why := range c.notKept() {
		b.wrap("", "Not kept in "+why+".")
	}
	c.missing(&b)
	return b
}

// seenOf says how far the recordings of an engine bear out a claim, which they all allow.
func seenOf(p *infer.Platform, claim connect.Claim) string {
	switch c := p.Conclusion(claim.Question); {
	case c.Settled():
		return "seen"
	case len(c.Excluded) > 0:
		return "not " + strings.Join(excludedAnswers(c.Excluded), ", ")
	}
	return "-"
}

func excludedAnswers(all []infer.Exclusion) []string {
	names := []string{}
	for i := range all {
		names = append(names, all[i].Answer.String())
	}
	return names
}
