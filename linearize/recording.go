package linearize

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// This file reads recordings of a real browser: one JSON object a line, sorted by time. The first line describes the
// run; each other one says what a page, an instance of a worker, or the browser did:
//
//	{"clock":"ms since epoch","closeEvent":false,"platform":"Chromium 156","scenario":"hello"}
//	{"t":1795324669897.5,"actor":"page/1","op":"post","conn":1,"msg":"p1.1"}
//	{"t":1795324669900.6,"actor":"worker/v1/x0o6r","op":"receive","conn":1,"msg":"p1.1"}
//	{"t":1795324670955.4,"actor":"browser","op":"stop","version":"0"}
//
// Experiments may record more than the browser's recorder writes: "ignore" for a worker that leaves a connect event
// unanswered, and "hang" for one whose handler never comes to an answer; "kill" for a browser that stops a worker whatever
// it is doing; "unregister", "skipWaiting", "controlled" and "uncontrolled" for what the environment does; "cannot" with
// "try" for what a party tries and finds impossible, with "try":"suspend" for a browser that had every reason to suspend an
// idle worker. A first line with "complete":true promises that all of these are recorded, and everything that a party did.
//
// The reader is strict, since nobody should have to guess what a recorder meant. It ignores fields that it does not know, such
// as "q", which counts the lines of a party.

// Recording is a recording that was read.
type Recording struct {
	Name       string
	Scenario   string
	Platform   string
	CloseEvent bool // the MessagePortCloseEvent feature was on
	Complete   bool // everything is recorded that a party or the environment did

	lines []line
}

// line is one line after the first.
type line struct {
	number  int
	t       int64 // µs since the first of these lines
	actor   actor
	op      string
	conn    int
	msg     string
	version string // as the browser numbers versions
	state   string // the new state of a version, or whether it is running
	page    string // the name of a page that is gone
	try     string // what cannot be done
	origin  string // of a page, if recorded
	url     string // that a page connects to, if recorded
}

// actor is the party that did something. A page is named page/1, an instance of a worker worker/v1/NAME.
type actor struct {
	name     string
	role     role
	instance string // the last part of the name of a worker
}

type role uint8

const (
	_ role = iota
	aPage
	aWorker
	theBrowser
)

func (r role) side() Side {
	if r == aPage {
		return PageSide
	}
	return WorkerSide
}

// LineError says what is wrong with a line of a recording, and what to do about it.
type LineError struct {
	File string
	Line int // from 1
	What string
	Hint string
}

func (e *LineError) Error() string {
	return fmt.Sprintf("%s:%d: %s; %s", e.File, e.Line, e.What, e.Hint)
}

const longestLine = 1 << 20

// ReadRecording reads a recording; name stands for it in messages. The error is a [LineError], or what r returns.
func ReadRecording(r io.Reader, name string) (*Recording, error) {
	rec := &Recording{Name: name}
	reader := lineReader{rec: rec}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, longestLine)
	n := 0
	for scanner.Scan() {
		n++
		if what, hint := reader.read(n, scanner.Bytes()); what != "" {
			return nil, &LineError{name, n, what, hint}
		}
	}
	switch err := scanner.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, &LineError{name, n + 1, "the line is longer than 1 MiB", "give each event a line of its own"}
	case err != nil:
		return nil, err
	case n == 0:
		return nil, &LineError{name, 1, "the recording is empty", "begin with a line that describes the run"}
	}
	return rec, checkNames(rec)
}

// fields are the fields of a line that the reader knows.
type fields struct {
	T       *float64        `json:"t"`
	Actor   *string         `json:"actor"`
	Op      *string         `json:"op"`
	Conn    *int            `json:"conn"`
	Msg     *string         `json:"msg"`
	Version json.RawMessage `json:"version"`
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
	l := line{number: n}
	for _, step := range []func(*fields, *line) (string, string){r.readTime, readActor, readOp} {
		if what, hint := step(&f, &l); what != "" {
			return what, hint
		}
	}
	r.rec.lines = append(r.rec.lines, l)
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
		return fmt.Sprintf("%q must not be a %s", wrongType.Field, wrongType.Value), "compare the line with those in linearize/testdata"
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
	r.rec.Scenario, r.rec.Platform = printable(*f.Scenario), printable(*f.Platform)
	r.rec.CloseEvent = f.CloseEvent != nil && *f.CloseEvent
	r.rec.Complete = f.Complete
	return "", ""
}

// latest is the last instant of ECMAScript time, in ms since the epoch.
const latest = 8.64e15

func (r *lineReader) readTime(f *fields, l *line) (what, hint string) {
	switch {
	case f.T == nil:
		return `"t" is missing`, "give each event its time in ms since the epoch"
	case *f.T < 0 || *f.T > latest:
		return fmt.Sprintf("the time %v is out of range", *f.T), "give each event its time in ms since the epoch"
	}
	if len(r.rec.lines) == 0 {
		r.first, r.last = *f.T, *f.T
	}
	if *f.T < r.last {
		return fmt.Sprintf("the time is %.1f ms before that of line %d", r.last-*f.T, l.number-1), "sort the recording by time"
	}
	r.last = *f.T
	l.t = int64(math.Round((*f.T - r.first) * 1000))
	return "", ""
}

func readActor(f *fields, l *line) (what, hint string) {
	if f.Actor == nil {
		return `"actor" is missing`, "name who did it: page/1, worker/v1/NAME or browser"
	}
	parts := strings.Split(*f.Actor, "/")
	l.actor.name = *f.Actor
	switch {
	case len(parts) == 2 && parts[0] == "page" && isNumber(parts[1]):
		l.actor.role = aPage
	case len(parts) == 3 && parts[0] == "worker" && strings.HasPrefix(parts[1], "v") && isNumber(parts[1][1:]) &&
		parts[2] != "" && printable(parts[2]) == parts[2]:
		l.actor.role, l.actor.instance = aWorker, parts[2]
	case *f.Actor == "browser":
		l.actor.role = theBrowser
	default:
		return fmt.Sprintf("there is no actor %q", *f.Actor), "name who did it: page/1, worker/v1/NAME or browser"
	}
	return "", ""
}

func isNumber(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n >= 0 && strconv.Itoa(n) == s
}

// operations says what each role can do, and which fields that takes.
var operations = map[role]map[string][]string{
	aPage: {
		"connect": {"conn"}, "resolved": {"conn"}, "rejected": {"conn"},
		"post": {"conn", "msg"}, "receive": {"conn", "msg"}, "close": {"conn"}, "closed": {"conn"}, "cannot": {"conn", "try"},
	},
	aWorker: {
		"boot": nil, "activate": nil, "connect": {"conn"}, "accept": {"conn"}, "reject": {"conn"}, "ignore": {"conn"},
		"hang": {"conn"}, "post": {"conn", "msg"}, "receive": {"conn", "msg"}, "close": {"conn"}, "closed": {"conn"}, "cannot": {"conn", "try"},
	},
	theBrowser: {
		"state": {"version", "state"}, "running": {"version", "running"}, "stop": {"version"}, "kill": {"version"},
		"deploy": nil, "gone": {"page"}, "unregister": nil, "skipWaiting": nil, "controlled": nil, "uncontrolled": nil,
		"cannot": {"version", "try"},
	},
}

func readOp(f *fields, l *line) (what, hint string) {
	if f.Op == nil {
		return `"op" is missing`, "say what was done, such as post or receive"
	}
	l.op, l.origin, l.url = *f.Op, f.Origin, f.URL
	needed, ok := operations[l.actor.role][l.op]
	if !ok {
		var known []string
		for op := range operations[l.actor.role] {
			known = append(known, op)
		}
		slices.Sort(known)
		return fmt.Sprintf("there is no op %q of %s", l.op, l.actor.name), "use one of " + strings.Join(known, ", ")
	}
	for _, field := range needed {
		if what, hint := readField(f, l, field); what != "" {
			return what, hint
		}
	}
	return "", ""
}

// readField reads a field that the op needs.
func readField(f *fields, l *line, field string) (what, hint string) {
	missing := fmt.Sprintf("%q is missing", field)
	switch field {
	case "conn":
		switch {
		case f.Conn == nil:
			return missing, "say which connection it is about"
		case *f.Conn < 1:
			return fmt.Sprintf("there is no connection %d", *f.Conn), "number connections from 1"
		}
		l.conn = *f.Conn
	case "msg":
		if f.Msg == nil || *f.Msg == "" {
			return missing, "name the message"
		}
		l.msg = *f.Msg
	case "version":
		if l.version = strings.Trim(string(f.Version), `"`); l.version == "" || l.version == "null" {
			return missing, "say which version it is about"
		}
	case "try":
		return readTry(f, l)
	case "page":
		switch {
		case f.Page == nil:
			return missing, "say which page is gone"
		case *f.Page < 0:
			return fmt.Sprintf("there is no page %d", *f.Page), "number pages from 0 or 1"
		}
		l.page = fmt.Sprintf("page/%d", *f.Page)
	default:
		return readState(f, l, field)
	}
	return "", ""
}

// tries says what each role may find that it cannot do, because the platform does not offer it.
var tries = map[role][]string{aPage: {"close", "post"}, aWorker: {"close", "post"}, theBrowser: {"suspend"}}

func readTry(f *fields, l *line) (what, hint string) {
	switch {
	case f.Try == nil:
		return `"try" is missing`, "say what cannot be done"
	case !slices.Contains(tries[l.actor.role], *f.Try):
		return fmt.Sprintf("%s cannot try %q", l.actor.name, *f.Try), "use one of " + strings.Join(tries[l.actor.role], ", ")
	}
	l.try = *f.Try
	return "", ""
}

// states are the words for the state of a version (SW 3.1) and for that of its instance.
var states = map[string][]string{
	"state":   {"new", "installing", "installed", "activating", "activated", "redundant"},
	"running": {"stopped", "starting", "running", "stopping"},
}

func readState(f *fields, l *line, field string) (what, hint string) {
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
	l.state = *value
	return "", ""
}
