package traces

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"pgregory.net/rapid"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
)

// good is a trace as a file has it; tests damage it line by line.
const good = `cosw trace 2
-- why --
A worker that is stopped while it is asked leaves the page waiting.
-- repeat --
cosw check --property settles --set interrupt=hang
-- setting --
part lifecycle
bounds pages=2 connections=1 versions=2 messages=1 faults=1
start installed
-- design --
interrupt=hang
-- steps --
p1 connect c1
browser start
  started v1
browser dispatch c1
  dispatched v1 c1
browser kill
  stopped v1 killed
  abandoned p1 c1 killed
-- verdict --
breaks settles
`

func mustRead(t *testing.T, text string) *Trace {
	t.Helper()
	trace, err := Read(strings.NewReader(text), "good.trace")
	if err != nil {
		t.Fatal(err)
	}
	return trace
}

// TestFormatRoundTrip: what is written is read back, and written alike.
func TestFormatRoundTrip(t *testing.T) {
	if got := string(mustRead(t, good).Format()); got != good {
		t.Errorf("%s", diff.Diff("good", []byte(good), "written", []byte(got)))
	}
	for name, trace := range readCorpus(t) {
		text, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			t.Fatal(err)
		}
		if again := trace.Format(); string(again) != string(text) {
			t.Errorf("%s", diff.Diff(name, text, "written again", again))
		}
	}
	windows := "\ufeff" + strings.ReplaceAll(good, "\n", "\r\n")
	if got := string(mustRead(t, windows).Format()); got != good {
		t.Errorf("a file of another system: %s", diff.Diff("good", []byte(good), "written", []byte(got)))
	}
}

// TestFormatIsLossless draws traces of all shapes, sensible or not, and reads back what is written of them.
func TestFormatIsLossless(t *testing.T) {
	line := rapid.StringMatching(`[ -~äöü→]{0,40}[!-~]`)
	rapid.Check(t, func(t *rapid.T) {
		trace := &Trace{
			Why:    strings.TrimSpace(strings.Join(rapid.SliceOfN(line, 1, 3).Draw(t, "why"), "\n")),
			Repeat: strings.TrimSpace(line.Draw(t, "repeat")), Part: props.Lifecycle, Start: "nothing",
			Bounds: drawBounds(t), Design: drawCube(t, model.Space.Full()),
		}
		if strings.Contains("\n"+trace.Why+"\n"+trace.Repeat, "\n-- ") {
			t.Skip("a line that looks like the head of a section is indented")
		}
		for range rapid.IntRange(0, 4).Draw(t, "steps") {
			kind := rapid.SampledFrom(model.Kinds()).Draw(t, "kind")
			step := model.Step{Kind: kind}
			pattern := strings.NewReplacer("P2", "p2", "P", "p1", "C", "c1").Replace(kind.Syntax())
			if parsed, err := model.ParseStep(pattern); err == nil {
				step = parsed
			}
			s := Step{Name: step.String()}
			for range rapid.IntRange(0, 2).Draw(t, "events") {
				kind := rapid.SampledFrom(model.EventKinds()).Draw(t, "event")
				s.Events = append(s.Events, strings.NewReplacer("CAUSE", "killed", "STATE", "activated", "STATUS", "live", "[", "", "]", "",
					"P|V", "v2", "P", "p1", "V", "v1", "C", "c1", "M", "m1").Replace(kind.Syntax()))
			}
			trace.Steps = append(trace.Steps, s)
		}
		trace.Verdict = Verdict{Broken: rapid.Bool().Draw(t, "broken"), Under: trace.Design}
		if trace.Verdict.Broken || rapid.Bool().Draw(t, "not all") {
			trace.Verdict.Properties = rapid.Permutation([]string{"settles", "can-idle", "ordered"}).Draw(t, "properties")[:1+rapid.IntRange(0, 2).Draw(t, "more")]
		}
		if trace.Verdict.Broken && rapid.Bool().Draw(t, "wider") {
			trace.Verdict.Under = model.Space.Full()
		}
		text := string(trace.Format())
		back, err := Read(strings.NewReader(text), "drawn")
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		back.at = places{}
		if !equal(trace, back) {
			t.Fatalf("%+v\nread back as\n%+v\nfrom\n%s", trace, back, text)
		}
	})
}

func equal(a, b *Trace) bool {
	return a.Why == b.Why && a.Repeat == b.Repeat && a.Part == b.Part && a.Bounds == b.Bounds && a.Start == b.Start &&
		a.Design == b.Design && slices.EqualFunc(a.Steps, b.Steps, func(x, y Step) bool {
		return x.Name == y.Name && slices.Equal(x.Events, y.Events)
	}) && a.Verdict.Broken == b.Verdict.Broken && a.Verdict.Under == b.Verdict.Under &&
		slices.Equal(a.Verdict.Properties, b.Verdict.Properties)
}

func drawBounds(t *rapid.T) model.Bounds {
	drawn, largest := model.Limits()
	drawn.Pages = 2
	most := largest.All()
	for i, bound := range drawn.All() {
		*bound.Value = rapid.IntRange(*bound.Value, *most[i].Value).Draw(t, bound.Name)
	}
	if drawn.Kills >= drawn.Faults {
		drawn.Kills = model.DefaultBounds.Kills // a file does not tell how many kills there could be without faults
	}
	return drawn
}

// drawCube draws a part of c that has a design.
func drawCube(t *rapid.T, c family.Cube) family.Cube {
	for _, q := range model.Questions() {
		if rapid.IntRange(0, 3).Draw(t, q.ID()) == 0 {
			c = c.And(model.Where(q, rapid.SampledFrom(q.Answers()).Draw(t, "answer")))
		}
	}
	return c
}

// TestReadRefuses: bad input is told with its line and what to do.
func TestReadRefuses(t *testing.T) {
	edit := func(old, with string) string {
		if !strings.Contains(good, old) {
			panic("nothing to edit: " + old)
		}
		return strings.Replace(good, old, with, 1)
	}
	for _, c := range []struct {
		why, text, want string
	}{
		{"an empty file", "", `bad.trace:1: this is no trace; the first line of one is "cosw trace 2"`},
		{"a file of another tool", "{\"#meta\":{}}\n", `bad.trace:1: this is no trace; the first line of one is "cosw trace 2"`},
		{"an earlier version", edit("trace 2", "trace 1"),
			"bad.trace:1: the trace is of version 1, and this cosw reads version 2; use the cosw that wrote it, or write it anew"},
		{"a later version", edit("trace 2", "trace 3"),
			"bad.trace:1: the trace is of version 3, and this cosw reads version 2; use the cosw that wrote it, or write it anew"},
		{"text between head and sections", edit("cosw trace 2\n", "cosw trace 2\nhello\n"),
			"bad.trace:2: text before the first section; expected -- why --"},
		{"a truncated file", good[:strings.Index(good, "browser dispatch")],
			"bad.trace:15: the file ends before section verdict; it is cut off, write it anew"},
		{"an unknown section", edit("-- steps --", "-- stepps --"), `bad.trace:12: unknown section "stepps": did you mean steps?`},
		{"sections out of order", edit("-- why --", "-- steps --"), "bad.trace:2: section steps stands here; expected section why"},
		{"a section twice", edit("-- repeat --", "-- why --"), "bad.trace:4: section why stands here again; leave one of them"},
		{"more after the verdict", good + "-- why --\nagain\n", "bad.trace:23: section why stands here again; leave one of them"},
		{"no reason to exist", edit("A worker that is stopped while it is asked leaves the page waiting.", ""),
			"bad.trace:3: section why is empty; say why the trace exists"},
		{"an unknown part", edit("part lifecycle", "part livecycle"), `bad.trace:7: unknown part "livecycle": did you mean lifecycle?`},
		{"an unknown setting", edit("start installed", "begin installed"),
			`bad.trace:9: unknown setting "begin": choose from part, bounds, start`},
		{"no start", edit("start installed\n", ""),
			"bad.trace:7: the setting is not complete; expected part, start and, for the lifecycle, bounds, each on a line of its own"},
		{"an unknown start", edit("start installed", "start instaled"), `bad.trace:9: unknown start "instaled": did you mean installed?`},
		{"bounds beyond all limits", edit("pages=2", "pages=9"), "bad.trace:8: 9 pages is out of range: choose from 1 to 4"},
		{"bounds of a part that has none", edit("part lifecycle", "part matching"),
			"bad.trace:8: bounds in a trace of matching; only the lifecycle has bounds"},
		{"an unknown answer", edit("interrupt=hang\n-- steps", "interrupt=hangs\n-- steps"),
			`bad.trace:11: unknown answer to interrupt "hangs": did you mean hang?`},
		{"a design that contradicts itself", edit("interrupt=hang\n-- steps", "interrupt=hang\ninterrupt=retry\n-- steps"),
			"bad.trace:12: interrupt=retry leaves no design, given the answers above; answer each question once"},
		{"an unknown step", edit("browser kill", "browser kil"), `bad.trace:18: unknown step of browser "kil": did you mean kill?`},
		{"an unknown event", edit("stopped v1", "stoped v1"), `bad.trace:19: unknown event "stoped": did you mean stopped?`},
		{"an event that lacks an argument", edit("abandoned p1 c1 killed", "abandoned p1 c1"),
			`bad.trace:20: "abandoned p1 c1" ends before CAUSE: expected abandoned [P] C CAUSE [again]`},
		{"an event before any step", edit("p1 connect c1\nbrowser start\n", ""),
			"bad.trace:13: an event before the first step; put it below its step"},
		{"no verdict", edit("breaks settles\n", ""),
			`bad.trace:22: "" is no verdict; expected breaks or keeps with names of properties, such as breaks settles`},
		{"an unknown verdict", edit("breaks settles", "violates settles"),
			`bad.trace:22: "violates settles" is no verdict; expected breaks or keeps with names of properties, such as breaks settles`},
		{"everything broken", edit("breaks settles", "breaks all"),
			"bad.trace:22: breaks all; name the properties that are broken at the end of the trace"},
		{"an unknown property", edit("breaks settles", "breaks setles"), `bad.trace:22: unknown property "setles": did you mean settles?`},
		{"a property of another part", edit("breaks settles", "breaks match-unique"),
			"bad.trace:22: match-unique is decided by the part matching, and the trace is of the part lifecycle; expected one of its properties"},
		{"a connection beyond the bounds", edit("p1 connect c1", "p1 connect c9"),
			"bad.trace:13: p1 connect c9 is out of bounds: there are 2 pages, 1 connection, 2 versions, 1 message, 1 fault"},
		{"a page beyond the bounds", edit("p1 connect c1", "p1 transfer c1 p3"),
			"bad.trace:13: p1 transfer c1 p3 is out of bounds: there are 2 pages, 1 connection, 2 versions, 1 message, 1 fault"},
		{"a setting twice", edit("start installed", "start installed\nstart nothing"),
			"bad.trace:10: start stands here again, after line 9; leave one of them"},
		{"bounds that leave one open", edit(" faults=1", ""),
			"bad.trace:8: bounds without faults, or with it twice; name each bound once: pages, connections, versions, messages, faults, " +
				"and kills where not each fault can be one"},
		{"two verdicts", good + "keeps can-idle\n", "bad.trace:23: the verdict stands here again, after line 22; leave one of them"},
		{"a property twice", edit("breaks settles", "breaks settles, settles"),
			"bad.trace:22: settles stands here again, after line 22; leave one of them"},
		{"a comma too many", edit("breaks settles", "breaks settles,"),
			"bad.trace:22: a name is missing before or after a comma; expected names of properties"},
		{"under nobody", good + "under\n", "bad.trace:23: under without designs; expected answers, or any design"},
		{"under twice", good + "under any design\nunder any design\n",
			"bad.trace:24: under stands here again, after line 23; leave one of them"},
		{"something kept under more designs than were walked", edit("breaks settles\n", "keeps settles\nunder any design\n"),
			"bad.trace:23: under without a property that breaks; leave it out: what is kept is kept under the design of the trace"},
		{"what a terminal must not be sent", edit("A worker", "A \x1b[31mworker"),
			"bad.trace:3: the character U+001B has no place in a trace; remove it, or give a file that cosw wrote"},
		{"a file that is no text", good[:200] + "\xff\xfe" + good[200:],
			"bad.trace:8: the character U+FFFD has no place in a trace; remove it, or give a file that cosw wrote"},
		{"a design that contradicts its verdict", good + "under interrupt=retry\n",
			"bad.trace:23: the verdict is under other designs than the trace's own; expected those of section design among them"},
	} {
		trace, err := Read(strings.NewReader(c.text), "bad.trace")
		var wrong *FileError
		switch {
		case err == nil:
			t.Errorf("%s is accepted: %+v", c.why, trace)
		case !errors.As(err, &wrong) || err.Error() != c.want:
			t.Errorf("%s:\ngot  %v\nwant %s", c.why, err, c.want)
		}
	}
}

// endless yields the head of a trace and then blanks for ever.
type endless struct{ head *strings.Reader }

func (e *endless) Read(p []byte) (int, error) {
	if n, _ := e.head.Read(p); n > 0 {
		return n, nil
	}
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestReadStopsAtTheLargestTrace: a file of 100 MB is not read to its end, whatever it is.
func TestReadStopsAtTheLargestTrace(t *testing.T) {
	_, err := Read(&endless{strings.NewReader(good)}, "bad.trace")
	const want = "bad.trace:1: the file is larger than 1 MiB, which no trace is; give a file that cosw wrote"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestReplayDisagrees: a trace that says something else than the model is told where, and Renew mends what can be mended.
func TestReplayDisagrees(t *testing.T) {
	for _, c := range []struct {
		why, old, with string
		want           string // the first disagreement
		renewed        bool   // Renew returns the trace that was damaged
	}{
		{"another event", "  started v1", "  started v2", "good.trace:14: step 2, browser start, has other events", true},
		{"one event less", "  stopped v1 killed\n", "", "good.trace:18: step 4, browser kill, has other events", true},
		{"a step that is not enabled", "browser dispatch c1", "worker accept c1",
			"good.trace:16: step 3, worker accept c1: the step is not enabled; what is: p1 leave, p2 leave, browser dispatch c1, " +
				"browser suspend, browser kill, service update, service unregister, client open", false},
		{"a step that depends on an open question", "interrupt=hang\n-- steps", "-- steps",
			"good.trace:17: step 4, browser kill: the step depends on interrupt, which the design leaves open; add an answer, such as interrupt=hang", false},
		{"the contrary verdict", "breaks settles", "keeps settles", "good.trace:22: settles is broken", true},
		{"a verdict on something that is not broken", "breaks settles", "breaks can-idle", "good.trace:22: can-idle is not broken at the end", false},
		{"a verdict on too many designs", "breaks settles\n", "breaks settles\nunder interrupt=hang|retry\n",
			"good.trace:22: settles is broken at the end under some of the designs of the verdict only; under others it is not, or a step cannot be taken", true},
	} {
		damaged := mustRead(t, strings.Replace(good, c.old, c.with, 1))
		found, err := damaged.Replay()
		if err != nil || len(found) == 0 {
			t.Errorf("%s: no disagreement, %v", c.why, err)
			continue
		}
		if got := found[0].Error(); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.why, got, c.want)
		}
		renewed, err := damaged.Renew()
		if got := err == nil && string(renewed.Format()) == good; got != c.renewed {
			t.Errorf("%s: renewed %v, %v", c.why, got, err)
		}
	}
}

// TestMinimise: an exact search where the bounds allow it, removal of steps otherwise, with the same verdict.
func TestMinimise(t *testing.T) {
	detour := strings.Replace(good, "browser start\n  started v1\n",
		"client open\nclient close\nbrowser start\n  started v1\nbrowser suspend\nbrowser start\n", 1)
	for _, c := range []struct {
		why, text string
		limits    explore.Limits
		method    Method
		steps     int
	}{
		{"bounds that can be searched: a worker that does not start is enough", detour, MinimalLimits, BySearch, 2},
		{"a search that is not allowed enough", detour, explore.Limits{Worlds: 10}, ByRemoval, 4},
		{"bounds that cannot be searched", strings.Replace(detour, "messages=1", "messages=8", 1), MinimalLimits, ByRemoval, 4},
	} {
		trace, err := mustRead(t, c.text).Renew() // the events of the detour
		if err != nil {
			t.Fatal(err)
		}
		minimal, err := trace.Minimise(t.Context(), c.limits)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if minimal.Method != c.method || len(minimal.Trace.Steps) != c.steps {
			t.Errorf("%s: %d steps by %v (%s), want %d by %v", c.why, len(minimal.Trace.Steps), minimal.Method, minimal.Why, c.steps, c.method)
		}
		if found, err := minimal.Trace.Replay(); err != nil || len(found) > 0 {
			t.Errorf("%s: the minimal trace is wrong: %v, %v", c.why, found, err)
		}
	}
	kept := mustRead(t, strings.Replace(good, "breaks settles", "keeps can-idle", 1))
	if _, err := kept.Minimise(t.Context(), MinimalLimits); err == nil {
		t.Error("a trace that keeps its properties was made minimal")
	}
}

// TestMinimiseCorpus: shortest traces stay as long as they are, whether they are searched for or cut.
func TestMinimiseCorpus(t *testing.T) {
	for _, name := range []string{"settles-1.trace", "origin-bound-1.trace", "match-pinned-1.trace", "presence-hidden-1.trace"} {
		trace := readCorpus(t)[name]
		for _, limits := range []explore.Limits{MinimalLimits, {Worlds: 1}} {
			minimal, err := trace.Minimise(t.Context(), limits)
			if err != nil || len(minimal.Trace.Steps) != len(trace.Steps) {
				t.Errorf("%s: %+v, %v", name, minimal, err)
			}
		}
	}
}
