package props

import "cosw/model"

// The properties of the life of connections, in the order in which they are reported. Wording is in describe.go.

// anyConnection lifts a test of one connection to a moment.
func anyConnection(test func(*Moment, *model.Connection) bool) func(*Moment) bool {
	return func(m *Moment) bool {
		return m.some(func(c *model.Connection) bool { return test(m, c) })
	}
}

// down tells whether a page holds an end that is linked to nothing, without knowing it.
func down(c *model.Connection) bool { return c.Holder != 0 && !c.Entangled }

// lifecycleProperties is the part of the catalogue that the model of the lifecycle decides.
var lifecycleProperties = []Property{
	{
		ID:        "settles",
		Part:      Lifecycle,
		Place:     model.Place{Heading: navigator, Line: 31},
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool { return c.Pending })),
		Premise:   atAny([]model.EventKind{model.Resolved, model.Rejected}, whenever),
	},
	{
		ID:    "tells-page",
		Part:  Lifecycle,
		Place: model.Place{Heading: navigator, Line: 42},
		Violation: atQuiescence(anyConnection(func(m *Moment, c *model.Connection) bool {
			return down(c) && (c.Listening || m.Ask(model.PageNotice) == model.None || m.readsState(c))
		})),
		Premise: atAny([]model.EventKind{model.Cut, model.Abandoned}, func(m *Moment) bool { return m.Event.Page != 0 }),
	},
	{
		ID:    "accounts-loss",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 110},
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return c.Holder != 0 && c.ToWorker.Undelivered() > 0 ||
				c.Phase == model.Up && c.ToPage.Undelivered() > 0
		})),
		Premise: at(model.Lost, whenever),
	},
	{
		ID:    "delivers",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 115},
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return c.Entangled && c.ToWorker.Length+c.ToPage.Length > 0
		})),
		Premise: at(model.Delivered, whenever),
	},
	{
		ID:    "frees-worker",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 116},
		Violation: atQuiescence(anyConnection(func(_ *Moment, c *model.Connection) bool {
			return c.Phase == model.Up && !c.Entangled
		})),
		Premise: at(model.PageSideEnded, whenever),
	},
	{
		ID:    "fresh-acceptance",
		Part:  Lifecycle,
		Place: model.Place{Heading: concepts, Line: 26},
		Violation: at(model.Delivered, func(m *Moment) bool {
			return m.Event.Version != 0 && m.Before.Accepted != 0 && m.Before.Accepted != m.Event.Version
		}),
		Premise: atAny([]model.EventKind{model.ObjectGone, model.AskedLater}, func(m *Moment) bool {
			return m.Event.Cause == model.CauseUpdate
		}),
	},
	{
		ID:        "origin-bound",
		Part:      Lifecycle,
		Place:     model.Place{Heading: navigator, Line: 43},
		Violation: at(model.Delivered, func(m *Moment) bool { return m.Event.Version != 0 && m.Event.Message.Stranger }),
		Premise:   at(model.Delivered, func(m *Moment) bool { return m.Event.Version != 0 }),
	},
	{
		ID:    "update-progress",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 111},
		Violation: atQuiescence(func(m *Moment) bool {
			reg := &m.Registration
			return reg.Waiting != 0 && !reg.SkipWaiting && !reg.Controlled && m.usedByForeignOnly()
		}),
		Premise: at(model.StateChanges, func(m *Moment) bool {
			return m.Event.State == model.Installed && m.InUse(m.Foreign)
		}),
	},
	{
		ID:        "survives-suspend",
		Part:      Lifecycle,
		Place:     model.Place{Heading: global, Line: 111},
		Violation: at(model.Cut, cutBy(model.CauseSuspend)),
		Premise:   atAny(ends, outlives(model.CauseSuspend)),
	},
	{
		ID:    "hides-suspend",
		Part:  Lifecycle,
		Place: model.Place{Heading: navigator, Line: 45},
		Violation: at(model.PageNoticeSent, func(m *Moment) bool {
			return m.Event.Cause == model.CauseSuspend && m.foreign(m.Event.Page)
		}),
		Premise: atAny(ends, func(m *Moment) bool {
			c := m.connection()
			return outlives(model.CauseSuspend)(m) && c.Page != 0 && m.Foreign(c)
		}),
	},
	{
		ID:    "survives-kill",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 110},
		Violation: atAny([]model.EventKind{model.Cut, model.Abandoned}, func(m *Moment) bool {
			return cutBy(model.CauseKill)(m) && (m.Event.Kind == model.Cut || m.Event.Again)
		}),
		Premise: atAny(ends, outlives(model.CauseKill)),
	},
	{
		ID:        "survives-update",
		Part:      Lifecycle,
		Place:     model.Place{Heading: global, Line: 111},
		Violation: at(model.Cut, cutBy(model.CauseUpdate)),
		Premise:   atAny(ends, outlives(model.CauseUpdate)),
	},
	{
		ID:    "can-idle",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 111},
		Violation: atQuiescence(func(m *Moment) bool {
			return m.Registration.Running && m.InUse(up) && !m.Enabled(model.SuspendWorker)
		}),
		Premise: atQuiescence(func(m *Moment) bool { return m.Registration.Running && m.InUse(up) }),
	},
	{
		ID:    "unregisters",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 110},
		Violation: atQuiescence(func(m *Moment) bool {
			return m.Registration.Status == model.Unregistered && !m.Registration.Controlled && m.usedByForeignOnly()
		}),
		Premise: at(model.RegistrationIs, func(m *Moment) bool {
			return m.Event.Status == model.Unregistered && m.InUse(m.Foreign)
		}),
	},
	{
		ID:    "page-reach",
		Part:  Lifecycle,
		Place: model.Place{Heading: navigator, Line: 46},
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return c.Entangled && c.Holder != 0 && !c.Reference && m.Ask(model.PageList) == model.None
		})),
		Premise: at(model.HandleLost, whenever),
	},
	{
		ID:    "worker-reach",
		Part:  Lifecycle,
		Place: model.Place{Heading: global, Line: 113},
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return m.Registration.Running && working(c) && !c.Object && m.Ask(model.WorkerList) == model.None
		})),
		Premise: always(anyConnection(func(m *Moment, c *model.Connection) bool { return m.Registration.Running && working(c) })),
	},
	{
		ID:    "ordered",
		Part:  Lifecycle,
		Place: model.Place{Heading: navigator, Line: 35},
		Violation: at(model.Delivered, func(m *Moment) bool {
			q := &m.Before.ToWorker
			if m.Event.Page != 0 {
				q = &m.Before.ToPage
			}
			return m.Event.Message.Number != q.Received+1
		}),
		Premise:     at(model.Delivered, whenever),
		Unbreakable: "every design queues messages first in, first out, and a cut ends the queue: no question is about order",
	},
	{
		ID:    "no-bypass",
		Part:  Lifecycle,
		Place: model.Place{Heading: concepts, Line: 23},
		Violation: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return c.Entangled && c.Accepted == 0 && m.foreign(c.Holder)
		})),
		Premise: at(model.Resolved, func(m *Moment) bool { return m.foreign(m.Event.Page) }),
	},
}

func up(c *model.Connection) bool      { return c.Phase == model.Up }
func working(c *model.Connection) bool { return c.Phase == model.Up && c.Entangled }

// connection returns the connection of the event, as it is after the step.
func (m *Moment) connection() *model.Connection { return &m.Connections[m.Event.Connection-1] }

// readsState tells whether the holder of c could read its state: there is one, and the page can reach c.
func (m *Moment) readsState(c *model.Connection) bool {
	return m.Ask(model.PageNotice) == model.State && (c.Reference || m.Ask(model.PageList) == model.List)
}

// usedByForeignOnly tells whether the registration is used by pages of other origins, and by none of its own.
func (m *Moment) usedByForeignOnly() bool {
	return m.InUse(m.Foreign) && !m.InUse(func(c *model.Connection) bool { return !m.Foreign(c) })
}

// cutBy tests for a connection that a page still held when it was cut.
func cutBy(cause model.Cause) func(*Moment) bool {
	return func(m *Moment) bool { return m.Event.Cause == cause && m.Event.Page != 0 }
}

// ends are the events that tell what became of a connection that was up when its worker stopped or was replaced.
var ends = []model.EventKind{model.Cut, model.ObjectGone, model.AskedLater}

// outlives tests for a connection of a page that met with a cause, whether it outlived it or not.
func outlives(cause model.Cause) func(*Moment) bool {
	return func(m *Moment) bool { return m.Event.Cause == cause && m.connection().Holder != 0 }
}
