package family

import (
	"errors"
	"fmt"
	"strings"
)

const (
	anyDesign = "any design"
	noDesign  = "no design"
)

// Format returns c as text, e.g. "suspend=sever, update=transfer|reaccept": the questions that c restricts, in the
// order of the space, each with the answers left to it. The full cube is "any design", an empty one "no design".
// Parse reads back every other text.
func (s *Space) Format(c Cube) string {
	switch {
	case s.IsEmpty(c):
		return noDesign
	case c.Includes(s.full):
		return anyDesign
	}
	var literals []string
	for q := range s.questions {
		if !c.Includes(s.fields[q].mask) {
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

// Parse reads a partial design such as "suspend=sever, update=transfer|reaccept". Blanks may surround every word; the
// empty text restricts nothing and is Full. A question may be given again as long as an answer is left.
//
// An unknown question or answer is an [*UnknownWordError]. Parse also fails when a literal lacks its question, its
// "=" or an answer, and when two literals of one question have no answer in common.
func (s *Space) Parse(text string) (Cube, error) {
	c := s.full
	if strings.TrimSpace(text) == "" {
		return c, nil
	}
	for literal := range strings.SplitSeq(text, ",") {
		q, answers, err := s.parseLiteral(literal)
		if err != nil {
			return 0, err
		}
		if c&answers == 0 {
			return 0, fmt.Errorf("contradiction: %s and %s leave no answer",
				s.formatLiteral(c, q), s.formatLiteral(answers, q))
		}
		c &= answers | ^s.fields[q].mask
	}
	return c, nil
}

// parseLiteral reads "question=answer|answer" and returns the question and the bits of the answers.
func (s *Space) parseLiteral(literal string) (int, Cube, error) {
	id, list, found := strings.Cut(literal, "=")
	id = strings.TrimSpace(id)
	switch {
	case id == "" && found:
		return 0, 0, fmt.Errorf("%q names no question: write question=answer", strings.TrimSpace(literal))
	case id == "":
		return 0, 0, errors.New("nothing beside a comma: write question=answer there, or remove the comma")
	case !found:
		return 0, 0, fmt.Errorf("%q has no \"=\": write question=answer", id)
	}
	q, ok := s.index[id]
	if !ok {
		return 0, 0, &UnknownWordError{What: "question", Word: id, Valid: s.ids()}
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
			return 0, fmt.Errorf("question %s has an empty answer: choose from %s",
				question.ID, strings.Join(question.Answers, ", "))
		}
		a, ok := s.AnswerIndex(q, word)
		if !ok {
			return 0, &UnknownWordError{What: "answer to " + question.ID, Word: word, Valid: question.Answers}
		}
		answers |= s.bit(q, a)
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
