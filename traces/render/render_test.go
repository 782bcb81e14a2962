package render

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"cosw/props"
	"cosw/traces"
)

// eachScene runs test on the scenes of all counterexamples and all fixtures.
func eachScene(t *testing.T, test func(t *testing.T, s *Scene)) {
	t.Helper()
	eachCounterexample(t, test)
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) { test(t, mustScene(t, f.trace(t))) })
	}
}

// TestWidth: no line is wider than asked for, none ends in a blank, and no form fails on any trace or part of one.
func TestWidth(t *testing.T) {
	eachScene(t, func(t *testing.T, s *Scene) {
		texts := []string{s.Text(columns), s.Prose(columns)}
		for n := range s.Steps {
			texts = append(texts, s.Until(n+1).Text(columns), s.Around(n+1).Text(columns), s.Until(n+1).Prose(columns), s.Around(n+1).Prose(columns))
		}
		for _, text := range texts {
			checkLines(t, text, columns)
		}
		for _, width := range []int{60, 80, 120} {
			checkLines(t, s.Text(width), width)
			checkLines(t, s.Prose(width), width)
		}
	})
}

// checkLines checks what holds for all text.
func checkLines(t *testing.T, text string, width int) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if runes(line) > width {
			t.Errorf("%d columns, and %d are there: %s", runes(line), width, line)
		}
		if strings.TrimRight(line, " ") != line || strings.Contains(line, noBreak) {
			t.Errorf("blanks that nobody sees: %q", line)
		}
		if strings.Contains(line, "%!") || strings.Contains(line, "event(") || strings.Contains(line, "version 0") ||
			strings.Contains(line, "page 0") {
			t.Errorf("a text about nothing: %q", line)
		}
	}
}

// TestTextShows: the text says why the trace exists, what each answer means, at which step it decides, and the verdict.
func TestTextShows(t *testing.T) {
	eachScene(t, func(t *testing.T, s *Scene) {
		text := strings.Join(strings.Fields(s.Text(columns)), " ")
		want := []string{s.Why, "REPEAT " + s.Repeat}
		for _, a := range s.Design {
			want = append(want, a.String()+" "+a.Asks+" → "+a.Meaning)
		}
		for _, step := range s.Steps {
			if step.Because != nil {
				want = append(want, becauseText(step.Because))
			}
		}
		for i := range s.Verdict.Properties {
			p := &s.Verdict.Properties[i]
			if s.Verdict.Broken {
				want = append(want, "breaks "+p.ID, p.Broken, p.Claims)
			}
		}
		for _, w := range want {
			if w = strings.Join(strings.Fields(w), " "); !strings.Contains(text, w) {
				t.Errorf("the text does not say %q:\n%s", w, s.Text(columns))
			}
		}
	})
}

var (
	stepMark   = regexp.MustCompile(`\(step (\d+)\)`)
	answerMark = regexp.MustCompile("to `([a-z-]+)` is `[a-z0-9-]+`|`([a-z-]+)=[a-z0-9|-]+` is assumed")
)

// TestProseNamesAnswers: the sentences of each step name exactly the answers that the step depended on, and the end those
// of the design that no step did.
func TestProseNamesAnswers(t *testing.T) { eachScene(t, checkProse) }

func checkProse(t *testing.T, s *Scene) {
	t.Helper()
	prose := strings.Join(strings.Fields(s.Prose(columns)), " ")
	if s.Verdict.Broken == false {
		prose, _, _ = strings.Cut(prose, " is put to the test ")
	}
	marks := stepMark.FindAllStringSubmatchIndex(prose, -1)
	if len(marks) != len(s.Steps) {
		t.Fatalf("the prose tells %d steps of %d", len(marks), len(s.Steps))
	}
	for i, step := range s.Steps {
		end := len(prose)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		told := prose[marks[i][0]:end]
		if i+1 == len(marks) {
			told, _, _ = strings.Cut(told, "However, ")
			told, _, _ = strings.Cut(told, "This is claimed where ")
		}
		compareAnswers(t, fmt.Sprintf("step %d", step.Number), told, step.Because)
	}
	rest := strings.LastIndex(prose, "However, ")
	if rest < 0 {
		rest = max(strings.LastIndex(prose, "This is claimed where "), 0)
	}
	if s.Verdict.Broken || rest > 0 {
		compareAnswers(t, "the end", prose[rest:], s.Verdict.Because)
	}
}

// compareAnswers compares the answers that a text names with those that it has to.
func compareAnswers(t *testing.T, where, text string, want []Answer) {
	t.Helper()
	got := map[string]bool{}
	for _, m := range answerMark.FindAllStringSubmatch(text, -1) {
		got[m[1]+m[2]] = true
	}
	for _, a := range want {
		if !got[a.Question] {
			t.Errorf("%s does not name %s: %s", where, a, text)
		}
		delete(got, a.Question)
	}
	for id := range got {
		t.Errorf("%s names %s, on which it does not depend: %s", where, id, text)
	}
}

var markdownMark = regexp.MustCompile("^(?:[0-9]+[.)]|[-+*#>=|~]|```| )")

// TestProseIsMarkdown: no line of a paragraph begins like a list, a heading or anything else that it is not.
func TestProseIsMarkdown(t *testing.T) {
	eachScene(t, func(t *testing.T, s *Scene) {
		for line := range strings.Lines(s.Prose(columns)) {
			if markdownMark.MatchString(line) && !strings.HasPrefix(line, "**Claim.**") {
				t.Errorf("not a line of a paragraph: %s", line)
			}
			if strings.Count(line, "`")%2 == 1 {
				t.Errorf("code that is broken between lines: %s", line)
			}
		}
	})
}

// TestEndings: a property that is broken in the lifecycle ends in a sentence about these pages and connections, and not in
// the general one.
func TestEndings(t *testing.T) {
	specific := map[string]bool{}
	eachCounterexample(t, func(t *testing.T, s *Scene) {
		p := &s.Verdict.Properties[0]
		if s.Part == props.Lifecycle.String() && p.Ending == p.Broken {
			t.Errorf("%s ends in general words:\n%s", p.ID, s.Prose(columns))
		}
		specific[p.ID] = true
	})
	for _, p := range props.Catalogue() {
		if !specific[p.ID] {
			t.Errorf("%s: no counterexample was looked at", p.ID)
		}
	}
}

// TestCut: a part of a trace says that it is one, and has no verdict; the whole has one.
func TestCut(t *testing.T) {
	s := mustScene(t, fixtures[0].trace(t))
	for form, show := range map[string]func(*Scene) string{
		"text": asText, "prose": asProse, "mermaid": (*Scene).Mermaid,
	} {
		for name, part := range map[string]*Scene{"until": s.Until(3), "around": s.Around(4)} {
			if got := strings.Join(strings.Fields(show(part)), " "); !strings.Contains(got, "cut off") || strings.Contains(got, "contradicts") {
				t.Errorf("%s %s does not say that it is cut:\n%s", form, name, show(part))
			}
		}
		for _, whole := range []*Scene{s, s.Until(len(s.Steps)), s.Around(len(s.Steps))} {
			if got := show(whole); strings.Contains(got, "cut off") || !strings.Contains(got, "accounts-loss") {
				t.Errorf("%s has no end:\n%s", form, got)
			}
		}
		if got := show(s.Around(5)); !strings.Contains(got, "connect") || strings.Contains(got, "suspends") {
			t.Errorf("%s does not say what came before:\n%s", form, got)
		}
	}
}

// stuck is a trace that cannot go on: its third step comes before the one that makes it possible.
const stuck = `cosw trace 2
-- why --
A trace of a model that is no more.
-- repeat --
-- setting --
part lifecycle
bounds pages=2 connections=1 versions=2 messages=1 faults=1
start installed
-- design --
suspend=sever
-- steps --
p1 connect c1
browser start
  started v1
worker accept c1
  accepted v1 c1 script
-- verdict --
breaks settles
`

// TestStuck: what cannot go on is shown up to there in every form, which says so and judges nothing.
func TestStuck(t *testing.T) {
	trace, err := traces.Read(strings.NewReader(stuck), "old.trace")
	if err != nil {
		t.Fatal(err)
	}
	s := mustScene(t, trace)
	if s.Stuck == nil || s.Stuck.Line != 15 || len(s.Steps) != 2 || s.Ends() {
		t.Fatalf("stuck after %d steps: %v", len(s.Steps), s.Stuck)
	}
	for _, show := range []func(*Scene) string{asText, asProse, (*Scene).Mermaid} {
		got := strings.Join(strings.Fields(strings.NewReplacer("<br/>", " ", "#59;", ";").Replace(show(s))), " ")
		if !strings.Contains(got, "step 3, worker accept c1: the step is not enabled; what is: ") {
			t.Errorf("it does not say that it is stuck:\n%s", show(s))
		}
		if strings.Contains(got, "never been settled") || strings.Contains(got, "still pending") {
			t.Errorf("it judges what it cannot know:\n%s", show(s))
		}
		if strings.Contains(got, "breaks settles") || strings.Contains(got, "breaks `settles`") {
			t.Errorf("it claims what the model does not get to:\n%s", show(s))
		}
	}
}

// TestDoubts: a verdict that the model does not confirm is shown as one that is in doubt.
func TestDoubts(t *testing.T) {
	trace := *fixtures[0].trace(t)
	trace.Verdict.Properties = []string{"settles"}
	s := mustScene(t, &trace)
	if itf, err := s.ITF(); err != nil || !strings.Contains(string(itf), `"status": "unknown"`) {
		t.Errorf("ITF takes the verdict for one: %v\n%.600s", err, itf)
	}
	for _, show := range []func(*Scene) string{asText, asProse, (*Scene).Mermaid} {
		if got := strings.Join(strings.Fields(strings.ReplaceAll(show(s), "<br/>", " ")), " "); !strings.Contains(got, "settles is not broken at the end") {
			t.Errorf("no doubt:\n%s", show(s))
		} else if strings.Contains(got, "still pending") || strings.Contains(got, "∎") {
			t.Errorf("it argues for what is not so:\n%s", show(s))
		}
	}
}

// TestLostAfterClear: a message of a worker is shown as one although no version is left when its page goes away.
func TestLostAfterClear(t *testing.T) {
	const text = `cosw trace 2
-- why --
The page leaves before it receives what the worker posted, and the registration is gone by then.
-- repeat --
-- setting --
part lifecycle
bounds pages=2 connections=1 versions=2 messages=1 faults=1
start installed
-- design --
page-notice=none
suspend=sever
unregister=sever
-- steps --
p1 connect c1
browser start
  started v1
browser dispatch c1
  dispatched v1 c1
worker accept c1
  accepted v1 c1 script
  resolved p1 c1
worker post c1
  posted v1 c1 m1
service unregister
  registration unregistered
browser clear
  cut p1 v1 c1 cleared
  state v1 redundant
  registration-gone
p1 leave
  page-gone p1
  page-side-ended p1 c1 page-gone
  lost v1 c1 m1
-- verdict --
keeps ordered
`
	trace, err := traces.Read(strings.NewReader(text), "cleared.trace")
	if err != nil {
		t.Fatal(err)
	}
	s := mustScene(t, trace)
	if s.Stuck != nil || s.Doubts != nil {
		t.Fatalf("%v, %v", s.Stuck, s.Doubts)
	}
	last := s.Steps[len(s.Steps)-1]
	want := Arrow{Kind: Message, Text: "m1", Fate: Vanishes, Sent: 5}
	for _, a := range last.Arrows {
		if a.Kind == Message {
			want.From, want.To = a.From, a.To
			if a != want || s.Parties[a.From].ID != "version1" || s.Parties[a.To].ID != "page1" {
				t.Errorf("got %+v, want %+v from version 1 to page 1", a, want)
			}
			return
		}
	}
	t.Errorf("no message is shown: %+v", last)
}
