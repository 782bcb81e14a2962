package explore

import (
	"slices"
	"testing"

	"cosw/model/family"
)

// The marks of the mine pump.
const (
	inReady = iota
	inRunning
	inStopped
	inMethaneStop
	inLowStop
	pumpIsOn
	onAtHighWater
	onInMethane
	offInMethane
	onOutsideRunning
	offWithinRunning
	offWithinRunningAtRest
	switchedOn
	switchedOnInMethane
	switchedOnAtLowWater
	switchedOff
	switchedOffAtHighWater
)

// marksOfSwitching returns the marks of a step that ends in w.
func (w *pump) marksOfSwitching(wasOn bool) Marks {
	var m Marks
	if !wasOn && w.pumpOn {
		m |= marks(switchedOn) | when(w.methane, switchedOnInMethane) | when(w.waterLevel == low, switchedOnAtLowWater)
	}
	if wasOn && !w.pumpOn {
		m |= marks(switchedOff) | when(w.waterLevel == high, switchedOffAtHighWater)
	}
	return m
}

func when(holds bool, bit int) Marks {
	if holds {
		return marks(bit)
	}
	return 0
}

func (minePump) Judge(w *pump, _ Ask) Marks {
	state := [...]int{stopped: inStopped, ready: inReady, running: inRunning, methaneStop: inMethaneStop, lowStop: inLowStop}
	return marks(state[w.state]) |
		when(w.pumpOn, pumpIsOn) |
		when(w.pumpOn && w.waterLevel == high, onAtHighWater) |
		when(w.pumpOn && w.methane, onInMethane) |
		when(!w.pumpOn && w.methane, offInMethane) |
		when(w.pumpOn && w.state != running, onOutsideRunning) |
		when(!w.pumpOn && w.state == running, offWithinRunning)
}

func (minePump) JudgeQuiescent(w *pump, _ Ask) Marks {
	return when(!w.pumpOn && w.state == running, offWithinRunningAtRest)
}

// Each row is a property that is violated in a world or by a step, with the products that violate it: those that the
// Promela text states, where it states them of a formula with the same meaning or of one that says that the world or
// step comes again and again.
var pumpProperties = []struct {
	mark     int
	property string
	violated []string // the union of these
}{
	// Stated.
	{inReady, "![]<> stateReady: Start", []string{"Start=yes"}},
	{inRunning, "![]<> stateRunning: Start & High", []string{"Start=yes, High=yes"}},
	{inStopped, "![]<> stateStopped: all", []string{""}},
	{inMethaneStop, "![]<> stateMethanestop: four terms", []string{
		"Start=no, MethaneAlarm=yes",
		"Start=yes, MethaneQuery=no, MethaneAlarm=yes",
		"Start=yes, MethaneQuery=yes, MethaneAlarm=no, High=yes",
		"Start=yes, MethaneQuery=yes, MethaneAlarm=yes",
	}},
	{inLowStop, "![]<> stateLowstop: Start & Low & High", []string{"Start=yes, Low=yes, High=yes"}},
	{pumpIsOn, "![]<> pumpOn: Start & High", []string{"Start=yes, High=yes"}},
	{onAtHighWater, "!<> (pumpOn && highWater && <>lowWater): Start & High", []string{"Start=yes, High=yes"}},
	{offInMethane, "[] (pumpOn || !methane): all", []string{""}},
	{onOutsideRunning, "[] (!pumpOn || stateRunning): satisfied by all", nil},
	{switchedOnInMethane, "[] ((!pumpOn && methane && <>!methane) -> (!pumpOn U !methane)): Start & High & !MethaneQuery",
		[]string{"Start=yes, High=yes, MethaneQuery=no"}},
	{switchedOnAtLowWater, "[] ((!pumpOn && lowWater && <>highWater) -> (!pumpOn U highWater)): satisfied by all", nil},
	{switchedOff, "!([]<> pumpOn && []<> !pumpOn): three terms", []string{
		"Start=yes, Stop=no, MethaneAlarm=no, Low=yes, High=yes",
		"Start=yes, Stop=no, MethaneAlarm=yes, High=yes",
		"Start=yes, Stop=yes, High=yes",
	}},
	{switchedOffAtHighWater, "[] ((pumpOn && highWater && <>lowWater) -> (pumpOn U lowWater)): two terms", []string{
		"Start=yes, Stop=no, MethaneAlarm=yes, High=yes",
		"Start=yes, Stop=yes, High=yes",
	}},
	// Derived.
	{onInMethane, "the pump never runs in methane; what runs can be caught by it", []string{"Start=yes, High=yes"}},
	{switchedOn, "the pump is never switched on", []string{"Start=yes, High=yes"}},
	{offWithinRunning, "a state of running means a pump that runs; it is off a statement before the state changes," +
		" but for low water, which changes both at once",
		[]string{"Start=yes, High=yes, Stop=yes", "Start=yes, High=yes, MethaneAlarm=yes"}},
	{offWithinRunningAtRest, "the same, when the controller waits for a message", nil},
}

func TestMinePump(t *testing.T) {
	a := algebra(t, pumpQuestions...)
	r := complete(t, newMinePump, Options{Algebra: a, Scope: a.Space().Full()})
	var named Marks
	for _, row := range pumpProperties {
		named |= marks(row.mark)
		want := union(t, a, row.violated...)
		if got := r.Marked(row.mark); got != want {
			t.Errorf("%s\ngot %s, want %s", row.property, formula(a, got), formula(a, want))
		}
		for _, term := range r.Explain(row.mark, a.Cover(want)) {
			for _, f := range term.Witnesses {
				if shown := r.Replay(f.Trace, row.mark); !a.Includes(shown, f.Term) || a.Minus(shown, want) != family.None {
					t.Errorf("%s\n%v shows it for %s", row.property, f.Trace, formula(a, shown))
				}
			}
		}
	}
	if r.Seen&^named != 0 {
		t.Errorf("marks %b are in no row", r.Seen&^named)
	}
	if len(r.Asked) != a.Space().Len()-1 || slices.Contains(r.Asked, featureNormal) {
		t.Errorf("asked %v; every feature but Normal decides something", r.Asked)
	}
	if l := r.Livelock(t.Context()); l.Set != family.None {
		t.Errorf("the controller never comes to rest for %s", formula(a, l.Set))
	}
}

// From the wish of the user to a running pump: want start, send it, three statements, reply; water rises and is sent,
// and then four statements and the atomic block that turns the pump on, or, with a query, one more in between.
func TestMinePumpShortest(t *testing.T) {
	a := algebra(t, pumpQuestions...)
	r := complete(t, newMinePump, Options{Algebra: a, Scope: a.Space().Full()})
	for _, row := range []struct {
		within string
		mark   int
		steps  int
	}{
		{"", switchedOn, 12},
		{"MethaneQuery=yes", switchedOn, 13},
		{"", inReady, 5},
		{"", offInMethane, 1},
		{"MethaneAlarm=yes", inMethaneStop, 5}, // rises, is sent; three statements
		{"MethaneAlarm=no", inMethaneStop, 14}, // rises at any time before the query
	} {
		if trace, _, ok := r.Shortest(row.mark, union(t, a, row.within)); !ok || len(trace.Steps) != row.steps {
			t.Errorf("mark %d within %q: got %d steps, want %d", row.mark, row.within, len(trace.Steps), row.steps)
		}
	}
}

// Products one at a time have the worlds and the nearest sightings that the family search says, for all 128 of them.
func TestMinePumpOracle(t *testing.T) {
	a := algebra(t, pumpQuestions...)
	r := complete(t, newMinePump, Options{Algebra: a, Scope: a.Space().Full()})
	var pairs uint64
	depth := 0
	for d := range a.Designs(family.All) {
		plain := walkAll(newMinePump(), answers(a.Space(), d))
		pairs += uint64(len(plain.distance))
		depth = max(depth, plain.depth())
		for n := range r.store.worlds.n {
			w := r.store.worlds.at(n)
			if _, reaches := plain.distance[w.key]; a.Includes(w.visited, d) != reaches {
				t.Fatalf("%s: world %+v: want reached %v", a.Space().Format(d), w.key, reaches)
			}
		}
		for bit, want := range plain.steps {
			trace, _, ok := r.Shortest(bit, a.Cube(d))
			if ok != (want >= 0) || ok && len(trace.Steps) != want {
				t.Errorf("%s: mark %d: got %v (found: %v), want %d steps", a.Space().Format(d), bit, trace, ok, want)
			}
		}
	}
	if r.Pairs != pairs || r.Depth != depth {
		t.Errorf("got %d pairs, depth %d, want %d, %d", r.Pairs, r.Depth, pairs, depth)
	}
	// Not published anywhere; a change of the engine must not change them.
	if r.Worlds != 9_491 || r.Pairs != 421_818 || r.Transitions != 84_089 || r.Depth != 39 {
		t.Errorf("got %d worlds, %d pairs, %d transitions, depth %d", r.Worlds, r.Pairs, r.Transitions, r.Depth)
	}
}
