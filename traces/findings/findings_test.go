package findings

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cosw/linearize"
	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/props/explore"
	"cosw/traces/infer"
)

// inTree is the text that the tree has.
const inTree = "../../findings.md"

// TestGolden: the text in the tree is what the model says now, byte for byte, although another search wrote it.
func TestGolden(t *testing.T) {
	if raceEnabled {
		t.Skip("too much for the race detector, and nothing new for it: other tests let it see the same search")
	}
	e := *whole()
	var err error
	if e.larger, err = check(t.Context(), Options{}, largerBounds, 0); err != nil {
		t.Fatal(err)
	}
	browsers, err := infer.Today(t.Context(), linearize.Kept()...)
	if err != nil {
		t.Fatal(err)
	}
	got := []byte(text(t, &e, Options{Today: infer.Column(browsers)}))
	if golden.Updating() {
		if err := os.WriteFile(inTree, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(inTree)
	if err != nil {
		t.Fatal(err)
	}
	if d := Diff("findings.md", want, got); d != nil {
		t.Errorf("go run ./cmd/cosw findings writes it anew\n%s", d)
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := Write(ctx, Options{}); got != nil || !errors.Is(err, explore.ErrInterrupted) {
		t.Errorf("got %d bytes and %v", len(got), err)
	}
}

// TestTurnedVerdict: whatever verdict is turned around, the text changes, and the sentence that was true is gone.
func TestTurnedVerdict(t *testing.T) {
	a := whole().Algebra
	as := text(t, whole(), Options{})
	for _, tt := range []struct {
		reason, property string
		violating        family.Set
		gone, come       string
	}{
		{"a port is fine", "origin-bound", family.None, "Something more indirect", "`handle=port` (a MessagePort"},
		{"a worker may be kept alive", "can-idle", family.None, "", "excluded by `survives-kill` |"},
		{"no design may answer wake", "survives-suspend", a.Cube(partial("suspend=wake")),
			fmt.Sprintf("%d designs have all", a.Count(whole().Good)), "No design has every property"},
		{"same-origin must be asked", "no-bypass", a.Cube(partial("same-origin=implicit")), "It can mean either",
			"excluded by `no-bypass`"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			e := turned(t, tt.property, tt.violating)
			d := &document{evidence: e}
			d.opening()
			d.glance()
			d.designs()
			for i := range items {
				d.printf("%s\n", d.answer(&items[i]))
				for _, q := range items[i].settles {
					d.answers(q)
				}
			}
			got := d.out.String()
			switch {
			case tt.gone != "" && !strings.Contains(as, tt.gone):
				t.Errorf("%q was not there before", tt.gone)
			case tt.gone != "" && strings.Contains(got, tt.gone):
				t.Errorf("%q is still there", tt.gone)
			case !strings.Contains(got, tt.come):
				t.Errorf("%q is missing in\n%s", tt.come, got)
			}
		})
	}
}

// TestNoIdleSentence: every sentence with a condition is written now. One that is not would be dead, and unread.
func TestNoIdleSentence(t *testing.T) {
	e := whole()
	all := slices.Concat(story, dilemmas)
	for _, it := range items {
		all = append(all, it.remarks...)
		if len(it.answers) == 0 || e.first(it.answers) != it.answers[0].text {
			t.Errorf("%s: its answer is not true: %q", it.heading(), it.answers[0].text)
		}
	}
	for _, s := range all {
		if !e.holds(s.when) {
			t.Errorf("not true: %q", s.text)
		}
	}
}

// TestEveryConditionCanFail: each part of each condition in the text fails under some verdict that is turned around, so
// that the sentence is gone when the model no longer says so.
func TestEveryConditionCanFail(t *testing.T) {
	var models []*evidence
	for i := range whole().Verdicts {
		for _, violating := range []family.Set{family.None, family.All, whole().Algebra.Complement(whole().Verdicts[i].Violating)} {
			models = append(models, turnedOnly(whole().Verdicts[i].Property.ID, violating))
		}
	}
	sentences := slices.Concat(story, dilemmas)
	for _, it := range items {
		sentences = slices.Concat(sentences, it.answers, it.remarks)
	}
	for _, s := range sentences {
		for _, part := range s.when.parts() {
			for _, n := range part.never {
				first := whole().Algebra.Cube(model.Where(n.question, n.question.Answer(0)))
				models = append(models, turnedOnly(n.property, first))
			}
			if !slices.ContainsFunc(models, func(e *evidence) bool { return !e.holds(part) }) {
				t.Errorf("%+v never fails: %q", part, s.text)
			}
		}
	}
}

// parts returns the conditions that w is made of.
func (w when) parts() []when {
	var all []when
	for _, answer := range strings.Split(w.good, ", ") {
		if answer != "" {
			all = append(all, when{good: answer})
		}
	}
	for _, q := range w.taste {
		all = append(all, when{taste: []model.Question{q}})
	}
	for _, b := range w.breaks {
		all = append(all, when{breaks: []breaking{b}})
	}
	for _, n := range w.never {
		all = append(all, when{never: []indifference{n}})
	}
	return all
}

// TestConditionsCanFail: the kinds of conditions tell true from false.
func TestConditionsCanFail(t *testing.T) {
	for _, tt := range []struct {
		reason string
		when   when
		want   bool
	}{
		{"no condition", when{}, true},
		{"an answer of all good designs", when{good: "suspend=wake"}, true},
		{"an answer of none", when{good: "suspend=sever"}, false},
		{"an answer of some", when{good: "delivery=port"}, false},
		{"a matter of taste", when{taste: []model.Question{model.Delivery}}, true},
		{"none", when{taste: []model.Question{model.Suspend}}, false},
		{"broken by all", when{breaks: []breaking{{"survives-suspend", "suspend=sever"}}}, true},
		{"broken by some", when{breaks: []breaking{{"survives-kill", "interrupt=hang"}}}, false},
		{"has to do with it", when{never: []indifference{{"survives-suspend", model.Suspend}}}, false},
		{"has nothing to do with it", when{never: []indifference{{"survives-suspend", model.Match}}}, true},
	} {
		if got := whole().holds(tt.when); got != tt.want {
			t.Errorf("%s: got %t", tt.reason, got)
		}
	}
}

// TestEveryOpenPoint: the ISSUEs and QUESTIONs of the draft, and what its concepts leave open, in its order, each with an
// answer; and each question of the model told in full at one place.
func TestEveryOpenPoint(t *testing.T) {
	var got []int
	told := map[model.Question]int{}
	for _, it := range items {
		got = append(got, it.line)
		for _, q := range it.settles {
			told[q]++
		}
		if len(it.settles)+len(it.touches) == 0 {
			t.Errorf("%s has to do with no question", it.heading())
		}
	}
	want := []int{21, 22, 23, 27, 39, 41, 42, 43, 44, 46, 110, 111, 112, 113, 114, 115, 116, 117}
	if !slices.Equal(got, want) {
		t.Errorf("got lines %v, want %v", got, want)
	}
	for _, q := range model.Questions() {
		if told[q] != 1 {
			t.Errorf("%s is told %d times", q.ID(), told[q])
		}
	}
	as := text(t, whole(), Options{})
	for _, it := range items {
		if !strings.Contains(as, "### "+it.heading()+"\n\n*Draft, ["+it.place()+"](") {
			t.Errorf("%s is missing", it.heading())
		}
	}
	if n := strings.Count(as, "**Answer.**"); n != len(items) {
		t.Errorf("%d answers, want %d", n, len(items))
	}
	for _, p := range model.Presets() {
		if !strings.Contains(as, "\n### "+ancestorTitle(p)+"\n") {
			t.Errorf("%s is missing", p.Name)
		}
	}
	for _, cause := range model.RejectionCauses() {
		if !strings.Contains(as, "| "+cause.Text()+" |") {
			t.Errorf("the error for %q is missing", cause.Text())
		}
	}
}

// TestOneSentence: an answer is one sentence.
func TestOneSentence(t *testing.T) {
	for _, it := range items {
		for _, s := range it.answers {
			if !strings.HasSuffix(s.text, ".") || regexp.MustCompile(`[.!?] [A-Z]`).MatchString(s.text) {
				t.Errorf("%s: %q", it.heading(), s.text)
			}
		}
	}
}

// TestToday: what browsers do is a column that can be left out.
func TestToday(t *testing.T) {
	as := text(t, whole(), Options{Today: func(q model.Question) string { return "today: " + q.ID() }})
	for _, q := range model.Questions() {
		if !strings.Contains(as, "| today: "+q.ID()+" |\n") {
			t.Errorf("%s is missing", q.ID())
		}
	}
	if strings.Contains(text(t, whole(), Options{}), "browsers today") {
		t.Error("an empty column")
	}
}

// TestRecommended: the design that is recommended has every property, and the advice is about what is a matter of taste.
func TestRecommended(t *testing.T) {
	e := whole()
	if !e.Algebra.Includes(e.Good, e.recommended) {
		t.Errorf("%s does not have every property", model.Space.Format(e.recommended))
	}
	for _, q := range model.Questions() {
		r, advised := recommendations[q]
		if taste := len(e.settled[q].Survive) > 1; taste != advised {
			t.Errorf("%s: a matter of taste %t, advice %t", q.ID(), taste, advised)
		}
		if advised && model.AnswerOf(e.recommended, q) != r.answer {
			t.Errorf("%s: the recommended design does not have what is recommended", q.ID())
		}
	}
}

// TestCosts compares what answers cost with a look at one design after the other.
func TestCosts(t *testing.T) {
	e := whole()
	a := e.Algebra
	for _, tt := range []struct {
		question      model.Question
		answer, other model.Answer
	}{
		{model.Suspend, model.Sever, model.Wake}, {model.Update, model.Transfer, model.Reaccept},
		{model.Delivery, model.Port, model.Global}, {model.NotReady, model.Wait, model.Reject},
	} {
		name := given(tt.question, tt.answer)
		costs := map[string]cost{}
		for _, c := range e.costs(tt.question, tt.answer, tt.other) {
			costs[c.verdict.Property.ID] = c
		}
		with := a.Cube(model.Where(tt.question, tt.answer))
		for i := range e.Verdicts {
			v := &e.Verdicts[i]
			for n := uint64(0); n < 400; n++ {
				design := a.Nth(with, n*a.CountAll(with)/400)
				other := model.Space.Replace(design, int(tt.question), model.Where(tt.question, tt.other))
				breaks := a.Includes(v.Violating, design)
				c, listed := costs[v.Property.ID]
				where := listed && slices.ContainsFunc(c.where, func(term family.Cube) bool { return term.Includes(design) })
				switch {
				case breaks && !a.Includes(v.Violating, other) && !where:
					t.Errorf("%s: %s is broken by %s, which is not said", name, v.Property.ID, model.Space.Format(design))
				case where && !breaks:
					t.Errorf("%s: %s is not broken by %s, and it is said to be", name, v.Property.ID, model.Space.Format(design))
				}
			}
		}
	}
}

// TestExamples: each answer that is excluded comes with a pair of designs of which one goes wrong and the other well.
func TestExamples(t *testing.T) {
	e := whole()
	for _, s := range e.settled {
		for _, x := range s.Excluded {
			p, ok := e.example(s.Question, x.Answer)
			name := given(s.Question, x.Answer)
			switch {
			case !ok:
				t.Errorf("%s: no example", name)
			case !slices.Contains(slices.Concat(x.Conflicts...), p.Property.ID):
				t.Errorf("%s: the example is about %s, which does not exclude it", name, p.Property.ID)
			}
		}
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"At a glance":                                 "at-a-glance",
		"`suspend`: What becomes of it?":              "suspend-what-becomes-of-it",
		"Lines 39–40: which registration?":            "lines-3940-which-registration",
		"The errors of connect()":                     "the-errors-of-connect",
		"Line 22: what does “may return” mean for it": "line-22-what-does-may-return-mean-for-it",
		"navigator-connect-v1 (November 2014)":        "navigator-connect-v1-november-2014",
	} {
		if got := slug(title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
}

func ExampleDiff() {
	fmt.Printf("%s", Diff("findings.md", []byte("# Findings\nsuspend=sever\n"), []byte("# Findings\nsuspend=wake\n")))
	// Output:
	// diff findings.md what the model says now
	// --- findings.md
	// +++ what the model says now
	// @@ -1,2 +1,2 @@
	//  # Findings
	// -suspend=sever
	// +suspend=wake
}
