package explore

import (
	"slices"

	"cosw/model/family"
)

// chunkSize is how many worlds of the frontier a worker expands at a time.
const chunkSize = 128

// item is a world of the frontier with the designs under which to expand it.
type item[K comparable] struct {
	key   K
	world uint32
	set   family.Set
	hull  family.Cube // the smallest cube that contains set: all that a worker knows about it
}

// transition is a step from a world of the frontier, under the designs of a cube.
type transition[K comparable] struct {
	key   K
	hash  uint64
	cube  family.Cube
	marks Marks
	step  Step

	// For the merger:
	set   family.Set // the designs of the item that are in cube
	world uint32     // of key
	read  uint32     // what was read ahead
}

// judgement is what is to be marked about a world of the frontier, under the designs of a cube.
type judgement struct {
	cube  family.Cube
	marks Marks
}

// expansion is what workers find out about worlds of the frontier.
type expansion[K comparable] struct {
	transitions []transition[K]
	busy        []family.Cube // where some internal step is enabled
	always      []judgement   // in any case
	quiescent   []judgement   // where the world is not busy
}

// chunk is a part of the frontier with its expansion, item after item.
type chunk[K comparable] struct {
	items    []item[K]
	overlook Marks // see Overlooker
	expansion[K]
	ends [chunkSize]ends // where the part of each item ends
	done chan struct{}
}

type ends struct{ transitions, busy, always, quiescent int }

// start returns where the part of the expansion that is about item i starts.
func (c *chunk[K]) start(i int) ends {
	if i == 0 {
		return ends{}
	}
	return c.ends[i-1]
}

// of returns the part of the expansion that is about item i.
func (c *chunk[K]) of(i int) expansion[K] {
	from, to := c.start(i), c.ends[i]
	return expansion[K]{
		transitions: c.transitions[from.transitions:to.transitions],
		busy:        c.busy[from.busy:to.busy],
		always:      c.always[from.always:to.always],
		quiescent:   c.quiescent[from.quiescent:to.quiescent],
	}
}

// worker expands worlds. Each has a system of its own.
type worker[W, K comparable] struct {
	system System[W, K]
	chooser
	deferred  func(w *W, s Step) bool // see Deferrer; nil if the system is none
	ask       Ask
	steps     []Step
	overlook  Marks
	now, next W // the world that is expanded, and scratch for what a step makes of it
}

func newWorker[W, K comparable](system System[W, K], space *family.Space) *worker[W, K] {
	w := &worker[W, K]{system: system, chooser: chooser{space: space}}
	w.ask = w.chooser.ask
	if d, ok := system.(Deferrer[W]); ok {
		w.deferred = d.Deferred
	}
	return w
}

// expandAll expands every item of c.
func (w *worker[W, K]) expandAll(c *chunk[K]) {
	if o, ok := w.system.(Overlooker); ok && w.overlook != c.overlook {
		o.Overlook(c.overlook)
		w.overlook = c.overlook
	}
	c.transitions, c.busy, c.always, c.quiescent = c.transitions[:0], c.busy[:0], c.always[:0], c.quiescent[:0]
	for i := range c.items {
		w.expand(&c.items[i], &c.expansion)
		c.ends[i] = ends{len(c.transitions), len(c.busy), len(c.always), len(c.quiescent)}
	}
}

// expand adds to f what can happen in the world of it under the designs of its hull.
func (w *worker[W, K]) expand(it *item[K], f *expansion[K]) {
	w.now = w.system.Unpack(it.key)
	w.next = w.now
	f.always = w.judge(it.hull, w.system.Judge, f.always)
	restless := false // an internal step is enabled under every design
	w.steps = w.system.Steps(&w.now, w.steps[:0])
	for _, s := range w.steps {
		owed := !restless && w.system.Internal(s)
		switch deferred := w.deferred != nil && w.deferred(&w.now, s); {
		case !deferred:
			restless = w.take(it.hull, s, owed, f) || restless
		case owed:
			restless = w.owes(it.hull, s, f)
		}
	}
	if !restless {
		f.quiescent = w.judge(it.hull, w.system.JudgeQuiescent, f.quiescent)
	}
}

// take adds to f what s does under the designs of hull, and where it is enabled if it is owed. It then reports whether that
// is so under all of them.
func (w *worker[W, K]) take(hull family.Cube, s Step, owed bool, f *expansion[K]) (always bool) {
	first := len(f.transitions)
	w.begin(hull)
	for {
		if marks, enabled := w.system.Take(&w.next, s, w.ask); enabled {
			k := w.system.Pack(&w.next)
			f.transitions = w.join(f.transitions, first, transition[K]{
				key: k, hash: w.system.Hash(k), cube: w.taken, marks: marks, step: s,
			})
			w.next = w.now
			if owed {
				f.busy = append(f.busy, w.taken)
				always = w.taken == hull
			}
		}
		if !w.again() {
			return always
		}
	}
}

// owes adds to f where s, which is owed and deferred, is enabled under the designs of hull, and reports whether it is under all.
func (w *worker[W, K]) owes(hull family.Cube, s Step, f *expansion[K]) (always bool) {
	w.begin(hull)
	for {
		if _, enabled := w.system.Take(&w.next, s, w.ask); enabled {
			w.next = w.now
			f.busy = append(f.busy, w.taken)
			always = w.taken == hull
		}
		if !w.again() {
			return always
		}
	}
}

// join adds t to the transitions of its step, which start at first. Where an answer makes no difference to what a step does,
// there is one transition for several answers.
func (w *worker[W, K]) join(all []transition[K], first int, t transition[K]) []transition[K] {
	for i := len(all) - 1; i >= first; i-- {
		if o := &all[i]; o.key == t.key && o.marks == t.marks {
			if both, ok := w.space.Join(o.cube, t.cube); ok {
				t.cube = both
				all = slices.Delete(all, i, i+1)
				i = len(all) // what t could not be joined with may be joined with both
			}
		}
	}
	return append(all, t)
}

// judge adds to out what judge marks about the world at hand.
func (w *worker[W, K]) judge(hull family.Cube, judge func(*W, Ask) Marks, out []judgement) []judgement {
	w.begin(hull)
	for {
		if marks := judge(&w.now, w.ask); marks != 0 {
			out = append(out, judgement{w.taken, marks})
		}
		if !w.again() {
			return out
		}
	}
}
