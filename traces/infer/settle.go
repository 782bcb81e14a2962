package infer

import "cosw/model"

// settle brings a world after a step into the form in which it is kept: it notes promises that a page has yet to see settled,
// and takes out of queues what makes no difference.
func (s *system) settle(w *world, events []model.Event) {
	s.boundFaults(w)
	for i := range events {
		switch e := &events[i]; e.Kind {
		case model.Resolved:
			w.told[e.Connection-1] = isResolved
		case model.Rejected:
			w.told[e.Connection-1] = isRejected
		case model.Posted:
			s.queue(w, e)
		}
	}
	for i := range w.model.Connections[:s.bounds.Connections] {
		c := &w.model.Connections[i]
		c.ToWorker.Received = c.ToWorker.Posted - c.ToWorker.Length
		c.ToPage.Received = c.ToPage.Posted - c.ToPage.Length
	}
}

// boundFaults bounds faults by what is recorded: a start that fails has its line, an instance that is stopped has one, and
// each handler may hang.
func (s *system) boundFaults(w *world) {
	w.model.Faults, w.model.Kills = 1, 0
	if int(w.stops) < s.kills {
		w.model.Kills = 1
	}
}

// queue is about a message that was just posted. One that somebody recorded to receive is numbered as in the recording. Others are
// marked; and where one like it waits before it, the two are as good as one: either holds up what comes later, and whoever
// receives the one without a record can receive the other as well. So a queue is never full of messages that are lost in the end.
func (s *system) queue(w *world, e *model.Event) {
	direction := toPage
	if e.Page != 0 {
		direction = toWorker
	}
	c := &w.model.Connections[e.Connection-1]
	q := &c.ToPage
	if direction == toWorker {
		q = &c.ToWorker
	}
	if !c.Entangled && !c.Pending || q.Length == 0 {
		return
	}
	var kept model.MessageQueue
	kept.Posted = q.Posted
	for i := range q.Length - 1 {
		kept.Push(q.At(i))
	}
	switch {
	case s.posting > 0 && s.conns[s.connOf(w, e.Connection)].messages[direction][s.posting-1].received:
		kept.Push(model.Message{Number: uint8(s.posting)})
	case kept.Length == 0 || !kept.At(kept.Length-1).Stranger:
		kept.Push(model.Message{Stranger: true})
	}
	*q = kept
}
