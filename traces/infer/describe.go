package infer

import (
	"fmt"
	"slices"
	"strings"

	"cosw/linearize/recording"
	"cosw/model"
)

// This file holds the wording of refusals, assumptions and reasons.

const (
	hintBoot             = "record the lines of the browser as well: each start of a version, and its states"
	hintTwoRegistrations = "record one registration at a time"
	hintPages            = "use up to 3 pages of other origins and one of the service's own"
	hintBounds           = "make a shorter recording"
	hintLost             = "leave the connection out of the recording"
	hintModel            = "leave it out of the recording: the model has nothing like it"

	wrongConnections = "more than 6 connections of one registration are not supported"
	wrongLong        = "more than 65,534 lines of one registration are not supported"
	wrongWhose       = "there are several registrations, and the line does not say which of them it is about"
)

func wrongTwoRegistrations(page string) string {
	return fmt.Sprintf("%s is connected to two registrations of the service, which is not supported", page)
}

func wrongNoRegistration(l *recording.Line) string {
	return fmt.Sprintf("there are several registrations, and no worker takes part in any connection of %s", l.Actor)
}

func wrongPages(n int, own bool) string {
	if own {
		return "more than one page of the service's own origin is not supported"
	}
	return fmt.Sprintf("%d pages of one registration are not supported", n)
}

func wrongVersions(n int) string {
	return fmt.Sprintf("%d versions of one registration are not supported: the model has 4", n)
}

func unknownOrigin(page string) string {
	return page + " is taken to be of another origin than the service, as no line gives its origin"
}

func unknownService(page string) string {
	return page + " is taken to be of another origin than the service, as no line gives the url that it connects to"
}

const wrongFull = "more than 8 messages wait at once, which is not supported"

const owedPromise = "a page sees that its promise is settled"

func namePage(n int, name string) string { return fmt.Sprintf("page %d is %s", n, name) }
func nameVersion(n int, name string) string {
	return fmt.Sprintf("version %d is the browser's version %s", n, name)
}
func nameConnection(n, number int) string {
	return fmt.Sprintf("connection %d is connection %d of the recording", n, number)
}

// What is taken for granted.
const (
	assumeRest      = "a recording ends at rest: whatever the browser or a script still had to do has happened"
	assumeListens   = "pages keep the connections that they hold, listen for their end from the start, and read a state as soon as it changes"
	assumeSuspends  = "a worker that is stopped while no connect event is pending was idle, and is suspended"
	assumeEnds      = "an instance that is stopped right after its registration was cleared is stopped because of that"
	assumeActivated = "a version may be activated before it or the browser says so"
	assumeDelay     = "a request may take its time to reach the worker: it may wait in a frame until the service is registered"
	assumeGaps      = "a party that ends may, after its last line, have posted, received or been told more than it recorded; it answered and closed nothing, and an instance got nothing while it was idle"
	assumeClients   = "documents that the worker controls may come and go unseen, such as the frame that makes a connection"
	assumeSkips     = "a version may skip waiting unseen"
	assumeStarts    = "a worker may be started for something other than a connection, such as a fetch or an update"
	assumeOnly      = "a worker is started only for connections, as a complete recording has nothing else"
	assumeRegisters = "unregistering is seen: it is recorded, or a version becomes redundant and no other takes its place"
	assumeBrowser   = "lines of the browser may be late, but they and those of its driver are in their true order"
)

func clocksText(o Options) string {
	return fmt.Sprintf("the clocks of two parties differ by up to %s, and lines of the browser may be late by a further %s", ms(o.Error), ms(o.Late))
}

func tooEarlyText(o Options) string {
	return fmt.Sprintf("the answer to a request may still have come of which the recording says nothing more in its last %s", ms(o.Settle+o.Error))
}

// brokenOff is said of the reception of a message.
const brokenOff = ", and is killed before it has handled that"

// What happens if a worker starts that no connection needs, or fails to.
const (
	startsElse       = "the worker starts, for something other than a connection"
	failsToStartElse = "the worker fails to start, for something other than a connection"
)

// severalRegistrations says that there are several registrations, and who uses which.
func severalRegistrations(parts []*part) string {
	var who []string
	for _, p := range parts {
		var pages []string
		for _, name := range p.pages {
			if name != "" {
				pages = append(pages, name)
			}
		}
		if len(pages) == 0 {
			pages = []string{"no page"}
		}
		who = append(who, fmt.Sprintf("version %s for %s", p.versions[0], strings.Join(pages, ", ")))
	}
	return fmt.Sprintf("there are %d registrations of one service at the same time (%s); the model has one, and each is explained on its own",
		len(parts), strings.Join(who, ", "))
}

func earlyConnect(l *recording.Line) string {
	return fmt.Sprintf("%s gets a connect event before it is activated (line %d); a functional event would have waited, but on this platform it is a message", l.Actor, l.Number)
}

// secondRegistration is said of a line of a worker, sameRegistration is what could be instead.
const (
	secondRegistration = ", at a second registration of the same service"
	sameRegistration   = "it is a worker of the first registration that gets it"
)

// Describe says what cannot follow, or what does not show, as a clause.
func (r *Reason) Describe() string {
	if r.Line != nil {
		return r.Line.Describe() + r.says
	}
	return "something still had to happen that nobody recorded: " + r.Owed
}

// What the standards say of ports.
const (
	portsDeliver = "a message arrives once, in order, and after it was posted to a port that was open (HTML, \"message port post message steps\")"
	portsTell    = "a port is told of the end of a connection only when there is one, and after all messages (HTML, \"disentangle\")"
)

// Describe says what the cause is, as a clause.
func (c *Cause) Describe() string {
	switch c.Kind {
	case Contradicts:
		return "the line contradicts the standards, whatever a design says: " + c.Rule
	case Granted:
		return "what fails is no design but something that is taken for granted: " + c.Rule
	}
	return "the family has no answer for what the platform does there"
}

// Where says where a reason is found, as in "stop.jsonl:22" or "stop.jsonl, end".
func (r *Reason) Where() string {
	if r.Line != nil {
		return fmt.Sprintf("%s:%d", r.name, r.Line.Number)
	}
	return r.name + ", end"
}

const notExplained = "no design explains this recording, alone or together with the others; cosw infer says more"

// describeEvent says what happens. Messages of which nobody recorded the reception have no number, and one stands for all
// that wait together, see system.shorten.
func describeEvent(e model.Event) string {
	who, conn := fmt.Sprintf("page %d", e.Page), fmt.Sprintf("connection %d", e.Connection)
	if e.Page == 0 {
		who = fmt.Sprintf("version %d", e.Version)
	}
	switch {
	case !e.Message.Stranger:
		return e.Describe()
	case e.Kind == model.Lost:
		return fmt.Sprintf("whatever waits on %s after that is lost", conn)
	}
	return fmt.Sprintf("%s receives whatever waits on %s, unrecorded", who, conn)
}

const withCloseEvents = " with close events"

func hasCloseEvents(name string) bool { return strings.HasSuffix(name, withCloseEvents) }

// cellText is what engines have chosen, for a cell of a table. Engines that leave the same answers stand together; where these are all
// that there are, as they are without close events, they are not named.
func cellText(q model.Question, engines int, all []Choice) string {
	var answers []string
	who := map[string][]string{}
	for _, c := range all {
		var left []string
		for _, a := range c.Possible {
			left = append(left, "`"+a.String()+"`")
		}
		text := strings.Join(left, " or ")
		if q == model.Suspend && slices.Contains(c.RestsOn, assumeSuspends) {
			text += ", if a worker stopped while idle counts as suspended"
		}
		if who[text] == nil {
			answers = append(answers, text)
		}
		name := c.Engine
		if c.CloseEvent {
			name += withCloseEvents
		}
		who[text] = append(who[text], name)
	}
	var cells []string
	for _, text := range answers {
		names := who[text]
		plain := slices.DeleteFunc(slices.Clone(names), hasCloseEvents)
		if engines > 2 && len(plain) == engines {
			names = append([]string{fmt.Sprintf("all %d", engines)}, slices.DeleteFunc(names, func(name string) bool { return !hasCloseEvents(name) })...)
		}
		cells = append(cells, strings.Join(names, ", ")+": "+text)
	}
	return strings.Join(cells, "; ")
}
