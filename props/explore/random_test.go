package explore

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
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

// sparing is a toy that gives no mark which it may overlook.
type sparing struct {
	*toy
	overlooked Marks
}

func (s *sparing) Overlook(m Marks) { s.overlooked = m }

func (s *sparing) Take(w *place, step Step, ask Ask) (Marks, bool) {
	m, ok := s.toy.Take(w, step, ask)
	return m &^ s.overlooked, ok
}

func (s *sparing) Judge(w *place, ask Ask) Marks { return s.toy.Judge(w, ask) &^ s.overlooked }

func (s *sparing) JudgeQuiescent(w *place, ask Ask) Marks {
	return s.toy.JudgeQuiescent(w, ask) &^ s.overlooked
}

// A system that overlooks what it may shows the same, of marks that are premises and of those that are not.
func TestOverlook(t *testing.T) {
	overlooked := 0
	for seed := range uint64(150) {
		d, a := newDice(seed)
		y := d.toy()
		o := Options{Algebra: a, Scope: d.scope(), Premises: marks(0, 2, 4, 6, 8, 10), Workers: 2}
		want := complete(t, y.new, o)
		var systems []*sparing
		got := complete(t, func() System[place, uint32] {
			systems = append(systems, &sparing{toy: &y})
			return systems[len(systems)-1]
		}, o)
		if got.Seen != want.Seen || got.Pairs != want.Pairs || got.Worlds != want.Worlds || got.Depth != want.Depth {
			t.Errorf("seed %d: got %b, %d pairs, want %b, %d", seed, got.Seen, got.Pairs, want.Seen, want.Pairs)
		}
		for bit := range 64 {
			if o.Premises>>bit&1 == 0 && (got.Marked(bit) != want.Marked(bit) || !slices.Equal(got.Nearest(bit), want.Nearest(bit))) {
				t.Errorf("seed %d: bit %d is seen under %s, want %s", seed, bit, formula(a, got.Marked(bit)), formula(a, want.Marked(bit)))
			}
		}
		for _, s := range systems {
			if s.overlooked&^want.Seen != 0 {
				t.Errorf("seed %d: %b were to be overlooked, and %b is all there is to see", seed, s.overlooked, want.Seen)
			}
			overlooked += bits.OnesCount64(uint64(s.overlooked))
		}
	}
	if overlooked < 100 {
		t.Errorf("%d marks were overlooked: hardly anything was tried", overlooked)
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
