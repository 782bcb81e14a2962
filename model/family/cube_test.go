package family_test

import (
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"cosw/model/family"
)

// small is a space on which every cube can be listed: 3*7*7*3 of them are not empty.
func small(t testing.TB) *family.Space {
	t.Helper()
	return space(t, "p: 0 1", "q: 0 1 2", "r: 0 1 2", "s: 0 1")
}

// anyCube returns the cube that leaves to each question the answers whose bits are given; more bits than answers do no
// harm.
func anyCube(s *family.Space, bits func(q int) uint64) family.Cube {
	c := s.Full()
	for q := range s.Len() {
		var left []int
		for a := range s.Question(q).Answers {
			if bits(q)>>a&1 != 0 {
				left = append(left, a)
			}
		}
		c = c.And(s.Literal(q, left...))
	}
	return c
}

// everyCube returns all cubes of s, the empty ones included.
func everyCube(s *family.Space) []family.Cube {
	shifts, total := make([]int, s.Len()), 0
	for q := range shifts {
		shifts[q] = total
		total += len(s.Question(q).Answers)
	}
	var all []family.Cube
	for n := range uint64(1) << total {
		all = append(all, anyCube(s, func(q int) uint64 { return n >> shifts[q] }))
	}
	return all
}

// cubes returns all non-empty cubes of s.
func cubes(s *family.Space) []family.Cube {
	return slices.DeleteFunc(everyCube(s), func(c family.Cube) bool { return emptyByLooking(s, c) })
}

func emptyByLooking(s *family.Space, c family.Cube) bool {
	for q := range s.Len() {
		if !slices.ContainsFunc([]int{0, 1, 2, 3, 4, 5, 6, 7}, func(a int) bool { return s.Has(c, q, a) }) {
			return true
		}
	}
	return false
}

func TestEveryCube(t *testing.T) {
	for _, s := range []*family.Space{small(t), split(t, 4, "p: 0 1", "q: 0 1 2", "r: 0 1 2")} {
		testEveryCube(t, s)
	}
}

func testEveryCube(t *testing.T, s *family.Space) {
	for _, c := range everyCube(s) {
		count, literals, open, empty := uint64(1), 0, 0, false
		for q := range s.Len() {
			n := bits.OnesCount8(s.Bits(c, q))
			count *= uint64(n)
			empty = empty || n == 0
			if s.Open(c, q) {
				open++
			}
			if s.Open(c, q) != (n > 1) {
				t.Errorf("%v: Open(%d) = %t with %d answers", c, q, s.Open(c, q), n)
			}
			restricts := n < len(s.Question(q).Answers)
			if restricts {
				literals++
			}
			if s.Restricts(c, q) != restricts {
				t.Errorf("%v: Restricts(%d) = %t with %d answers", c, q, s.Restricts(c, q), n)
			}
		}
		if s.Count(c) != count || s.IsEmpty(c) != empty || s.Literals(c) != literals {
			t.Errorf("%v: count %d, empty %t, %d literals; want %d, %t, %d",
				c, s.Count(c), s.IsEmpty(c), s.Literals(c), count, empty, literals)
		}
		if got, want := s.IsDesign(c), count == 1; got != want {
			t.Errorf("%v: IsDesign = %t, want %t", c, got, want)
		}
	}
}

func TestCubeAnswers(t *testing.T) {
	s := split(t, 4, "p: 0 1", "q: 0 1 2", "r: 0 1")
	all := cubes(s)
	for _, c := range all {
		for q := range s.Len() {
			var left []int
			for a := range s.Question(q).Answers {
				if s.Has(c, q, a) {
					left = append(left, a)
				}
				if got, want := s.With(c, q, a), c.And(s.Literal(q, a)); got != want {
					t.Fatalf("With(%v, %d, %d) = %v, want %v", c, q, a, got, want)
				}
			}
			if got := slices.Collect(s.Answers(c, q)); !slices.Equal(got, left) {
				t.Fatalf("Answers(%v, %d) = %v, want %v", c, q, got, left)
			}
			if got := s.Literal(q, left...); s.Replace(got, q, s.Full()) != s.Full() || s.Bits(got, q) != s.Bits(c, q) {
				t.Fatalf("Literal(%d, %v) = %v, want the answers of %v", q, left, got, c)
			}
			for _, d := range all {
				got := s.Replace(c, q, d)
				if s.Bits(got, q) != s.Bits(d, q) || s.Free(got, q) != s.Free(c, q) {
					t.Fatalf("Replace(%v, %d, %v) = %v", c, q, d, got)
				}
			}
		}
	}
}

func TestLiteralPanicsOnMissingAnswer(t *testing.T) {
	s := small(t)
	defer func() {
		want := "family: question s has no answer 2: give 0 to 1"
		if got := fmt.Sprint(recover()); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
	}()
	s.Literal(3, 2)
}

func TestCompareOrdersTermsForAReader(t *testing.T) {
	s := small(t)
	want := []string{
		"",                    // nothing to read
		"p=0",                 // one literal, of the first question, its first answer
		"p=1",                 // ... and its second
		"q=0|1",               // of two literals on q with a first answer in common, the one with the next in order
		"q=0|2",               // ...
		"q=0",                 // ... and the one with no other answer
		"q=1|2", "q=1", "s=0", // the first answer that only one has decides
		"p=0, q=0", "p=0, s=1", "q=0, r=0", // two literals, however many designs they have
		"p=0, q=0, r=0, s=1", "p=0, q=1, r=0, s=0",
	}
	var terms []family.Cube
	for _, text := range want {
		terms = append(terms, parse(t, s, text))
	}
	for i, x := range terms {
		for j, y := range terms {
			if got, want := s.Compare(x, y), sign(i-j); got != want {
				t.Errorf("Compare(%s, %s) = %d, want %d", s.Format(x), s.Format(y), got, want)
			}
		}
	}
}

func sign(n int) int { return max(-1, min(n, 1)) }

func TestCompareIsATotalOrder(t *testing.T) {
	s := space(t, "p: 0 1", "q: 0 1 2", "r: 0 1")
	all := cubes(s)
	for _, x := range all {
		for _, y := range all {
			if s.Compare(x, y) != -s.Compare(y, x) || (s.Compare(x, y) == 0) != (x == y) {
				t.Fatalf("Compare(%s, %s) = %d", s.Format(x), s.Format(y), s.Compare(x, y))
			}
			for _, z := range all {
				if s.Compare(x, y) < 0 && s.Compare(y, z) < 0 && s.Compare(x, z) >= 0 {
					t.Fatalf("%s < %s < %s, but not the first < the last", s.Format(x), s.Format(y), s.Format(z))
				}
			}
		}
	}
}

// parse reads a partial design that is known to be good.
func parse(t testing.TB, s *family.Space, text string) family.Cube {
	t.Helper()
	c, err := s.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Two cubes are one together if that has as many designs as both.
func TestJoin(t *testing.T) {
	s := small(t)
	for _, c := range cubes(s) {
		for _, d := range cubes(s) {
			if !s.IsEmpty(c.And(d)) {
				continue
			}
			both, ok := s.Join(c, d)
			if want := s.Count(c.Or(d)) == s.Count(c)+s.Count(d); ok != want || ok && both != c.Or(d) {
				t.Errorf("%s and %s: got %s, %v, want %v", s.Format(c), s.Format(d), s.Format(both), ok, want)
			}
		}
	}
}
