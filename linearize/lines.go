package linearize

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// This file shows other packages the lines of a recording.

// Line is a line of a recording after the first.
type Line struct {
	Number   int           // in the file, from 1
	Time     time.Duration // since the first of these lines, on the clock of the party
	Actor    string        // as it is written: page/1, worker/v1/NAME or browser
	Page     int           // of a page: its number. Of the op gone: the page that is gone
	Script   int           // of an instance of a worker: the version of its script
	Op       string        // what was done
	Conn     int           // the connection it is about, or 0
	Msg      string        // the message
	Version  string        // as the browser numbers versions
	State    string        // the new state of that version or of its instance
	Try      string        // what cannot be done
	Origin   string        // of a page: in its own connect, or in that of a worker; empty if not recorded
	URL      string        // that a page connects to; empty if not recorded
	FromPage bool          // a page did it
	ByWorker bool          // an instance of a worker did it; neither: the browser
}

// Lines returns the lines of a recording after the first, in their order.
func (rec *Recording) Lines() []Line {
	all := make([]Line, len(rec.lines))
	for i := range rec.lines {
		l := &rec.lines[i]
		all[i] = Line{
			Number: l.number, Time: time.Duration(l.t) * time.Microsecond, Actor: l.actor.name, Op: l.op, Conn: l.conn,
			Msg: l.msg, Version: l.version, State: l.state, Try: l.try, Origin: l.origin, URL: l.url,
			FromPage: l.actor.role == aPage, ByWorker: l.actor.role == aWorker,
		}
		parts := strings.Split(l.actor.name, "/")
		switch l.actor.role { // the reader checked that these are numbers
		case aPage:
			all[i].Page, _ = strconv.Atoi(parts[1])
		case aWorker:
			all[i].Script, _ = strconv.Atoi(parts[1][1:])
		case theBrowser:
			all[i].Page, _ = strconv.Atoi(strings.TrimPrefix(l.page, "page/"))
		}
	}
	return all
}

// Describe says what a line means, as a clause such as "page/1 posts p1.2 on connection 1".
func (l *Line) Describe() string {
	if l.ByWorker && l.Op == "connect" {
		return fmt.Sprintf("%s gets a connect event for connection %d", l.Actor, l.Conn)
	}
	if l.Op == "cannot" {
		return strings.NewReplacer("A", l.Actor, "T", l.Try).Replace(cannotText)
	}
	if text, ok := lineTexts[l.Op]; ok && (l.FromPage || l.ByWorker) {
		return strings.NewReplacer("A", l.Actor, "C", fmt.Sprintf("connection %d", l.Conn), "M", printable(l.Msg)).Replace(text)
	}
	switch l.Op {
	case "state", "running":
		return fmt.Sprintf("version %s is %s", l.Version, l.State)
	case "stop":
		return fmt.Sprintf("version %s is asked to stop", l.Version)
	case "kill":
		return fmt.Sprintf("version %s is killed", l.Version)
	case "gone":
		return fmt.Sprintf("page/%d is gone", l.Page)
	}
	return browserTexts[l.Op]
}
