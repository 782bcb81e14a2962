package props

import (
	"cosw/model"
)

// When tells at what moments a condition is looked at.
type When uint8

const (
	_            When = iota
	AtEvent           // after a step, at each of its events of the given kinds
	Always            // in every world
	AtQuiescence      // in every world in which all that the browser owes has happened
)

// Weight is how much somebody needs a property.
type Weight uint8

const (
	_    Weight = iota
	Must        // to break it harms users, whatever one thinks of the design
	Want        // an editor may give it up for something else
)

// Condition is something that can be seen in a history. Test is called at the moments that When names; it may ask.
type Condition struct {
	When   When
	Events []model.EventKind // for AtEvent: the kinds to look at
	Test   func(*Moment) Witness
}

// Witness is what a condition is seen at; what breaks a property, if the condition is its violation. It is zero where the
// condition is not seen. What the condition is not about may be zero, too.
type Witness struct {
	Seen       bool
	Connection uint8
	Page       uint8 // the page that the connection belongs to: its holder, or the one that asked for it where none holds it
	Version    model.Version
}

// Moment is what a condition sees: a world, and what it needs to know of the step that led there.
type Moment struct {
	*model.World                   // after the step
	Before       *model.Connection // for AtEvent: the connection of the step as it was before, if the step has one
	Event        *model.Event      // for AtEvent
	Earlier      []model.Event     // for AtEvent: those of the step that come before
	Ask          model.Ask
	Enabled      func(model.Kind) bool // for AtQuiescence: whether a step without arguments could be taken
	State        any                   // of a part with worlds of its own: the world, as in [Walk.Worlds]
}

// Property is something that a person who uses or specifies connections would want to hold.
type Property struct {
	ID    string
	Part  Part        // that decides it, set by the part
	Place model.Place // the passage of the draft that raises it

	// The words are clauses, to follow "it is the case that".
	Claims  string // what the property says
	Applies string // what Premise is about: it must be seen at least once for a verdict to be worth something
	Broken  string // what is the case at the end of a history that breaks the property
	Kept    string // what is the case in a history that keeps it
	// Tells says what Broken says, of a violation at hand, and names the culprit. It is nil where Broken says it all.
	Tells func(*Ending) string

	Weight Weight
	Critic string // what somebody would say who gives the property up, as a sentence without a full stop

	// Violation is seen in a history that breaks the property, Premise in one to which the property applies. A premise
	// that no history shows makes a verdict worthless.
	Violation Condition
	Premise   Condition
	// Needs has the least bounds within which the premise can be seen, with 0 where the smallest will do; any one of them is
	// enough. Without any, it can be seen within all bounds.
	Needs []model.Bounds
}

// witness names connection n and its page, and a version.
func (m *Moment) witness(n uint8, v model.Version) Witness {
	c := &m.Connections[n-1]
	page := c.Holder
	if page == 0 {
		page = c.Page
	}
	return Witness{true, n, page, v}
}

// event returns the witness of the event at hand, if it is seen. What the event does not name is that of its connection.
func (m *Moment) event(seen bool) Witness {
	if !seen {
		return Witness{}
	}
	e := m.Event
	w := Witness{Seen: true}
	if e.Connection != 0 {
		w = m.witness(e.Connection, m.Registration.Active)
	}
	if e.Page != 0 {
		w.Page = e.Page
	}
	if e.Version != 0 {
		w.Version = e.Version
	}
	return w
}

// some looks for a connection that passes a test. Version v goes into the witness.
func (m *Moment) some(test func(*model.Connection) bool, v model.Version) Witness {
	for i := range m.Connections {
		if c := &m.Connections[i]; c.Phase != model.Unused && test(c) {
			return m.witness(uint8(i+1), v)
		}
	}
	return Witness{}
}

// foreign tells whether page p is of another origin than the service.
func (m *Moment) foreign(p uint8) bool { return p != 0 && m.OriginOf(p) != model.Own }

// ofForeign tells whether c belongs to a page of another origin: its holder, or the one that asked where none holds it.
func (m *Moment) ofForeign(c *model.Connection) bool {
	if c.Holder != 0 {
		return m.foreign(c.Holder)
	}
	return m.foreign(c.Page)
}

// Shorthands for the tables of properties.

func always(test func(*Moment) Witness) Condition { return Condition{When: Always, Test: test} }
func atQuiescence(test func(*Moment) Witness) Condition {
	return Condition{When: AtQuiescence, Test: test}
}

func at(kind model.EventKind, test func(*Moment) Witness) Condition {
	return Condition{When: AtEvent, Events: []model.EventKind{kind}, Test: test}
}

func atAny(kinds []model.EventKind, test func(*Moment) Witness) Condition {
	return Condition{When: AtEvent, Events: kinds, Test: test}
}

func whenever(m *Moment) Witness { return m.event(true) }
