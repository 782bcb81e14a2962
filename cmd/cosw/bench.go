package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"time"

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
}

func runBench(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sample := flags.Int("sample", 40, "")
	seed := flags.Uint64("seed", 1, "")
	large := flags.Bool("large", false, "")
	if ok, err := parse(flags, args, benchHelp, s); !ok {
		return err
	}
	if *sample < 1 || *sample > 10_000 {
		return usageError("--sample %d is out of range: choose from 1 to 10000", *sample)
	}
	if flags.NArg() > 0 {
		return usageError("bench takes no argument %q", flags.Arg(0))
	}
	b := &benchmark{ctx, s, newProgress(s.err)}
	err := b.run(*sample, *seed, *large)
	b.progress.clear()
	if ctx.Err() != nil {
		return &failure{exitUnknown, explore.ErrInterrupted}
	}
	return err
}

func (b *benchmark) run(sample int, seed uint64, large bool) error {
	fmt.Fprintf(b.s.out, "%s, %s/%s, %d cores\n\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0))
	started := time.Now()
	if _, err := props.Check(b.ctx, props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()}); err != nil {
		return err
	}
	fmt.Fprintf(b.s.out, "cosw check, all parts and smaller bounds included: %.2f s\n\n", time.Since(started).Seconds())
	fmt.Fprintf(b.s.out, "%-42s %12s %14s %9s %12s %9s\n", "one search of the lifecycle", "worlds", "steps", "seconds", "worlds/s", "memory")
	whole, err := b.measure("the family, "+model.DefaultBounds.Short(), model.DefaultBounds, model.Space.Full())
	if err != nil {
		return err
	}
	design, err := model.Space.Parse(goodDesign)
	if err != nil {
		return err
	}
	two := model.Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Kills: 1}
	if _, err := b.measure("a design with every property, "+two.Short(), two, design); err != nil {
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
	fmt.Fprintf(b.s.out, "%-42s %12s %14s %9.2f %12s %9s\n", what, number(m.Worlds), number(m.Transitions),
		m.Elapsed.Seconds(), number(uint64(float64(m.Worlds)/m.Elapsed.Seconds())), size(m.Bytes))
	return m, nil
}

// goodDesign is one of the designs that have every property.
const goodDesign = "match=scope,bind=pinned,errors=uniform-timed,page-notice=state,handle=connection,request=param," +
	"page-list=list,suspend=wake,interrupt=retry,not-ready=wait,update=reaccept,unregister=sever,client=origin," +
	"worker-list=list,delivery=global,close=close,worker-notice=event,same-origin=ask,no-answer=reject"

// compare searches a sample of designs one at a time. Designs that differ only in questions that the search never asks
// behave alike and count as one.
func (b *benchmark) compare(whole props.Measurement, sample int, seed uint64) error {
	different := uint64(1)
	for _, q := range whole.Asked {
		different *= uint64(len(q.Answers()))
	}
	a := family.NewAlgebra(model.Space)
	random := rand.New(rand.NewPCG(seed, 0))
	var elapsed time.Duration
	var worlds uint64
	for range sample {
		design := a.Nth(family.All, random.Uint64N(model.Space.Size()))
		m, err := props.Measure(b.ctx, model.DefaultBounds, design, nil)
		if err != nil {
			return err
		}
		elapsed += m.Elapsed
		worlds += m.Worlds
	}
	mean := elapsed.Seconds() / float64(sample)
	fmt.Fprintf(b.s.out, "\nOne at a time, %s (--seed %d): %.1f ms and %s worlds each on average.\n",
		count(uint64(sample), "design"), seed, 1000*mean, number(worlds/uint64(sample)))
	fmt.Fprintf(b.s.out, "%s designs differ in a question that the search asks; one at a time they would take %.0f minutes.\n",
		number(different), mean*float64(different)/60)
	fmt.Fprintf(b.s.out, "The family search took as long as %.0f single designs: it is %s times cheaper.\n",
		whole.Elapsed.Seconds()/mean, number(uint64(mean*float64(different)/whole.Elapsed.Seconds())))
	return nil
}
