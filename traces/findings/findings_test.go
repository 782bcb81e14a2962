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
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces/infer"
	"cosw/traces/lab/conform"
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
	running, err := conform.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := []byte(text(t, &e, Options{Today: infer.Column(browsers), Running: running}))
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
		reason     string
		violating  map[string]family.Set
		gone, come string
	}{
		{"nobody minds a version that was not asked", without("fresh-acceptance"), "An update is a new decision", "[`update`](#update) `= transfer|reaccept`"},
		{"both sites may know", without("unlinkable"), "unlinkable` (", ""},
		{"same-origin must be asked", map[string]family.Set{"no-bypass": a.Cube(partial("same-origin=implicit"))}, "It can mean either", "`no-bypass`"},
		{"silence is fine", without("opt-in"), "A script of the service accepts by saying so", "[`no-answer`](#no-answer)"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			d := &document{evidence: turned(tt.violating)}
			d.opening()
			d.glance()
			for i := range items {
				d.printf("%s\n", d.answer(&items[i]))
			}
			got := d.out.String()
			switch {
			case !strings.Contains(as, tt.gone):
				t.Errorf("%q was not there before", tt.gone)
			case strings.Contains(got, tt.gone):
				t.Errorf("%q is still there", tt.gone)
			case !strings.Contains(got, tt.come):
				t.Errorf("%q is missing in\n%s", tt.come, got)
			}
		})
	}
}

// sentences returns all that have a condition.
func sentences() []sentence {
	all := slices.Concat(story, dilemmas, onPartitions)
	for _, it := range items {
		all = slices.Concat(all, it.answers, it.remarks)
	}
	return all
}

// TestNoIdleSentence: every sentence with a condition is written now. One that is not would be dead, and unread.
func TestNoIdleSentence(t *testing.T) {
	for _, s := range sentences() {
		for _, part := range s.when.parts() {
			if !whole().holds(part) {
				t.Errorf("%+v is not so: %q", part, s.text)
			}
		}
	}
}

// TestEveryConditionCanFail: each part of each condition in the text fails under some verdict that is turned around, so
// that the sentence is gone when the model no longer says so.
func TestEveryConditionCanFail(t *testing.T) {
	var models []*evidence
	for i := range whole().Verdicts {
		v := &whole().Verdicts[i]
		for _, violating := range []family.Set{family.None, family.All} {
			models = append(models, lightly(map[string]family.Set{v.Property.ID: violating}))
		}
	}
	for _, s := range whole().standings { // what is firm takes more than one
		var against []string
		for _, x := range s.Excluded {
			against = slices.Concat(append(x.Reasons, against)...)
		}
		for _, f := range whole().Falls() { // a reason names one of several that are the same
			if slices.Contains(against, f.Property) {
				against = append(against, f.Same...)
			}
		}
		models = append(models, lightly(without(against...)))
	}
	for _, s := range sentences() {
		for _, part := range s.when.parts() {
			if part.stands != nil {
				continue // TestConditionsCanFail looks at these
			}
			if !slices.ContainsFunc(models, func(e *evidence) bool { return !e.holds(part) }) {
				t.Errorf("%+v never fails: %q", part, s.text)
			}
		}
	}
}

// lightly is as turned, with no more than conditions need, but for how firm answers are.
func lightly(violating map[string]family.Set) *evidence {
	report := turnedReport(violating)
	e := &evidence{Report: report, conflicts: report.Conflicts(), best: family.None}
	for _, c := range report.Best() {
		e.best = report.Algebra.Union(e.best, c.Designs)
	}
	return e
}

// parts returns the conditions that w is made of.
func (w when) parts() []when {
	var all []when
	for _, answer := range strings.Split(w.best, ", ") {
		if answer != "" {
			all = append(all, when{best: answer})
		}
	}
	for _, s := range w.stands {
		all = append(all, when{stands: []standing{s}})
	}
	for _, b := range w.breaks {
		all = append(all, when{breaks: []breaking{b}})
	}
	for _, b := range w.keeps {
		all = append(all, when{keeps: []breaking{b}})
	}
	if w.conflict != nil {
		all = append(all, when{conflict: w.conflict})
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
		{"an answer of all best designs", when{best: "update=reaccept"}, true},
		{"an answer of none", when{best: "update=sever"}, false},
		{"an answer of some", when{best: "delivery=port"}, false},
		{"a matter of taste", when{stands: []standing{{model.Delivery, props.IsTaste}}}, true},
		{"none", when{stands: []standing{{model.Update, props.IsTaste}}}, false},
		{"broken by all", when{breaks: []breaking{{"survives-suspend", "suspend=sever"}}}, true},
		{"broken by some", when{breaks: []breaking{{"hides-suspend", "suspend=sever"}}}, false},
		{"broken under an assumption", when{breaks: []breaking{{"settles", "deadline=none, scripts=may-hang"}}}, true},
		{"not broken without it", when{breaks: []breaking{{"settles", "deadline=none"}}}, false},
		{"broken by none", when{keeps: []breaking{{"survives-suspend", "suspend=wake"}}}, true},
		{"broken by some of them", when{keeps: []breaking{{"hides-suspend", "suspend=sever"}}}, false},
		{"a conflict", when{conflict: []string{"unlinkable", "reaches-installed"}}, true},
		{"more than a conflict", when{conflict: []string{"can-idle", "unlinkable", "reaches-installed"}}, false},
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
	told := map[model.Question]int{model.Partition: 1} // in a section of its own
	for _, it := range items {
		got = append(got, it.line)
		for _, q := range it.settles {
			told[q]++
		}
		if len(it.settles)+len(it.touches) == 0 {
			t.Errorf("%s has to do with no question", it.heading())
		}
	}
	want := []int{13, 21, 22, 23, 25, 39, 41, 42, 43, 44, 46, 110, 111, 112, 113, 114, 115, 116, 117}
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
		if !strings.Contains(as, "### "+it.heading()+"\n\n*"+it.kind+", draft ["+itoa(it.line)+"]") {
			t.Errorf("%s is missing", it.heading())
		}
	}
	for _, p := range model.Presets() {
		if !strings.Contains(as, "\n| "+p.Name+" ("+p.When+") |") {
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

// TestReference: the design that stands for all best ones is one of them.
func TestReference(t *testing.T) {
	e := whole()
	if model.Space.Literals(e.reference) != len(model.Questions()) || !e.Algebra.Includes(e.best, e.reference) {
		t.Errorf("%s is not a best design", model.Space.Format(e.reference))
	}
}

// TestCosts compares what answers cost with a look at one design after the other.
func TestCosts(t *testing.T) {
	e := whole()
	a := e.Algebra
	for _, tt := range []struct {
		question model.Question
		answer   model.Answer
	}{
		{model.Suspend, model.Sever}, {model.Update, model.Transfer}, {model.Delivery, model.Port}, {model.NotReady, model.Wait},
	} {
		costs := e.costs(tt.question, tt.answer)
		for i := range e.Verdicts {
			v := &e.Verdicts[i]
			broken, lost := e.broken(v), false
			for n := uint64(0); n < 2000 && !lost; n++ {
				best := a.Nth(e.best, n*a.CountAll(e.best)/2000)
				changed := model.Space.Replace(best, int(tt.question), model.Where(tt.question, tt.answer))
				lost = !a.Includes(broken, best) && a.Includes(broken, changed)
			}
			if told := slices.Contains(costs, v.Property.ID); told != lost {
				t.Errorf("%s: costs %s %t, and one of 2000 best designs loses it: %t", given(tt.question, tt.answer), v.Property.ID, told, lost)
			}
		}
	}
}

// TestExamples: each answer that is excluded comes with a pair of designs of which one goes wrong and the other well.
func TestExamples(t *testing.T) {
	e := whole()
	for _, s := range e.standings {
		for _, x := range s.Excluded {
			if x.Answer == model.AnswerOf(e.reference, s.Question) {
				continue
			}
			lost := e.Algebra.Cube(e.reference)
			for _, id := range slices.Concat(x.Reasons...) {
				lost = e.Algebra.Intersect(lost, e.broken(e.Verdict(id)))
			}
			if lost != family.None {
				continue // the design of reference gives up the same: there is no other side to it
			}
			p, ok := e.example(s.Question, x.Answer)
			name := given(s.Question, x.Answer)
			switch {
			case !ok:
				t.Errorf("%s: no example", name)
			case !slices.Contains(slices.Concat(x.Reasons...), p.Property.ID):
				t.Errorf("%s: the example is about %s, which does not exclude it", name, p.Property.ID)
			}
		}
	}
}

// TestSums: sets of properties are written as few products, which stand for just these sets.
func TestSums(t *testing.T) {
	for _, tt := range []struct {
		sets [][]string
		most int
		want string
	}{
		{[][]string{{"a"}}, 2, "`a`"},
		{[][]string{{"a"}, {"b"}}, 2, "`a` or `b`"},
		{[][]string{{"a", "b"}, {"a", "c"}}, 2, "`a` + (`b` or `c`)"},
		{[][]string{{"a", "x"}, {"a", "y"}, {"b", "x"}, {"b", "y"}}, 2, "(`a` or `b`) + (`x` or `y`)"},
		{[][]string{{"a", "x"}, {"a", "y"}, {"b", "x"}}, 2, "`a` + (`x` or `y`), or `b` + `x`"},
		{[][]string{{"a"}, {"b", "c"}}, 2, "`a`, or `b` + `c`"},
		{[][]string{{"a", "b"}, {"c", "d", "e"}, {"c", "d", "f"}}, 1, "`a` + `b`, or 2 more"},
	} {
		if got := sums(tt.sets, tt.most); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.sets, got, tt.want)
		}
		n := 0
		for _, p := range factor(tt.sets) {
			n += p.sets()
		}
		if n != len(tt.sets) {
			t.Errorf("%v: products for %d sets", tt.sets, n)
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
