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

// cubes returns all non-empty cubes of s in numerical order.
func cubes(s *family.Space) []family.Cube {
	var all []family.Cube
	for c := family.Cube(0); c <= s.Full(); c++ {
		if !emptyByLooking(s, c) {
			all = append(all, c)
		}
	}
	return all
}

func emptyByLooking(s *family.Space, c family.Cube) bool {
	for q := range s.Len() {
		if c&s.Mask(q) == 0 {
			return true
		}
	}
	return false
}

func TestEveryCube(t *testing.T) {
	s := small(t)
	for c := family.Cube(0); c <= s.Full(); c++ {
		count, literals, open, empty := uint64(1), 0, 0, false
		for q := range s.Len() {
			n := bits.OnesCount64(uint64(c & s.Mask(q)))
			count *= uint64(n)
			empty = empty || n == 0
			if s.Open(c, q) {
				open++
			}
			if s.Open(c, q) != (n > 1) {
				t.Errorf("%b: Open(%d) = %t with %d answers", c, q, s.Open(c, q), n)
			}
			if n < len(s.Question(q).Answers) {
				literals++
			}
		}
		if s.Count(c) != count || s.IsEmpty(c) != empty || s.Literals(c) != literals {
			t.Errorf("%b: count %d, empty %t, %d literals; want %d, %t, %d",
				c, s.Count(c), s.IsEmpty(c), s.Literals(c), count, empty, literals)
		}
		if got, want := s.IsDesign(c), count == 1; got != want {
			t.Errorf("%b: IsDesign = %t, want %t", c, got, want)
		}
	}
}

func TestCubeAnswers(t *testing.T) {
	s := small(t)
	for _, c := range cubes(s) {
		for q := range s.Len() {
			var left []int
			for a := range s.Question(q).Answers {
				if s.Has(c, q, a) {
					left = append(left, a)
				}
				if got, want := s.With(c, q, a), c&s.Literal(q, a); got != want {
					t.Fatalf("With(%b, %d, %d) = %b, want %b", c, q, a, got, want)
				}
			}
			if got := slices.Collect(s.Answers(c, q)); !slices.Equal(got, left) {
				t.Fatalf("Answers(%b, %d) = %v, want %v", c, q, got, left)
			}
			if got := s.Literal(q, left...) & s.Mask(q); got != c&s.Mask(q) {
				t.Fatalf("Literal(%d, %v) = %b, want the answers of %b", q, left, got, c)
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
