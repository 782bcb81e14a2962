package script

import (
	"errors"
	"io"
	"iter"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Endings are the worlds in which a script ends.
type Endings struct {
	Sets   *family.Algebra
	Worlds []explore.Branch[model.World] // disjoint in their designs, in the order in which the script reached them
}

// Reach plays a script as [Play] does, and returns where it ends instead of a transcript.
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

// Terms returns the terms of a formula for some of the designs, without the answers that all of [Endings.Designs] share.
func (e *Endings) Terms(designs family.Set) []string {
	return (&player{sets: e.Sets}).terms(designs, e.Designs())
}

// Look looks at a world that may look different under different designs: it calls see once for each combination of answers
// that see asks for.
func Look[T any](e *Endings, at explore.Branch[model.World], see func(*model.World, model.Ask) T) iter.Seq[explore.Outcome[T]] {
	return explore.Outcomes(e.Sets, at.Designs, func(ask explore.Ask) (T, bool) {
		world := at.World
		return see(&world, func(q model.Question) model.Answer { return q.Answer(ask(int(q))) }), true
	})
}
