package render

import (
	"cosw/model"
)

// told is an event with the names of its connection, page and version.
type told struct {
	model.Event
	on            string // the connection in pictures, empty where there is only one
	connection    string // the connection in sentences
	page, version role
}

// role is a party.
type role struct {
	at   int
	name string
}

func (c *cast) told(e model.Event) told {
	return told{
		Event: e, on: c.on(e.Connection), connection: model.ConnectionName(e.Connection),
		page:    role{c.pages[e.Page], model.PageName(e.Page)},
		version: role{c.version(e.Version), model.VersionName(e.Version)},
	}
}

// say adds a clause to what comes of the step.
func (c *cast) say(clause string) { c.comes = append(c.comes, clause) }

// following returns the event after the one that is told, the zero event if that is the last.
func (c *cast) following() model.Event {
	if c.at+1 < len(c.step.ModelEvents) {
		return c.step.ModelEvents[c.at+1]
	}
	return model.Event{}
}

// reports tells whether the step has an event of a kind, about a connection.
func (c *cast) reports(kind model.EventKind, connection uint8) bool {
	for _, e := range c.step.ModelEvents {
		if e.Kind == kind && e.Connection == connection {
			return true
		}
	}
	return false
}

// tellings has a function for each kind of event, which shows it and adds what the text of the step does not say.
var tellings = map[model.EventKind]func(c *cast, e told){
	model.Hangs: func(c *cast, e told) {
		c.note(Failing, e.version.at, "its handler"+about(" for", e.on)+" hangs")
		c.say(e.Describe())
	},
	model.Dispatched: func(c *cast, e told) {
		label, clause := "connect event", e.version.name+" gets a connect event for it"
		if e.Again {
			label, clause = "connect event once more", clause+", although it was accepted before"
		}
		c.arrow(Request, c.browser, e.version.at, label+about(" for", e.on))
		c.say(clause)
	},
	model.Accepted: (*cast).accepted,
	model.Resolved: func(c *cast, e told) {
		c.note(Turning, e.page.at, "holds "+theConnection(e.on))
		c.say("the promise of " + e.page.name + " is resolved with an end of " + e.connection)
	},
	model.Rejected: func(c *cast, e told) {
		from, label := c.browser, "promise"+about(" of", e.on)+" rejected: "+e.Cause.Text()
		if c.step.Model.Kind == model.WorkerRejects {
			from = c.step.Actor
		}
		if e.Cause == model.CauseRefused {
			label = "refuses" + e.on + ": promise rejected"
		}
		c.arrow(Reply, from, e.page.at, label)
		c.say(e.Describe())
	},
	model.Abandoned: func(c *cast, e told) {
		c.note(Failing, c.browser, "the connect event"+about(" of", e.on)+" is gone for good")
		if e.Again {
			c.say("the connect event is gone for good, and " + e.connection + " with it")
			return
		}
		c.say("the connect event of " + e.connection + " is gone for good, and nothing will ever settle the promise of " +
			model.PageName(c.before.Connections[e.Connection-1].Page))
	},
	model.AskedLater: func(c *cast, e told) {
		c.note(Turning, c.browser, theConnection(e.on)+" waits for another connect event")
		c.say(e.connection + " waits for another connect event")
	},

	model.Posted:    (*cast).postedMessage,
	model.Delivered: (*cast).deliveredMessage,
	model.Handled: func(c *cast, e told) {
		delete(c.underWay, parcel{e.Connection, false, e.Message.Number})
	},
	model.Lost: func(c *cast, e told) {
		p := c.endMessage(e, e.Version != 0, Vanishes)
		if c.reports(model.Posted, e.Connection) {
			c.say("nothing is at the other end any more, and " + p.text + " is lost")
			return
		}
		c.say(p.text + " is lost")
	},

	model.Cut: func(c *cast, e told) {
		if e.Cause == model.CauseWorker {
			c.note(Turning, e.version.at, "closes its end"+about(" of", e.on))
		} else {
			c.note(Failing, e.version.at, "its end"+about(" of", e.on)+" is gone: "+e.Cause.Text())
		}
		c.say(e.connection + " ends at the worker's side")
		if e.Page != 0 && !c.reports(model.PageNoticeSent, e.Connection) {
			c.say(e.page.name + " is not told")
		}
	},
	model.WorkerEndGone: func(c *cast, e told) {
		c.note(Turning, c.browser, "takes the worker's end"+about(" of", e.on)+", whose page is gone")
		c.say(e.Describe())
	},
	model.PageSideEnded: func(c *cast, e told) {
		if e.Cause == model.CausePage {
			c.note(Turning, e.page.at, "closes its end"+about(" of", e.on))
		} else if e.Cause == model.CauseCollected {
			c.note(Failing, e.page.at, "its end"+about(" of", e.on)+" is collected")
			c.say("its end of " + e.connection + " is collected")
		} else {
			c.note(Turning, e.page.at, "its end"+about(" of", e.on)+" is gone with it")
		}
		if e.Cause == model.CausePageGone {
			c.say("its end of " + e.connection + " is gone with it")
		}
		if c.after.Connections[e.Connection-1].Phase == model.Up && !c.reports(model.WorkerNoticeSent, e.Connection) {
			c.say("the worker is not told")
		}
	},
	model.ObjectGone: func(c *cast, e told) {
		c.note(Failing, e.version.at, theConnection(e.on)+" lives on, its object is gone")
		c.say(e.connection + " outlives the instance of " + e.version.name + ", but the object that its script had for it is gone")
	},
	model.HandleLost: func(c *cast, e told) {
		c.note(Failing, e.page.at, "drops its last reference to "+theConnection(e.on))
	},
	model.HandleMoved: func(c *cast, e told) {
		c.arrow(Handing, c.step.Actor, e.page.at, "transfers the handle"+about(" of", e.on))
		c.say(e.page.name + " holds it now")
	},

	model.ListeningStarts: func(c *cast, e told) {
		c.note(Turning, e.page.at, "listens for the end of "+theConnection(e.on))
	},
	model.PageNoticeSent: func(c *cast, e told) {
		c.sendNotice(e, true, "notice: "+theConnection(e.on)+" is down")
		c.say("a notice is on its way to " + e.page.name)
	},
	model.PageNoticeLost: func(c *cast, e told) {
		c.deliver(Notice, parcel{e.Connection, true, 0}, e.page.at, "", Vanishes)
		c.note(Failing, e.page.at, "does not listen, so the notice is lost")
		c.say(e.page.name + " does not listen, so the notice is lost, and there will be no other")
	},
	model.PageKnows: func(c *cast, e told) {
		c.deliver(Notice, parcel{e.Connection, true, 0}, e.page.at, "", Arrives)
		c.note(Turning, e.page.at, "knows that "+theConnection(e.on)+" is down")
		c.say(e.page.name + " knows now")
	},
	model.WorkerNoticeSent: func(c *cast, e told) {
		c.sendNotice(e, false, "notice: the page"+about(" of", e.on)+" is gone")
		c.say("a notice is on its way to the worker")
	},
	model.WorkerKnows: func(c *cast, e told) {
		c.deliver(Notice, parcel{e.Connection, false, 0}, e.version.at, "", Arrives)
		c.note(Turning, e.version.at, "lets go of its end"+about(" of", e.on))
		c.say(e.version.name + " lets go of its end")
	},

	model.PageGone:   func(c *cast, e told) { c.note(Turning, e.page.at, "is gone") },
	model.PageFrozen: func(c *cast, e told) { c.note(Turning, e.page.at, "is frozen, and thaws later") },
	model.WorkerStarts: func(c *cast, e told) {
		label := "starts it"
		if e.Cause == model.CausePageGone {
			label = "starts it, to tell it that a page is gone"
			c.say(e.Describe())
		}
		c.arrow(Control, c.browser, e.version.at, label)
	},
	model.StartFails: func(c *cast, e told) {
		c.note(Failing, e.version.at, "fails to start")
	},
	model.WorkerStops: func(c *cast, e told) {
		if e.Cause == model.CauseSuspend {
			c.arrow(Control, c.browser, e.version.at, "suspends it")
			return
		}
		c.arrow(Control, c.browser, e.version.at, "kills it")
	},
	model.StateChanges: func(c *cast, e told) {
		c.note(Turning, e.version.at, e.State.String())
		if e.State == model.Redundant {
			c.say(e.Describe())
		}
	},
	model.RegistrationGone: func(c *cast, e told) {
		c.note(Turning, c.browser, e.Describe())
		c.say(e.Describe())
	},
	model.RegistrationIs: func(c *cast, e told) {
		c.note(Turning, c.browser, e.Describe())
		if e.Status == model.Unregistered {
			c.say(e.Describe())
		}
	},
	model.ClientControlled: func(c *cast, e told) { c.note(Turning, c.browser, e.Describe()) },
	model.ClientGone:       func(c *cast, e told) { c.note(Turning, c.browser, e.Describe()) },
}

// accepted shows that a worker accepts, or that a connection is made without it.
func (c *cast) accepted(e told) {
	next := c.following()
	resolved, to := next.Kind == model.Resolved, c.browser
	if resolved {
		to = c.pages[next.Page]
	}
	label := "accepts" + e.on + ", its page is gone"
	switch {
	case e.Cause == model.CauseSilence:
		c.note(Doing, e.version.at, "does not answer"+e.on+": that is acceptance")
		c.say(e.version.name + " has " + e.connection + ", though its script never touched it")
	case e.Cause == model.CauseSameOrigin:
		c.note(Doing, e.version.at, "has "+theConnection(e.on)+" without being asked")
		c.say(e.version.name + " has " + e.connection + " without being asked")
	case e.Again:
		label = "accepts once more" + e.on
	case resolved:
		label = "accepts" + e.on + ": promise resolved"
	}
	if e.Cause == model.CauseScript {
		c.arrow(Reply, e.version.at, to, label)
	} else if resolved {
		c.arrow(Reply, c.browser, to, "promise resolved"+about(":", e.on))
	}
}

func (c *cast) postedMessage(e told) {
	c.posted++
	key := parcel{e.Connection, e.Page == 0, e.Message.Number}
	name := messageName(c.posted)
	c.message, c.names[key] = name, name
	c.send(key, c.step.Actor, name)
	if c.following().Kind != model.Lost {
		c.note(Doing, c.step.Actor, "posts "+name+about(" on", e.on))
	}
}

func (c *cast) deliveredMessage(e told) {
	if e.Page != 0 {
		c.endMessage(e, true, Arrives)
		return
	}
	key := parcel{e.Connection, false, e.Message.Number}
	p := c.endMessage(e, false, Arrives)
	c.underWay[key] = p // until it is handled: another instance may get it once more
	if e.Message.Stranger {
		c.note(Belief, e.version.at, "takes "+p.text+" for one of the page that it accepted")
		c.say(e.version.name + " takes it for a message of the page that it accepted")
	}
	if by := c.before.Connections[e.Connection-1].Accepted; by != 0 && by != e.Version {
		c.note(Failing, e.version.at, "never accepted "+theConnection(e.on))
	}
}

// endMessage shows that a message is received or lost, and returns it.
func (c *cast) endMessage(e told, toPage bool, fate Fate) *sent {
	key := parcel{e.Connection, toPage, e.Message.Number}
	p := c.deliver(Message, key, c.addressee(key, c.before), about(" on", e.on), fate)
	if c.message == "" {
		c.message = p.text
	}
	return p
}

// sendNotice puts a notice under way, from the party that acts if it caused the end.
func (c *cast) sendNotice(e told, toPage bool, text string) {
	from := c.browser
	if e.Cause == model.CauseWorker || e.Cause == model.CausePage {
		from = c.step.Actor
	}
	c.send(parcel{e.Connection, toPage, 0}, from, text)
}
