package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
)

// benchmark measures, and writes each line as soon as it is known.
type benchmark struct {
	ctx      context.Context
	s        streams
	progress *progress
	data     measured
}

// measured is what was measured, as JSON.
type measured struct {
	Go       string           `json:"go"`
	System   string           `json:"system"`
	Cores    int              `json:"cores"`
	Check    float64          `json:"checkSeconds"`
	Searches []measuredSearch `json:"searches"`
	Sample   measuredSample   `json:"oneAtATime"`
}

type measuredSearch struct {
	What    string  `json:"what"`
	Worlds  uint64  `json:"worlds"`
	Steps   uint64  `json:"steps"`
	Seconds float64 `json:"seconds"`
	Bytes   uint64  `json:"bytes"`
}

// measuredSample is what it takes to search designs one at a time.
type measuredSample struct {
	Designs      int     `json:"designs"`
	Seed         uint64  `json:"seed"`
	Seconds      float64 `json:"secondsEach"`
	Worlds       uint64  `json:"worldsEach"`
	Different    uint64  `json:"differentDesigns"` // in a question that the search asks
	Environments uint64  `json:"environments"`
	All          float64 `json:"secondsForAll"`
	Cheaper      float64 `json:"familyIsTimesCheaper"`
}

func runBench(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sample := flags.Int("sample", 40, "")
	seed := flags.Uint64("seed", 1, "")
	large := flags.Bool("large", false, "")
	var format string
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, benchHelp, s); !ok {
		return err
	}
	if *sample < 1 || *sample > 10_000 {
		return usageError("--sample %d is out of range: choose from 1 to 10000", *sample)
	}
	if flags.NArg() > 0 {
		return usageError("bench takes no argument %q", flags.Arg(0))
	}
	b := &benchmark{ctx: ctx, s: s, progress: newProgress(s.err)}
	if format == "json" {
		b.s.out = io.Discard
	}
	err := b.run(*sample, *seed, *large)
	b.progress.clear()
	switch {
	case ctx.Err() != nil:
		return &failure{exitUnknown, explore.ErrInterrupted}
	case err == nil && format == "json":
		return writeJSON(s.out, b.data)
	}
	return err
}

func (b *benchmark) run(sample int, seed uint64, large bool) error {
	b.data = measured{Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Cores: runtime.GOMAXPROCS(0)}
	fmt.Fprintf(b.s.out, "%s, %s, %d cores\n\n", b.data.Go, b.data.System, b.data.Cores)
	started := time.Now()
	if _, err := props.Check(b.ctx, props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()}); err != nil {
		return err
	}
	b.data.Check = time.Since(started).Seconds()
	fmt.Fprintf(b.s.out, "cosw check, all parts and smaller bounds included: %.2f s\n\n", b.data.Check)
	fmt.Fprintln(b.s.out, "one search of the lifecycle")
	whole, err := b.measure("the family, "+model.DefaultBounds.Short(), model.DefaultBounds, model.Space.Full())
	if err != nil {
		return err
	}
	design, err := model.Space.Parse(benchDesign)
	if err != nil {
		return err
	}
	two := model.Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1}
	if _, err := b.measure("one of the best designs, "+two.Short(), two, design); err != nil {
		return err
	}
	if large {
		one := two
		one.Pages = 1
		for _, bounds := range []model.Bounds{one, two} {
			if _, err := b.measure("the family, "+bounds.Short(), bounds, model.Space.Full()); err != nil {
				return err
			}
		}
	}
	return b.compare(whole, sample, seed)
}

func (b *benchmark) measure(what string, bounds model.Bounds, scope family.Cube) (props.Measurement, error) {
	m, err := props.Measure(b.ctx, bounds, scope, func(p explore.Progress) { b.progress.show(what, p) })
	if err != nil {
		return m, err
	}
	b.progress.clear()
	b.data.Searches = append(b.data.Searches, measuredSearch{what, m.Worlds, m.Transitions, m.Elapsed.Seconds(), m.Bytes})
	paragraph(b.s.out, fmt.Sprintf("  %-36s  ", what), fmt.Sprintf("%s worlds, %s steps in %.2f s: %s worlds/s, %s", number(m.Worlds), number(m.Transitions),
		m.Elapsed.Seconds(), number(uint64(float64(m.Worlds)/m.Elapsed.Seconds())), size(m.Bytes)))
	return m, nil
}

// benchDesign is one of the best designs, and that of the model for Spin, where pages listen at once and scripts look their
// connections up, but may hang.
const benchDesign = "match=scope, bind=pinned, errors=uniform-timed, page-notice=state, handle=connection, request=param, " +
	"page-list=list, pipeline=no, collect=keep, frozen=keep, suspend=wake, interrupt=retry, interrupt-again=retry, " +
	"deadline=reject, not-ready=wait, queue=kept, acknowledge=none, update=reaccept, unregister=sever, client=id, " +
	"worker-list=list, delivery=global, close=close, worker-notice=silent, same-origin=ask, no-answer=reject, " +
	"partition=by-site if scripts=may-hang, listens=at-once, lists=at-once, own-close=drop"

// compare searches a sample of designs one at a time, each in one environment. Those that differ only in what the search
// never asks behave alike and count as one.
func (b *benchmark) compare(whole props.Measurement, sample int, seed uint64) error {
	designs, environments := uint64(1), uint64(1)
	for _, q := range whole.Asked {
		if q.Assumed() {
			environments *= uint64(len(q.Answers()))
		} else {
			designs *= uint64(len(q.Answers()))
		}
	}
	a := family.NewAlgebra(model.Space)
	random := rand.New(rand.NewPCG(seed, 0))
	var elapsed time.Duration
	var worlds uint64
	for range sample {
		design := a.Nth(family.All, random.Uint64N(a.CountAll(family.All)))
		m, err := props.Measure(b.ctx, model.DefaultBounds, design, nil)
		if err != nil {
			return err
		}
		elapsed += m.Elapsed
		worlds += m.Worlds
	}
	mean := elapsed.Seconds() / float64(sample)
	all := mean * float64(designs) * float64(environments)
	b.data.Sample = measuredSample{sample, seed, mean, worlds / uint64(sample), designs, environments, all, all / whole.Elapsed.Seconds()}
	fmt.Fprintln(b.s.out)
	paragraph(b.s.out, "", fmt.Sprintf("One at a time, %s in one environment each (--seed %d): %.1f ms and %s worlds on average. "+
		"%s designs differ in a question that the search asks; in each of %s environments, one at a time, they would take %s days. "+
		"The family search took as long as %.0f single ones: it is %s times cheaper.",
		count(uint64(sample), "design"), seed, 1000*mean, number(worlds/uint64(sample)),
		number(designs), number(environments), number(uint64(all/(24*60*60))),
		whole.Elapsed.Seconds()/mean, number(uint64(all/whole.Elapsed.Seconds()))))
	return nil
}
