package script

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// quiescent is the statement that nothing is owed. Whether handlers come to an answer is assumed, and no design has a say in
// it: where they may hang, an answer is not owed, and it is enough that this may be so. What is owed where they do answer,
// and once they hang, is excused.
func (p *player) quiescent(b branch) []mismatch {
	resting, found := p.resting(b)
	possible := p.whateverScripts(resting)
	first, _ := p.owes(b, noStep)
	for _, owed := range first {
		enabled, _ := split(owed.Outcomes)
		for _, o := range enabled {
			excused := p.sets.Minus(p.sets.Intersect(o.Designs, possible), resting)
			found = append(found,
				mismatch{designs: p.sets.Minus(o.Designs, possible), text: owedText(owed.Step)},
				mismatch{designs: excused, text: owedText(owed.Step), excused: true})
		}
	}
	return slices.DeleteFunc(found, func(m mismatch) bool { return m.designs == family.None })
}

// resting returns the designs and assumptions under which nothing is owed in b but the answers of handlers, of which as many
// hang as there may be faults; and that a browser with a deadline gives up on those.
func (p *player) resting(b branch) (designs family.Set, givesUp []mismatch) {
	for _, hung := range p.hanging(b) {
		gaveUp := func(s model.Step) bool {
			return s.Kind == model.GiveUp && !b.World.Connections[s.Connection-1].Hung
		}
		_, quiet := p.owes(hung, gaveUp)
		designs = p.sets.Union(designs, quiet)
		for i := range hung.World.Connections {
			s := model.Step{Kind: model.GiveUp, Connection: uint8(i + 1)}
			if !gaveUp(s) {
				continue
			}
			enabled, _ := split(p.take(branch{World: hung.World, Designs: quiet}, s))
			for _, o := range enabled {
				givesUp = append(givesUp, mismatch{designs: o.Designs, text: onceHungText(s), excused: true})
			}
		}
	}
	return designs, givesUp
}

// hanging returns what becomes of b where all handlers hang that can.
func (p *player) hanging(b branch) []branch {
	branches := []branch{b}
	for i := range b.World.Connections {
		var next []branch
		for _, before := range branches {
			next = append(next, p.after(p.take(before, model.Step{Kind: model.WorkerHangs, Connection: uint8(i + 1)}))...)
		}
		branches = explore.Merge(p.sets, next)
	}
	return branches
}

// whateverScripts returns the designs of a set whatever it has them assume of handlers.
func (p *player) whateverScripts(set family.Set) family.Set {
	all := family.None
	for answer := range model.Scripts.Answers() {
		all = p.sets.Union(all, p.sets.Flip(set, int(model.Scripts), answer))
	}
	return all
}
