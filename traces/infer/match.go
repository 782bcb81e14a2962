package infer

import (
	"cosw/model"
)

// This file says which line tells of a step, and which steps nobody records.

// match tells whether the run allows a step from w, which led to after with those events. It takes the line that tells of
// it.
func (s *system) match(w, after *world, st model.Step, events []model.Event) bool {
	switch st.Kind {
	case model.PageConnects, model.PagePosts, model.PageReceives, model.PageLearns, model.PageCloses:
		return s.matchPage(w, after, st, events)
	case model.WorkerAccepts, model.WorkerRejects, model.WorkerIgnores, model.WorkerPosts, model.WorkerReceives,
		model.WorkerLearns, model.WorkerCloses:
		return s.matchWorker(w, after, st, events)
	case model.Dispatch:
		return s.matchDispatch(w, after, st, events)
	case model.Start:
		l := s.nextOf(w)
		return l != nil && l.op == boots && s.take(w, after, l)
	case model.FinishActivate:
		return true // the platform does not wait for it, so that it is seen too late or not at all
	case model.SuspendWorker, model.KillWorker:
		return s.matchStop(w, after, st)
	case model.PageLeaves:
		l := s.next(&w.at, browserLane)
		if l == nil || l.op != gone || l.page != st.Page || !s.take(w, after, l) {
			return false
		}
		for i, c := range s.conns {
			if c.page == st.Page && w.slot[i] != 0 {
				after.told[w.slot[i]-1] = 0
			}
		}
		return true
	}
	return s.matchBrowser(w, after, st.Kind)
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

// about tells whether l is of that op, and about that connection of the model.
func (s *system) about(w *world, l *line, o op, n uint8) bool {
	return l != nil && l.op == o && w.slot[l.conn-1] == n
}

func (s *system) matchPage(w, after *world, st model.Step, events []model.Event) bool {
	lane := pageLane + int(st.Page) - 1
	l := s.next(&w.at, lane)
	switch st.Kind {
	case model.PageConnects:
		if l == nil || l.op != connects || !s.take(w, after, l) {
			return false
		}
		after.slot[l.conn-1] = st.Connection
		return true
	case model.PageLearns:
		if events[0].Kind == model.PageNoticeLost {
			return true
		}
	case model.PagePosts, model.PageReceives:
		if l == nil && s.leaves[st.Page-1] && !s.rec.Complete {
			return s.unrecorded(w, st.Connection, st.Kind == model.PagePosts, events)
		}
	}
	return s.about(w, l, tells[st.Kind], st.Connection) && s.same(l, events) && s.take(w, after, l)
}

func (s *system) matchWorker(w, after *world, st model.Step, events []model.Event) bool {
	l := s.nextOf(w)
	switch st.Kind {
	case model.WorkerIgnores:
		if !s.about(w, l, ignores, st.Connection) {
			return !s.rec.Complete // one that answers after all has nothing to answer any more
		}
	case model.WorkerPosts, model.WorkerReceives:
		if s.inGap(w) {
			return s.unrecorded(w, st.Connection, st.Kind == model.WorkerPosts, events)
		}
	}
	return s.about(w, l, tells[st.Kind], st.Connection) && s.same(l, events) && s.take(w, after, l)
}

// inGap tells whether the running instance ends, and has recorded all that it did record.
func (s *system) inGap(w *world) bool {
	lane := versionLane + int(w.model.Registration.Active) - 1
	if s.rec.Complete {
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
	if !l.op.traffic() {
		return true
	}
	m := events[0].Message
	return m.Number == uint8(l.ordinal) && (l.op == posts || !m.Stranger)
}

// unrecorded tells whether a message may be posted or received without a record: received if nobody recorded that he did,
// and posted if somebody received it all the same. A page may also post what nobody ever receives: it keeps the
// notice behind it from the worker, which may start for it. One such message is as good as many. Posts and receptions
// beyond that would lead nowhere, as later lines count on their messages.
func (s *system) unrecorded(w *world, n uint8, post bool, events []model.Event) bool {
	if !post {
		return events[0].Message.Stranger
	}
	c, direction := s.connOf(w, n), toPage
	if events[0].Page != 0 {
		direction = toWorker
	}
	if c < 0 {
		return false
	}
	all := s.conns[c].messages[direction]
	ordinal := s.ordinal(w, c, direction, events[0].Message.Number)
	if ordinal > len(all) {
		return direction == toWorker && ordinal == len(all)+1
	}
	return !all[ordinal-1].recorded
}

// connOf returns the place of a connection of the model in the run, or -1.
func (r *run) connOf(w *world, n uint8) int {
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
			if l := s.lanes[lane][i]; l.op == posts && int(l.conn) == c+1 {
				return l.ordinal + int(number-uint8(l.ordinal))
			}
		}
	}
	return int(number)
}

func (s *system) matchDispatch(w, after *world, st model.Step, events []model.Event) bool {
	if events[0].Kind != model.Dispatched {
		return true // the page hears of it, or nobody
	}
	l := s.nextOf(w)
	return s.about(w, l, dispatched, st.Connection) && s.take(w, after, l)
}

// matchStop: an instance is stopped while the browser says so. What it asks to stop while no event is pending is a
// suspension, unless the driver says or the options allow that it is a kill.
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
		if l.op != stopsAtOnce || !s.take(w, after, l) {
			return false
		}
	}
	after.stops = uint8(i + 1)
	after.model.Kills = w.model.Kills // what bounds kills is the recording
	return true
}

// stopOf returns which stop that of the running instance would be, or -1: the next one, but for those that did not come to
// it, which no line of the browser ends. All lines of the instance must have been taken.
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

func (s *system) matchBrowser(w, after *world, kind model.Kind) bool {
	o := tells[kind]
	if o == 0 {
		return false
	}
	l := s.next(&w.at, browserLane)
	if l != nil && l.op == o && s.concerns(l, &w.model.Registration, &after.model.Registration) {
		return s.take(w, after, l)
	}
	switch kind {
	case model.CallSkipWaiting, model.OpenClient, model.CloseClient:
		return !s.rec.Complete
	case model.UnregisterWorker:
		return !s.rec.Complete && s.clears
	}
	return false
}

// concerns tells whether a line is about the version that a step from before to after changes.
func (s *system) concerns(l *line, before, after *model.Registration) bool {
	switch l.op {
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
	if l == nil || l.op != w.told[st.Connection-1] || w.slot[l.conn-1] != st.Connection || !l.ready(&w.at) {
		return false
	}
	w.at[l.lane]++
	w.told[st.Connection-1] = 0
	return true
}

// pass takes a line of the browser that says that an instance is about to stop, or that it has.
func (s *system) pass(w *world) bool {
	l := s.next(&w.at, browserLane)
	if l == nil || l.op != stopBegins && l.op != stopEnds || !l.ready(&w.at) {
		return false
	}
	if l.op == stopEnds && int(w.stops) <= l.stop {
		return false
	}
	w.at[browserLane]++
	return true
}

// boot takes a line which says that the worker starts, although no connection needs it.
func (s *system) boot(w *world) bool {
	reg := &w.model.Registration
	l := s.nextOf(w)
	if l == nil || l.op != boots || !l.ready(&w.at) || reg.Running || reg.Activating {
		return false
	}
	next := w.model
	if _, ok := s.model.Take(&next, model.Step{Kind: model.Start}, s.ask, nil); ok {
		return false // one does
	}
	reg.Running = true
	w.at[l.lane]++
	return true
}

// try takes a line which says that something cannot be done: the step is not enabled.
func (s *system) try(w *world, st model.Step) bool {
	lane := int(st.Page) - 1
	l := s.next(&w.at, lane)
	if l == nil || l.op != cannot || !l.ready(&w.at) {
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
