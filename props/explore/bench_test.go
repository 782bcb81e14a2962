package explore

import (
	"fmt"
	"testing"
)

// BenchmarkSearch searches a grid of 18 positions a dial: 104,976 worlds, reached by 81 designs in 614,656 pairs.
func BenchmarkSearch(b *testing.B) {
	for _, workers := range []int{1, 2, 4} {
		b.Run(fmt.Sprint("workers=", workers), func(b *testing.B) {
			var worlds, transitions uint64
			for b.Loop() {
				a := algebra(b, gridQuestions...)
				r := complete(b, newGrid(18), Options{Algebra: a, Scope: a.Space().Full(), Workers: workers})
				worlds += r.Worlds
				transitions += r.Transitions
				if r.Worlds != 104_976 || r.Pairs != 614_656 {
					b.Fatalf("got %d worlds, %d pairs", r.Worlds, r.Pairs)
				}
			}
			b.ReportMetric(float64(worlds)/b.Elapsed().Seconds(), "worlds/s")
			b.ReportMetric(float64(transitions)/b.Elapsed().Seconds(), "transitions/s")
		})
	}
}

// BenchmarkLivelock looks for livelocks in a grid of 10,000 worlds, all of which are on cycles.
func BenchmarkLivelock(b *testing.B) {
	a := algebra(b, gridQuestions...)
	r := complete(b, newGrid(10), Options{Algebra: a, Scope: a.Space().Full()})
	var worlds uint64
	for b.Loop() {
		if l := r.Livelock(b.Context()); l.Stopped != nil {
			b.Fatal(l.Stopped)
		}
		worlds += r.Worlds
	}
	b.ReportMetric(float64(worlds)/b.Elapsed().Seconds(), "worlds/s")
}
