package infer

import (
	"slices"

	"cosw/model"
)

// This file says which steps the next lines allow.

// match tells whether the lines allow a step from w, which led to after with those events. It takes the line that tells of
// it.
func (s *system) match(w, after *world, st model.Step, events []model.Event) bool {
	o := &observations[st.Kind]
	if o.only != 0 && events[0].Kind != o.only {
		return true
	}
	if st.Kind == model.PagePosts && s.awaits(w, st.Connection) && (s.isVain(w, st.Connection) || s.ask(model.Pipeline) != model.Yes) {
		return false
	}
	switch st.Kind {
	case model.SuspendWorker, model.KillWorker, model.KillHandling:
		return s.matchStop(w, after, st)
	case model.WorkerReceives, model.WorkerLearns, model.Activate, model.Clear:
		if w.broke != 0 {
			return false // it is killed first
		}
	}
	if s.lost {
		return s.fitsHole(w, st, s.laneOf(w, st)) && s.hide(w, after, st)
	}
	l := s.lineOf(w, st)
	if l == nil || !s.concerns(l, &w.model.Registration, &after.model.Registration) {
		return o.hidden != nil && o.hidden(s, w, st) && s.hide(w, after, st)
	}
	if !s.same(l, events) || !s.take(w, after, l) {
		return false
	}
	if s.posting = 0; l.fact == posts {
		s.posting = l.ordinal
	}
	switch st.Kind {
	case model.Clear:
		return s.matchClear(l, w, after)
	case model.PageCloses, model.WorkerCloses:
		return s.matchClose(l, events)
	case model.PageConnects:
		after.slot[l.conn-1] = st.Connection
	case model.PageLeaves:
		for i, c := range s.conns {
			if c.page == st.Page && w.slot[i] != 0 {
				after.told[w.slot[i]-1] = 0
			}
		}
	}
	return true
}

// hide takes a step without a line that tells of it.
func (s *system) hide(w, after *world, st model.Step) bool {
	if s.lost {
		after.inHole[s.laneOf(w, st)]++
	}
	switch st.Kind {
	case model.PageConnects:
		after.slot[s.lostRequest(w, st.Page)] = st.Connection
	case model.PagePosts, model.WorkerPosts:
		c, direction := s.connOf(w, st.Connection), toWorker
		if st.Kind == model.WorkerPosts {
			direction = toPage
		}
		s.posting = s.unposted(w, c, direction)
		after.unrecorded[c][direction]++
	}
	return true
}

// fitsHole tells whether a step may stand in a line of a lane that was lost.
func (s *system) fitsHole(w *world, st model.Step, lane int) bool {
	if lane < 0 || lane >= browserLane || int(w.inHole[lane]) >= s.holes[lane][int(w.at[lane])] {
		return false
	}
	switch st.Kind {
	case model.PageConnects:
		return s.lostRequest(w, st.Page) >= 0
	case model.PagePosts:
		return s.worthPosting(w, st.Connection, toWorker)
	case model.WorkerPosts:
		return s.worthPosting(w, st.Connection, toPage)
	case model.PageReceives:
		return w.model.Connections[st.Connection-1].ToPage.At(0).Stranger
	case model.WorkerReceives:
		return w.model.Connections[st.Connection-1].ToWorker.At(0).Stranger
	}
	return true
}

// lostRequest returns the first connection that a page is yet to ask for in a line that was lost, or -1.
func (s *system) lostRequest(w *world, page uint8) int {
	for i, c := range s.conns {
		if c.lost && c.page == page && w.slot[i] == 0 {
			return i
		}
	}
	return -1
}

// unposted returns the next message that arrives although nobody recorded to post it, or 0.
func (s *system) unposted(w *world, c, direction int) int {
	all, done := s.conns[c].unposted[direction], int(w.unrecorded[c][direction])
	if done < len(all) {
		return all[done]
	}
	return 0
}

// worthPosting tells whether a message that nobody recorded to post may make a difference: somebody received it, or it is the
// first one that waits in vain.
func (s *system) worthPosting(w *world, n uint8, direction int) bool {
	c := s.connOf(w, n)
	return c >= 0 && int(w.unrecorded[c][direction]) <= len(s.conns[c].unposted[direction])
}

// awaits tells whether a page does not know yet what became of a request, although that is settled: it did not see it, or
// it never will.
func (s *system) awaits(w *world, n uint8) bool { return w.told[n-1] != 0 || s.isVain(w, n) }

// isVain tells whether that request came to nothing, so that it is no step either if the page posts without waiting for it.
func (s *system) isVain(w *world, n uint8) bool {
	c := &w.model.Connections[n-1]
	return w.told[n-1] == isRejected || c.Phase == model.Down && c.Pending
}

// take takes a line, if it can come next.
func (s *system) take(w, after *world, l *line) bool {
	if !l.ready(&w.at) {
		return false
	}
	after.at[l.lane]++
	after.inHole[l.lane] = 0
	return true
}

// nextOf returns the next line of the active version, or nil.
func (s *system) nextOf(w *world) *line {
	if w.model.Registration.Active == 0 {
		return nil
	}
	return s.next(&w.at, versionLane+int(w.model.Registration.Active)-1)
}

// When a step may be hidden, see observations.

func (s *system) isAlways(*world, model.Step) bool { return true }

// listensLate tells whether a page may start to listen: there is no such step with listens=at-once.
func (s *system) listensLate(*world, model.Step) bool { return s.options.late }

func (s *system) isIncomplete(*world, model.Step) bool { return !s.complete() }

func (s *system) clientsUnseen(*world, model.Step) bool { return !s.complete() && s.needsClients }

func (s *system) clearsUnseen(*world, model.Step) bool { return !s.complete() && s.clears }

// stopsLater tells whether an instance is yet to be stopped.
func (s *system) stopsLater(w *world, _ model.Step) bool { return int(w.stops) < len(s.stops) }

// inGap tells whether a party that ends may do something after its last line without recording it. It may post a message
// that somebody received; a page also one that nobody ever receives, which keeps the notice behind it from the worker, and
// for which the worker may start. One such message is as good as many. An instance may receive what nobody recorded to
// receive, and learn that a page is gone, so that no later instance is told, unless it was idle then. What a page learns before
// it is gone makes no difference. More than that would lead nowhere, as later lines count on the messages.
func (s *system) inGap(w *world, st model.Step) bool {
	if s.complete() {
		return false
	}
	lane := pageLane + int(st.Page) - 1
	if st.Page == 0 {
		lane = versionLane + int(w.model.Registration.Active) - 1
	}
	if !s.isOver(w, lane) {
		return false
	}
	c := &w.model.Connections[st.Connection-1]
	switch st.Kind {
	case model.PagePosts:
		return s.worthPosting(w, st.Connection, toWorker)
	case model.WorkerPosts:
		return s.worthPosting(w, st.Connection, toPage) && s.unposted(w, s.connOf(w, st.Connection), toPage) != 0
	case model.WorkerReceives:
		return c.ToWorker.At(0).Stranger && s.mayBeMissing(w, st).message
	case model.WorkerLearns:
		return s.mayBeMissing(w, st).notice
	}
	return false
}

// askedAtTheEnd tells whether an instance that is killed may have got a connect event in a line that went with it.
func (s *system) askedAtTheEnd(w *world, _ model.Step) bool {
	i := s.stopOf(w)
	return !s.complete() && i >= 0 && s.stops[i].pending && s.isOver(w, versionLane+int(w.model.Registration.Active)-1)
}

// isOver tells whether the page or running instance of a lane ends, and all lines of it were taken. An instance that runs
// out ends only if it is stopped.
func (s *system) isOver(w *world, lane int) bool {
	if lane >= versionLane && w.model.Registration.Status == model.RunningOut && s.stopOf(w) < 0 {
		return false
	}
	at := int(w.at[lane])
	for i, last := range s.last[lane] {
		if at <= last && (at == last || i == 0 || at > s.last[lane][i-1]) {
			return at == last && s.ends[lane][i]
		}
	}
	return false
}

// same tells whether the message of a step is that of its line.
func (s *system) same(l *line, events []model.Event) bool {
	if l.fact != receives {
		return true
	}
	m := events[0].Message
	return m.Number == uint8(l.ordinal) && !m.Stranger
}

// connOf returns the place of a connection of the model among conns, or -1.
func (r *evidence) connOf(w *world, n uint8) int {
	for i := range r.conns {
		if w.slot[i] == n {
			return i
		}
	}
	return -1
}

// matchStop: an instance is stopped between the lines in which the browser says so. If no event is pending, it is suspended,
// unless the driver says that it is killed, or the options allow that.
func (s *system) matchStop(w, after *world, st model.Step) bool {
	i := s.stopOf(w)
	if i < 0 || w.broke != 0 && st.Kind != model.KillHandling || st.Kind == model.KillHandling && w.broke != st.Connection {
		return false
	}
	stop := s.stops[i]
	kill := stop.killed || s.options.Stop == Kills || w.model.PendingEvent()
	either := s.options.Stop == Either || stop.either && !stop.killed
	if !either && kill == (st.Kind == model.SuspendWorker) || int(w.at[browserLane]) < stop.begin {
		return false
	}
	if l := s.next(&w.at, browserLane); l != nil && l.place == stop.begin {
		if l.fact != stopsAtOnce || !s.take(w, after, l) {
			return false
		}
	}
	after.stops, after.broke = uint8(i+1), 0
	return true
}

// stopOf returns which stop that of the running instance would be, or -1. Stops that were asked for but never came about are
// passed over. All lines of the instance must have been taken.
func (s *system) stopOf(w *world) int {
	for i := int(w.stops); i < len(s.stops); i++ {
		stop := &s.stops[i]
		lane := versionLane + int(stop.version) - 1
		if stop.version == w.model.Registration.Active && int(w.at[lane]) == s.last[lane][stop.instance] {
			return i
		}
	}
	return -1
}

// concerns tells whether a line is about the version that a step from before to after changes.
func (s *system) concerns(l *line, before, after *model.Registration) bool {
	switch l.fact {
	case installing:
		return l.version == after.Installing
	case installed, fails:
		return l.version == before.Installing
	case activating:
		return l.version == after.Active
	case cleared:
		return l.version == before.Active || before.Active == 0 && l.version == before.Waiting
	}
	return true
}

// matchClear tells whether an instance may go on, or ends, when its registration is cleared. With run-out it goes on, also where
// it has no connection and the model forgets it.
func (s *system) matchClear(l *line, before, after *world) bool {
	if after.model.Registration.Status == model.RunningOut {
		return !l.ends
	}
	return l.ends || l.mayEnd || !before.model.Registration.Running || !s.complete() || s.ask(model.Unregister) == model.RunOut
}

// see takes the line in which a page sees how its promise was settled.
func (s *system) see(w *world, st model.Step) bool {
	if s.lost {
		w.inHole[pageLane+int(st.Page)-1]++
		w.told[st.Connection-1] = 0
		return true
	}
	l := s.next(&w.at, pageLane+int(st.Page)-1)
	if l == nil || l.fact != w.told[st.Connection-1] || w.slot[l.conn-1] != st.Connection || !l.ready(&w.at) {
		return false
	}
	w.at[l.lane]++
	w.inHole[l.lane] = 0
	w.told[st.Connection-1] = 0
	return true
}

// pass takes a line of the browser that says that an instance is about to stop, or that it has.
func (s *system) pass(w *world) bool {
	l := s.next(&w.at, browserLane)
	if l == nil || l.fact != stopBegins && l.fact != stopEnds && l.fact != stopsAtOnce || !l.ready(&w.at) {
		return false
	}
	over := l.fact == stopEnds && int(w.stops) > l.stop
	if s.stops[l.stop].runsOut && !w.model.Registration.Running {
		over = true // it was over before
		w.stops = max(w.stops, uint8(l.stop+1))
		s.boundFaults(w)
	}
	if l.fact != stopBegins && !over {
		return false
	}
	w.at[browserLane]++
	return true
}

// breakOff takes a line in which an instance receives a message that it does not come to handle: the message stays where it
// is until the instance is killed. Until then the instance only posts, as the event of a message is one task. What it does
// not record to receive may as well wait.
func (s *system) breakOff(w *world, st model.Step) bool {
	l := s.nextOf(w)
	if l == nil || l.fact != receives || w.slot[l.conn-1] != st.Connection || !l.ready(&w.at) || !s.mayBreakOff(w, l) {
		return false
	}
	c := &w.model.Connections[st.Connection-1]
	if !waits(&c.ToWorker, l) || !s.can(w, model.Step{Kind: model.WorkerReceives, Connection: st.Connection}) {
		return false
	}
	c.Object = true
	w.broke = st.Connection
	w.at[l.lane]++
	w.inHole[l.lane] = 0
	return true
}

// mayBreakOff tells whether an instance may be killed while it handles the message that it receives in a line.
func (s *system) mayBreakOff(w *world, l *line) bool {
	if w.broke != 0 || int(w.stops) >= s.kills {
		return false
	}
	i := slices.IndexFunc(s.stops, func(stop stop) bool {
		return versionLane+int(stop.version)-1 == l.lane && stop.instance == l.instance
	})
	if i < 0 || !s.mayKill(&s.stops[i]) {
		return false
	}
	for _, later := range s.lanes[l.lane][l.place+1 : s.last[l.lane][l.instance]] {
		if later.fact != posts {
			return false
		}
	}
	return true
}

// startElse takes a line that says that the worker starts, or fails to, although no connection needs it.
func (s *system) startElse(w *world, kind model.Kind) bool {
	reg := &w.model.Registration
	l, wanted := s.nextOf(w), boots
	if kind == failsElse {
		l, wanted = s.next(&w.at, browserLane), startFails
	}
	if l == nil || l.fact != wanted || !l.ready(&w.at) || reg.Running || reg.Activating {
		return false
	}
	if s.can(w, model.Step{Kind: model.Start}) {
		return false // a connection does need it
	}
	reg.Running = kind == bootsElse
	w.at[l.lane]++
	w.inHole[l.lane] = 0
	return true
}

// can tells whether a party can take a step, as far as it knows.
func (s *system) can(w *world, wanted model.Step) bool {
	if wanted.Kind == model.PagePosts && s.awaits(w, wanted.Connection) {
		return s.ask(model.Pipeline) == model.Yes
	}
	next := w.model
	_, ok := s.model.Take(&next, wanted, s.ask, nil)
	return ok
}

// sleep takes a line that says that a page is frozen, if its connections are kept, or it has none.
func (s *system) sleep(w *world, st model.Step) bool {
	l := s.next(&w.at, browserLane)
	if l == nil || l.fact != freezes || l.page != st.Page || !l.ready(&w.at) {
		return false
	}
	connected := slices.ContainsFunc(w.model.Connections[:s.bounds.Connections], func(c model.Connection) bool {
		return c.Holder == st.Page && c.Entangled
	})
	if connected && s.ask(model.Frozen) != model.Keep {
		return false
	}
	w.at[browserLane]++
	return true
}

// postInVain takes a line in which a page posts on a request that came to nothing.
func (s *system) postInVain(w *world, st model.Step) bool {
	l := s.next(&w.at, pageLane+int(st.Page)-1)
	if l == nil || l.fact != posts || w.slot[l.conn-1] != st.Connection || !l.ready(&w.at) {
		return false
	}
	if !s.isVain(w, st.Connection) || s.ask(model.Pipeline) != model.Yes {
		return false
	}
	w.at[l.lane]++
	w.inHole[l.lane] = 0
	return true
}

// try takes a line that says that something cannot be done: the step is not enabled.
func (s *system) try(w *world, st model.Step) bool {
	lane := int(st.Page) - 1
	l := s.next(&w.at, lane)
	if l == nil || l.fact != cannot || !l.ready(&w.at) {
		return false
	}
	wanted := model.Step{Kind: model.SuspendWorker}
	if l.conn != 0 {
		wanted = model.Step{Kind: model.WorkerCloses, Connection: w.slot[l.conn-1]}
	}
	reg := &w.model.Registration
	switch {
	case lane < versionLane:
		wanted.Kind, wanted.Page = model.PageCloses, st.Page
		if l.Try == "post" {
			wanted.Kind = model.PagePosts
		}
	case lane < browserLane && l.Try == "post":
		wanted.Kind = model.WorkerPosts
	}
	if l.conn != 0 && wanted.Connection == 0 || lane >= versionLane && (!reg.Running || reg.Activating) ||
		lane >= versionLane && lane < browserLane && lane != versionLane+int(reg.Active)-1 {
		return false
	}
	if s.can(w, wanted) {
		return false
	}
	w.at[lane]++
	return true
}
