package family

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

const (
	maxAnswers  = 8  // answers of one question: a uint8 holds a subset of them
	wordBits    = 64 // a Cube has two words; the answers of one question stand in one of them
	minAnswers  = 2  // with one answer there is nothing to ask
	punctuation = "=,|"
)

// Question is one open point with the answers that close it.
type Question struct {
	ID      string   // unique within its space, in the form that Format writes and Parse reads
	Answers []string // two to eight, unique within the question; the order is the order of all listings
	// Assumption is set for what no design decides: how the world around it is. Its answers are the ways it can be.
	Assumption bool
}

// Space is an ordered list of questions, those that a design answers first and then the assumptions. It is immutable and safe for concurrent use.
type Space struct {
	questions []Question
	designed  int            // how many of them are for designs to answer; the others are assumptions
	index     map[string]int // question by id
	fields    []field        // where each question's answers lie in a Cube
	owner     [2 * wordBits]uint8
	full      Cube // every answer
	last      Cube // the last answer of each question
	rest      Cube // all other answers: full without last
}

// field is the place of one question's answers in a Cube.
type field struct {
	mask     Cube
	literals [maxAnswers]Cube // everything, but for the question's other answers
	inHigh   bool             // the word
	shift    uint8            // in that word
	width    uint8
	all      uint8 // as many ones
}

// cube returns the answers whose bits are given.
func (f *field) cube(answers uint8) Cube {
	if f.inHigh {
		return Cube{high: uint64(answers) << f.shift}
	}
	return Cube{low: uint64(answers) << f.shift}
}

// NewSpace returns the space of the designs that answer all of qs. The order of qs is the order of texts and listings,
// and the variable order of the diagrams: questions that are decided together should stand together.
//
// It fails without questions, when one comes after an assumption, when a question has fewer than two or more than eight answers, when all together have
// more answers than fit into the two words of a Cube, no question's answers being split between them (57 to 64 in each),
// and when a name is empty, given twice, surrounded by blanks, or contains one of = , |.
func NewSpace(qs ...Question) (*Space, error) { return newSpace(wordBits, qs) }

// newSpace is NewSpace with only so many bits of the first word in use, so that a test can put a small space into both.
func newSpace(first int, qs []Question) (*Space, error) {
	if len(qs) == 0 {
		return nil, errors.New("no questions: give at least one")
	}
	s := &Space{index: make(map[string]int, len(qs))}
	used := 0 // bits, those included that are left free at the end of the first word
	for _, q := range qs {
		if err := s.check(q); err != nil {
			return nil, err
		}
		if n := len(q.Answers); used < wordBits && used+n > first {
			used = wordBits
		}
		if used+len(q.Answers) > 2*wordBits {
			return nil, fmt.Errorf("question %s does not fit any more: all questions together have room for some %d answers", q.ID, 2*wordBits)
		}
		s.add(q, used)
		used += len(q.Answers)
	}
	if s.designed == 0 {
		return nil, errors.New("no questions but assumptions: give at least one")
	}
	s.rest = s.full.Without(s.last)
	return s, nil
}

// check reports why q cannot be the next question of s.
func (s *Space) check(q Question) error {
	if err := checkName("question id", q.ID); err != nil {
		return err
	}
	if _, ok := s.index[q.ID]; ok {
		return fmt.Errorf("question %s is given twice: rename or remove one", q.ID)
	}
	if n := len(s.questions); !q.Assumption && n > s.designed {
		return fmt.Errorf("question %s comes after the assumption %s: put assumptions last", q.ID, s.questions[n-1].ID)
	}
	if n := len(q.Answers); n < minAnswers || n > maxAnswers {
		return fmt.Errorf("question %s has %d answers: give %d to %d", q.ID, n, minAnswers, maxAnswers)
	}
	for i, answer := range q.Answers {
		if err := checkName("answer of question "+q.ID, answer); err != nil {
			return err
		}
		if slices.Contains(q.Answers[:i], answer) {
			return fmt.Errorf("question %s has answer %s twice: rename or remove one", q.ID, answer)
		}
	}
	return nil
}

// checkName reports why name could not be written by Format and read back by Parse.
func checkName(what, name string) error {
	switch {
	case name == "":
		return fmt.Errorf("empty %s: name it", what)
	case strings.TrimSpace(name) != name:
		return fmt.Errorf("%s %q has blanks around it: remove them", what, name)
	case strings.ContainsAny(name, punctuation):
		return fmt.Errorf("%s %q contains one of %q: use other characters", what, name, punctuation)
	}
	return nil
}

// add appends q, whose answers take the bits from first on.
func (s *Space) add(q Question, first int) {
	i, width := len(s.questions), len(q.Answers)
	f := field{inHigh: first >= wordBits, shift: uint8(first % wordBits), width: uint8(width), all: 1<<width - 1}
	f.mask = f.cube(f.all)
	everything := Cube{^uint64(0), ^uint64(0)}.Without(f.mask)
	for a := range width {
		f.literals[a] = everything.Or(f.cube(1 << a))
		s.owner[first+a] = uint8(i)
	}
	s.index[q.ID] = i
	s.questions = append(s.questions, Question{q.ID, slices.Clone(q.Answers), q.Assumption})
	if !q.Assumption {
		s.designed++
	}
	s.fields = append(s.fields, f)
	s.full = s.full.Or(f.mask)
	s.last = s.last.Or(f.cube(1 << (width - 1)))
}

// Len returns the number of questions.
func (s *Space) Len() int { return len(s.questions) }

// Question returns question i, 0 <= i < Len. Its answers are shared: do not change them.
func (s *Space) Question(i int) Question { return s.questions[i] }

// Index returns the number of the question with that id.
func (s *Space) Index(id string) (int, bool) {
	i, ok := s.index[id]
	return i, ok
}

// AnswerIndex returns the number of that answer of question q.
func (s *Space) AnswerIndex(q int, answer string) (int, bool) {
	i := slices.Index(s.questions[q].Answers, answer)
	return i, i >= 0
}

// Size returns the number of designs: the product of the numbers of answers, assumptions aside.
func (s *Space) Size() uint64 { return s.Count(s.full) }

// environments returns in how many ways the assumptions can come out together.
func (s *Space) environments() uint64 {
	n := uint64(1)
	for _, q := range s.questions[s.designed:] {
		n *= uint64(len(q.Answers))
	}
	return n
}
