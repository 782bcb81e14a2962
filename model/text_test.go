package model

import (
	"fmt"
	"strings"
	"testing"
)

// TestStepSyntax: what is written is read back, for every kind and every argument.
func TestStepSyntax(t *testing.T) {
	for _, k := range Kinds() {
		s := Step{Kind: k}
		for _, word := range strings.Fields(k.Syntax()) {
			switch word {
			case "P":
				s.Page = 2
			case "C":
				s.Connection = 6
			case "P2":
				s.To = 3
			}
		}
		got, err := ParseStep("  " + strings.ReplaceAll(s.String(), " ", "   "))
		if err != nil || got != s {
			t.Errorf("%q is read as %v, %v", s, got, err)
		}
	}
}

func TestStepSyntaxErrors(t *testing.T) {
	for _, c := range []struct{ text, want, reason string }{
		{"", `"" is no step: expected who does what, such as "p1 connect c1"`, "nothing"},
		{"p1", `"p1" is no step: expected who does what, such as "p1 connect c1"`, "no verb"},
		{"wroker post c1", `unknown party "wroker": did you mean worker?`, "a slip in the party"},
		{"moon rise", `unknown party "moon": choose from p1, worker, browser, service, client`, "no such party"},
		{"p1 conect c1", `unknown step of p1 "conect": did you mean connect?`, "a slip in the verb"},
		{"worker post", `"worker post" has 2 words: expected worker post C`, "an argument is missing"},
		{"p1 transfer c1 c2", `"c2" is no page: expected P transfer C P2`, "the wrong kind of argument"},
		{"p1 post c0", `"c0" is no connection: expected P post C`, "they count from 1"},
		{"p1 post c999", `"c999" is no connection: expected P post C`, "too large for any bounds"},
	} {
		if s, err := ParseStep(c.text); err == nil || err.Error() != c.want {
			t.Errorf("%s: %q\ngot  %v %v\nwant %s", c.reason, c.text, s, err, c.want)
		}
	}
}

func TestBoundsErrors(t *testing.T) {
	for _, c := range []struct {
		bounds Bounds
		want   string
	}{
		{DefaultBounds, ""},
		{Bounds{Connections: 1, Versions: 1}, "0 pages is out of range: choose from 1 to 4"},
		{Bounds{Pages: 5, Connections: 1, Versions: 1}, "5 pages is out of range: choose from 1 to 4"},
		{Bounds{Pages: 1, Connections: 7, Versions: 1}, "7 connections is out of range: choose from 1 to 6"},
		{Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: -1}, "-1 messages is out of range: choose from 0 to 8"},
		{Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 8}, "8 faults is out of range: choose from 0 to 7"},
		{Bounds{Pages: 1, Connections: 1, Versions: 1, Kills: 8}, "8 kills is out of range: choose from 0 to 7"},
	} {
		if _, err := New(c.bounds); fmt.Sprint(err) != c.want && (err != nil || c.want != "") {
			t.Errorf("%v: got %v, want %s", c.bounds, err, c.want)
		}
	}
}

// TestWording pins the words of steps and events down; a change here changes every transcript.
func TestWording(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Step{Kind: PageConnects, Page: 1, Connection: 2}.Describe(), "page 1 calls connect(): connection 2"},
		{Step{Kind: PageTransfers, Page: 1, Connection: 2, To: 3}.Describe(), "page 1 transfers the handle of connection 2 to page 3"},
		{Step{Kind: SuspendWorker}.Describe(), "the browser suspends the idle worker"},
		{PageTransfers.Text(), "a page transfers the handle of a connection to another one"},
		{PageLeaves.Text(), "a page goes away"},
		{Event{Kind: Resolved, Connection: 1, Page: 2}.Describe(), "the promise of page 2 is resolved: it holds connection 1"},
		{Event{Kind: Rejected, Connection: 1, Page: 2, Cause: CauseNoAnswer}.Describe(), "the promise of page 2 is rejected: no handler answered"},
		{Event{Kind: WorkerStops, Version: 1, Cause: CauseSuspend}.Describe(), "version 1 stops running: the worker was suspended"},
		{Event{Kind: StateChanges, Version: 2, State: Redundant}.Describe(), "version 2 is redundant"},
	} {
		if c.got != c.want {
			t.Errorf("got  %s\nwant %s", c.got, c.want)
		}
	}
}

// TestEveryEventHasWords: no event of any history is described by its number, and the syntax of its kind has a place for
// all that it says.
func TestEveryEventHasWords(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 3, Connections: 3, Versions: 3, Messages: 2, Faults: 2, Kills: 2})
	r := newRand(7)
	seen := map[EventKind]bool{}
	for range 2000 {
		walk(t, m, r, 80, func(_ World, s Step, events []Event, _ World) {
			for _, e := range events {
				seen[e.Kind] = true
				if text := e.Describe(); strings.Contains(text, "event(") || strings.Contains(text, "version 0") ||
					strings.Contains(text, "page 0") || strings.Contains(text, "connection 0") {
					t.Fatalf("after %v: %q", s, text)
				}
				if got, err := ParseEvent(e.String()); err != nil || got != e {
					t.Fatalf("after %v: %+v is written %q and read as %+v, %v", s, e, e.String(), got, err)
				}
			}
		})
	}
	for _, k := range EventKinds() {
		if !seen[k] || k.Text() == "" {
			t.Errorf("never happened in 2000 histories, or has no words: event(%d) %s", k, k.Text())
		}
	}
}
