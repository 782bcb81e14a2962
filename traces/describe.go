package traces

import (
	"fmt"
	"strconv"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file holds all wording of the package: of transcripts, of what is the case instead of what was expected, and of
// what is wrong with a script.

const (
	okMark         = "ok  " // before an expectation that is met
	quiesceMark    = ">> "  // before a step of a quiesce
	orText         = " or " // between terms in a line
	nothingEnabled = "nothing"
)

// What is wrong with a script, and what to do.
const (
	wrongWithin              = "no design to play under: the designs given exclude each other"
	wrongOpen                = "the design leaves questions open: answer each of them"
	wrongNothing             = "nothing is played; write a step, such as p1 connect c1"
	wrongCommand             = "%q is no command; expected design, bounds, start, quiesce, expect, or a step such as p1 connect c1"
	wrongDesign              = "design without designs; expected question=answer or the name of a preset"
	wrongContradiction       = "%s excludes every design in play; expected some of: %s"
	wrongLateBounds          = "bounds after the scenario began; put them above its first step, start or expect"
	wrongLateStart           = "start after the scenario began; put it above the first step or expect, or into a script of its own"
	wrongStart               = "%q is no start; expected installed or nothing, or with a single page installed own or nothing own"
	wrongOwn                 = "own with %s; expected bounds pages=1, as otherwise page 2 is of the service's own origin"
	wrongBeyond              = "%s is out of bounds: the scenario has %s; for more, begin with bounds %s=%d"
	wrongQuiesce             = "quiesce with %q; expected quiesce alone"
	wrongEndless             = "quiesce goes on after %d rounds; expected an end, report it as a bug of the model; enabled: %s"
	wrongNotEnabled          = "%s is not enabled: %s; enabled: %s"
	wrongWhere               = "no design in play has %s; expected some of: %s"
	wrongExpectation         = "%s; expected %s"
	wrongEmptyStatement      = "expect without a statement; expected one such as c1 up"
	wrongRest                = "%s with %q; expected nothing after it but where"
	wrongPageStatement       = "p%d %q; expected open or gone"
	wrongNumber              = "%q is no number; expected %s and how many messages wait"
	wrongBy                  = "%q after %s by; expected nobody, or held by p1, accepted by 1"
	wrongSlotStatement       = "%s %q; expected a version such as 1, or none; after active 1 also activating or activated"
	wrongEvent               = "event without a text; expected a part of the description of an event"
	wrongConnectionStatement = "c%d %q; expected unused, requested, asking, up, to-ask-again, asking-again, down, pending, settled, " +
		"held by, accepted by, to-worker or to-page"
	wrongRegistrationStatement = "registration %q; expected absent, live or unregistered"
)

// What is wrong with a trace file, and what to do.
const (
	wrongTraceSize    = "the file is larger than 1 MiB; no trace is, give a file that cosw wrote"
	wrongTraceHead    = "this is no trace; the first line of one is %q"
	wrongTraceVersion = "the trace is of version %s, and this cosw reads version %s; use the cosw that wrote it, or write it anew"
	wrongTraceExtra   = "text before the first section; expected -- %s --"
	wrongTraceCut     = "the file ends before section %s; it is cut off, write it anew"
	wrongTraceTwice   = "section %s stands here again; leave one of them"
	wrongTraceOrder   = "section %s stands here; expected section %s"
	wrongTraceWhy     = "section why is empty; say why the trace exists"
	wrongTraceSetting = "the setting is not complete; expected part, for the lifecycle bounds, and start, each on a line of its own"
	wrongTraceBounds  = "bounds, and the part is %s; only the lifecycle has some"
	wrongTraceEvent   = "an event before the first step; put it below the step that it comes of"
	wrongTraceUnder   = "the verdict is under other designs than the trace's own; expected those of section design among them"
	wrongTraceVerdict = "%q is no verdict; expected breaks or keeps with names of properties, such as breaks settles"
	wrongTraceAll     = "breaks all; name the properties that are broken at the end of the trace"
	wrongTracePart    = "%s is decided by the part %s, and the trace is of the part %s; expected one of its properties"

	wrongTraceAgain     = "%s stands here again, after line %d; leave one of them"
	wrongTraceBound     = "bounds without %s, or with it twice; name each bound once: %s"
	wrongTraceKept      = "under, and the verdict above it is not that something breaks; leave it out: what is kept is kept under the design"
	wrongTraceNobody    = "under without designs; expected answers, or any design"
	wrongTraceComma     = "a name is missing before or after a comma; expected names of properties"
	wrongTraceCharacter = "the character %U has no place in a trace; remove it, or give a file that cosw wrote"

	wrongTraceContradiction = "%s leaves no design, with the answers above; give each question once"
)

// Why traces of the corpus exist.

func termWhy(p props.Property, n int, term, under family.Cube) string {
	part := ""
	if !under.Includes(term) {
		part = " (a part of them)"
	}
	return fmt.Sprintf("%s: %s.\nA shortest trace that breaks it under designs of term %d of its formula%s, %s:\n%s.",
		p.ID, p.Claims, n, part, formatUnder(term), p.Broken)
}

func foundWhy(p props.Property) string {
	return fmt.Sprintf("%s: %s.\nA random history that breaks it, made minimal:\n%s.", p.ID, p.Claims, p.Broken)
}

// checkCommand returns the command that shows a term's trace.
func checkCommand(p props.Property, term family.Cube, b model.Bounds) string {
	command := "cosw check --property " + p.ID
	if term != model.Space.Full() {
		command += fmt.Sprintf(" --set '%s'", strings.ReplaceAll(model.Space.Format(term), ", ", ","))
	}
	return command + boundFlags(b)
}

// boundFlags returns the flags for bounds that are not the default.
func boundFlags(b model.Bounds) string {
	if b == (model.Bounds{}) || b.Within(model.DefaultBounds) {
		return "" // a shortest trace within smaller bounds is found within the default ones
	}
	return " " + b.Flags()
}

func pairWhy(p props.Pair, right bool) string {
	q := p.Question.ID()
	text := fmt.Sprintf("What the answer %s=%s costs: %s.\n", q, p.Wrong, p.Property.Claims)
	same := "the same schedule"
	if p.Impossible != "" {
		same = fmt.Sprintf("the same schedule as far as it can happen, which is up to %q,", p.Impossible)
	}
	if right {
		return text + fmt.Sprintf("With %s=%s %s goes well; see the trace that goes wrong.", q, p.Right, same)
	}
	return text + fmt.Sprintf("With it this schedule goes wrong, and with %s=%s alone %s goes well.", q, p.Right, same)
}

func ancestorWhy(p model.Preset, property props.Property, because family.Cube) string {
	return fmt.Sprintf("%s: %s.\nWhat %s breaks whatever one reads into its silence, because of %s:\n%s.",
		property.ID, property.Claims, p.Name, formatUnder(because), property.Broken)
}

func runWhy(what string) string {
	return fmt.Sprintf("A run in which this occurs: %s. No property is broken, and at the end nothing is owed.", what)
}

// What could happen after a trace.
const (
	owedMark  = "owed   "
	couldMark = "could  "
	underText = " (where %s)"
)

// Why a trace has no minimal form, or one that no search has proved to be the shortest.
const (
	wrongMinimal    = "the trace keeps its properties, so that a shorter one always does; give a trace that breaks one"
	whySeveral      = "the verdict is about several properties at once"
	whyOtherDesigns = "a shortest trace of a single design, of %d steps, does not have the verdict for all designs that it is about"
)

func (m Method) String() string {
	return [...]string{BySearch: "exact search", ByRemoval: "removal of steps"}[m]
}

// What the model says otherwise than a trace.
const (
	disagreesEvents = "step %d, %s, has other events"
	disagreesStep   = "step %d, %s: %s"
	disagreesKept   = "%s is not broken at the end"
	disagreesBroken = "%s is broken"
	disagreesMidway = "%s after step %d, but not under all of its designs at the end; end the trace there"
	disagreesUnder  = "only under some of the designs that the verdict is about can all steps be taken, and %s is broken at the end"
)

func designsText(formula string, n uint64) string {
	size := model.Space.Size()
	if n == size {
		return fmt.Sprintf("designs: %s, all %s", formula, grouped(size))
	}
	return fmt.Sprintf("designs: %s, %s of %s", formula, grouped(n), grouped(size))
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

func dropText(why string) string { return "not enabled: " + why + "; these designs drop out" }

// atRest tells how a quiesce ends; idle is one in which no step was taken.
func atRest(idle bool) string {
	if idle {
		return "nothing is owed"
	}
	return "now nothing is owed any more"
}

// Why a step is not enabled.

func boundText(bound string, value int) string {
	return fmt.Sprintf("the bound %s=%d is reached", bound, value)
}

func designText(answers string) string { return "ruled out by " + answers }

// factText returns how the connection is that s is about or, where it is about none, the registration.
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
	return fmt.Sprintf("c%d is %s", s.Connection, phaseWords[model.Unused])
}

// What is the case instead of what was expected.

func phaseText(c uint8, phase model.Phase) string {
	return fmt.Sprintf("c%d is %s", c, phaseWords[phase])
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

func statusText(s model.Status) string { return "the registration is " + statusWords[s] }

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

// count returns n things as in "1 page" and "2 pages".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// grouped returns n with a comma after every third digit from the right.
func grouped(n uint64) string {
	if n < 1000 {
		return strconv.FormatUint(n, 10)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}
