package props

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// TestSymmetriesKeepVerdicts compares the search with one whose keys keep the order of connections and the numbers of
// versions.
func TestSymmetriesKeepVerdicts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		bounds model.Bounds
		scope  string
		why    string
	}{
		{noFaults, "", "a single version and connection: nothing is symmetric"},
		{onePage, "", "versions that are gone lose their numbers"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 3, Messages: 0, Kills: 1}, "", "three versions, of which at most two matter"},
		{model.DefaultBounds, "", "what users check"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Kills: 1}, "", "two connections, in either order"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 2, Messages: 0, Kills: 0}, "close=none, page-list=none, suspend=wake",
			"connections that different versions accepted"},
		{model.Bounds{Pages: 2, Connections: 2, Versions: 1, Messages: 0, Kills: 0}, "interrupt=hang, close=none, page-list=none",
			"connections of different pages"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			if raceEnabled && test.bounds == model.DefaultBounds {
				t.Skip("takes too long under the race detector")
			}
			a := family.NewAlgebra(model.Space)
			scope := parse(t, test.scope)
			reduced := lifecycleRun(t, a, test.bounds, scope, nil)
			plain := lifecycleRun(t, a, test.bounds, scope, plainly)
			sameVerdicts(t, a, reduced, plain)
			if symmetric := test.bounds.Versions > 1 || test.bounds.Connections > 1; symmetric != (reduced.worlds < plain.worlds) {
				t.Errorf("%d worlds, and %d without symmetries", reduced.worlds, plain.worlds)
			}
			if reduced.depth != plain.depth {
				t.Errorf("depth %d, and %d without symmetries: a shortest path is as long as its mirror image",
					reduced.depth, plain.depth)
			}
		})
	}
}

// sameVerdicts compares what two searches of the lifecycle found.
func sameVerdicts(t *testing.T, a *family.Algebra, x, y *run) {
	t.Helper()
	for i, p := range lifecycleProperties {
		if x.marked(i) != y.marked(i) {
			t.Errorf("%s: broken by %s, and by %s without the reduction", p.ID,
				a.Formula(a.Cover(x.marked(i))), a.Formula(a.Cover(y.marked(i))))
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

// TestForgetKeepsVerdicts checks that what a step clears at its end, because nothing can read it any more, is indeed read
// by nothing. The model cannot be told not to clear it, so the test does the opposite: before each step and judgement
// it fills such fields with rubbish, which must not make a difference to whether a step is enabled, what it reports,
// what becomes of the world, or what any condition sees. A model that cleared nothing would differ in such fields
// only, so by induction over its steps it would give the same verdicts.
func TestForgetKeepsVerdicts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		bounds model.Bounds
		scope  string
		why    string
	}{
		{model.Bounds{Pages: 2, Connections: 1, Versions: 1, Messages: 1, Kills: 1}, "", "two pages"},
		{onePage, "suspend=wake|sever, same-origin=ask, no-answer=reject", "updates"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Kills: 0}, "", "two connections"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2, Kills: 0}, "", "queues"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			if raceEnabled && test.bounds.Messages == 1 {
				t.Skip("takes too long under the race detector")
			}
			a := family.NewAlgebra(model.Space)
			scope := parse(t, test.scope)
			clean := lifecycleRun(t, a, test.bounds, scope, nil)
			for name, fill := range rubbish {
				m, packing := mustModel(t, test.bounds)
				dirty := runPart(t.Context(), Lifecycle, lifecycleProperties, test.bounds, func() system[model.World, model.Key] {
					return &littered{newLifecycle(m, packing, lifecycleProperties), t, name, fill}
				}, explore.Options{Algebra: a, Scope: scope})
				sameVerdicts(t, a, clean, dirty)
				if clean.worlds != dirty.worlds {
					t.Errorf("%s: %d worlds, and %d with rubbish", name, clean.worlds, dirty.worlds)
				}
			}
		})
	}
}

// rubbish fills what is forgotten of a connection.
var rubbish = map[string]func(c *model.Connection){
	// Without a page at the end, there is nobody who could have a reference, listen, or get a notice.
	"nobody holds it": func(c *model.Connection) {
		if held(c) {
			return
		}
		c.Reference, c.Listening, c.NoticeToPage = true, true, true
	},
	// No page is left that could miss what it posted; numbers go on from anywhere.
	"nobody misses it": func(c *model.Connection) {
		if !held(c) && c.ToWorker.Length == 0 {
			c.ToWorker.Posted, c.ToWorker.Received = 7, 5
		}
	},
	// Without a worker's end, nobody accepted or has an object, and no notice comes.
	"no worker's end": func(c *model.Connection) {
		if c.Phase == model.Down {
			c.Accepted, c.Object, c.NoticeToWorker = 1, true, true
		}
	},
	// The worker's messages are of no interest to anybody once all are received.
	"no worker misses it": func(c *model.Connection) {
		if c.Phase == model.Down && c.ToPage.Length == 0 {
			c.ToPage.Posted, c.ToPage.Received = 7, 5
		}
	},
	// Where both ends are gone, it does not matter either whose they were.
	"nothing is left": func(c *model.Connection) {
		if c.Phase == model.Down && c.Holder == 0 && !c.Pending {
			c.Page = 1
		}
	},
}

// held tells whether a page holds an end of c, or may yet get one: until then nothing was posted and there is nothing to
// forget.
func held(c *model.Connection) bool { return c.Holder != 0 || c.Pending || c.Phase == model.Unused }

// littered is the lifecycle that also judges and steps from worlds with rubbish in them, and compares.
type littered struct {
	*lifecycle
	t    *testing.T
	name string
	fill func(*model.Connection)
}

// litter returns w with rubbish, and whether there was any place for it.
func (l *littered) litter(w *model.World) (model.World, bool) {
	dirty := *w
	for i := range dirty.Connections {
		l.fill(&dirty.Connections[i])
	}
	return dirty, dirty != *w
}

func (l *littered) Take(w *model.World, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	dirty, changed := l.litter(w)
	marks, enabled := l.lifecycle.Take(w, s, ask)
	if enabled {
		if after, changed := l.litter(w); changed { // conditions see the world after the step
			l.compare(s, marks, l.eventMarks(&after))
		}
	}
	if !changed {
		return marks, enabled
	}
	events := slices.Clone(l.events)
	marksThen, happens := l.lifecycle.Take(&dirty, s, ask) // conditions see the connection before it
	if enabled != happens || enabled && (dirty != *w || !slices.Equal(events, l.events)) {
		l.t.Errorf("%s: %s goes otherwise with rubbish", l.name, step(s))
	}
	l.compare(s, marks, marksThen)
	return marks, enabled
}

// eventMarks judges the events of the last step anew.
func (l *littered) eventMarks(w *model.World) explore.Marks {
	var marks explore.Marks
	l.moment.World = w
	for i := range l.events {
		l.moment.Event = &l.events[i]
		marks |= look(l.monitor.atEvent[l.events[i].Kind], &l.moment)
	}
	return marks
}

func (l *littered) Judge(w *model.World, ask explore.Ask) explore.Marks {
	marks := l.lifecycle.Judge(w, ask)
	if dirty, changed := l.litter(w); changed {
		l.compare(explore.NoStep, marks, l.lifecycle.Judge(&dirty, ask))
	}
	return marks
}

func (l *littered) JudgeQuiescent(w *model.World, ask explore.Ask) explore.Marks {
	marks := l.lifecycle.JudgeQuiescent(w, ask)
	if dirty, changed := l.litter(w); changed {
		l.compare(explore.NoStep, marks, l.lifecycle.JudgeQuiescent(&dirty, ask))
	}
	return marks
}

func (l *littered) compare(s explore.Step, clean, dirty explore.Marks) {
	if clean != dirty {
		l.t.Errorf("%s: %s is judged otherwise with rubbish: marks %x, not %x", l.name, step(s), dirty, clean)
	}
}
