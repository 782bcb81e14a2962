package props

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// FuzzOptions say what histories to draw.
type FuzzOptions struct {
	Seed       uint64        // 1 or more; the same seed draws the same histories
	Histories  int           // how many to draw, 0: no limit
	Time       time.Duration // for how long everything may take, 0: no limit
	Steps      int           // the longest history
	Bounds     model.Bounds  // the largest; each history draws its own
	Scope      family.Cube   // the designs to draw from
	Properties []string      // of the lifecycle; nil: all
	Progress   func(FuzzProgress)
}

// FuzzProgress is how far the drawing of histories has come.
type FuzzProgress struct {
	Histories  int
	Violations map[string]int // histories that break a property
	Elapsed    time.Duration
}

// FuzzReport is what random histories showed.
type FuzzReport struct {
	Options    FuzzOptions
	Tally      Tally
	Violations []FuzzViolation // one for each property that was broken, in the order of the catalogue
	Premises   map[string]int  // by property: how many histories gave its premise
	Stopped    error           // explore.ErrInterrupted, or nil
}

// FuzzViolation is a property that random histories break.
type FuzzViolation struct {
	Property  Property
	Histories int // how many broke it
	// New are designs that break it although no history within the bounds of the exact search does: evidence that those
	// bounds were too small.
	New    family.Set
	Length int // of the history that was kept, before it was made minimal
	// History is no longer than the shortest trace of the exact search. No step of it can be left out, unless it is Rough: there
	// was no time left to find out.
	History History
	Rough   bool
	Told    []Told
}

// rapidLock guards rapid's flags, which are global.
var rapidLock sync.Mutex

// FuzzBatch is how many histories are drawn from one seed; the next ones come from the next seed. Between two batches it can be
// stopped.
const FuzzBatch = 100

// Fuzz draws histories far beyond the bounds of the exact search and judges them by all properties of the lifecycle. A
// violating design is compared with the exact verdicts within model.DefaultBounds.
func Fuzz(ctx context.Context, o FuzzOptions) (*FuzzReport, error) {
	if err := o.Bounds.Validate(); err != nil {
		return nil, err
	}
	for _, id := range o.Properties {
		if p, err := Find(id); err != nil {
			return nil, err
		} else if !p.Part.Bounded() {
			return nil, fmt.Errorf("%s is decided by the %s model, which is searched whole: there is nothing to draw", id, p.Part)
		}
	}
	started := time.Now()
	properties := slices.Clone(lifecycleProperties)
	if o.Properties != nil {
		properties = slices.DeleteFunc(properties, func(p Property) bool { return !slices.Contains(o.Properties, p.ID) })
	}
	a := family.NewAlgebra(model.Space)
	exact, err := Lifecycle.search(ctx, properties, model.DefaultBounds, explore.Options{Algebra: a, Scope: o.Scope})
	if err != nil {
		return nil, err
	}
	f := newFuzzer(ctx, o, exact, a)
	f.started = started
	f.survey()
	f.conclude()
	f.report.Premises = map[string]int{}
	for i := range properties {
		f.report.Premises[properties[i].ID] = f.report.Tally.Premises[i]
	}
	return f.report, nil
}

// newFuzzer returns a fuzzer that compares what it finds with a search of the lifecycle.
func newFuzzer(ctx context.Context, o FuzzOptions, exact *searched, a *family.Algebra) *fuzzer {
	return &fuzzer{
		ctx: ctx, options: o, properties: exact.properties, algebra: a, scope: a.Cube(o.Scope), exact: exact,
		report: &FuzzReport{Options: o}, started: time.Now(),
		found: make([]found, len(exact.properties)), walkers: map[model.Bounds]*walker{},
	}
}

// fuzzer draws and judges histories.
type fuzzer struct {
	ctx        context.Context
	options    FuzzOptions
	properties []Property
	algebra    *family.Algebra
	scope      family.Set
	exact      *searched
	report     *FuzzReport
	started    time.Time
	reported   time.Time
	found      []found // by property
	walkers    map[model.Bounds]*walker
}

// found is what is known of one property.
type found struct {
	histories int
	new       family.Set
	shortest  *History // among all that break it
	outside   *History // the shortest among those of new designs
}

// survey draws histories in batches until the options or the context end it.
func (f *fuzzer) survey() {
	for n := 0; !f.over(n); n++ {
		checks := FuzzBatch
		if f.options.Histories > 0 {
			checks = min(checks, f.options.Histories-f.report.Tally.Histories)
		}
		runRapid(f.options.Seed+uint64(n), checks, func(t *rapid.T) {
			h, marks := f.generate(t, &f.report.Tally, 0)
			f.record(h, marks)
		})
		f.progress()
	}
}

func (f *fuzzer) over(batches int) bool {
	switch {
	case f.ctx.Err() != nil:
		f.report.Stopped = explore.ErrInterrupted
		return true
	case f.options.Histories > 0 && f.report.Tally.Histories >= f.options.Histories:
		return true
	}
	return f.spent(drawing)
}

// drawing is the part of the time in which histories are drawn; the rest is for making them minimal.
const drawing = 0.75

// spent tells whether a part of the time is over.
func (f *fuzzer) spent(part float64) bool {
	return f.options.Time > 0 && float64(time.Since(f.started)) >= part*float64(f.options.Time)
}

// hurried tells whether histories stay as they are, as there is no time left.
func (f *fuzzer) hurried() bool { return f.ctx.Err() != nil || f.spent(1) }

func (f *fuzzer) progress() {
	if f.options.Progress == nil || time.Since(f.reported) < 200*time.Millisecond {
		return
	}
	f.reported = time.Now()
	p := FuzzProgress{Histories: f.report.Tally.Histories, Elapsed: time.Since(f.started), Violations: map[string]int{}}
	for i := range f.found {
		if n := f.found[i].histories; n > 0 {
			p.Violations[f.properties[i].ID] = n
		}
	}
	f.options.Progress(p)
}

// generate draws a history and judges it. With a target, it ends at the first step that shows one of these marks.
func (f *fuzzer) generate(t *rapid.T, tally *Tally, target explore.Marks) (History, explore.Marks) {
	h := History{Bounds: drawBounds(t, f.options.Bounds)}
	w := f.walker(h.Bounds)
	w.begin(0, model.Space.Full())
	h.Design = f.algebra.Nth(f.scope, w.choose(t, f.algebra.CountAll(f.scope)))
	h.Initial = int(w.choose(t, uint64(len(w.model.Initial()))))
	w.begin(h.Initial, h.Design)
	tally.Histories++
	var seen explore.Marks
	for n := rapid.IntRange(0, f.options.Steps-1).Draw(t, "spared"); n < f.options.Steps; n++ {
		s, marks, ok := w.draw(t)
		if !ok {
			break
		}
		tally.count(s, w)
		h.Steps = append(h.Steps, step(s))
		tally.countPremises(marks &^ seen)
		seen |= marks
		if marks&target != 0 {
			break
		}
	}
	return h, seen
}

// walker returns a walker within bounds; it keeps those that it made.
func (f *fuzzer) walker(bounds model.Bounds) *walker {
	w := f.walkers[bounds]
	if w == nil {
		w = newWalker(bounds, f.properties)
		f.walkers[bounds] = w
	}
	return w
}

// drawBounds draws bounds up to the largest, with a message where these allow it: without one, little can happen.
func drawBounds(t *rapid.T, largest model.Bounds) model.Bounds {
	drawn, _ := model.Limits()
	drawn.Messages = min(1, largest.Messages)
	most := largest.All()
	for i, bound := range drawn.All() {
		*bound.Value = rapid.IntRange(*bound.Value, *most[i].Value).Draw(t, bound.Name)
	}
	return drawn
}

// record notes which properties h broke.
func (f *fuzzer) record(h History, marks explore.Marks) {
	for i := range f.properties {
		if marks&violation(i) == 0 {
			continue
		}
		r := &f.found[i]
		r.histories++
		keep(&r.shortest, h)
		if !f.algebra.Includes(f.exact.marked(i), h.Design) {
			r.new = f.algebra.Union(r.new, f.algebra.Cube(h.Design))
			keep(&r.outside, h)
		}
	}
}

// keep keeps the shorter history.
func keep(kept **History, h History) {
	if *kept == nil || len(h.Steps) < len((*kept).Steps) {
		*kept = &h
	}
}

// conclude makes a minimal history of each violation.
func (f *fuzzer) conclude() {
	for i := range f.properties {
		r := &f.found[i]
		if r.shortest == nil {
			continue
		}
		h := *r.shortest
		if r.outside != nil {
			h = *r.outside
		}
		length := len(h.Steps)
		if r.outside == nil {
			h = f.shrink(i, h)
		}
		h = f.shortest(i, f.minimise(i, h))
		f.report.Violations = append(f.report.Violations, FuzzViolation{
			Property: f.properties[i], Histories: r.histories, New: r.new, Length: length, History: h, Told: h.tell(),
			Rough: f.hurried(),
		})
	}
}

// shrink lets rapid find a history that breaks property i, and shrink it; it returns the shorter of that and h. The
// check has a failure of its own: rapid's shrinker would slide from one property to another if they shared one.
func (f *fuzzer) shrink(i int, h History) History {
	var last *History // rapid runs the smallest case last
	tb := runRapid(f.options.Seed, FuzzBatch, func(t *rapid.T) {
		if f.hurried() {
			t.Skip("there is no time left")
		}
		drawn, marks := f.generate(t, &Tally{}, violation(i))
		if marks&violation(i) != 0 {
			last = &drawn
			t.Fatalf("%s is broken", f.properties[i].ID)
		}
	})
	if tb.failed && last != nil && len(last.Steps) < len(h.Steps) {
		return *last
	}
	return h
}

// minimise leaves out steps of h as long as property i stays broken: a prefix first, then one step at a time, until no
// step can be spared or no time is left.
func (f *fuzzer) minimise(i int, h History) History {
	h.Steps = h.Steps[:f.breaks(i, h)]
	for shorter := true; shorter; {
		shorter = false
		for at := len(h.Steps) - 1; at >= 0 && !f.hurried(); at-- {
			candidate := h
			candidate.Steps = slices.Delete(slices.Clone(h.Steps), at, at+1)
			if n := f.breaks(i, candidate); n > 0 {
				candidate.Steps = candidate.Steps[:n]
				h, shorter = candidate, true
				break
			}
		}
	}
	return h
}

// breaks returns after how many steps h shows property i broken; 0 when it does not, or a step is not enabled.
func (f *fuzzer) breaks(i int, h History) int {
	w := f.walker(h.Bounds)
	w.begin(h.Initial, h.Design)
	for n, s := range h.Steps {
		marks, ok := w.take(label(s))
		if !ok {
			return 0
		}
		if marks&violation(i) != 0 {
			return n + 1
		}
	}
	return 0
}

// shortest returns the shorter of h and what an exact search within the default bounds knows for the design of h.
func (f *fuzzer) shortest(i int, h History) History {
	trace, _, ok := f.exact.shortest(i, f.algebra.Cube(h.Design))
	if !ok || len(trace.Steps) >= len(h.Steps) {
		return h
	}
	exact := History{Bounds: model.DefaultBounds, Design: h.Design, Initial: trace.Initial}
	for _, s := range trace.Steps {
		exact.Steps = append(exact.Steps, step(s))
	}
	return exact
}

// tell puts h into words.
func (h *History) tell() []Told {
	return tellTrace(newWalker(h.Bounds, nil).lifecycle, h.Path().Trace, under(h.Design))
}

// runRapid runs a rapid check outside of go test: with its flags set for one check, and in a goroutine of its own, which
// a failure ends.
func runRapid(seed uint64, checks int, property func(*rapid.T)) *rapidTB {
	rapidLock.Lock()
	defer rapidLock.Unlock()
	testing.Init() // rapid asks testing.Short, which wants its flags to be parsed
	if !flag.Parsed() {
		flag.CommandLine.Parse(nil)
	}
	for name, value := range map[string]string{
		"rapid.seed": strconv.FormatUint(seed, 10), "rapid.checks": strconv.Itoa(checks), "rapid.nofailfile": "true",
		"rapid.shrinktime": "1h",    // until nothing is left to shrink: the clock must not decide
		"test.short":       "false", // under -short rapid draws a fifth of what it was asked for, and of four nothing
	} {
		f := flag.Lookup(name)
		before := f.Value.String()
		if err := f.Value.Set(value); err != nil {
			panic("props: rapid has no such flag: " + err.Error())
		}
		defer f.Value.Set(before)
	}
	tb := &rapidTB{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		rapid.Check(tb, property)
	}()
	<-done
	return tb
}

// rapidTB is a rapid.TB that only remembers whether it failed.
type rapidTB struct{ failed bool }

func (*rapidTB) Helper()                 {}
func (*rapidTB) Name() string            { return "histories" }
func (*rapidTB) Logf(string, ...any)     {}
func (*rapidTB) Log(...any)              {}
func (t *rapidTB) Skipf(string, ...any)  { t.SkipNow() }
func (t *rapidTB) Skip(...any)           { t.SkipNow() }
func (*rapidTB) SkipNow()                { runtime.Goexit() }
func (t *rapidTB) Errorf(string, ...any) { t.Fail() }
func (t *rapidTB) Error(...any)          { t.Fail() }
func (t *rapidTB) Fatalf(string, ...any) { t.FailNow() }
func (t *rapidTB) Fatal(...any)          { t.FailNow() }
func (t *rapidTB) FailNow()              { t.failed = true; runtime.Goexit() }
func (t *rapidTB) Fail()                 { t.failed = true }
func (t *rapidTB) Failed() bool          { return t.failed }
