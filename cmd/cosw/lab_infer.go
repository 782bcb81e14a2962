package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
)

func runLabInfer(ctx context.Context, args []string, s streams) error {
	var f labFlags
	flags := flag.NewFlagSet("lab infer", flag.ContinueOnError)
	f.register(flags)
	formatVar(flags, &f.format, textFormats...)
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	engines, scenarios, err := f.choose()
	if err != nil {
		return err
	}
	c := collector{out: f.out, format: f.format, streams: s}
	if c.out != "" {
		return c.infer(ctx, engines, scenarios, f.options)
	}
	if c.out, err = os.MkdirTemp("", "cosw-recordings-"); err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot make a directory for recordings: %w", withoutPath(err))}
	}
	return c.discard(c.infer(ctx, engines, scenarios, f.options))
}

// infer records and concludes.
func (c *collector) infer(ctx context.Context, engines []*browser.Engine, scenarios []lab.Scenario, o lab.Options) error {
	if err := c.collect(ctx, engines, scenarios, o); err != nil {
		return err
	}
	return c.conclude(ctx)
}

// discard throws recordings away that nobody asked for, unless the command fails with err and they took their time and are not all
// concluded from: then it says where they are. That a browser is not installed takes nothing from those of the others.
func (c *collector) discard(err error) error {
	f, failed := errors.AsType[*failure](err)
	if onlyAbsent := failed && f.code == exitMissing && c.failed == 0; err != nil && len(c.files) > 0 && !onlyAbsent {
		fmt.Fprintf(c.err, "cosw: %s\n", keptText(len(c.files), c.out))
		return err
	}
	if removed := os.RemoveAll(c.out); removed != nil && err == nil {
		err = &failure{exitSystem, fmt.Errorf("cannot remove %s: %w", c.out, withoutPath(removed))}
	}
	return err
}

// conclude infers from what was recorded, and prints what each engine has chosen.
func (c *collector) conclude(ctx context.Context) error {
	var all []*recording.Recording
	slices.Sort(c.files)
	for _, file := range c.files {
		rec, err := recording.ReadFile(file)
		if err != nil {
			return &failure{exitSystem, err}
		}
		rec.Platform = infer.Engine(rec.Platform)
		all = append(all, rec)
	}
	platforms, refused, err := infer.InferAll(ctx, all, infer.DefaultOptions, nil)
	if err != nil {
		return unknown(err)
	}
	for _, err := range refused {
		c.failed++
		fmt.Fprintf(c.err, "cosw: %s\n", oneLine(err.Error()))
	}
	if c.format == "json" {
		err = writeJSON(c.streams.out, c.inference(platforms))
	} else {
		_, err = c.table(platforms).WriteTo(c.text())
	}
	if err != nil {
		return err
	}
	for i := range platforms {
		if len(platforms[i].Conflicts) > 0 {
			return &failure{exitViolated, nil}
		}
	}
	return c.failure()
}

// table is the questions by engine.
func (c *collector) table(platforms []infer.Platform) (b block) {
	row := func(head string, cell func(*infer.Platform) string) {
		var cells []string
		for i := range platforms {
			cells = append(cells, cell(&platforms[i]))
		}
		b.row(fmt.Sprintf("%-*s", questionWidth, head), cells...)
	}
	row("", engineHead)
	b.printf("")
	var blank, differ []string
	for _, q := range model.Questions() {
		said := map[string]bool{}
		for i := range platforms {
			if text := chosenText(&platforms[i], q); text != "" {
				said[text] = true
			}
		}
		switch len(said) {
		case 0:
			blank = append(blank, q.ID())
			continue
		case 1:
		default:
			differ = append(differ, q.ID())
		}
		row(q.ID(), func(p *infer.Platform) string { return chosenText(p, q) })
	}
	b.printf("")
	if len(platforms) > 1 {
		b.wrap("", agreement(differ))
	}
	b.wrap("", "Nothing is learned of "+strings.Join(blank, ", ")+".")
	b.wrap("", howConnected)
	for i := range platforms {
		for _, conflict := range platforms[i].Conflicts {
			b.wrap("", conflictText(&platforms[i], &conflict))
		}
	}
	c.missing(&b)
	return b
}

const questionWidth = 16

// engineHead names an engine over its column.
func engineHead(p *infer.Platform) string {
	if p.CloseEvent {
		return p.Name + ", with close events"
	}
	return p.Name
}

// chosenText is the answers that an engine may have chosen, or nothing if all are left.
func chosenText(p *infer.Platform, q model.Question) string {
	if len(p.Conflicts) > 0 {
		return ""
	}
	c := p.Conclusion(q)
	if len(c.Excluded) == 0 {
		return ""
	}
	var all []string
	for _, a := range c.Possible {
		all = append(all, a.String())
	}
	return strings.Join(all, " or ")
}

// missing writes which scenarios cannot be done where.
func (c *collector) missing(b *block) {
	if len(c.cannot) == 0 {
		return
	}
	b.printf("")
	b.printf("Cannot be done:")
	slices.SortFunc(c.cannot, func(x, y lab.Outcome) int {
		return cmp.Or(strings.Compare(x.Scenario.Name, y.Scenario.Name), strings.Compare(x.Engine.ID, y.Engine.ID))
	})
	var engines, scenarios grouping
	for _, o := range c.cannot {
		engines.add(o.Cannot+"\n"+o.Scenario.Name, o.Engine.ID)
	}
	for _, key := range engines.keys {
		why, scenario, _ := strings.Cut(key, "\n")
		scenarios.add(strings.Join(engines.of[key], ", ")+": "+why, scenario)
	}
	for _, key := range scenarios.keys {
		b.wrap("    ", strings.Join(scenarios.of[key], ", ")+" in "+key)
	}
}

// grouping is values by key, with the keys in the order in which they came.
type grouping struct {
	keys []string
	of   map[string][]string
}

func (g *grouping) add(key, value string) {
	if g.of == nil {
		g.of = map[string][]string{}
	}
	if g.of[key] == nil {
		g.keys = append(g.keys, key)
	}
	g.of[key] = append(g.of[key], value)
}

// tell says how many things cannot be done, by why.
func (g *grouping) tell(to io.Writer) {
	for _, why := range g.keys {
		paragraph(to, fmt.Sprintf("%5d cannot: ", len(g.of[why])), why)
	}
}
