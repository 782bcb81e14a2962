package infer

import (
	"slices"

	"cosw/model"
)

// This file is about requests at the end of a recording. That nothing comes of one would tell something, such as that nobody
// takes care of it when the worker is stopped; but only if whoever records it has waited for an answer. A message that is the
// last of a recording is different: many are made to show that it never arrives, and [assumeRest] says so.

// owesAnswer are the lines after which a request waits: for a worker, for what it says, and for the page to see that.
var owesAnswer = []fact{connects, boots, dispatched, accepts, rejects, ignores}

// readUnanswered finds the requests of which the recording may be over too early to have the answer.
func (i *importer) readUnanswered() {
	if i.rec.Complete {
		return
	}
	from := i.rec.End() - i.options.Settle - i.options.Error
	for n := range i.conns {
		var last *line
		for _, l := range i.lines {
			started := l.fact == boots && last != nil && last.fact == connects
			stopped := (l.fact == stopEnds || l.fact == stopsAtOnce) && last != nil && last.fact == dispatched // it answers no more
			if l.conn == uint8(n+1) || started || stopped {
				last = l
			}
		}
		i.unanswered[n] = last != nil && last.Time >= from && slices.Contains(owesAnswer, last.fact)
	}
}

// mayCome tells whether the answer to a request of the model may still have come after the recording.
func (s *system) mayCome(w *world, n uint8) bool {
	c := s.connOf(w, n)
	return c >= 0 && s.unanswered[c]
}

// waived tells whether a step that is owed at the end may still have been taken: it serves only requests that may.
func (s *system) waived(w *world, st model.Step) bool {
	switch st.Kind {
	case model.Dispatch, model.WorkerAccepts, model.WorkerRejects, model.WorkerIgnores:
		return s.mayCome(w, st.Connection)
	case model.Start:
		for n := range s.bounds.Connections {
			c := &w.model.Connections[n]
			asks := c.Phase == model.Requested || c.Phase == model.ToAskAgain
			if asks && !s.mayCome(w, uint8(n+1)) || c.Phase == model.Up && (c.ToWorker.Length > 0 || c.NoticeToWorker) {
				return false
			}
		}
		return true
	}
	return false
}
