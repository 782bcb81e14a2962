package props

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Bounds that several tests use, named for what they leave out.
var (
	noFaults = model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 1, Faults: 0, Kills: 0} // the first rung of the ladder
	onePage  = model.Bounds{Pages: 1, Connections: 1, Versions: 2, Messages: 1, Faults: 1, Kills: 1} // all but transfer
)

// defaultReport is that of the whole family within the default bounds. It is for tests that do not run in parallel: an
// algebra is not for concurrent use.
var defaultReport = sync.OnceValue(func() *Report {
	r, err := Check(context.Background(), Options{Bounds: model.DefaultBounds, Scope: model.Space.Full()})
	if err != nil {
		panic(err)
	}
	return r
})

// notRaced skips a test under the race detector. All searches run the same goroutines: TestSameForAnyNumberOfWorkers, and
// whatever uses defaultReport, lets the detector see them; the rest is too much at its pace.
func notRaced(t *testing.T) {
	t.Helper()
	if RaceEnabled {
		t.Skip("too much for the race detector, and nothing new for it")
	}
}

func mustCheck(t *testing.T, o Options) *Report {
	t.Helper()
	r, err := Check(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parse(t testing.TB, partial string) family.Cube {
	t.Helper()
	c, err := model.Space.Parse(partial)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func mustModel(t *testing.T, b model.Bounds) (*model.Model, *model.Packing) {
	t.Helper()
	m, err := model.New(b)
	if err != nil {
		t.Fatal(err)
	}
	p, err := m.NewPacking()
	if err != nil {
		t.Fatal(err)
	}
	return m, p
}

// lifecycleRun searches the lifecycle under a scope; change, if there is one, is applied to each system.
func lifecycleRun(t *testing.T, a *family.Algebra, b model.Bounds, scope family.Cube, change func(*lifecycle)) *searched {
	t.Helper()
	m, packing := mustModel(t, b)
	return searchSystem(t.Context(), Lifecycle, lifecycleProperties, b, func() system[model.World, model.Key] {
		l := newLifecycle(m, packing, lifecycleProperties)
		if change != nil {
			change(l)
		}
		return l
	}, explore.Options{Algebra: a, Scope: scope})
}

// plainly takes all reductions out of the search: those of the packing, and those of steps.
func plainly(l *lifecycle) { l.packing, l.all = l.packing.Plain(), true }

// sample draws n designs of x, the same ones for the same seed.
func sample(a *family.Algebra, x family.Set, n int, seed uint64) []family.Cube {
	if a.Count(x) == 0 {
		return nil
	}
	r := rand.New(rand.NewPCG(seed, 0))
	designs := make([]family.Cube, n)
	for i := range designs {
		designs[i] = a.Nth(x, r.Uint64N(a.CountAll(x)))
	}
	return designs
}
