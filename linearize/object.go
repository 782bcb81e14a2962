package linearize

import "encoding/binary"

// This file describes a connection as a sequential object. It knows nothing of time, parties or checkers.

// Side is an end of a connection.
type Side uint8

const (
	_ Side = iota

	PageSide
	WorkerSide
)

// Other returns the side at the other end.
func (s Side) Other() Side { return PageSide + WorkerSide - s }

func (s Side) index() int { return int(s - PageSide) }

// Kind is what an action does to a connection.
type Kind uint8

const (
	_ Kind = iota

	Post    // Side posts Message
	Receive // Side receives Message
	Close   // Side's end is closed: by its script, or because its holder is gone
	Learn   // Side learns that the connection is closed
	Observe // at the end of a history, Side takes the connection for open
	Expect  // at the end, Side has had its first Posts posts received: it took the connection for open long after them
)

// Effect says whether an action took effect, as far as anyone saw.
type Effect uint8

const (
	_ Effect = iota

	Done   // it took effect
	Unseen // nobody saw whether it took effect
	Void   // it took no effect, as became clear from what others saw
)

// Message numbers the messages of a history, see [History.Messages].
type Message uint32

// Action is one operation on a connection, without its interval. Message is zero except for Post and Receive, and Posts
// except for Expect.
type Action struct {
	Kind    Kind
	Side    Side
	Message Message
	Effect  Effect
	Posts   uint32
}

// State is the state of a connection: two queues, and open or closed. The zero State is open and empty. It is a
// comparable value.
type State struct {
	queues   [2]queue  // by the side that posted
	received [2]uint32 // how many messages that the side posted were received
	refused  [2]uint32 // how many messages the side posted after the connection was closed
	closed   bool
	knows    [2]bool // the side closed its end, learned of the close, or is gone
}

// Step tells whether the object allows a in state s, and returns the state after it. It changes nothing.
//
//   - Post: while the connection is open, the message is queued for the other side. After a close nothing is accepted.
//     The post is still legal, since a side that does not know of the close may post (HTML "message port post message
//     steps": without a target port, return). The message is refused: it is lost, and no side ever receives it.
//   - Receive: the message must be the oldest in the queue. A close empties no queue, so what was queued before it may
//     still arrive (HTML "disentangle" touches no queue; WPT message-channels/close.any.js). That includes the queue of
//     the side that closed: the text delivers it, engines differ (whatwg/html#5765), and the object allows both.
//   - Close: the first one closes the connection for both sides. Any later one only says that its own side knows.
//   - Learn: only of a close that happened, and only once the queue to that side is empty: a notice never overtakes a
//     message. Being told again is harmless.
//   - Expect: the side closed its end or went away, and until then it had not been told of a close, although its first posts
//     had had the time to arrive, and a notice, too. So they were received: a close of one's own explains what was on its
//     way, and no loss that was there before.
//   - Observe: the side knows of no close, and everything it ever posted was received. An undelivered message is legal
//     only if the connection is closed, and the side that posted it knows: a close that it is never told of would explain
//     any loss, and the connection would no longer look like one object to it. It says nothing of the other side's
//     messages.
//
// An unseen post changes nothing: posts whose effect others saw are settled before (see settle). An unseen receive takes
// the message if it is the oldest, and otherwise changes nothing: nobody else receives that message, so taking it can only
// help.
func Step(s State, a Action) (ok bool, next State) {
	next, refusal := s.step(a)
	return refusal == fits, next
}

// refusal says why the object does not allow an action.
type refusal uint8

const (
	fits        refusal = iota // the object allows it
	notOldest                  // the message is not the oldest in the queue
	notClosed                  // there was no close to learn of
	overtakes                  // messages are still waiting, and a notice must not overtake them
	knowsBetter                // the side knows of a close
	undelivered                // something that the side posted was not received
)

func (s State) step(a Action) (State, refusal) {
	if a.Effect == Void {
		return s, fits
	}
	switch a.Kind {
	case Post:
		return s.post(a), fits
	case Receive:
		return s.receive(a)
	case Close:
		s.closed = true
		s.knows[a.Side.index()] = true
		return s, fits
	case Learn:
		return s.learn(a.Side)
	case Observe, Expect:
		return s, s.observe(a)
	}
	panic("linearize: the object has no rule for an action: " + a.Kind.String())
}

func (s State) post(a Action) State {
	i := a.Side.index()
	switch {
	case a.Effect == Unseen:
	case s.closed:
		s.refused[i]++
	default:
		s.queues[i] = s.queues[i].push(a.Message)
	}
	return s
}

func (s State) receive(a Action) (State, refusal) {
	q := &s.queues[a.Side.Other().index()]
	if oldest, any := q.oldest(); !any || oldest != a.Message {
		if a.Effect == Unseen {
			return s, fits
		}
		return s, notOldest
	}
	*q = q.rest()
	s.received[a.Side.Other().index()]++
	return s, fits
}

func (s State) learn(side Side) (State, refusal) {
	switch {
	case !s.closed:
		return s, notClosed
	case s.queues[side.Other().index()] != "":
		return s, overtakes
	}
	s.knows[side.index()] = true
	return s, fits
}

func (s State) observe(a Action) refusal {
	i := a.Side.index()
	switch {
	case a.Effect == Unseen:
		return fits
	case a.Kind == Expect && s.received[i] < a.Posts:
		return undelivered
	case a.Kind == Expect:
		return fits
	case s.knows[i]:
		return knowsBetter
	case s.refused[i] > 0 || s.queues[i] != "":
		return undelivered
	}
	return fits
}

// queue is a queue of messages, oldest first, four bytes each. As a string it can be compared, hashed and shared.
type queue string

const messageSize = 4

func (q queue) push(m Message) queue {
	return q + queue(binary.BigEndian.AppendUint32(nil, uint32(m)))
}

func (q queue) oldest() (m Message, any bool) {
	if q == "" {
		return 0, false
	}
	return Message(q[0])<<24 | Message(q[1])<<16 | Message(q[2])<<8 | Message(q[3]), true
}

func (q queue) rest() queue { return q[messageSize:] }

func (q queue) messages() []Message {
	var all []Message
	for ; q != ""; q = q.rest() {
		m, _ := q.oldest()
		all = append(all, m)
	}
	return all
}
