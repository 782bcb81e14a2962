package views

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// The changes that a control of the page What if makes to the state at hand. None of them depends on that state, so that most of
// the page stays as it is when another one is shown.
const (
	giveUp  = "give-up"  // a property
	require = "require"  // a property again
	choose  = "choose"   // an answer, or what is assumed: none but this
	anyOf   = "any"      // a question or an assumption, whose answers are all allowed again
	ruleOut = "rule-out" // an answer
	allow   = "allow"    // an answer again
	show    = "show"     // an answer or a property; nothing closes the details
	undo    = "undo"     // "all", the one thing that there is
)

// changes make a change to a state. The error says what of it there is not.
var changes = map[string]func(s whatIfState, what string) (whatIfState, error){
	giveUp:  func(s whatIfState, what string) (whatIfState, error) { return s.giving(what, true) },
	require: func(s whatIfState, what string) (whatIfState, error) { return s.giving(what, false) },
	choose:  whatIfState.choosing,
	anyOf:   whatIfState.freeing,
	ruleOut: func(s whatIfState, what string) (whatIfState, error) { return s.allowing(what, false) },
	allow:   func(s whatIfState, what string) (whatIfState, error) { return s.allowing(what, true) },
	show: func(s whatIfState, what string) (whatIfState, error) {
		s.show = ""
		return s, s.readShow(escape(what))
	},
	undo: func(s whatIfState, _ string) (whatIfState, error) {
		return whatIfState{scope: model.Space.Full(), show: s.show}, nil
	},
}

// changing returns what a control leads to: a change, which is written where a state can be.
func changing(kind, what string) fragment { return fragment("+" + kind + "=" + escape(what)) }

// after returns the state that a change makes of another one.
func (s whatIfState) after(change fragment) (whatIfState, error) {
	kind, escaped, _ := strings.Cut(strings.TrimPrefix(string(change), "+"), "=")
	what, err := url.QueryUnescape(escaped)
	if err != nil {
		return s, err
	}
	make, ok := changes[kind]
	if !ok {
		return s, &family.UnknownWordError{What: "change to a state", Word: kind, Valid: slices.Sorted(maps.Keys(changes))}
	}
	return make(s, what)
}

// After returns the state of the page What if that a change, as its links have them, makes of another state. What is no change is
// returned as it is, and so is one that cannot be made: Show says what is wrong with it.
func After(state, change string) string {
	if !strings.HasPrefix(change, "+") {
		return change
	}
	s, err := whatIfStateOf(fragment(state))
	if err == nil {
		s, err = s.after(fragment(change))
	}
	if err != nil {
		return change
	}
	return string(s.fragment())
}

// giving returns the state in which a property is given up, or is not.
func (s whatIfState) giving(id string, up bool) (whatIfState, error) {
	if _, err := props.Find(id); err != nil || s.gives(id) == up {
		return s, err
	}
	return s.toggled(id), nil
}

// choosing returns the state in which a question has no other answer.
func (s whatIfState) choosing(what string) (whatIfState, error) {
	q, a, err := answerOf(what)
	if err != nil {
		return s, err
	}
	s.scope = model.Space.Replace(s.scope, int(q), model.Where(q, a))
	return s, nil
}

// freeing returns the state in which a question has all of its answers.
func (s whatIfState) freeing(id string) (whatIfState, error) {
	q, ok := model.Space.Index(id)
	if !ok {
		return s, fmt.Errorf("there is no question %s", id)
	}
	s.scope = model.Space.Free(s.scope, q)
	return s, nil
}

// allowing returns the state in which an answer is allowed, or is not.
func (s whatIfState) allowing(what string, allowed bool) (whatIfState, error) {
	q, a, err := answerOf(what)
	if err != nil {
		return s, err
	}
	var left []model.Answer
	for i, other := range q.Answers() {
		if other == a && allowed || other != a && model.Space.Has(s.scope, int(q), i) {
			left = append(left, other)
		}
	}
	if left == nil {
		return s, fmt.Errorf("%s is the last answer to %s, and cannot be ruled out", a, q.ID())
	}
	s.scope = model.Space.Replace(s.scope, int(q), model.Where(q, left...))
	return s, nil
}

// answerOf reads an answer or what is assumed, as in suspend=wake.
func answerOf(text string) (model.Question, model.Answer, error) {
	id, answer, _ := strings.Cut(text, "=")
	i, ok := model.Space.Index(id)
	if !ok {
		return 0, "", fmt.Errorf("there is no question %s", id)
	}
	q := model.Question(i)
	a, ok := model.Space.AnswerIndex(i, answer)
	if !ok {
		return 0, "", fmt.Errorf("%s has no answer %s", id, answer)
	}
	return q, q.Answer(a), nil
}
