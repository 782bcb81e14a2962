package script

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

const suspended = "p1 connect c1\nquiesce\nbrowser suspend\n"

func TestReach(t *testing.T) {
	e, err := Reach(strings.NewReader(suspended), "script", model.Space.Full())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, ending := range e.Worlds {
		c := ending.World.Connections[0]
		got = append(got, phaseText(1, c.Phase)+" where "+strings.Join(e.Terms(ending.Designs), orText))
	}
	want := []string{
		"c1 is down where page-notice=none, suspend=sever",
		"c1 is down where page-notice=event|state, suspend=sever",
		"c1 is up where suspend=wake",
		"c1 is to-ask-again where suspend=reaccept",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if without := e.Sets.Restrict(e.Designs(), model.Where(model.Suspend, model.Keepalive)); without != family.None {
		t.Error("a design is in play under which the worker cannot be suspended")
	}
}

// TestLook: each design is in exactly one sight, that of the answers which it gives.
func TestLook(t *testing.T) {
	e, err := Reach(strings.NewReader(suspended), "script", model.Space.Full())
	if err != nil {
		t.Fatal(err)
	}
	for _, ending := range e.Worlds {
		sights := Look(e, ending, func(_ *model.World, ask model.Ask) [2]model.Answer {
			if ask(model.Suspend) == model.Sever {
				return [2]model.Answer{model.Sever}
			}
			return [2]model.Answer{ask(model.Suspend), ask(model.Update)}
		})
		covered, n, looks := family.None, uint64(0), 0
		for s := range sights {
			looks++
			covered, n = e.Sets.Union(covered, s.Designs), n+e.Sets.Count(s.Designs)
			if e.Sets.Restrict(s.Designs, model.Where(model.Suspend, s.Result[0])) != s.Designs {
				t.Errorf("%v is seen under other designs as well", s.Result)
			}
		}
		if covered != ending.Designs || n != e.Sets.Count(covered) {
			t.Errorf("%d sights do not split the designs of the world", looks)
		}
	}
}

func TestReachErrors(t *testing.T) {
	for _, c := range []struct {
		script string
		within family.Cube
		kind   error
		text   string
	}{
		{"p1 conect c1", model.Space.Full(), nil, `script:1: unknown step of p1 "conect"`},
		{"worker accept c1", model.Space.Full(), ErrNotEnabled, "script:1: worker accept c1 is not enabled"},
		{"expect c1 up", model.Space.Full(), ErrExpectation, "script:1: c1 is unused"},
		{"", model.Space.Full(), nil, wrongNothing},
		{"p1 connect c1", family.Cube{}, nil, wrongWithin},
	} {
		_, err := Reach(strings.NewReader(c.script), "script", c.within)
		if err == nil || !strings.Contains(err.Error(), c.text) || c.kind != nil && !errors.Is(err, c.kind) {
			t.Errorf("%q: got %v, want %s", c.script, err, c.text)
		}
	}
}
