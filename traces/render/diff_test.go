package render

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/golden"
	"cosw/props"
)

// pair returns two fixtures that part at one answer.
func pair(t *testing.T) (a, b *Scene) {
	t.Helper()
	sever := fixture{
		name: "sever", why: "The connection ends with the worker that is suspended.",
		part: props.Lifecycle, bounds: model.DefaultBounds, start: "installed",
		design: strings.Replace(everything, "suspend=wake", "suspend=sever", 1),
		steps: `
			p1 connect c1
			browser start
			browser dispatch c1
			worker accept c1
			browser suspend
			p1 post c1
			p1 learn c1`,
		broken: "survives-suspend",
	}
	sever.broken, sever.kept = "", []string{"tells-page"}
	wake := sever
	wake.name, wake.why, wake.design = "wake", "The connection outlives it.", everything
	wake.steps = strings.Replace(sever.steps, "p1 learn c1", "browser start\nworker receive c1", 1)
	return mustScene(t, sever.trace(t)), mustScene(t, wake.trace(t))
}

// TestDiff: what two traces have in common stands there once, and each side has the rest.
func TestDiff(t *testing.T) {
	a, b := pair(t)
	text, err := Diff(a, b, "sever.trace", "wake.trace", columns)
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, filepath.Join("testdata", "pair.diff"), text)
	for line := range strings.Lines(text) {
		if n := runes(strings.TrimSuffix(line, "\n")); n > columns {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if n := strings.Count(text, "connect event"); n != 1 {
		t.Errorf("a common step stands there %d times", n)
	}
	same, err := Diff(a, a, "sever.trace", "sever.trace", columns)
	if err != nil || !strings.Contains(same, "THEY NEVER PART") {
		t.Errorf("the same trace twice: %v\n%s", err, same)
	}
	if _, err := Diff(a, mustScene(t, findFixture(t, "captured").trace(t)), "a", "b", columns); !errors.Is(err, ErrOtherStart) {
		t.Errorf("traces of different parts: %v", err)
	}
	if _, err := Diff(a, mustScene(t, findFixture(t, "notice-lost").trace(t)), "a", "b", columns); !errors.Is(err, ErrOtherStart) {
		t.Errorf("traces of different starts: %v", err)
	}
}

func findFixture(t *testing.T, name string) *fixture {
	t.Helper()
	for i := range fixtures {
		if fixtures[i].name == name {
			return &fixtures[i]
		}
	}
	t.Fatalf("no fixture %s", name)
	return nil
}

// TestPairs compares all pairs of the family that differ in one answer: each comparison fits, and names the question.
func TestPairs(t *testing.T) {
	report, err := props.Check(t.Context(), props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full(),
		Properties: []string{"survives-suspend", "can-idle", "survives-update", "tells-page"}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, q := range []model.Question{model.Suspend, model.Update, model.PageNotice} {
		for _, answer := range q.Answers() {
			for _, p := range report.Pairs(q, answer, report.BestDesigns()) {
				n++
				checkPair(t, p)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d pairs", n)
	}
}

func checkPair(t *testing.T, p props.Pair) {
	t.Helper()
	wrong := mustScene(t, mustBroken(t, p))
	right := mustScene(t, mustKept(t, p))
	text, err := Diff(wrong, right, "wrong", "right", columns)
	if err != nil {
		t.Fatal(err)
	}
	if p.Impossible == "" && !strings.Contains(text, p.Question.ID()+" (draft") && !strings.Contains(text, sameDesign) {
		t.Errorf("%s: the question is not named:\n%s", p.Question.ID(), text)
	}
	for line := range strings.Lines(text) {
		if m := runes(strings.TrimSuffix(line, "\n")); m > columns {
			t.Errorf("%d columns: %s", m, line)
		}
	}
}
