package model

import (
	"fmt"
	"slices"

	"cosw/model/family"
)

// Ask returns the answer of the design under which a step is taken.
type Ask func(Question) Answer

// Space holds the questions of the draft as package family knows them.
var Space = newSpace()

func newSpace() *family.Space {
	qs := make([]family.Question, questionCount)
	for q, record := range questions {
		qs[q].ID, qs[q].Assumption = record.id, record.assumed
		for _, a := range record.answers {
			qs[q].Answers = append(qs[q].Answers, a.answer.String())
		}
	}
	space, err := family.NewSpace(qs...)
	if err != nil {
		panic("model: the catalogue of questions is broken: " + err.Error())
	}
	return space
}

// Questions returns all questions that a design answers, in the order of the catalogue.
func Questions() []Question { return all(false) }

// Assumptions returns what no design answers: what platform and scripts do.
func Assumptions() []Question { return all(true) }

func all(assumed bool) []Question {
	var qs []Question
	for q, record := range questions {
		if record.assumed == assumed {
			qs = append(qs, Question(q))
		}
	}
	return qs
}

// Assumed tells whether q is an assumption.
func (q Question) Assumed() bool { return questions[q].assumed }

// ID returns the name of q, as in -set suspend=wake.
func (q Question) ID() string { return questions[q].id }

// Place returns where the draft leaves q open.
func (q Question) Place() Place { return questions[q].place }

// Text returns what q asks.
func (q Question) Text() string { return questions[q].asks }

// Answers returns the answers of q in the order of its bits in a family.Cube.
func (q Question) Answers() []Answer {
	answers := make([]Answer, len(questions[q].answers))
	for i, record := range questions[q].answers {
		answers[i] = record.answer
	}
	return answers
}

// Answer returns the answer of q at index i of [Question.Answers].
func (q Question) Answer(i int) Answer { return questions[q].answers[i].answer }

// Literal returns what the draft's own text says or shows about q: no answer where it is silent, more than one where
// it contradicts itself. The caller must not change them.
func (q Question) Literal() []Answer { return questions[q].literal }

// Meaning returns what it means to answer q with a, which must be one of its answers.
func (q Question) Meaning(a Answer) string { return q.record(a).means }

// Because returns the answer a to q, which must be one of its answers, as a clause to follow "because".
func (q Question) Because(a Answer) string { return q.record(a).because }

func (q Question) record(a Answer) answerRecord {
	for _, record := range questions[q].answers {
		if record.answer == a {
			return record
		}
	}
	panic(fmt.Sprintf("model: %v is no answer to the question %s", a, q.ID()))
}

// AnswerOf returns the answer that a design gives to q; if it leaves q open, the first answer that is left.
func AnswerOf(design family.Cube, q Question) Answer {
	answers := questions[q].answers
	for i := range answers {
		if Space.Has(design, int(q), i) {
			return answers[i].answer
		}
	}
	panic("model: the design has no answer for " + q.ID())
}

// Under returns the Ask of a design, see [AnswerOf].
func Under(design family.Cube) Ask {
	return func(q Question) Answer { return AnswerOf(design, q) }
}

// Where returns the designs that close q with one of the answers given.
func Where(q Question, answers ...Answer) family.Cube {
	var indices []int
	for i, record := range questions[q].answers {
		if slices.Contains(answers, record.answer) {
			indices = append(indices, i)
		}
	}
	return Space.Literal(int(q), indices...)
}
