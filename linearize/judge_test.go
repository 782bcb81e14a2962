package linearize

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cosw/linearize/recording"
	"cosw/model/golden"
)

// TestVerdictsOnRecordings judges the recordings of real browsers. In most of them messages vanish while the page believes in
// its connection, which is what the draft has to answer.
func TestVerdictsOnRecordings(t *testing.T) {
	want := map[string]Result{
		"hello": Linearizable, "reject": Linearizable, "page-gone": Linearizable, "stop.close-event": Linearizable,
		"traffic": Linearizable, "traffic-stop": Violated, "stop": Violated, "worker-close": Violated, "update-skip": Violated,

		"chromium/idle-noframe": Violated, "chromium/kill": Violated, "chromium/unregister": Violated,
		"chromium/update-skip": Linearizable, // the new version has to wait

		"firefox/hello": Linearizable, "firefox/idle.prefs": Violated, "firefox/kill": Violated, "firefox/stop": Violated,
		"firefox/traffic":    Linearizable, // though a message is received a little before it is posted, by clocks of two processes
		"firefox/unregister": Violated, "firefox/update-skip": Violated, "firefox/worker-close": Violated,

		"webkit/hello": Linearizable, "webkit/idle-noframe": Violated, "webkit/page-gone": Linearizable,
		"webkit/unregister": Violated, "webkit/update-skip": Violated, "webkit/worker-close": Violated,
	}
	// What cosw lab recorded of the experiments, which every engine shows alike.
	for _, engine := range []string{"chromium", "firefox", "webkit"} {
		for name, result := range map[string]Result{
			"page-crash": Linearizable, "suspend-second": Linearizable,
			"update-unregister": Linearizable, "suspend": Violated, "update-suspend": Violated,
			"page-close": Violated, // what the worker posts afterwards is lost, and it is not told
			"update":     Violated, // so is what the page posts to the new version
		} {
			want[engine+"/"+name] = result
		}
		if engine != "webkit" {
			want[engine+"/kill-asked"], want[engine+"/kill-handling"] = Linearizable, Linearizable
		}
	}
	want["firefox/hang"] = Linearizable
	files := recordings(t)
	if len(files) != len(want) {
		t.Fatalf("%d recordings, want %d", len(files), len(want))
	}
	for name, file := range files {
		t.Run(name, func(t *testing.T) {
			v, err := judgeFile(file, DefaultOptions)
			if err != nil {
				t.Fatal(err)
			}
			if v.Result != want[name] {
				t.Errorf("got %s, want %s", v.Result, want[name])
			}
			golden.Compare(t, filepath.Join("testdata", name+".golden"), v.String())
		})
	}
}

const runLine = `{"clock":"ms since epoch","closeEvent":false,"platform":"Chromium 156","scenario":"test"}` + "\n"

// lineAt writes a line of a recording.
func lineAt(t string, rest string) string { return `{"t":` + t + `,` + rest + "}\n" }

// judgeText judges the text of a recording.
func judgeText(text string, o Options) (Verdict, error) {
	rec, err := recording.Read(strings.NewReader(text), "x.jsonl")
	if err != nil {
		return Verdict{}, err
	}
	return Judge(rec, o)
}

func judgeFile(path string, o Options) (Verdict, error) {
	rec, err := recording.ReadFile(path)
	if err != nil {
		return Verdict{}, err
	}
	return Judge(rec, o)
}

// The parts of a small recording, in which a page is connected from t=10 on.
const made = runLine +
	`{"t":1,"actor":"page/1","op":"connect","conn":1}` + "\n" +
	`{"t":2,"actor":"browser","op":"running","running":"starting","version":"0"}` + "\n" +
	`{"t":3,"actor":"worker/v1/a","op":"boot"}` + "\n" +
	`{"t":9,"actor":"worker/v1/a","op":"accept","conn":1}` + "\n" +
	`{"t":10,"actor":"page/1","op":"resolved","conn":1}` + "\n"

func posts(actor, msg string) string {
	return fmt.Sprintf(`"actor":%q,"op":"post","conn":1,"msg":%q`, actor, msg)
}

func receives(actor, msg string) string {
	return fmt.Sprintf(`"actor":%q,"op":"receive","conn":1,"msg":%q`, actor, msg)
}

func closes(actor string) string { return fmt.Sprintf(`"actor":%q,"op":"close","conn":1`, actor) }

func stopped(t string) string {
	return lineAt(t, `"actor":"browser","op":"running","running":"stopped","version":"0"`)
}

const (
	page   = "page/1"
	worker = "worker/v1/a"
	later  = `"actor":"browser","op":"deploy"` // a line that only shows how long the recording goes on
)

func TestJudge(t *testing.T) {
	const clocks = "clocks of different parties may differ by up to 5.0 ms"
	tests := []struct {
		why, text string
		want      Result
		says      string // in the verdict
	}{
		{"one message", lineAt("20", posts(page, "m")) + lineAt("21", receives(worker, "m")) + lineAt("500", later),
			Linearizable, "it stayed open, and every message arrived, once and in order"},
		{"received before it was posted, within the error of clocks", lineAt("20", receives(worker, "m")) + lineAt("23", posts(page, "m")) + lineAt("500", later),
			Unknown, clocks},
		{"received before it was posted, beyond the error of clocks", lineAt("20", receives(worker, "m")) + lineAt("31", posts(page, "m")) + lineAt("500", later),
			Violated, "but that message was posted only later"},
		{"lost", lineAt("20", posts(page, "m")) + lineAt("500", later),
			Violated, "but 1 message that it posted was never received: m (line 7)"},
		{"lost, or on its way when the recording ends", lineAt("20", posts(page, "m")) + lineAt("60", later),
			Unknown, "a message or a notice may be on its way for up to 100.0 ms"},
		{"lost in the middle, just before the end", lineAt("20", posts(page, "m")) + lineAt("21", posts(page, "n")) + lineAt("22", receives(worker, "n")) + lineAt("60", later),
			Violated, "but m was posted before it and had not arrived"},
		{"order at one end is certain whatever the error of clocks", lineAt("20.0", posts(page, "m")) + lineAt("20.1", posts(page, "n")) + lineAt("20.2", receives(worker, "n")) + lineAt("20.3", receives(worker, "m")) + lineAt("500", later),
			Violated, "but m was posted before it and had not arrived"},
		{"twice", lineAt("20", posts(page, "m")) + lineAt("21", receives(worker, "m")) + lineAt("22", receives(worker, "m")) + lineAt("500", later),
			Violated, "but that message was received before (line 8)"},
		{"invented", lineAt("21", receives(worker, "m")) + lineAt("500", later),
			Violated, "but nobody at the other end ever posted that message"},
		{"it comes back to where it was posted", lineAt("20", posts(page, "m")) + lineAt("21", receives(worker, "m")) + lineAt("22", receives(page, "m")) + lineAt("500", later),
			Violated, "but nobody at the other end ever posted that message"},
		{"posted after a close and still delivered", lineAt("20", closes(page)) + lineAt("30", posts(page, "m")) + lineAt("40", receives(worker, "m")) + lineAt("500", later),
			Violated, "but the connection was closed when it was posted (line 8)"},
		{"queued before a close", lineAt("20", posts(page, "m")) + lineAt("21", closes(page)) + lineAt("30", receives(worker, "m")) + lineAt("500", later),
			Linearizable, "it ended: page/1 closes its end (line 8)"},
		{"lost to a close that is too close to the post", lineAt("20", closes(worker)) + lineAt("22", posts(page, "m")) + lineAt("50", later),
			Unknown, ""},
		{"a notice that nobody caused", lineAt("20", `"actor":"page/1","op":"closed","conn":1`) + lineAt("500", later),
			Violated, "but nobody had closed it by then"},
		{"a notice that overtakes a message", lineAt("20", posts(worker, "m")) + lineAt("21", closes(worker)) + lineAt("22", `"actor":"page/1","op":"closed","conn":1`) + lineAt("23", receives(page, "m")) + lineAt("500", later),
			Violated, "a notice never overtakes a message"},
		{"the worker is stopped, its last lines are missing, and that explains everything", lineAt("20", posts(page, "m")) + lineAt("22", receives(page, "n")) + stopped("40") + lineAt("500", later),
			Unknown, "a party may have done more than its lines say, where lines were lost or it was torn down"},
		{"the page is gone, and its last lines are missing", lineAt("20", receives(worker, "m")) + lineAt("30", `"actor":"browser","op":"gone","page":1`) + lineAt("500", later),
			Unknown, "1 message from it arrived without a record of the post"},
		{"a post after the last line of a stopped worker arrives two margins before that line: each clock may be wrong by one", lineAt("20", posts(page, "m")) + lineAt("30", receives(page, "n")) + lineAt("40", receives(worker, "m")) + stopped("60") + lineAt("500", later),
			Unknown, "1 message from it arrived without a record of the post"},
		{"and by more than two margins: that is not after its last line", lineAt("20", posts(page, "m")) + lineAt("29.9", receives(page, "n")) + lineAt("40", receives(worker, "m")) + stopped("60") + lineAt("500", later),
			Violated, "but nobody at the other end ever posted that message"},
		{"the same for a page that is gone", lineAt("20", posts(worker, "m")) + lineAt("30", receives(worker, "n")) + lineAt("40", receives(page, "m")) + lineAt("60", `"actor":"browser","op":"gone","page":1`) + lineAt("500", later),
			Unknown, "1 message from it arrived without a record of the post"},
		{"and by more than two margins before the last line of the page", lineAt("20", posts(worker, "m")) + lineAt("29.9", receives(worker, "n")) + lineAt("40", receives(page, "m")) + lineAt("60", `"actor":"browser","op":"gone","page":1`) + lineAt("500", later),
			Violated, "but nobody at the other end ever posted that message"},
		{"the worker is stopped, and what the page posts then is lost", stopped("40") + lineAt("100", posts(page, "m")) + lineAt("500", later),
			Violated, "what it was not told: the worker's end is closed: worker/v1/a is stopped (line 7), at least 50.0 ms before m was posted"},
		{"the same, but the page may still be told", stopped("40") + lineAt("100", posts(page, "m")),
			Unknown, "a message or a notice may be on its way"},
		{"the connection outlives the instance", stopped("40") + lineAt("60", posts(page, "m")) + lineAt("70", `"actor":"worker/v1/b","op":"boot"`) + lineAt("71", receives("worker/v1/b", "m")) + lineAt("500", later),
			Linearizable, "worker/v1/b received 1"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			checkVerdict(t, made+test.text, test.want, test.says)
		})
	}
}

// checkVerdict judges a recording with the default options: the verdict has to be this one, and to say that.
func checkVerdict(t *testing.T, text string, want Result, says string) {
	t.Helper()
	v, err := judgeText(text, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	if v.Result != want || !strings.Contains(v.String(), says) {
		t.Errorf("want %s, with %q; got:\n%s", want, says, v)
	}
}

// TestErrorOnlyHelps: a larger error of clocks turns no violation into a certain one, nor takes anything back.
func TestErrorOnlyHelps(t *testing.T) {
	text := made + lineAt("20", receives(worker, "m")) + lineAt("23", posts(page, "m")) + lineAt("500", later)
	o := DefaultOptions
	for _, test := range []struct {
		millis int
		want   Result
	}{{0, Violated}, {1, Violated}, {2, Unknown}, {50, Unknown}} {
		o.Error = time.Duration(test.millis) * time.Millisecond
		v, err := judgeText(text, o)
		if err != nil || v.Result != test.want {
			t.Errorf("with an error of %d ms: %s, %v; want %s", test.millis, v.Result, err, test.want)
		}
	}
}

// TestVerdictStandsWithoutTheSearch: the direct decision needs no time to speak of.
func TestVerdictStandsWithoutTheSearch(t *testing.T) {
	o := DefaultOptions
	o.Limit = time.Nanosecond
	for file, want := range map[string]Result{"testdata/traffic.jsonl": Linearizable, "testdata/traffic-stop.jsonl": Violated} {
		v, err := judgeFile(file, o)
		if err != nil || v.Result != want {
			t.Errorf("%s: %s, %v; want %s", file, v.Result, err, want)
		}
	}
	expectNoGoroutines(t)
}

// TestNamesStayOnTheirLine: a name can neither end a line nor speak to a terminal.
func TestNamesStayOnTheirLine(t *testing.T) {
	text := made + lineAt("20", `"actor":"page/1","op":"post","conn":1,"msg":"a\nb\u001b[2J"`) + lineAt("500", later)
	v, err := judgeText(text, DefaultOptions)
	if err != nil || !strings.Contains(v.String(), `never received: "a\nb\x1b[2J" (line 7)`) {
		t.Errorf("%v\n%s", err, v)
	}
}

func TestJudgeNothing(t *testing.T) {
	v, err := judgeText(runLine, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	want := "x.jsonl: unknown\n  test, Chromium 156, without close events\n  no connection is recorded, so there is nothing to judge\n"
	if v.String() != want {
		t.Errorf("got:\n%swant:\n%s", v, want)
	}
}

// TestOptions: every duration is good from nothing up to the longest, and refused beyond, by name.
func TestOptions(t *testing.T) {
	for name, set := range map[string]func(*Options, time.Duration){
		"error":  func(o *Options, d time.Duration) { o.Error = d },
		"late":   func(o *Options, d time.Duration) { o.Late = d },
		"settle": func(o *Options, d time.Duration) { o.Settle = d },
		"limit":  func(o *Options, d time.Duration) { o.Limit = d },
	} {
		for d, want := range map[time.Duration]string{
			-1: name + " of -1ns is out of range: choose from 0 to 1h0m0s", 0: "", time.Hour: "",
			time.Hour + 1: name + " of 1h0m0.000000001s is out of range: choose from 0 to 1h0m0s",
		} {
			o := DefaultOptions
			set(&o, d)
			if err := o.Validate(); (err == nil) != (want == "") || err != nil && err.Error() != want {
				t.Errorf("%s of %v: got %v, want %q", name, d, err, want)
			}
		}
	}
	if _, err := judgeText(runLine, Options{Error: -1}); err == nil || !strings.Contains(err.Error(), "out of range") {
		t.Errorf("a recording is judged with options that are out of range: %v", err)
	}
}

func TestHistoriesCanBeDrawn(t *testing.T) {
	rec, err := recording.ReadFile("testdata/traffic-stop.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range Histories(rec, DefaultOptions) {
		var b strings.Builder
		result, err := Visualize(&b, h, Head{}, 10*time.Second)
		if err != nil || result != Violated {
			t.Errorf("%s, %v", result, err)
		}
		if text := "version 0 is stopping"; !strings.Contains(b.String(), text) {
			t.Errorf("%q is not drawn", text)
		}
	}
}

func ExampleJudge() {
	text := strings.NewReader(`{"clock":"ms since epoch","platform":"Chromium 156","scenario":"the worker closes"}
{"t":1,"actor":"page/1","op":"connect","conn":1}
{"t":3,"actor":"worker/v1/a","op":"boot"}
{"t":9,"actor":"worker/v1/a","op":"accept","conn":1}
{"t":10,"actor":"page/1","op":"resolved","conn":1}
{"t":20,"actor":"worker/v1/a","op":"close","conn":1}
{"t":500,"actor":"page/1","op":"post","conn":1,"msg":"hello?"}
`)
	rec, err := recording.Read(text, "close.jsonl")
	if err != nil {
		fmt.Println(err)
		return
	}
	verdict, err := Judge(rec, DefaultOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(verdict)
	// Output:
	// close.jsonl: violated
	//   the worker closes, Chromium 156, without close events
	//   connection 1: violated
	//     page/1 posted 1 message, worker/v1/a received 0; worker/v1/a posted 0 messages, page/1 received 0
	//     2 operations of 3 can be put in an order that one object allows; what cannot follow:
	//     at the end, page/1 takes the connection for open,
	//     but 1 message that it posted was never received: hello? (line 7)
	//     what it was not told: worker/v1/a closes its end (line 6), at least 470.0 ms before hello? was posted
	//     this is certain even with clocks 5.0 ms apart, and with 100.0 ms more for what was on its way at the end
}

// TestKill: a worker that is killed ends like one that is stopped.
func TestKill(t *testing.T) {
	text := made + lineAt("11", posts("page/1", "a")) + lineAt("12", `"actor":"browser","op":"kill","version":"0"`)
	for _, op := range []string{"kill", "stop"} {
		v, err := judgeText(strings.Replace(text, `"kill"`, `"`+op+`"`, 1), DefaultOptions)
		if err != nil || v.Result != Unknown {
			t.Errorf("%s: got %v, %v", op, v.Result, err)
		}
	}
}

// TestEnds: a party cannot act after its end.
func TestEnds(t *testing.T) {
	text := made + stopped("30") + lineAt("40", posts(worker, "late"))
	_, err := judgeText(text, DefaultOptions)
	want := "x.jsonl:8: worker/v1/a acts 10.0 ms after its end in line 7; allow for a larger error of clocks, or give each party a name of its own"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// FuzzJudge: whatever is read, a verdict or an error that names the file comes back.
func FuzzJudge(f *testing.F) {
	f.Add(runLine + lineAt("1", `"actor":"page/1","op":"connect","conn":1`) + lineAt("2", `"actor":"worker/v1/a","op":"boot"`))
	f.Add(made + lineAt("11", posts("page/1", "a")) + lineAt("12", receives("worker/v1/a", "a")) + stopped("20"))
	for _, name := range []string{"hello", "stop", "update-skip"} {
		text, err := os.ReadFile("testdata/" + name + ".jsonl")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(made + lineAt("30", `"actor":"page/1","op":"closed","conn":1`) + lineAt("30", `"actor":"browser","op":"gone","page":1`))
	f.Fuzz(func(t *testing.T, text string) {
		o := DefaultOptions
		o.Limit = 1e9
		v, err := judgeText(text, o)
		switch {
		case err != nil && !strings.HasPrefix(err.Error(), "x.jsonl:"):
			t.Errorf("the error does not name the file: %v", err)
		case err == nil && (v.Result == 0 || !strings.HasPrefix(v.String(), "x.jsonl: ")):
			t.Errorf("no verdict: %q", v.String())
		}
	})
}
