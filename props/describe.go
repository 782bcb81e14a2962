package props

import (
	"errors"
	"fmt"
	"strings"
)

// This file holds the sentences of the package that are computed. What a property says stands in its record.

var whenTexts = [...]string{AtEvent: "at a step", Always: "always", AtQuiescence: "eventually"}

// String returns the kind of property that a violation at such moments makes: "eventually" is checked in every world in
// which all that the browser owes has happened.
func (w When) String() string { return whenTexts[w] }

var partTexts = [...]string{
	Lifecycle: "lifecycle", Matching: "matching", Presence: "presence",
}

func (p Part) String() string { return partTexts[p] }

// startNames are the names of initial worlds, as in the scripts of package traces.
var startNames = [...]string{"installed", "nothing", "installed own", "nothing own"}

func tellRegister(n uint8) string {
	s := services[n-1]
	return fmt.Sprintf("there is a service with scope %s and script %s", s.Scope, s.Script)
}

func (w *MatchingWorld) tellConnect() []string {
	url := targets[w.Target-1]
	how := "finds"
	if w.Candidates > 1 {
		how = fmt.Sprintf("finds %d registrations, the first being", w.Candidates)
	}
	happens := []string{
		fmt.Sprintf("connect(%q) %s %s", url, how, serviceName(w.Chosen)),
		"a document there would be controlled by " + serviceName(w.Controls),
	}
	if w.Reversed != w.Chosen {
		happens = append(happens, "registered in reverse order, it would be "+serviceName(w.Reversed))
	}
	return happens
}

func (w *MatchingWorld) tellUse() string { return "what the page sends reaches " + serviceName(w.Used) }

func serviceName(n uint8) string {
	if n == 0 {
		return "none"
	}
	return "that of scope " + short(services[n-1].Scope)
}

// short drops the scheme of a url.
func short(url string) string { return strings.TrimPrefix(url, "https://") }

var sideTexts = [...]string{withService: "service", withoutService: "nothing"}

// momentTexts says when a rejection comes.
var momentTexts = [...]string{
	AtOnce: "at once", AfterAWorker: "after a worker was asked", AfterTheDelay: "after the fixed delay",
}

// Describe returns what the page sees of a rejected promise, as a clause.
func (o Outcome) Describe() string {
	return fmt.Sprintf("the page sees %s, %s", o.Name, momentTexts[o.Moment])
}

func (e *StepError) describe() string {
	if errors.Is(e.Err, ErrOpen) {
		return fmt.Sprintf("the step depends on %s, which the design leaves open; add an answer, such as %s=%s",
			e.Question.ID(), e.Question.ID(), e.Question.Answer(0))
	}
	could := "nothing"
	if len(e.Enabled) > 0 {
		could = strings.Join(e.Enabled, ", ")
	}
	return "the step is not enabled; what is: " + could
}
