package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	flag "github.com/spf13/pflag"

	"cosw/cmd/cosw/ci"
	"cosw/cmd/cosw/ci/citest"
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
)

// checked runs a check with flags as they are given on the command line.
func checked(t *testing.T, args ...string) (*checkFlags, *props.Report) {
	t.Helper()
	f := &checkFlags{}
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	f.register(flags)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	o, err := f.options()
	if err != nil {
		t.Fatal(err)
	}
	r, err := props.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return f, f.concede(r)
}

// neverKills makes of a report one in which no worker was ever killed, although the bounds allow for it.
func neverKills(r *props.Report) {
	r.Unseen = []model.Kind{model.KillWorker}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		v.Vacuous = v.Property.ID == "survives-kill"
	}
}

// TestCasesFitExitCode: a case fails exactly if the exit code says so, and a run whose exit code is "unknown" has no
// case that failed, but one without a verdict.
func TestCasesFitExitCode(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	open := filepath.Join(t.TempDir(), "open.design")
	if err := writeWhole(open, []byte("suspend=sever|keepalive\n")); err != nil {
		t.Fatal(err)
	}
	one := "--property=settles,survives-suspend"
	for _, row := range []struct {
		why    string
		args   []string
		change func(*props.Report)
		want   int
		failed string // the cases that fail
	}{
		{"a good design", []string{"--design-file", "testdata/proposal.design"}, nil, exitDone, ""},
		{"a broken one", []string{"--design", "chromium-2015", "--property=opt-in,tells-page,worker-reach"}, nil, exitViolated,
			"tells-page worker-reach some-design"},
		{"a broken one, where it is not required",
			[]string{"--design", "chromium-2015", "--property=tells-page,opt-in", "--require=opt-in"}, nil, exitDone, ""},
		{"a broken one, where it is given up",
			[]string{"--design", "chromium-2015", "--property=tells-page,opt-in", "--give-up=tells-page"}, nil, exitDone, ""},
		{"a family with some that are broken", []string{one, "--pages=1", "--set=suspend=sever|wake"}, nil, exitDone, ""},
		{"a family that is broken as a whole", []string{one, "--pages=1", "--set=suspend=sever"}, nil, exitDone, ""},
		{"the same from a file", []string{"--property=survives-suspend,can-idle", "--design-file", open}, nil, exitViolated,
			"some-design"},
		{"a file of which every design is broken", []string{one, "--design-file", open, "--set=suspend=sever"}, nil, exitViolated,
			"survives-suspend some-design"},
		{"a limit", []string{one, "--max-worlds=100"}, nil, exitUnknown, ""},
		{"a limit after something was found", []string{one, "--max-worlds=8000"}, nil, exitUnknown, ""},
		{"a limit, and a design that is broken all the same",
			[]string{"--property=opt-in,tells-page", "--design=chromium-2015", "--max-worlds=3000"}, nil, exitViolated,
			"tells-page some-design"},
		{"a limit, and a file that is broken all the same",
			[]string{"--property=settles", "--design-file", open, "--set=interrupt=hang", "--max-worlds=3000"}, nil, exitViolated,
			"settles some-design"},
		{"premises and steps that are out of reach",
			[]string{"--property=settles,survives-kill", "--pages=1", "--kills=0", "--histories=0"}, nil, exitDone, ""},
		{"premises and steps that could be seen and are not",
			[]string{"--property=settles,survives-kill", "--pages=1", "--histories=0"}, neverKills, exitAssumption, "survives-kill every-step"},
		{"the same in a part of the family",
			[]string{"--property=settles,survives-kill", "--pages=1", "--histories=0", "--set=suspend=wake"}, neverKills, exitDone, ""},
		{"random histories that contradict", []string{"--property=origin-bound", "--set=suspend=wake"},
			func(r *props.Report) { r.Random.New = []string{"origin-bound"} }, exitAssumption, "random-agrees"},
		{"random histories that go beyond small bounds", []string{"--property=origin-bound", "--pages=1", "--set=suspend=wake"}, nil,
			exitDone, ""},
		{"no random histories", []string{one, "--pages=1", "--set=suspend=sever|wake", "--histories=0"}, nil, exitDone, ""},
		{"what is owed goes on forever", []string{one, "--pages=1", "--set=suspend=wake"},
			func(r *props.Report) { r.Livelock.Set = r.Scope }, exitAssumption, "owed-ends"},
		{"the look for that was stopped", []string{one, "--pages=1", "--set=suspend=wake"},
			func(r *props.Report) {
				r.Stopped, r.Livelock = errors.New("the limit of time was reached"), explore.Livelock{Stopped: r.Stopped}
			},
			exitUnknown, ""},
		{"a part without a lifecycle", []string{"--property=match-unique", "--set=match=scope"}, nil, exitDone, ""},
		{"a design that such a part breaks",
			[]string{"--property=match-unique,settles", "--design-file=testdata/proposal.design", "--set=match=scope"},
			func(r *props.Report) { v := r.Verdict("match-unique"); broken(r, v) }, exitViolated, "match-unique"},
	} {
		t.Run(row.why, func(t *testing.T) {
			f, r := checked(t, append(row.args, "--quiet")...)
			if row.change != nil {
				row.change(r)
			}
			code := exitDone
			var failed *failure
			report := newReport(r, sections{traces: !f.quiet, all: f.verbose})
			if errors.As(report.failure(f.chosen(r.Options.Scope)), &failed) {
				code = failed.code
			}
			if code != row.want {
				t.Errorf("exit code %d, want %d", code, row.want)
			}
			cases := newCIReport(report, f)
			var names []string
			for _, c := range cases.Cases {
				if c.Result == ci.Failed {
					names = append(names, c.Name)
				}
			}
			if got := strings.Join(names, " "); got != row.failed {
				t.Errorf("failed: %s, want %s", got, row.failed)
			}
			unknown := cases.Count(ci.Unknown)
			if (len(names) > 0) != (code == exitViolated || code == exitAssumption) ||
				(code == exitUnknown) != (len(names) == 0 && unknown > 0) {
				t.Errorf("exit code %d, but %d cases failed and %d are unknown", code, len(names), unknown)
			}
		})
	}
}

// broken plants a violation by all designs.
func broken(r *props.Report, v *props.Verdict) {
	v.Status, v.Violating, v.Designs = props.Violated, r.Scope, r.Algebra.Count(r.Scope)
	v.Formula, r.Good = r.Algebra.Cover(r.Scope), family.None
}

// TestFormatsAreValid: what a check writes is valid, and a property that fails carries its trace as the text shows it.
func TestFormatsAreValid(t *testing.T) {
	for _, args := range [][]string{
		{"--design=chromium-2015"},
		{"--set=suspend=sever|wake", "--property=settles,survives-suspend,match-unique", "--pages=1"},
		{"--set=suspend=sever|wake", "--property=settles,survives-suspend", "--pages=1", "--verbose"},
		{"--property=settles", "--max-worlds=100"},
	} {
		f, checked := checked(t, args...)
		r := newReport(checked, sections{traces: !f.quiet, all: f.verbose})
		out := map[string][]byte{}
		for _, format := range checkFormats {
			f.format = format
			var b bytes.Buffer
			if err := f.write(streams{out: &b}, r); err != nil {
				t.Fatal(err)
			}
			out[format] = b.Bytes()
		}
		if err := citest.JUnit(out["junit"]); err != nil {
			t.Errorf("%v: %v", args, err)
		}
		var junit struct {
			Failures []string `xml:"testsuite>testcase>failure"`
		}
		if err := xml.Unmarshal(out["junit"], &junit); err != nil {
			t.Fatal(err)
		}
		if want := newCIReport(r, f).Count(ci.Failed); len(junit.Failures) != want {
			t.Errorf("%v: %d failures, want %d", args, len(junit.Failures), want)
		}
		for _, text := range junit.Failures {
			_, trace, _ := strings.Cut(text, "\n\n")
			if !strings.HasPrefix(text, ruleDesigns.ID) && !strings.HasPrefix(strings.TrimSpace(trace), "1  ") {
				t.Errorf("%v: no trace in %q", args, text)
			}
			if !strings.Contains(squeezed(string(out["text"])), squeezed(trace)) {
				t.Errorf("%v: the text does not show\n%s", args, trace)
			}
			if !strings.Contains(string(out["markdown"]), strings.TrimRight(trace, "\n")) {
				t.Errorf("%v: the summary does not show\n%s", args, trace)
			}
		}
	}
}

// squeezed makes texts equal that differ in blanks only.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestCheckRules: each case has its rule, with a place in the draft if it is a property, and names occur once.
func TestCheckRules(t *testing.T) {
	f, r := checked(t, "--design=chromium-2015", "--quiet")
	report := newCIReport(newReport(r, sections{}), f)
	var names []string
	for i, c := range report.Cases {
		rule := report.Rules[i]
		if slices.Contains(names, c.Name) || c.Rule != rule.ID || rule.Title == "" {
			t.Errorf("%+v with %+v", c, rule)
		}
		names = append(names, c.Name)
		if p, err := props.Find(c.Name); err == nil && (rule.Place.Line != p.Place.Line || rule.Place.Line == 0) {
			t.Errorf("%s is at line %d, not %d", c.Name, p.Place.Line, rule.Place.Line)
		}
	}
	if len(names) < len(props.IDs())+3 {
		t.Errorf("%d cases", len(names))
	}
}

func TestParseDesignFile(t *testing.T) {
	line := func(text string) string { return strings.Repeat("\n", 4) + text }
	for _, row := range []struct{ why, text, want string }{ // want begins with a digit where it is an error with its line
		{"one per line", "suspend=wake\ndelivery=port\n", "suspend=wake, delivery=port"},
		{"with commas, blanks and comments", "# mine\n\n suspend = wake , delivery=port # not global\n", "suspend=wake, delivery=port"},
		{"a list broken after its commas", "suspend=wake,\ndelivery=port,", "suspend=wake, delivery=port"},
		{"alternatives", "suspend=wake|sever", "suspend=sever|wake"},
		{"narrowed later", "suspend=wake|sever\nsuspend=keepalive|wake", "suspend=wake"},
		{"from Windows", "\uFEFFsuspend=wake\r\ndelivery=port\r\n", "suspend=wake, delivery=port"},
		{"without a line end", "suspend=wake", "suspend=wake"},
		{"all answers of a question", "suspend=sever|keepalive|wake|reaccept", "any design"},
		{"what is given up", "suspend=wake\ngive-up unlinkable, page-reach # why", "suspend=wake"},
		{"what is given up, and is unknown", line("give-up pagereach"), `5: unknown property "pagereach": did you mean page-reach?`},
		{"an assumption", line("scripts=answer"), "5: scripts is an assumption, which no design answers: remove it, and give it to --assume"},
		{"two that contradict", "suspend=wake\n\nsuspend=sever", "3: suspend=sever contradicts suspend=wake of line 1: keep one of them"},
		{"two of one line that contradict", "suspend=wake,suspend=sever",
			"1: suspend=sever contradicts suspend=wake of line 1: keep one of them"},
		{"three of which any two go together", "suspend=sever|wake\nsuspend=wake|keepalive\nsuspend=sever|keepalive",
			"3: suspend=sever|keepalive contradicts suspend=wake of line 2: keep one of them"},
		{"an unknown question", line("suspnd=wake"), `5: unknown question "suspnd": did you mean suspend?`},
		{"an unknown answer", line("suspend=wakes"), `5: unknown answer to suspend "wakes": did you mean wake?`},
		{"no answer", line("suspend="), "5: question suspend has an empty answer: choose from sever, keepalive, wake, reaccept"},
		{"no question", line("=wake"), `5: "=wake" names no question: write question=answer`},
		{"a preset is no answer", "chromium-2015", `1: "chromium-2015" has no "=": write question=answer`},
		{"a comma too many", "suspend=wake,,delivery=port",
			"1: nothing next to a comma: write question=answer there, or remove the comma"},
		{"a comma alone", "suspend=wake\n,,\n",
			"2: nothing next to a comma: write question=answer there, or remove the comma"},
		{"a program", "\x7fELF\x02\x01", "1: this is not a text with answers: write question=answer, one per line"},
		{"bytes that are no text", "suspend=wake\n\xff\xfe", "2: this is not a text with answers: write question=answer, one per line"},
		{"a very long line", "suspend=" + strings.Repeat("wake|", 1000),
			"1: this is not a text with answers: write question=answer, one per line"},
	} {
		d, err := parseDesignFile("my.design", row.text)
		got := ""
		if err != nil {
			got = strings.TrimPrefix(err.Error(), "my.design:")
			if f := (*failure)(nil); !errors.As(err, &f) || f.code != exitSyntax {
				t.Errorf("%s: %v has another code", row.why, err)
			}
		} else {
			got = model.Space.Format(d.design)
		}
		if got != row.want {
			t.Errorf("%s:\ngot  %s\nwant %s", row.why, got, row.want)
		}
	}
	_, err := parseDesignFile("my.design", "# nothing\n\n")
	if err == nil || err.Error() != fmt.Sprintf(wrongNoDesign, "my.design") {
		t.Errorf("an empty file: %v", err)
	}
	// What Format writes of any design is a design file, as much as it is a value of --set.
	for _, p := range model.Presets() {
		text := strings.ReplaceAll(model.Space.Format(p.Design()), ", ", "\n")
		if d, err := parseDesignFile(p.Name, text); err != nil || d.design != p.Design() {
			t.Errorf("%s comes back as %v, %v", p.Name, d, err)
		}
	}
}

// TestLargeDesignFile: a file that is none is told by its size, before anything of it is looked at.
func TestLargeDesignFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "large.design")
	line := "suspend=wake # again and again\n"
	for size, want := range map[int]string{
		maxDesignFile - len(line): "",
		maxDesignFile + len(line): fmt.Sprintf(wrongDesignSize, name),
	} {
		if err := writeWhole(name, []byte(strings.Repeat(line, size/len(line)))); err != nil {
			t.Fatal(err)
		}
		_, err := readDesignFile(name, streams{})
		if got := fmt.Sprint(err); got != want && (want != "" || err != nil) {
			t.Errorf("%d bytes: got %v, want %q", size, err, want)
		}
	}
}

// TestProposal: the example is one design, and says nothing that it is not.
func TestProposal(t *testing.T) {
	f, r := checked(t, "--design-file", "testdata/proposal.design", "--quiet")
	if model.Space.Count(f.file.design) != 1 || r.Algebra.Count(r.Good) != 1 {
		t.Errorf("%s: %d good designs", model.Space.Format(f.file.design), r.Algebra.Count(r.Good))
	}
}

// TestRelative: what services read names a file as the working directory does, or not at all.
func TestRelative(t *testing.T) {
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ why, file, want string }{
		{"it is relative", "a/b.design", "a/b.design"},
		{"it lies below", filepath.Join(here, "a", "b.design"), filepath.Join("a", "b.design")},
		{"it lies elsewhere", filepath.Join(filepath.Dir(here), "b.design"), "b.design"},
	} {
		if got := relative(row.file); got != row.want {
			t.Errorf("%s: got %s, want %s", row.why, got, row.want)
		}
	}
}
