package props

import (
	"cosw/model"
	"cosw/model/family"
)

// Settlement is what the required properties say about one question.
type Settlement struct {
	Question model.Question
	Survive  []model.Answer // answers that some design with all required properties gives
	Excluded []Exclusion    // the other answers that are in the scope
}

// Exclusion is why no good design gives an answer.
type Exclusion struct {
	Answer model.Answer
	// Conflicts are all smallest sets of required properties which no design with the answer has together.
	Conflicts [][]string
}

// Settle returns, for each question, which answers survive. None does when no design of the scope has all required
// properties: see [Report.Conflicts] then.
func (r *Report) Settle() []Settlement {
	var all []Settlement
	for _, q := range model.Questions() {
		s := Settlement{Question: q}
		for _, answer := range q.Answers() {
			with := r.Algebra.Restrict(r.Scope, model.Where(q, answer))
			switch {
			case with == family.None: // not in the scope
			case r.Algebra.Intersect(with, r.Good) != family.None:
				s.Survive = append(s.Survive, answer)
			default:
				s.Excluded = append(s.Excluded, Exclusion{answer, r.conflicts(with)})
			}
		}
		all = append(all, s)
	}
	return all
}

// Conflicts returns all smallest sets of required properties that no design of the scope has together; nil when some
// design has them all.
func (r *Report) Conflicts() [][]string {
	if r.Good != family.None {
		return nil
	}
	return r.conflicts(r.Scope)
}

// conflicts returns all smallest sets of required properties that no design of within has together. There must be one.
func (r *Report) conflicts(within family.Set) [][]string {
	var required []*Verdict
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; v.Required && r.Algebra.Intersect(within, v.Violating) != family.None {
			required = append(required, v)
		}
	}
	return r.smallest(within, required)
}

// smallest returns all smallest sets of the verdicts' properties that no design of within has together.
func (r *Report) smallest(within family.Set, required []*Verdict) [][]string {
	for size := 1; size <= len(required); size++ {
		var found [][]string
		r.combine(within, required, size, nil, &found)
		if found != nil {
			return found
		}
	}
	return nil
}

// combine adds to found every combination of size of the verdicts whose properties no design of left has together.
func (r *Report) combine(left family.Set, verdicts []*Verdict, size int, names []string, found *[][]string) {
	if left == family.None && size > 0 {
		return // a smaller set would do
	}
	if size == 0 {
		if left == family.None {
			*found = append(*found, append([]string(nil), names...))
		}
		return
	}
	for i, v := range verdicts {
		r.combine(r.Algebra.Minus(left, v.Violating), verdicts[i+1:], size-1, append(names, v.Property.ID), found)
	}
}
