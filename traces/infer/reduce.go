package infer

import "cosw/model"

// This file keeps long recordings from costing what the orders of their messages would: where the next line of a party is
// a message that it posts or receives, and nothing else can happen until that line was taken but other messages, it is
// taken at once. Connections meet in the life of the worker only, and messages of one connection in a queue, at whose two
// ends posting and receiving commute. So every way to explain everything has one like it in which that step comes
// first, and which ends in the same world: the step is a persistent set of its own (P. Godefroid, "Partial-Order Methods
// for the Verification of Concurrent Systems", LNCS 1032, 1996). TestReduction compares with the search without it.
//
// Nothing else can happen means: no other party has a line that is not of a message and may come before, and no instance
// is about to be stopped. That keeps the argument short. It asks for more than it has to, perhaps: no recording is known of
// which the result would be another one without these two conditions.

// first returns a step that can be taken before all others, a reception if there is one: it makes room.
func (s *system) first(w *world) (model.Step, bool) {
	if s.stopping(w) {
		return model.Step{}, false
	}
	var found model.Step
	ok := false
	for lane := range browserLane {
		l := s.next(&w.at, lane)
		if l == nil || !l.fact.traffic() || w.slot[l.conn-1] == 0 || !l.ready(&w.at) || !s.free(w, l) {
			continue
		}
		st, certain := s.message(w, l)
		switch {
		case !certain:
		case l.fact == receives:
			return st, true
		case !ok:
			found, ok = st, true
		}
	}
	return found, ok
}

// stopping tells whether an instance may be stopped at any moment.
func (s *system) stopping(w *world) bool {
	return int(w.stops) < len(s.stops) && int(w.at[browserLane]) > s.stops[w.stops].begin
}

// free tells whether all lines of other parties that are not of messages certainly come after l.
func (s *system) free(w *world, l *line) bool {
	for lane := range s.lanes {
		if lane == l.lane {
			continue
		}
		for _, other := range s.lanes[lane][w.at[lane]:] {
			if int(other.need[l.lane]) > l.place {
				break // and so do all that follow
			}
			if !other.fact.traffic() {
				return false
			}
		}
	}
	return true
}

// message returns the step of a line that posts or receives. It reports false where that step depends on more than the
// queue: it is not enabled, there is no room, or a question has to be asked.
func (s *system) message(w *world, l *line) (model.Step, bool) {
	n := w.slot[l.conn-1]
	c := &w.model.Connections[n-1]
	if l.lane < versionLane {
		page := uint8(l.lane - pageLane + 1)
		if c.Holder != page || w.told[n-1] != 0 {
			return model.Step{}, false
		}
		if l.fact == posts {
			return model.Step{Kind: model.PagePosts, Page: page, Connection: n}, c.ToWorker.Length < model.MaxMessages
		}
		return model.Step{Kind: model.PageReceives, Page: page, Connection: n}, waits(&c.ToPage, l)
	}
	reg := &w.model.Registration
	if l.lane != versionLane+int(reg.Active)-1 || !reg.Running || reg.Activating || c.Phase != model.Up || !c.Object {
		return model.Step{}, false
	}
	if l.fact == posts {
		return model.Step{Kind: model.WorkerPosts, Connection: n}, c.ToPage.Length < model.MaxMessages
	}
	return model.Step{Kind: model.WorkerReceives, Connection: n}, w.broke == 0 && !s.mayBreakOff(w, l) && waits(&c.ToWorker, l)
}

// waits tells whether the message of l is the next one in a queue.
func waits(q *model.MessageQueue, l *line) bool {
	return q.Length > 0 && !q.At(0).Stranger && q.At(0).Number == uint8(l.ordinal)
}
