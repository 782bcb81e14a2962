package model

import (
	"fmt"
	"slices"
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
		{Step{Kind: KillHandling, Connection: 2}.Describe(), "the browser kills the worker while it handles a message on connection 2"},
		{Step{Kind: GiveUp, Connection: 2}.Describe(), "the browser gives up on the connect event of connection 2"},
		{PageFreezes.Text(), "a page is frozen, and thaws later"},
		{WorkerHangs.Text(), "the handler of the connect event of a connection hangs"},
		{ReleaseEnd.Text(), "the browser takes the worker's end of a connection, whose page is gone"},
		{PageTransfers.Text(), "a page transfers the handle of a connection to another one"},
		{PageLeaves.Text(), "a page goes away"},
		{Event{Kind: Resolved, Connection: 1, Page: 2}.Describe(), "the promise of page 2 is resolved: it holds connection 1"},
		{Event{Kind: Rejected, Connection: 1, Page: 2, Cause: CauseNoAnswer}.Describe(), "the promise of page 2 is rejected: no handler answered"},
		{Event{Kind: Dispatched, Connection: 1, Version: 2, Again: true}.Describe(), "version 2 gets a connect event for connection 1, which was accepted before"},
		{Event{Kind: Abandoned, Connection: 1, Page: 2, Cause: CauseKill}.Describe(),
			"the connect event of connection 1 is gone for good: nothing will ever settle the promise"},
		{Event{Kind: Abandoned, Connection: 1, Cause: CauseKill, Again: true}.Describe(),
			"the connect event of connection 1 is gone for good, and the connection with it"},
		{Event{Kind: WorkerStarts, Version: 1, Cause: CausePageGone}.Describe(), "version 1 runs, only to be told that a page is gone"},
		{Event{Kind: PageFrozen, Page: 1}.Describe(), "page 1 is frozen, and thaws later"},
		{Event{Kind: RegistrationIs, Status: Live}.Describe(), "there is a registration"},
		{Event{Kind: WorkerStops, Version: 1, Cause: CauseSuspend}.Describe(), "version 1 stops running: the worker was suspended"},
		{Event{Kind: StateChanges, Version: 2, State: Redundant}.Describe(), "version 2 is redundant"},
	} {
		if c.got != c.want {
			t.Errorf("got  %s\nwant %s", c.got, c.want)
		}
	}
}

// TestDescribeWorld has a line for each state that a registration and a connection can be in.
func TestDescribeWorld(t *testing.T) {
	for _, c := range []struct{ design, script, want string }{
		{"", "", "registration: live, version 1 activated and not running"},
		{"", "given p3 leave", "page 3: gone, of a third origin"},
		{"", waiting + "given client open, service skip-waiting",
			"registration: live, version 1 activated and not running, version 2 waiting (skipWaiting called), a document of its own is controlled"},
		{"", waiting + "given browser activate, service unregister",
			"registration: unregistered, not cleared yet, version 2 activating and running"},
		{"unregister=run-out", accepted + "given service unregister, browser clear",
			"registration: running-out, version 1 redundant and running"},
		{"", requested, "connection 1: asking, the promise of page 1 is pending"},
		{"scripts=may-hang", requested + "given worker hang c1",
			"connection 1: asking, the promise of page 1 is pending, the handler of the connect event hangs"},
		{"pipeline=yes", requested + "given p1 post c1",
			"connection 1: asking, the promise of page 1 is pending, 1 message to the worker waits"},
		{"interrupt=hang", requested + "given browser kill", "connection 1: down, the promise of page 1 is pending"},
		{"page-notice=event, listens=sometime", accepted + "given p1 listen c1, p1 lose c1",
			"connection 1: up, page 1 holds an end, but has no reference to it, and listens for its end, the worker's script holds an end"},
		{"suspend=reaccept", accepted + "given browser suspend", "connection 1: to-ask-again, page 1 holds an end"},
		{"worker-notice=event", accepted + "given p1 leave",
			"connection 1: up, the worker's script holds an end, whose page is gone, a notice is on its way to the worker"},
		{"frozen=sever, page-notice=state", accepted + "given p1 post c1, worker post c1, p1 freeze",
			"connection 1: down, page 1 holds an end that leads nowhere, 1 message to the page waits, a message of the page is lost, " +
				"a notice is on its way to the page"},
	} {
		w := scenario{"", scenarioBounds, c.design, c.script}.play(t)
		if !slices.Contains(w.Describe(), c.want) {
			t.Errorf("%s: no line is\n%s\n%s", c.script, c.want, strings.Join(w.Describe(), "\n"))
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
