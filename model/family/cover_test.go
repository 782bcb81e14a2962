package family_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model/family"
)

// primesByLooking returns the primes of x among all cubes: those within x that no other one within x includes.
func primesByLooking(l listed, m members) []family.Cube {
	var within []family.Cube
	for _, c := range cubes(l.space) {
		if inside := l.where(c.Includes); !slices.ContainsFunc(l.order(inside), func(d family.Cube) bool { return !m[d] }) {
			within = append(within, c)
		}
	}
	var primes []family.Cube
	for _, c := range within {
		larger := func(d family.Cube) bool { return d != c && d.Includes(c) }
		if !slices.ContainsFunc(within, larger) {
			primes = append(primes, c)
		}
	}
	slices.SortFunc(primes, l.space.Compare)
	return primes
}

func TestPrimesAgreeWithLooking(t *testing.T) {
	for i, s := range []*family.Space{
		space(t, "p: 0 1"), space(t, "p: 0 1 2 3", "q: 0 1"), space(t, "p: 0 1", "q: 0 1 2", "r: 0 1 2"),
	} {
		l, a, r := list(s), family.NewAlgebra(s), rand.New(rand.NewPCG(uint64(i), 3))
		for n := range 60 {
			m := l.random(r, float64(n)/60)
			got, ok := a.Primes(l.build(a, m))
			if want := primesByLooking(l, m); !ok || !slices.Equal(got, want) {
				t.Errorf("primes of %v = %v, %t, want %v", l.order(m), got, ok, want)
			}
		}
	}
}

func TestPrimesOfTerminals(t *testing.T) {
	s := small(t)
	a := family.NewAlgebra(s)
	if got, ok := a.Primes(family.None); len(got) != 0 || !ok {
		t.Errorf("primes of None = %v, %t", got, ok)
	}
	if got, ok := a.Primes(family.All); !slices.Equal(got, []family.Cube{s.Full()}) || !ok {
		t.Errorf("primes of All = %v, %t", got, ok)
	}
}

// least returns the size of a smallest cover of m by cubes of primes, as terms and literals, by trying all choices.
func least(l listed, m members, primes []family.Cube) (terms, literals int) {
	terms, literals = len(primes)+1, 0
	var try func(i, n, sum int, covered members)
	try = func(i, n, sum int, covered members) {
		if n > terms || n == terms && sum >= literals {
			return
		}
		if len(covered) == len(m) {
			terms, literals = n, sum
			return
		}
		if i == len(primes) {
			return
		}
		more := l.where(func(d family.Cube) bool { return covered[d] || primes[i].Includes(d) })
		if len(more) > len(covered) {
			try(i+1, n+1, sum+l.space.Literals(primes[i]), more)
		}
		try(i+1, n, sum, covered)
	}
	try(0, 0, 0, members{})
	return terms, literals
}

func TestCoverIsSmallest(t *testing.T) {
	for i, s := range []*family.Space{
		space(t, "p: 0 1"), space(t, "p: 0 1 2", "q: 0 1 2"), space(t, "p: 0 1", "q: 0 1 2", "r: 0 1"),
		space(t, "p: 0 1", "q: 0 1", "r: 0 1", "s: 0 1"), // the smallest space with cyclic cores
	} {
		l, a, r := list(s), family.NewAlgebra(s), rand.New(rand.NewPCG(uint64(i), 4))
		for n := range 100 {
			m := l.random(r, float64(n%20+1)/21)
			x := l.build(a, m)
			primes, _ := a.Primes(x)
			cover := a.Cover(x)
			literals := 0
			for _, term := range cover.Terms {
				literals += s.Literals(term)
				if !slices.Contains(primes, term) {
					t.Errorf("term %s of %s is not prime", s.Format(term), a.Formula(cover))
				}
			}
			if !cover.Exact || !a.Equivalent(cover, x) || !slices.IsSortedFunc(cover.Terms, s.Compare) {
				t.Errorf("cover %s of %v: exact %t", a.Formula(cover), l.order(m), cover.Exact)
			}
			wantTerms, wantLiterals := least(l, m, primes)
			if len(cover.Terms) != wantTerms || literals != wantLiterals {
				t.Errorf("cover %s has %d terms with %d literals, want %d with %d",
					a.Formula(cover), len(cover.Terms), literals, wantTerms, wantLiterals)
			}
		}
	}
}

func TestCoverOfKnownSets(t *testing.T) {
	s := space(t, "p: 0 1", "q: 0 1", "r: 0 1", "s: a b c")
	tests := []struct {
		why, want string
		terms     []string
	}{
		{"no term is no design", "no design", nil},
		{"the empty term is any design", "any design", []string{""}},
		{"terms that meet become one", "s=a|c", []string{"s=a", "s=c"}},
		{"all answers of a question need no literal", "p=0", []string{"p=0, s=a", "p=0, s=b", "p=0, s=c"}},
		{"a consensus term is left out", "p=0, q=0 or p=1, r=0", []string{"p=0, q=0", "p=1, r=0", "q=0, r=0"}},
		{"a cyclic core: three of six primes will do, no prime is essential", "p=0, q=1 or p=1, r=0 or q=0, r=1",
			[]string{"p=0, q=1", "q=0, r=1", "p=1, r=0"}},
		{"parity cannot be shortened", "p=0, q=0, r=1 or p=0, q=1, r=0 or p=1, q=0, r=0 or p=1, q=1, r=1",
			[]string{"p=0, q=0, r=1", "p=0, q=1, r=0", "p=1, q=0, r=0", "p=1, q=1, r=1"}},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			a := family.NewAlgebra(s)
			x := family.None
			for _, text := range tt.terms {
				x = a.Union(x, a.Cube(parse(t, s, text)))
			}
			if got := a.Formula(a.Cover(x)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestEquivalentSeesADifference(t *testing.T) {
	s := small(t)
	a := family.NewAlgebra(s)
	cover := family.Cover{Terms: []family.Cube{s.Literal(0, 0), s.Literal(1, 2)}}
	x := a.Union(a.Cube(s.Literal(0, 0)), a.Cube(s.Literal(1, 2)))
	if !a.Equivalent(cover, x) {
		t.Error("a cover is not equivalent to the union of its terms")
	}
	if a.Equivalent(cover, a.Minus(x, a.Cube(a.First(x)))) {
		t.Error("a missing design went unseen")
	}
	if a.Equivalent(cover, family.All) {
		t.Error("designs too many went unseen")
	}
}

// TestCoverBeyondTheLimits has sets with too many primes or regions for a proof, or nearly so: the cover must be
// equivalent and irredundant all the same.
func TestCoverBeyondTheLimits(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	tests := []struct {
		why          string
		terms, width int  // of the formula that the set is made from
		complement   bool // of that formula
		listed       bool // whether the primes can be listed
		exact        bool
	}{
		{"a formula such as a search finds", 15, 5, false, true, true},
		{"few primes, but too many regions", 10, 4, true, true, false},
		{"too many primes", 40, 6, false, false, false},
	}
	s := draft(t)
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			a, r := family.NewAlgebra(s), rand.New(rand.NewPCG(5, 0))
			x := family.None
			for range tt.terms {
				x = a.Union(x, a.Cube(randomTerm(s, r, tt.width)))
			}
			if tt.complement {
				x = a.Complement(x)
			}
			if primes, listed := a.Primes(x); listed != tt.listed || listed == (len(primes) == 0) {
				t.Errorf("%d primes, listed %t", len(primes), listed)
			}
			cover := a.Cover(x)
			if cover.Exact != tt.exact {
				t.Errorf("exact %t with %d terms", cover.Exact, len(cover.Terms))
			}
			for i := 0; i < len(cover.Terms); i += 1 + len(cover.Terms)/20 {
				rest := slices.Delete(slices.Clone(cover.Terms), i, i+1)
				if a.Equivalent(family.Cover{Terms: rest}, x) {
					t.Errorf("term %s can be left out", s.Format(cover.Terms[i]))
				}
			}
		})
	}
}

// randomTerm returns a term with one answer to each of at most that many questions.
func randomTerm(s *family.Space, r *rand.Rand, literals int) family.Cube {
	c := s.Full()
	for range literals {
		q := r.IntN(s.Len())
		c = s.With(s.Free(c, q), q, r.IntN(len(s.Question(q).Answers)))
	}
	return c
}

func TestCoverLeavesNoNodesOfItsSearch(t *testing.T) {
	s := draft(t)
	a, r := family.NewAlgebra(s), rand.New(rand.NewPCG(6, 0))
	x := family.None
	for range 12 {
		x = a.Union(x, a.Cube(randomTerm(s, r, 4)))
	}
	before := a.Nodes()
	if _, ok := a.Primes(x); !ok || a.Nodes() != before {
		t.Errorf("Primes left %d nodes", a.Nodes()-before)
	}
	a.Cover(x)
	if left := a.Nodes() - before; left > before {
		t.Errorf("Cover left %d nodes, more than the %d it found", left, before)
	}
}
