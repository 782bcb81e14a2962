package render

import (
	"slices"

	"cosw/model"
	"cosw/props"
)

// ending says what is the case at the end that breaks p, of these pages, connections and messages.
func (n *narrator) ending(p *props.Property) string {
	w := n.scene.walk
	if n.scene.Trace.Part == props.Presence {
		last := &w.Presence[len(w.Presence)-1]
		return presenceEnding(last.Outcomes) + "; so " + p.Broken
	}
	if n.scene.Trace.Part != props.Lifecycle {
		return p.Broken
	}
	e := &ender{scene: n.scene, World: &w.Worlds[len(w.Worlds)-1]}
	if len(w.Events) > 0 {
		e.events = w.Events[len(w.Events)-1]
		e.before = &w.Worlds[len(w.Worlds)-2]
	}
	clause := endings[p.ID]
	if clause == nil {
		return p.Broken
	}
	for i := range e.Connections {
		if text := clause(e, uint8(i+1), &e.Connections[i]); text != "" {
			return text
		}
	}
	return p.Broken
}

// ender looks at the world after the last step, and at what happened in that step.
type ender struct {
	*model.World
	scene  *Scene
	before *model.World
	events []model.Event
}

// endings say of a connection that it is the one that breaks a property; empty if it is not.
var endings = map[string]func(e *ender, n uint8, c *model.Connection) string{
	"settles": func(_ *ender, n uint8, c *model.Connection) string {
		return when(c.Pending, pendingEnding(n, c))
	},
	"tells-page": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Holder != 0 && !c.Entangled, tellsPageEnding(n, c, e.scene.answer(model.PageNotice)))
	},
	"accounts-loss": func(e *ender, n uint8, c *model.Connection) string {
		switch {
		case c.Holder != 0 && c.ToWorker.Undelivered() > 0:
			return lossEnding(e.scene.undelivered(n, false, &c.ToWorker), e.holderOf(n, c), n, c.Entangled)
		case c.Phase == model.Up && c.ToPage.Undelivered() > 0:
			return lossEnding(e.scene.undelivered(n, true, &c.ToPage), whoseSide(e.version()), n, c.Entangled)
		}
		return ""
	},
	"delivers": func(e *ender, n uint8, c *model.Connection) string {
		names := append(e.scene.queued(n, false, &c.ToWorker), e.scene.queued(n, true, &c.ToPage)...)
		return when(c.Entangled && len(names) > 0, stuckEnding(names, n))
	},
	"frees-worker": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Phase == model.Up && !c.Entangled, retainsEnding(n))
	},
	"fresh-acceptance": func(e *ender, n uint8, _ *model.Connection) string {
		received, ok := e.event(n, model.Delivered)
		return when(ok, neverAcceptedEnding(received.Version, e.before.Connections[n-1].Accepted, n))
	},
	"origin-bound": func(e *ender, n uint8, c *model.Connection) string {
		_, ok := e.event(n, model.Delivered)
		return when(ok, strangerEnding(e.version(), e.Pages[max(c.Holder, 1)-1].Origin, c))
	},
	"update-progress": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Phase != model.Unused, waitsEnding(e.Registration.Waiting, n, c))
	},
	"survives-suspend": cutEnding, "survives-kill": cutEnding, "survives-update": cutEnding,
	"hides-suspend": func(e *ender, n uint8, _ *model.Connection) string {
		sent, ok := e.event(n, model.PageNoticeSent)
		return when(ok, observesEnding(sent.Page, e.Pages[max(sent.Page, 1)-1].Origin))
	},
	"can-idle": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Phase == model.Up, busyEnding(e.version(), n))
	},
	"unregisters": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Phase == model.Up, lingersEnding(n))
	},
	"page-reach": func(_ *ender, n uint8, c *model.Connection) string {
		return when(c.Entangled && !c.Reference, pageReachEnding(n, c.Holder))
	},
	"worker-reach": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Phase == model.Up && !c.Object, workerReachEnding(e.version(), n))
	},
	"refuses-first": func(e *ender, n uint8, c *model.Connection) string {
		resolved, ok := e.event(n, model.Resolved)
		return when(ok, uncheckedEnding(resolved.Page, n, c.Accepted))
	},
	"page-private": func(e *ender, n uint8, c *model.Connection) string {
		dispatched, ok := e.event(n, model.Dispatched)
		return when(ok, curiousEnding(dispatched.Version, c.Page))
	},
	"no-bypass": func(e *ender, n uint8, c *model.Connection) string {
		return when(c.Entangled && c.Accepted == 0, bypassEnding(n, c.Holder, e.Pages[max(c.Holder, 1)-1].Origin))
	},
}

func cutEnding(e *ender, n uint8, _ *model.Connection) string {
	for _, kind := range []model.EventKind{model.Cut, model.Abandoned} {
		if cut, ok := e.event(n, kind); ok {
			return cutShortEnding(n, cut)
		}
	}
	return ""
}

// when returns text if something is so, and nothing otherwise.
func when(so bool, text string) string {
	if so {
		return text
	}
	return ""
}

// event returns the last step's event of a kind that is about connection n.
func (e *ender) event(n uint8, kind model.EventKind) (model.Event, bool) {
	i := slices.IndexFunc(e.events, func(event model.Event) bool { return event.Kind == kind && event.Connection == n })
	if i < 0 {
		return model.Event{}, false
	}
	return e.events[i], true
}

// holderOf names the page that holds the end at which messages of connection n were posted.
func (e *ender) holderOf(n uint8, c *model.Connection) string {
	holder := pageName(int(c.Holder))
	first := e.scene.posts[parcel{n, false, c.ToWorker.Received + 1}]
	return holderText(holder, e.scene.Parties[first].Name == holder)
}

func (e *ender) version() string { return versionName(int(e.Registration.Active)) }

// answer returns the answer of the design to a question; the first of several.
func (s *Scene) answer(q model.Question) model.Answer {
	return model.AnswerOf(s.Trace.Design, q)
}

// undelivered returns the names of the messages of a direction that were posted and not received.
func (s *Scene) undelivered(connection uint8, toPage bool, q *model.Queue) []string {
	var names []string
	for number := q.Received + 1; number != q.Posted+1; number++ {
		names = append(names, s.names[parcel{connection, toPage, number}])
	}
	return names
}

// queued returns the names of the messages that wait.
func (s *Scene) queued(connection uint8, toPage bool, q *model.Queue) []string {
	var names []string
	for i := range q.Length {
		names = append(names, s.names[parcel{connection, toPage, q.At(i).Number}])
	}
	return names
}
