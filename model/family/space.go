package family

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

const (
	maxAnswers  = 8  // answers of one question: a uint8 holds a subset of them
	maxAllBits  = 64 // answers of all questions: a Cube holds a subset for each
	minAnswers  = 2  // with one answer there is nothing to ask
	punctuation = "=,|"
)

// Question is one open point with the answers that close it.
type Question struct {
	ID      string   // unique within its space, in the form that Format writes and Parse reads
	Answers []string // two to eight, unique within the question; the order is the order of all listings
}

// Space is an ordered list of questions. It is immutable and safe for concurrent use.
type Space struct {
	questions []Question
	index     map[string]int // question by id
	fields    []field        // where each question's answers lie in a Cube
	owner     [maxAllBits]uint8
	full      Cube // every answer
	high      Cube // the last answer of each question
	low       Cube // all other answers: full without high
}

// field is the place of one question's answers in a Cube.
type field struct {
	mask  Cube
	shift uint8
	width uint8
}

// NewSpace returns the space of the designs that answer all of qs. The order of qs is the order of texts and listings,
// and the variable order of the diagrams: questions that are decided together should stand together.
//
// It fails without questions, when a question has fewer than two or more than eight answers, when all together have
// more than 64 answers, and when a name is empty, given twice, surrounded by blanks, or contains one of = , |.
func NewSpace(qs ...Question) (*Space, error) {
	if len(qs) == 0 {
		return nil, errors.New("no questions: give at least one")
	}
	s := &Space{index: make(map[string]int, len(qs))}
	shift := 0
	for _, q := range qs {
		if err := s.check(q, shift); err != nil {
			return nil, err
		}
		s.add(q, shift)
		shift += len(q.Answers)
	}
	s.low = s.full &^ s.high
	return s, nil
}

// check reports why q cannot be the next question of s, whose answers so far take the first `used` bits.
func (s *Space) check(q Question, used int) error {
	if err := checkName("question id", q.ID); err != nil {
		return err
	}
	if _, ok := s.index[q.ID]; ok {
		return fmt.Errorf("question %s is given twice: rename or remove one", q.ID)
	}
	if n := len(q.Answers); n < minAnswers || n > maxAnswers {
		return fmt.Errorf("question %s has %d answers: give %d to %d", q.ID, n, minAnswers, maxAnswers)
	}
	if n := used + len(q.Answers); n > maxAllBits {
		return fmt.Errorf("question %s brings the answers to %d: keep to %d in all", q.ID, n, maxAllBits)
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

// add appends q, whose answers take the bits from shift on.
func (s *Space) add(q Question, shift int) {
	i, width := len(s.questions), len(q.Answers)
	mask := (Cube(1)<<width - 1) << shift
	s.index[q.ID] = i
	s.questions = append(s.questions, Question{q.ID, slices.Clone(q.Answers)})
	s.fields = append(s.fields, field{mask: mask, shift: uint8(shift), width: uint8(width)})
	s.full |= mask
	s.high |= 1 << (shift + width - 1)
	for bit := shift; bit < shift+width; bit++ {
		s.owner[bit] = uint8(i)
	}
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

// Size returns the number of designs: the product of the numbers of answers.
func (s *Space) Size() uint64 { return s.Count(s.full) }
