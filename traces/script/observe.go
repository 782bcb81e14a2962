package script

import (
	"errors"
	"io"

	"cosw/model"
	"cosw/model/family"
)

// Move is a step of a script that was played under one design.
type Move struct {
	Step   model.Step
	Owed   bool // a quiesce took it
	InVain bool // it was tried, but is not enabled
}

// Observed is what a script does under one design.
type Observed struct {
	Bounds model.Bounds
	Start  model.World
	Moves  []Move
	Asked  family.Cube // it is the same under every design with these answers
}

// Observe plays a script under a single design, which must answer every question. Unlike in [Play], the script goes on
// after a step that is not enabled, and pages listen for the end of a connection as soon as they can.
func Observe(src io.Reader, name string, design family.Cube) (Observed, error) {
	if !model.Space.IsDesign(design) {
		return Observed{}, errors.New(wrongOpen)
	}
	p := newPlayer(io.Discard, design)
	p.tries = true
	if err := p.play(src, name); err != nil {
		return Observed{}, err
	}
	return Observed{Bounds: p.bounds, Start: p.first, Moves: p.moves, Asked: p.asked}, nil
}

// listen lets pages listen in a script that is observed.
func (p *player) listen() {
	if !p.tries || len(p.branches) == 0 {
		return
	}
	for i := range p.bounds.Connections {
		c := &p.branches[0].World.Connections[i]
		if c.Holder == 0 || c.Listening {
			continue
		}
		s := model.Step{Kind: model.PageListens, Page: c.Holder, Connection: uint8(i + 1)}
		if enabled, _ := split(p.everywhere(s)); len(enabled) > 0 {
			p.moves = append(p.moves, Move{Step: s, Owed: true})
			p.branches = p.after(enabled)
		}
	}
}
