package family

import (
	"errors"
	"fmt"
	"strings"
)

const (
	anyDesign = "any design"
	noDesign  = "no design"
	ifWord    = " if " // before assumptions
)

// Format returns c as text, e.g. "suspend=sever, update=transfer|reaccept": the questions that c restricts, in the
// order of the space, each with the answers left to it. Assumptions stand apart, as in "deadline=none if
// scripts=may-hang". The full cube is "any design", an empty one "no design". Parse reads back every text but the last.
func (s *Space) Format(c Cube) string {
	if s.IsEmpty(c) {
		return noDesign
	}
	text := s.formatLiterals(c, 0, s.designed)
	if text == "" {
		text = anyDesign
	}
	if assumed := s.FormatAssumed(c); assumed != "" {
		text += ifWord + assumed
	}
	return text
}

// FormatAssumed returns what c says of assumptions, e.g. "scripts=may-hang"; nothing if it leaves all of them open.
func (s *Space) FormatAssumed(c Cube) string {
	return s.formatLiterals(c, s.designed, len(s.questions))
}

// formatLiterals returns those of the questions from first up to but not including end that c restricts.
func (s *Space) formatLiterals(c Cube, first, end int) string {
	var literals []string
	for q := first; q < end; q++ {
		if s.Restricts(c, q) {
			literals = append(literals, s.formatLiteral(c, q))
		}
	}
	return strings.Join(literals, ", ")
}

// formatLiteral returns question q with the answers that c leaves to it, e.g. "update=transfer|reaccept".
func (s *Space) formatLiteral(c Cube, q int) string {
	var answers []string
	for a := range s.Answers(c, q) {
		answers = append(answers, s.questions[q].Answers[a])
	}
	return s.questions[q].ID + "=" + strings.Join(answers, "|")
}

// Parse reads a partial design such as "suspend=sever, update=transfer|reaccept", with or without assumptions as Format
// writes them. Blanks may surround every word; the empty text restricts nothing, and neither does "any design". A question
// may be given again as long as an answer is left. Where assumptions stand does not matter.
//
// An unknown question or answer is an [*UnknownWordError]. Parse also fails when a literal lacks its question, its
// "=" or an answer, and when two literals of one question have no answer in common.
func (s *Space) Parse(text string) (Cube, error) {
	answers, assumptions, found := strings.Cut(text, ifWord)
	c, err := s.parseLiterals(s.full, answers)
	if found && err == nil {
		c, err = s.parseLiterals(c, assumptions)
	}
	return c, err
}

// parseLiterals returns c restricted to the literals of text.
func (s *Space) parseLiterals(c Cube, text string) (Cube, error) {
	if text = strings.TrimSpace(text); text == "" || text == anyDesign {
		return c, nil
	}
	for literal := range strings.SplitSeq(text, ",") {
		q, answers, err := s.parseLiteral(literal)
		if err != nil {
			return Cube{}, err
		}
		if s.Bits(c, q)&s.Bits(answers, q) == 0 {
			return Cube{}, fmt.Errorf("contradiction: %s and %s leave no answer",
				s.formatLiteral(c, q), s.formatLiteral(answers, q))
		}
		c = c.And(s.Replace(s.full, q, answers))
	}
	return c, nil
}

// parseLiteral reads "question=answer|answer" and returns the question and the bits of the answers.
func (s *Space) parseLiteral(literal string) (int, Cube, error) {
	id, list, found := strings.Cut(literal, "=")
	id = strings.TrimSpace(id)
	switch {
	case id == "" && found:
		return 0, Cube{}, fmt.Errorf("%q names no question: write question=answer", strings.TrimSpace(literal))
	case id == "":
		return 0, Cube{}, errors.New("nothing beside a comma: write question=answer there, or remove the comma")
	case !found:
		return 0, Cube{}, fmt.Errorf("%q has no \"=\": write question=answer", id)
	}
	q, ok := s.index[id]
	if !ok {
		return 0, Cube{}, &UnknownWordError{What: "question", Word: id, Valid: s.ids()}
	}
	answers, err := s.parseAnswers(q, list)
	return q, answers, err
}

// parseAnswers reads "answer|answer" and returns the bits of those answers of question q.
func (s *Space) parseAnswers(q int, list string) (Cube, error) {
	var answers Cube
	question := s.questions[q]
	for word := range strings.SplitSeq(list, "|") {
		word = strings.TrimSpace(word)
		if word == "" {
			return Cube{}, fmt.Errorf("question %s has an empty answer: choose from %s",
				question.ID, strings.Join(question.Answers, ", "))
		}
		a, ok := s.AnswerIndex(q, word)
		if !ok {
			return Cube{}, &UnknownWordError{What: "answer to " + question.ID, Word: word, Valid: question.Answers}
		}
		answers = answers.Or(s.bit(q, a))
	}
	return answers, nil
}

// ids lists the ids of all questions.
func (s *Space) ids() []string {
	ids := make([]string, len(s.questions))
	for i, q := range s.questions {
		ids[i] = q.ID
	}
	return ids
}
