package infer

import (
	"cosw/model"
	"cosw/props/explore"
)

// Steps appends the steps that w may allow: those that the next lines tell of, those that may be hidden, and at the end
// all steps of the model, as any of them may be owed. Where one step can as well be taken before all others, it is the
// only one. [model.Model.Take] and match have the last word.
func (s *system) Steps(w *world, buf []explore.Step) []explore.Step {
	if w.dead {
		return buf
	}
	final := s.final(w)
	if !final && !s.plain {
		if st, ok := s.first(w); ok {
			return append(buf, label(st))
		}
	}
	s.steps = s.model.Steps(&w.model, s.steps[:0])
	for _, st := range s.steps {
		if final && !s.sleepsOn(st) || !final && s.mayTake(w, st) {
			buf = append(buf, label(st))
		}
		if s.fitsHole(w, st, s.laneOf(w, st)) {
			st.To = inLostLine
			buf = append(buf, label(st))
		}
	}
	for lane := range s.lanes {
		if l := s.next(&w.at, lane); l != nil && l.ready(&w.at) {
			buf = s.lineSteps(w, l, buf)
		}
	}
	return s.unseenAnswers(w, buf)
}

// unseenAnswers appends that pages see how promises are settled, in lines that were lost.
func (s *system) unseenAnswers(w *world, buf []explore.Step) []explore.Step {
	for i, c := range s.conns {
		lane := pageLane + int(c.page) - 1
		if n := w.slot[i]; n != 0 && w.told[n-1] != 0 && int(w.inHole[lane]) < s.holes[lane][int(w.at[lane])] {
			buf = append(buf, label(model.Step{Kind: sees, Page: c.page, Connection: n, To: inLostLine}))
		}
	}
	return buf
}

// sleepsOn tells whether a step is that of a page that is frozen at the end, and so is not owed.
func (s *system) sleepsOn(st model.Step) bool {
	return st.Page != 0 && st.Kind.Internal() && s.asleep[st.Page-1]
}

// mayTake tells whether a step may be hidden, or the next line of whoever records it tells of it.
func (s *system) mayTake(w *world, st model.Step) bool {
	if l := s.lineOf(w, st); l != nil && l.ready(&w.at) {
		return true
	}
	o := &observations[st.Kind]
	return o.only != 0 || o.hidden != nil && o.hidden(s, w, st)
}

// lineSteps appends the steps that are none of the model and only take l.
func (s *system) lineSteps(w *world, l *line, buf []explore.Step) []explore.Step {
	switch l.fact {
	case isResolved, isRejected:
		if n := w.slot[l.conn-1]; n != 0 {
			buf = append(buf, label(model.Step{Kind: sees, Page: uint8(l.lane - pageLane + 1), Connection: n}))
		}
	case boots:
		if !s.complete() && l == s.nextOf(w) {
			buf = append(buf, label(model.Step{Kind: bootsElse}))
		}
	case startFails:
		if !s.complete() {
			buf = append(buf, label(model.Step{Kind: failsElse}))
		}
	case receives:
		if n := w.slot[l.conn-1]; n != 0 && l == s.nextOf(w) && s.mayBreakOff(w, l) {
			buf = append(buf, label(model.Step{Kind: breaksOff, Connection: n}))
		}
	case posts:
		if n := w.slot[l.conn-1]; l.lane < versionLane && n != 0 && s.isVain(w, n) {
			buf = append(buf, label(model.Step{Kind: postsInVain, Page: uint8(l.lane - pageLane + 1), Connection: n}))
		}
	case stopBegins, stopEnds, stopsAtOnce:
		buf = append(buf, label(model.Step{Kind: passes}))
	case freezes:
		buf = append(buf, label(model.Step{Kind: sleeps, Page: l.page}))
	case cannot:
		buf = append(buf, label(model.Step{Kind: tries, Page: uint8(l.lane + 1)}))
	}
	return buf
}

// laneOf returns the lane of whoever records a step, or -1 if nobody does.
func (s *system) laneOf(w *world, st model.Step) int {
	switch observations[st.Kind].by {
	case byPage:
		return pageLane + int(st.Page) - 1
	case byWorker:
		if active := w.model.Registration.Active; active != 0 {
			return versionLane + int(active) - 1
		}
	case byBrowser:
		return browserLane
	}
	return -1
}

// lineOf returns the next line of whoever records a step if it may tell of it, or nil.
func (s *system) lineOf(w *world, st model.Step) *line {
	lane := s.laneOf(w, st)
	if lane < 0 {
		return nil
	}
	l := s.next(&w.at, lane)
	if l == nil || l.fact != observations[st.Kind].fact {
		return nil
	}
	if (l.fact == gone || l.fact == freezes) && l.page != st.Page || l.fact != connects && l.conn != 0 && w.slot[l.conn-1] != st.Connection {
		return nil
	}
	return l
}

// overflows tells whether the next line of some party posts a message for which there is no room.
func (s *system) overflows(w *world) bool {
	for lane := range browserLane {
		l := s.next(&w.at, lane)
		if l == nil || l.fact != posts || w.slot[l.conn-1] == 0 || !l.ready(&w.at) {
			continue
		}
		c := &w.model.Connections[w.slot[l.conn-1]-1]
		if l.direction() == toWorker && c.ToWorker.Length == model.MaxMessages ||
			l.direction() == toPage && c.ToPage.Length == model.MaxMessages {
			return true
		}
	}
	return false
}
