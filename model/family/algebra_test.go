package family_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model/family"
)

// listed is the other implementation of sets of designs: a list of all designs, and for each whether it is in.
type listed struct {
	space   *family.Space
	designs []family.Cube // in lexicographic order
}

func list(s *family.Space) listed {
	designs := []family.Cube{s.Full()}
	for q := range s.Len() {
		var longer []family.Cube
		for _, d := range designs {
			for a := range s.Question(q).Answers {
				longer = append(longer, d.And(s.Literal(q, a)))
			}
		}
		designs = longer
	}
	return listed{s, designs}
}

// members is a set of designs.
type members map[family.Cube]bool

// where returns the designs for which in holds.
func (l listed) where(in func(d family.Cube) bool) members {
	m := members{}
	for _, d := range l.designs {
		if in(d) {
			m[d] = true
		}
	}
	return m
}

// random returns a set that contains each design with probability p.
func (l listed) random(r *rand.Rand, p float64) members {
	return l.where(func(family.Cube) bool { return r.Float64() < p })
}

// order returns the designs of m in lexicographic order.
func (l listed) order(m members) []family.Cube {
	var in []family.Cube
	for _, d := range l.designs {
		if m[d] {
			in = append(in, d)
		}
	}
	return in
}

// build returns m as a set of a, one design after the other.
func (l listed) build(a *family.Algebra, m members) family.Set {
	x := family.None
	for _, d := range l.order(m) {
		x = a.Union(x, a.Cube(d))
	}
	return x
}

// spaces are small enough to list, and differ in the places that have many answers.
func spaces(t testing.TB) []*family.Space {
	return []*family.Space{
		space(t, "p: 0 1"),
		space(t, "p: 0 1 2 3 4 5 6 7", "q: 0 1"),
		space(t, "p: 0 1", "q: 0 1 2", "r: 0 1 2 3"),
		space(t, "p: 0 1 2 3", "q: 0 1", "r: 0 1 2"),
		space(t, "p: 0 1", "q: 0 1", "r: 0 1", "s: 0 1", "t: 0 1 2"),
		split(t, 5, "p: 0 1", "q: 0 1 2", "r: 0 1", "s: 0 1 2"),
		split(t, 6, "p: 0 1", "q: 0 1 2", "if r: 0 1", "if s: 0 1 2"),
	}
}

// eachRandom runs do with many random sets of every space, from nearly empty to nearly full ones.
func eachRandom(t *testing.T, do func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64)) {
	for i, s := range spaces(t) {
		t.Run(fmt.Sprintf("space %d", i), func(t *testing.T) {
			l, a, r := list(s), family.NewAlgebra(s), rand.New(rand.NewPCG(uint64(i), 1))
			for _, p := range []float64{0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98} {
				for range 20 {
					do(t, l, a, r, p)
				}
			}
		})
	}
}

// same fails the test unless x, computed somehow, is the very set that is built from want.
func same(t *testing.T, l listed, a *family.Algebra, what string, x family.Set, want members) {
	t.Helper()
	if built := l.build(a, want); x != built {
		t.Errorf("%s = set %d with %v, want set %d with %v",
			what, x, slices.Collect(a.Designs(x)), built, l.order(want))
	}
}

func TestOperationsAgreeWithLists(t *testing.T) {
	eachRandom(t, func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64) {
		m, n := l.random(r, p), l.random(r, 0.5)
		x, y := l.build(a, m), l.build(a, n)
		is := func(in func(d family.Cube) bool) members { return l.where(in) }
		same(t, l, a, "union", a.Union(x, y), is(func(d family.Cube) bool { return m[d] || n[d] }))
		same(t, l, a, "intersection", a.Intersect(x, y), is(func(d family.Cube) bool { return m[d] && n[d] }))
		if got, want := a.Within(x, y), !slices.ContainsFunc(l.order(m), func(d family.Cube) bool { return !n[d] }); got != want {
			t.Errorf("the first set is within the second one: %v, want %v", got, want)
		}
		same(t, l, a, "difference", a.Minus(x, y), is(func(d family.Cube) bool { return m[d] && !n[d] }))
		same(t, l, a, "difference back", a.Minus(y, x), is(func(d family.Cube) bool { return n[d] && !m[d] }))
		same(t, l, a, "complement", a.Complement(x), is(func(d family.Cube) bool { return !m[d] }))
	})
}

func TestRestrictAndIncludesAgreeWithLists(t *testing.T) {
	eachRandom(t, func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64) {
		m := l.random(r, p)
		x := l.build(a, m)
		for range 20 {
			c := anyCube(l.space, func(int) uint64 { return r.Uint64() | r.Uint64() }) // often not empty, and sometimes empty
			inside := l.where(func(d family.Cube) bool { return c.Includes(d) })
			both := l.where(func(d family.Cube) bool { return m[d] && inside[d] })
			same(t, l, a, "cube", a.Cube(c), inside)
			same(t, l, a, "restriction", a.Restrict(x, c), both)
			if got, want := a.Includes(x, c), len(both) == len(inside); got != want {
				t.Errorf("Includes(%v, %s) = %t", l.order(m), l.space.Format(c), got)
			}
		}
		for _, d := range l.designs {
			if a.Includes(x, d) != m[d] {
				t.Errorf("membership of %s = %t, want %t", l.space.Format(d), !m[d], m[d])
			}
		}
	})
}

func TestFlipAgreesWithLists(t *testing.T) {
	eachRandom(t, func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64) {
		m := l.random(r, p)
		x := l.build(a, m)
		for q := range l.space.Len() {
			for answer := range l.space.Question(q).Answers {
				want := l.where(func(d family.Cube) bool {
					return m[l.space.Replace(d, q, l.space.Literal(q, answer))]
				})
				same(t, l, a, "flip", a.Flip(x, q, answer), want)
			}
		}
	})
}

func TestQueriesAgreeWithLists(t *testing.T) {
	eachRandom(t, func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64) {
		m := l.random(r, p)
		x, order := l.build(a, m), l.order(m)
		var hull, first family.Cube
		for i, d := range order {
			hull = hull.Or(d)
			if got := a.Nth(x, uint64(i)); got != d {
				t.Errorf("Nth(%v, %d) = %s, want %s", order, i, l.space.Format(got), l.space.Format(d))
			}
		}
		if len(order) > 0 {
			first = order[0]
		}
		if a.CountAll(x) != uint64(len(m)) || a.Hull(x) != hull || a.First(x) != first {
			t.Errorf("%v: count %d, hull %s, first %s",
				order, a.Count(x), l.space.Format(a.Hull(x)), l.space.Format(a.First(x)))
		}
		if got := slices.Collect(a.Designs(x)); !slices.Equal(got, order) {
			t.Errorf("Designs = %v, want %v", got, order)
		}
	})
}

func TestDesignsStopsWhenAsked(t *testing.T) {
	a := family.NewAlgebra(draft(t))
	n := 0
	for range a.Designs(family.All) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("went on to %d designs", n)
	}
}

func TestNthPanicsBeyondTheSet(t *testing.T) {
	s := small(t)
	a := family.NewAlgebra(s)
	for x, want := range map[family.Set]string{
		family.None: "family: no design 36 in a set of 0: give an index below its count",
		family.All:  "family: no design 36 in a set of 36: give an index below its count",
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			a.Nth(x, 36)
		}()
	}
}

// TestLargeDiagrams makes enough nodes for the unique table and the memos to grow and for memo entries to be lost, and
// compares what can be compared without a list.
func TestLargeDiagrams(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	s := draft(t)
	a, r := family.NewAlgebra(s), rand.New(rand.NewPCG(1, 2))
	start := a.Bytes()
	var sets []family.Set
	for range 40 {
		sets = append(sets, a.Minus(randomUnion(a, r, 10, 12), randomUnion(a, r, 6, 9)))
	}
	if a.Nodes() < 20_000 || a.Bytes() <= start {
		t.Fatalf("%d nodes, %d bytes: too few to test growth", a.Nodes(), a.Bytes())
	}
	for i, x := range sets {
		y := sets[(i+1)%len(sets)]
		both, either := a.Intersect(x, y), a.Union(x, y)
		if !a.Within(both, x) || !a.Within(x, either) || a.Within(x, y) != (a.Minus(x, y) == family.None) {
			t.Errorf("sets %d and %d: one is within another, or is not, as it should not be", i, i+1)
		}
		if a.Count(x)+a.Count(y) != a.Count(both)+a.Count(either) {
			t.Errorf("sets %d and %d: counts do not add up", i, i+1)
		}
		if got := a.Complement(a.Union(a.Complement(x), a.Complement(y))); got != both {
			t.Errorf("sets %d and %d: De Morgan fails", i, i+1)
		}
		if a.Union(a.Minus(x, y), both) != x {
			t.Errorf("sets %d and %d: difference and intersection do not make up the first", i, i+1)
		}
		c := randomCube(s, r, 5)
		if a.Restrict(x, c) != a.Intersect(x, a.Cube(c)) {
			t.Errorf("set %d: restriction to %s differs from intersection", i, s.Format(c))
		}
		d := a.Nth(x, r.Uint64N(a.Count(x)))
		if !a.Includes(x, d) || !a.Hull(x).Includes(d) || !s.IsDesign(d) {
			t.Errorf("set %d: drawn design %s is not in it", i, s.Format(d))
		}
	}
}

// randomCube returns a cube that restricts at most that many questions of s, most often to one or two answers.
func randomCube(s *family.Space, r *rand.Rand, literals int) family.Cube {
	c := s.Full()
	for range literals {
		q := r.IntN(s.Len())
		n := len(s.Question(q).Answers)
		c = s.Replace(c, q, s.Literal(q, r.IntN(n), r.IntN(n)))
	}
	return c
}

// randomUnion returns the union of random cubes with about the given number of literals.
func randomUnion(a *family.Algebra, r *rand.Rand, cubes, literals int) family.Set {
	x := family.None
	for range cubes {
		x = a.Union(x, a.Cube(randomCube(a.Space(), r, literals)))
	}
	return x
}

func TestSameCallsSameHandles(t *testing.T) {
	s := draft(t)
	run := func() (family.Set, string) {
		a := family.NewAlgebra(s)
		x := randomUnion(a, rand.New(rand.NewPCG(7, 7)), 12, 4)
		return x, a.Formula(a.Cover(x))
	}
	x, formula := run()
	for range 3 {
		if y, again := run(); x != y || formula != again {
			t.Fatalf("set %d with %s, then set %d with %s", x, formula, y, again)
		}
	}
}

// TestForget: what was there before stays as it was, and what is made afterwards is right, whatever was dropped.
func TestForget(t *testing.T) {
	eachRandom(t, func(t *testing.T, l listed, a *family.Algebra, r *rand.Rand, p float64) {
		m, n := l.random(r, p), l.random(r, 0.5)
		x := l.build(a, m)
		nodes := a.Nodes()
		for range 3 {
			y := l.build(a, n)
			same(t, l, a, "union", a.Union(x, y), l.where(func(d family.Cube) bool { return m[d] || n[d] }))
			same(t, l, a, "intersection", a.Intersect(x, y), l.where(func(d family.Cube) bool { return m[d] && n[d] }))
			same(t, l, a, "difference", a.Minus(x, y), l.where(func(d family.Cube) bool { return m[d] && !n[d] }))
			c := anyCube(l.space, func(int) uint64 { return r.Uint64() | r.Uint64() })
			same(t, l, a, "restriction", a.Restrict(x, c), l.where(func(d family.Cube) bool { return m[d] && c.Includes(d) }))
			a.Forget(nodes)
			if a.Nodes() != nodes {
				t.Errorf("%d nodes, want %d", a.Nodes(), nodes)
			}
			same(t, l, a, "what was there before", x, m)
			n = l.random(r, p)
		}
	})
}

func TestTerminals(t *testing.T) {
	s := small(t)
	a := family.NewAlgebra(s)
	tests := map[string]struct{ got, want family.Set }{
		"the full cube":           {a.Cube(s.Full()), family.All},
		"an empty cube":           {a.Cube(s.Literal(1)), family.None},
		"nothing at all":          {a.Cube(family.Cube{}), family.None},
		"complement of all":       {a.Complement(family.All), family.None},
		"complement of none":      {a.Complement(family.None), family.All},
		"all questions' answers":  {a.Union(a.Cube(s.Literal(0, 0)), a.Cube(s.Literal(0, 1))), family.All},
		"restriction of nothing":  {a.Restrict(family.None, s.Full()), family.None},
		"restriction to nothing":  {a.Restrict(family.All, family.Cube{}), family.None},
		"an irrelevant answer":    {a.Flip(family.All, 1, 2), family.All},
		"an answer of its own":    {a.Flip(a.Cube(s.Literal(2, 1)), 2, 1), family.All},
		"an answer of its others": {a.Flip(a.Cube(s.Literal(2, 1)), 2, 0), family.None},
	}
	for _, why := range slices.Sorted(maps.Keys(tests)) {
		if tt := tests[why]; tt.got != tt.want {
			t.Errorf("%s: set %d, want %d", why, tt.got, tt.want)
		}
	}
}
