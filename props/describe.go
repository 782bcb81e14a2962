package props

import (
	"errors"
	"fmt"
	"strings"

	"cosw/props/explore"
)

// This file holds the wording of the package: what properties claim, how a counterexample ends, and the steps of the
// parts that package model does not know.

// propertyTexts says what each property claims, when it applies, and what is the case at the end of a history that
// breaks it.
var propertyTexts = map[string]struct{ claims, applies, broken string }{
	"settles": {
		"no promise of an open page stays pending once all that the browser owes has happened",
		"a promise is settled",
		"nothing is left to happen, and the promise of an open page is still pending",
	},
	"tells-page": {
		"a page that does what it can to know, listen or read the state, knows when its connection is down",
		"a connection that a page holds ends at the worker's side",
		"the connection is down, and nothing will ever tell the page",
	},
	"accounts-loss": {
		"a message is delivered, or its sender knows that the connection is down",
		"a message is lost",
		"a message will never be delivered, and its sender will never know",
	},
	"delivers": {
		"no message is stuck in the queue of a connection that is up",
		"a message is delivered",
		"nothing is left to happen, and a message still waits although the connection is up",
	},
	"frees-worker": {
		"the worker's side holds nothing for a page that closed its end or is gone",
		"a page closes its end or goes away",
		"the worker's side still holds an end whose page is gone, and will never let go of it",
	},
	"fresh-acceptance": {
		"a message reaches only a version that accepted the connection (one that a page of the service's own origin got " +
			"without asking needs no acceptance: draft 22)",
		"a connection passes to a new version",
		"a message reaches a version that never accepted the connection",
	},
	"origin-bound": {
		"a message that reaches a worker was posted by a page of the origin that it accepted",
		"a message reaches a worker",
		"the worker takes a message for one of the origin that it accepted, and it is not",
	},
	"update-progress": {
		"no new version waits only because of pages of other origins",
		"a new version is installed while such a page is connected",
		"the new version waits for as long as a page of another origin pleases",
	},
	"survives-suspend": {
		"suspending an idle worker cuts no connection",
		"a worker is suspended while a page is connected",
		"the connection of a page is cut because its worker was idle",
	},
	"hides-suspend": {
		"a page of another origin cannot observe that an idle worker was suspended (silence is no observation: a worker " +
			"may always be silent)",
		"a worker is suspended while a page of another origin is connected",
		"a page of another origin learns when the service was idle, and so when others use it",
	},
	"survives-kill": {
		"killing a worker cuts no connection that was accepted",
		"a worker is killed while a page is connected",
		"a connection that was accepted is gone with the instance that was killed",
	},
	"survives-update": {
		"activating a new version cuts no connection, unless the new version refuses it",
		"a new version becomes active while a page is connected",
		"the connection of a page is cut because its worker was updated",
	},
	"can-idle": {
		"no worker runs only because a quiet connection is open",
		"a worker runs that has nothing to do",
		"nothing is left to do, and the worker runs for as long as a page pleases",
	},
	"unregisters": {
		"an unregistered registration is cleared although pages of other origins are connected",
		"a registration is unregistered while such a page is connected",
		"the registration lives on for as long as a page of another origin pleases",
	},
	"page-reach": {
		"a connection that is up can be reached from the roots of an open page",
		"a page drops its last reference to the handle",
		"the connection is up, and no script of the page can ever reach it again",
	},
	"worker-reach": {
		"a running worker can reach each of its connections that is up",
		"a worker runs that has a connection",
		"the worker runs and has a connection that its script cannot reach",
	},
	"ordered": {
		"per connection and direction, what is received is a gap-free prefix, in order, of what was posted",
		"a message is delivered",
		"a message arrives out of order, twice, or after a gap",
	},
	"no-bypass": {
		"no page of another origin holds an open end that no version accepted",
		"a page of another origin gets a connection",
		"a page of another origin holds an open end, and no version was ever asked",
	},
	"match-unique": {
		"a url never means two registrations",
		"a page connects while several services are registered",
		"several registrations match, and the rule does not say which is meant",
	},
	"match-agrees": {
		"connect(url) finds the registration that would control a document at url",
		"a document at the url would be controlled",
		"connecting to a url and navigating to it lead to different registrations",
	},
	"match-stable": {
		"the order in which services were registered does not matter",
		"a url matches while several services are registered",
		"which service the page gets depends on the order of registrations",
	},
	"match-pinned": {
		"a later registration with a narrower scope does not capture a connection",
		"a connection is used while several services are registered",
		"the connection now leads to another service than the one that accepted it",
	},
	"presence-hidden": {
		"a page that is refused sees the same outcome as if nothing were registered",
		"a service refuses a page",
		"the page sees whether the user has the service: the outcomes differ",
	},
	"presence-hidden-timed": {
		"a page that is refused sees the same outcome at the same time as if nothing were registered",
		"a service refuses a page",
		"the page sees whether the user has the service: the outcomes or their moments differ",
	},
	"refuses-first": {
		"the worker can check the origin and the credentials of a page before that page holds a usable port",
		"a page holds a usable port",
		"the page holds a usable port, and the worker could not check both its origin and its credentials",
	},
	"page-private": {
		"a worker of another origin learns nothing of a page beyond its origin",
		"a page asks to be connected",
		"the worker learns more of the page than its origin",
	},
}

// Claims returns what p says.
func (p *Property) Claims() string { return propertyTexts[p.ID].claims }

// Applies returns what must be seen at least once for a verdict on p to be worth something.
func (p *Property) Applies() string { return propertyTexts[p.ID].applies }

// Broken returns what is the case at the end of a history that breaks p.
func (p *Property) Broken() string { return propertyTexts[p.ID].broken }

var whenTexts = [...]string{AtEvent: "at a step", Always: "always", AtQuiescence: "eventually"}

// String returns the kind of property that a violation at such moments makes: "eventually" is checked in every world in
// which all that the browser owes has happened.
func (w When) String() string { return whenTexts[w] }

var partTexts = [...]string{
	Lifecycle: "lifecycle", Matching: "matching", Presence: "presence", Admission: "admission",
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

var admissionSteps = [...]string{
	comeToTheDoor: "the page connects", letIn: "the worker accepts", sendCredentials: "the page posts its credentials",
}

func (w *AdmissionWorld) tellStep(s explore.Step) string {
	switch s {
	case comeToTheDoor:
		return "the worker gets a connect event and knows " + w.Knows.String()
	case letIn:
		return "the page holds a usable port; the worker knew " + w.Before.String()
	}
	return "only now the worker knows them"
}

// String returns what is known, to follow "the worker knows".
func (f Facts) String() string {
	var known []string
	for _, fact := range []struct {
		bit  Facts
		text string
	}{
		{FactOrigin, "its origin"}, {FactURL, "its url"}, {FactClient, "its state as a client"},
		{FactCredentials, "its credentials"},
	} {
		if f&fact.bit != 0 {
			known = append(known, fact.text)
		}
	}
	if known == nil {
		return "nothing of the page"
	}
	return strings.Join(known, ", ")
}

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
			e.Question.ID(), e.Question.ID(), e.Question.Answers()[0])
	}
	could := "nothing"
	if len(e.Enabled) > 0 {
		could = strings.Join(e.Enabled, ", ")
	}
	return "the step is not enabled; what is: " + could
}
