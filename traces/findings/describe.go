package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// This file holds titles, and small pieces of wording that several parts of the text share.

const (
	glanceTitle     = "At a glance"
	conflictsTitle  = "What cannot be had together"
	partitionsTitle = "Partitioned storage"
	pointsTitle     = "The open points of the draft"
	errorsTitle     = "The errors of connect()"
	ancestorsTitle  = "Ancestors"
	mistakesTitle   = "Mistakes in the draft"
	propertiesTitle = "The properties"
	trustTitle      = "How far to trust this"
	sourcesTitle    = "Sources"
)

// questionTitle is the heading under which a question is told, and short for the sake of the many links to it.
func questionTitle(q model.Question) string { return code(q.ID()) }

// toQuestion links to where a question is told.
func toQuestion(q model.Question) string { return to(code(q.ID()), questionTitle(q)) }

// lines names lines of the draft.
func lines(first, last int) string {
	if last <= first {
		return fmt.Sprintf("line %d", first)
	}
	return fmt.Sprintf("lines %d–%d", first, last)
}

// given writes an answer to a question as on the command line.
func given(q model.Question, a model.Answer) string { return q.ID() + "=" + a.String() }

// literals writes what a partial design restricts, each answer as code; empty if it restricts nothing.
func literals(c family.Cube) string {
	var all []string
	if answered := model.Space.Answered(c); answered != model.Space.Full() {
		all = strings.Split(model.Space.Format(answered), ", ")
	}
	if assumed := model.Space.FormatAssumed(c); assumed != "" {
		all = append(all, strings.Split(assumed, ", ")...)
	}
	return strings.Join(codeAll(all), ", ")
}

// design writes a partial design, with its answers and what it takes for granted told apart.
func design(c family.Cube) string {
	text := literals(model.Space.Answered(c))
	if text == "" {
		text = "any design"
	}
	if assumed := literals(model.Space.Assumed(c)); assumed != "" {
		text += " if " + assumed
	}
	return text
}

// sums writes sets of properties as alternatives, and sets that differ in one property only as one: a + b or a + c is
// a + (b or c). It writes no more than most of them, and how many sets are left out.
func sums(sets [][]string, most int) string {
	all := factor(sets)
	var texts []string
	left := 0
	for i, p := range all {
		if i < most {
			texts = append(texts, p.String())
		} else {
			left += p.sets()
		}
	}
	if left > 0 {
		return strings.Join(texts, ", or ") + fmt.Sprintf(", or %d more", left)
	}
	if slices.ContainsFunc(all, func(p product) bool { return len(p) > 1 }) {
		return strings.Join(texts, ", or ")
	}
	return join(texts, "or")
}

// product stands for all sets that have one property of each of its factors.
type product [][]string

// factor puts sets of properties together to as few products as it can by joining those that differ in one factor.
func factor(sets [][]string) []product {
	var all []product
	for _, set := range sets {
		var p product
		for _, id := range set {
			p = append(p, []string{id})
		}
		all = append(all, p)
	}
	for i := 0; i < len(all); i++ {
		for j := i + 1; j < len(all); j++ {
			if joined, ok := all[i].join(all[j]); ok {
				all[i] = joined
				all = slices.Delete(all, j, j+1)
				i = -1 // what was not alike before may be now
				break
			}
		}
	}
	return all
}

// join returns a product for the sets of both, if they differ in one factor.
func (p product) join(q product) (product, bool) {
	missing := func(from, in product) []int {
		var all []int
		for i, f := range from {
			if !slices.ContainsFunc(in, func(g []string) bool { return slices.Equal(f, g) }) {
				all = append(all, i)
			}
		}
		return all
	}
	ours, theirs := missing(p, q), missing(q, p)
	if len(p) != len(q) || len(ours) != 1 || len(theirs) != 1 {
		return nil, false
	}
	joined := slices.Clone(p)
	joined[ours[0]] = slices.Concat(p[ours[0]], q[theirs[0]])
	return joined, true
}

// sets returns how many sets a product stands for.
func (p product) sets() int {
	n := 1
	for _, f := range p {
		n *= len(f)
	}
	return n
}

func (p product) String() string {
	if len(p) == 1 {
		return list(p[0], "or")
	}
	var all []string
	for _, f := range p {
		text := list(f, "or")
		if len(f) > 1 {
			text = "(" + text + ")"
		}
		all = append(all, text)
	}
	return strings.Join(all, " + ")
}

func names(answers []model.Answer) []string {
	var all []string
	for _, a := range answers {
		all = append(all, a.String())
	}
	return all
}
