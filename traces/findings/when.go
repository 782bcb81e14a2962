package findings

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
)

// when is what must be so for a sentence about verdicts to be true. All of its fields must hold; the zero value always
// does.
type when struct {
	good   string           // every design that has all properties has these answers
	taste  []model.Question // every answer to these questions survives
	breaks []breaking       // every design with these answers breaks this property
	// never are properties that no answer to these questions has to do with: if a design breaks one, so does the design
	// that differs from it in such an answer only.
	never []indifference
}

type breaking struct{ property, designs string }

type indifference struct {
	property string
	question model.Question
}

// holds tells whether w is so.
func (e *evidence) holds(w when) bool {
	if w.good != "" && (e.Good == family.None || !partial(w.good).Includes(e.Algebra.Hull(e.Good))) {
		return false
	}
	for _, q := range w.taste {
		if len(e.settled[q].Survive) != len(q.Answers()) {
			return false
		}
	}
	for _, b := range w.breaks {
		if !e.Algebra.Includes(e.Verdict(b.property).Violating, partial(b.designs)) {
			return false
		}
	}
	return !slices.ContainsFunc(w.never, func(i indifference) bool {
		violating := e.Verdict(i.property).Violating
		return e.Algebra.Flip(violating, int(i.question), 0) != violating
	})
}

// partial reads a partial design of one of the tables of this package.
func partial(text string) family.Cube {
	c, err := model.Space.Parse(text)
	if err != nil {
		panic(fmt.Sprintf("findings: %q in a table: %v", text, err))
	}
	return c
}

// sentence is one that is written where it is true.
type sentence struct {
	when when
	text string
}

// first returns the first of the sentences that is true; empty if none is.
func (e *evidence) first(sentences []sentence) string {
	for _, s := range sentences {
		if e.holds(s.when) {
			return s.text
		}
	}
	return ""
}

// allOf returns the sentences that are true.
func (e *evidence) allOf(sentences []sentence) []string {
	var all []string
	for _, s := range sentences {
		if e.holds(s.when) {
			all = append(all, s.text)
		}
	}
	return all
}
