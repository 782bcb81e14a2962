package render

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/props"
)

// cast are the parties of one run of the lifecycle, as indices of Scene.Parties, and what is under way between them.
type cast struct {
	*builder
	pages    [model.MaxPages + 1]int
	versions [model.MaxVersions + 1]int
	browser  int
	newest   model.Version // the version that was active last
	several  bool          // there is more than one connection, so that words have to name them

	underWay map[parcel]*sent
	posted   int // how many messages were posted so far

	// The step that is told.
	step          *Step
	before, after *model.World
	at            int      // the event that is told
	comes         []string // what comes of it
	message       string   // the first that the step is about
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

// stageLifecycle puts a trace of the lifecycle on the stage.
func (b *builder) stageLifecycle() {
	worlds, all := make([]*model.World, len(b.Worlds)), make([]int, len(b.Steps))
	for i := range worlds {
		worlds[i] = worldAt[model.World](b, i)
	}
	for i := range b.Steps {
		all[i] = i
		b.Steps[i].Changes = model.Changes(worlds[i], worlds[i+1])
	}
	b.Before, b.After = worlds[0].Describe(), worlds[len(worlds)-1].Describe()
	b.perform(worlds, all, Party{})
	var given []string
	for _, p := range b.Parties {
		if p.Kind == PageParty {
			given = append(given, fmt.Sprintf("let %s be a page %s", p.Name, p.About))
		}
	}
	service := "let nothing be registered yet"
	if v := worlds[0].Registration.Active; v != 0 {
		service = "let " + model.VersionName(v) + " of the service worker be active, but not running"
	}
	b.Given = sentence(list(append(given, service)))
}

// perform puts one run of the lifecycle on the stage: some of the steps, with the worlds before the first step of all and
// after each. Its pages and its browser are told from others by the end of their IDs, and what is said about them.
func (b *builder) perform(worlds []*model.World, steps []int, side Party) *cast {
	c := &cast{builder: b, underWay: map[parcel]*sent{}, newest: worlds[0].Registration.Active}
	b.clauses = make([][][]string, len(b.Steps))
	for _, i := range steps {
		b.Steps[i].Model, b.Steps[i].ModelEvents = props.ModelStep(b.steps[i]), b.walk.Events[i]
	}
	c.enter(worlds, steps, side)
	for _, i := range steps {
		c.play(i, worlds[i], worlds[i+1])
	}
	c.leaveWaiting(worlds[len(worlds)-1])
	if c.posted > 0 {
		b.Names = append(b.Names, "m1, m2, … are messages in the order in which they are posted")
	}
	if c.several {
		b.Names = append(b.Names, "c1, c2, … are connections")
	}
	return c
}

// enter adds the parties: pages that do something or are told something, the browser, and all versions that there are.
func (c *cast) enter(worlds []*model.World, steps []int, side Party) {
	var pages [model.MaxPages + 1]bool
	var versions [model.MaxVersions + 1]bool
	versions[worlds[0].Registration.Active] = true
	for _, i := range steps {
		step := &c.Steps[i]
		pages[step.Model.Page], pages[step.Model.To] = true, true
		c.several = c.several || step.Model.Connection > 1
		for _, e := range step.ModelEvents {
			pages[e.Page], versions[e.Version] = true, true
		}
	}
	for p := 1; p < len(pages); p++ {
		if pages[p] {
			about := side.About
			if about == "" {
				about = "of " + worlds[0].Pages[p-1].Origin.String()
			}
			c.pages[p] = c.party(Party{fmt.Sprintf("page%d%s", p, side.ID), PageParty, model.PageName(uint8(p)), about, pageLives(worlds, p)})
		}
	}
	c.browser = c.party(Party{"browser" + side.ID, BrowserParty, "the browser", side.About, always(len(worlds))})
	for v := 1; v < len(versions); v++ {
		if versions[v] {
			version := model.Version(v)
			c.versions[v] = c.party(Party{fmt.Sprintf("version%d", v), WorkerParty, model.VersionName(version),
				"of the service worker", versionLives(worlds, version)})
		}
	}
}

// always is how a party lives that is there before the first step and after each.
func always(worlds int) []Life {
	all := make([]Life, worlds)
	for i := range all {
		all[i] = Lives
	}
	return all
}

func pageLives(worlds []*model.World, p int) []Life {
	all := always(len(worlds))
	for i, w := range worlds {
		if !w.Pages[p-1].Open {
			all[i] = Gone
		}
	}
	return all
}

func versionLives(worlds []*model.World, v model.Version) []Life {
	all := always(len(worlds))
	found := false
	for i, w := range worlds {
		r := &w.Registration
		found = found || v <= r.Latest
		there := r.Status != model.Absent && (v == r.Installing || v == r.Waiting || v == r.Active)
		switch {
		case there && v == r.Active && r.Running:
			all[i] = Runs
		case there:
		case found:
			all[i] = Gone
		default:
			all[i] = Absent
		}
	}
	return all
}

// play puts step i on the stage.
func (c *cast) play(i int, before, after *model.World) {
	c.step, c.before, c.after, c.message = &c.Steps[i], before, after, ""
	s := c.step.Model
	c.step.Free = !s.Kind.Internal()
	c.step.Actor = c.actor(s)
	for a := range c.step.Because {
		if s.Kind == model.PageListens && c.step.Because[a].Question == model.PageNotice.ID() {
			c.step.Because[a].Enables = true
		}
	}
	if s.Kind == model.PageConnects {
		c.arrow(Request, c.pages[s.Page], c.browser, "connect()"+about(":", c.on(s.Connection)))
	}
	for at, e := range c.step.ModelEvents {
		c.at, c.comes = at, nil
		tellings[e.Kind](c, c.told(e))
		c.clauses[i] = append(c.clauses[i], c.comes)
		c.step.Comes = append(c.step.Comes, c.comes...)
	}
	c.step.Text = c.act(s)
	c.showBeliefs()
	if c.step.Arrows == nil && c.step.Notes == nil {
		c.note(Doing, c.step.Actor, strings.TrimPrefix(c.step.Text, c.Parties[c.step.Actor].Name+" "))
	}
	if v := after.Registration.Active; v != 0 {
		c.newest = v
	}
}

// act says what a step does. Where the model speaks of any worker and any message, it names those at hand.
func (c *cast) act(s model.Step) string {
	r := &c.before.Registration
	active, waiting, installing := model.VersionName(r.Active), model.VersionName(r.Waiting), model.VersionName(r.Installing)
	switch {
	case s.Kind == model.PageConnects:
		return fmt.Sprintf("%s calls connect() for %s", model.PageName(s.Page), model.ConnectionName(s.Connection))
	case s.Kind == model.Dispatch:
		return "the browser looks for a worker to take " + model.ConnectionName(s.Connection)
	case s.Kind == model.Activate && r.Active != 0:
		return waiting + " takes over from " + active
	case s.Kind == model.FinishActivate:
		return active + " is activated"
	case s.Kind == model.FindUpdate:
		return s.Describe() + ", " + model.VersionName(c.after.Registration.Latest)
	}
	return strings.NewReplacer("a message", c.message, "the worker", active, "the idle worker", active+", which is idle",
		"the waiting version", waiting, "the new version", installing).Replace(s.Describe())
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

// version returns the party that is version v; where there is none, the one that was active last, or else the browser.
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

// send puts something under way.
func (c *cast) send(key parcel, from int, text string) {
	c.underWay[key] = &sent{from, c.step.Number, text}
}

// deliver shows the end of what was under way, and returns what that was.
func (c *cast) deliver(kind ArrowKind, key parcel, to int, on string, fate Fate) *sent {
	p := c.underWay[key]
	delete(c.underWay, key)
	c.step.Arrows = append(c.step.Arrows, Arrow{kind, p.from, to, p.text + on, fate, p.step})
	return p
}

// addressee returns the party that something under way is meant for.
func (c *cast) addressee(key parcel, w *model.World) int {
	if !key.toPage {
		return c.version(w.Registration.Active)
	}
	connection := &w.Connections[key.connection-1]
	if connection.Holder != 0 {
		return c.pages[connection.Holder]
	}
	return c.pages[connection.Page]
}

// showBeliefs notes who believes what is no longer so.
func (c *cast) showBeliefs() {
	for i := range c.after.Connections {
		before, after, on := &c.before.Connections[i], &c.after.Connections[i], c.on(uint8(i+1))
		if after.Holder != 0 && !after.Entangled && (before.Entangled || before.Holder != after.Holder) {
			c.note(Belief, c.pages[after.Holder], "still takes "+theConnection(on)+" for open")
		}
		orphan := after.Phase == model.Up && !after.Entangled
		if orphan && (before.Phase != model.Up || before.Entangled) {
			c.note(Belief, c.version(c.after.Registration.Active), "still holds an end"+about(" of", on)+", whose page is gone")
		}
		if after.Pending && after.Phase == model.Down && before.Phase != model.Down {
			c.note(Belief, c.pages[after.Page], "its promise"+about(" of", on)+" stays pending")
		}
	}
}

// leaveWaiting shows what is still under way in the last world, by connection and direction, as far as somebody is left to
// get it.
func (c *cast) leaveWaiting(last *model.World) {
	for i := range last.Connections {
		connection, n := &last.Connections[i], uint8(i+1)
		for _, way := range []struct {
			toPage, notice bool
			queue          *model.MessageQueue
		}{{false, connection.NoticeToWorker, &connection.ToWorker}, {true, connection.NoticeToPage, &connection.ToPage}} {
			for at := range way.queue.Length {
				c.leave(Message, parcel{n, way.toPage, way.queue.At(at).Number}, about(" on", c.on(n)), last)
			}
			if way.notice {
				c.leave(Notice, parcel{n, way.toPage, 0}, "", last)
			}
		}
	}
}

func (c *cast) leave(kind ArrowKind, key parcel, on string, last *model.World) {
	if p := c.underWay[key]; p != nil {
		c.Waiting = append(c.Waiting, Arrow{kind, p.from, c.addressee(key, last), p.text + on, Waits, p.step})
	}
}

// on returns words that name a connection, as in "accepts c2"; none where there is only one.
func (c *cast) on(connection uint8) string {
	if !c.several || connection == 0 {
		return ""
	}
	return fmt.Sprintf(" c%d", connection)
}

// about returns a word with the connection that it is about, or nothing where words do not name it.
func about(word, on string) string {
	if on == "" {
		return ""
	}
	return word + on
}

// theConnection returns words for a connection in a note.
func theConnection(on string) string {
	if on == "" {
		return "the connection"
	}
	return on[1:]
}
