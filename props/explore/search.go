package explore

import (
	"context"
	"errors"
	"math/bits"
	"runtime"
	"time"
	"unsafe"

	"cosw/model/family"
)

// Options say what to search and when to stop.
type Options struct {
	Algebra  *family.Algebra // of the questions that the system asks
	Scope    family.Cube     // the designs to search: a partial design
	Premises Marks           // marks that only have to be seen once: their sets mean nothing
	Limits   Limits
	Workers  int // goroutines that expand worlds, 0: one a core

	// Progress, if set, is called now and then, by the goroutine that called Search.
	Progress func(Progress)
}

// Limits end a search early. Zero is no limit.
type Limits struct {
	Worlds uint64 // counts as reached even if there are no more
	Bytes  uint64 // that the search stores, sets included
	Time   time.Duration
}

// Reasons why a search did not finish, as in Result.Stopped.
var (
	ErrWorlds      = errors.New("the limit of worlds was reached")
	ErrMemory      = errors.New("the limit of memory was reached")
	ErrTime        = errors.New("the limit of time was reached")
	ErrInterrupted = errors.New("it was interrupted")
)

// Progress is how far a search has come.
type Progress struct {
	Depth       int    // steps from the initial worlds to the frontier
	Worlds      uint64 // found so far
	Frontier    uint64 // of these, not expanded yet
	Transitions uint64
	Bytes       uint64
	Elapsed     time.Duration
}

// Result is what a search found.
type Result[W, K comparable] struct {
	Scope       family.Set
	Stopped     error // nil: the search is complete; otherwise why it is not
	Depth       int   // steps on the longest of all shortest paths
	Worlds      uint64
	Transitions uint64 // steps by what they lead to: answers that make no difference, and together are a cube, count once; see also Overlooker
	Pairs       uint64 // of a design and a world that it reaches; without those of the last frontier if stopped
	Bytes       uint64
	Kinds       [64]uint64 // transitions by System.Kind
	Seen        Marks      // everything that was marked
	Asked       []int      // the questions that decided how some step went on, in their order

	algebra *family.Algebra
	system  System[W, K]
	store   *store[K]
	marked  [64]mark
	owed    blocks[edge] // the internal steps, those from one world in a row for each time that it was expanded
}

// mark is what is known about one bit of Marks.
type mark struct {
	set     family.Set // the designs under which it was seen
	nearest []Sighted  // the shortest come first
}

// Sighted are the designs whose shortest traces to a mark have that many steps.
type Sighted struct {
	Steps   int
	Designs family.Set
}

// edge is an internal step from a world to another, or to itself.
type edge struct{ from, to uint32 }

// Search explores everything that the designs of the scope can reach in a system. newSystem makes a system for each
// goroutine at work. When ctx ends, so does the search, with what it has found by then. It panics if the scope has no
// design: nothing would be searched, and everything would seem to hold.
func Search[W, K comparable](ctx context.Context, newSystem func() System[W, K], o Options) *Result[W, K] {
	if o.Algebra.Space().IsEmpty(o.Scope) {
		panic("explore: there is no design in the scope")
	}
	s := newSearch(newSystem, o)
	stop := s.startWorkers(newSystem)
	defer stop()
	s.begin()
	for len(s.frontier) > 0 && s.Stopped == nil {
		s.level(ctx)
	}
	s.Bytes = s.bytes()
	for q := range o.Algebra.Space().Len() {
		if o.Algebra.Space().Bits(s.asked, q) != 0 {
			s.Asked = append(s.Asked, q)
		}
	}
	s.report()
	return s.Result
}

// search is a search in progress: the merger and what it shares with the workers.
type search[W, K comparable] struct {
	*Result[W, K]
	options  Options
	started  time.Time
	reported time.Time

	frontier []item[K]
	next     []item[K]
	merged   int         // items of the frontier that are merged
	asked    family.Cube // has answers of exactly the questions that decided how some step went on
	jobs     chan *chunk[K]
	idle     []*chunk[K]
}

func newSearch[W, K comparable](newSystem func() System[W, K], o Options) *search[W, K] {
	system := newSystem()
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	now := time.Now()
	return &search[W, K]{
		Result: &Result[W, K]{
			Scope:   o.Algebra.Cube(o.Scope),
			algebra: o.Algebra,
			system:  system,
			store:   newStore(system.Hash),
		},
		options: o, started: now, reported: now,
		jobs: make(chan *chunk[K], 8*o.Workers),
	}
}

// startWorkers starts the workers and returns a function that ends them.
func (s *search[W, K]) startWorkers(newSystem func() System[W, K]) (stop func()) {
	for range s.options.Workers {
		w := newWorker(newSystem(), s.algebra.Space())
		go func() {
			for c := range s.jobs {
				w.expandAll(c)
				c.done <- struct{}{}
			}
		}()
	}
	for range cap(s.jobs) {
		s.idle = append(s.idle, &chunk[K]{done: make(chan struct{}, 1)})
	}
	return func() { close(s.jobs) }
}

// begin puts the initial worlds into the frontier.
func (s *search[W, K]) begin() {
	for _, w := range s.system.Initial() {
		k := s.system.Pack(&w)
		s.arrive(k, s.store.find(k, s.system.Hash(k)), s.Scope)
	}
	s.advance()
}

// advance makes the worlds that were found last the frontier.
func (s *search[W, K]) advance() {
	s.frontier, s.next = s.next, s.frontier[:0]
	s.merged = 0
	for i := range s.frontier {
		it := &s.frontier[i]
		it.hull = s.algebra.Hull(it.set)
		s.store.worlds.at(it.world).slot = 0
		s.Pairs += s.algebra.CountAll(it.set)
	}
}

// level expands and merges the whole frontier chunk by chunk, with several chunks at the workers at once.
func (s *search[W, K]) level(ctx context.Context) {
	var underway []*chunk[K]
	known := s.known()
	for sent := 0; s.merged < len(s.frontier) && s.Stopped == nil; {
		for len(s.idle) > 0 && sent < len(s.frontier) {
			c := s.idle[len(s.idle)-1]
			s.idle = s.idle[:len(s.idle)-1]
			end := min(sent+chunkSize, len(s.frontier))
			c.items, c.overlook, sent = s.frontier[sent:end], known, end
			s.jobs <- c
			underway = append(underway, c)
		}
		c := underway[0]
		underway = underway[1:]
		<-c.done
		s.merge(c)
		s.idle = append(s.idle, c)
		s.Stopped = s.limit(ctx)
	}
	for _, c := range underway { // left over when a limit ends the search
		<-c.done
		s.idle = append(s.idle, c)
	}
	if s.Stopped == nil {
		if s.advance(); len(s.frontier) > 0 {
			s.Depth++
		}
	}
}

// known returns the marks about which nothing is left to learn: premises that were seen, and what every design of the scope shows.
func (s *search[W, K]) known() Marks {
	known := s.Seen & s.options.Premises
	for b := range s.marked {
		if s.marked[b].set == s.Scope {
			known |= 1 << b
		}
	}
	return known
}

// warmed is how many items are read ahead for at a time: enough to wait for memory rarely, few enough for the first still to be there.
const warmed = 8

// merge takes over what a worker found. Chunks are merged in the order of the frontier.
func (s *search[W, K]) merge(c *chunk[K]) {
	for i := range c.items {
		if i%warmed == 0 {
			last := min(i+warmed, len(c.items)) - 1
			s.store.warm(c.transitions[c.start(i).transitions:c.ends[last].transitions])
		}
		s.mergeOne(&c.items[i], c.of(i))
	}
	s.merged += len(c.items)
}

func (s *search[W, K]) mergeOne(it *item[K], f expansion[K]) {
	for i := range f.always {
		s.mark(f.always[i].marks, s.restrict(it, f.always[i].cube), s.Depth)
	}
	if len(f.quiescent) > 0 {
		quiet := it.set
		for _, cube := range f.busy {
			quiet = s.algebra.Minus(quiet, s.restrict(it, cube))
		}
		for i := range f.quiescent {
			s.mark(f.quiescent[i].marks, s.algebra.Restrict(quiet, f.quiescent[i].cube), s.Depth)
		}
	}
	s.locate(it, f.transitions)
	owed := edge{done, done} // that was added last: a step often leads to one world under the designs of several cubes
	for i := range f.transitions {
		t := &f.transitions[i]
		if t.set == family.None {
			continue
		}
		s.Transitions++
		s.asked = s.asked.Or(it.hull.Without(t.cube))
		s.Kinds[s.system.Kind(t.step)]++
		s.mark(t.marks, t.set, s.Depth+1)
		if e := (edge{it.world, t.world}); e != owed && s.system.Internal(t.step) {
			s.owed.add(e)
			owed = e
		}
		if t.world != it.world {
			s.arrive(t.key, t.world, t.set)
		}
	}
}

// locate finds under which designs of an item its transitions are taken, and the worlds that they lead to. A set is None
// where a step is taken only under designs that are in the hull of the item but not in its set.
func (s *search[W, K]) locate(it *item[K], transitions []transition[K]) {
	for i := range transitions {
		t := &transitions[i]
		t.read = s.algebra.WarmRestrict(it.set, t.cube)
	}
	for i := range transitions {
		t := &transitions[i]
		if t.set = s.restrict(it, t.cube); t.set != family.None {
			t.world = s.store.find(t.key, t.hash)
		}
	}
	for i := range transitions { // what arrive will ask
		if t := &transitions[i]; t.set != family.None {
			t.read = s.algebra.WarmMinus(t.set, s.store.worlds.at(t.world).visited)
		}
	}
}

// restrict returns the designs of an item that are in a cube.
func (s *search[W, K]) restrict(it *item[K], c family.Cube) family.Set {
	if c == it.hull {
		return it.set
	}
	return s.algebra.Restrict(it.set, c)
}

// mark records that every bit of marks was seen under the designs of set, after so many steps.
func (s *search[W, K]) mark(marks Marks, set family.Set, steps int) {
	if set == family.None {
		return
	}
	marks &^= s.Seen & s.options.Premises
	s.Seen |= marks
	for ; marks != 0; marks &= marks - 1 {
		m := &s.marked[trailing(marks)]
		fresh := s.algebra.Minus(set, m.set)
		if fresh == family.None {
			continue
		}
		m.set = s.algebra.Union(m.set, fresh)
		if last := len(m.nearest) - 1; last >= 0 && m.nearest[last].Steps == steps {
			m.nearest[last].Designs = s.algebra.Union(m.nearest[last].Designs, fresh)
		} else {
			m.nearest = append(m.nearest, Sighted{steps, fresh})
		}
	}
}

// arrive notes that the designs of set reach world n, of that key, and puts it into the next frontier for those designs
// that are new to it.
func (s *search[W, K]) arrive(key K, n uint32, set family.Set) {
	w := s.store.worlds.at(n)
	if set = s.algebra.Minus(set, w.visited); set == family.None {
		return
	}
	w.visited = s.algebra.Union(w.visited, set)
	if w.slot == 0 {
		s.next = append(s.next, item[K]{key: key, world: n, set: set})
		w.slot = uint32(len(s.next))
		return
	}
	it := &s.next[w.slot-1]
	it.set = s.algebra.Union(it.set, set)
}

// limit returns why the search has to stop now, or nil, and reports progress.
func (s *search[W, K]) limit(ctx context.Context) error {
	s.Worlds = uint64(s.store.worlds.n)
	now := time.Now()
	if s.options.Progress != nil && now.Sub(s.reported) >= 200*time.Millisecond {
		s.reported = now
		s.report()
	}
	l := s.options.Limits
	switch {
	case ctx.Err() != nil:
		return ErrInterrupted
	case l.Worlds > 0 && s.Worlds >= l.Worlds:
		return ErrWorlds
	case l.Bytes > 0 && s.bytes() >= l.Bytes:
		return ErrMemory
	case l.Time > 0 && now.Sub(s.started) >= l.Time:
		return ErrTime
	}
	return nil
}

func (s *search[W, K]) report() {
	if s.options.Progress == nil {
		return
	}
	s.options.Progress(Progress{
		Depth: s.Depth, Worlds: s.Worlds, Transitions: s.Transitions, Bytes: s.bytes(),
		Frontier: uint64(len(s.frontier) - s.merged + len(s.next)), Elapsed: time.Since(s.started),
	})
}

// bytes returns how much memory the search takes at present.
func (s *search[W, K]) bytes() uint64 {
	items := uint64(cap(s.frontier) + cap(s.next))
	return s.store.bytes() + s.owed.bytes() + s.algebra.Bytes() + items*uint64(unsafe.Sizeof(item[K]{}))
}

func trailing(m Marks) int { return bits.TrailingZeros64(uint64(m)) }
