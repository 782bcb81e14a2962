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
			s.shorten(w, e)
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

// shorten is about a message that was just posted. If it waits and nobody recorded to receive it, it is marked; and where
// one like it waits before it, the two are as good as one: either holds up what comes later, and whoever receives the one
// without a record can receive the other as well. So a queue is never full of messages that are lost in the end.
func (s *system) shorten(w *world, e *model.Event) {
	direction := toPage
	if e.Page != 0 {
		direction = toWorker
	}
	c := &w.model.Connections[e.Connection-1]
	q := &c.ToPage
	if direction == toWorker {
		q = &c.ToWorker
	}
	if !c.Entangled && !c.Pending || s.isReceived(w, e, direction) {
		return
	}
	var kept model.MessageQueue
	kept.Posted = q.Posted
	for i := range q.Length - 1 {
		kept.Push(q.At(i))
	}
	if kept.Length == 0 || !kept.At(kept.Length-1).Stranger {
		kept.Push(model.Message{Stranger: true})
	}
	*q = kept
}

// isReceived tells whether somebody recorded to receive a message that was just posted.
func (s *system) isReceived(w *world, e *model.Event, direction int) bool {
	c := s.connOf(w, e.Connection)
	all := s.conns[c].messages[direction]
	ordinal := s.ordinal(w, c, direction, e.Message.Number)
	return ordinal <= len(all) && all[ordinal-1].received
}
