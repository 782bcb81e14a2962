package explore

import (
	"context"
	"math/bits"
	"slices"
	"testing"

	"cosw/model/family"
)

// walk is what a plain search of one design finds: the other implementation, which shares nothing with the engine but
// the system.
type walk[W, K comparable] struct {
	system      System[W, K]
	ask         Ask
	distance    map[K]int
	transitions uint64
	steps       [64]int // to the nearest sighting of each mark, 0 steps or more; -1 when it is not seen
	internal    map[K][]K
}

// answers returns the answers that one design gives.
func answers(s *family.Space, design family.Cube) Ask {
	return func(q int) int {
		for a := range s.Answers(design, q) {
			return a
		}
		panic("a design answers everything")
	}
}

func walkAll[W, K comparable](system System[W, K], ask Ask) *walk[W, K] {
	o := &walk[W, K]{system: system, ask: ask, distance: map[K]int{}, internal: map[K][]K{}}
	for bit := range o.steps {
		o.steps[bit] = -1
	}
	var queue []W
	visit := func(w W, distance int) {
		k := system.Pack(&w)
		if _, known := o.distance[k]; !known {
			o.distance[k] = distance
			queue = append(queue, w)
		}
	}
	for _, w := range system.Initial() {
		visit(w, 0)
	}
	for len(queue) > 0 {
		w := queue[0]
		queue = queue[1:]
		k := system.Pack(&w)
		o.see(system.Judge(&w, ask), o.distance[k])
		for _, s := range system.Steps(&w, nil) {
			next := w
			m, enabled := system.Take(&next, s, ask)
			if !enabled {
				continue
			}
			o.transitions++
			o.see(m, o.distance[k]+1)
			if system.Internal(s) {
				o.internal[k] = append(o.internal[k], system.Pack(&next))
			}
			visit(next, o.distance[k]+1)
		}
		if len(o.internal[k]) == 0 {
			o.see(system.JudgeQuiescent(&w, ask), o.distance[k])
		}
	}
	return o
}

// see notes that marks are seen after so many steps.
func (o *walk[W, K]) see(m Marks, steps int) {
	for ; m != 0; m &= m - 1 {
		bit := bits.TrailingZeros64(uint64(m))
		if o.steps[bit] < 0 || steps < o.steps[bit] {
			o.steps[bit] = steps
		}
	}
}

// depth returns the distance of the farthest world.
func (o *walk[W, K]) depth() int {
	most := 0
	for _, d := range o.distance {
		most = max(most, d)
	}
	return most
}

// forever returns the worlds from which internal steps can go on forever: what is left when worlds whose internal steps
// all lead to worlds that are gone are taken away, again and again.
func (o *walk[W, K]) forever() map[K]bool {
	left := map[K]bool{}
	for k := range o.distance {
		left[k] = true
	}
	for gone := true; gone; {
		gone = false
		for k := range left {
			if !slices.ContainsFunc(o.internal[k], func(to K) bool { return left[to] }) {
				delete(left, k)
				gone = true
			}
		}
	}
	return left
}

// play takes the steps of a trace. It returns the world at the end and what is marked in the last step or there, or
// false when some step is not enabled.
func (o *walk[W, K]) play(t Trace) (W, Marks, bool) {
	w := o.system.Initial()[t.Initial]
	var m Marks
	for _, s := range t.Steps {
		var ok bool
		if !slices.Contains(o.system.Steps(&w, nil), s) {
			return w, 0, false
		}
		if m, ok = o.system.Take(&w, s, o.ask); !ok {
			return w, 0, false
		}
	}
	m |= o.system.Judge(&w, o.ask)
	if len(o.internal[o.system.Pack(&w)]) == 0 {
		m |= o.system.JudgeQuiescent(&w, o.ask)
	}
	return w, m, true
}

// judge compares a family search with plain searches of all designs of its scope.
type judge[W, K comparable] struct {
	*testing.T
	*Result[W, K]
	walks map[family.Cube]*walk[W, K] // by design
}

// compare searches a family in both ways and reports every difference.
func compare[W, K comparable](t *testing.T, newSystem func() System[W, K], o Options) *Result[W, K] {
	t.Helper()
	j := judge[W, K]{t, complete(t, newSystem, o), map[family.Cube]*walk[W, K]{}}
	for d := range o.Algebra.Designs(j.Scope) {
		j.walks[d] = walkAll(newSystem(), answers(o.Algebra.Space(), d))
	}
	j.counts()
	j.worlds()
	for bit := range 64 {
		if j.mark(bit); j.Seen>>bit&1 == 1 {
			j.explain(bit)
		}
	}
	j.livelock()
	return j.Result
}

func (j judge[W, K]) counts() {
	j.Helper()
	var pairs, most, sum, kinds uint64
	depth := 0
	worlds := map[K]bool{}
	for _, w := range j.walks {
		pairs += uint64(len(w.distance))
		sum += w.transitions
		most = max(most, w.transitions)
		depth = max(depth, w.depth())
		for k := range w.distance {
			worlds[k] = true
		}
	}
	for _, n := range j.Kinds {
		kinds += n
	}
	if j.Worlds != uint64(len(worlds)) || j.Pairs != pairs || j.Depth != depth {
		j.Errorf("got %d worlds, %d pairs, depth %d; want %d, %d, %d", j.Worlds, j.Pairs, j.Depth, len(worlds), pairs, depth)
	}
	if j.Transitions < most || j.Transitions > sum || j.Transitions != kinds {
		j.Errorf("got %d transitions, %d by kind; want from %d, of one design, to %d, of all", j.Transitions, kinds, most, sum)
	}
}

// worlds checks which designs reach which worlds, in how many steps.
func (j judge[W, K]) worlds() {
	j.Helper()
	for n := range j.store.worlds.n {
		w := j.store.worlds.at(n)
		for d, plain := range j.walks {
			want, reaches := plain.distance[w.key]
			if j.algebra.Includes(w.visited, d) != reaches {
				j.Errorf("world %v, %s: want reached %v", w.key, j.algebra.Space().Format(d), reaches)
			} else if reaches {
				if got := len(firstTraceTo(j.system, j.algebra.Space(), d, w.key).Steps); got != want {
					j.Errorf("world %v, %s: trace of %d steps, want %d", w.key, j.algebra.Space().Format(d), got, want)
				}
			}
		}
	}
}

// mark checks who sees a mark, and how early.
func (j judge[W, K]) mark(bit int) {
	j.Helper()
	a := j.algebra
	seen := family.None
	for d, plain := range j.walks {
		if plain.steps[bit] < 0 {
			continue
		}
		seen = a.Union(seen, a.Cube(d))
		trace, of, ok := j.Shortest(bit, a.Cube(d))
		if !ok || of != d || len(trace.Steps) != plain.steps[bit] {
			j.Errorf("mark %d, %s: got %v (found: %v), want %d steps", bit, a.Space().Format(d), trace, ok, plain.steps[bit])
		}
	}
	apart := family.None
	for _, n := range j.Nearest(bit) {
		if n.Designs == family.None || a.Intersect(n.Designs, apart) != family.None {
			j.Errorf("mark %d: a sighting that is the first for none or not all of %s", bit, formula(a, n.Designs))
		}
		for d, plain := range j.walks {
			if a.Includes(n.Designs, d) != (plain.steps[bit] == n.Steps) {
				j.Errorf("mark %d, %s: want %d steps, and it is among those of %d, or it is the other way round", bit, a.Space().Format(d), plain.steps[bit], n.Steps)
			}
		}
		apart = a.Union(apart, n.Designs)
	}
	if apart != j.Marked(bit) {
		j.Errorf("mark %d: sightings by %s", bit, formula(a, apart))
	}
	if got := j.Marked(bit); got != seen {
		j.Errorf("mark %d: got %s, want %s", bit, formula(a, got), formula(a, seen))
	}
	if j.Seen>>bit&1 == 1 != (seen != family.None) {
		j.Errorf("mark %d: not in Seen %b, or should not be", bit, j.Seen)
	}
}

// explain checks the traces of each term of a mark's formula.
func (j judge[W, K]) explain(bit int) {
	j.Helper()
	a := j.algebra
	cover := a.Cover(j.Marked(bit))
	terms := j.Explain(bit, cover)
	if len(terms) != len(cover.Terms) {
		j.Fatalf("mark %d: got %d terms, want %d", bit, len(terms), len(cover.Terms))
	}
	for i, term := range terms {
		if term.Cube != cover.Terms[i] {
			j.Errorf("mark %d: term %d is %s", bit, i, a.Space().Format(term.Cube))
		}
		shown, before := family.None, j.nearest(bit, term.Cube)
		for n, f := range term.Witnesses {
			if n == 0 && len(f.Trace.Steps) != before {
				j.Errorf("mark %d, %s: the first of %d steps, want %d", bit, a.Space().Format(term.Cube), len(f.Trace.Steps), before)
			}
			if len(f.Trace.Steps) < before {
				j.Errorf("mark %d, %s: witness %d is shorter than the one before", bit, a.Space().Format(term.Cube), n)
			}
			before = len(f.Trace.Steps)
			if a.Restrict(a.Minus(a.Cube(f.Term), shown), term.Cube) == family.None {
				j.Errorf("mark %d, %s: witness %d adds nothing", bit, a.Space().Format(term.Cube), n)
			}
			shown = a.Union(shown, a.Cube(f.Term))
			j.replay(bit, f)
		}
		if !a.Includes(shown, term.Cube) {
			j.Errorf("mark %d, %s: witnesses for %s alone", bit, a.Space().Format(term.Cube), formula(a, shown))
		}
	}
}

// nearest returns the least steps to a mark among the designs of a cube.
func (j judge[W, K]) nearest(bit int, c family.Cube) int {
	least := -1
	for d := range j.algebra.Designs(j.algebra.Cube(c)) {
		if n := j.walks[d].steps[bit]; least < 0 || n < least {
			least = n
		}
	}
	return least
}

// replay checks that a trace shows its mark for the designs of its term, and that Replay knows all designs for which it
// does.
func (j judge[W, K]) replay(bit int, f Witness) {
	j.Helper()
	want := family.None
	for d, plain := range j.walks {
		if _, m, ok := plain.play(f.Trace); ok && m>>bit&1 == 1 {
			want = j.algebra.Union(want, j.algebra.Cube(d))
		}
	}
	if got := j.Replay(f.Trace, bit); got != want {
		j.Errorf("mark %d, %v: replays for %s, want %s", bit, f.Trace, formula(j.algebra, got), formula(j.algebra, want))
	}
	if !j.algebra.Includes(want, f.Term) {
		j.Errorf("mark %d, %v: not shown for all of %s", bit, f.Trace, j.algebra.Space().Format(f.Term))
	}
	if j.algebra.Minus(want, j.Marked(bit)) != family.None {
		j.Errorf("mark %d, %v: shown for designs that are not marked", bit, f.Trace)
	}
}

// livelock checks who can go on with internal steps forever, and that the trace leads there.
func (j judge[W, K]) livelock() {
	j.Helper()
	want, led := family.None, false
	l := j.Livelock(context.Background())
	for d, plain := range j.walks {
		forever := plain.forever()
		if len(forever) == 0 {
			continue
		}
		want = j.algebra.Union(want, j.algebra.Cube(d))
		if w, _, ok := plain.play(l.Trace); ok && forever[plain.system.Pack(&w)] {
			led = true
		}
	}
	if l.Stopped != nil || l.Set != want {
		j.Errorf("livelock: got %s (%v), want %s", formula(j.algebra, l.Set), l.Stopped, formula(j.algebra, want))
	}
	if led != (want != family.None) {
		j.Errorf("livelock: for no design does %v lead to a world where internal steps go on forever", l.Trace)
	}
}

func TestOracleOnExercises(t *testing.T) {
	for _, e := range exercises {
		t.Run(e.name, func(t *testing.T) { compare(t, e.toy.new, e.prepare(t)) })
	}
}
