package findings

import (
	"fmt"

	"cosw/model"
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
	sourcesTitle    = "Sources"
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

// given writes an answer to a question as on the command line.
func given(q model.Question, a model.Answer) string { return q.ID() + "=" + a.String() }

// onePartition says what the model leaves out about storage.
const onePartition = "The model has one partition. With partitioned storage a registration is looked up by the service's " +
	"origin and the top-level site, so that usually nothing is there to connect to; a standard has to say which key " +
	"`connect()` uses."
