package recording

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// This file reads lines. See the documentation of the package for what they can be.

// fields are the fields of a line that the reader knows.
type fields struct {
	T       *float64        `json:"t"`
	Actor   *string         `json:"actor"`
	Op      *string         `json:"op"`
	Conn    *int            `json:"conn"`
	Msg     *string         `json:"msg"`
	Version json.RawMessage `json:"version"`
	Q       int             `json:"q"`
	By      string          `json:"by"`
	State   *string         `json:"state"`
	Running *string         `json:"running"`
	Page    *int            `json:"page"`
	Try     *string         `json:"try"`
	Origin  string          `json:"origin"`
	URL     string          `json:"url"`

	Clock      *string `json:"clock"`
	Scenario   *string `json:"scenario"`
	Platform   *string `json:"platform"`
	CloseEvent *bool   `json:"closeEvent"`
	Complete   bool    `json:"complete"`
}

type lineReader struct {
	rec   *Recording
	first float64 // t of the first event
	last  float64
	any   bool // there was an event
}

// read reads one line, and says what is wrong with it and what to do.
func (r *lineReader) read(n int, text []byte) (what, hint string) {
	var f fields
	if what, hint := decode(text, &f); what != "" {
		return what, hint
	}
	if n == 1 {
		return r.readRun(&f)
	}
	l := Line{Number: n}
	for _, step := range []func(*fields, *Line) (string, string){r.readTime, readActor, readOp} {
		if what, hint := step(&f, &l); what != "" {
			return what, hint
		}
	}
	if _, known := operations[l.Role][l.Op]; !known {
		r.rec.Skipped = append(r.rec.Skipped, l)
		return "", ""
	}
	r.rec.Lines = append(r.rec.Lines, l)
	return "", ""
}

func decode(text []byte, f *fields) (what, hint string) {
	if len(bytes.TrimSpace(text)) == 0 {
		return "the line is empty", "remove it"
	}
	err := json.Unmarshal(text, f)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType) && wrongType.Field != "":
		return fmt.Sprintf("%q must not be a %s", wrongType.Field, wrongType.Value), "see the documentation of package linearize/recording"
	case errors.As(err, &wrongType):
		return fmt.Sprintf("the line is a JSON %s", wrongType.Value), "give each event an object on a line of its own"
	case err != nil:
		return "the line is broken: " + err.Error(), "give each event a JSON object on a line of its own"
	}
	return "", ""
}

const clock = "ms since epoch"

func (r *lineReader) readRun(f *fields) (what, hint string) {
	switch {
	case f.Clock == nil:
		return `"clock" is missing`, "begin the recording with a line that describes the run"
	case *f.Clock != clock:
		return fmt.Sprintf("the clock is %q", *f.Clock), fmt.Sprintf("record times in %q", clock)
	case f.Scenario == nil:
		return `"scenario" is missing`, "name what is recorded"
	case f.Platform == nil:
		return `"platform" is missing`, "name the browser and its version"
	}
	r.rec.Scenario, r.rec.Platform = Printable(*f.Scenario), Printable(*f.Platform)
	r.rec.CloseEvent = f.CloseEvent != nil && *f.CloseEvent
	r.rec.Complete = f.Complete
	return "", ""
}

const (
	latest  = 8.64e15              // the last instant of ECMAScript time, in ms since the epoch
	longest = 366 * 24 * time.Hour // that a recording takes
)

func (r *lineReader) readTime(f *fields, l *Line) (what, hint string) {
	switch {
	case f.T == nil:
		return `"t" is missing`, "give each event its time in ms since the epoch"
	case *f.T < 0 || *f.T > latest:
		return fmt.Sprintf("the time %v is out of range", *f.T), "give each event its time in ms since the epoch"
	}
	if !r.any {
		r.first, r.last, r.any = *f.T, *f.T, true
	}
	if *f.T < r.last {
		return fmt.Sprintf("the time is %.1f ms before that of line %d", r.last-*f.T, l.Number-1), "sort the recording by time"
	}
	if *f.T-r.first > float64(longest.Milliseconds()) {
		return fmt.Sprintf("the time is more than %d days after that of the first event", longest/(24*time.Hour)), "give each event its time in ms since the epoch"
	}
	r.last = *f.T
	l.Time = time.Duration(math.Round((*f.T-r.first)*1000)) * time.Microsecond
	return "", ""
}

func readActor(f *fields, l *Line) (what, hint string) {
	if f.Actor == nil {
		return `"actor" is missing`, "name who did it: page/1, worker/v1/NAME or browser"
	}
	parts := strings.Split(*f.Actor, "/")
	l.Actor = *f.Actor
	switch {
	case len(parts) == 2 && parts[0] == "page" && isNumber(parts[1]):
		l.Role = Page
		l.Page, _ = strconv.Atoi(parts[1])
	case len(parts) == 3 && parts[0] == "worker" && strings.HasPrefix(parts[1], "v") && isNumber(parts[1][1:]) &&
		parts[2] != "" && Printable(parts[2]) == parts[2]:
		l.Role = Worker
		l.Script, _ = strconv.Atoi(parts[1][1:])
	case *f.Actor == "browser":
		l.Role = Browser
		return "", "" // whose lines may come from several places, and are not counted
	default:
		return fmt.Sprintf("there is no actor %q", *f.Actor), "name who did it: page/1, worker/v1/NAME or browser"
	}
	if f.Q < 0 {
		return fmt.Sprintf("there is no line %d of a party", f.Q), countLines
	}
	l.Q = f.Q
	return "", ""
}

const countLines = `count the lines of each party from 1 in "q"`

func isNumber(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && strconv.Itoa(n) == s
}

// operations says what each role can do, and which fields that takes.
var operations = map[Role]map[string][]string{
	Page: {
		"connect": {"conn"}, "resolved": {"conn"}, "rejected": {"conn"},
		"post": {"conn", "msg"}, "receive": {"conn", "msg"}, "close": {"conn"}, "closed": {"conn"}, "cannot": {"conn", "try"},
		"frozen": nil, "thawed": nil,
	},
	Worker: {
		"boot": nil, "activate": nil, "connect": {"conn"}, "accept": {"conn"}, "reject": {"conn"}, "ignore": {"conn"},
		"hang": {"conn"}, "post": {"conn", "msg"}, "receive": {"conn", "msg"}, "close": {"conn"}, "closed": {"conn"}, "cannot": {"conn", "try"},
	},
	Browser: {
		"state": {"version", "state"}, "running": {"version", "running"}, "stop": {"version"}, "kill": {"version"},
		"startFailed": {"version"}, "crash": {"page or version"}, "frozen": {"page"}, "thawed": {"page"},
		"deploy": nil, "end": nil, "gone": {"page"}, "unregister": nil, "skipWaiting": nil, "controlled": nil, "uncontrolled": nil,
		"cannot": {"version", "try"},
	},
}

func readOp(f *fields, l *Line) (what, hint string) {
	if f.Op == nil {
		return `"op" is missing`, "say what was done, such as post or receive"
	}
	l.Op, l.Origin, l.URL = *f.Op, f.Origin, f.URL
	l.By = Printable(f.By)
	needed, ok := operations[l.Role][l.Op]
	if !ok && l.Role == Browser {
		return "", "" // a browser may be watched for more than connections
	}
	if !ok {
		var known []string
		for op := range operations[l.Role] {
			known = append(known, op)
		}
		slices.Sort(known)
		return fmt.Sprintf("there is no op %q of %s", l.Op, l.Actor), "use one of " + strings.Join(known, ", ")
	}
	for _, field := range needed {
		if what, hint := readField(f, l, field); what != "" {
			return what, hint
		}
	}
	return "", ""
}

// readField reads a field that the op needs.
func readField(f *fields, l *Line, field string) (what, hint string) {
	switch field {
	case "conn":
		return readConn(f, l)
	case "msg":
		if f.Msg == nil || *f.Msg == "" {
			return `"msg" is missing`, "name the message"
		}
		l.Msg = *f.Msg
		return "", ""
	case "version":
		return readVersion(f, l)
	case "page":
		return readPage(f, l)
	case "page or version":
		if f.Page == nil && len(f.Version) > 0 {
			return readVersion(f, l)
		}
		return readPage(f, l)
	case "try":
		return readTry(f, l)
	}
	return readState(f, l, field)
}

func readConn(f *fields, l *Line) (what, hint string) {
	switch {
	case f.Conn == nil:
		return `"conn" is missing`, "say which connection it is about"
	case *f.Conn < 1:
		return fmt.Sprintf("there is no connection %d", *f.Conn), "number connections from 1"
	}
	l.Conn = *f.Conn
	return "", ""
}

func readVersion(f *fields, l *Line) (what, hint string) {
	if l.Version = strings.Trim(string(f.Version), `"`); l.Version == "" || l.Version == "null" {
		return `"version" is missing`, "say which version it is about"
	}
	return "", ""
}

func readPage(f *fields, l *Line) (what, hint string) {
	switch {
	case f.Page == nil:
		return `"page" is missing`, "say which page it is about"
	case *f.Page < 0:
		return fmt.Sprintf("there is no page %d", *f.Page), "number pages from 0 or 1"
	}
	l.Page = *f.Page
	return "", ""
}

// tries says what each role may find that it cannot do, because the platform does not offer it.
var tries = map[Role][]string{Page: {"close", "post"}, Worker: {"close", "post"}, Browser: {"suspend"}}

func readTry(f *fields, l *Line) (what, hint string) {
	switch {
	case f.Try == nil:
		return `"try" is missing`, "say what cannot be done"
	case !slices.Contains(tries[l.Role], *f.Try):
		return fmt.Sprintf("%s cannot try %q", l.Actor, *f.Try), "use one of " + strings.Join(tries[l.Role], ", ")
	}
	l.Try = *f.Try
	return "", ""
}

// states are the words for the state of a version (SW 3.1) and for that of its instance.
var states = map[string][]string{
	"state":   {"new", "installing", "installed", "activating", "activated", "redundant"},
	"running": {"stopped", "starting", "running", "stopping"},
}

func readState(f *fields, l *Line, field string) (what, hint string) {
	value := f.State
	if field == "running" {
		value = f.Running
	}
	switch {
	case value == nil:
		return fmt.Sprintf("%q is missing", field), "say what the version is now"
	case !slices.Contains(states[field], *value):
		return fmt.Sprintf("there is no %s %q", field, *value), "use one of " + strings.Join(states[field], ", ")
	}
	l.State = *value
	return "", ""
}
