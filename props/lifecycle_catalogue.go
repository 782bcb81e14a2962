package props

import (
	"slices"

	"cosw/model"
)

// anyConnection lifts a test of one connection to a moment. The first connection that passes is the witness.
func anyConnection(test func(*Moment, *model.Connection) bool) func(*Moment) Witness {
	return func(m *Moment) Witness {
		for i := range m.Connections {
			c := &m.Connections[i]
			if c.Phase == model.Unused {
				break
			}
			if test(m, c) {
				return m.witness(uint8(i+1), m.Registration.Active)
			}
		}
		return Witness{}
	}
}

// unaware tells whether a page holds an end that is linked to nothing, without knowing it, although it does what it can to
// know: it listens, or could read the state, or there is nothing that it could do.
func (m *Moment) unaware(c *model.Connection) bool {
	return c.Holder != 0 && !c.Entangled && m.doesWhatItCan(c)
}

// doesWhatItCan tells whether the holder of c cannot do more to know when c is down.
func (m *Moment) doesWhatItCan(c *model.Connection) bool {
	switch m.Ask(model.PageNotice) {
	case model.NoticeEvent:
		return m.listens(c)
	case model.NoticeState:
		return m.readsState(c)
	}
	return true
}

// listens tells whether the holder of c hears an event at its end.
func (m *Moment) listens(c *model.Connection) bool {
	return c.Listening || m.Ask(model.Listens) == model.AtOnce
}

// received returns the number of the last message that went the way of that of the event before it.
func (m *Moment) received() uint8 {
	q, toPage := &m.Before.ToWorker, m.Event.Page != 0
	if toPage {
		q = &m.Before.ToPage
	}
	for _, e := range slices.Backward(m.Earlier) {
		if e.Kind == model.Delivered && (e.Page != 0) == toPage {
			return e.Message.Number
		}
	}
	return q.Received
}

// lostToWorker tells whether the holder of the page's end posted a message that no worker handled, and does not know that
// none will. Where each message is acknowledged, that is one which still waits: of one that is lost it knows.
func (m *Moment) lostToWorker(c *model.Connection) bool {
	switch {
	case c.Holder == 0 || c.ToWorker.Undelivered() == 0:
		return false
	case c.Entangled:
		return c.ToWorker.Length > 0 || m.Ask(model.Acknowledge) == model.None
	}
	return m.unaware(c) && m.Ask(model.Acknowledge) == model.None
}

// lostToPage tells whether the worker posted a message that no page received, and does not know it. A worker whose end the
// browser took under worker-notice=silent is not charged: with its end, the world forgets what it had posted. It could know by
// its list, where it has one; see "silent-end" in [model.AllGranted] for what it would come to if it were charged where it has none.
func (m *Moment) lostToPage(c *model.Connection) bool {
	return c.Phase == model.Up && c.ToPage.Undelivered() > 0 && m.Ask(model.Acknowledge) == model.None
}

// lifecycleProperties are the properties of the life of connections, in the order in which they are reported.
var lifecycleProperties = slices.Concat(basicProperties, accessProperties)

// basicProperties are about what becomes of promises, messages, connections and workers, and about who is let in.
var basicProperties = []Property{
	{
		ID:        "settles",
		Place:     model.Place{Heading: navigator, Line: 31},
		Claims:    "no promise of an open page stays pending once all that the browser owes has happened",
		Applies:   "a promise is settled",
		Broken:    "nothing is left to happen, and the promise of an open page is still pending",
		Kept:      "no promise of an open page is pending",
		Weight:    Must,
		Critic:    "a page can race the promise against a timer of its own, as it does with every fetch",
		Tells:     says("the promise of {page}, which asked for {connection}, is still pending, and so it stays"),
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool { return c.Pending })),
		Premise:   atAny([]model.EventKind{model.Resolved, model.Rejected}, whenever),
	},
	{
		ID:        "tells-page",
		Place:     model.Place{Heading: navigator, Line: 42},
		Claims:    "a page that does what it can to know, listen or read the state, knows when its connection is down",
		Applies:   "a connection that a page holds ends at the worker's side",
		Broken:    "the connection is down, and nothing will ever tell the page",
		Kept:      "no page takes a connection for open that is down, and could have known",
		Weight:    Want,
		Critic:    "ports have had no close event for ten years, and pages that care ping each other",
		Tells:     tellsUnaware,
		Violation: atQuiescence(anyConnection((*Moment).unaware)),
		Premise:   atAny(losses, func(m *Moment) Witness { return m.event(m.losesPage()) }),
	},
	{
		ID:      "accounts-loss",
		Place:   model.Place{Heading: global, Line: 110},
		Claims:  "a message is handled, or a sender that does what it can to know knows that it is not",
		Applies: "a message is lost",
		Broken:  "a message will never be handled, and its sender will never know",
		Kept:    "each message was handled, or its sender could know that it was not",
		Weight:  Want,
		Critic:  "no messaging API of the platform accounts for each message; who needs that has the scripts acknowledge them",
		Tells:   tellsLost,
		Violation: atQuiescence(anyConnection(func(m *Moment, c *model.Connection) bool {
			return m.lostToWorker(c) || m.lostToPage(c)
		})),
		Premise: at(model.Lost, whenever),
		Needs:   []model.Bounds{{Messages: 1}},
	},
	{
		ID:      "delivers",
		Place:   model.Place{Heading: global, Line: 115},
		Claims:  "no message is stuck in the queue of a connection that is up",
		Applies: "a message is delivered",
		Broken:  "nothing is left to happen, and a message still waits although the connection is up",
		Kept:    "no message waits on a connection that is up",
		Weight:  Must,
		Critic:  "a script that restarts without its handlers is broken, and no spec mends broken scripts",
		Tells:   tellsStuck,
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return c.Entangled && c.ToWorker.Length+c.ToPage.Length > 0
		})),
		Premise: at(model.Delivered, whenever),
		Needs:   []model.Bounds{{Messages: 1}},
	},
	{
		ID:      "frees-worker",
		Place:   model.Place{Heading: global, Line: 116},
		Claims:  "the worker's side holds nothing for a page that closed its end or is gone",
		Applies: "a page closes its end or goes away",
		Broken:  "the worker's side still holds an end whose page is gone, and will never let go of it",
		Kept:    "the worker's side holds no end whose page is gone",
		Weight:  Want,
		Critic:  "an end is a few bytes, and goes at the latest with the registration",
		Tells:   says("the worker's side still holds its end of {connection}, whose page is gone, and will never let go of it"),
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return c.Phase == model.Up && !c.Entangled
		})),
		Premise: at(model.PageSideEnded, whenever),
	},
	{
		ID:    "fresh-acceptance",
		Place: model.Place{Heading: concepts, Line: 26},
		Claims: "a message reaches only a version that accepted the connection (one that a page of the service's own origin got " +
			"without asking needs no acceptance: draft 22)",
		Applies: "a connection passes to a new version",
		Broken:  "a message reaches a version that never accepted the connection",
		Kept:    "no message reached a version that had not accepted the connection",
		Weight:  Must,
		Critic:  "a new version is the same service, which has accepted; nobody asks anew when a server is deployed",
		Tells:   tellsUnasked,
		Violation: at(model.Delivered, func(m *Moment) Witness {
			return m.event(m.Event.Version != 0 && m.Before.Accepted != 0 && m.Before.Accepted != m.Event.Version)
		}),
		Premise: atAny([]model.EventKind{model.ObjectGone, model.AskedLater}, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseUpdate)
		}),
		Needs: []model.Bounds{{Versions: 2}},
	},
	{
		ID:      "origin-bound",
		Place:   model.Place{Heading: navigator, Line: 43},
		Claims:  "a message that reaches a worker was posted by a page of the origin that it accepted",
		Applies: "a message reaches a worker",
		Broken:  "the worker takes a message for one of the origin that it accepted, and it is not",
		Kept:    "each message that a worker received was posted by a page of the origin that it accepted",
		Weight:  Must,
		Critic:  "whoever hands a port on vouches for what comes through it: that is how capabilities work",
		Tells:   tellsStranger,
		Violation: at(model.Delivered, func(m *Moment) Witness {
			return m.event(m.Event.Version != 0 && m.Event.Message.Stranger)
		}),
		Premise: at(model.Delivered, func(m *Moment) Witness { return m.event(m.Event.Version != 0) }),
		Needs:   []model.Bounds{{Messages: 1}},
	},
	{
		ID:      "update-progress",
		Place:   model.Place{Heading: global, Line: 111},
		Claims:  "no new version waits only because of pages of other origins",
		Applies: "a new version is installed while such a page is connected",
		Broken:  "the new version waits, and nothing but pages of other origins keeps it waiting",
		Kept:    "no new version waits because of pages of other origins",
		Weight:  Must,
		Critic:  "a service can call skipWaiting(), and its own tabs hold an update back for just as long",
		Tells:   tellsHeld("{version} waits, and nothing but {connection} keeps it waiting"),
		Violation: atQuiescence(func(m *Moment) Witness {
			reg := &m.Registration
			if reg.Waiting == 0 || reg.Controlled && !reg.SkipWaiting {
				return Witness{}
			}
			return m.heldByForeignOnly(reg.Waiting, !reg.SkipWaiting, model.Update, model.Pin)
		}),
		Premise: at(model.StateChanges, func(m *Moment) Witness {
			return m.event(m.Event.State == model.Installed && m.InUse(m.ofForeign))
		}),
		Needs: []model.Bounds{{Versions: 2}},
	},
	{
		ID:        "survives-suspend",
		Place:     model.Place{Heading: global, Line: 111},
		Claims:    "suspending an idle worker cuts no connection",
		Applies:   "a worker is suspended while a page is connected",
		Broken:    "the connection of a page is cut because its worker was idle",
		Kept:      "the suspended worker cut no connection of a page",
		Weight:    Want,
		Critic:    "a page that is told can connect again, and then nothing has to outlive an instance",
		Tells:     says("{connection}, which {page} held, is gone, because its worker was idle"),
		Violation: at(model.Cut, cutBy(model.CauseSuspend)),
		Premise:   atAny(ends, outlives(model.CauseSuspend)),
	},
	{
		ID:    "hides-suspend",
		Place: model.Place{Heading: navigator, Line: 45},
		Claims: "a page of another origin cannot observe that an idle worker was suspended (silence is no observation: a worker " +
			"may always be silent)",
		Applies: "a worker is suspended while a page of another origin is connected",
		Broken:  "a page of another origin learns when the service was idle, and so when others use it",
		Kept:    "no page of another origin is told anything",
		Weight:  Want,
		Critic:  "that a worker is idle is no secret: how long an answer takes shows it anyway",
		Tells:   says("{page}, of {origin}, is about to learn that the worker was suspended, and so when the service is idle"),
		Violation: at(model.PageNoticeSent, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseSuspend && m.foreign(m.Event.Page))
		}),
		Premise: atAny(ends, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseSuspend && m.foreign(m.connection().Holder))
		}),
	},
	{
		ID:        "survives-kill",
		Place:     model.Place{Heading: global, Line: 110},
		Claims:    "killing a worker cuts no connection that was accepted",
		Applies:   "a worker is killed while a page is connected",
		Broken:    "a connection that was accepted is gone with the instance that was killed",
		Kept:      "no connection that was accepted is gone with the instance",
		Weight:    Want,
		Critic:    "kills are rare, and a page that can connect at all can connect again",
		Tells:     says("{connection}, which {page} held, is gone, because an instance of its worker was killed"),
		Violation: atAny(losses, func(m *Moment) Witness { return m.event(m.Event.Cause == model.CauseKill && m.losesPage()) }),
		Premise:   atAny(ends, outlives(model.CauseKill)),
		Needs:     []model.Bounds{{Faults: 1, Kills: 1}},
	},
	{
		ID:        "survives-update",
		Place:     model.Place{Heading: global, Line: 111},
		Claims:    "activating a new version cuts no connection, unless the new version refuses it",
		Applies:   "a new version becomes active while a page is connected",
		Broken:    "the connection of a page is cut because its worker was updated",
		Kept:      "the new version cut no connection of a page, but for one that it refused",
		Weight:    Want,
		Critic:    "an update is rare, and a connection to old code is better ended than passed on",
		Tells:     says("{connection}, which {page} held, is gone, because its worker was updated"),
		Violation: at(model.Cut, cutBy(model.CauseUpdate)),
		Premise:   atAny(ends, outlives(model.CauseUpdate)),
		Needs:     []model.Bounds{{Versions: 2}},
	},
	{
		ID:      "can-idle",
		Place:   model.Place{Heading: global, Line: 111},
		Claims:  "no worker runs only because a quiet connection is open",
		Applies: "a worker runs that has nothing to do",
		Broken:  "nothing is left to do, and the worker runs for as long as a page pleases",
		Kept:    "the worker can be suspended, although a connection is open",
		Weight:  Want,
		Critic:  "a page that wants the worker to run can post to it all the time; browsers can limit the one like the other",
		Tells:   says("{version} has nothing left to do, and runs on: it cannot be suspended while {connection} is open"),
		Violation: atQuiescence(func(m *Moment) Witness {
			busy := busy(m)
			if !busy.Seen || m.PendingEvent() || m.Enabled(model.SuspendWorker) {
				return Witness{}
			}
			return busy
		}),
		Premise: atQuiescence(busy),
	},
	{
		ID:      "unregisters",
		Place:   model.Place{Heading: global, Line: 110},
		Claims:  "an unregistered registration is cleared although pages of other origins are connected",
		Applies: "a registration is unregistered while such a page is connected",
		Broken:  "the registration lives on, and nothing but pages of other origins keeps it",
		Kept:    "the registration did not stay for the sake of pages of other origins",
		Weight:  Must,
		Critic:  "a user who clears the data of a site ends all of it anyway, whatever a spec says of unregister()",
		Tells:   tellsHeld("the registration is still there, and nothing but {connection} keeps it"),
		Violation: atQuiescence(func(m *Moment) Witness {
			if m.Registration.Status != model.Unregistered || m.Registration.Controlled {
				return Witness{}
			}
			return m.heldByForeignOnly(m.Registration.Active, true, model.Unregister, model.Drain)
		}),
		Premise: at(model.RegistrationIs, func(m *Moment) Witness {
			return m.event(m.Event.Status == model.Unregistered && m.InUse(m.ofForeign))
		}),
	},
	{
		ID:      "page-reach",
		Place:   model.Place{Heading: navigator, Line: 46},
		Claims:  "a connection that stays up can be reached from the roots of an open page",
		Applies: "a page drops its last reference to the handle",
		Broken:  "the connection stays up, and no script of the page can reach it of its own accord",
		Kept:    "each connection that stays up can be reached by a script of its page",
		Weight:  Want,
		Critic:  "a page that drops its handle wanted to drop it, and a port that listens is meant to live on",
		Tells:   says("{connection} stays up, and no script of {page} can reach it, unless the worker happens to post a message"),
		Violation: atQuiescence(anyConnection(func(m *Moment, c *model.Connection) bool {
			return c.Entangled && c.Holder != 0 && !c.Reference && m.Ask(model.PageList) == model.None
		})),
		Premise: at(model.HandleLost, whenever),
	},
	{
		ID:      "worker-reach",
		Place:   model.Place{Heading: global, Line: 113},
		Claims:  "a running worker can reach each of its connections that is up",
		Applies: "a worker runs that has a connection",
		Broken:  "the worker runs and has a connection that its script cannot reach",
		Kept:    "the running worker can reach each of its connections that is up",
		Weight:  Want,
		Critic:  "a worker that wants to push can ask its pages to speak first, as servers do",
		Tells:   says("{version} runs and has {connection}, and its script has no way to reach it"),
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return m.Registration.Running && working(c) && !c.Object && m.Ask(model.WorkerList) == model.None
		})),
		Premise: always(anyConnection(func(m *Moment, c *model.Connection) bool { return m.Registration.Running && working(c) })),
	},
	{
		ID:    "ordered",
		Place: model.Place{Heading: navigator, Line: 35},
		Claims: "per connection and direction, what is handled is a gap-free prefix, in order, of what was posted (a message whose " +
			"handler was killed counts as not handled, and comes once more although the script may have acted on it)",
		Applies: "a message is delivered",
		Broken:  "a message arrives out of order, twice, or after a gap",
		Kept:    "what was handled is what was posted, in order and without gaps",
		Weight:  Must,
		Critic:  "messages could carry numbers, and who needs no order would get them sooner",
		Tells:   tellsDisorder,
		// One that is lost while the connection goes on leaves a gap, which the next message will come after.
		Violation: atAny([]model.EventKind{model.Delivered, model.Lost}, func(m *Moment) Witness {
			if m.Event.Kind == model.Lost {
				return m.event(m.connection().InUse() && m.connection().Entangled)
			}
			return m.event(m.Event.Message.Number != m.received()+1)
		}),
		Premise: at(model.Delivered, whenever),
		Needs:   []model.Bounds{{Messages: 1}},
	},
	{
		ID:      "no-bypass",
		Place:   model.Place{Heading: concepts, Line: 23},
		Claims:  "no page of another origin holds an open end that no version accepted",
		Applies: "a page of another origin gets a connection",
		Broken:  "a page of another origin holds an open end, and no version was ever asked",
		Kept:    "no page of another origin holds an open end that no version was asked for",
		Weight:  Must,
		Critic:  "a page that hands its port on can just as well pass on what comes through it",
		Tells:   says("{page}, of {origin}, holds an open end of {connection}, and no version was ever asked"),
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return c.Entangled && c.Accepted == 0 && m.foreign(c.Holder)
		})),
		Premise: at(model.Resolved, func(m *Moment) Witness { return m.event(m.foreign(m.Event.Page)) }),
	},
	{
		ID:      "refuses-first",
		Place:   model.Place{Heading: navigator, Line: 44},
		Claims:  "the worker can check the origin and the credentials of a page before that page holds a usable port",
		Applies: "a page of another origin gets a connection",
		Broken:  "the page holds a usable port, and the worker could not check both its origin and its credentials",
		Kept:    "the worker knew the origin and the credentials of the page before the page held a usable port",
		Weight:  Want,
		Critic:  "a worker can accept first and close after the first message, as servers accept before they authenticate",
		Tells:   says("{page} holds a usable end of {connection}, and {version} could not check both its origin and its credentials before"),
		// The page is honest: it gives its credentials wherever it can, such as { 'apiKey': …, 'cred': … } (draft 52).
		// Without a request that is over the port (draft 44: "let peers to use given MessagePort").
		Violation: at(model.Resolved, func(m *Moment) Witness {
			return m.event(m.foreign(m.Event.Page) && (m.Ask(model.Request) == model.None || m.Ask(model.Client) == model.None))
		}),
		Premise: at(model.Resolved, func(m *Moment) Witness { return m.event(m.foreign(m.Event.Page)) }),
	},
	{
		ID:      "page-private",
		Place:   model.Place{Heading: global, Line: 114},
		Claims:  "a worker of another origin learns nothing of a page beyond its origin",
		Applies: "a worker gets a connect event for a page of another origin",
		Broken:  "the worker learns more of the page than its origin",
		Kept:    "the worker learns nothing of the page but its origin",
		Weight:  Must,
		Critic:  "a page that connects can tell its url anyway, and a fetch sends a referrer",
		Tells:   says("{version} learns more of {page} than its origin"),
		Violation: at(model.Dispatched, func(m *Moment) Witness {
			if !m.foreign(m.connection().Page) {
				return Witness{}
			}
			client := m.Ask(model.Client)
			return m.event(client == model.Full || client == model.URLOnly)
		}),
		Premise: at(model.Dispatched, func(m *Moment) Witness { return m.event(m.foreign(m.connection().Page)) }),
	},
}

func up(c *model.Connection) bool      { return c.Phase == model.Up }
func working(c *model.Connection) bool { return c.Phase == model.Up && c.Entangled }

// connection returns the connection of the event, as it is after the step.
func (m *Moment) connection() *model.Connection { return &m.Connections[m.Event.Connection-1] }

// readsState tells whether the holder of c could read its state: there is one, and the page can reach c.
func (m *Moment) readsState(c *model.Connection) bool {
	return m.Ask(model.PageNotice) == model.NoticeState && (c.Reference || m.Ask(model.PageList) == model.List)
}

// heldByForeignOnly looks for a connection through which a page of another origin holds something up, unless a page of the
// service's own origin does so, too: by a pending connect event or, where use counts, by being in use. It is called where
// something is held up. Where a connect event is pending, use counts only under that answer to q; where none is, it must be
// use. The witness is of version v.
func (m *Moment) heldByForeignOnly(v model.Version, use bool, q model.Question, answer model.Answer) Witness {
	own := func(holds func(*model.Connection) bool) bool {
		return m.some(func(c *model.Connection) bool { return holds(c) && !m.ofForeign(c) }, v).Seen
	}
	hung := m.some((*model.Connection).Asked, v)
	switch {
	case own((*model.Connection).Asked), use && own((*model.Connection).InUse) && (!hung.Seen || m.Ask(q) == answer):
		return Witness{}
	case hung.Seen || !use:
		return hung
	}
	return m.some((*model.Connection).InUse, v)
}

// busy looks for a connection that is up while its worker runs.
func busy(m *Moment) Witness {
	if !m.Registration.Running {
		return Witness{}
	}
	return m.some(up, m.Registration.Active)
}

// losses are the events with which a connection ends at the worker's side.
var losses = []model.EventKind{model.Cut, model.Abandoned}

// losesPage tells whether a page held the connection that ends so: a first connect event that is abandoned ends none.
func (m *Moment) losesPage() bool {
	return m.Event.Page != 0 && (m.Event.Kind == model.Cut || m.Event.Again)
}

// cutBy looks for a connection that a page still held when it was cut.
func cutBy(cause model.Cause) func(*Moment) Witness {
	return func(m *Moment) Witness { return m.event(m.Event.Cause == cause && m.Event.Page != 0) }
}

// ends are the events that tell what became of a connection that was up when its worker stopped or was replaced.
var ends = []model.EventKind{model.Cut, model.ObjectGone, model.AskedLater}

// outlives looks for a connection of a page that met with a cause, whether it outlived it or not.
func outlives(cause model.Cause) func(*Moment) Witness {
	return func(m *Moment) Witness { return m.event(m.Event.Cause == cause && m.connection().Holder != 0) }
}
