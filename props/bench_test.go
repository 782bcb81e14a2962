package props

import (
	"context"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

// BenchmarkCheck is the default check, as cosw check does it.
func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		o := Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()}
		if _, err := Check(context.Background(), o); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch searches the lifecycle within bounds; the largest only where COSW_LARGE is set, as it takes minutes.
func BenchmarkSearch(b *testing.B) {
	design, _ := readSpinModel(b) // its searches are among the largest
	for _, c := range []struct {
		name   string
		bounds model.Bounds
		scope  family.Cube
		large  bool
	}{
		{"family/2pages1connection", model.Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Faults: 1, Kills: 1}, model.Space.Full(), false},
		{"family/1page2connections", model.Bounds{Pages: 1, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1}, model.Space.Full(), false},
		{"family/2pages2connections", model.Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1}, model.Space.Full(), true},
		{"design/2pages1connection", model.Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Faults: 1, Kills: 1}, design, false},
		{"design/2pages2connections", model.Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1}, design, false},
	} {
		b.Run(c.name, func(b *testing.B) {
			if c.large && !golden.Large() {
				b.Skip("takes minutes: set COSW_LARGE=1")
			}
			for b.Loop() {
				m, err := Measure(context.Background(), c.bounds, c.scope, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(m.Worlds)/m.Elapsed.Seconds(), "worlds/s")
				b.ReportMetric(float64(m.Bytes)/(1<<20), "MiB")
			}
		})
	}
}
