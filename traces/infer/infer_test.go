package infer

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cosw/linearize"
	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

const recordings = "../../linearize/testdata"

// inferText infers from the text of a recording.
func inferText(t *testing.T, text string, o Options) (*Inference, error) {
	t.Helper()
	rec, err := linearize.ReadRecording(strings.NewReader(text), "x.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return Infer(t.Context(), family.NewAlgebra(model.Space), rec, o, nil)
}

func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(recordings, name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func formula(inf *Inference) string { return inf.Algebra.Formula(inf.Algebra.Cover(inf.Designs)) }

// TestRecordings infers from the recordings of a real browser, each for itself: which designs explain it, and the first
// observation against each other answer.
func TestRecordings(t *testing.T) {
	files, err := filepath.Glob(recordings + "/*.jsonl")
	if err != nil || len(files) != 9 {
		t.Fatalf("%d recordings: %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		t.Run(name, func(t *testing.T) {
			rec, err := ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			platforms, err := Today(t.Context(), rec)
			if err != nil || len(platforms) != 1 {
				t.Fatal(platforms, err)
			}
			p := &platforms[0]
			golden.Compare(t, filepath.Join("testdata", name+".golden"), describePlatform(p))
			for _, f := range p.Conclusions {
				for _, answer := range f.Possible { // what is possible is shown to be
					plays(t, p.Inferences[0], model.Where(f.Question, answer))
				}
			}
		})
	}
}

// describePlatform writes all that is inferred.
func describePlatform(p *Platform) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", p.Algebra.Formula(p.Algebra.Cover(p.Designs)))
	for _, f := range p.Conclusions {
		for _, e := range f.Excluded {
			for i := range e.Reasons {
				r := &e.Reasons[i]
				fmt.Fprintf(&b, "not %s=%s\n    %s: %s\n", f.Question.ID(), e.Answer, r.Where(), r.Describe())
				if len(r.Expected) > 0 {
					fmt.Fprintf(&b, "    what could follow: %s\n", strings.Join(r.Expected, "; "))
				}
			}
		}
	}
	for _, inf := range p.Inferences {
		for _, text := range inf.Assumptions() {
			fmt.Fprintf(&b, "taken for granted: %s\n", text)
		}
		for _, text := range inf.Differences() {
			fmt.Fprintf(&b, "not in the model: %s\n", text)
		}
	}
	return b.String()
}

// inWords returns the conclusion in a few words, such as "sever (stop.jsonl:22; stop.jsonl, end)": the answers that are
// left, and where the others are excluded. It is empty if the recordings exclude no answer.
func inWords(c *Conclusion) string {
	if len(c.Excluded) == 0 {
		return ""
	}
	var left, where []string
	for _, a := range c.Possible {
		left = append(left, a.String())
	}
	for _, e := range c.Excluded {
		for i := range e.Reasons {
			if at := e.Reasons[i].Where(); len(where) == 0 || where[len(where)-1] != at {
				where = append(where, at)
			}
		}
	}
	return strings.Join(left, " or ") + " (" + strings.Join(where, "; ") + ")"
}

// TestToday: what all recordings of a platform say together. An empty text is an honest blank.
func TestToday(t *testing.T) {
	platforms, err := Today(t.Context(), linearize.Kept()...)
	if err != nil {
		t.Fatal(err)
	}
	want := []map[model.Question]string{
		{
			model.PageNotice:   "none (stop.jsonl, end)",
			model.Suspend:      "sever (stop.jsonl:22; stop.jsonl, end)",
			model.Update:       "sever or pin or transfer (update-skip.jsonl, end)",
			model.Close:        "close (hello.jsonl:24)",
			model.WorkerNotice: "none (hello.jsonl, end)",
		},
		{
			model.PageNotice: "event or state (stop.close-event.jsonl:22)",
			model.Suspend:    "sever (stop.close-event.jsonl:22)",
		},
	}
	if len(platforms) != len(want) || platforms[0].CloseEvent || !platforms[1].CloseEvent {
		t.Fatalf("got %d platforms", len(platforms))
	}
	for i := range platforms {
		for _, q := range model.Questions() {
			if got := inWords(platforms[i].Conclusion(q)); got != want[i][q] {
				t.Errorf("platform %d, %s: got %q, want %q", i, q.ID(), got, want[i][q])
			}
		}
	}
}

// TestColumn: a cell names the browser with its version, and each of its platforms that tells answers apart.
func TestColumn(t *testing.T) {
	platforms, err := Today(t.Context(), linearize.Kept()...)
	if err != nil {
		t.Fatal(err)
	}
	column := Column(platforms)
	for q, want := range map[model.Question]string{
		model.Suspend: "Chromium 156.0.8078.79: `sever`, if a worker stopped while idle counts as suspended; " +
			"with close events: `sever`, if a worker stopped while idle counts as suspended",
		model.PageNotice: "Chromium 156.0.8078.79: `none`; with close events: `event` or `state`",
		model.Close:      "Chromium 156.0.8078.79: `close`",
		model.Match:      "",
	} {
		if got := column(q); got != want {
			t.Errorf("%s: got %q, want %q", q.ID(), got, want)
		}
	}
}

// TestNothingFromNothing: a recording that tells of no step excludes nothing.
func TestNothingFromNothing(t *testing.T) {
	hello := readText(t, "hello")
	head, _, _ := strings.Cut(hello, "\n")
	onlyBrowser := ""
	for line := range strings.Lines(hello) {
		if !strings.Contains(line, `"actor":"page`) && !strings.Contains(line, `"actor":"worker`) {
			onlyBrowser += line
		}
	}
	for why, text := range map[string]string{
		"the first line alone":                         head + "\n",
		"a promise of a complete recording of nothing": `{"clock":"ms since epoch","complete":true,"platform":"x","scenario":"x"}` + "\n",
		"a worker is installed, and nobody connects":   onlyBrowser,
	} {
		inf, err := inferText(t, text, DefaultOptions)
		if err != nil || inf.Designs != family.All {
			t.Errorf("%s: got %s, %v", why, formula(inf), err)
		}
	}
}

// TestUnsupported: what is beyond the model is said with its line, and nothing is inferred.
func TestUnsupported(t *testing.T) {
	const head = `{"clock":"ms since epoch","platform":"x","scenario":"x"}` + "\n"
	connects := func(pages, each int) string {
		text, conn := head, 0
		for p := range pages {
			for range each {
				conn++
				text += fmt.Sprintf(`{"t":%d,"actor":"page/%d","op":"connect","conn":%d}`+"\n", conn, p+1, conn)
			}
		}
		return text
	}
	hello := readText(t, "hello")
	traffic := readText(t, "traffic")
	var versions strings.Builder
	versions.WriteString(head)
	for v := range 5 {
		fmt.Fprintf(&versions, `{"t":%d,"actor":"browser","op":"state","version":"%d","state":"installing"}`+"\n", v, v)
	}
	many := head + `{"t":1,"actor":"page/1","op":"connect","conn":1,"origin":"http://a","url":"http://s"}
{"t":2,"actor":"browser","op":"state","state":"activated","version":"0"}
{"t":3,"actor":"browser","op":"running","running":"starting","version":"0"}
{"t":4,"actor":"worker/v1/a","op":"boot"}
{"t":5,"actor":"worker/v1/a","op":"connect","conn":1}
{"t":6,"actor":"worker/v1/a","op":"accept","conn":1}
{"t":7,"actor":"page/1","op":"resolved","conn":1}
`
	for i := range 9 {
		many += fmt.Sprintf(`{"t":%d,"actor":"page/1","op":"post","conn":1,"msg":"p%d"}`+"\n", 10+i, i)
	}
	for i := range 9 {
		many += fmt.Sprintf(`{"t":%d,"actor":"worker/v1/a","op":"receive","conn":1,"msg":"p%d"}`+"\n", 100+i, i)
	}
	for _, c := range []struct{ why, text, want string }{
		{"four pages of other origins", connects(4, 1), "x.jsonl:5: 4 pages of one registration are not supported; use up to 3 pages of other origins and one of the service's own"},
		{"seven connections", connects(1, 7), "x.jsonl:8: more than 6 connections of one registration are not supported; make a shorter recording"},
		{"five versions", versions.String(), "x.jsonl:6: 5 versions of one registration are not supported: the model has 4; make a shorter recording"},
		{"nine messages wait", many, "x.jsonl:17: more than 8 messages wait at once, which is not supported; make a shorter recording"},
		{
			"a worker of which the browser says nothing", without(hello, `"running":"starting"`),
			"x.jsonl:5: worker/v1/x0o6r starts, but no line of the browser says of which version it is; record the lines of the browser as well: each start of a version, and its states",
		},
		{
			"a page of no registration, where there are two", traffic + `{"t":1795324733500,"actor":"page/3","op":"connect","conn":3}` + "\n",
			"x.jsonl:350: there are several registrations, and no worker takes part in any connection of page/3; record one registration at a time",
		},
		{
			"a service is unregistered, one of two", traffic + `{"t":1795324733500,"actor":"browser","op":"unregister"}` + "\n",
			"x.jsonl:350: there are several registrations, and the line does not say which of them it is about; record one registration at a time",
		},
		{
			"a party acts after its end", readText(t, "stop") + `{"t":1795324678300,"actor":"worker/v1/hq6sw","op":"post","conn":1,"msg":"late"}` + "\n",
			"x.jsonl:24: worker/v1/hq6sw acts 828.6 ms after its end in line 22; allow for a larger error of clocks, or give each party a name of its own",
		},
	} {
		_, err := inferText(t, c.text, DefaultOptions)
		var line *linearize.LineError
		if !errors.As(err, &line) || err.Error() != c.want {
			t.Errorf("%s:\ngot  %v\nwant %s", c.why, err, c.want)
		}
	}
}

// without returns text without the lines that have a part.
func without(text, part string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.Contains(line, part) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestLongFile: a file is not read further than it may be long, and what was read are whole lines.
func TestLongFile(t *testing.T) {
	for lines, want := range map[int]string{longestFile: "", longestFile + 1: "x.jsonl:250001: more than 250,000 lines are not supported; make a shorter recording"} {
		text, err := io.ReadAll(&limited{from: strings.NewReader(strings.Repeat("a\n", lines) + "rest"), name: "x.jsonl"})
		if got := fmt.Sprint(err); err != nil && got != want || (err == nil) != (want == "") {
			t.Errorf("%d lines: got %v, want %s", lines, err, want)
		}
		if err != nil && !strings.HasSuffix(string(text), "\n") {
			t.Errorf("%d lines: the last one is broken", lines)
		}
	}
}
