package script

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// TestCases plays scripts that are made up after public reports; what is right stands in their expectations.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.play")
	if err != nil || len(files) != 4 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Play(bytes.NewReader(text), file, &out, model.Space.Full()); err != nil {
			t.Errorf("%v\n%s", err, &out)
		}
	}
}

// TestCollectedMeanwhile: the double reconnect leaves a connection behind only where none is collected, which is why the script
// says so.
func TestCollectedMeanwhile(t *testing.T) {
	text, err := os.ReadFile("testdata/cases/14-double-reconnect.play")
	if err != nil {
		t.Fatal(err)
	}
	until, _, _ := strings.Cut(string(text), "expect c2 accepted")
	either := strings.Replace(strings.TrimSpace(until), ",collect=keep", "", 1)
	checkFails(t, either, "c2 is down where collect=close; expected c2 up")
}

// TestRest: what has to be answered by handlers alone is at rest where they may hang.
func TestRest(t *testing.T) {
	const asking = "p1 connect c1\nbrowser start\nbrowser dispatch c1\n"
	const second = "p2 connect c2\nbrowser dispatch c2\n"
	for _, c := range []struct {
		why, script, says string
		fails             bool
	}{
		{"a handler may hang, and whether it does is not for a design to choose", asking + "expect quiescent",
			`  ok  quiescent
  ! on condition that scripts=may-hang: the handler of a connect event need not come to an answer
  where deadline=reject if scripts=may-hang
    ! browser give-up c1 is owed once that handler hangs
  where any design if scripts=answer
    ! worker accept c1 is owed
`, false},
		{"a request to accept again is one as well", "design suspend=reaccept\n" + connected + "browser suspend\np1 post c1\nbrowser start\nbrowser dispatch c1\nexpect c1 asking-again\nexpect quiescent",
			"    ! worker accept c1 is owed\n", false},
		{"it is given that they hang, and that no browser gives up", "design scripts=may-hang, deadline=none\n" + asking + "expect quiescent", "  ok  quiescent\n", false},
		{"it is given that they answer", "design scripts=answer\n" + asking + "expect quiescent", "worker accept c1 is owed; expected quiescent", true},
		{"the expectation is about those that answer", asking + "expect quiescent where scripts=answer",
			"worker accept c1 is owed where any design if scripts=answer; expected quiescent", true},
		{"nothing may go wrong", "bounds faults=0\n" + asking + "expect quiescent", "worker accept c1 is owed; expected quiescent", true},
		{"two would have to hang, and one may", "design same-origin=ask\nbounds connections=2\n" + asking + second + "expect quiescent",
			"worker accept c1 is owed; expected quiescent", true},
		{"two may", "design same-origin=ask\nbounds connections=2 faults=2\n" + asking + second + "expect quiescent",
			"    ! browser give-up c2 is owed once that handler hangs\n", false},
		{"one hangs, and a browser with a deadline owes it an end", asking + "worker hang c1\nexpect quiescent", "browser give-up c1 is owed where deadline=reject; expected quiescent", true},
		{"something else is owed as well", "bounds connections=2\n" + asking + "p2 connect c2\nexpect quiescent", "worker accept c1 is owed; expected quiescent", true},
	} {
		var out strings.Builder
		err := Play(strings.NewReader(c.script), "a.txt", &out, model.Space.Full())
		if err != nil {
			out.Reset()
			out.WriteString(err.Error())
		}
		if (err != nil) != c.fails || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: fails %t, want %t, with %q; got\n%s", c.why, err != nil, c.fails, c.says, &out)
		}
	}
}

// TestMay: a step that may be left out is, under the designs that do not enable it, and they stay in play.
func TestMay(t *testing.T) {
	var out bytes.Buffer
	if err := Play(strings.NewReader(connected+"may p1 close c1\nexpect c1 up\n"), "a.txt", &out, model.Space.Full()); err != nil {
		t.Fatal(err)
	}
	if want := "> may p1 close c1\n"; !strings.Contains(out.String(), want) || !strings.Contains(out.String(), "these designs go on without it") {
		t.Errorf("want %q in\n%s", want, &out)
	}
	err := Play(strings.NewReader(connected+"p1 close c1\nexpect c1 up where close=none\n"), "a.txt", &out, model.Space.Full())
	if err == nil || !strings.Contains(err.Error(), "no design in play has close=none") {
		t.Errorf("a step that has to be taken: got %v", err)
	}
	if err := Play(strings.NewReader("may p1 post c1\nexpect c1 unused\n"), "a.txt", &out, model.Space.Full()); err != nil {
		t.Errorf("a step that no design enables: %v", err)
	}
	if err := Play(strings.NewReader("p1 listen c1\n"), "a.txt", &out, model.Space.Full()); !errors.Is(err, ErrNotEnabled) {
		t.Errorf("nobody holds what the page listens to: got %v", err)
	}
	a := family.NewAlgebra(model.Space)
	none := a.First(a.Cube(model.Where(model.Close, model.None)))
	seen, err := Observe(strings.NewReader(connected+"may p1 close c1\n"), "a.txt", none)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range seen.Moves {
		if m.Step.Kind == model.PageCloses || m.InVain {
			t.Errorf("a step that may be left out is tried in vain: %v", m)
		}
	}
}
