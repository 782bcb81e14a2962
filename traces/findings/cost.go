package findings

import (
	"cmp"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/exhibits"
)

// cost is what an answer costs in one property.
type cost struct {
	verdict *props.Verdict
	// where are terms of the designs with the answer that break the property: those that it takes to have all that would
	// not break it with another answer. They leave the question itself open.
	where []family.Cube
	every bool // all designs with the answer break it
	// designs is how many designs break the property with this answer, and would not with the one it is compared with.
	designs uint64
}

// indexOf returns the number of an answer among those of its question.
func indexOf(q model.Question, a model.Answer) int { return slices.Index(q.Answers(), a) }

// costs returns what it costs to answer q with a instead of b, in the order of properties.
func (e *evidence) costs(q model.Question, a, b model.Answer) []cost {
	return e.costsOver(q, a, []model.Answer{b})
}

// costsOver returns what it costs to answer q with a instead of any of the others.
func (e *evidence) costsOver(q model.Question, a model.Answer, others []model.Answer) []cost {
	var all []cost
	with := model.Where(q, a)
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		broken, saved := e.Algebra.Restrict(v.Violating, with), family.None
		for _, b := range others {
			saved = e.Algebra.Union(saved, e.Algebra.Minus(broken, e.Algebra.Flip(v.Violating, int(q), indexOf(q, b))))
		}
		if saved == family.None {
			continue
		}
		c := cost{verdict: v, designs: e.Algebra.Count(saved), every: e.Algebra.Includes(v.Violating, with)}
		for _, term := range e.needed(e.Algebra.Cover(broken).Terms, saved) {
			c.where = append(c.where, model.Space.Free(term, int(q)))
		}
		all = append(all, c)
	}
	return all
}

// needed returns those of the terms that it takes to have all designs of x, the ones with most of them first chosen.
func (e *evidence) needed(terms []family.Cube, x family.Set) []family.Cube {
	var chosen []family.Cube
	for x != family.None {
		most := slices.MaxFunc(terms, func(s, t family.Cube) int {
			return cmp.Compare(e.Algebra.Count(e.Algebra.Restrict(x, s)), e.Algebra.Count(e.Algebra.Restrict(x, t)))
		})
		chosen = append(chosen, most)
		x = e.Algebra.Minus(x, e.Algebra.Cube(most))
	}
	return slices.DeleteFunc(slices.Clone(terms), func(t family.Cube) bool { return !slices.Contains(chosen, t) })
}

// broken says where a property is broken.
func (c *cost) broken() string {
	if c.every {
		return "every design with it"
	}
	var terms []string
	for _, term := range c.where {
		terms = append(terms, design(term))
	}
	return orLines(terms)
}

// example returns a pair of designs that shows what it costs to answer q with a instead of as recommended.
func (e *evidence) example(q model.Question, a model.Answer) (exhibits.Contrast, bool) {
	i := slices.IndexFunc(e.contrasts, func(c exhibits.Contrast) bool { return c.Question == q && c.Wrong == a })
	if i < 0 {
		return exhibits.Contrast{}, false
	}
	return e.contrasts[i], true
}

// against returns the properties in the conflicts that exclude an answer.
func (e *evidence) against(q model.Question, a model.Answer) []string {
	var ids []string
	for _, x := range e.settled[q].Excluded {
		if x.Answer == a {
			ids = slices.Concat(x.Conflicts...)
		}
	}
	return ids
}

// deciding returns the properties that exclude some answer to q, in their order; for a question that none does, those
// that some answer has to do with.
func (e *evidence) deciding(q model.Question) []*props.Verdict {
	var ids []string
	for _, x := range e.settled[q].Excluded {
		ids = append(ids, slices.Concat(x.Conflicts...)...)
	}
	var all []*props.Verdict
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		matters := slices.Contains(ids, v.Property.ID)
		if len(ids) == 0 {
			matters = e.Algebra.Flip(v.Violating, int(q), 0) != v.Violating
		}
		if matters {
			all = append(all, v)
		}
	}
	return all
}
