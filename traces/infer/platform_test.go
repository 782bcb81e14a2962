package infer

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// combine infers from recordings with these texts, named a.jsonl, b.jsonl and so on.
func combine(t *testing.T, texts ...string) []Platform {
	t.Helper()
	var all []*recording.Recording
	for i, text := range texts {
		rec, err := recording.Read(strings.NewReader(text), fmt.Sprintf("%c.jsonl", 'a'+i))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rec)
	}
	platforms, refused, err := InferAll(t.Context(), all, DefaultOptions, nil)
	if err != nil || len(refused) > 0 {
		t.Fatal(refused, err)
	}
	return platforms
}

// reasons writes the reasons of conflicts.
func writeConflicts(all []Conflict) string {
	var b strings.Builder
	for _, c := range all {
		for i := range c.Reasons {
			fmt.Fprintf(&b, "%s: %s\n", c.Reasons[i].Where(), c.Reasons[i].Describe())
		}
		b.WriteString("--\n")
	}
	return b.String()
}

// TestConflicts: recordings that no single design explains come down to the smallest sets that disagree, and where.
func TestConflicts(t *testing.T) {
	told := insert(1795324677480, `"actor":"page/1","op":"closed","conn":1`)(readText(t, "stop"))
	getsMessage := all(
		insert(1795324678270, `"actor":"browser","op":"running","running":"starting","version":"0"`),
		insert(1795324678280, `"actor":"worker/v1/other","op":"boot"`),
		insert(1795324678290, `"actor":"worker/v1/other","op":"receive","conn":1,"msg":"p1.2"`),
	)(readText(t, "stop"))
	closeTold := insert(1795324693100, `"actor":"page/1","op":"closed","conn":1`)(readText(t, "worker-close"))
	for _, c := range []struct {
		why   string
		texts []string
		want  string
	}{
		{"they agree", []string{readText(t, "stop"), readText(t, "hello"), readText(t, "update-skip")}, ""},
		{
			"a page is told of a stop in one of them and not in the other",
			[]string{readText(t, "hello"), readText(t, "stop"), told},
			"b.jsonl, end: something still had to happen that nobody recorded: the notice that connection 1 is down reaches page 1\nc.jsonl:23: page/1 is told that connection 1 is over\n--\n",
		},
		{
			"one alone cannot be explained: the others are no part of the conflict",
			[]string{readText(t, "stop"), told, drop(`"receive","conn":1,"msg":"p1.1"`)(readText(t, "hello"))},
			"c.jsonl:20: worker/v1/x0o6r receives p1.2 on connection 1\n--\n",
		},
		{
			"two each explain what the third cannot, together: any two of the three agree",
			[]string{getsMessage, readText(t, "update-skip"), closeTold},
			"a.jsonl:26: worker/v1/other receives p1.2 on connection 1\n" +
				"b.jsonl, end: something still had to happen that nobody recorded: the notice that connection 1 is down reaches page 1\n" +
				"c.jsonl:23: page/1 is told that connection 1 is over\n--\n",
		},
	} {
		platforms := combine(t, c.texts...)
		if len(platforms) != 1 {
			t.Fatalf("%s: %d platforms", c.why, len(platforms))
		}
		p := &platforms[0]
		if got := writeConflicts(p.Conflicts); got != c.want {
			t.Errorf("%s:\ngot\n%swant\n%s", c.why, got, c.want)
		}
		if (len(p.Conflicts) == 0) != (p.Designs != family.None) {
			t.Errorf("%s: %d conflicts with %d designs", c.why, len(p.Conflicts), p.Algebra.Count(p.Designs))
		}
	}
}

// TestManyConflicts: of many conflicts, the first ten are told and the others counted.
func TestManyConflicts(t *testing.T) {
	broken := drop(`"receive","conn":1,"msg":"p1.1"`)(readText(t, "hello"))
	told := insert(1795324677480, `"actor":"page/1","op":"closed","conn":1`)(readText(t, "stop"))
	times := func(n int, text string) []string { return slices.Repeat([]string{text}, n) }
	for _, c := range []struct {
		why                   string
		texts                 []string
		conflicts, size, more int
	}{
		{"ten recordings that no design explains are all told", times(10, broken), 10, 1, 0},
		{"one more is counted", times(11, broken), 10, 1, 1},
		{"each of three disagrees with each of five", slices.Concat(times(3, readText(t, "stop")), times(5, told)), 10, 2, 5},
	} {
		p := &combine(t, c.texts...)[0]
		if len(p.Conflicts) != c.conflicts || p.MoreConflicts != c.more {
			t.Errorf("%s: %d conflicts and %d more, want %d and %d", c.why, len(p.Conflicts), p.MoreConflicts, c.conflicts, c.more)
		}
		told := writeConflicts(p.Conflicts)
		for i, conflict := range p.Conflicts {
			if len(conflict.Reasons) != c.size || strings.Count(told, writeConflicts(p.Conflicts[i:i+1])) != 1 {
				t.Errorf("%s: conflict %d is of %d recordings, or told twice:\n%s", c.why, i, len(conflict.Reasons), told)
			}
		}
	}
}

// TestPlatforms: the same browser with and without close events is two platforms, which cannot be in conflict.
func TestPlatforms(t *testing.T) {
	platforms := combine(t, readText(t, "stop"), readText(t, "stop.close-event"), readText(t, "hello"))
	if len(platforms) != 2 || len(platforms[0].Inferences) != 2 || platforms[0].Designs == family.None || platforms[1].Designs == family.None {
		t.Errorf("got %d platforms", len(platforms))
	}
}

// TestReasonsExclude: the reason for an excluded answer is the first: with one line less, a design with that answer
// explains what is left, and with that line none does.
func TestReasonsExclude(t *testing.T) {
	for _, name := range []string{"hello", "stop", "stop.close-event", "worker-close", "update-skip", "traffic-stop"} {
		platforms := combine(t, readText(t, name))
		text := strings.SplitAfter(readText(t, name), "\n")
		for _, f := range platforms[0].Conclusions {
			for _, e := range f.Excluded {
				r := e.Reasons[0]
				if r.Line == nil || f.Question == model.Partition { // which takes a whole recording
					continue
				}
				o := DefaultOptions
				o.Breaks = true
				with := model.Where(f.Question, e.Answer)
				for lines, want := range map[int]bool{r.Line.Number - 1: true, r.Line.Number: false} {
					rec, err := recording.Read(strings.NewReader(strings.Join(text[:lines], "")), "x.jsonl")
					if err != nil {
						t.Fatal(err)
					}
					inf, err := Infer(t.Context(), family.NewAlgebra(model.Space), rec, o, nil)
					if err != nil {
						t.Fatal(err)
					}
					if got := inf.Algebra.Restrict(inf.Designs, with) != family.None; got != want {
						t.Errorf("%s, not %s=%s: the first %d lines are explained: %t, want %t", name, f.Question.ID(), e.Answer, lines, got, want)
					}
				}
			}
		}
	}
}

// TestOptions: what is taken for granted can be taken back.
func TestOptions(t *testing.T) {
	for _, c := range []struct {
		why, recording string
		change         func(*Options)
		want           string
	}{
		{"a stop may be a kill, which cuts whatever suspend answers but wake", "stop", func(o *Options) { o.Stop = Either }, "page-notice=none, suspend=sever|keepalive"},
		{"a stop is a kill", "stop", func(o *Options) { o.Stop = Kills }, "page-notice=none, suspend=sever|keepalive"},
		{"it breaks off: nobody knows what would have come", "stop", func(o *Options) { o.Breaks = true }, "suspend=sever|wake|reaccept"},
		{"it breaks off: what was seen, was seen", "hello", func(o *Options) { o.Breaks = true }, "close=close"},
	} {
		o := DefaultOptions
		c.change(&o)
		inf, err := inferText(t, readText(t, c.recording), o)
		if err != nil {
			t.Fatal(err)
		}
		if got := formula(inf); got != c.want {
			t.Errorf("%s: got %s, want %s", c.why, got, c.want)
		}
	}
}

// TestOptionsInRange: every duration is good from nothing up to the longest, and refused beyond, by name.
func TestOptionsInRange(t *testing.T) {
	for name, set := range map[string]func(*Options, time.Duration){
		"error": func(o *Options, d time.Duration) { o.Error = d },
		"late":  func(o *Options, d time.Duration) { o.Late = d },
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
}

// TestNeeds: an answer that is possible only with others says which.
func TestNeeds(t *testing.T) {
	p := &combine(t, readText(t, "update-skip"))[0]
	for answer, want := range map[model.Answer]string{
		model.Sever: "page-notice=none", model.Pin: "page-notice=none", model.Transfer: "delivery=port",
	} {
		if got := model.Space.Format(p.Needs(model.Update, answer)); got != want {
			t.Errorf("update=%s: got %s, want %s", answer, got, want)
		}
	}
	if got := p.Needs(model.Close, model.None); got != model.Space.Full() {
		t.Errorf("close=none: got %s", model.Space.Format(got))
	}
}

// TestPreset: the preset of today's platform, which has other sources beside the recordings, explains them all.
func TestPreset(t *testing.T) {
	preset, err := model.FindPreset("messageport-today")
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range linearize.Kept() {
		if rec.CloseEvent {
			continue
		}
		inf, err := Infer(t.Context(), family.NewAlgebra(model.Space), rec, DefaultOptions, nil)
		if err != nil {
			t.Fatal(err)
		}
		explains := inf.Algebra.Includes(inf.Designs, preset.Design())
		if strings.HasSuffix(rec.Name, "/unregister.jsonl") { // the preset leaves open what Chromium does with a debugger attached
			explains = inf.Algebra.Restrict(inf.Designs, preset.Design()) != family.None
		}
		if !explains {
			t.Errorf("%s is not explained by %s", rec.Name, preset.Name)
		}
	}
}
