package render

import (
	"cosw/model"
	"cosw/props"
	"cosw/props/explore"
)

// cast are the parties of one run of the lifecycle, as indices of Scene.Parties, and what was sent and has not arrived.
type cast struct {
	s        *Scene
	pages    [model.MaxPages + 1]int
	versions [model.MaxVersions + 1]int
	browser  int
	newest   model.Version // the version that was active last

	messages map[parcel]*sent
	notices  map[parcel]*sent
	posted   int // how many messages were posted so far

	several bool // there is more than one connection, so that words have to name them
	step    *Step
	before  *model.World
	after   *model.World
}

// parcel is a message, or a notice when it has no number.
type parcel struct {
	connection uint8
	toPage     bool
	number     uint8
}

// sent is a parcel that is under way.
type sent struct {
	from, step int
	text       string
}

// cue is a step of the lifecycle with what comes of it.
type cue struct {
	at            int // its index in Scene.Steps
	step          model.Step
	before, after *model.World
	events        []model.Event
}

func (lifecycleStager) stage(s *Scene) {
	cues := make([]cue, len(s.Steps))
	for i := range s.Steps {
		cues[i] = cue{i, s.modelStep(i), worldAt[model.World](s, i), worldAt[model.World](s, i+1), s.walk.Events[i]}
		s.Steps[i].Changes = model.Changes(cues[i].before, cues[i].after)
	}
	begin := worldAt[model.World](s, 0)
	s.Before = begin.Describe()
	s.After = worldAt[model.World](s, len(s.Steps)).Describe()
	s.perform(begin, cues, nowhere)
}

// stage puts both sides on the stage, each with a cast of its own.
func (presenceStager) stage(s *Scene) {
	begin := worldAt[props.PresenceWorld](s, 0)
	for side := range begin.Sides {
		var cues []cue
		for i := range s.Steps {
			before, after := worldAt[props.PresenceWorld](s, i), worldAt[props.PresenceWorld](s, i+1)
			if s.side(i) == side {
				cues = append(cues, cue{i, s.modelStep(i), &before.Sides[side], &after.Sides[side], s.walk.Events[i]})
			}
		}
		c := s.perform(&begin.Sides[side], cues, side)
		for _, cue := range cues {
			for _, e := range cue.events {
				if e.Kind == model.Rejected {
					s.note(cue.at, Turning, c.pages[e.Page], seesText(worldAt[props.PresenceWorld](s, cue.at+1).Promises[side]))
				}
			}
		}
	}
}

// nowhere is the side of a trace that has no sides.
const nowhere = -1

func (s *Scene) label(i int) explore.Step {
	label, err := s.stage.ParseStep(s.Steps[i].Name)
	if err != nil {
		panic("render: a step that was walked cannot be read: " + err.Error())
	}
	return label
}

func (s *Scene) modelStep(i int) model.Step { return props.ModelStep(s.label(i)) }
func (s *Scene) side(i int) int             { return props.SideOf(s.label(i)) }

// add adds a party and returns its index.
func (s *Scene) add(p Party) int {
	s.Parties = append(s.Parties, p)
	return len(s.Parties) - 1
}

func (s *Scene) note(step int, kind NoteKind, party int, text string) {
	s.Steps[step].Notes = append(s.Steps[step].Notes, Note{kind, party, text})
}

// perform puts one run of the lifecycle on the stage: its parties, and what its steps show.
func (s *Scene) perform(begin *model.World, cues []cue, side int) *cast {
	s.names, s.posts = map[parcel]string{}, map[parcel]int{}
	c := &cast{s: s, messages: map[parcel]*sent{}, notices: map[parcel]*sent{}, newest: begin.Registration.Active}
	c.enter(begin, cues, side)
	for i := range cues {
		c.play(&cues[i])
	}
	c.leaveWaiting()
	return c
}

// enter adds the parties: pages that do something or are told something, the browser, and all versions that there are.
func (c *cast) enter(begin *model.World, cues []cue, side int) {
	var pages [model.MaxPages + 1]bool
	var versions [model.MaxVersions + 1]bool
	versions[begin.Registration.Active] = true
	for _, cue := range cues {
		pages[cue.step.Page], pages[cue.step.To] = true, true
		c.several = c.several || cue.step.Connection > 1
		for _, e := range cue.events {
			pages[e.Page], versions[e.Version] = true, true
		}
	}
	for p := 1; p < len(pages); p++ {
		if pages[p] {
			c.pages[p] = c.s.add(pageParty(p, begin.Pages[p-1].Origin, side))
		}
	}
	c.browser = c.s.add(browserParty(side))
	for v := 1; v < len(versions); v++ {
		if versions[v] {
			c.versions[v] = c.s.add(versionParty(v))
		}
	}
}

// play puts a step on the stage.
func (c *cast) play(cue *cue) {
	c.step, c.before, c.after = &c.s.Steps[cue.at], cue.before, cue.after
	c.step.Text = cue.step.Describe()
	c.step.Actor = c.actor(cue.step)
	if cue.step.Kind == model.PageConnects {
		c.arrow(Request, c.pages[cue.step.Page], c.browser, connectText+about(":", c.on(cue.step.Connection)))
	}
	c.step.messages = make([]string, len(cue.events))
	for i, e := range cue.events {
		c.show(cue.step, e, i, cue.events[i+1:])
	}
	c.showBeliefs()
	if c.step.Arrows == nil && c.step.Notes == nil {
		c.note(Doing, c.step.Actor, doesText(cue.step))
	}
	if v := c.after.Registration.Active; v != 0 {
		c.newest = v
	}
}

// actor returns the party that takes a step.
func (c *cast) actor(s model.Step) int {
	switch {
	case s.Page != 0:
		return c.pages[s.Page]
	case s.Kind.Actor() == model.ByWorker:
		return c.version(c.before.Registration.Active)
	case s.Kind == model.CallSkipWaiting:
		return c.version(c.before.Registration.Waiting)
	}
	return c.browser
}

// version returns the party that is version v, or the browser where there is none.
func (c *cast) version(v model.Version) int {
	if v == 0 {
		v = c.newest
	}
	if v == 0 {
		return c.browser
	}
	return c.versions[v]
}

func (c *cast) note(kind NoteKind, party int, text string) {
	c.step.Notes = append(c.step.Notes, Note{kind, party, text})
}

func (c *cast) arrow(kind ArrowKind, from, to int, text string) {
	c.step.Arrows = append(c.step.Arrows, Arrow{kind, from, to, text, Arrives, c.step.Number})
}

// show shows event i of a step; rest are those of the same step that come after it.
func (c *cast) show(s model.Step, e model.Event, i int, rest []model.Event) {
	on := c.on(e.Connection)
	switch e.Kind {
	case model.Dispatched:
		c.arrow(Request, c.browser, c.version(e.Version), connectEventText(on, e.Again))
	case model.Accepted:
		c.showAccepted(e, rest)
	case model.Resolved:
		c.note(Turning, c.pages[e.Page], holdsText(on))
	case model.Rejected:
		from := c.browser
		if s.Kind == model.WorkerRejects {
			from = c.step.Actor
		}
		c.arrow(Reply, from, c.pages[e.Page], rejectedText(on, e.Cause))
	case model.Posted, model.Delivered, model.Lost:
		c.step.messages[i] = c.showMessage(e, rest)
	case model.PageNoticeSent, model.PageNoticeLost, model.PageKnows, model.WorkerNoticeSent, model.WorkerKnows:
		c.showNotice(e)
	case model.HandleMoved:
		c.arrow(Handing, c.pages[s.Page], c.pages[e.Page], handleMovedText(on))
	case model.WorkerStarts:
		c.arrow(Control, c.browser, c.version(e.Version), startsText)
	case model.WorkerStops:
		c.arrow(Control, c.browser, c.version(e.Version), stopsText(e.Cause))
	default:
		kind, party, text := c.turn(e, on)
		c.note(kind, party, text)
	}
}

// turn returns the note for an event that is about a single party.
func (c *cast) turn(e model.Event, on string) (NoteKind, int, string) {
	switch e.Kind {
	case model.Abandoned:
		return Failing, c.browser, abandonedText(on)
	case model.AskedLater:
		return Turning, c.browser, askedLaterText(on)
	case model.Cut:
		if e.Cause == model.CauseWorker {
			return Turning, c.version(e.Version), cutText(on, e.Cause)
		}
		return Failing, c.version(e.Version), cutText(on, e.Cause)
	case model.PageSideEnded:
		return Turning, c.pages[e.Page], pageEndText(on, e.Cause)
	case model.ObjectGone:
		return Failing, c.version(e.Version), objectGoneText(on)
	case model.HandleLost:
		return Failing, c.pages[e.Page], handleLostText(on)
	case model.ListeningStarts:
		return Turning, c.pages[e.Page], listensText(on)
	case model.PageGone:
		return Turning, c.pages[e.Page], pageGoneText
	case model.StateChanges:
		return Turning, c.version(e.Version), e.State.String()
	}
	return Turning, c.browser, e.Describe()
}

// showAccepted shows that a worker accepts, or that a connection is made without it.
func (c *cast) showAccepted(e model.Event, rest []model.Event) {
	on, version := c.on(e.Connection), c.version(e.Version)
	resolved := len(rest) > 0 && rest[0].Kind == model.Resolved
	from, to := version, c.browser
	if resolved {
		to = c.pages[rest[0].Page]
	}
	switch {
	case e.Cause == model.CauseScript:
		c.arrow(Reply, from, to, acceptsText(on, resolved, e.Again))
		return
	case e.Cause == model.CauseSilence:
		c.note(Doing, version, silenceText(on))
	default:
		c.note(Doing, version, notAskedText(on))
	}
	if resolved {
		c.arrow(Reply, c.browser, to, resolvedText(on))
	}
}

// showMessage shows what becomes of a message, and returns its name.
func (c *cast) showMessage(e model.Event, rest []model.Event) string {
	toPage := e.Page == 0
	if e.Kind != model.Posted {
		toPage = e.Kind == model.Delivered && e.Page != 0 || e.Kind == model.Lost && e.Version != 0
	}
	key := parcel{e.Connection, toPage, e.Message.Number}
	if e.Kind == model.Posted {
		c.posted++
		p := &sent{c.step.Actor, c.step.Number, messageName(c.posted)}
		c.messages[key] = p
		c.s.names[key], c.s.posts[key] = p.text, p.from
		if len(rest) == 0 || rest[0].Kind != model.Lost {
			c.note(Doing, p.from, postsText(p.text, c.on(e.Connection)))
		}
		return p.text
	}
	p := c.messages[key]
	delete(c.messages, key)
	fate := Vanishes
	if e.Kind == model.Delivered {
		fate = Arrives
	}
	to := c.addressee(key)
	c.deliver(Message, p, to, p.text+about(" on", c.on(e.Connection)), fate)
	if fate == Arrives && !toPage {
		c.showReceiver(e, p, to)
	}
	return p.text
}

// showReceiver notes what is wrong with a worker that receives a message.
func (c *cast) showReceiver(e model.Event, p *sent, to int) {
	if e.Message.Stranger {
		c.note(Belief, to, strangerText(p.text))
	}
	if by := c.before.Connections[e.Connection-1].Accepted; by != 0 && by != e.Version {
		c.note(Failing, to, neverAcceptedText(c.on(e.Connection)))
	}
}

// addressee returns the party that a message or notice is meant for.
func (c *cast) addressee(key parcel) int {
	if !key.toPage {
		return c.version(c.before.Registration.Active)
	}
	connection := &c.before.Connections[key.connection-1]
	if connection.Holder != 0 {
		return c.pages[connection.Holder]
	}
	return c.pages[connection.Page]
}

// deliver shows the end of what was under way.
func (c *cast) deliver(kind ArrowKind, p *sent, to int, text string, fate Fate) {
	c.step.Arrows = append(c.step.Arrows, Arrow{kind, p.from, to, text, fate, p.step})
}

// showNotice shows a notice that the other side is gone.
func (c *cast) showNotice(e model.Event) {
	on := c.on(e.Connection)
	toPage := e.Kind == model.PageNoticeSent || e.Kind == model.PageNoticeLost || e.Kind == model.PageKnows
	key := parcel{connection: e.Connection, toPage: toPage}
	switch e.Kind {
	case model.PageNoticeSent, model.WorkerNoticeSent:
		from := c.browser
		if e.Cause == model.CauseWorker || e.Cause == model.CausePage {
			from = c.step.Actor
		}
		c.notices[key] = &sent{from, c.step.Number, noticeText(on, toPage)}
		return
	}
	p := c.notices[key]
	delete(c.notices, key)
	switch e.Kind {
	case model.PageNoticeLost:
		c.deliver(Notice, p, c.pages[e.Page], p.text, Vanishes)
		c.note(Failing, c.pages[e.Page], doesNotListenText)
	case model.PageKnows:
		c.deliver(Notice, p, c.pages[e.Page], p.text, Arrives)
		c.note(Turning, c.pages[e.Page], pageKnowsText(on))
	default:
		c.deliver(Notice, p, c.version(e.Version), p.text, Arrives)
		c.note(Turning, c.version(e.Version), workerKnowsText(on))
	}
}

// showBeliefs notes who takes for true what no longer is.
func (c *cast) showBeliefs() {
	for i := range c.after.Connections {
		before, after, on := &c.before.Connections[i], &c.after.Connections[i], c.on(uint8(i+1))
		if after.Holder != 0 && !after.Entangled && (before.Entangled || before.Holder != after.Holder) {
			c.note(Belief, c.pages[after.Holder], believesText(on))
		}
		orphan := after.Phase == model.Up && !after.Entangled
		if orphan && (before.Phase != model.Up || before.Entangled) {
			c.note(Belief, c.version(c.after.Registration.Active), retainsText(on))
		}
		if after.Pending && after.Phase == model.Down && before.Phase != model.Down {
			c.note(Belief, c.pages[after.Page], pendingText(on))
		}
	}
}

// leaveWaiting notes what is still under way after the last step.
func (c *cast) leaveWaiting() {
	if c.after == nil {
		return
	}
	c.before = c.after
	for i := range c.after.Connections {
		for _, toPage := range []bool{false, true} {
			connection := &c.after.Connections[i]
			queue, notice := &connection.ToWorker, connection.NoticeToWorker
			if toPage {
				queue, notice = &connection.ToPage, connection.NoticeToPage
			}
			for at := range queue.Length {
				key := parcel{uint8(i + 1), toPage, queue.At(at).Number}
				c.wait(Message, c.messages[key], key, about(" on", c.on(key.connection)))
			}
			if key := (parcel{connection: uint8(i + 1), toPage: toPage}); notice { // otherwise nobody is left to get it
				c.wait(Notice, c.notices[key], key, "")
			}
		}
	}
}

// wait notes that p, if there is such a thing, is still under way.
func (c *cast) wait(kind ArrowKind, p *sent, key parcel, on string) {
	if p != nil {
		c.s.Waiting = append(c.s.Waiting, Arrow{kind, p.from, c.addressee(key), p.text + on, Waits, p.step})
	}
}

// on returns words that name a connection, none where there is only one.
func (c *cast) on(connection uint8) string {
	if !c.several || connection == 0 {
		return ""
	}
	return onText(connection)
}
