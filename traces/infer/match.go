package infer

import (
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
	if st.Kind == model.SuspendWorker || st.Kind == model.KillWorker {
		return s.matchStop(w, after, st)
	}
	l := s.lineOf(w, st)
	if l == nil || !s.concerns(l, &w.model.Registration, &after.model.Registration) {
		return o.hidden != nil && o.hidden(s, w, st)
	}
	if !s.same(l, events) || !s.take(w, after, l) {
		return false
	}
	switch st.Kind {
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

// take takes a line, if it can come next.
func (s *system) take(w, after *world, l *line) bool {
	if !l.ready(&w.at) {
		return false
	}
	after.at[l.lane]++
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

func (s *system) isIncomplete(*world, model.Step) bool { return !s.rec.Complete }

func (s *system) clientsUnseen(*world, model.Step) bool { return !s.rec.Complete && s.needsClients }

func (s *system) clearsUnseen(*world, model.Step) bool { return !s.rec.Complete && s.clears }

// stopsLater tells whether an instance is yet to be stopped.
func (s *system) stopsLater(w *world, _ model.Step) bool { return int(w.stops) < len(s.stops) }

// inGap tells whether a party that ends may do something after its last line without recording it. It may post a message
// that somebody received; a page also one that nobody ever receives, which keeps the notice behind it from the worker, and
// for which the worker may start. One such message is as good as many. An instance may receive what nobody recorded to
// receive, and learn that a page is gone, so that no later instance is told. What a page learns before it is gone makes no
// difference. More than that would lead nowhere, as later lines count on the messages.
func (s *system) inGap(w *world, st model.Step) bool {
	if s.rec.Complete {
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
		return s.isUnrecorded(w, st.Connection, toWorker, c.ToWorker.Posted+1)
	case model.WorkerPosts:
		return s.isUnrecorded(w, st.Connection, toPage, c.ToPage.Posted+1)
	case model.WorkerReceives:
		return c.ToWorker.At(0).Stranger
	case model.WorkerLearns:
		return true
	}
	return false
}

// isOver tells whether the page or running instance of a lane ends, and all lines of it were taken.
func (s *system) isOver(w *world, lane int) bool {
	at := int(w.at[lane])
	for i, last := range s.last[lane] {
		if at <= last && (at == last || i == 0 || at > s.last[lane][i-1]) {
			return at == last && s.ends[lane][i]
		}
	}
	return false
}

// isUnrecorded tells whether nobody recorded to post a message, which is worth posting.
func (s *system) isUnrecorded(w *world, n uint8, direction int, number uint8) bool {
	c := s.connOf(w, n)
	if c < 0 {
		return false
	}
	all := s.conns[c].messages[direction]
	ordinal := s.ordinal(w, c, direction, number)
	if ordinal > len(all) {
		return direction == toWorker && ordinal == len(all)+1
	}
	return !all[ordinal-1].recorded
}

// same tells whether the message of a step is that of its line.
func (s *system) same(l *line, events []model.Event) bool {
	if !l.fact.traffic() {
		return true
	}
	m := events[0].Message
	return m.Number == uint8(l.ordinal) && (l.fact == posts || !m.Stranger)
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

// ordinal returns which message a number stands for that was just posted: numbers start again after 255.
func (s *system) ordinal(w *world, c, direction int, number uint8) int {
	first, last := versionLane, browserLane-1
	if direction == toWorker {
		first = pageLane + int(s.conns[c].page) - 1
		last = first
	}
	for lane := last; lane >= first; lane-- { // the latest version first
		for i := int(w.at[lane]) - 1; i >= 0; i-- {
			if l := s.lanes[lane][i]; l.fact == posts && int(l.conn) == c+1 {
				return l.ordinal + int(number-uint8(l.ordinal))
			}
		}
	}
	return int(number)
}

// matchStop: an instance is stopped between the lines in which the browser says so. If no event is pending, it is suspended,
// unless the driver says that it is killed, or the options allow that.
func (s *system) matchStop(w, after *world, st model.Step) bool {
	i := s.stopOf(w)
	if i < 0 {
		return false
	}
	stop := s.stops[i]
	kill := stop.killed || s.options.Stop == Kills || w.model.PendingEvent()
	if s.options.Stop != Either && kill != (st.Kind == model.KillWorker) || int(w.at[browserLane]) < stop.begin {
		return false
	}
	if l := s.next(&w.at, browserLane); l != nil && l.place == stop.begin {
		if l.fact != stopsAtOnce || !s.take(w, after, l) {
			return false
		}
	}
	after.stops = uint8(i + 1)
	after.model.Kills = w.model.Kills // what bounds kills is the recording
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

// see takes the line in which a page sees how its promise was settled.
func (s *system) see(w *world, st model.Step) bool {
	l := s.next(&w.at, pageLane+int(st.Page)-1)
	if l == nil || l.fact != w.told[st.Connection-1] || w.slot[l.conn-1] != st.Connection || !l.ready(&w.at) {
		return false
	}
	w.at[l.lane]++
	w.told[st.Connection-1] = 0
	return true
}

// pass takes a line of the browser that says that an instance is about to stop, or that it has.
func (s *system) pass(w *world) bool {
	l := s.next(&w.at, browserLane)
	if l == nil || l.fact != stopBegins && l.fact != stopEnds || !l.ready(&w.at) {
		return false
	}
	if l.fact == stopEnds && int(w.stops) <= l.stop {
		return false
	}
	w.at[browserLane]++
	return true
}

// boot takes a line that says that the worker starts, although no connection needs it.
func (s *system) boot(w *world) bool {
	reg := &w.model.Registration
	l := s.nextOf(w)
	if l == nil || l.fact != boots || !l.ready(&w.at) || reg.Running || reg.Activating {
		return false
	}
	next := w.model
	if _, ok := s.model.Take(&next, model.Step{Kind: model.Start}, s.ask, nil); ok {
		return false // a connection does need it
	}
	reg.Running = true
	w.at[l.lane]++
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
	case lane < browserLane && l.Try == "post":
		wanted.Kind = model.WorkerPosts
	}
	if l.conn != 0 && wanted.Connection == 0 || lane >= versionLane && (!reg.Running || reg.Activating) ||
		lane >= versionLane && lane < browserLane && lane != versionLane+int(reg.Active)-1 {
		return false
	}
	next := w.model
	if _, ok := s.model.Take(&next, wanted, s.ask, nil); ok {
		return false
	}
	w.at[lane]++
	return true
}
