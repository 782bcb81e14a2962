package linearize

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

const cases = "recording/testdata/cases"

// TestCases judges small recordings that are made up after public reports.
func TestCases(t *testing.T) {
	want := map[string]struct {
		result Result
		says   string
	}{
		"02b-post-vanishes-after-stop":        {Violated, "but 2 messages that it posted were never received: m2 and m3"},
		"02c-post-cannot":                     {Linearizable, "page/1 was told"},
		"06c-worker-receives-after-own-close": {Linearizable, "it ended: worker/v1/a closes its end"},
		"07c-re-ask-on-restart":               {Linearizable, "it stayed open"},
		"20e-posted-29s-before-stop":          {Violated, "but 1 message that it posted was never received: m2"},
		"20g-idle-loss-complete":              {Violated, "but 1 message that it posted was never received: m2"},
		"21-stop-then-close":                  {Violated, "page/1 takes the connection for open, until it closes its end (line 24),\n    but 1 message that it posted was never received: p1.2 (line 23)"},
		"21b-stop-then-gone":                  {Violated, "page/1 takes the connection for open, until page/1 is gone (line 24),\n    but 1 message that it posted was never received: p1.2 (line 23)"},
		"22-duplicate-delivery":               {Violated, "but that message was received before (line 16)"},
		"23-worker-fails-to-start":            {Linearizable, "page/1 was refused"},
		"unregister-attached":                 {Linearizable, ""}, // the instance goes on
		"30b-unrelated-browser-line":          {Linearizable, "1 line of the browser is skipped, as hidden is not known here (line 15)"},
	}
	files, err := filepath.Glob(filepath.Join(cases, "*.jsonl"))
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d cases, want %d; %v", len(files), len(want), err)
	}
	for name, w := range want {
		v, err := judgeFile(filepath.Join(cases, name+".jsonl"), DefaultOptions)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if v.Result != w.result || !strings.Contains(v.String(), w.says) {
			t.Errorf("%s: want %s, with %q; got:\n%s", name, w.result, w.says, v)
		}
	}
}

// counted writes a line of a party that counts its lines.
func counted(t string, q int, rest string) string {
	return lineAt(t, fmt.Sprintf(`"q":%d,%s`, q, rest))
}

// The parts of a small recording whose parties count their lines: the page has written two of them, the worker two.
const madeCounted = runLine +
	`{"t":1,"q":1,"actor":"page/1","op":"connect","conn":1}` + "\n" +
	`{"t":2,"actor":"browser","op":"running","running":"starting","version":"0"}` + "\n" +
	`{"t":3,"q":1,"actor":"worker/v1/a","op":"boot"}` + "\n" +
	`{"t":9,"q":2,"actor":"worker/v1/a","op":"accept","conn":1}` + "\n" +
	`{"t":10,"q":2,"actor":"page/1","op":"resolved","conn":1}` + "\n"

func TestLostLines(t *testing.T) {
	tests := []struct {
		why, text string
		want      Result
		says      string
	}{
		{"a message arrives in a line that was lost", counted("20", 3, posts(page, "m")) + counted("300", 4, posts(worker, "n")) + counted("301", 4, receives(page, "n")) + lineAt("500", later),
			Unknown, "1 line of worker/v1/a lost between lines 5 and 8: 1 message to it may have arrived without a record"},
		{"one line was lost, and two messages", counted("20", 3, posts(page, "m")) + counted("21", 4, posts(page, "o")) + counted("300", 4, posts(worker, "n")) + counted("301", 5, receives(page, "n")) + lineAt("500", later),
			Violated, "but 1 message that it posted was never received: o"}, // m may have arrived
		{"a line was lost before the message was posted", counted("20", 4, posts(worker, "n")) + counted("21", 3, receives(page, "n")) + counted("200", 4, posts(page, "m")) + counted("300", 5, posts(worker, "o")) + counted("301", 5, receives(page, "o")) + lineAt("500", later),
			Violated, "but 1 message that it posted was never received: m"},
		{"a line was lost after a later message had arrived: a queue keeps the order", counted("20", 3, posts(page, "m")) + counted("21", 4, posts(page, "o")) + counted("22", 3, receives(worker, "o")) + counted("30", 5, posts(worker, "n")) + counted("31", 5, receives(page, "n")) + lineAt("500", later),
			Violated, "but m was posted before it and had not arrived"},
		{"what arrives was posted in a line that was lost", counted("20", 3, receives(worker, "m")) + counted("21", 4, posts(page, "n")) + counted("22", 4, receives(worker, "n")) + lineAt("500", later),
			Unknown, "1 line of page/1 lost between lines 6 and 8: 1 message from it arrived without a record of the post"},
		{"no line was lost that could have posted it", counted("20", 3, receives(worker, "m")) + counted("21", 3, posts(page, "n")) + counted("22", 4, receives(worker, "n")) + lineAt("500", later),
			Violated, "but nobody at the other end ever posted that message"},
		{"the line was lost only after it had arrived", counted("20", 3, receives(worker, "m")) + counted("100", 3, posts(page, "n")) + counted("101", 4, receives(worker, "n")) + counted("110", 5, posts(page, "o")) + counted("111", 5, receives(worker, "o")) + lineAt("500", later),
			Violated, "but nobody at the other end ever posted that message"},
		{"several messages are posted in one gap, in the order in which they arrive", counted("20", 3, receives(worker, "m")) + counted("21", 4, receives(worker, "n")) + counted("22", 5, receives(worker, "o")) + counted("23", 6, posts(page, "p")) + counted("24", 6, receives(worker, "p")) + lineAt("500", later),
			Unknown, "3 lines of page/1 lost between lines 6 and 10"},
		{"the page was told in a line that was lost", stopped("40") + counted("200", 3, posts(page, "m")) + counted("300", 5, posts(page, "n")) + lineAt("500", later),
			Unknown, "where lines were lost"},
		{"the worker closed its end in a line that was lost", counted("40", 4, `"actor":"worker/v1/a","op":"activate"`) + counted("45", 3, `"actor":"page/1","op":"closed","conn":1`) + lineAt("500", later),
			Unknown, "but nobody had closed it by then"},
		{"nor did it lose a line", counted("40", 3, `"actor":"worker/v1/a","op":"activate"`) + counted("45", 3, `"actor":"page/1","op":"closed","conn":1`) + lineAt("500", later),
			Violated, "but nobody had closed it by then"},
		{"lines of the same time stand in another order: their numbers tell", counted("20", 4, posts(page, "n")) + counted("20", 3, posts(page, "m")) + counted("21", 3, receives(worker, "m")) + counted("21", 4, receives(worker, "n")) + lineAt("500", later),
			Linearizable, "it stayed open"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			checkVerdict(t, madeCounted+test.text, test.want, test.says)
		})
	}
}

// TestClocksAreAligned: a clock that is behind is set right by the messages; what they contradict each other in stays open.
func TestClocksAreAligned(t *testing.T) {
	answered := func(posted, received, answer, back string) string {
		return lineAt(posted, posts(page, "m"+posted)) + lineAt(received, receives(worker, "m"+posted)) +
			lineAt(answer, posts(worker, "w"+posted)) + lineAt(back, receives(page, "w"+posted))
	}
	behind := lineAt("19.4", receives(worker, "m")) + lineAt("19.5", posts(worker, "w")) + lineAt("20", posts(page, "m")) + lineAt("20.9", receives(page, "w"))
	tests := []struct {
		why, text string
		want      Result
		says      string
	}{
		{"a worker's clock is behind", behind + answered("30", "31", "32", "33") + lineAt("500", later),
			Linearizable, "the clock of worker/v1/a is 0.60 ms behind, as what it receives shows, and an error of up to 0.40 ms is left"},
		{"nothing passes that shows anything", answered("30", "31", "32", "33") + lineAt("500", later), Linearizable, "it stayed open"},
		{"it is behind and, by what comes back, it is not", lineAt("19", receives(worker, "m")) + lineAt("20", posts(page, "m")) + lineAt("30", posts(worker, "w")) + lineAt("30.5", receives(page, "w")) + lineAt("500", later),
			Unknown, "an error of 0.25 ms is left, as the messages contradict each other"},
	}
	for _, test := range tests {
		v, err := judgeText(made+test.text, DefaultOptions)
		if err != nil {
			t.Fatal(err)
		}
		if v.Result != test.want || !strings.Contains(v.String(), test.says) {
			t.Errorf("%s: want %s, with %q; got:\n%s", test.why, test.want, test.says, v)
		}
	}
}

// TestWords: what the browser does to pages and instances shows in the verdict as it should.
func TestWords(t *testing.T) {
	browser := func(t, rest string) string { return lineAt(t, `"actor":"browser",`+rest) }
	tests := []struct {
		why, text string
		want      Result
		says      string
	}{
		{"the worker's process dies, and what the page posts then is lost", browser("40", `"op":"crash","version":"0"`) + lineAt("200", posts(page, "m")) + lineAt("500", later),
			Violated, "the worker's end is closed: the process of worker/v1/a dies (line 7)"},
		{"the page's process dies, and the worker is not told", lineAt("20", posts(page, "m")) + lineAt("21", receives(worker, "m")) + browser("40", `"op":"crash","page":1`) + lineAt("500", later),
			Linearizable, "it ended: the page's end is closed: the process of page/1 dies (line 9)"},
		{"a page that crashed is closed as well", browser("40", `"op":"crash","page":1`) + browser("60", `"op":"gone","page":1`) + lineAt("500", later),
			Linearizable, "the process of page/1 dies"},
		{"a post throws after a stop", stopped("40") + lineAt("200", `"actor":"page/1","op":"cannot","conn":1,"try":"post"`) + lineAt("500", later),
			Linearizable, "page/1 was told (line 8)"},
		{"a post was lost before the next one throws: now the page knows", stopped("40") + lineAt("200", posts(page, "m")) + lineAt("300", `"actor":"page/1","op":"cannot","conn":1,"try":"post"`) + lineAt("500", later),
			Linearizable, "m never arrived, but page/1 was told"},
		{"a post throws on a connection that nobody closed", lineAt("200", `"actor":"page/1","op":"cannot","conn":1,"try":"post"`) + lineAt("500", later),
			Violated, "but nobody had closed it by then"},
		{"a page cannot close: platforms need not offer it", lineAt("200", `"actor":"page/1","op":"cannot","conn":1,"try":"close"`) + lineAt("500", later),
			Linearizable, "it stayed open"},
		{"a frozen page takes nothing: what is sent to it waits", browser("20", `"op":"frozen","page":1`) + lineAt("30", posts(worker, "w")) + lineAt("900", later),
			Unknown, "may be on its way"},
		{"it thaws, and does not get it", lineAt("20", `"actor":"page/1","op":"frozen"`) + lineAt("30", posts(worker, "w")) + lineAt("400", `"actor":"page/1","op":"thawed"`) + lineAt("900", later),
			Violated, "but 1 message that it posted was never received: w"},
		{"it thaws, and gets it", browser("20", `"op":"frozen","page":1`) + lineAt("30", posts(worker, "w")) + browser("400", `"op":"thawed","page":1`) + lineAt("410", receives(page, "w")) + lineAt("900", later),
			Linearizable, "it stayed open"},
		{"it is closed while it is frozen, and could not be told of a stop", browser("20", `"op":"frozen","page":1`) + stopped("60") + browser("700", `"op":"gone","page":1`) + lineAt("900", later),
			Linearizable, "it ended"},
		{"nor does that undo what it had lost before", stopped("40") + lineAt("200", posts(page, "m")) + browser("600", `"op":"frozen","page":1`) + browser("700", `"op":"gone","page":1`) + lineAt("900", later),
			Violated, "but 1 message that it posted was never received: m"},
		{"the next start fails", stopped("40") + browser("100", `"op":"running","running":"starting","version":"0"`) + browser("120", `"op":"startFailed","version":"0"`) + lineAt("500", later),
			Linearizable, "worker/v1/a is stopped (line 7)"},
		{"a stop that came about for nobody: the worker goes on", browser("40", `"op":"stop","version":"0"`) + lineAt("200", posts(page, "m")) + lineAt("210", receives(worker, "m")) + lineAt("500", later),
			Linearizable, ""},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			checkVerdict(t, made+test.text, test.want, test.says)
		})
	}
}

// TestIdle: that a record breaks off says something of what comes right after its last line, and right before the end.
func TestIdle(t *testing.T) {
	complete := strings.Replace(made, `"closeEvent"`, `"complete":true,"closeEvent"`, 1)
	for _, test := range []struct {
		why, text string
		want      Result
	}{
		{"posted long before the worker is stopped", made + lineAt("100", posts(page, "m")) + stopped("29000") + lineAt("30000", later), Violated},
		{"right after the last line of the worker", made + lineAt("15", posts(page, "m")) + stopped("29000") + lineAt("30000", later), Unknown},
		{"right before it is stopped", made + lineAt("28990", posts(page, "m")) + stopped("29000") + lineAt("30000", later), Unknown},
		{"the recording says that nothing is missing", complete + lineAt("28990", posts(page, "m")) + stopped("29000") + lineAt("30000", later), Violated},
		{"the worker has later lines", made + lineAt("15", posts(page, "m")) + lineAt("2000", posts(worker, "w")) + lineAt("2001", receives(page, "w")) + stopped("29000") + lineAt("30000", later), Violated},
		{"what arrives right before the end was posted without a record", made + lineAt("28990", receives(page, "w")) + stopped("29000") + lineAt("30000", later), Unknown},
	} {
		v, err := judgeText(test.text, DefaultOptions)
		if err != nil || v.Result != test.want {
			t.Errorf("%s: want %s, got %v\n%s", test.why, test.want, err, v)
		}
	}
}

// TestLateEnds: a worker that is stopped because its version is redundant may be seen to be so only a while later.
func TestLateEnds(t *testing.T) {
	redundant := func(t string) string {
		return lineAt(t, `"actor":"browser","op":"state","state":"redundant","version":"0"`)
	}
	told := func(t string) string { return lineAt(t, `"actor":"page/1","op":"closed","conn":1`) }
	end := lineAt("900", later)
	for _, test := range []struct {
		why, text string
		want      Result
		says      string
	}{
		{"the page is told long before the end is seen", redundant("60") + told("65") + stopped("126") + end,
			Linearizable, "it ended: the worker's end is closed: worker/v1/a is stopped (line 9)"},
		{"the line that it is redundant is late as well", told("42") + redundant("60") + stopped("126") + end, Linearizable, "is stopped"},
		{"what is posted meanwhile is lost, and the page is told", redundant("60") + lineAt("70", posts(page, "m")) + told("80") + stopped("126") + end,
			Linearizable, "m never arrived, but page/1 was told"},
		{"and the page is not told", redundant("60") + lineAt("70", posts(page, "m")) + stopped("126") + end,
			Unknown, "without that:"}, // the worker may have received it
		{"and what is posted after the end is seen", redundant("60") + stopped("126") + lineAt("200", posts(page, "m")) + end,
			Violated, "but 1 message that it posted was never received: m"},
		{"the page is told before there is a reason for it", told("25") + redundant("60") + stopped("126") + end,
			Violated, "but nobody had closed it by then"},
		{"the end is seen later than anything is on its way: it has gone on", redundant("60") + told("65") + stopped("190") + end,
			Violated, "but nobody had closed it by then"},
		{"how late depends on the clocks", redundant("60") + told("65") + stopped("184") + end,
			Unknown, "clocks of different parties may differ by up to 5.0 ms"},
		{"the worker still does something after the page was told", redundant("60") + told("65") + lineAt("120", posts(worker, "w")) + stopped("126") + end,
			Violated, "but nobody had closed it by then"},
		{"somebody had it stopped, and not because it is redundant", redundant("60") + told("65") + lineAt("120", `"actor":"browser","op":"stop","version":"0"`) + stopped("126") + end,
			Violated, "but nobody had closed it by then"},
		{"its process died", redundant("60") + told("65") + lineAt("126", `"actor":"browser","op":"crash","version":"0"`) + end,
			Violated, "but nobody had closed it by then"},
		{"another version is redundant", strings.Replace(redundant("60"), `"version":"0"`, `"version":"1"`, 1) + told("65") + stopped("126") + end,
			Violated, "but nobody had closed it by then"},
		{"it is not redundant: there was no reason to stop it earlier", told("65") + stopped("126") + end,
			Violated, "but nobody had closed it by then"},
	} {
		t.Run(test.why, func(t *testing.T) {
			checkVerdict(t, made+test.text, test.want, test.says)
		})
	}
}
