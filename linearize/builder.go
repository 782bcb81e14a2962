package linearize

import (
	"fmt"
	"slices"

	"cosw/model"
)

// Taken is a step that was taken in a run of the model, with what it reported.
type Taken struct {
	Step   model.Step
	Events []model.Event
}

const (
	unit   = 100 // of time from one step of a run to the next
	spread = 4   // how many steps an operation may overlap with, before and after its own
)

// FromRun returns the history of a run that ended in the world given, as its parties could have recorded it. The model
// takes one step at a time. Here each step gets an interval around the instant at which it took effect, of a length drawn
// from jitter, so that operations overlap with each other and with suspends, kills and updates:
//
//   - a post begins with its call and goes on until the message is queued;
//   - a message is taken from the queue at the call of its handler, and the handler runs on for a while; a worker that is
//     killed meanwhile may not have handled it, and another instance may get it again;
//   - when a worker is stopped or a page goes away, nobody sees how its unfinished operations ended; now and then it also
//     leaves a post that was called and never took effect.
//
// Operations at one side keep the order of the steps. If atRest says that no internal step is enabled in the last world,
// each side that takes the connection for open observes it at the end. Otherwise messages may still be under way, and
// nobody observes it.
func FromRun(run []Taken, last *model.World, atRest bool, jitter func() uint64) *History {
	b := newBuilder(jitter)
	for i := range run {
		for _, e := range run[i].Events {
			if v := acting(e); v != 0 {
				b.lastStep[v] = i
			}
		}
	}
	for i := range run {
		b.take(i, run[i].Events)
	}
	b.finish(len(run), last, atRest)
	return &b.History
}

// end is one end of one connection.
type end struct {
	connection uint8
	side       Side
}

type builder struct {
	History
	jitter   func() uint64
	latest   map[end]map[uint8]Message // messages by their numbers, which start again after 255
	posts    map[end]int
	calls    map[end]int64 // the last call at an end
	pending  map[string][]int
	handling map[end]int // the operation in which a worker received a message that it did not handle yet
	instance map[model.Version]int
	active   model.Version
	up       map[uint8]bool        // connections that were made
	lastStep map[model.Version]int // in which a version does something, or is stopped
}

func newBuilder(jitter func() uint64) *builder {
	return &builder{
		History: History{Places: "step"}, jitter: jitter,
		latest: map[end]map[uint8]Message{}, posts: map[end]int{}, calls: map[end]int64{}, handling: map[end]int{},
		pending: map[string][]int{}, instance: map[model.Version]int{}, up: map[uint8]bool{}, lastStep: map[model.Version]int{},
	}
}

// instant returns when step i takes effect.
func instant(i int) int64 { return int64(i+1) * unit }

// before and after return the ends of an interval around t.
func (b *builder) before(t int64) int64 { return t - int64(b.jitter()%(spread*unit)) }
func (b *builder) after(t int64) int64  { return t + int64(b.jitter()%(spread*unit)) }

func (b *builder) take(i int, events []model.Event) {
	for _, e := range events {
		b.event(i, e)
		if e.Kind == model.Accepted && !e.Again && !resolves(events, e.Connection) {
			// Nobody is there to take the page's end.
			b.close(i, end{e.Connection, PageSide}, model.Event{Cause: model.CausePageGone}, false)
		}
	}
}

func resolves(events []model.Event, connection uint8) bool {
	return slices.ContainsFunc(events, func(e model.Event) bool {
		return e.Kind == model.Resolved && e.Connection == connection
	})
}

func (b *builder) event(i int, e model.Event) {
	switch e.Kind {
	case model.Posted:
		b.post(i, e)
	case model.Delivered:
		b.receive(i, e)
	case model.Handled:
		b.handle(i, e)
	case model.Cut:
		b.close(i, end{e.Connection, WorkerSide}, e, e.Cause == model.CauseWorker || e.Cause == model.CauseRefused)
	case model.Abandoned:
		if e.Again {
			b.close(i, end{e.Connection, WorkerSide}, e, false)
		}
	case model.WorkerEndGone:
		b.close(i, end{e.Connection, WorkerSide}, model.Event{Cause: model.CausePageGone}, false)
	case model.PageSideEnded:
		b.close(i, end{e.Connection, PageSide}, e, e.Cause == model.CausePage)
	case model.PageKnows, model.WorkerKnows:
		b.learn(i, e)
	case model.Accepted:
		b.up[e.Connection] = true
		b.active = e.Version
	case model.PageGone:
		b.stop(i, pageName(e.Page))
	case model.WorkerStops:
		b.stop(i, b.workerName(e.Version))
	case model.StateChanges:
		b.change(i, e)
	case model.WorkerStarts:
		b.start(e.Version)
	}
	if noted(e.Kind) {
		b.Notes = append(b.Notes, Note{At: instant(i), Until: instant(i), Tag: tag(e), Text: e.Describe()})
	}
}

// acting returns the version that does something in an event, or is stopped; 0 if none.
func acting(e model.Event) model.Version {
	switch e.Kind {
	case model.Posted, model.Delivered, model.WorkerKnows, model.WorkerStops:
		return e.Version
	}
	return 0
}

// change keeps track of instances: an activating version starts one, a redundant version is stopped, unless it runs out.
func (b *builder) change(i int, e model.Event) {
	switch e.State {
	case model.Activating:
		b.start(e.Version)
	case model.Redundant:
		if b.lastStep[e.Version] <= i {
			b.stop(i, b.workerName(e.Version))
		}
	}
}

func (b *builder) start(v model.Version) {
	b.instance[v]++
	b.active = v
}

func pageName(p uint8) string { return fmt.Sprintf("page/%d", p) }

func (b *builder) workerName(v model.Version) string {
	return fmt.Sprintf("worker/v%d/%d", v, max(b.instance[v], 1))
}

// at returns the end that an event is about, and the party at that end.
func (b *builder) at(e model.Event) (end, string) {
	if e.Page != 0 {
		return end{e.Connection, PageSide}, pageName(e.Page)
	}
	return end{e.Connection, WorkerSide}, b.workerName(e.Version)
}

func (b *builder) post(i int, e model.Event) {
	at, who := b.at(e)
	if b.latest[at] == nil {
		b.latest[at] = map[uint8]Message{}
	}
	m := b.message(at)
	b.latest[at][e.Message.Number] = m
	b.add(i, at, who, Action{Post, at.side, m, Done, 0})
}

// message makes a new message for a post at an end.
func (b *builder) message(at end) Message {
	b.posts[at]++
	b.Messages = append(b.Messages, fmt.Sprintf("%c%d.%d", at.side.String()[0], at.connection, b.posts[at]))
	return Message(len(b.Messages) - 1)
}

func (b *builder) receive(i int, e model.Event) {
	at, who := b.at(e)
	m, ok := b.latest[end{at.connection, at.side.Other()}][e.Message.Number]
	if !ok { // nobody posted it: Decide and the search have to find that out
		m = b.message(end{at.connection, at.side.Other()})
	}
	if last, ok := b.handling[at]; ok {
		if b.Operations[last].Effect = Unseen; b.Operations[last].Message == m {
			b.Operations[last].Effect = Void
		}
	}
	b.add(i, at, who, Action{Receive, at.side, m, Done, 0})
	if at.side == WorkerSide {
		b.handling[at] = len(b.Operations) - 1
	}
}

// handle lets the reception of a message last until it is handled.
func (b *builder) handle(i int, e model.Event) {
	at, _ := b.at(e)
	op := &b.Operations[b.handling[at]]
	op.Return = max(op.Return, b.after(instant(i)))
	delete(b.handling, at)
}

func (b *builder) learn(i int, e model.Event) {
	at, who := b.at(e)
	b.add(i, at, who, Action{Learn, at.side, 0, Done, 0})
}

// close closes an end, by its script or from outside.
func (b *builder) close(i int, at end, e model.Event, script bool) {
	who := pageName(e.Page)
	if at.side == WorkerSide {
		who = b.workerName(b.active)
	}
	action := Action{Close, at.side, 0, Done, 0}
	if script {
		b.add(i, at, who, action)
		return
	}
	t := instant(i)
	b.Operations = append(b.Operations, Operation{
		Action: action, Connection: int(at.connection), Party: b.party("browser"),
		Call: b.before(t), Return: b.after(t), Outside: true, Why: e.Cause.Text(), Place: i + 1,
	})
}

// add notes down an operation of a side's holder that took effect in step i.
func (b *builder) add(i int, at end, who string, a Action) {
	t := instant(i)
	op := Operation{
		Action: a, Connection: int(at.connection), Party: b.party(who),
		Call: max(b.before(t), b.calls[at]+1), Place: i + 1,
	}
	op.Return = max(b.after(t), op.Call)
	b.calls[at] = op.Call
	b.Operations = append(b.Operations, op)
	b.pending[who] = append(b.pending[who], len(b.Operations)-1)
}

// stop ends a party, and with it what it had not finished.
func (b *builder) stop(i int, who string) {
	t := instant(i)
	for _, id := range b.pending[who] {
		op := &b.Operations[id]
		switch {
		case op.Return <= t:
		case op.Kind == Post || op.Kind == Receive:
			op.Effect = Unseen
		default:
			op.Return = t
		}
	}
	if n := len(b.pending[who]); n > 0 && b.jitter()%4 == 0 {
		last := b.Operations[b.pending[who][n-1]]
		at := end{uint8(last.Connection), last.Side}
		b.add(i, at, who, Action{Post, at.side, b.message(at), Unseen, 0})
	}
	delete(b.pending, who)
}

// finish lets unseen operations last until the end of the history, and adds the final observations.
func (b *builder) finish(steps int, last *model.World, atRest bool) {
	over := instant(steps) + spread*unit
	for _, received := range b.handling {
		b.Operations[received].Effect = Unseen
	}
	for i := range b.Operations {
		if b.Operations[i].Effect == Unseen {
			b.Operations[i].Return = over
		}
	}
	if atRest {
		b.observe(over+1, last)
	}
}

// observe adds a final observation of each end whose holder takes the connection for open.
func (b *builder) observe(t int64, last *model.World) {
	var connections []uint8
	for c := range b.up {
		connections = append(connections, c)
	}
	slices.Sort(connections)
	for _, n := range connections {
		c := &last.Connections[n-1]
		if c.Holder != 0 {
			b.final(t, end{n, PageSide}, pageName(c.Holder))
		}
		if c.Phase == model.Up {
			b.final(t, end{n, WorkerSide}, b.workerName(last.Registration.Active))
		}
	}
}

func (b *builder) final(t int64, at end, who string) {
	b.Operations = append(b.Operations, Operation{
		Action: Action{Kind: Observe, Side: at.side, Effect: Done}, Connection: int(at.connection), Party: b.party(who), Call: t, Return: t,
	})
}

// noted tells whether events of a kind become notes: notices, and what happens to instances and versions.
func noted(k model.EventKind) bool {
	switch k {
	case model.AskedLater, model.PageNoticeSent, model.PageNoticeLost, model.WorkerNoticeSent, model.ObjectGone,
		model.HandleMoved, model.PageGone, model.PageFrozen, model.Hangs, model.StartFails, model.WorkerStarts,
		model.WorkerStops, model.StateChanges, model.RegistrationGone:
		return true
	}
	return false
}

// tag returns the party or connection that an event is about.
func tag(e model.Event) string {
	switch {
	case e.Kind == model.PageGone, e.Kind == model.PageFrozen:
		return pageName(e.Page)
	case e.Connection != 0:
		return fmt.Sprintf("connection %d", e.Connection)
	}
	return "service"
}
