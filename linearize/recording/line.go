package recording

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Line is a line of a recording after the first.
type Line struct {
	Number  int           // in the file, from 1
	Time    time.Duration // since the first of these lines, on the clock of the party
	Role    Role          // of who did it
	Actor   string        // who did it, as it is written: page/1, worker/v1/NAME or browser
	Q       int           // counts the lines of a page or an instance from 1; 0: it does not count them
	Page    int           // of a page: its number. Of the browser: the page that a line is about, such as one that is gone
	Script  int           // of an instance of a worker: the version of its script
	Op      string        // what was done
	Conn    int           // the connection it is about, or 0
	Msg     string        // the message
	Version string        // as the browser numbers versions
	State   string        // the new state of that version or of its instance
	Try     string        // what cannot be done
	By      string        // who stops or kills an instance; empty: the driver
	Origin  string        // of a page: in its own connect, or in that of a worker; empty if not recorded
	URL     string        // that a page connects to; empty if not recorded
}

// Role is what kind of party did something.
type Role uint8

const (
	_ Role = iota

	Page    // a page
	Worker  // an instance of a worker
	Browser // the browser, or its driver
)

// PageName returns the name of the page that a line is by, or about.
func (l *Line) PageName() string { return fmt.Sprintf("page/%d", l.Page) }

// instance returns the last part of the name of an instance.
func (l *Line) instance() string { return l.Actor[strings.LastIndex(l.Actor, "/")+1:] }

// Describe says what a line means, as a clause such as "page/1 posts p1.2 on connection 1".
func (l *Line) Describe() string {
	if l.Role == Worker && l.Op == "connect" {
		return fmt.Sprintf("%s gets a connect event for connection %d", l.Actor, l.Conn)
	}
	if l.Op == "cannot" {
		return strings.NewReplacer("A", l.Actor, "T", l.Try).Replace(cannotText)
	}
	if text, ok := lineTexts[l.Op]; ok && l.Role != Browser {
		return strings.NewReplacer("A", l.Actor, "C", fmt.Sprintf("connection %d", l.Conn), "M", Printable(l.Msg)).Replace(text)
	}
	switch l.Op {
	case "state", "running":
		return fmt.Sprintf("version %s is %s", l.Version, l.State)
	case "stop":
		return fmt.Sprintf("version %s is asked to stop", l.Version) + l.by()
	case "kill":
		return fmt.Sprintf("version %s is killed", l.Version) + l.by()
	case "startFailed":
		return fmt.Sprintf("version %s fails to start", l.Version)
	case "crash":
		if l.Version != "" {
			return fmt.Sprintf("the process of version %s dies", l.Version)
		}
		return fmt.Sprintf("the process of %s dies", l.PageName())
	case "gone":
		return l.PageName() + " is gone"
	case "frozen":
		return l.PageName() + " is frozen"
	case "thawed":
		return l.PageName() + " thaws"
	}
	return browserTexts[l.Op]
}

func (l *Line) by() string {
	if l.By == "" {
		return ""
	}
	return " by the " + l.By
}

// Asked tells whether somebody outside the browser has an instance stopped or killed.
func (l *Line) Asked() bool { return (l.Op == "stop" || l.Op == "kill") && l.By != "browser" }

// Ends tells whether a line of the browser says that a page goes away.
func (l *Line) Ends() bool { return l.Op == "gone" || l.Op == "crash" && l.Version == "" }

// lineTexts says in words what a party's line means. A is the party, C the connection, M the message.
var lineTexts = map[string]string{
	"connect": "A connects: C", "resolved": "the promise of A for C is resolved", "rejected": "the promise of A for C is rejected",
	"post": "A posts M on C", "receive": "A receives M on C", "close": "A closes its end of C", "closed": "A is told that C is over",
	"boot": "A starts", "activate": "A activates", "accept": "A accepts C", "reject": "A refuses C",
	"frozen": "A is frozen", "thawed": "A thaws",
	"ignore": "A leaves the connect event of C unanswered",
	"hang":   "the handler of A for the connect event of C hangs",
}

// browserTexts does so for the lines of the browser without arguments.
var browserTexts = map[string]string{
	"deploy": "a new script is deployed", "end": "the recorder stops, as everybody is at rest", "unregister": "the service is unregistered", "skipWaiting": "the waiting version skips waiting",
	"controlled": "a document opens that the worker controls", "uncontrolled": "the controlled document is closed",
}

// cannotText says that A finds T impossible.
const cannotText = "A finds that it cannot T"

// DescribeSkipped says which lines of the browser were skipped, as a clause.
func DescribeSkipped(lines []Line) string {
	if len(lines) == 1 {
		return fmt.Sprintf("1 line of the browser is skipped, as %s is not known here (line %d)", Printable(lines[0].Op), lines[0].Number)
	}
	return fmt.Sprintf("%d lines of the browser are skipped, as they say what is not known here; the first is %s (line %d)",
		len(lines), Printable(lines[0].Op), lines[0].Number)
}

// Printable returns text as it is if it can be shown on one line, or else quoted.
func Printable(text string) string {
	if quoted := strconv.Quote(text); quoted != `"`+text+`"` {
		return quoted
	}
	return text
}
