package explore

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"cosw/model/family"
)

// tree decides by the answers to questions, of which it may ask one twice.
type tree struct {
	question int
	kids     []tree // by answer; none: a leaf
	leaf     outcome
}

func (t tree) decide(ask Ask) outcome {
	for len(t.kids) > 0 {
		t = t.kids[ask(t.question)]
	}
	return t.leaf
}

// dice make random systems.
type dice struct {
	*rand.Rand
	space  *family.Space
	places int
}

// newDice returns dice for a family of one to four questions and two to nine places. Equal seeds throw alike.
func newDice(seed uint64) (dice, *family.Algebra) {
	r := rand.New(rand.NewPCG(seed, 0))
	var qs []family.Question
	for q := range 1 + r.IntN(4) {
		qs = append(qs, family.Question{ID: fmt.Sprint("q", q), Answers: []string{"x", "y", "z"}[:2+r.IntN(2)]})
	}
	space, err := family.NewSpace(qs...)
	if err != nil {
		panic(err)
	}
	return dice{r, space, 2 + r.IntN(8)}, family.NewAlgebra(space)
}

// tree returns a tree of at most that depth, whose leaves mark with the bits from..from+3, rarely.
func (d dice) tree(depth, from int) tree {
	if depth == 0 || d.IntN(3) == 0 {
		leaf := outcome{enabled: d.IntN(4) > 0, to: place(d.IntN(d.places))}
		if d.IntN(3) == 0 {
			leaf.marks = marks(from + d.IntN(4))
		}
		return tree{leaf: leaf}
	}
	t := tree{question: d.IntN(d.space.Len())}
	for range d.space.Question(t.question).Answers {
		t.kids = append(t.kids, d.tree(depth-1, from))
	}
	return t
}

// toy returns a random system: steps mark with bits 0 to 3, worlds with 4 to 7, and with 8 to 11 when they
// are quiescent.
func (d dice) toy() toy {
	var y toy
	for range 1 + d.IntN(2) {
		y.initial = append(y.initial, place(d.IntN(d.places)))
	}
	for p := range d.places {
		for n := range d.IntN(4) {
			y.rules = append(y.rules, rule{
				name: fmt.Sprint(p, ".", n), from: place(p), internal: d.IntN(2) == 0, take: d.tree(3, 0).decide,
			})
		}
	}
	judgements, quiescent := d.forest(4), d.forest(8)
	y.judge = func(at place, ask Ask) Marks { return judgements[at].decide(ask).marks }
	y.quiescent = func(at place, ask Ask) Marks { return quiescent[at].decide(ask).marks }
	return y
}

// forest returns a tree for each place, with marks from that bit on.
func (d dice) forest(from int) []tree {
	trees := make([]tree, d.places)
	for i := range trees {
		trees[i] = d.tree(2, from)
	}
	return trees
}

// scope returns a random partial design.
func (d dice) scope() family.Cube {
	c := d.space.Full()
	for q := range d.space.Len() {
		if d.IntN(4) == 0 {
			c = c.And(d.space.Literal(q, d.IntN(len(d.space.Question(q).Answers))))
		}
	}
	return c
}

// A search of a family agrees with a plain search of each of its designs.
func TestOracleOnRandomSystems(t *testing.T) {
	for seed := range uint64(150) {
		d, a := newDice(seed)
		y := d.toy()
		o := Options{Algebra: a, Scope: d.scope(), Workers: 2}
		if compare(t, y.new, o); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// A family of one design has the transitions of that design, neither more nor fewer.
func TestOracleOnSingleDesigns(t *testing.T) {
	for seed := range uint64(50) {
		d, a := newDice(seed)
		y := d.toy()
		design := a.First(a.Cube(d.scope()))
		r := complete(t, y.new, Options{Algebra: a, Scope: design, Workers: 1})
		plain := walkAll(y.new(), answers(d.space, design))
		if r.Transitions != plain.transitions || r.Worlds != uint64(len(plain.distance)) || r.Pairs != r.Worlds {
			t.Errorf("seed %d: got %d transitions, %d worlds, %d pairs; want %d transitions, %d worlds",
				seed, r.Transitions, r.Worlds, r.Pairs, plain.transitions, len(plain.distance))
		}
	}
}
