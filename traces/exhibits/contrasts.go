package exhibits

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// Contrast shows what an answer costs, by the traces of two designs that differ in it alone.
type Contrast struct {
	props.Pair
	GoesWrong Named
	GoesWell  Named
}

// Contrasts compares the answers of a design with all others that cost something, in the order of questions.
func Contrasts(r *props.Report, around family.Cube) ([]Contrast, error) {
	var all []Contrast
	for _, s := range r.Settle() {
		for _, a := range s.Question.Answers() {
			if a == model.AnswerOf(around, s.Question) {
				continue
			}
			p, ok := bestPair(r, around, s, a)
			if !ok {
				continue
			}
			c, err := newContrast(p)
			if err != nil {
				return nil, err
			}
			all = append(all, c)
		}
	}
	return all, nil
}

func newContrast(p props.Pair) (Contrast, error) {
	command := fmt.Sprintf("cosw check --pairs %s=%s", p.Question.ID(), p.Wrong)
	wrong, err := traces.NewBreaking(p.WrongPath, p.Property.ID, pairWhy(p, false), command)
	if err != nil {
		return Contrast{}, err
	}
	right, err := traces.NewKept(p.RightPath, []string{p.Property.ID}, pairWhy(p, true), command)
	if err != nil {
		return Contrast{}, err
	}
	name := fmt.Sprintf("pair-%s-%s", p.Question.ID(), p.Wrong)
	return Contrast{p, Named{name + "-wrong" + traces.Extension, wrong}, Named{name + "-right" + traces.Extension, right}}, nil
}

// bestPair returns the pair to show for an answer, of the many that compare it with the answer of around: preferably one
// about a property that excludes the answer, then one of around itself, then one whose whole schedule can happen under both
// designs, then the shortest.
func bestPair(r *props.Report, around family.Cube, s props.Settlement, wrong model.Answer) (props.Pair, bool) {
	near := *r // as if around were the only good design, since pairs have a good design if they can
	near.Good = r.Algebra.Cube(around)
	pairs := append(near.Pairs(s.Question, wrong), r.Pairs(s.Question, wrong)...)
	pairs = slices.DeleteFunc(pairs, func(p props.Pair) bool { return p.Right != model.AnswerOf(around, s.Question) })
	if len(pairs) == 0 {
		return props.Pair{}, false
	}
	var excluding []string
	for _, x := range s.Excluded {
		if x.Answer == wrong {
			excluding = slices.Concat(x.Conflicts...)
		}
	}
	rank := func(p props.Pair) int {
		n := len(p.WrongTold)
		if p.Impossible != "" {
			n += 100
		}
		if p.RightPath.Design != around {
			n += 500
		}
		if len(excluding) > 0 && !slices.Contains(excluding, p.Property.ID) {
			n += 1000
		}
		return n
	}
	return slices.MinFunc(pairs, func(x, y props.Pair) int { return rank(x) - rank(y) }), true
}
