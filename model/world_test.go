package model

import (
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model/family"
)

// walk takes random enabled steps under a random design, and calls visit with each world on the way.
func walk(t *testing.T, m *Model, r *rand.Rand, steps int, visit func(w World, s Step, events []Event, next World)) {
	t.Helper()
	initial := m.Initial()
	w := initial[r.IntN(len(initial))]
	ask := Under(randomDesign(r))
	for range steps {
		var enabled []Step
		for _, s := range m.Steps(&w, nil) {
			next := w
			if _, ok := m.Take(&next, s, ask, nil); ok {
				enabled = append(enabled, s)
			} else if next != w {
				t.Fatalf("%v is not enabled, and changes the world all the same", s)
			}
		}
		if len(enabled) == 0 {
			return
		}
		s := enabled[r.IntN(len(enabled))]
		if s.Kind == PageLeaves && r.IntN(20) > 0 {
			continue // or soon nobody would be left
		}
		next := w
		events, _ := m.Take(&next, s, ask, nil)
		visit(w, s, events, next)
		w = next
	}
}

func randomDesign(r *rand.Rand) family.Cube {
	design := Space.Full()
	for _, q := range allQuestions() {
		design = Space.With(design, int(q), r.IntN(len(q.Answers())))
	}
	return design
}

// allQuestions returns those that a design answers, and the assumptions.
func allQuestions() []Question { return append(Questions(), Assumptions()...) }

func mustNew(t *testing.T, b Bounds) *Model {
	t.Helper()
	m, err := New(b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestEveryStepHappens walks far beyond the exhaustive bounds until every kind of step was seen.
func TestEveryStepHappens(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 8, Faults: 3, Kills: 3})
	r := newRand(1)
	seen := map[Kind]int{}
	for range 1000 {
		walk(t, m, r, 100, func(_ World, s Step, _ []Event, _ World) { seen[s.Kind]++ })
	}
	for _, k := range Kinds() {
		if seen[k] == 0 {
			t.Errorf("in 1000 random histories nobody ever saw: %s", k.Text())
		}
	}
}

// TestInvariants are facts that every world has, whatever the design.
func TestInvariants(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 3, Connections: 3, Versions: 3, Messages: 3, Faults: 3, Kills: 2})
	r := newRand(2)
	invariants := []struct {
		name  string
		holds func(w *World, c *Connection) bool
	}{
		{"linked ends are both held", func(_ *World, c *Connection) bool {
			return !c.Entangled || c.Holder != 0 && c.Phase != Down
		}},
		{"only an open page holds an end", func(w *World, c *Connection) bool {
			return c.Holder == 0 || w.Pages[c.Holder-1].Open
		}},
		{"only an open page waits for its promise", func(w *World, c *Connection) bool {
			return !c.Pending || w.Pages[c.Page-1].Open
		}},
		{"a worker's end needs an active worker", func(w *World, c *Connection) bool {
			return c.Phase != Up && c.Phase != ToAskAgain || w.Registration.Active != 0
		}},
		{"an event is pending only at a running, activated worker", func(w *World, c *Connection) bool {
			return c.Phase != Asking && c.Phase != AskingAgain || w.Registration.Running && !w.Registration.Activating
		}},
		{"an object needs a running instance", func(w *World, c *Connection) bool {
			return !c.Object || w.Registration.Running
		}},
		{"nobody accepts for a version that is not yet active", func(w *World, c *Connection) bool {
			return c.Accepted <= w.Registration.Active
		}},
		{"queues are within bounds", func(_ *World, c *Connection) bool {
			return c.ToWorker.Undelivered() <= 3 && c.ToPage.Undelivered() <= 3 &&
				int(c.ToWorker.Length) <= c.ToWorker.Undelivered() && int(c.ToPage.Length) <= c.ToPage.Undelivered()
		}},
		{"nothing is left of a worker's end that is gone", func(_ *World, c *Connection) bool {
			return c.Phase != Down || c.Accepted == 0 && !c.Object && !c.NoticeToWorker
		}},
		{"a handler hangs only while its event is pending", func(_ *World, c *Connection) bool { return !c.Hung || c.Asked() }},
		{"only a connection that was accepted has to be accepted again", func(_ *World, c *Connection) bool {
			return c.Phase != ToAskAgain && c.Phase != AskingAgain || c.Accepted != 0
		}},
		{"one that has to be accepted again has a page", func(_ *World, c *Connection) bool {
			return c.Phase != ToAskAgain || c.Entangled
		}},
		{"a notice reaches a worker whose page is gone", func(_ *World, c *Connection) bool {
			return !c.NoticeToWorker || c.Phase == Up && !c.Entangled
		}},
		{"nothing waits for a worker whose end is gone", func(_ *World, c *Connection) bool {
			return c.Phase != Down || c.ToWorker.Length == 0
		}},
		{"an end that leads nowhere is that of a connection that is down", func(_ *World, c *Connection) bool {
			return c.Holder == 0 || c.Entangled || c.Phase == Down
		}},
		{"skipWaiting() is called by a version that waits", func(w *World, _ *Connection) bool {
			return !w.Registration.SkipWaiting || w.Registration.Waiting != 0
		}},
		{"only an active version is activating, or has a client", func(w *World, _ *Connection) bool {
			return !w.Registration.Activating && !w.Registration.Controlled || w.Registration.Active != 0
		}},
		{"kills are faults", func(w *World, _ *Connection) bool { return w.Kills <= w.Faults }},
		{"what runs out is an instance with a connection, and nothing else", func(w *World, _ *Connection) bool {
			reg := w.Registration
			only := Registration{Status: RunningOut, Active: reg.Active, Running: true, Latest: reg.Latest}
			return reg.Status != RunningOut || reg == only && reg.Active != 0 && w.InUse(up) && !w.PendingEvent()
		}},
		{"what nobody can miss is forgotten", func(_ *World, c *Connection) bool {
			return c.Phase != Down || c.Holder != 0 || c.Pending || *c == Connection{Phase: Down}
		}},
	}
	for range 300 {
		walk(t, m, r, 80, func(_ World, s Step, _ []Event, next World) {
			for _, inv := range invariants {
				for i := range next.Connections {
					if !inv.holds(&next, &next.Connections[i]) {
						t.Fatalf("after %v not so: %s\n%v", s, inv.name, next.Describe())
					}
				}
			}
		})
	}
}

// TestStepsAndTakeAllocateNothing: a search lists and takes steps millions of times.
func TestStepsAndTakeAllocateNothing(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 3, Connections: 3, Versions: 3, Messages: 2, Faults: 2, Kills: 2})
	r := newRand(10)
	var worlds []World
	for range 20 {
		walk(t, m, r, 60, func(_ World, _ Step, _ []Event, w World) { worlds = append(worlds, w) })
	}
	ask := Under(randomDesign(r))
	steps, events := make([]Step, 0, 200), make([]Event, 0, 200)
	var next World
	taken := 0
	allocations := testing.AllocsPerRun(1, func() {
		for i := range worlds {
			steps = m.Steps(&worlds[i], steps[:0])
			for _, s := range steps {
				next = worlds[i]
				var ok bool
				if events, ok = m.Take(&next, s, ask, events[:0]); ok {
					taken++
				}
			}
		}
	})
	if allocations > 0 || taken < 1000 {
		t.Errorf("%v allocations in %d steps", allocations, taken)
	}
}

// TestTakeAsksOnlyWhatMatters runs each step again with every other answer to a question that it did not ask: nothing
// may change.
func TestTakeAsksOnlyWhatMatters(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 1, Faults: 1, Kills: 1})
	r := newRand(3)
	for range 60 {
		walk(t, m, r, 60, func(w World, s Step, _ []Event, _ World) {
			design := randomDesign(r)
			asked := map[Question]bool{}
			first := w
			_, enabled := m.Take(&first, s, func(q Question) Answer { asked[q] = true; return AnswerOf(design, q) }, nil)
			other := randomDesign(r)
			second := w
			_, again := m.Take(&second, s, func(q Question) Answer {
				if asked[q] {
					return AnswerOf(design, q)
				}
				return AnswerOf(other, q)
			}, nil)
			if first != second || enabled != again {
				t.Fatalf("%v depends on an answer that it did not ask for", s)
			}
		})
	}
}

// TestPhasesInUse: a connect event is pending while it is dispatched and not answered; a connection belongs to the
// registration from the first acceptance to the end, and so while a new version is being asked.
func TestPhasesInUse(t *testing.T) {
	pending := map[Phase]bool{Asking: true, AskingAgain: true}
	inUse := map[Phase]bool{Up: true, ToAskAgain: true, AskingAgain: true}
	phases := Phases()
	if want := []Phase{Unused, Requested, Asking, Up, ToAskAgain, AskingAgain, Down}; !slices.Equal(phases, want) {
		t.Errorf("got the phases %v, want %v", phases, want)
	}
	for _, phase := range phases {
		w := mustNew(t, scenarioBounds).Initial()[0]
		w.Connections[1] = Connection{Phase: phase, Page: 1, Holder: 1}
		if got := w.PendingEvent(); got != pending[phase] {
			t.Errorf("%v: an event is pending: %t", phase, got)
		}
		if got := w.InUse(func(c *Connection) bool { return c.Page == 1 }); got != inUse[phase] {
			t.Errorf("%v: in use: %t", phase, got)
		}
		if w.InUse(func(c *Connection) bool { return c.Page == 2 }) {
			t.Errorf("%v: in use by another page", phase)
		}
	}
}

// TestConnected: a page has to do with a connection while it waits for it or holds its end.
func TestConnected(t *testing.T) {
	for _, c := range []struct {
		reason     string
		connection Connection
		want       []uint8
	}{
		{"no connection was made", Connection{}, nil},
		{"the page waits for its promise", Connection{Phase: Requested, Page: 2, Pending: true}, []uint8{2}},
		{"it gave its end to another page", Connection{Phase: Up, Page: 2, Holder: 3, Entangled: true}, []uint8{3}},
		{"it is gone", Connection{Phase: Up, Page: 2}, nil},
	} {
		w := World{Connections: [MaxConnections]Connection{1: c.connection}}
		var got []uint8
		for p := uint8(1); p <= MaxPages; p++ {
			if w.Connected(p) {
				got = append(got, p)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: connected are pages %v, want %v", c.reason, got, c.want)
		}
	}
}

// TestQueue compares a queue with a plain slice.
func TestQueue(t *testing.T) {
	r := newRand(4)
	var q MessageQueue
	var plain []Message
	for range 10_000 {
		switch {
		case len(plain) < MaxMessages && r.IntN(2) == 0:
			m := Message{Number: uint8(r.IntN(256)), Stranger: r.IntN(2) == 0}
			q.Push(m)
			plain = append(plain, m)
		case len(plain) > 0 && r.IntN(20) == 0:
			q.Drop()
			plain = nil
		case len(plain) > 0:
			if got := q.Pop(); got != plain[0] {
				t.Fatalf("got %v, want %v", got, plain[0])
			}
			plain = plain[1:]
		}
		if int(q.Length) != len(plain) {
			t.Fatalf("%d messages wait, want %d", q.Length, len(plain))
		}
		var fresh MessageQueue
		for i, m := range plain {
			if q.At(uint8(i)) != m {
				t.Fatalf("at %d: got %v, want %v", i, q.At(uint8(i)), m)
			}
			fresh.Push(m)
		}
		if q != fresh {
			t.Fatalf("got %v, which is not what the same messages make of a new queue: %v", q, fresh)
		}
	}
	if q.Drop(); q != (MessageQueue{}) {
		t.Errorf("an emptied queue keeps %v", q)
	}
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }
