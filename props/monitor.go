package props

import (
	"slices"

	"cosw/model"
	"cosw/props/explore"
)

// maxProperties is how many properties one system can have: each has a mark for its violation and one for its premise.
const maxProperties = 32

func violation(property int) explore.Marks { return 1 << property }
func premise(property int) explore.Marks   { return 1 << (maxProperties + property) }

// violations are the marks of all violations.
const violations = explore.Marks(1)<<maxProperties - 1

// monitor looks at moments and marks what it sees.
type monitor struct {
	atEvent      [64][]watch // by kind of event
	always       []watch
	atQuiescence []watch
}

type watch struct {
	mark explore.Marks
	test func(*Moment) Witness
}

func newMonitor(properties []Property) *monitor {
	m := &monitor{}
	for i := range properties {
		m.add(violation(i), &properties[i].Violation)
		m.add(premise(i), &properties[i].Premise)
	}
	return m
}

func (m *monitor) add(mark explore.Marks, c *Condition) {
	w := watch{mark, c.Test}
	switch c.When {
	case AtEvent:
		for _, k := range c.Events {
			m.atEvent[k] = append(m.atEvent[k], w)
		}
	case Always:
		m.always = append(m.always, w)
	case AtQuiescence:
		m.atQuiescence = append(m.atQuiescence, w)
	}
}

func look(watches []watch, at *Moment) explore.Marks {
	var marks explore.Marks
	for i := range watches {
		if watches[i].test(at).Seen {
			marks |= watches[i].mark
		}
	}
	return marks
}

// without returns a monitor that does not look for some marks.
func (m *monitor) without(marks explore.Marks) *monitor {
	rest := func(watches []watch) []watch {
		return slices.DeleteFunc(slices.Clone(watches), func(w watch) bool { return w.mark&marks != 0 })
	}
	less := &monitor{always: rest(m.always), atQuiescence: rest(m.atQuiescence)}
	for k := range m.atEvent {
		less.atEvent[k] = rest(m.atEvent[k])
	}
	return less
}

// scratch is what the systems of all parts have in common: the monitor, and the moment that they show it.
type scratch struct {
	monitor *monitor
	answers explore.Ask // those of the step at hand
	moment  Moment
}

// Overlook implements [explore.Overlooker].
func (s *scratch) Overlook(marks explore.Marks) { s.monitor = s.monitor.without(marks) }

func newScratch(properties []Property) *scratch {
	s := &scratch{monitor: newMonitor(properties)}
	s.moment.Ask = func(q model.Question) model.Answer { return q.Answer(s.answers(int(q))) }
	return s
}
