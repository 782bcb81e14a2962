package infer

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// trafficScript returns a scenario like that of the recording traffic, of any length: two pages post to one worker, and
// every message is answered, in any order of what can come next.
func trafficScript(rng *rand.Rand, messages int) string {
	var b strings.Builder
	b.WriteString("bounds pages=3 connections=2 messages=8\nstart nothing\nservice register\nquiesce\np1 connect c1\nquiesce\np3 connect c2\nquiesce\n")
	type side struct{ posted, received, answered, seen int }
	var sides [2]side
	for {
		var steps []func()
		for i := range sides {
			s := &sides[i]
			page, conn := []string{"p1", "p3"}[i], i+1
			add := func(can bool, count *int, text string, args ...any) {
				if can {
					steps = append(steps, func() { *count++; fmt.Fprintf(&b, text+"\n", args...) })
				}
			}
			add(s.posted < messages && s.posted-s.received < 5, &s.posted, "%s post c%d", page, conn)
			add(s.received < s.posted, &s.received, "worker receive c%d", conn)
			add(s.answered < s.received && s.answered-s.seen < 5, &s.answered, "worker post c%d", conn)
			add(s.seen < s.answered, &s.seen, "%s receive c%d", page, conn)
		}
		if len(steps) == 0 {
			return b.String()
		}
		steps[rng.IntN(len(steps))]()
	}
}

// traffic returns a recording of that scenario, in which a line comes every 2 ms.
func traffic(tb testing.TB, messages int, o Options) *recording.Recording {
	tb.Helper()
	a := family.NewAlgebra(model.Space)
	text, _, err := Simulate(strings.NewReader(trafficScript(rand.New(rand.NewPCG(1, 1)), messages)), Simulation{
		Design: a.First(family.All), Name: "traffic", Error: o.Error, Late: o.Late, Pause: 2 * time.Millisecond, Seed: 1,
	})
	if err != nil {
		tb.Fatal(err)
	}
	rec, err := recording.Read(bytes.NewReader(text), "traffic")
	if err != nil {
		tb.Fatal(err)
	}
	return rec
}

// BenchmarkTraffic infers from a recording ten times as long as the real one.
func BenchmarkTraffic(b *testing.B) {
	rec := traffic(b, 400, DefaultOptions)
	for b.Loop() {
		inf, err := Infer(b.Context(), family.NewAlgebra(model.Space), rec, DefaultOptions, nil)
		if err != nil || inf.Designs == family.None {
			b.Fatal(err, inf)
		}
		b.ReportMetric(float64(inf.Worlds), "worlds")
		b.ReportMetric(float64(inf.Lines), "lines")
	}
}

// BenchmarkTrafficPlain does so without the reduction.
func BenchmarkTrafficPlain(b *testing.B) {
	rec := traffic(b, 400, DefaultOptions)
	o := DefaultOptions
	o.plain = true
	for b.Loop() {
		inf, err := Infer(b.Context(), family.NewAlgebra(model.Space), rec, o, nil)
		if err != nil || inf.Designs == family.None {
			b.Fatal(err, inf)
		}
		b.ReportMetric(float64(inf.Worlds), "worlds")
		b.ReportMetric(float64(inf.Lines), "lines")
	}
}
