package props

import "cosw/model"

// accessProperties are about how one gets a connection and is rid of it, and about what others can observe of that.
var accessProperties = []Property{
	{
		ID:      "opt-in",
		Place:   model.Place{Heading: concepts, Line: 23},
		Claims:  "no page of another origin is let in unless a script of the service said yes",
		Applies: "a page of another origin is let in",
		Broken:  "a page of another origin is let in, and no script of the service ever heard of it",
		Kept:    "each page of another origin that was let in was accepted by a script of the service",
		Weight:  Must,
		Critic:  "whoever deploys a service worker that does not mind connections has nothing to lose by them",
		Tells:   says("{connection} of {page}, of {origin}, is accepted, and no script of {version} ever said so"),
		Violation: at(model.Accepted, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseSilence && m.foreign(m.connection().Page))
		}),
		Premise: at(model.Accepted, func(m *Moment) Witness { return m.event(m.foreign(m.connection().Page)) }),
	},
	{
		ID:      "first-visit",
		Place:   model.Place{Heading: motivation, Line: 13},
		Claims:  "a page can connect while the service is being installed",
		Applies: "a page asks for a connection while the service is being installed",
		Broken:  "a page is refused because the service is still being installed",
		Kept:    "no page was refused because the service was still being installed",
		Weight:  Want,
		Critic:  "a page that installs a service can wait for that itself, and everybody else can try again",
		Tells:   says("{page} is refused because the service is still being installed: it would have had to come later"),
		Violation: at(model.Rejected, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CauseNotReady)
		}),
		Premise: always(anyConnection(func(m *Moment, c *model.Connection) bool {
			return c.Pending && c.Phase == model.Requested && m.Registration.Status == model.Live && m.Registration.Active == 0
		})),
	},
	{
		ID:      "revocable",
		Place:   model.Place{Heading: global, Line: 116},
		Claims:  "a side that can reach its end of a connection can end it",
		Applies: "a page gets a connection",
		Broken:  "the connection is up, and neither side has a way to end it",
		Kept:    "either side can end the connection, as long as it can reach its end",
		Weight:  Want,
		Critic:  "a page can go away and a worker need not listen: what nobody uses costs nothing",
		Tells:   says("{page} holds {connection}, and neither {page} nor {version} has a way to end it"),
		Violation: at(model.Resolved, func(m *Moment) Witness {
			return m.event(m.Ask(model.Close) == model.None)
		}),
		Premise: at(model.Resolved, whenever),
	},
	{
		ID:        "one-context",
		Place:     model.Place{Heading: navigator, Line: 43},
		Claims:    "the handle of a connection belongs to one page as long as it lives (navigator-connect#35)",
		Applies:   "a page gets a handle while there is another page",
		Broken:    "the handle is now that of another page, and whatever is known of its holder is out of date",
		Kept:      "each handle is still that of the page that asked for it",
		Weight:    Want,
		Critic:    "to hand a port on is what ports are for, and frames of one application do so all the time",
		Tells:     says("{page} now has the handle of {connection}, which another page was given"),
		Violation: at(model.HandleMoved, whenever),
		Premise: at(model.Resolved, func(m *Moment) Witness {
			others := 0
			for i := range m.Pages {
				if m.Pages[i].Open && uint8(i+1) != m.Event.Page {
					others++
				}
			}
			return m.event(others > 0)
		}),
		Needs: []model.Bounds{{Pages: 2}},
	},
	{
		ID:    "tells-apart",
		Place: model.Place{Heading: global, Line: 112},
		Claims: "a worker knows which connection a message belongs to, whichever instance accepted it (only an id of the connection " +
			"tells: that of a Client is one of a page, which can have several)",
		Applies: "an instance gets to do with a connection that another one accepted",
		Broken:  "the worker cannot tell which of its connections this one is",
		Kept:    "the worker can tell which of its connections it has to do with",
		Weight:  Want,
		Critic:  "a script can send a name of its own with each message, and needs no help by the browser",
		Tells: says("{version} has to do with {connection} for the first time since it started, and cannot tell which of its " +
			"connections that is"),
		Violation: atAny(handovers, func(m *Moment) Witness {
			return m.event(m.takesOver() && m.Ask(model.Client) != model.OriginAndID)
		}),
		Premise: atAny(handovers, func(m *Moment) Witness { return m.event(m.takesOver()) }),
		Needs:   []model.Bounds{{Messages: 1}, {Versions: 2}},
	},
	{
		ID:      "quiet-leave",
		Place:   model.Place{Heading: global, Line: 116},
		Claims:  "a page that goes away or closes its end starts no worker",
		Applies: "a page goes away or closes its end while its worker does not run",
		Broken:  "a worker is started for nothing but to be told that a page is gone",
		Kept:    "no worker was started to be told that a page is gone",
		Weight:  Want,
		Critic:  "a worker that is never told cannot clean up, and a start now and then is what workers are made for",
		Tells:   says("{version} is started for nothing but to be told that a page is gone"),
		Violation: at(model.WorkerStarts, func(m *Moment) Witness {
			return m.event(m.Event.Cause == model.CausePageGone)
		}),
		Premise: at(model.PageSideEnded, func(m *Moment) Witness {
			return m.event(m.Registration.Active != 0 && !m.Registration.Running)
		}),
	},
	{
		ID:      "hides-suspend-timed",
		Place:   model.Place{Heading: navigator, Line: 45},
		Claims:  "a page of another origin cannot observe that an idle worker was suspended, not even by how long an answer takes",
		Applies: "a worker has nothing to do while a page of another origin is connected",
		Broken:  "the next answer takes a page of another origin longer, or never comes, because the service was idle",
		Kept:    "the worker was not suspended while a page of another origin was connected",
		Weight:  Want,
		Critic:  "the start of a worker is lost in the noise of everything else that takes time",
		Tells:   tellsSuspended,
		Violation: atAny([]model.EventKind{model.WorkerStops, model.Cut, model.AskedLater}, func(m *Moment) Witness {
			switch {
			case m.Event.Cause != model.CauseSuspend:
				return Witness{}
			case m.Event.Kind == model.WorkerStops:
				return m.some(func(c *model.Connection) bool { return working(c) && m.foreign(c.Holder) }, m.Event.Version)
			}
			return m.event(m.foreign(m.connection().Holder))
		}),
		Premise: atQuiescence(func(m *Moment) Witness {
			if !m.Registration.Running {
				return Witness{}
			}
			return m.some(func(c *model.Connection) bool { return working(c) && m.foreign(c.Holder) }, m.Registration.Active)
		}),
	},
	{
		ID:      "hides-collection",
		Place:   model.Place{Heading: global, Line: 116},
		Claims:  "no worker can observe when the handle of a page of another origin is collected (whatwg/html#10201)",
		Applies: "the handle of a page of another origin is collected",
		Broken:  "a worker can observe when garbage is collected in a page of another origin",
		Kept:    "no worker could observe a collection of garbage in a page of another origin",
		Weight:  Want,
		Critic:  "scripts can see collection through WeakRef already, and a worker only learns that nobody wants it any more",
		Tells:   tellsCollected,
		Violation: atAny([]model.EventKind{model.PageSideEnded, model.WorkerNoticeSent}, func(m *Moment) Witness {
			if m.Event.Kind == model.WorkerNoticeSent {
				return m.event(m.Event.Cause == model.CauseCollected && m.foreign(m.Before.Holder))
			}
			return m.event(m.collectsForeign() && m.workerMisses())
		}),
		Premise: at(model.PageSideEnded, func(m *Moment) Witness { return m.event(m.collectsForeign()) }),
	},
}

// handovers are the events at which an instance has to do with a connection that it did not accept itself.
var handovers = []model.EventKind{model.Delivered, model.Accepted}

// takesOver tells whether that is the case of the event: a message reaches an instance that has no object for its
// connection yet, or it accepts what was accepted before.
func (m *Moment) takesOver() bool {
	if m.Event.Kind == model.Accepted {
		return m.Event.Again
	}
	return m.Event.Version != 0 && !m.Before.Object
}

// collectsForeign tells whether the event is that the end of a page of another origin is collected.
func (m *Moment) collectsForeign() bool {
	return m.Event.Cause == model.CauseCollected && m.foreign(m.Event.Page)
}

// workerMisses tells whether a worker that is told nothing can find out when a page's end goes: by an entry of its list that
// goes, or because what it posts is no longer acknowledged, in which the page's script has no say.
func (m *Moment) workerMisses() bool {
	return m.listShrinks() || m.Ask(model.Acknowledge) == model.Each
}

// listShrinks tells whether a worker's list loses a connection when its page's end goes.
func (m *Moment) listShrinks() bool {
	return m.Ask(model.WorkerNotice) == model.NoticeSilent && m.Ask(model.WorkerList) == model.List
}
