package references

import (
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model"
)

// TestLayout: in the picture of any world, boxes stand apart, inside of the picture, and each in the part of its party.
func TestLayout(t *testing.T) {
	m, err := model.New(model.Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 3, Kills: 3})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 5))
		ask := func(q model.Question) model.Answer { return q.Answer(int(seed) % len(q.Answers())) }
		w := m.Initial()[0]
		for range 80 {
			steps := m.Steps(&w, nil)
			m.Take(&w, steps[r.IntN(len(steps))], ask, nil)
			checkLayout(t, Build(&w, ask))
		}
	}
}

func checkLayout(t *testing.T, g *Graph) {
	t.Helper()
	p, l := g.picture("title"), g.layout()
	nodes := g.Nodes()
	if len(p.Boxes) != len(nodes) || len(l.places) != len(nodes) {
		t.Fatalf("%d boxes and %d places for %d nodes", len(p.Boxes), len(l.places), len(nodes))
	}
	for i, n := range nodes {
		a := l.places[n].area(false)
		if a.Left < 0 || a.Top < headHeight-margin || a.Right > p.Width || a.Bottom > p.Height {
			t.Fatalf("%v stands outside of the picture, at %v", n, a)
		}
		for _, other := range nodes[:i] {
			if a.meets(l.places[other].area(false)) {
				t.Fatalf("%v and %v stand in one place", n, other)
			}
			if n.Party() < other.Party() && a.Left > l.places[other].area(false).Right {
				t.Fatalf("%v stands to the right of %v", n, other)
			}
		}
	}
	drawn := 0
	for _, arrow := range p.Arrows {
		drawn += len(arrow.Heads)
	}
	if edges := g.Edges(); drawn != len(edges) {
		t.Fatalf("%d arrow heads for %d references", drawn, len(edges))
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"one two three", []string{"one two", "three"}},
		{"a-word-that-is-too-long for it", []string{"a-word-that-is-too-long", "for it"}},
	} {
		if got := wrap(c.text, 8); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
