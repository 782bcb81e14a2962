package family

import (
	"cmp"
	"fmt"
	"iter"
	"math/bits"
)

// Cube is a product of answer subsets: the designs that answer each question with one of the answers left to it.
// It has one bit per answer of each question of a [Space]; the bits of one question are adjacent in one of two words.
//
// A cube with one bit per question, assumptions included, is a design in one environment; with at least one bit per question a partial design or a term of a
// formula, and one that lacks every answer of some question is empty: it contains no design. The zero Cube has no
// answer at all.
type Cube struct{ low, high uint64 }

// And returns the designs that c and d have in common.
func (c Cube) And(d Cube) Cube { return Cube{c.low & d.low, c.high & d.high} }

// Or returns the cube that leaves the answers of c and those of d: the smallest one that contains both, if neither is
// empty.
func (c Cube) Or(d Cube) Cube { return Cube{c.low | d.low, c.high | d.high} }

// Without returns the answers of c that d does not have.
func (c Cube) Without(d Cube) Cube { return Cube{c.low &^ d.low, c.high &^ d.high} }

// Includes reports whether c has every answer that d has. For non-empty cubes of one space that means that c contains
// every design of d.
func (c Cube) Includes(d Cube) bool { return d.low&^c.low|d.high&^c.high == 0 }

// answers returns how many answers c has.
func (c Cube) answers() int { return bits.OnesCount64(c.low) + bits.OnesCount64(c.high) }

// hash spreads c over 64 bits.
func (c Cube) hash() uint64 { return c.low ^ c.high*0xc2b2ae3d27d4eb4f }

func (c Cube) within(int) bool { return true }

// Full returns the cube of all designs.
func (s *Space) Full() Cube { return s.full }

// Literal returns the cube in which q is limited to those answers and everything else is open. Without answers it is
// empty. It panics when q or an answer does not exist.
func (s *Space) Literal(q int, answers ...int) Cube {
	c := s.full.Without(s.fields[q].mask)
	for _, a := range answers {
		c = c.Or(s.bit(q, a))
	}
	return c
}

// bit returns answer a of question q alone.
func (s *Space) bit(q, a int) Cube {
	f := &s.fields[q]
	if a < 0 || a >= int(f.width) {
		panic(fmt.Sprintf("family: question %s has no answer %d: give 0 to %d", s.questions[q].ID, a, f.width-1))
	}
	return f.cube(1 << a)
}

// With returns c with q limited to answer a: c.And(Literal(q, a)), in a few instructions. The result is empty when c
// does not leave a to q. It does not check that the answer exists.
func (s *Space) With(c Cube, q, a int) Cube { return c.And(s.fields[q].literals[a%maxAnswers]) }

// Free returns c with every answer to q.
func (s *Space) Free(c Cube, q int) Cube { return c.Or(s.fields[q].mask) }

// Replace returns c with the answers that d leaves to q in place of its own.
func (s *Space) Replace(c Cube, q int, d Cube) Cube {
	mask := s.fields[q].mask
	return c.Without(mask).Or(d.And(mask))
}

// Restricts reports whether c lacks an answer to q.
func (s *Space) Restricts(c Cube, q int) bool { return !c.Includes(s.fields[q].mask) }

// Has reports whether c leaves answer a to question q.
func (s *Space) Has(c Cube, q, a int) bool { return s.Bits(c, q)>>a&1 != 0 }

// Bits returns the answers that c leaves to question q, bit a for answer a.
func (s *Space) Bits(c Cube, q int) uint8 {
	f := &s.fields[q]
	word := c.low
	if f.inHigh {
		word = c.high
	}
	return uint8(word>>(f.shift%wordBits)) & f.all
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

// IsDesign reports whether c leaves exactly one answer to each question, assumptions included.
func (s *Space) IsDesign(c Cube) bool { return !s.IsEmpty(c) && c.answers() == len(s.fields) }

// Join returns the cube of the designs of c and of d, which have none in common. It reports false if there is no such cube.
func (s *Space) Join(c, d Cube) (Cube, bool) {
	both := c.Or(d)
	differ := s.occupied(both.Without(c.And(d)))
	return both, differ.answers() <= 1
}

// IsEmpty reports whether c leaves no answer to some question, and so contains no design.
func (s *Space) IsEmpty(c Cube) bool { return s.occupied(c) != s.last }

// Literals returns the number of questions that c restricts: the length of c as a term of a formula.
func (s *Space) Literals(c Cube) int { return s.occupied(s.full.Without(c)).answers() }

// occupied returns the last answer's bit of each question of which c has an answer. Adding the bits of all other answers
// to those of c carries into a question's last bit exactly when one of them is set, and never beyond it.
func (s *Space) occupied(c Cube) Cube {
	return Cube{
		(c.low&s.rest.low + s.rest.low | c.low) & s.last.low,
		(c.high&s.rest.high + s.rest.high | c.high) & s.last.high,
	}
}

// Count returns the number of designs in c: of ways to answer the questions. Assumptions do not count, unless c leaves
// no answer to one.
func (s *Space) Count(c Cube) uint64 {
	if s.IsEmpty(c) {
		return 0
	}
	n := uint64(1)
	for q := range s.designed {
		n *= uint64(bits.OnesCount8(s.Bits(c, q)))
	}
	return n
}

// Answered returns c with every assumption open: what it says of designs.
func (s *Space) Answered(c Cube) Cube { return s.freed(c, s.designed, len(s.questions)) }

// Assumed returns c with every question open but for the assumptions: what it says of the world around designs.
func (s *Space) Assumed(c Cube) Cube { return s.freed(c, 0, s.designed) }

// freed returns c with every answer to the questions from first up to but not including end.
func (s *Space) freed(c Cube, first, end int) Cube {
	for q := first; q < end; q++ {
		c = s.Free(c, q)
	}
	return c
}

// Compare orders terms for a reader; it returns -1, 0 or 1 as x comes before, equals or comes after y.
//
// The term that restricts fewer questions comes first. Among equally long terms the first question in which they
// differ decides: a term that restricts it comes before one that does not; otherwise the one that has the first answer
// which only one of them has comes first. So designs are in lexicographic order of their answers.
func (s *Space) Compare(x, y Cube) int {
	if n := cmp.Compare(s.Literals(x), s.Literals(y)); n != 0 {
		return n
	}
	q := 0
	for q < len(s.fields) && s.Bits(x, q) == s.Bits(y, q) {
		q++
	}
	if q == len(s.fields) {
		return 0
	}
	ours, theirs := s.Bits(x, q), s.Bits(y, q)
	differ := ours ^ theirs
	switch {
	case !s.Restricts(x, q):
		return 1
	case !s.Restricts(y, q):
		return -1
	case ours&differ&-differ != 0:
		return -1
	default:
		return 1
	}
}

// firstQuestion returns the first question of which c, which has one, has an answer.
func (s *Space) firstQuestion(c Cube) int {
	if c.low != 0 {
		return int(s.owner[bits.TrailingZeros64(c.low)])
	}
	return int(s.owner[wordBits+bits.TrailingZeros64(c.high)%wordBits])
}
