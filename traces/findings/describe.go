package findings

import (
	"fmt"

	"cosw/model"
	"cosw/props"
)

// This file holds titles, and small pieces of wording that several parts of the text share.

const (
	glanceTitle     = "At a glance"
	readTitle       = "How to read this"
	pointsTitle     = "The open points of the draft"
	designTitle     = "The design that is left"
	conflictsTitle  = "What cannot be had together"
	errorsTitle     = "The errors of connect()"
	ancestorsTitle  = "Ancestors"
	mistakesTitle   = "Mistakes in the draft"
	propertiesTitle = "The properties"
	trustTitle      = "How far to trust this"
)

// questionTitle is the heading under which a question is told.
func questionTitle(q model.Question) string { return code(q.ID()) + ": " + q.Text() }

// toQuestion links to where a question is told.
func toQuestion(q model.Question) string { return to(code(q.ID()), questionTitle(q)) }

// lines names lines of the draft.
func lines(first, last int) string {
	if first == last {
		return fmt.Sprintf("line %d", first)
	}
	return fmt.Sprintf("lines %d–%d", first, last)
}

// shortBounds writes bounds in the order of the flags of cosw check.
func shortBounds(b model.Bounds) string {
	return fmt.Sprintf("%d·%d·%d·%d·%d", b.Pages, b.Connections, b.Versions, b.Messages, b.Kills)
}

// given writes an answer to a question as on the command line.
func given(q model.Question, a model.Answer) string { return q.ID() + "=" + a.String() }

// partTexts says what the models are that have no bounds.
var partTexts = map[props.Part]string{
	props.Matching:  "a choice of urls and registrations that are at odds with each other",
	props.Presence:  "two lifecycles side by side, with a service that refuses and with none",
	props.Admission: "what a worker knows of a page when it decides",
}
