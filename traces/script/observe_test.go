package script

import (
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// TestObserve: a step that is not enabled is tried in vain, pages listen as soon as they can, and every design with the
// answers that were asked for does the same.
func TestObserve(t *testing.T) {
	const script = "# comment\np1 connect c1\nquiesce\np1 close c1\nbrowser suspend\nquiesce\n"
	sets := family.NewAlgebra(model.Space)
	observe := func(answers string) Observed {
		cube, err := model.Space.Parse(answers)
		if err != nil {
			t.Fatal(err)
		}
		o, err := Observe(strings.NewReader(script), "x", sets.First(sets.Cube(cube)))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, c := range []struct{ answers, want string }{
		{"close=none, page-notice=event, suspend=sever, listens=sometime", "p1 connect c1, *browser start, *browser dispatch c1, *worker accept c1, *p1 listen c1, !p1 close c1, browser suspend, *p1 learn c1"},
		{"close=close, page-notice=none", "p1 connect c1, *browser start, *browser dispatch c1, *worker accept c1, p1 close c1, browser suspend"},
		{"close=none, suspend=keepalive, page-notice=none", "p1 connect c1, *browser start, *browser dispatch c1, *worker accept c1, !p1 close c1, !browser suspend"},
	} {
		o := observe(c.answers)
		var moves []string
		for _, m := range o.Moves {
			mark := ""
			switch {
			case m.Owed:
				mark = "*"
			case m.InVain:
				mark = "!"
			}
			moves = append(moves, mark+m.Step.String())
		}
		if got := strings.Join(moves, ", "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.answers, got, c.want)
		}
		asked := sets.Cube(o.Asked)
		const tried = 100
		for i := range uint64(tried) {
			d := sets.Nth(asked, sets.CountAll(asked)/tried*i)
			other, err := Observe(strings.NewReader(script), "x", d)
			if err != nil || len(other.Moves) != len(o.Moves) || other.Asked != o.Asked {
				t.Errorf("%s: does something else under %s", c.answers, model.Space.Format(d))
			}
		}
	}
	if _, err := Observe(strings.NewReader(script), "x", model.Space.Full()); err == nil {
		t.Error("a design with open questions is observed")
	}
}
