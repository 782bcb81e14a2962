package main

import (
	"slices"

	"cosw/model"
	"cosw/props"
)

// The catalogues as JSON.
type (
	// questionList is what cosw questions tells.
	questionList struct {
		Questions []listedQuestion `json:"questions"`
		Granted   []granted        `json:"granted"` // what neither a question nor an assumption leaves open
	}
	listedQuestion struct {
		ID         string         `json:"id"`
		Asks       string         `json:"asks"`
		Assumption bool           `json:"assumption"` // platform and scripts decide, and no design
		Heading    string         `json:"draftHeading"`
		Line       int            `json:"draftLine"`
		Answers    []listedAnswer `json:"answers"`
		Given      []givenAnswers `json:"given"`
	}
	listedAnswer struct {
		Answer  string `json:"answer"`
		Means   string `json:"means"`
		Literal bool   `json:"literal"` // the draft's own text says or shows it
	}
	// givenAnswers are what a design that really existed answers.
	givenAnswers struct {
		By      string   `json:"by"`
		Answers []string `json:"answers"`
		Source  string   `json:"source"`
		Note    string   `json:"note,omitempty"`
	}
	// listedProperty is what cosw properties tells of one.
	listedProperty struct {
		ID      string       `json:"id"`
		Claims  string       `json:"claims"`
		Heading string       `json:"draftHeading"`
		Line    int          `json:"draftLine"`
		Kind    string       `json:"kind"`
		Model   string       `json:"model"`
		Applies string       `json:"applies"`
		Broken  string       `json:"broken"`
		Weight  props.Weight `json:"weight"`
		Critic  string       `json:"critic"`
	}
)

func newQuestionList(questions []model.Question) questionList {
	list := questionList{Granted: allGranted()}
	for _, q := range questions {
		listed := listedQuestion{
			ID: q.ID(), Asks: q.Text(), Assumption: q.Assumed(), Heading: q.Place().Heading, Line: q.Place().Line, Given: []givenAnswers{},
		}
		for _, a := range q.Answers() {
			listed.Answers = append(listed.Answers, listedAnswer{a.String(), q.Meaning(a), slices.Contains(q.Literal(), a)})
		}
		for _, p := range model.Presets() {
			for _, given := range p.Answers {
				if given.Question == q {
					listed.Given = append(listed.Given, givenAnswers{p.Name, answerNames(given.Answers), given.Source, given.Note})
				}
			}
		}
		list.Questions = append(list.Questions, listed)
	}
	return list
}

// answerNames returns the names of answers.
func answerNames(answers []model.Answer) []string {
	var names []string
	for _, a := range answers {
		names = append(names, a.String())
	}
	return names
}

func newPropertyList(all []props.Property) []listedProperty {
	var list []listedProperty
	for i := range all {
		p := &all[i]
		list = append(list, listedProperty{
			p.ID, p.Claims, p.Place.Heading, p.Place.Line, p.Violation.When.String(), p.Part.About(), p.Applies, p.Broken, p.Weight, p.Critic,
		})
	}
	return list
}
