package render

import (
	"slices"

	"cosw/model"
	"cosw/props"
)

// kept argues why the trace keeps its properties: where each is put to the test, and what is the case there.
func (n *narrator) kept() []string {
	var tested, idle []*props.Property
	at := map[string]int{}
	for i := range n.scene.Properties {
		p := &n.scene.Properties[i]
		if number, ok := n.scene.tested(p); ok {
			tested = append(tested, p)
			at[p.ID] = number
		} else {
			idle = append(idle, p)
		}
	}
	var paragraphs []string
	if text := n.scene.restsSentence(n.reasons(n.scene.Because)); text != "" {
		paragraphs = append(paragraphs, text)
	}
	for _, p := range tested {
		because, comes := n.decisive(p, at[p.ID])
		paragraphs = append(paragraphs, keptSentence(p, at[p.ID], n.scene.quiet, because, comes))
	}
	if len(idle) > 0 {
		paragraphs = append(paragraphs, idleSentence(idle))
	}
	return paragraphs
}

// tested returns the number of the last step at which the premise of p is given; 0 is the beginning.
func (s *Scene) tested(p *props.Property) (int, bool) {
	for i := len(s.Steps); i >= 0; i-- {
		if _, witness := s.sees(&p.Premise, i); witness.Seen {
			return i, true
		}
	}
	return 0, false
}

// sees looks for a condition at step number, and in the world after it. It returns the moment and the witness.
func (s *Scene) sees(c *props.Condition, number int) (*props.Moment, props.Witness) {
	m := s.walk.Moment(number)
	switch {
	case c.When == props.AtEvent && number > 0:
		for i := range s.walk.Events[number-1] {
			m.Event = &s.walk.Events[number-1][i]
			if !slices.Contains(c.Events, m.Event.Kind) {
				continue
			}
			if w := c.Test(m); w.Seen {
				return m, w
			}
		}
	case c.When == props.AtQuiescence && s.quiet && number == len(s.Steps), c.When == props.Always:
		return m, c.Test(m)
	}
	return m, props.Witness{}
}

// decisive returns what came of the step at which a property about events is put to the test, as far as the property is
// about it, and because of which answers.
func (n *narrator) decisive(p *props.Property, number int) (because string, comes []string) {
	if p.Violation.When != props.AtEvent || number == 0 {
		return "", nil
	}
	s := &n.scene.Steps[number-1]
	t := &teller{
		step: s, before: worldAt[model.World](n.scene, number-1), after: worldAt[model.World](n.scene, number),
		events: n.scene.walk.Events[number-1],
	}
	for i, e := range t.events {
		if slices.Contains(p.Premise.Events, e.Kind) || slices.Contains(p.Violation.Events, e.Kind) {
			comes = append(comes, t.clauses(i)...)
		}
	}
	return n.reasons(s.Because), comes
}
