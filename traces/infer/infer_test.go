package infer

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

const recordings = "../../linearize/testdata"

// inferText infers from the text of a recording.
func inferText(t *testing.T, text string, o Options) (*Inference, error) {
	t.Helper()
	rec, err := recording.Read(strings.NewReader(text), "x.jsonl")
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

func formula(inf *Inference) string { return inf.Algebra.Formula(inf.Algebra.Cover(inf.Explained)) }

// recordingFiles returns the files of all recordings of browsers, by their names there without extension.
func recordingFiles(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, rec := range linearize.Kept() {
		name := strings.TrimSuffix(rec.Name, ".jsonl")
		all[name] = filepath.Join(recordings, rec.Name)
	}
	if len(all) != 53 {
		t.Fatalf("%d recordings", len(all))
	}
	return all
}

// TestRecordings infers from the recordings of real browsers, each for itself: which designs explain it, and the first
// observation against each other answer. Some design explains each of them.
func TestRecordings(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	for name, file := range recordingFiles(t) {
		t.Run(name, func(t *testing.T) {
			rec, err := recording.ReadFile(file)
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
				if len(f.Excluded) == 0 && !golden.Large() {
					continue // the recording says nothing of the question
				}
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
	fmt.Fprintf(&b, "%s\n", p.Algebra.Formula(p.Algebra.Cover(p.Explained)))
	for _, f := range p.Conclusions {
		for _, ground := range f.RestsOn {
			fmt.Fprintf(&b, "%s rests on: %s\n", f.Question.ID(), ground)
		}
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
	var left []string
	for _, a := range c.Possible {
		left = append(left, a.String())
	}
	return strings.Join(left, " or ") + " (" + strings.Join(c.Where(), "; ") + ")"
}

// TestToday: what the recordings of each engine say together, where each other answer is excluded, and what that rests on. A
// question that is not listed is an honest blank.
func TestToday(t *testing.T) {
	platforms, err := Today(t.Context(), linearize.Kept()...)
	if err != nil {
		t.Fatal(err)
	}
	type answer struct {
		says  string
		rests []string
	}
	rest, idle := []string{assumeRest}, []string{assumeRest, assumeSuspends}
	heard := []string{assumeRest, assumeListens} // an event would be missed by a page that does not listen
	ends := []string{assumeEnds}
	want := map[string]map[model.Question]answer{
		"Chromium 156": {
			model.PageNotice:   {"none (chromium/idle-noframe.jsonl, end)", heard},
			model.Suspend:      {"sever (chromium/idle-noframe.jsonl:18; chromium/idle-noframe.jsonl, end)", idle},
			model.Interrupt:    {"hang (chromium/kill-asked.jsonl, end)", rest},
			model.Update:       {"sever or transfer (chromium/update-suspend.jsonl:21; chromium/update-suspend.jsonl, end)", rest},
			model.Unregister:   {"sever (chromium/unregister.jsonl:16)", nil},
			model.Close:        {"close (chromium/page-close.jsonl:16)", nil},
			model.WorkerNotice: {"none or silent (chromium/page-close.jsonl, end)", rest},
			model.Partition:    {"by-site (traffic-stop.jsonl:27)", nil},
		},
		"Chromium 156 with close events": {
			model.PageNotice: {"event or state (stop.close-event.jsonl:22)", nil},
			model.Suspend:    {"sever (stop.close-event.jsonl:22)", []string{assumeSuspends}},
		},
		"Firefox 153": {
			model.PageNotice:   {"none (firefox/idle.prefs.jsonl, end)", heard},
			model.Suspend:      {"sever (firefox/idle.prefs.jsonl:18; firefox/idle.prefs.jsonl, end)", idle},
			model.Interrupt:    {"hang (firefox/hang.jsonl, end)", rest},
			model.Update:       {"sever or transfer (firefox/update-suspend.jsonl:22; firefox/update-skip.jsonl, end)", rest},
			model.Unregister:   {"sever (firefox/unregister.jsonl:19)", ends},
			model.Close:        {"close (firefox/hello.jsonl:22)", nil},
			model.WorkerNotice: {"none or silent (firefox/hello.jsonl, end)", rest},
			model.Partition:    {"by-site (firefox/traffic.jsonl:23)", nil},
		},
		"WebKitGTK 2.50": {
			model.PageNotice:   {"none (webkit/idle-noframe.jsonl, end)", heard},
			model.Suspend:      {"sever (webkit/idle-noframe.jsonl:18; webkit/idle-noframe.jsonl, end)", idle},
			model.Update:       {"sever or transfer (webkit/update-suspend.jsonl:22; webkit/update-skip.jsonl, end)", rest},
			model.Unregister:   {"sever (webkit/unregister.jsonl:19)", ends},
			model.Close:        {"close (webkit/hello.jsonl:22)", nil},
			model.WorkerNotice: {"none or silent (webkit/hello.jsonl, end)", rest},
		},
	}
	if len(platforms) != len(want) {
		t.Fatalf("got %d platforms", len(platforms))
	}
	for i := range platforms {
		p := &platforms[i]
		name := p.Name
		if p.CloseEvent {
			name += " with close events"
		}
		for _, q := range model.Questions() {
			c := p.Conclusion(q)
			if w := want[name][q]; inWords(c) != w.says || !slices.Equal(c.RestsOn, w.rests) {
				t.Errorf("%s, %s: got %q, %q, want %q, %q", name, q.ID(), inWords(c), c.RestsOn, w.says, w.rests)
			}
		}
	}
}

// TestChoices: what engines chose is told of those whose recordings exclude something, in their order, and in a cell of a table
// those that agree stand together.
func TestChoices(t *testing.T) {
	platforms, err := Today(t.Context(), linearize.Kept()...)
	if err != nil {
		t.Fatal(err)
	}
	all := Choices(platforms, model.Unregister)
	if len(all) != 3 || all[0].Engine != "Chromium 156" || all[1].Engine != "Firefox 153" || all[2].Engine != "WebKitGTK 2.50" {
		t.Fatalf("got %v", all)
	}
	first, second := all[0], all[1]
	if !slices.Equal(first.Possible, []model.Answer{model.Sever}) || len(first.Where) != 1 || len(first.RestsOn) != 0 ||
		!slices.Equal(second.Possible, []model.Answer{model.Sever}) || !slices.Equal(second.RestsOn, []string{assumeEnds}) {
		t.Errorf("got %v", all)
	}
	if none := Choices(platforms, model.Match); none != nil {
		t.Errorf("match: got %v", none)
	}
	column := Column(platforms)
	for q, want := range map[model.Question]string{
		model.Suspend: "all 3, Chromium 156 with close events: `sever`, " +
			"if a worker stopped while idle counts as suspended",
		model.PageNotice: "all 3: `none`; Chromium 156 with close events: `event` or `state`",
		model.Unregister: "all 3: `sever`",
		model.Close:      "all 3: `close`",
		model.Partition:  "Chromium 156, Firefox 153: `by-site`",
		model.Match:      "",
	} {
		if got := column(q); got != want {
			t.Errorf("%s: got %q, want %q", q.ID(), got, want)
		}
	}
}

// TestEngines: recordings of one engine are taken together, whatever the rest of its version.
func TestEngines(t *testing.T) {
	for platform, want := range map[string]string{
		"Chromium 156.0.8078.79 headless": "Chromium 156", "Chromium 156.0.8078.108 headless": "Chromium 156",
		"Firefox 153.7.0 headless": "Firefox 153", "WebKitGTK MiniBrowser 2.50.6": "WebKitGTK 2.50",
		"Chromium": "Chromium", "Chromium 157": "Chromium 157", "WebKitGTK MiniBrowser 2": "WebKitGTK 2",
		"model": "model", "Firefoxy 1.2": "Firefoxy 1.2",
	} {
		if got := Engine(platform); got != want {
			t.Errorf("%s: got %s, want %s", platform, got, want)
		}
	}
}

// TestShort: recordings are named without the directories that they share.
func TestShort(t *testing.T) {
	for _, c := range []struct{ names, want []string }{
		{[]string{"stop.jsonl"}, []string{"stop.jsonl"}},
		{[]string{"a/b/stop.jsonl"}, []string{"stop.jsonl"}},
		{[]string{"a/b/stop.jsonl", "a/b/hello.jsonl"}, []string{"stop.jsonl", "hello.jsonl"}},
		{[]string{"a/b/stop.jsonl", "a/bc/stop.jsonl"}, []string{"b/stop.jsonl", "bc/stop.jsonl"}},
		{[]string{"a/stop.jsonl", "a/b/stop.jsonl", "a/b/c/stop.jsonl"}, []string{"stop.jsonl", "b/stop.jsonl", "b/c/stop.jsonl"}},
		{[]string{"stop.jsonl", "b/stop.jsonl"}, []string{"stop.jsonl", "b/stop.jsonl"}},
		{[]string{"/a/stop.jsonl", "/b/stop.jsonl"}, []string{"a/stop.jsonl", "b/stop.jsonl"}},
		{[]string{"../a/stop.jsonl", "../b/stop.jsonl"}, []string{"a/stop.jsonl", "b/stop.jsonl"}},
		{[]string{"/a/stop.jsonl", "b/stop.jsonl"}, []string{"a/stop.jsonl", "stop.jsonl"}}, // they share nothing
	} {
		var all []*Inference
		for _, name := range c.names {
			all = append(all, &Inference{Recording: &recording.Recording{Name: name}})
		}
		shorten(all)
		for i, inf := range all {
			if inf.Short() != c.want[i] {
				t.Errorf("%s among %s: got %s, want %s", c.names[i], c.names, inf.Short(), c.want[i])
			}
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
		var line *recording.LineError
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
