package script

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/typeset"
)

// This file holds all wording of the package.

const (
	okMark         = "ok  " // before an expectation that is met
	insteadMark    = "! "   // before why designs drop out, and what an expectation rests on
	quiesceMark    = ">> "  // before a step of a quiesce
	orText         = " or " // between terms in a line
	nothingEnabled = "nothing"
)

// mayHang says what it rests on that nothing is owed.
var mayHang = "on condition that " + model.Space.FormatAssumed(model.Where(model.Scripts, model.MayHang)) +
	": the handler of a connect event need not come to an answer"

// What is wrong with a script, and what to do.
const (
	wrongWithin              = "no design to play under: the designs given exclude each other"
	wrongOpen                = "the design leaves questions open: answer each of them"
	wrongSize                = "a script has at most 1 MiB, and this file has more: give a shorter one"
	wrongNothing             = "the script has no steps; write one, such as p1 connect c1"
	wrongCommand             = "%q is no command; expected design, bounds, start, quiesce, expect, or a step such as p1 connect c1"
	wrongDesign              = "design without designs; expected question=answer or the name of a preset"
	wrongContradiction       = "%s excludes every design in play; expected some of: %s"
	wrongLateBounds          = "bounds after the scenario began; put them above its first step, start or expect"
	wrongLateStart           = "start after the scenario began; put it above the first step or expect, or into a script of its own"
	wrongStart               = "%q is no start; expected installed or nothing, or with a single page installed own or nothing own"
	wrongOwn                 = "own with %s; expected bounds pages=1: with more pages, page 2 has the origin of the service anyway"
	wrongBeyond              = "%s is out of bounds: the scenario has %s; for more, begin with bounds %s=%d"
	wrongQuiesce             = "quiesce with %q; expected quiesce alone"
	wrongEndless             = "quiesce does not end within %d rounds; report it as a bug of the model; enabled: %s"
	wrongNotEnabled          = "%s is not enabled: %s; enabled: %s"
	wrongWhere               = "no design in play has %s; expected some of: %s"
	wrongExpectation         = "%s; expected %s"
	wrongEmptyStatement      = "expect without a statement; expected one such as c1 up"
	wrongRest                = "%s with %q; expected nothing after it but where"
	wrongPageStatement       = "p%d %q; expected open or gone"
	wrongNumber              = "%q is no number; expected %s and the number of messages that wait"
	wrongBy                  = "%q after %s by; expected nobody, or held by p1, accepted by 1"
	wrongSlotStatement       = "%s %q; expected a version such as 1, or none; after active 1 also activating or activated"
	wrongEvent               = "event without text; expected a part of an event such as stopped v1 killed, or of its description"
	wrongConnectionStatement = "c%d %q; expected unused, requested, asking, up, to-ask-again, asking-again, down, pending, settled, " +
		"held by, accepted by, to-worker or to-page"
	wrongRegistrationStatement = "registration %q; expected absent, live, unregistered or running-out"
)

func designsText(formula string, n uint64) string {
	size := model.Space.Size()
	if n == size {
		return fmt.Sprintf("designs: %s, all %s", formula, typeset.Number(size))
	}
	return fmt.Sprintf("designs: %s, %s of %s", formula, typeset.Number(n), typeset.Number(size))
}

func boundsText(b model.Bounds) string { return "bounds: " + b.String() }

// whereMark stands before term i of the designs for which something holds.
func whereMark(i int) string {
	if i == 0 {
		return "where "
	}
	return "   or "
}

// questionText tells which open question of the draft decides.
func questionText(q model.Question) string {
	return fmt.Sprintf("%s, draft %d: %s", q.ID(), q.Place().Line, q.Text())
}

func dropText(why string, may bool) string {
	if may {
		return "not enabled: " + why + "; these designs go on without it"
	}
	return "not enabled: " + why + "; these designs drop out"
}

// atRest tells how a quiesce ends; an idle one took no step.
func atRest(idle bool) string {
	if idle {
		return "nothing is owed"
	}
	return "nothing is owed any more"
}

// Why a step is not enabled.

func boundText(bound string, value int) string {
	return fmt.Sprintf("the bound %s=%d is reached", bound, value)
}

func designText(asked family.Cube) string {
	if asked == model.Space.Full() {
		return "the answers rule it out" // in several ways, which have nothing in common
	}
	return "ruled out by " + model.Space.Format(asked)
}

// factText describes the connection that s is about or, if there is none, its page or the registration.
func factText(w *model.World, s model.Step) string {
	subject := "registration:"
	switch {
	case s.Connection > 0:
		subject = fmt.Sprintf("connection %d:", s.Connection)
	case s.Page > 0:
		subject = fmt.Sprintf("page %d:", s.Page)
	}
	for _, line := range w.Describe() {
		if strings.HasPrefix(line, subject) {
			return line
		}
	}
	return phaseText(s.Connection, model.Unused)
}

// What is the case, where something else was expected.

func phaseText(c uint8, phase model.Phase) string {
	return fmt.Sprintf("c%d is %s", c, phase)
}

func pendingText(c uint8, pending bool) string {
	if pending {
		return fmt.Sprintf("the promise of c%d is pending", c)
	}
	return fmt.Sprintf("the promise of c%d is not pending", c)
}

func holderText(c, page uint8) string {
	if page == 0 {
		return fmt.Sprintf("nobody holds the page's end of c%d", c)
	}
	return fmt.Sprintf("p%d holds the page's end of c%d", page, c)
}

func acceptedText(c uint8, v model.Version) string {
	if v == 0 {
		return fmt.Sprintf("no version holds the worker's end of c%d", c)
	}
	return fmt.Sprintf("version %d accepted c%d", v, c)
}

func queueText(c uint8, direction string, n uint8) string {
	return fmt.Sprintf("c%d has %s %d", c, direction, n)
}

func pageText(page uint8, open bool) string {
	if open {
		return fmt.Sprintf("p%d is open", page)
	}
	return fmt.Sprintf("p%d is gone", page)
}

func statusText(s model.Status) string { return "the registration is " + s.String() }

func slotText(slot string, v model.Version, activating bool) string {
	switch {
	case v == 0:
		return slot + " is none"
	case slot == "active" && activating:
		return fmt.Sprintf("active is %d activating", v)
	case slot == "active":
		return fmt.Sprintf("active is %d activated", v)
	}
	return fmt.Sprintf("%s is %d", slot, v)
}

func runningText(running bool) string {
	if running {
		return "the worker is running"
	}
	return "the worker is stopped"
}

func controlledText(controlled bool) string {
	if controlled {
		return "a client is controlled"
	}
	return "no client is controlled"
}

func enabledText(s model.Step, enabled bool) string {
	if enabled {
		return s.String() + " is enabled"
	}
	return s.String() + " is not enabled"
}

func eventText(text string, found bool) string {
	if found {
		return fmt.Sprintf("there is an event with %q", text)
	}
	return fmt.Sprintf("there is no event with %q", text)
}

func owedText(s model.Step) string { return s.String() + " is owed" }

func onceHungText(s model.Step) string { return owedText(s) + " once that handler hangs" }
