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

// Contrasts compares the answers of a design with all others that cost one of the best designs something, in the order of
// questions. Of all pairs it prefers those whose good side is that design.
func Contrasts(r *props.Report, standings []props.Standing, best family.Set, around family.Cube) ([]Contrast, error) {
	var all []Contrast
	for _, s := range standings {
		for _, a := range s.Question.Answers() {
			if a == model.AnswerOf(around, s.Question) {
				continue
			}
			p, ok := bestPair(r, best, around, s, a)
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
// about a property that excludes the answer, by itself if there is such a one, then one of around, then one whose whole schedule can happen under both designs, then the shortest.
func bestPair(r *props.Report, best family.Set, around family.Cube, s props.Standing, wrong model.Answer) (props.Pair, bool) {
	pairs := append(r.Pairs(s.Question, wrong, r.Algebra.Cube(around)), r.Pairs(s.Question, wrong, best)...)
	pairs = slices.DeleteFunc(pairs, func(p props.Pair) bool {
		return p.Right != model.AnswerOf(around, s.Question) || !r.Algebra.Includes(best, p.RightPath.Design)
	})
	if len(pairs) == 0 {
		return props.Pair{}, false
	}
	var reasons [][]string
	for _, x := range s.Excluded {
		if x.Answer == wrong {
			reasons = x.Reasons
		}
	}
	rank := func(p props.Pair) int {
		n := len(p.WrongTold)
		if p.Impossible != "" {
			n += 100
		}
		if !around.Includes(p.RightPath.Design) {
			n += 500
		}
		if len(reasons) > 0 {
			n += 2000 * blames(reasons, p.Property.ID)
		}
		return n
	}
	return slices.MinFunc(pairs, func(x, y props.Pair) int { return rank(x) - rank(y) }), true
}

// blames returns how many properties the smallest reason has that names a property, more than any if none does.
func blames(reasons [][]string, property string) int {
	for _, reason := range reasons {
		if slices.Contains(reason, property) {
			return len(reason)
		}
	}
	return 100
}
