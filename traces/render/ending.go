package render

import "cosw/props"

// ending says what is the case at the end that breaks p, of these pages, connections and messages.
func (n *narrator) ending(p *props.Property) string {
	s := n.scene
	moment, witness := s.sees(&p.Violation, len(s.Steps))
	if p.Tells == nil || !witness.Seen {
		return p.Broken
	}
	return p.Tells(&props.Ending{Property: p, Moment: moment, Witness: witness, Message: func(toPage bool, number uint8) string {
		return s.names[parcel{witness.Connection, toPage, number}]
	}})
}
