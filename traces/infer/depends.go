package infer

import (
	"cosw/model"
	"cosw/model/family"
)

// This file says what recordings show of what platform and scripts do, which no design chooses. A design explains a recording
// if it does so in some environment, and several if there is one environment in which it explains each of them.

// Dependence says which designs explain the recordings only if an assumption holds.
type Dependence struct {
	Assumption model.Question
	Value      model.Answer
	Designs    []family.Cube // among those that explain the recordings, as terms; [family.Space.Full] if all of them do
}

// Depends returns on which assumptions it depends whether designs explain the recordings. What is taken for granted is not
// among them.
func (p *Platform) Depends() []Dependence {
	var all []Dependence
	for _, q := range model.Assumptions() {
		if model.Space.Restricts(granted, int(q)) {
			continue
		}
		for _, value := range q.Answers() {
			only := p.Designs
			for _, other := range q.Answers() {
				if other != value {
					only = p.Algebra.Minus(only, p.Algebra.InSome(p.Algebra.Restrict(p.Explained, model.Where(q, other))))
				}
			}
			if only != family.None {
				all = append(all, Dependence{q, value, p.among(only)})
			}
		}
	}
	return all
}

// among returns terms for a set of the designs that explain the recordings, without what all of those have in common.
func (p *Platform) among(set family.Set) []family.Cube {
	var terms []family.Cube
	for _, term := range p.Algebra.Cover(set).Terms {
		for _, q := range model.Questions() {
			wider := model.Space.Free(term, int(q))
			if p.Algebra.Minus(p.Algebra.Restrict(p.Designs, wider), set) == family.None {
				term = wider
			}
		}
		terms = append(terms, term)
	}
	return terms
}
