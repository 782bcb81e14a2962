package infer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cosw/model/family"
)

// edit changes the text of a recording; what it changes must be there.
type edit func(string) string

func drop(part string) edit {
	return func(text string) string {
		if !strings.Contains(text, part) {
			panic("no line has " + part)
		}
		return without(text, part)
	}
}

// swap exchanges two parts that are there once each.
func swap(a, b string) edit {
	return func(text string) string {
		if strings.Count(text, a) != 1 || strings.Count(text, b) != 1 {
			panic("not once: " + a + " or " + b)
		}
		return strings.NewReplacer(a, b, b, a).Replace(text)
	}
}

// insert puts a line in where its time belongs.
func insert(t float64, line string) edit {
	return func(text string) string {
		lines := strings.SplitAfter(strings.TrimSuffix(text, "\n")+"\n", "\n")
		lines = lines[:len(lines)-1]
		at := slices.IndexFunc(lines[1:], func(l string) bool { return timeOf(l) > t })
		if at < 0 {
			at = len(lines) - 1
		}
		return strings.Join(slices.Insert(lines, at+1, fmt.Sprintf(`{"t":%.4f,%s}`+"\n", t, line)), "")
	}
}

func timeOf(line string) float64 {
	_, rest, _ := strings.Cut(line, `"t":`)
	var t float64
	fmt.Sscanf(rest, "%g", &t)
	return t
}

// shift moves the clock of a party, and sorts.
func shift(actor string, ms float64) edit {
	return func(text string) string {
		lines := strings.SplitAfter(strings.TrimSuffix(text, "\n")+"\n", "\n")
		lines = lines[:len(lines)-1]
		for i, l := range lines {
			if strings.Contains(l, actor) {
				t := timeOf(l)
				before, rest, _ := strings.Cut(l, `"t":`)
				after := strings.TrimLeft(rest, "0123456789.")
				lines[i] = fmt.Sprintf(`%s"t":%.4f%s`, before, t+ms, after)
			}
		}
		slices.SortStableFunc(lines[1:], func(a, b string) int {
			switch d := timeOf(a) - timeOf(b); {
			case d < 0:
				return -1
			case d > 0:
				return 1
			}
			return 0
		})
		return strings.Join(lines, "")
	}
}

func all(edits ...edit) edit {
	return func(text string) string {
		for _, e := range edits {
			text = e(text)
		}
		return text
	}
}

// TestEdits plants changes into recordings, which must change the verdict as it must: a formula, or where no design
// explains the recording any more.
func TestEdits(t *testing.T) {
	const none = "no design"
	for _, c := range []struct {
		why, recording string
		edit           edit
		want           string // the formula
		where, says    string // of a recording that no design explains: the first observation that cannot follow
	}{
		{
			"a delivery is dropped: the next message cannot overtake it", "hello", drop(`"receive","conn":1,"msg":"p1.1"`),
			none, "x.jsonl:20", "worker/v1/x0o6r receives p1.2 on connection 1",
		},
		{
			"the last delivery is dropped before a close: it may have been on its way", "hello", drop(`"receive","conn":1,"msg":"w1.2@x0o6r"`),
			"close=close, worker-notice=none|silent if own-close=drop", "", "",
		},
		{
			"the last delivery of traffic is dropped", "traffic", drop(`"receive","conn":1,"msg":"w1.40@yhlk7"`),
			none, "x.jsonl, end", "something still had to happen that nobody recorded: page 1 receives a message on connection 1",
		},
		{
			"two deliveries are swapped: a queue keeps the order", "hello",
			swap(`"page/1","op":"receive","conn":1,"msg":"w1.1@x0o6r"`, `"page/1","op":"receive","conn":1,"msg":"w1.2@x0o6r"`),
			none, "x.jsonl:19", "page/1 receives w1.2@x0o6r on connection 1",
		},
		{
			"two deliveries in the middle of traffic are swapped", "traffic",
			swap(`"page/2","op":"receive","conn":2,"msg":"w2.20@gmc5i"`, `"page/2","op":"receive","conn":2,"msg":"w2.21@gmc5i"`),
			none, "x.jsonl:149", "page/2 receives w2.21@gmc5i on connection 2",
		},
		{
			"a message is received that nobody posted", "hello", insert(1795324670500, `"actor":"page/1","op":"receive","conn":1,"msg":"phantom"`),
			none, "x.jsonl:24", "page/1 receives phantom on connection 1",
		},
		{
			"a notice is invented where the platform gave none: it has notices now", "stop", insert(1795324677480, `"actor":"page/1","op":"closed","conn":1`),
			"page-notice=event|state, suspend=sever", "", "",
		},
		{
			"a notice is invented while the connection is up", "hello", insert(1795324670000, `"actor":"page/1","op":"closed","conn":1`),
			none, "x.jsonl:20", "page/1 is told that connection 1 is over",
		},
		{
			"a notice is invented before the worker is stopped, by more than the clocks allow", "stop",
			insert(1795324677440, `"actor":"page/1","op":"closed","conn":1`),
			none, "x.jsonl:20", "page/1 is told that connection 1 is over",
		},
		{
			"a notice is dropped: the platform has none", "stop.close-event", drop(`"op":"closed"`),
			"page-notice=none, suspend=sever", "", "",
		},
		{
			"the worker is never stopped: what the page posts is owed to it", "stop", drop(`"t":17953246774`),
			none, "x.jsonl, end", "something still had to happen that nobody recorded: the worker receives a message on connection 1",
		},
		{
			"a clock is shifted within the error", "hello", shift(`"worker/`, 1.5),
			"close=close, worker-notice=none|silent", "", "",
		},
		{
			"a clock is shifted beyond the error: an answer comes before it is posted", "hello", shift(`"worker/`, 40),
			none, "x.jsonl:11", "the promise of page/1 for connection 1 is resolved",
		},
		{
			"a clock is shifted the other way: a message is received before it is posted", "hello", shift(`"worker/`, -60),
			none, "x.jsonl:5", "worker/v1/x0o6r gets a connect event for connection 1",
		},
		{
			"the worker is started by the message that found it stopped", "stop", all(
				insert(1795324678270, `"actor":"browser","op":"running","running":"starting","version":"0"`),
				insert(1795324678280, `"actor":"worker/v1/other","op":"boot"`),
				insert(1795324678290, `"actor":"worker/v1/other","op":"receive","conn":1,"msg":"p1.2"`),
			),
			"suspend=wake, delivery=global or suspend=wake, worker-list=list if lists=at-once", "", "",
		},
		{
			"the new version gets the message of a connection that was the old one's", "update-skip",
			insert(1795324711700, `"actor":"worker/v2/0dbyx","op":"receive","conn":1,"msg":"p1.2"`),
			"update=transfer, delivery=global or update=transfer, worker-list=list if lists=at-once", "", "",
		},
		{
			"the new version is asked for the connection", "update-skip", all(
				insert(1795324711600, `"actor":"worker/v2/0dbyx","op":"connect","conn":1`),
				insert(1795324711601, `"actor":"worker/v2/0dbyx","op":"accept","conn":1`),
				insert(1795324711700, `"actor":"worker/v2/0dbyx","op":"receive","conn":1,"msg":"p1.2"`),
			),
			"update=reaccept", "", "",
		},
		{
			"a stop is asked for right before the update: the worker was suspended, which is not keepalive", "update-skip",
			insert(1795324711560, `"actor":"browser","op":"stop","version":"0"`),
			"page-notice=none, suspend=sever or page-notice=none, suspend=sever|wake|reaccept, update=sever|pin or " +
				"suspend=wake, update=transfer, worker-list=none, delivery=port or suspend=wake, update=transfer, delivery=port if lists=never", "", "",
		},
		{
			"a stop is asked for, and nothing is said of it: it may have come to it or not", "update-skip", all(
				drop(`"op":"running","running":"stopping","t":1795324711560.514`), drop(`"op":"running","running":"stopped","t":1795324711563.794`),
				insert(1795324711560, `"actor":"browser","op":"stop","version":"0"`),
			),
			"page-notice=none, suspend=sever or page-notice=none, update=sever|pin or update=transfer, worker-list=none, delivery=port or " +
				"update=transfer, delivery=port if lists=never", "", "",
		},
		{
			"a notice is invented before the stop, and a line of the browser comes in between: no stop before its time", "stop", all(
				insert(1795324677465, `"actor":"browser","op":"controlled"`),
				insert(1795324677430, `"actor":"page/1","op":"closed","conn":1`),
			),
			none, "x.jsonl:20", "page/1 is told that connection 1 is over",
		},
		{
			"a page closes what it knows to be closed, and posts there: nothing comes of it", "stop.close-event", all(
				insert(1795324690000, `"actor":"page/1","op":"close","conn":1`),
				insert(1795324690001, `"actor":"page/1","op":"post","conn":1,"msg":"p1.late"`),
			),
			"page-notice=event|state, suspend=sever", "", "",
		},
		{
			"a refusal that is recorded as no answer is one", "reject",
			func(text string) string { return strings.Replace(text, `"op":"reject"`, `"op":"ignore"`, 1) },
			"no-answer=reject", "", "",
		},
		{
			"the worker hears that the page is gone", "page-gone", insert(1795324699110, `"actor":"worker/v1/xn8bw","op":"closed","conn":1`),
			"worker-notice=event", "", "",
		},
		{
			"the page is not told that it was refused", "reject",
			all(drop(`"op":"rejected"`), insert(1795324675487.8, `"actor":"browser","op":"end"`)), // a second later
			none, "x.jsonl, end", "something still had to happen that nobody recorded: a page sees that its promise is settled",
		},
	} {
		t.Run(c.why, func(t *testing.T) {
			inf, err := inferText(t, c.edit(readText(t, c.recording)), DefaultOptions)
			if err != nil {
				t.Fatal(err)
			}
			if got := formula(inf); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if inf.Designs != family.None {
				return
			}
			r, err := inf.Reason(t.Context(), family.All)
			if err != nil {
				t.Fatal(err)
			}
			if r.Where() != c.where || r.Describe() != c.says {
				t.Errorf("got %s: %s, want %s: %s", r.Where(), r.Describe(), c.where, c.says)
			}
		})
	}
}

// timeOfPart returns the time of the first line that has a part.
func timeOfPart(text, part string) float64 {
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			return timeOf(line)
		}
	}
	panic("no line has " + part)
}
