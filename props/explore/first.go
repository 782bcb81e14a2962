package explore

import (
	"errors"
	"slices"

	"cosw/model/family"
)

// ErrUnfounded is the value of a panic: a design does not reach what it was said to reach. Either a step of the system depends on
// more than its world, or what was said does not come from a search of it.
var ErrUnfounded = errors.New("explore: a design does not come to what was seen")

// FirstTrace returns the first of the shortest traces to the mark of that bit under one design, which must have one. A search of
// that design alone decides which is the first: worlds in the order in which they are found, steps in that of System.Steps.
func FirstTrace[W, K comparable](system System[W, K], space *family.Space, design family.Cube, bit int) Trace {
	f := newFinder(system, space, design)
	f.wanted = 1 << bit
	return f.find()
}

// firstTraceTo returns the first of the shortest traces to a world, which the design must reach.
func firstTraceTo[W, K comparable](system System[W, K], space *family.Space, design family.Cube, key K) Trace {
	f := newFinder(system, space, design)
	f.isEnd = func(k K) bool { return k == key }
	return f.find()
}

// finder searches one design, for a mark or a world.
type finder[W, K comparable] struct {
	system System[W, K]
	ask    Ask
	wanted Marks
	isEnd  func(K) bool
	found  *store[K] // the worlds
	visits []visit   // how each was found
	steps  []Step
}

// visit is how a world was found.
type visit struct {
	from    int // the number of the world before it, -1 for an initial one
	initial int
}

func newFinder[W, K comparable](system System[W, K], space *family.Space, design family.Cube) *finder[W, K] {
	return &finder[W, K]{system: system, ask: Under(space, design), isEnd: func(K) bool { return false }, found: newStore(system.Hash)}
}

// find searches until it comes to what is wanted.
func (f *finder[W, K]) find() Trace {
	for i, w := range f.system.Initial() {
		f.arrive(&w, visit{from: -1, initial: i})
	}
	for at := 0; at < len(f.visits); at++ {
		if found, inStep := f.visit(at); found {
			return f.trace(at, inStep)
		}
	}
	panic(ErrUnfounded)
}

func (f *finder[W, K]) key(at int) K { return f.found.worlds.at(uint32(at)).key }

func (f *finder[W, K]) arrive(w *W, v visit) {
	k := f.system.Pack(w)
	if n := f.found.find(k, f.system.Hash(k)); int(n) == len(f.visits) {
		f.visits = append(f.visits, v)
	}
}

// visit looks for what is wanted in a world and in the steps from it, and notes where they lead. It tells whether it was found,
// and whether a step has it, and not the world.
func (f *finder[W, K]) visit(at int) (found, inStep bool) {
	now := f.system.Unpack(f.key(at))
	if f.isEnd(f.key(at)) || f.system.Judge(&now, f.ask)&f.wanted != 0 {
		return true, false
	}
	owed := false
	f.steps = f.system.Steps(&now, f.steps[:0])
	for _, s := range f.steps {
		next := now
		marks, ok := f.system.Take(&next, s, f.ask)
		if !ok {
			continue
		}
		owed = owed || f.system.Internal(s)
		inStep = inStep || marks&f.wanted != 0
		f.arrive(&next, visit{from: at})
	}
	if !owed && f.system.JudgeQuiescent(&now, f.ask)&f.wanted != 0 {
		return true, false
	}
	return inStep, inStep
}

// trace goes to a world from the initial one, and takes a step with the mark if it is in one. A key stands for all worlds that have it, so
// steps are found anew on the way.
func (f *finder[W, K]) trace(at int, inStep bool) Trace {
	var path []int
	for n := at; n >= 0; n = f.visits[n].from {
		path = append(path, n)
	}
	slices.Reverse(path)
	t := Trace{Initial: f.visits[path[0]].initial}
	now := f.system.Initial()[t.Initial]
	for _, n := range path[1:] {
		t.Steps = append(t.Steps, f.take(&now, func(next *W, _ Marks) bool { return f.system.Pack(next) == f.key(n) }))
	}
	if inStep {
		t.Steps = append(t.Steps, f.take(&now, func(_ *W, marks Marks) bool { return marks&f.wanted != 0 }))
	}
	return t
}

// take takes the first step from now that leads to what is wanted.
func (f *finder[W, K]) take(now *W, wanted func(next *W, marks Marks) bool) Step {
	for _, s := range f.system.Steps(now, nil) {
		next := *now
		if marks, ok := f.system.Take(&next, s, f.ask); ok && wanted(&next, marks) {
			*now = next
			return s
		}
	}
	panic("explore: a step of the search cannot be taken again: the system is not a function of its worlds")
}
