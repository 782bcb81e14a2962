package infer

import (
	"fmt"
	"path/filepath"
	"strings"

	"cosw/linearize"
	"cosw/model"
)

// This file holds the wording of what is not supported.

const (
	hintBoot             = "record the lines of the browser, too: each start of a version, and its states"
	hintTwoRegistrations = "record one registration at a time"
	hintPages            = "use up to 3 pages of other origins and one of the service's own"
	hintBounds           = "make a shorter recording"
	hintModel            = "leave it out of the recording, the model has no such thing"

	hintScript = "give each script that is deployed a number of its own, and record each version's start"
	hintStart  = "let more time pass between starts, or allow for less error if the clocks are better"

	hintEnd = "allow for a larger error of clocks, or give each party a name of its own"

	wrongConnections = "more than 6 connections of one registration are not supported"
	wrongFile        = "more than 250,000 lines are not supported"
	wrongLong        = "more than 65,534 lines of one registration are not supported"
	wrongWhose       = "there are several registrations, and the line does not say which one it is about"
)

func wrongBoot(l *linearize.Line) string {
	return fmt.Sprintf("%s starts, and no line of the browser says which version that is", l.Actor)
}

func wrongScript(l *linearize.Line, v *version) string {
	if v.script < 0 {
		return fmt.Sprintf("%s starts, and the only start left is that of version %s, which is of another script", l.Actor, v.id)
	}
	return fmt.Sprintf("%s starts, and the only start left is that of version %s, which has script %d", l.Actor, v.id, v.script)
}

func wrongStart(boot, a, b *linearize.Line) string {
	return fmt.Sprintf("%s may have started with line %d or with line %d, which clocks do not tell apart", boot.Actor, a.Number, b.Number)
}

func wrongEnd(l, end *linearize.Line) string {
	return fmt.Sprintf("%s acts %s after its end in line %d", l.Actor, ms(l.Time-end.Time), end.Number)
}

func wrongTwoRegistrations(page string) string {
	return fmt.Sprintf("%s is connected to two registrations of the service, which is not supported", page)
}

func wrongNoRegistration(l *linearize.Line) string {
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
	return page + " is of another origin than the service, as no line tells its origin"
}

func unknownService(page string) string {
	return page + " is of another origin than the service, as no line tells the url that it connects to"
}

const wrongFull = "more than 8 messages wait at once, which is not supported"

const owedPromise = "a page sees that its promise was settled"

func namePage(n int, name string) string { return fmt.Sprintf("page %d is %s", n, name) }
func nameVersion(n int, name string) string {
	return fmt.Sprintf("version %d is the browser's version %s", n, name)
}
func nameConnection(n, number int) string {
	return fmt.Sprintf("connection %d is connection %d of the recording", n, number)
}

// What is taken for granted.
const (
	assumeRest      = "a recording ends at rest: all that the browser or a script owed by then has happened"
	assumeListens   = "pages keep the connections that they hold, listen for their end from the first moment, and read a state as soon as there is one"
	assumeSuspends  = "a worker that is stopped while no connect event is pending is idle, and suspended"
	assumeActivated = "a version may be activated before its own lines and those of the browser say so"
	assumeDelay     = "a request may take its time on the way to the worker, as one does that waits in a frame until the service is registered"
	assumeGaps      = "a party that ends may have posted and received more than it recorded, after its last line"
	assumeClients   = "documents that the worker controls may come and go unseen, as the frame does that makes a connection"
	assumeSkips     = "a version may skip waiting unseen"
	assumeStarts    = "a worker may be started for something that is no connection, such as a fetch or an update"
	assumeOnly      = "a worker is started for connections only, as nothing else is in a recording that is complete"
	assumeRegisters = "unregistering is seen: it is recorded, or a version becomes redundant with nothing in its place"
	assumeBrowser   = "lines of the browser may be late, but they and those of its driver are in true order"
)

func clocksText(o Options) string {
	return fmt.Sprintf("clocks of different parties differ by up to %s, and lines of the browser are up to %s late beside that", ms(o.Error), ms(o.Late))
}

// startsElse is what happens where a worker starts that no connection needs.
const startsElse = "the worker starts, for something that is no connection"

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
	return fmt.Sprintf("%d registrations of one service are there at the same time (%s), as a browser has that partitions its storage; the model has one, and explains each for itself",
		len(parts), strings.Join(who, ", "))
}

func earlyConnect(l *linearize.Line) string {
	return fmt.Sprintf("%s gets a connect event before it is activated (line %d), which a functional event would have waited for; on this platform it is a message", l.Actor, l.Number)
}

// Describe says what cannot follow, or what does not show, as a clause.
func (r *Reason) Describe() string {
	if r.Line != nil {
		return r.Line.Describe()
	}
	return "owed at the end, and not recorded: " + r.Owed
}

// Where says where a reason is found, as in "stop.jsonl:22" or "stop.jsonl, end".
func (r *Reason) Where() string {
	name := filepath.Base(r.Recording.Name)
	if r.Line != nil {
		return fmt.Sprintf("%s:%d", name, r.Line.Number)
	}
	return name + ", end"
}

const notExplained = "no design explains this recording, or not together with the others; cosw infer tells more"

// describeEvent says what happens. Messages that nobody recorded to receive have no number, and one stands for all that
// wait together, see system.shorten.
func describeEvent(e model.Event) string {
	who, conn := fmt.Sprintf("page %d", e.Page), fmt.Sprintf("connection %d", e.Connection)
	if e.Page == 0 {
		who = fmt.Sprintf("version %d", e.Version)
	}
	switch {
	case !e.Message.Stranger:
		return e.Describe()
	case e.Kind == model.Lost:
		return fmt.Sprintf("what waits on %s after that is lost", conn)
	}
	return fmt.Sprintf("%s receives what waits on %s, without a record", who, conn)
}

// cellText is what a platform has chosen, for a cell of a table; with the name of its browser, if that is not said yet.
func cellText(p *Platform, f *Finding, named bool) string {
	var left []string
	for _, a := range f.Possible {
		left = append(left, "`"+a.String()+"`")
	}
	text := ""
	if named {
		text = strings.TrimSuffix(p.Name, " headless")
	}
	if p.CloseEvent {
		text = strings.TrimSpace(text + " with close events")
	}
	text += ": " + strings.Join(left, " or ")
	if f.Question == model.Suspend && p.suspends() {
		text += ", if to be stopped while idle is to be suspended"
	}
	return text
}
