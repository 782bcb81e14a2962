package props

import (
	"slices"
	"sync/atomic"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// reduction is something that a search of the lifecycle leaves out, in a case that shows that nothing is lost by it.
type reduction struct {
	bounds model.Bounds
	scope  string
	why    string
}

// keepVerdicts compares the search with one that lacks a reduction, and has enough then look at what the reduction saves.
func keepVerdicts(t *testing.T, reductions []reduction,
	without func(*testing.T, *family.Algebra, model.Bounds, family.Cube) *searched, enough func(t *testing.T, reduced, whole *searched)) {
	t.Helper()
	for _, r := range reductions {
		t.Run(r.why, func(t *testing.T) {
			a := family.NewAlgebra(model.Space)
			scope := parse(t, r.scope)
			reduced, whole := lifecycleRun(t, a, r.bounds, scope, nil), without(t, a, r.bounds, scope)
			sameVerdicts(t, a, reduced, whole)
			enough(t, reduced, whole)
		})
	}
}

// TestReductionsKeepVerdicts compares the search with one whose keys keep the order of connections, the numbers of versions
// and what no longer makes a difference to any connection, and that takes steps although they bring nothing.
func TestReductionsKeepVerdicts(t *testing.T) {
	notRaced(t)
	t.Parallel()
	keepVerdicts(t, []reduction{
		{noFaults, "", "a single version and connection: pages and registrations that no longer matter"},
		{onePage, "", "versions that are gone lose their numbers"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 3, Messages: 0, Faults: 1, Kills: 1}, "", "three versions, of which at most two matter"},
		{model.DefaultBounds, "", "what users check"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 2, Messages: 2, Faults: 2, Kills: 2}, "", "two messages, and two faults"},
		{model.Bounds{Pages: 3, Connections: 1, Versions: 1, Messages: 1, Faults: 1, Kills: 1}, "", "three pages"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 1, Kills: 1}, "", "two connections, in either order"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 2, Messages: 0, Faults: 0, Kills: 0}, "close=none, page-list=none, suspend=wake",
			"connections that different versions accepted"},
		{model.Bounds{Pages: 2, Connections: 2, Versions: 1, Messages: 0, Faults: 0, Kills: 0}, "interrupt=hang, close=none, page-list=none",
			"connections of different pages"},
	}, plainRun, func(t *testing.T, reduced, plain *searched) {
		if reduced.worlds >= plain.worlds || reduced.depth > plain.depth {
			t.Errorf("%d worlds up to depth %d, and %d up to %d without reductions",
				reduced.worlds, reduced.depth, plain.worlds, plain.depth)
		}
	})
}

// plainRun is lifecycleRun with no reduction but that steps are deferred.
func plainRun(t *testing.T, a *family.Algebra, b model.Bounds, scope family.Cube) *searched {
	t.Helper()
	return lifecycleRun(t, a, b, scope, plainly)
}

// sameVerdicts compares what two searches of the lifecycle found: which designs break a property, and after how many steps each
// of them does.
func sameVerdicts(t *testing.T, a *family.Algebra, x, y *searched) {
	t.Helper()
	for i, p := range lifecycleProperties {
		if x.marked(i) != y.marked(i) {
			t.Errorf("%s: broken by %s, and by %s without the reduction", p.ID,
				a.Formula(a.Cover(x.marked(i))), a.Formula(a.Cover(y.marked(i))))
		} else if !slices.Equal(x.nearest(i), y.nearest(i)) {
			t.Errorf("%s: some designs break it after another number of steps than without the reduction", p.ID)
		}
	}
	if x.seen != y.seen {
		t.Errorf("marks %x were seen, and %x without the reduction", x.seen, y.seen)
	}
	for _, k := range model.Kinds() {
		if (x.kinds[k] == 0) != (y.kinds[k] == 0) {
			t.Errorf("%s was taken %d times, and %d times without the reduction", k.Syntax(), x.kinds[k], y.kinds[k])
		}
	}
}

// TestDeferredKeepsVerdicts compares the search with one that defers nothing, within larger bounds than one without any
// reduction can take.
func TestDeferredKeepsVerdicts(t *testing.T) {
	notRaced(t)
	t.Parallel()
	keepVerdicts(t, []reduction{
		{model.Bounds{Pages: 2, Connections: 1, Versions: 2, Messages: 1, Faults: 2, Kills: 2}, "", "what users check, and a fault more"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 2, Messages: 0, Faults: 1, Kills: 1}, "", "two connections and an update"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 1, Faults: 0, Kills: 0}, "collect=keep|close, close=none",
			"two connections with messages"},
		{model.Bounds{Pages: 2, Connections: 2, Versions: 2, Messages: 0, Faults: 0, Kills: 0}, "close=none, page-list=none, frozen=keep",
			"two connections of different pages"},
	}, promptRun, func(t *testing.T, reduced, whole *searched) {
		if reduced.worlds >= whole.worlds || 2*reduced.moves >= whole.moves {
			t.Errorf("%d worlds and %d steps, and %d and %d with nothing deferred", reduced.worlds, reduced.moves, whole.worlds, whole.moves)
		}
	})
}

// prompt is the lifecycle that defers nothing.
type prompt struct{ *lifecycle }

func (prompt) Deferred(*model.World, explore.Step) bool { return false }

// promptRun is lifecycleRun with nothing deferred.
func promptRun(t *testing.T, a *family.Algebra, b model.Bounds, scope family.Cube) *searched {
	t.Helper()
	m, packing := mustModel(t, b)
	return searchSystem(t.Context(), Lifecycle, lifecycleProperties, b, func() system[model.World, model.Key] {
		return prompt{newLifecycle(m, packing, lifecycleProperties)}
	}, explore.Options{Algebra: a, Scope: scope})
}

// TestForgetKeepsVerdicts checks that what a step clears at its end, because nothing can read it any more, is indeed read
// by nothing. The model cannot be told not to clear it, so the test does the opposite: before each step and judgement
// it fills what the model would clear with rubbish, which must not make a difference to whether a step is enabled, what
// it reports, what becomes of the world, or what any condition sees. A model that cleared nothing would differ in such
// fields only, so by induction over its steps it would give the same verdicts.
func TestForgetKeepsVerdicts(t *testing.T) {
	notRaced(t)
	t.Parallel()
	tests := []struct {
		bounds model.Bounds
		scope  string
		why    string
	}{
		{model.Bounds{Pages: 2, Connections: 1, Versions: 1, Messages: 1, Faults: 1, Kills: 1}, "", "two pages"},
		{onePage, "suspend=wake|sever, same-origin=ask, no-answer=reject", "updates"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 0, Kills: 0}, "", "two connections"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2, Faults: 0, Kills: 0}, "", "queues"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			m, packing := mustModel(t, test.bounds)
			a := family.NewAlgebra(model.Space)
			scope := parse(t, test.scope)
			var filled atomic.Uint64
			clean := lifecycleRun(t, a, test.bounds, scope, nil)
			dirty := searchSystem(t.Context(), Lifecycle, lifecycleProperties, test.bounds, func() system[model.World, model.Key] {
				return &littered{newLifecycle(m, packing, lifecycleProperties), t, &filled}
			}, explore.Options{Algebra: a, Scope: scope})
			sameVerdicts(t, a, clean, dirty)
			if clean.worlds != dirty.worlds {
				t.Errorf("%d worlds, and %d with rubbish", clean.worlds, dirty.worlds)
			}
			if filled.Load() < clean.worlds {
				t.Errorf("rubbish was put into %d worlds: too few to tell", filled.Load())
			}
		})
	}
}

// rubbish changes one thing about a connection. Lengths of queues are left out: a message is never forgotten.
var rubbish = []func(c *model.Connection){
	func(c *model.Connection) { c.Page = 3 - c.Page },
	func(c *model.Connection) { c.Holder = 1 - min(c.Holder, 1) },
	func(c *model.Connection) { c.Accepted = 1 - min(c.Accepted, 1) },
	func(c *model.Connection) { c.Reference = !c.Reference },
	func(c *model.Connection) { c.Listening = !c.Listening },
	func(c *model.Connection) { c.Object = !c.Object },
	func(c *model.Connection) { c.Entangled = !c.Entangled },
	func(c *model.Connection) { c.NoticeToPage = !c.NoticeToPage },
	func(c *model.Connection) { c.NoticeToWorker = !c.NoticeToWorker },
	func(c *model.Connection) { c.ToWorker.Posted += 7; c.ToWorker.Received += 5 },
	func(c *model.Connection) { c.ToPage.Posted += 7; c.ToPage.Received += 5 },
}

// forgotten returns what is left of c at the end of a step that is about something else.
func forgotten(m *model.Model, c model.Connection) model.Connection {
	w := model.World{Registration: model.Registration{Status: model.Live, Active: 1, Latest: 1}}
	w.Connections[0] = c
	if _, ok := m.Take(&w, model.Step{Kind: model.OpenClient}, nil, nil); !ok {
		panic("a client can always open")
	}
	return w.Connections[0]
}

// littered is the lifecycle that also judges and steps from worlds with rubbish in them, and compares.
type littered struct {
	*lifecycle
	t      *testing.T
	filled *atomic.Uint64
}

// litter gives every world that differs from w in something that is forgotten. Of a connection that was not made yet, or
// whose promise is pending, there is nothing to forget: nobody has used it so far.
func (l *littered) litter(w *model.World, give func(dirty *model.World)) {
	for i := range w.Connections[:l.model.Bounds().Connections] {
		c := &w.Connections[i]
		if c.Phase == model.Unused || c.Pending {
			continue
		}
		for _, fill := range rubbish {
			dirty := *w
			if fill(&dirty.Connections[i]); forgotten(l.model, dirty.Connections[i]) == *c {
				l.filled.Add(1)
				give(&dirty)
			}
		}
	}
}

func (l *littered) Take(w *model.World, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	before := *w
	marks, enabled := l.lifecycle.Take(w, s, ask)
	if enabled {
		l.litter(w, func(dirty *model.World) { l.compare(s, marks, l.eventMarks(dirty)) })
	}
	events := slices.Clone(l.events)
	l.litter(&before, func(dirty *model.World) {
		marksThen, happens := l.lifecycle.Take(dirty, s, ask)
		if enabled != happens || enabled && (*dirty != *w || !slices.Equal(events, l.events)) {
			l.t.Errorf("%s goes otherwise with rubbish", step(s))
		}
		l.compare(s, marks, marksThen)
	})
	return marks, enabled
}

// eventMarks judges the events of the last step anew.
func (l *littered) eventMarks(w *model.World) explore.Marks {
	var marks explore.Marks
	l.moment.World = w
	for i := range l.events {
		l.moment.Event, l.moment.Earlier = &l.events[i], l.events[:i]
		marks |= look(l.monitor.atEvent[l.events[i].Kind], &l.moment)
	}
	return marks
}

func (l *littered) Judge(w *model.World, ask explore.Ask) explore.Marks {
	marks := l.lifecycle.Judge(w, ask)
	l.litter(w, func(dirty *model.World) { l.compare(explore.NoStep, marks, l.lifecycle.Judge(dirty, ask)) })
	return marks
}

func (l *littered) JudgeQuiescent(w *model.World, ask explore.Ask) explore.Marks {
	marks := l.lifecycle.JudgeQuiescent(w, ask)
	l.litter(w, func(dirty *model.World) { l.compare(explore.NoStep, marks, l.lifecycle.JudgeQuiescent(dirty, ask)) })
	return marks
}

func (l *littered) compare(s explore.Step, clean, dirty explore.Marks) {
	if clean != dirty {
		l.t.Errorf("%s is judged otherwise with rubbish: marks %x, not %x", step(s), dirty, clean)
	}
}
