package infer

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"cosw/model"
	"cosw/model/family"
)

// This file chooses experiments. What a scenario can show is a relation between two designs: the true one, and one that
// explains what the true one makes it record. Several scenarios together show the intersection of their relations, and a plan
// is a smallest choice of scenarios that shows the same as all. A relation is a set of designs of a space that has every
// question twice.

// Plan is a smallest set of scenarios that tells apart whatever the catalogue can tell apart.
type Plan struct {
	Experiments []Experiment
	Tells       []Telling // one for each question, in the order of the catalogue
}

// Telling is what a plan tells about one question.
type Telling struct {
	Question model.Question
	Pairs    []Pair // of different answers
}

// Pair says when a plan tells two answers apart.
type Pair struct {
	True, Other model.Answer
	Where       family.Set // the designs with the answer True of which the plan excludes every design with the answer Other
	All         bool       // these are all designs with the answer True
}

// relation computes with relations between designs.
type relation struct {
	designs *family.Algebra
	pairs   *family.Algebra
	twice   []model.Question // the questions that matter; question i of them is 2i and 2i+1 in pairs
	at      map[model.Question]int
}

// newRelation returns the algebra of relations for those experiments.
func newRelation(a *family.Algebra, all []Experiment) (*relation, error) {
	r := &relation{designs: a, at: map[model.Question]int{}}
	var qs []family.Question
	for _, q := range model.Questions() {
		if !matters(a, all, q) {
			continue
		}
		r.at[q] = len(r.twice)
		r.twice = append(r.twice, q)
		question := model.Space.Question(int(q))
		qs = append(qs, question, family.Question{ID: question.ID + "'", Answers: question.Answers})
	}
	space, err := family.NewSpace(qs...)
	if err != nil {
		return nil, fmt.Errorf("the catalogue of scenarios asks too many questions: %w", err)
	}
	r.pairs = family.NewAlgebra(space)
	return r, nil
}

// matters tells whether what some experiment shows or tells depends on q.
func matters(a *family.Algebra, all []Experiment, q model.Question) bool {
	for i := range all {
		for _, o := range all[i].readings {
			if model.Space.Restricts(o.designs, int(q)) {
				return true
			}
			for answer := range q.Answers() {
				if a.Flip(o.inferred, int(q), answer) != o.inferred {
					return true
				}
			}
		}
	}
	return false
}

// cube returns the pairs whose first (0) or second (1) design is in c.
func (r *relation) cube(c family.Cube, which int) family.Cube {
	space := r.pairs.Space()
	pairs := space.Full()
	for i, q := range r.twice {
		var answers []int
		for left := model.Space.Bits(c, int(q)); left != 0; left &= left - 1 {
			answers = append(answers, bits.TrailingZeros8(left))
		}
		pairs = pairs.And(space.Literal(2*i+which, answers...))
	}
	return pairs
}

// of returns the relation of an experiment.
func (r *relation) of(e *Experiment) family.Set {
	all := family.None
	for _, o := range e.readings {
		explained := family.None
		for _, term := range r.designs.Cover(o.inferred).Terms {
			explained = r.pairs.Union(explained, r.pairs.Cube(r.cube(term, 1)))
		}
		all = r.pairs.Union(all, r.pairs.Restrict(explained, r.cube(o.designs, 0)))
	}
	return all
}

// MakePlan chooses from experiments. It tries all choices, the small ones first, around those that are in every choice.
func MakePlan(ctx context.Context, a *family.Algebra, all []Experiment) (Plan, error) {
	r, err := newRelation(a, all)
	if err != nil {
		return Plan{}, err
	}
	relations := make([]family.Set, len(all))
	for i := range all {
		relations[i] = r.of(&all[i])
	}
	chosen, err := r.choose(ctx, relations)
	if err != nil {
		return Plan{}, err
	}
	var p Plan
	whole := family.All
	for _, i := range chosen {
		p.Experiments = append(p.Experiments, all[i])
		whole = r.pairs.Intersect(whole, relations[i])
	}
	for _, q := range model.Questions() {
		p.Tells = append(p.Tells, r.telling(q, whole))
	}
	return p, nil
}

// choose returns which relations together are what all are, a smallest choice and the first of that size.
func (r *relation) choose(ctx context.Context, relations []family.Set) ([]int, error) {
	all := r.meet(relations, nil)
	base := family.All
	var needed, optional []int
	for i := range relations {
		if r.meet(relations, []int{i}) != all {
			needed = append(needed, i)
			base = r.pairs.Intersect(base, relations[i])
		} else {
			optional = append(optional, i)
		}
	}
	for size := 0; ; size++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if rest, ok := r.complete(relations, optional, base, all, size); ok {
			chosen := append(needed, rest...)
			slices.Sort(chosen)
			return chosen, nil
		}
	}
}

// meet returns the intersection of relations but for some.
func (r *relation) meet(relations []family.Set, without []int) family.Set {
	all := family.All
	for i, set := range relations {
		if !slices.Contains(without, i) {
			all = r.pairs.Intersect(all, set)
		}
	}
	return all
}

// complete returns so many of the relations at from that make all out of base.
func (r *relation) complete(relations []family.Set, from []int, base, all family.Set, size int) ([]int, bool) {
	if base == all {
		return nil, true
	}
	if size == 0 {
		return nil, false
	}
	for k, i := range from {
		next := r.pairs.Intersect(base, relations[i])
		if next == base {
			continue
		}
		if rest, ok := r.complete(relations, from[k+1:], next, all, size-1); ok {
			return append([]int{i}, rest...), true
		}
	}
	return nil, false
}

// telling says when a relation tells the answers to q apart.
func (r *relation) telling(q model.Question, whole family.Set) Telling {
	t := Telling{Question: q}
	_, ok := r.at[q]
	for _, yes := range q.Answers() {
		for _, other := range q.Answers() {
			if yes == other {
				continue
			}
			p := Pair{True: yes, Other: other}
			if ok {
				with := model.Where(q, yes)
				confused := r.pairs.Restrict(whole, r.cube(model.Where(q, other), 1).And(r.cube(with, 0)))
				for k := range r.twice {
					confused = r.exists(confused, 2*k+1)
				}
				p.Where = r.first(r.pairs.Minus(r.pairs.Cube(r.cube(with, 0)), confused))
				p.Where = r.designs.Restrict(p.Where, with)
				p.All = p.Where == r.designs.Cube(with)
			}
			t.Pairs = append(t.Pairs, p)
		}
	}
	return t
}

// exists returns x with the answer to a question forgotten.
func (r *relation) exists(x family.Set, q int) family.Set {
	union := family.None
	for answer := range r.pairs.Space().Question(q).Answers {
		union = r.pairs.Union(union, r.pairs.Flip(x, q, answer))
	}
	return union
}

// first returns the first designs of the pairs of x, which does not depend on the second.
func (r *relation) first(x family.Set) family.Set {
	all := family.None
	for _, term := range r.pairs.Cover(x).Terms {
		c := model.Space.Full()
		for i, q := range r.twice {
			var answers []int
			for left := r.pairs.Space().Bits(term, 2*i); left != 0; left &= left - 1 {
				answers = append(answers, bits.TrailingZeros8(left))
			}
			c = c.And(model.Space.Literal(int(q), answers...))
		}
		all = r.designs.Union(all, r.designs.Cube(c))
	}
	return all
}
