package script

import (
	"errors"
	"io"
	"iter"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Endings are the worlds that a script ends in.
type Endings struct {
	Sets   *family.Algebra
	Worlds []explore.Branch[model.World] // disjoint in their designs, in the order in which the script came to them
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
	return &Endings{p.sets, p.branches}, nil
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

// Look looks at a world that may look different under different designs. It calls see once for each combination of the
// answers that see asks for.
func Look[T any](e *Endings, at explore.Branch[model.World], see func(*model.World, model.Ask) T) iter.Seq[explore.Outcome[T]] {
	return explore.Outcomes(e.Sets, at.Designs, func(ask explore.Ask) (T, bool) {
		world := at.World
		return see(&world, func(q model.Question) model.Answer { return q.Answer(ask(int(q))) }), true
	})
}
