package family

import (
	"cmp"
	"fmt"
	"iter"
	"math/bits"
)

// Cube is a product of answer subsets: the designs that answer each question with one of the answers left to it.
// It has one bit per answer of each question of a [Space]; the bits of one question are adjacent, its first answer
// lowest, and the first question has the lowest bits.
//
// A cube with one bit per question is a design, with at least one bit per question a partial design or a term of a
// formula, and one that lacks every answer of some question is empty: it contains no design.
//
// The intersection of two cubes of one space is x & y.
type Cube uint64

// Includes reports whether c has every answer that d has. For non-empty cubes of one space that is to say that c
// contains every design of d.
func (c Cube) Includes(d Cube) bool { return d&^c == 0 }

// Full returns the cube of all designs.
func (s *Space) Full() Cube { return s.full }

// Mask returns all answers of question q and nothing else.
func (s *Space) Mask(q int) Cube { return s.fields[q].mask }

// Literal returns the cube in which q is limited to those answers and everything else is open. Without answers it is
// empty. It panics when q or an answer does not exist.
func (s *Space) Literal(q int, answers ...int) Cube {
	c := s.full &^ s.fields[q].mask
	for _, a := range answers {
		c |= s.bit(q, a)
	}
	return c
}

// bit returns answer a of question q alone.
func (s *Space) bit(q, a int) Cube {
	f := s.fields[q]
	if a < 0 || a >= int(f.width) {
		panic(fmt.Sprintf("family: question %s has no answer %d: give 0 to %d", s.questions[q].ID, a, f.width-1))
	}
	return 1 << (int(f.shift) + a)
}

// With returns c with q limited to answer a: c & Literal(q, a), in a few instructions. The result is empty when c does
// not leave a to q. It does not check that the answer exists.
func (s *Space) With(c Cube, q, a int) Cube {
	f := &s.fields[q]
	return c & (^f.mask | 1<<((uint(f.shift)+uint(a))%maxAllBits))
}

// Has reports whether c leaves answer a to question q.
func (s *Space) Has(c Cube, q, a int) bool { return s.Bits(c, q)>>a&1 != 0 }

// Bits returns the answers that c leaves to question q, bit a for answer a.
func (s *Space) Bits(c Cube, q int) uint8 {
	f := &s.fields[q]
	return uint8(c & f.mask >> (f.shift % maxAllBits))
}

// Answers yields the answers that c leaves to question q, in order.
func (s *Space) Answers(c Cube, q int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for left := s.Bits(c, q); left != 0; left &= left - 1 {
			if !yield(bits.TrailingZeros8(left)) {
				return
			}
		}
	}
}

// Open reports whether c leaves more than one answer to question q.
func (s *Space) Open(c Cube, q int) bool {
	left := s.Bits(c, q)
	return left&(left-1) != 0
}

// IsDesign reports whether c leaves exactly one answer to each question.
func (s *Space) IsDesign(c Cube) bool {
	return !s.IsEmpty(c) && bits.OnesCount64(uint64(c)) == len(s.fields)
}

// IsEmpty reports whether c leaves no answer to some question, and so contains no design.
func (s *Space) IsEmpty(c Cube) bool { return s.occupied(c) != s.high }

// Literals returns the number of questions that c restricts: the length of c as a term of a formula.
func (s *Space) Literals(c Cube) int { return bits.OnesCount64(uint64(s.occupied(s.full &^ c))) }

// occupied returns the last answer's bit of each question of which c has an answer. Adding low to c's low bits carries
// into a question's high bit exactly when one of them is set, and never beyond it.
func (s *Space) occupied(c Cube) Cube { return (c&s.low + s.low | c) & s.high }

// Count returns the number of designs in c.
func (s *Space) Count(c Cube) uint64 {
	n := uint64(1)
	for _, f := range s.fields {
		n *= uint64(bits.OnesCount64(uint64(c & f.mask)))
	}
	return n
}

// Compare orders terms for a reader; it returns -1, 0 or 1 as x comes before, equals or comes after y.
//
// The term that restricts fewer questions comes first. Among equally long terms the first question in which they
// differ decides: a term that restricts it comes before one that does not, and else the one that has the first answer
// which only one of them has. Designs are thereby in lexicographic order of their answers.
func (s *Space) Compare(x, y Cube) int {
	if n := cmp.Compare(s.Literals(x), s.Literals(y)); n != 0 {
		return n
	}
	differ := (x ^ y) & s.full
	if differ == 0 {
		return 0
	}
	mask := s.fields[s.firstQuestion(differ)].mask
	first := differ & -differ
	switch {
	case x.Includes(mask):
		return 1
	case y.Includes(mask):
		return -1
	case x&first != 0:
		return -1
	default:
		return 1
	}
}

// firstQuestion returns the first question of which c, not 0, has an answer.
func (s *Space) firstQuestion(c Cube) int {
	return int(s.owner[bits.TrailingZeros64(uint64(c))%maxAllBits])
}
