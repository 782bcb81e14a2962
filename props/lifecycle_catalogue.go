package props

import "cosw/model"

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

// down tells whether a page holds an end that is linked to nothing, without knowing it.
func down(c *model.Connection) bool { return c.Holder != 0 && !c.Entangled }

// lostToWorker tells whether the holder of the page's end is the sender of a message that was not received.
func lostToWorker(c *model.Connection) bool { return c.Holder != 0 && c.ToWorker.Undelivered() > 0 }

// lifecycleProperties are the properties of the life of connections, in the order in which they are reported.
var lifecycleProperties = []Property{
	{
		ID:        "settles",
		Place:     model.Place{Heading: navigator, Line: 31},
		Claims:    "no promise of an open page stays pending once all that the browser owes has happened",
		Applies:   "a promise is settled",
		Broken:    "nothing is left to happen, and the promise of an open page is still pending",
		Kept:      "no promise of an open page is pending",
		Tells:     says("the promise of {page}, which asked for {connection}, is still pending, and so it stays"),
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool { return c.Pending })),
		Premise:   atAny([]model.EventKind{model.Resolved, model.Rejected}, whenever),
	},
	{
		ID:      "tells-page",
		Place:   model.Place{Heading: navigator, Line: 42},
		Claims:  "a page that does what it can to know, listen or read the state, knows when its connection is down",
		Applies: "a connection that a page holds ends at the worker's side",
		Broken:  "the connection is down, and nothing will ever tell the page",
		Kept:    "no page takes a connection for open that is down, and could have known",
		Tells:   tellsUnaware,
		Violation: atQuiescence(anyConnection(func(m *Moment, c *model.Connection) bool {
			return down(c) && (c.Listening || m.Ask(model.PageNotice) == model.None || m.readsState(c))
		})),
		Premise: atAny([]model.EventKind{model.Cut, model.Abandoned}, func(m *Moment) Witness { return m.event(m.Event.Page != 0) }),
	},
	{
		ID:      "accounts-loss",
		Place:   model.Place{Heading: global, Line: 110},
		Claims:  "a message is delivered, or its sender knows that the connection is down",
		Applies: "a message is lost",
		Broken:  "a message will never be delivered, and its sender will never know",
		Kept:    "each message was received, or its sender knows that the connection is down",
		Tells:   tellsLost,
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return lostToWorker(c) || c.Phase == model.Up && c.ToPage.Undelivered() > 0
		})),
		Premise: at(model.Lost, whenever),
	},
	{
		ID:      "delivers",
		Place:   model.Place{Heading: global, Line: 115},
		Claims:  "no message is stuck in the queue of a connection that is up",
		Applies: "a message is delivered",
		Broken:  "nothing is left to happen, and a message still waits although the connection is up",
		Kept:    "no message waits on a connection that is up",
		Tells:   tellsStuck,
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return c.Entangled && c.ToWorker.Length+c.ToPage.Length > 0
		})),
		Premise: at(model.Delivered, whenever),
	},
	{
		ID:      "frees-worker",
		Place:   model.Place{Heading: global, Line: 116},
		Claims:  "the worker's side holds nothing for a page that closed its end or is gone",
		Applies: "a page closes its end or goes away",
		Broken:  "the worker's side still holds an end whose page is gone, and will never let go of it",
		Kept:    "the worker's side holds no end whose page is gone",
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
		Tells:   tellsUnasked,
		Violation: at(model.Delivered, func(m *Moment) Witness {
			return m.event(m.Event.Version != 0 && m.Before.Accepted != 0 && m.Before.Accepted != m.Event.Version)
		}),
		Premise: atAny([]model.EventKind{model.ObjectGone, model.AskedLater}, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseUpdate)
		}),
	},
	{
		ID:      "origin-bound",
		Place:   model.Place{Heading: navigator, Line: 43},
		Claims:  "a message that reaches a worker was posted by a page of the origin that it accepted",
		Applies: "a message reaches a worker",
		Broken:  "the worker takes a message for one of the origin that it accepted, and it is not",
		Kept:    "each message that a worker received was posted by a page of the origin that it accepted",
		Tells:   tellsStranger,
		Violation: at(model.Delivered, func(m *Moment) Witness {
			return m.event(m.Event.Version != 0 && m.Event.Message.Stranger)
		}),
		Premise: at(model.Delivered, func(m *Moment) Witness { return m.event(m.Event.Version != 0) }),
	},
	{
		ID:      "update-progress",
		Place:   model.Place{Heading: global, Line: 111},
		Claims:  "no new version waits only because of pages of other origins",
		Applies: "a new version is installed while such a page is connected",
		Broken:  "the new version waits for as long as a page of another origin pleases",
		Kept:    "no new version waits because of pages of other origins",
		Tells:   says("{version} waits, and nothing but {connection} keeps it waiting, for as long as {page} pleases"),
		Violation: atQuiescence(func(m *Moment) Witness {
			reg := &m.Registration
			if reg.Waiting == 0 || reg.SkipWaiting || reg.Controlled {
				return Witness{}
			}
			return m.usedByForeignOnly(reg.Waiting)
		}),
		Premise: at(model.StateChanges, func(m *Moment) Witness {
			return m.event(m.Event.State == model.Installed && m.InUse(m.Foreign))
		}),
	},
	{
		ID:        "survives-suspend",
		Place:     model.Place{Heading: global, Line: 111},
		Claims:    "suspending an idle worker cuts no connection",
		Applies:   "a worker is suspended while a page is connected",
		Broken:    "the connection of a page is cut because its worker was idle",
		Kept:      "the suspended worker cut no connection of a page",
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
		Tells:   says("{page}, of {origin}, is about to learn that the worker was suspended, and so when the service is idle"),
		Violation: at(model.PageNoticeSent, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseSuspend && m.foreign(m.Event.Page))
		}),
		Premise: atAny(ends, func(m *Moment) Witness {
			c := m.connection()
			return m.event(m.Event.Cause == model.CauseSuspend && c.Holder != 0 && c.Page != 0 && m.Foreign(c))
		}),
	},
	{
		ID:      "survives-kill",
		Place:   model.Place{Heading: global, Line: 110},
		Claims:  "killing a worker cuts no connection that was accepted",
		Applies: "a worker is killed while a page is connected",
		Broken:  "a connection that was accepted is gone with the instance that was killed",
		Kept:    "no connection that was accepted is gone with the instance",
		Tells:   says("{connection}, which {page} held, is gone, because an instance of its worker was killed"),
		Violation: atAny([]model.EventKind{model.Cut, model.Abandoned}, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseKill && m.Event.Page != 0 && (m.Event.Kind == model.Cut || m.Event.Again))
		}),
		Premise: atAny(ends, outlives(model.CauseKill)),
	},
	{
		ID:        "survives-update",
		Place:     model.Place{Heading: global, Line: 111},
		Claims:    "activating a new version cuts no connection, unless the new version refuses it",
		Applies:   "a new version becomes active while a page is connected",
		Broken:    "the connection of a page is cut because its worker was updated",
		Kept:      "the new version cut no connection of a page, but for one that it refused",
		Tells:     says("{connection}, which {page} held, is gone, because its worker was updated"),
		Violation: at(model.Cut, cutBy(model.CauseUpdate)),
		Premise:   atAny(ends, outlives(model.CauseUpdate)),
	},
	{
		ID:      "can-idle",
		Place:   model.Place{Heading: global, Line: 111},
		Claims:  "no worker runs only because a quiet connection is open",
		Applies: "a worker runs that has nothing to do",
		Broken:  "nothing is left to do, and the worker runs for as long as a page pleases",
		Kept:    "the worker can be suspended, although a connection is open",
		Tells:   says("{version} has nothing left to do, and runs on: it cannot be suspended while {connection} is open"),
		Violation: atQuiescence(func(m *Moment) Witness {
			busy := busy(m)
			if !busy.Seen || m.Enabled(model.SuspendWorker) {
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
		Broken:  "the registration lives on for as long as a page of another origin pleases",
		Kept:    "the registration did not stay for the sake of pages of other origins",
		Tells:   says("the registration is still there, and nothing but {connection} keeps it: it lives on for as long as {page} pleases"),
		Violation: atQuiescence(func(m *Moment) Witness {
			if m.Registration.Status != model.Unregistered || m.Registration.Controlled {
				return Witness{}
			}
			return m.usedByForeignOnly(m.Registration.Active)
		}),
		Premise: at(model.RegistrationIs, func(m *Moment) Witness {
			return m.event(m.Event.Status == model.Unregistered && m.InUse(m.Foreign))
		}),
	},
	{
		ID:      "page-reach",
		Place:   model.Place{Heading: navigator, Line: 46},
		Claims:  "a connection that is up can be reached from the roots of an open page",
		Applies: "a page drops its last reference to the handle",
		Broken:  "the connection is up, and no script of the page can ever reach it again",
		Kept:    "each connection that is up can be reached by a script of its page",
		Tells:   says("{connection} is up, and no script of {page} can ever reach it again"),
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
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
		Tells:   says("{version} runs and has {connection}, and its script has no way to reach it"),
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return m.Registration.Running && working(c) && !c.Object && m.Ask(model.WorkerList) == model.None
		})),
		Premise: always(anyConnection(func(m *Moment, c *model.Connection) bool { return m.Registration.Running && working(c) })),
	},
	{
		ID:      "ordered",
		Place:   model.Place{Heading: navigator, Line: 35},
		Claims:  "per connection and direction, what is received is a gap-free prefix, in order, of what was posted",
		Applies: "a message is delivered",
		Broken:  "a message arrives out of order, twice, or after a gap",
		Kept:    "what was received is what was posted, in order and without gaps",
		Violation: at(model.Delivered, func(m *Moment) Witness {
			q := &m.Before.ToWorker
			if m.Event.Page != 0 {
				q = &m.Before.ToPage
			}
			return m.event(m.Event.Message.Number != q.Received+1)
		}),
		Premise:     at(model.Delivered, whenever),
		Unbreakable: "every design queues messages first in, first out, and a cut ends the queue: no question is about order",
	},
	{
		ID:      "no-bypass",
		Place:   model.Place{Heading: concepts, Line: 23},
		Claims:  "no page of another origin holds an open end that no version accepted",
		Applies: "a page of another origin gets a connection",
		Broken:  "a page of another origin holds an open end, and no version was ever asked",
		Kept:    "no page of another origin holds an open end that no version was asked for",
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

// usedByForeignOnly looks for a connection that is in use by a page of another origin, unless one is in use by a page of
// the service's own origin, too. Version v goes into the witness.
func (m *Moment) usedByForeignOnly(v model.Version) Witness {
	if m.InUse(func(c *model.Connection) bool { return !m.Foreign(c) }) {
		return Witness{}
	}
	return m.inUse(func(*model.Connection) bool { return true }, v)
}

// busy looks for a connection that is up while its worker runs.
func busy(m *Moment) Witness {
	if !m.Registration.Running {
		return Witness{}
	}
	return m.inUse(up, m.Registration.Active)
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
