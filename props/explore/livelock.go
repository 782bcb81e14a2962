package explore

import (
	"context"
	"slices"

	"cosw/model/family"
)

// Livelock says whether internal steps can go on forever. Quiescence stands for "eventually" only if they cannot.
type Livelock struct {
	Set   family.Set // the designs under which internal steps can go on forever
	Trace Trace      // to a world from which they can, if there is one: a world on some cycle
	// Stopped is why not all worlds were looked at; if nil, they were, and Set is exact for the worlds of the search.
	Stopped error
}

// Livelock looks for cycles of internal steps among the visited worlds. It first looks for cycles regardless of the design
// (Tarjan 1972). Only for worlds on such a cycle does it run their internal steps once more, and work out the designs that can
// go round forever: at each world the greatest set of designs that lead on to a world whose set has them as well.
func (r *Result[W, K]) Livelock(ctx context.Context) Livelock {
	f := &cycleFinder[W, K]{
		Result:  r,
		chooser: chooser{space: r.algebra.Space()},
		index:   make([]uint32, r.store.worlds.n),
		low:     make([]uint32, r.store.worlds.n),
	}
	f.sortEdges()
	for n := range f.index {
		if f.index[n] != 0 {
			continue
		}
		if f.visit(ctx, uint32(n)); ctx.Err() != nil {
			return Livelock{Stopped: ErrInterrupted}
		}
	}
	return f.lasso()
}

// cycleFinder runs Tarjan's algorithm on the graph of internal steps, with a stack of its own.
type cycleFinder[W, K comparable] struct {
	*Result[W, K]
	chooser
	start  []uint32 // where the successors of each world start in to, and those of the last one end
	to     []uint32
	next   uint32   // the last index given out
	index  []uint32 // of each world in the order of the visit, from 1; 0: not visited
	low    []uint32 // the smallest index reached from it
	stack  []uint32 // the worlds whose component is not complete
	calls  []call
	ahead  []uint32   // the successors that the calls have still to look at, those of the last call last
	cyclic [][]uint32 // components that contain a cycle
	steps  []Step
	after  W // scratch for what a step makes of a world
}

// call is a world that is being visited.
type call struct {
	world uint32
	base  int // how many of the worlds ahead are those of the calls before
}

const done = ^uint32(0) // the index of a world whose component is complete

// sortEdges puts the edges of the search where successors finds them.
func (f *cycleFinder[W, K]) sortEdges() {
	f.start = make([]uint32, len(f.index)+1)
	f.to = make([]uint32, f.owed.n)
	for i := range f.owed.n {
		f.start[f.owed.at(i).from+1]++
	}
	for n := range f.index {
		f.start[n+1] += f.start[n]
	}
	free := slices.Clone(f.start)
	for i := range f.owed.n {
		e := f.owed.at(i)
		f.to[free[e.from]] = e.to
		free[e.from]++
	}
}

// successors returns where the internal steps of world n lead.
func (f *cycleFinder[W, K]) successors(n uint32) []uint32 { return f.to[f.start[n]:f.start[n+1]] }

func (f *cycleFinder[W, K]) visit(ctx context.Context, root uint32) {
	f.enter(root)
	for len(f.calls) > 0 {
		c := f.calls[len(f.calls)-1]
		last := len(f.ahead) - 1
		if last < c.base {
			f.leave(c.world)
			continue
		}
		n := f.ahead[last]
		f.ahead = f.ahead[:last]
		switch f.index[n] {
		case 0:
			if f.enter(n); f.next&0xffff == 0 && ctx.Err() != nil {
				return
			}
		case done:
		default:
			f.low[c.world] = min(f.low[c.world], f.index[n])
		}
	}
}

func (f *cycleFinder[W, K]) enter(n uint32) {
	f.next++
	f.index[n], f.low[n] = f.next, f.next
	f.stack = append(f.stack, n)
	f.calls = append(f.calls, call{n, len(f.ahead)})
	f.ahead = append(f.ahead, f.successors(n)...)
}

func (f *cycleFinder[W, K]) leave(n uint32) {
	f.calls = f.calls[:len(f.calls)-1]
	if len(f.calls) > 0 {
		caller := f.calls[len(f.calls)-1].world
		f.low[caller] = min(f.low[caller], f.low[n])
	}
	if f.low[n] != f.index[n] {
		return
	}
	at := len(f.stack) - 1
	for f.stack[at] != n {
		at--
	}
	component := f.stack[at:]
	f.stack = f.stack[:at]
	for _, m := range component {
		f.index[m] = done
	}
	if len(component) > 1 || slices.Contains(f.successors(n), n) {
		f.cyclic = append(f.cyclic, append([]uint32(nil), component...))
	}
}

// internal passes on where the internal steps of world n lead, under the hull of the designs that reach it.
func (f *cycleFinder[W, K]) internal(n uint32, give func(to uint32, cube family.Cube)) {
	w := f.store.worlds.at(n)
	now := f.system.Unpack(w.key)
	f.steps = f.system.Steps(&now, f.steps[:0])
	for _, s := range f.steps {
		if !f.system.Internal(s) {
			continue
		}
		for f.begin(f.algebra.Hull(w.visited)); ; {
			f.after = now
			if _, ok := f.system.Take(&f.after, s, f.ask); ok {
				if m, found := f.store.lookup(f.system.Pack(&f.after)); found { // else only designs outside of the set go there
					give(m, f.taken)
				}
			}
			if !f.again() {
				break
			}
		}
	}
}

// lasso returns the designs under which internal steps can go on forever in some component, with a trace to the first
// world that was found where they can.
func (f *cycleFinder[W, K]) lasso() Livelock {
	l := Livelock{Set: family.None}
	first, on := done, family.None
	for _, component := range f.cyclic {
		sets := f.forever(component)
		for _, n := range component {
			l.Set = f.algebra.Union(l.Set, sets[n])
			if sets[n] != family.None && n < first {
				first, on = n, sets[n]
			}
		}
	}
	if first != done {
		l.Trace = firstTraceTo(f.system, f.algebra.Space(), f.algebra.First(on), f.store.worlds.at(first).key)
	}
	return l
}

// forever returns, for each world of a component, the designs under which internal steps can go on in it forever.
func (f *cycleFinder[W, K]) forever(component []uint32) map[uint32]family.Set {
	sets := map[uint32]family.Set{}
	for _, n := range component {
		sets[n] = f.store.worlds.at(n).visited
	}
	for changed := true; changed; {
		changed = false
		for _, n := range component {
			on := family.None
			f.internal(n, func(to uint32, cube family.Cube) {
				on = f.algebra.Union(on, f.algebra.Restrict(sets[to], cube)) // None outside of the component
			})
			if on = f.algebra.Intersect(on, sets[n]); on != sets[n] {
				sets[n], changed = on, true
			}
		}
	}
	return sets
}
