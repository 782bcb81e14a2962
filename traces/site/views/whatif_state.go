package views

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// whatIfState is a state of the page What if.
type whatIfState struct {
	givenUp []string    // properties, in the order of the catalogue
	scope   family.Cube // the answers and assumptions that are chosen
	show    string      // the property, or the answer as in suspend=wake, whose details are open; empty for none
}

// example is what is open where an address has no state.
const example = "update=transfer"

// Asking returns the state of the page What if in which the first answer to a question is looked at.
func Asking(q model.Question) string {
	return string(whatIfState{scope: model.Space.Full(), show: name(q, q.Answer(0))}.fragment())
}

// whatIfStateOf reads a state.
func whatIfStateOf(f fragment) (whatIfState, error) {
	s := whatIfState{scope: model.Space.Full()}
	if f == "" {
		s.show = example
		return s, nil
	}
	if strings.HasPrefix(string(f), "+") {
		s.show = example
		return s.after(f)
	}
	fields, err := f.fields("give-up", "set", "assume", "show")
	if err != nil {
		return s, err
	}
	if err := s.readGivenUp(fields["give-up"]); err != nil {
		return s, err
	}
	answers, err := chosen(fields["set"], model.Questions())
	if err != nil {
		return s, err
	}
	assumed, err := chosen(fields["assume"], model.Assumptions())
	if err != nil {
		return s, err
	}
	s.scope = answers.And(assumed)
	return s, s.readShow(fields["show"])
}

func (s *whatIfState) readGivenUp(value string) error {
	ids, err := words(value)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if _, err := props.Find(id); err != nil {
			return err
		}
	}
	for _, id := range props.IDs() {
		if slices.Contains(ids, id) {
			s.givenUp = append(s.givenUp, id)
		}
	}
	return nil
}

// chosen reads answers to some questions, or what is assumed.
func chosen(value string, to []model.Question) (family.Cube, error) {
	literals, err := words(value)
	if err != nil {
		return family.Cube{}, err
	}
	c, err := model.Space.Parse(strings.Join(literals, ","))
	if err != nil {
		return family.Cube{}, err
	}
	for q := range model.Space.Len() {
		if model.Space.Restricts(c, q) && !slices.Contains(to, model.Question(q)) {
			return family.Cube{}, fmt.Errorf("%s is chosen as if it were %s", model.Question(q).ID(), kindOf(to[0]))
		}
	}
	return c, nil
}

func kindOf(q model.Question) string {
	if q.Assumed() {
		return "an assumption"
	}
	return "a question of the draft"
}

func (s *whatIfState) readShow(value string) error {
	shown, err := words(value)
	if err != nil || len(shown) == 0 {
		return err
	}
	s.show = strings.Join(shown, ",")
	if _, _, ok := s.shownAnswer(); ok {
		return nil
	}
	_, err = props.Find(s.show)
	return err
}

// shownAnswer returns the answer whose details are open, if it is one.
func (s *whatIfState) shownAnswer() (model.Question, model.Answer, bool) {
	q, a, err := answerOf(s.show)
	return q, a, err == nil && !q.Assumed()
}

func (s whatIfState) fragment() fragment {
	return fragmentOf(field{"give-up", list(s.givenUp)},
		field{"set", list(literals(model.Space.Answered(s.scope)))},
		field{"assume", list(literals(model.Space.Assumed(s.scope)))},
		field{"show", escape(s.show)})
}

// literals returns what a cube restricts, a question each: "suspend=wake|sever".
func literals(c family.Cube) []string {
	var all []string
	for q := range model.Space.Len() {
		if model.Space.Restricts(c, q) {
			all = append(all, strings.TrimPrefix(model.Space.Format(model.Space.Replace(model.Space.Full(), q, c)), anyDesignIf))
		}
	}
	return all
}

// term shows a term of a formula, with what is assumed apart from the answers.
func term(c family.Cube) markup {
	answers, assumed := literals(model.Space.Answered(c)), literals(model.Space.Assumed(c))
	says := codes(answers, " ")
	if len(answers) == 0 {
		says = text("any design")
	}
	if len(assumed) > 0 {
		says = concat(says, text(" if "), codes(assumed, " "))
	}
	return says
}

// anyDesignIf is what a text about assumptions alone begins with.
var anyDesignIf = model.Space.Format(model.Space.Full()) + " if "

// toggled returns the state in which a property is given up, or is not any more.
func (s whatIfState) toggled(id string) whatIfState {
	all := s.givenUp
	s.givenUp = nil
	for _, other := range props.IDs() {
		if slices.Contains(all, other) != (other == id) {
			s.givenUp = append(s.givenUp, other)
		}
	}
	return s
}

// picks tells whether an answer is the only one that is left to a question.
func (s *whatIfState) picks(q model.Question, a model.Answer) bool {
	return model.Space.Replace(model.Space.Full(), int(q), s.scope) == model.Where(q, a)
}

// command returns the command that says the same.
func (s *whatIfState) command() string {
	command := "cosw check"
	for _, flag := range []struct{ name, value string }{
		{"--give-up", strings.Join(s.givenUp, ",")},
		{"--set", strings.Join(literals(model.Space.Answered(s.scope)), ",")},
		{"--assume", strings.Join(literals(model.Space.Assumed(s.scope)), ",")},
	} {
		if strings.Contains(flag.value, "|") {
			flag.value = "'" + flag.value + "'"
		}
		if flag.value != "" {
			command += " " + flag.name + " " + flag.value
		}
	}
	return command
}
