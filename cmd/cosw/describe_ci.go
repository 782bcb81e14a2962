package main

import (
	"path/filepath"

	"cosw/cmd/cosw/ci"
)

// This file holds the wording of design files and of reports for continuous integration.

const (
	wrongDesignSize    = "%s: larger than 1 MiB, so not a design file: give one with answers such as suspend=wake, one per line"
	wrongNoDesign      = "%s: no answer in it: write question=answer, one per line"
	wrongNoText        = "this is not a text with answers: write question=answer, one per line"
	wrongComma         = "nothing next to a comma: write question=answer there, or remove the comma"
	wrongAgain         = "%s contradicts %s of line %d: keep one of them"
	wrongSetAgain      = "--set gives %s another answer than %s does: leave it out, or change the file"
	wrongTwoFiles      = "it can be given only once"
	wrongTwice         = "--design and --design-file both choose designs: give one of them"
	wrongAssumptionSet = "--set: %s is an assumption, which no design answers: give it to --assume"
	wrongAnswerAssumed = "--assume: %s is a question, which a design answers: give it to --set; what can be assumed are %s"
	wrongAssumed       = "%s is an assumption, which no design answers: remove it, and give it to --assume"
	wrongGivenUp       = "--give-up: %s is not required: leave it out"
	wrongPairs         = "--pairs is written as text or json, not as %s: leave out one of them"
)

// draftFile names the draft where a format wants a file.
const draftFile = "draft.md"

// Rules of a check beside the properties: they show that its verdicts mean something.
var (
	ruleDesigns = ci.Rule{ID: "some-design", Title: "some design has all required properties"}
	ruleSteps   = ci.Rule{ID: "every-step", Title: "every step of the model happens in the search"}
	// "Eventually" is checked in the worlds in which the browser owes nothing any more: they must be reached.
	ruleEnds = ci.Rule{ID: "owed-ends", Title: "what the browser owes comes to an end"}
	// A history that breaks a property under a design that has it within the bounds shows that these are too small.
	ruleRandom = ci.Rule{ID: "random-agrees", Title: "random histories beyond the bounds break nothing that the search finds unbroken"}
)

// ruleExpected is what is compared with a file of expected verdicts.
var ruleExpected = ci.Rule{ID: "as-expected", Title: "the check finds what is expected"}

// expectedHead opens a file of expected verdicts.
const expectedHead = "# What cosw check finds, one fact a line: cosw check --expect compares, and with --update writes this anew.\n"

const (
	saysStopped = "the search is not complete: %v"
	saysSteps   = "every step was witnessed"
	saysEnds    = "it never goes on forever"
	saysForever = "under %s it can go on forever"
	saysGood    = "%s of %s"
	saysNoGood  = "none of %s"
)

// title says what a check was about.
func (f *checkFlags) title() string {
	switch {
	case f.file != nil:
		return "The design of " + filepath.ToSlash(relative(f.file.name)) + " and the properties that it must have"
	case f.design != "":
		return "The design " + f.design + " and the properties that it must have"
	}
	return "Designs of Cross-Origin Service Workers and the properties that they have"
}
