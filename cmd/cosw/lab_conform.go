package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/conform"
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
	a := family.NewAlgebra(model.Space)
	c := conformer{collector: collector{out: f.out, format: f.format, streams: s}, ctx: ctx, algebra: a, judged: conform.NewCollection(a)}
	if err := c.run(engines, scenarios, &f); err != nil {
		return err
	}
	return c.conclude()
}

// retrace returns a scenario for each trace that can be done again, once for those that come to the same. It says why others cannot.
func retrace(dir string, s streams) ([]lab.Scenario, error) {
	files, err := readTraces(dir)
	if err != nil {
		return nil, err
	}
	var all []lab.Scenario
	var cannot grouping
	seen := map[string]bool{}
	for _, trace := range files {
		again, err := lab.Retrace(trace)
		switch {
		case err != nil:
			cannot.add(err.Error(), again.Name)
		case !seen[again.Script()]:
			seen[again.Script()] = true
			all = append(all, again)
		}
	}
	fmt.Fprintf(s.err, "cosw: %s of %s\n", count(uint64(len(all)), "scenario"), count(uint64(len(files)), "trace"))
	cannot.tell(s.err)
	return all, nil
}

// conformer judges recordings as they come in.
type conformer struct {
	collector
	ctx      context.Context
	algebra  *family.Algebra
	judged   *conform.Collection
	breaches []breach
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
			for seed := f.seed; f.time > 0 && yield(lab.Random(seed, e)) && time.Now().Before(end); seed++ {
			}
		}
	}
	err := lab.Collect(c.ctx, engines, plan, f.options, c.take)
	if c.ctx.Err() != nil {
		return errCutShort
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
	switch head := fmt.Sprintf("%-9s %-17s ", o.Engine.ID, o.Scenario.Name); {
	case v.Unjudged:
		c.failed++
		paragraph(c.err, head, "not judged: "+v.Beyond)
	case v.Beyond != "":
		paragraph(c.err, head, "judged by the order of messages alone: "+v.Beyond)
	}
	c.judged.Add(o.Engine.ID, &v)
	for i := range v.Broken {
		if err := c.breach(o, i, &v.Broken[i]); err != nil {
			return err
		}
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
	t, err := c.judged.Table(c.ctx)
	if err != nil {
		return unknown(err)
	}
	if c.format == "json" {
		err = writeJSON(c.streams.out, c.data(&t))
	} else {
		_, err = c.table(&t).WriteTo(c.text())
	}
	switch {
	case err != nil:
		return err
	case c.breaches != nil:
		return &failure{exitViolated, nil}
	}
	return c.failure()
}

// table is the claims by engine, what engines do not let be kept, and what could not be done.
func (c *conformer) table(t *conform.Table) block {
	b := claimTable(t.Engines, t.Rows)
	for _, why := range t.Allowed {
		b.wrap("", "Not kept in "+why+".")
	}
	c.missing(&b)
	return b
}

// claimTable is what was claimed, a line each, with what was seen of it by engine.
func claimTable(engines []string, rows []conform.Row) (b block) {
	const claimed = "%-32s"
	b.row(fmt.Sprintf(claimed, "claimed"), engines...)
	for _, row := range rows {
		claim := fmt.Sprintf("%s=%s", row.Claim.Question.ID(), row.Claim.Answer)
		if row.Claim.InPart {
			claim += " (in part)"
		}
		var cells []string
		for _, seen := range row.Seen {
			cells = append(cells, seen.String())
		}
		b.row(fmt.Sprintf(claimed, claim), cells...)
	}
	return b
}
