package script

import (
	"errors"
	"io"

	"cosw/model"
	"cosw/model/family"
)

// Endings are the worlds that a script ends in.
type Endings struct {
	Sets   *family.Algebra
	Worlds []Ending // disjoint in their designs, in the order in which the script came to them
}

// Ending is a world that a script ends in, with the designs of [Endings.Sets] under which it does.
type Ending struct {
	World   model.World
	Designs family.Set
}

// Reach plays a script as [Play] does, with the same errors, and returns where it ends instead of a transcript.
func Reach(src io.Reader, name string, within family.Cube) (*Endings, error) {
	if model.Space.IsEmpty(within) {
		return nil, errors.New(wrongWithin)
	}
	p := newPlayer(io.Discard, within)
	if err := p.play(src, name); err != nil {
		return nil, err
	}
	e := &Endings{Sets: p.sets}
	for _, b := range p.branches {
		e.Worlds = append(e.Worlds, Ending{b.world, b.designs})
	}
	return e, nil
}

// Designs returns all designs under which the script can be played.
func (e *Endings) Designs() family.Set {
	all := family.None
	for _, ending := range e.Worlds {
		all = e.Sets.Union(all, ending.Designs)
	}
	return all
}

// Terms returns some of the designs as the terms of a formula, without what all of [Endings.Designs] have in common.
func (e *Endings) Terms(designs family.Set) []string {
	return (&player{sets: e.Sets}).terms(designs, e.Designs())
}

// Sight is what was seen of a world, with the designs under which it looks like that.
type Sight[T any] struct {
	Seen    T
	Designs family.Set
}

// Look looks at a world that may look different under different designs. It calls see once for each combination of the
// answers that see asks for, in the order of questions and answers.
func Look[T any](e *Endings, at Ending, see func(*model.World, model.Ask) T) []Sight[T] {
	var sights []Sight[T]
	untried := []family.Set{at.Designs}
	for len(untried) > 0 {
		run := run{sets: e.Sets, designs: untried[len(untried)-1], asked: model.Space.Full()}
		untried = untried[:len(untried)-1]
		world := at.World
		seen := see(&world, run.ask)
		sights = append(sights, Sight[T]{seen, run.designs})
		untried = append(untried, run.others...)
	}
	return sights
}
