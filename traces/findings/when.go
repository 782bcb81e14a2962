package findings

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// when is what must be so for a sentence about verdicts to be true. All of its fields must hold; the zero value always
// does.
type when struct {
	best     string     // all best designs have these answers
	stands   []standing // how firm the answers to these questions are
	breaks   []breaking // every design with these answers breaks this property, in every environment that is named
	keeps    []breaking // no design with these answers does, in any
	conflict []string   // these properties cannot be had together, and without any of them the others can
}

type breaking struct{ property, designs string }

type standing struct {
	question model.Question
	firmness props.Firmness
}

// holds tells whether w is so.
func (e *evidence) holds(w when) bool {
	if w.best != "" && !partial(w.best).Includes(e.Algebra.Hull(e.best)) {
		return false
	}
	for _, c := range w.stands {
		if e.standings[c.question].Firmness != c.firmness {
			return false
		}
	}
	for _, b := range w.breaks {
		if !e.Algebra.Includes(e.Verdict(b.property).Violating, partial(b.designs)) {
			return false
		}
	}
	for _, b := range w.keeps {
		if e.Algebra.Restrict(e.Verdict(b.property).Violating, partial(b.designs)) != family.None {
			return false
		}
	}
	return w.conflict == nil || slices.ContainsFunc(e.conflicts, func(c props.Conflict) bool { return slices.Equal(c.Properties, w.conflict) })
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
