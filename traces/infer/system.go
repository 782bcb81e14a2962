package infer

import (
	"hash/maphash"

	"cosw/model"
	"cosw/props/explore"
)

// This file restricts the model to behaviours that look like what was observed, as a system for the family search. Its worlds
// are those of the model together with how far each lane was read. A step of the model that somebody would have recorded can
// only be taken together with its line.

// world is a world of the model and what was seen on the way to it.
type world struct {
	model      model.World
	at         [lanes]uint16                  // lines that were taken, by lane
	slot       [model.MaxConnections]uint8    // the number in the model of each connection of the recording; 0: not requested yet
	told       [model.MaxConnections]fact     // by number in the model: how a promise is settled that the page did not see yet
	inHole     [lanes]uint8                   // steps since the last line of a lane that stand in lines that were lost
	unrecorded [model.MaxConnections][2]uint8 // by connection of the recording: messages that were posted without a record
	stops      uint8                          // ends of instances that were taken
	broke      uint8                          // by number in the model: the connection of a message that the instance got and will be killed over; or 0
	dead       bool                           // something was owed that nobody recorded: nothing goes on from here
}

// The marks of the search. The higher ones tell how many lines are explained, see system.Judge.
const (
	markExplained = iota // everything is explained
	markOwed             // all lines are, but something more was owed
	markUnseen           // all lines are and nothing is owed, but a page did not see that its promise was settled
	markFull             // a message more than a queue can hold
	markReached          // and the following: so many lines, see system.reached
)

const buckets = 64 - markReached

// inLostLine in [model.Step.To], which no recording needs, says that a step stands in a line that was lost.
const inLostLine = 1

// Kinds of steps beside those of the model: nothing happens in the model, and a line is read.
const (
	sees        = 56 + iota // a page sees that its promise is settled
	passes                  // the time in which an instance may be stopped begins or is over
	breaksOff               // an instance receives a message, and is killed before it has handled it
	tries                   // something cannot be done; the page is 1 + the lane of the one who tries
	bootsElse               // the worker is started for something other than a connection
	failsElse               // it is to be started for something else, and cannot be
	sleeps                  // a page is frozen, and that cuts nothing
	postsInVain             // a page posts on a request that came to nothing, which it does not know
)

// onlyReads tells whether a step is none of the model's and only takes a line.
func onlyReads(kind model.Kind) bool {
	switch kind {
	case sees, passes, breaksOff, tries, bootsElse, failsElse, sleeps, postsInVain:
		return true
	}
	return false
}

// system is the model restricted to some evidence.
type system struct {
	*evidence
	options Options
	model   *model.Model
	plain   bool // without the reduction, see reduce.go
	kills   int  // how many of the first stops there are up to the last one that may be a kill
	window  [2]int

	lost    bool // a step stands in a line that was lost
	posting int  // which message of its connection and direction a step posts, 0: one that nobody recorded to receive
	asking  explore.Ask
	ask     model.Ask
	events  []model.Event
	steps   []model.Step
}

// newSystem returns the system for some evidence. It tells apart how many lines are explained from low to below high.
func newSystem(e *evidence, o Options, low, high int) *system {
	m, err := model.New(e.bounds)
	if err != nil {
		panic("infer: evidence with invalid bounds: " + err.Error())
	}
	s := &system{evidence: e, options: o, model: m, plain: o.plain || e.lossy, window: [2]int{low, high}}
	s.ask = func(q model.Question) model.Answer { return q.Answer(s.asking(int(q))) }
	for i := range s.stops {
		if s.mayKill(&s.stops[i]) {
			s.kills = i + 1
		}
	}
	return s
}

// mayKill tells whether a stop may come while the worker is at work.
func (s *system) mayKill(stop *stop) bool {
	return stop.killed || stop.either || stop.pending || s.options.Stop != Suspensions
}

func (s *system) Initial() []world {
	all := s.model.Initial()
	worlds := make([]world, len(s.initial))
	for i, n := range s.initial {
		worlds[i].model = all[n]
		s.boundFaults(&worlds[i])
	}
	return worlds
}

func (s *system) Pack(w *world) world  { return *w }
func (s *system) Unpack(w world) world { return w }

// seed spreads worlds; where they are found does not depend on it.
var seed = maphash.MakeSeed()

func (s *system) Hash(w world) uint64 { return maphash.Comparable(seed, w) }

func label(s model.Step) explore.Step { return explore.Step(s.Code()) }

func step(s explore.Step) model.Step { return model.StepOf(uint32(s)) }

func (s *system) Kind(st explore.Step) int { return int(step(st).Kind) }

// Internal tells whether a step is owed. Those that only take a line are not: where one is left, so are lines.
func (s *system) Internal(st explore.Step) bool {
	kind := step(st).Kind
	return !onlyReads(kind) && kind.Internal()
}

// final tells whether every line was taken.
func (s *system) final(w *world) bool {
	for lane := range s.lanes {
		if int(w.at[lane]) < len(s.lanes[lane]) {
			return false
		}
	}
	return true
}

// Take takes a step with the line that tells of it. At the end, a step that is owed but that nobody recorded is enabled as
// well, unless it may still have come: it leads nowhere, and keeps the world from being quiescent.
func (s *system) Take(w *world, st explore.Step, ask explore.Ask) (explore.Marks, bool) {
	if w.dead {
		return 0, false
	}
	taken := step(st)
	s.lost, taken.To = taken.To == inLostLine, 0
	switch taken.Kind {
	case sees:
		return 0, s.see(w, taken)
	case passes:
		return 0, s.pass(w)
	case tries:
		s.asking = ask
		return 0, s.try(w, taken)
	case breaksOff:
		s.asking = ask
		return 0, s.breakOff(w, taken)
	case bootsElse, failsElse:
		s.asking = ask
		return 0, s.startElse(w, taken.Kind)
	case postsInVain:
		s.asking = ask
		return 0, s.postInVain(w, taken)
	case sleeps:
		s.asking = ask
		return 0, s.sleep(w, taken)
	}
	s.asking = ask
	next := w.model
	events, ok := s.model.Take(&next, taken, s.ask, s.events[:0])
	s.events = events
	if !ok {
		return 0, false
	}
	after := *w
	after.model = next
	if s.match(w, &after, taken, events) {
		s.settle(&after, events)
		*w = after
		return 0, true
	}
	if taken.Kind.Internal() && s.final(w) && !s.waived(w, taken) {
		*w = world{dead: true}
		return 1 << markOwed, true
	}
	return 0, false
}

// Judge marks how many lines are explained: all up to the first in the file that was not taken yet.
func (s *system) Judge(w *world, _ explore.Ask) explore.Marks {
	if w.dead {
		return 0
	}
	var marks explore.Marks
	if b := s.reached(s.progress(w)); b >= 0 {
		marks |= 1 << (markReached + b)
	}
	if s.overflows(w) {
		marks |= 1 << markFull
	}
	if s.options.Breaks && s.final(w) {
		marks |= 1 << markExplained
	}
	return marks
}

// JudgeQuiescent marks that everything is explained: no line is left, and nothing more is owed.
func (s *system) JudgeQuiescent(w *world, _ explore.Ask) explore.Marks {
	switch {
	case w.dead || !s.final(w) || s.options.Breaks:
		return 0
	case s.unseen(w):
		return 1 << markUnseen
	}
	return 1 << markExplained
}

// unseen tells whether a page did not see that its promise was settled.
func (s *system) unseen(w *world) bool {
	for n, o := range w.told {
		if o != 0 && !s.mayCome(w, uint8(n+1)) {
			return true
		}
	}
	return false
}

// progress returns how many lines are explained, in the order of the file, without a gap.
func (s *system) progress(w *world) int {
	first := len(s.lines)
	for lane := range s.lanes {
		if l := s.next(&w.at, lane); l != nil {
			first = min(first, l.first)
		}
	}
	return first
}

// reached returns the bucket for so many lines, or -1 below the window that is looked at.
func (s *system) reached(lines int) int {
	low, high := s.window[0], s.window[1]
	if lines < low {
		return -1
	}
	return (min(lines, high-1) - low) / s.width()
}

// width returns how many numbers of lines share a bucket.
func (s *system) width() int {
	return max(1, (s.window[1]-s.window[0]+buckets-1)/buckets)
}
