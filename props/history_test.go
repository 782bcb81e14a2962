package props

import (
	"context"
	"flag"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

func testFuzzer(t testing.TB, steps int) *fuzzer {
	t.Helper()
	o := FuzzOptions{Seed: 1, Steps: steps, Bounds: FuzzBounds, Scope: model.Space.Full()}
	a := family.NewAlgebra(model.Space)
	exact, err := Lifecycle.search(context.Background(), lifecycleProperties, model.DefaultBounds,
		explore.Options{Algebra: a, Scope: o.Scope})
	if err != nil {
		t.Fatal(err)
	}
	return newFuzzer(context.Background(), o, exact, a)
}

// TestHistories is one rapid check per property: a design that a history breaks is one that the exact search knows to be
// broken, however large the history.
func TestHistories(t *testing.T) {
	f := testFuzzer(t, 60)
	for i, p := range lifecycleProperties {
		t.Run(p.ID, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				h, marks := f.generate(t, &Tally{}, violation(i))
				if marks&violation(i) != 0 && !f.algebra.Includes(f.exact.marked(i), h.Design) {
					t.Fatalf("new evidence: the bounds of the exact search are too small\n%s", h.Script(p.Broken))
				}
			})
		})
	}
}

// TestHistoriesBreakWhatCanBeBroken: random histories find a violation of every property that some design breaks, and
// what is left of it is no longer than the shortest trace of the exact search, and plays.
func TestHistoriesBreakWhatCanBeBroken(t *testing.T) {
	notRaced(t)
	r, err := Fuzz(context.Background(), FuzzOptions{
		Seed: 7, Histories: 2000, Steps: 60, Bounds: FuzzBounds, Scope: model.Space.Full(),
	})
	if err != nil {
		t.Fatal(err)
	}
	f := testFuzzer(t, 60)
	broken := map[string]FuzzViolation{}
	for _, v := range r.Violations {
		broken[v.Property.ID] = v
	}
	for i, p := range lifecycleProperties {
		v, ok := broken[p.ID]
		if !ok {
			t.Errorf("%s: not broken by any of 2000 histories", p.ID)
			continue
		}
		if v.New != family.None {
			t.Errorf("%s: broken under a design for which the exact search finds nothing", p.ID)
		}
		if n := f.breaks(i, v.History); n != len(v.History.Steps) {
			t.Errorf("%s: the minimal history breaks it after %d of %d steps", p.ID, n, len(v.History.Steps))
		}
		exact, _, _ := f.exact.shortest(i, f.algebra.Cube(v.History.Design))
		if len(v.History.Steps) > len(exact.Steps) {
			t.Errorf("%s: the minimal history has %d steps, the exact search needs %d", p.ID, len(v.History.Steps), len(exact.Steps))
		}
	}
}

// TestGeneratorCoverage: below these floors, histories would say little. A failure is a finding about the generator. What is rare
// occurs twice as often, so that one question more, for which other designs are drawn, does not come under them by chance.
func TestGeneratorCoverage(t *testing.T) {
	f := testFuzzer(t, 100)
	f.options.Histories = 2000
	f.survey()
	tally := &f.report.Tally
	if mean := float64(tally.Steps) / float64(tally.Histories); mean < 30 {
		t.Errorf("histories have %.1f steps on average, want at least 30", mean)
	}
	for _, k := range model.Kinds() {
		if n := tally.Kinds[k]; n < 25 {
			t.Errorf("only %d times: %s", n, k.Text())
		}
	}
	for _, k := range model.EventKinds() {
		if n := tally.Events[k]; n < 15 {
			t.Errorf("only %d times: %s", n, k.Text())
		}
	}
	for i, p := range lifecycleProperties {
		if n := tally.Premises[i]; n < 50 {
			t.Errorf("only in %d of 2000 histories: %s (%s)", n, p.Applies, p.ID)
		}
	}
}

// TestFuzzIsRepeatable: a seed stands for its histories, and for what is made of them.
func TestFuzzIsRepeatable(t *testing.T) {
	o := FuzzOptions{Seed: 3, Histories: 150, Steps: 40, Bounds: FuzzBounds, Scope: model.Space.Full(),
		Properties: []string{"settles", "page-reach"}}
	first, err := Fuzz(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Fuzz(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if first.Tally != second.Tally {
		t.Error("other histories with the same seed")
	}
	for i := range first.Violations {
		if a, b := first.Violations[i].History, second.Violations[i].History; !reflect.DeepEqual(a, b) {
			t.Errorf("%s: another minimal history with the same seed\n%s\n%s", first.Violations[i].Property.ID, a.Script(""), b.Script(""))
		}
	}
}

// TestFuzzStops: an ended context ends a run, which says so.
func TestFuzzStops(t *testing.T) {
	f := testFuzzer(t, 60)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f.ctx = ctx
	if f.survey(); f.report.Stopped == nil || f.report.Tally.Histories != 0 {
		t.Errorf("stopped: %v after %d histories", f.report.Stopped, f.report.Tally.Histories)
	}
}

// TestFuzzInTime: a history for which no time is left stays as it was found, and is said to be rough. A limit that has passed
// already leaves time for nothing, whatever the clock does.
func TestFuzzInTime(t *testing.T) {
	f := testFuzzer(t, 60)
	f.options.Histories = 300
	f.survey()
	f.options.Time = time.Nanosecond
	f.conclude()
	if len(f.report.Violations) == 0 {
		t.Fatal("no property was broken: nothing is tested")
	}
	for _, v := range f.report.Violations {
		if !v.Rough {
			t.Errorf("%s: made minimal after the time was up", v.Property.ID)
		}
	}
}

func TestFuzzRefuses(t *testing.T) {
	for _, c := range []struct {
		options FuzzOptions
		want    string
	}{
		{FuzzOptions{Bounds: model.Bounds{}}, "0 pages is out of range: choose from 1 to 4"},
		{FuzzOptions{Bounds: FuzzBounds, Properties: []string{"setles"}}, `unknown property "setles": did you mean settles?`},
		{FuzzOptions{Bounds: FuzzBounds, Properties: []string{"match-unique"}},
			"match-unique is decided by the matching model, which is searched whole: there is nothing to draw"},
	} {
		if _, err := Fuzz(context.Background(), c.options); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
}

// FuzzHistories is TestHistories for go test -fuzz, all properties at once. Its corpus are long random bit streams: what
// they mean changes with the generator, so they are made anew each time.
func FuzzHistories(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		seed := make([]byte, 4096)
		for i := range seed {
			seed[i] = byte(r.Uint32())
		}
		f.Add(seed)
	}
	fuzzer := testFuzzer(f, 100)
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		h, marks := fuzzer.generate(t, &Tally{}, 0)
		for i, p := range lifecycleProperties {
			if marks&violation(i) != 0 && !fuzzer.algebra.Includes(fuzzer.exact.marked(i), h.Design) {
				t.Fatalf("%s: new evidence: the bounds of the exact search are too small\n%s", p.ID, h.Script(p.Broken))
			}
		}
	}))
}

// BenchmarkHistories draws and judges histories of 60 steps by all properties, on one core. A profile shows two fifths of
// its time in taking and judging steps, a third in drawing them, and most of the rest in listing and weighing candidates.
func BenchmarkHistories(b *testing.B) {
	f := testFuzzer(b, 60)
	f.options.Histories = 2000
	for b.Loop() {
		f.report.Tally = Tally{}
		f.survey()
	}
	b.ReportMetric(float64(f.report.Tally.Steps)*float64(b.N)/60/b.Elapsed().Seconds(), "histories-of-60-steps/s")
}

// TestRunRapidDrawsAll: as many histories are drawn as were asked for, with -short as well, under which rapid draws a fifth: of
// four none, so that whoever waits for four waits for ever.
func TestRunRapidDrawsAll(t *testing.T) {
	before := flag.Lookup("test.short").Value.String()
	defer flag.Set("test.short", before)
	for _, short := range []string{"true", "false"} {
		flag.Set("test.short", short)
		drawn := 0
		runRapid(1, 4, func(t *rapid.T) { rapid.Bool().Draw(t, "any"); drawn++ })
		if drawn != 4 {
			t.Errorf("-short=%s: %d histories of 4", short, drawn)
		}
	}
}
