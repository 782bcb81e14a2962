package props

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
)

// dividing are the questions along which a family is divided, those first whose answers have the fewest worlds in common: what
// two parts have in common is searched twice. TestDividing measures them.
var dividing = []model.Question{
	model.Suspend, model.SameOrigin, model.WorkerNotice, model.PageNotice, model.Queue, model.Update, model.Delivery, model.Interrupt,
}

// MostPortions is into how many parts a family can be divided.
const MostPortions = 1024

// Divide returns n partial designs that have no design in common, and together all of scope. The error says why there are not so
// many.
func Divide(scope family.Cube, n int) ([]family.Cube, error) {
	if n < 1 || n > MostPortions {
		return nil, fmt.Errorf("%d parts are out of range: choose from 1 to %d", n, MostPortions)
	}
	along := slices.Clone(dividing)
	for _, q := range model.Questions() {
		if !slices.Contains(along, q) {
			along = append(along, q)
		}
	}
	all := divide(scope, n, along)
	if len(all) < n {
		return nil, fmt.Errorf("the designs can be divided into %d parts, not into %d", len(all), n)
	}
	return all, nil
}

// divide divides c along the first of some questions that it leaves open: one part or more for each answer, or more answers in
// a part if there are few. It returns fewer parts than n if the questions leave no more.
func divide(c family.Cube, n int, along []model.Question) []family.Cube {
	for n > 1 && len(along) > 0 && !model.Space.Open(c, int(along[0])) {
		along = along[1:]
	}
	if n == 1 || len(along) == 0 {
		return []family.Cube{c}
	}
	q := int(along[0])
	var answers []int
	for a := range model.Space.Answers(c, q) {
		answers = append(answers, a)
	}
	groups := min(n, len(answers))
	var all []family.Cube
	for i := range groups {
		chosen := answers[i*len(answers)/groups : (i+1)*len(answers)/groups]
		part := c.And(model.Space.Literal(q, chosen...))
		all = append(all, divide(part, (i+1)*n/groups-i*n/groups, along[1:])...)
	}
	return all
}
