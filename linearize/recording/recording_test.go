package recording

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
)

const runLine = `{"clock":"ms since epoch","closeEvent":false,"platform":"Chromium 156","scenario":"test"}` + "\n"

// at writes a line of a recording.
func lineAt(t string, rest string) string { return `{"t":` + t + `,` + rest + "}\n" }

const (
	connect1 = `"actor":"page/1","op":"connect","conn":1`
	boot     = `"actor":"worker/v1/a","op":"boot"`
)

// TestBadRecordings: each says the file, the line, what is wrong, and what to do.
func TestBadRecordings(t *testing.T) {
	tests := []struct{ why, text, want string }{
		{"empty", "", "x.jsonl:1: the recording is empty; begin with a line that describes the run"},
		{"no description", lineAt("1", connect1), `x.jsonl:1: "clock" is missing; begin the recording with a line that describes the run`},
		{"another clock", strings.Replace(runLine, "ms since", "s since", 1), `x.jsonl:1: the clock is "s since epoch"; record times in "ms since epoch"`},
		{"no scenario", `{"clock":"ms since epoch"}`, `x.jsonl:1: "scenario" is missing; name what is recorded`},
		{"no platform", `{"clock":"ms since epoch","scenario":"x"}`, `x.jsonl:1: "platform" is missing; name the browser and its version`},
		{"broken", runLine + `{"t":1,"actor":`, "x.jsonl:2: the line is broken: unexpected end of JSON input; give each event a JSON object on a line of its own"},
		{"two objects", runLine + `{}{}`, "x.jsonl:2: the line is broken: invalid character '{' after top-level value; give each event a JSON object on a line of its own"},
		{"no object", runLine + `7`, "x.jsonl:2: the line is a JSON number; give each event an object on a line of its own"},
		{"null", runLine + `null`, `x.jsonl:2: "t" is missing; give each event its time in ms since the epoch`},
		{"an empty line", runLine + "\n" + lineAt("1", connect1), "x.jsonl:2: the line is empty; remove it"},
		{"too long", runLine + strings.Repeat(" ", longestLine+1), "x.jsonl:2: the line is longer than 1 MiB; give each event a line of its own"},
		{"no time", runLine + `{` + connect1 + `}`, `x.jsonl:2: "t" is missing; give each event its time in ms since the epoch`},
		{"a time before the epoch", runLine + lineAt("-1", connect1), "x.jsonl:2: the time -1 is out of range; give each event its time in ms since the epoch"},
		{"a time after the end of time", runLine + lineAt("1e16", connect1), "x.jsonl:2: the time 1e+16 is out of range; give each event its time in ms since the epoch"},
		{"a time that is text", runLine + lineAt(`"1"`, connect1), `x.jsonl:2: "t" must not be a string; see the documentation of package linearize/recording`},
		{"a time much later than the first", runLine + lineAt("0", connect1) + lineAt("1e12", boot), "x.jsonl:3: the time is more than 366 days after that of the first event; give each event its time in ms since the epoch"},
		{"times out of order", runLine + lineAt("5", connect1) + lineAt("4.5", boot), "x.jsonl:3: the time is 0.5 ms before that of line 2; sort the recording by time"},
		{"no actor", runLine + lineAt("1", `"op":"boot"`), `x.jsonl:2: "actor" is missing; name who did it: page/1, worker/v1/NAME or browser`},
		{"an unknown actor", runLine + lineAt("1", `"actor":"page/x","op":"connect","conn":1`), `x.jsonl:2: there is no actor "page/x"; name who did it: page/1, worker/v1/NAME or browser`},
		{"a worker without a name", runLine + lineAt("1", `"actor":"worker/v1/","op":"boot"`), `x.jsonl:2: there is no actor "worker/v1/"; name who did it: page/1, worker/v1/NAME or browser`},
		{"a worker with an escape in its name", runLine + lineAt("1", `"actor":"worker/v1/\u001b[2J","op":"boot"`), `x.jsonl:2: there is no actor "worker/v1/\x1b[2J"; name who did it: page/1, worker/v1/NAME or browser`},
		{"no op", runLine + lineAt("1", `"actor":"page/1"`), `x.jsonl:2: "op" is missing; say what was done, such as post or receive`},
		{"an unknown op", runLine + lineAt("1", `"actor":"page/1","op":"send"`), `x.jsonl:2: there is no op "send" of page/1; use one of cannot, close, closed, connect, frozen, post, receive, rejected, resolved, thawed`},
		{"an op of somebody else", runLine + lineAt("1", `"actor":"page/1","op":"boot"`), `x.jsonl:2: there is no op "boot" of page/1; use one of cannot, close, closed, connect, frozen, post, receive, rejected, resolved, thawed`},
		{"no connection", runLine + lineAt("1", `"actor":"page/1","op":"connect"`), `x.jsonl:2: "conn" is missing; say which connection it is about`},
		{"connection 0", runLine + lineAt("1", `"actor":"page/1","op":"connect","conn":0`), `x.jsonl:2: there is no connection 0; number connections from 1`},
		{"half a connection", runLine + lineAt("1", `"actor":"page/1","op":"connect","conn":1.5`), `x.jsonl:2: "conn" must not be a number 1.5; see the documentation of package linearize/recording`},
		{"no message", runLine + lineAt("1", connect1) + lineAt("1", `"actor":"page/1","op":"post","conn":1`), `x.jsonl:3: "msg" is missing; name the message`},
		{"no version", runLine + lineAt("1", `"actor":"browser","op":"stop"`), `x.jsonl:2: "version" is missing; say which version it is about`},
		{"no state", runLine + lineAt("1", `"actor":"browser","op":"running","version":"0"`), `x.jsonl:2: "running" is missing; say what the version is now`},
		{"an unknown state", runLine + lineAt("1", `"actor":"browser","op":"running","version":"0","running":"dead"`), `x.jsonl:2: there is no running "dead"; use one of stopped, starting, running, stopping`},
		{"no page", runLine + lineAt("1", `"actor":"browser","op":"gone"`), `x.jsonl:2: "page" is missing; say which page it is about`},
		{"page -1", runLine + lineAt("1", `"actor":"browser","op":"gone","page":-1`), `x.jsonl:2: there is no page -1; number pages from 0 or 1`},
		{"two workers with one name", runLine + lineAt("1", boot) + lineAt("2", boot), "x.jsonl:3: two parties are named worker/v1/a: the other one acts in line 2; give each instance a name of its own"},
		{"two versions with one instance", runLine + lineAt("1", boot) + lineAt("2", `"actor":"worker/v2/a","op":"boot"`), "x.jsonl:3: two parties are named a: worker/v1/a boots in line 2; give each instance a name of its own"},
		{"two pages with one name", runLine + lineAt("1", connect1) + lineAt("2", `"actor":"browser","op":"gone","page":1`) + lineAt("3", `"actor":"page/1","op":"connect","conn":2`), "x.jsonl:4: two pages are named page/1: the other one is gone in line 3; give each page a number of its own"},
		{"a page that is gone twice", runLine + lineAt("1", connect1) + lineAt("2", `"actor":"browser","op":"gone","page":1`) + lineAt("3", `"actor":"browser","op":"gone","page":1`), "x.jsonl:4: two pages are named page/1: the other one is gone in line 3; give each page a number of its own"},
		{"a worker that never booted", runLine + lineAt("1", `"actor":"worker/v1/a","op":"activate"`), "x.jsonl:2: worker/v1/a acts before it boots; record each instance from its boot"},
		{"two connections with one number", runLine + lineAt("1", connect1) + lineAt("2", connect1), "x.jsonl:3: connection 1 is requested again, after line 2; give each connection a number of its own"},
		{"a connection that nobody requested", runLine + lineAt("1", `"actor":"page/1","op":"resolved","conn":3`), "x.jsonl:2: no page requests connection 3; record the connect of the page as well"},
		{"somebody else's connection", runLine + lineAt("1", connect1) + lineAt("2", `"actor":"page/2","op":"close","conn":1`), "x.jsonl:3: page/2 uses connection 1, which page/1 requests in line 2; give each connection a number of its own"},
		{"too early", runLine + lineAt("1", `"actor":"page/1","op":"resolved","conn":1`) + lineAt("2", connect1), "x.jsonl:2: page/1 uses connection 1 before it requests it in line 3; record the connect of the page first"},
		{"two messages with one name", runLine + lineAt("1", connect1) + lineAt("2", `"actor":"page/1","op":"post","conn":1,"msg":"m"`) + lineAt("3", `"actor":"page/1","op":"post","conn":1,"msg":"m"`), `x.jsonl:4: page/1 posts "m" again, after line 3; give each message a name of its own`},
		{"a crash of nothing", runLine + lineAt("1", `"actor":"browser","op":"crash"`), `x.jsonl:2: "page" is missing; say which page it is about`},
		{"a line number before the first", runLine + lineAt("1", connect1+`,"q":-1`), `x.jsonl:2: there is no line -1 of a party; count the lines of each party from 1 in "q"`},
		{"line numbers that go back", runLine + lineAt("1", connect1+`,"q":4`) + lineAt("2", `"actor":"page/1","op":"close","conn":1,"q":3`), `x.jsonl:3: page/1 writes its line 3 after its line 4 (line 2); count the lines of each party from 1 in "q"`},
		{"a line number twice", runLine + lineAt("1", connect1+`,"q":4`) + lineAt("1", `"actor":"page/1","op":"close","conn":1,"q":4`), `x.jsonl:3: page/1 writes its line 4 after its line 4 (line 2); count the lines of each party from 1 in "q"`},
		{"a worker that booted before its first line, of which none was lost", runLine + lineAt("1", `"actor":"worker/v1/a","op":"activate","q":1`), "x.jsonl:2: worker/v1/a acts before it boots; record each instance from its boot"},
		{"a connection of which nobody can have lost the request", runLine + lineAt("1", connect1+`,"q":1`) + lineAt("2", boot) + lineAt("3", `"actor":"worker/v1/a","op":"connect","conn":2`), "x.jsonl:4: no page requests connection 2; record the connect of the page as well"},
		{"nothing to try", runLine + lineAt("1", `"actor":"page/1","op":"cannot","conn":1`), `x.jsonl:2: "try" is missing; say what cannot be done`},
		{"something else to try", runLine + lineAt("1", `"actor":"page/1","op":"cannot","conn":1,"try":"wave"`), `x.jsonl:2: page/1 cannot try "wave"; use one of close, post`},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			_, err := Read(strings.NewReader(test.text), "x.jsonl")
			var lineError *LineError
			if !errors.As(err, &lineError) || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

// TestFieldsThatNobodyKnows are ignored, since recorders add some.
func TestFieldsThatNobodyKnows(t *testing.T) {
	text := runLine + lineAt("1", connect1+`,"q":1,"url":"http://svc.localhost","more":{"a":[1]}`)
	if _, err := Read(strings.NewReader(text), "x.jsonl"); err != nil {
		t.Error(err)
	}
}

// TestLongRecordings: a recording is not read further than it may be long.
func TestLongRecordings(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	const refused = "x.jsonl:%d: the recording is longer than 250,000 lines or 64 MiB; make a shorter recording"
	for _, test := range []struct {
		why, line string
		lines     int // that may follow the first
	}{
		{"many lines", lineAt("1", `"actor":"browser","op":"deploy"`), mostLines - 1},
		{"long lines", lineAt("1", `"actor":"browser","op":"deploy","more":"`+strings.Repeat("x", 1_000_000)+`"`), longestFile / 1_000_048},
	} {
		for more, want := range map[int]string{0: "", 1: fmt.Sprintf(refused, test.lines+2)} {
			text := io.MultiReader(strings.NewReader(runLine), strings.NewReader(strings.Repeat(test.line, test.lines+more)))
			if _, err := Read(text, "x.jsonl"); (err == nil) != (want == "") || err != nil && err.Error() != want {
				t.Errorf("%s and %d more: got %v, want %q", test.why, more, err, want)
			}
		}
	}
}

// TestReadFileErrors: what the system says of a file comes back.
func TestReadFileErrors(t *testing.T) {
	if _, err := ReadFile("testdata/none.jsonl"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestSkipped: a browser may be watched for more than connections. What is not known of it is left out, and told.
func TestSkipped(t *testing.T) {
	text := runLine + lineAt("1", `"actor":"browser","op":"hidden","page":1`) + lineAt("2", connect1) + lineAt("3", `"actor":"browser","op":"a\nb"`)
	rec, err := Read(strings.NewReader(text), "x.jsonl")
	if err != nil || len(rec.Lines) != 1 || len(rec.Skipped) != 2 {
		t.Fatalf("got %v, %v", rec, err)
	}
	want := "2 lines of the browser are skipped, as they say what is not known here; the first is hidden (line 2)"
	if got := DescribeSkipped(rec.Skipped); got != want {
		t.Errorf("got %s", got)
	}
	if got := DescribeSkipped(rec.Skipped[1:]); got != `1 line of the browser is skipped, as "a\nb" is not known here (line 4)` {
		t.Errorf("got %s", got)
	}
}

// TestLostLines: numbers of lines show what is missing, and lines may then speak of what they would have told.
func TestLostLines(t *testing.T) {
	text := runLine + // the request of page/1, the start of the worker, and three more lines of it
		lineAt("1", `"actor":"worker/v1/a","op":"connect","conn":1,"q":3`) +
		lineAt("2", `"actor":"page/1","op":"resolved","conn":1,"q":2`) +
		lineAt("3", `"actor":"worker/v1/a","op":"post","conn":1,"msg":"m","q":6`) +
		lineAt("3", `"actor":"worker/v1/a","op":"accept","conn":1,"q":5`) +
		lineAt("4", `"actor":"page/1","op":"post","conn":1,"msg":"n","q":3`)
	rec, err := Read(strings.NewReader(text), "x.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	p := rec.Parties(0, 0)
	page, in := p.Party("page/1"), p.Instance("worker/v1/a")
	if len(page.Holes) != 1 || page.Holes[0].After != nil || page.Holes[0].Before.Op != "resolved" || page.Holes[0].Lost != 1 {
		t.Errorf("page: got %+v", page.Holes)
	}
	if len(in.Holes) != 2 || in.Holes[0].Lost != 2 || in.Holes[1].Before.Op != "accept" || in.Holes[1].Lost != 1 || in.Last.Op != "post" {
		t.Errorf("worker: got %+v", in.Holes)
	}
}
