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
