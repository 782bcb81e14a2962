package render

import (
	"fmt"
	"regexp"
	"strings"

	"cosw/traces/typeset"
)

// Prose returns the scene as an argument in the way of a proof: what is given, what happens step by step and because of
// which answers, and why that contradicts a property or keeps it. It is Markdown of at most so many columns.
func (s *Scene) Prose(width int) string {
	n := &narrator{scene: s, told: map[string]bool{}}
	paragraphs := []string{n.claim(), s.Given + n.assumptions() + n.example()}
	if text := s.earlier(width); text != "" {
		paragraphs = append(paragraphs, text)
	}
	paragraphs = append(paragraphs, n.story(s.Shown())...)
	if text := s.interrupted(); text != "" {
		paragraphs = append(paragraphs, sentence(text))
	} else {
		paragraphs = append(paragraphs, n.conclusion()...)
	}
	var text strings.Builder
	b := typeset.Page{Writer: &text, Columns: width}
	for i, p := range paragraphs {
		if i > 0 {
			text.WriteString("\n")
		}
		typeset.Paragraph(b, "", numbered.ReplaceAllString(p, "$1"+noBreak+"$2"))
	}
	return text.String()
}

// numbered are names with numbers, which stay on one line: a line of Markdown that begins with "1." begins a list.
var numbered = regexp.MustCompile(`\b((?i:connection|page|version|service|step|draft)) ([0-9])`)

// narrator tells a scene. An answer is explained where it decides for the first time.
type narrator struct {
	scene *Scene
	told  map[string]bool // the questions whose answers were explained
}

// code writes words as code, joined to a list.
func code(words ...string) string {
	spans := make([]string, len(words))
	for i, word := range words {
		spans[i] = "`" + word + "`"
	}
	return list(spans)
}

// claim says what is to be shown.
func (n *narrator) claim() string {
	s, v := n.scene, &n.scene.Verdict
	designs := "very design"
	if len(v.Under) > 0 {
		designs += " with " + codes(v.Under)
	}
	assumed := ""
	if len(v.Assumed) > 0 {
		assumed = ", if " + codes(v.Assumed)
	}
	names := make([]string, len(v.Properties))
	for i := range v.Properties {
		names[i] = v.Properties[i].ID
	}
	switch {
	case s.Refuted():
		return "**No claim.** This is " + s.title() + "."
	case v.Broken:
		return fmt.Sprintf("**Claim.** E%s breaks %s%s.", designs, code(names...), assumed)
	case len(v.Properties) == 0:
		return fmt.Sprintf("**Claim.** Under e%s, this history breaks each property on its way, and none at its end%s.", designs, assumed)
	case v.All:
		return fmt.Sprintf("**Claim.** Under e%s, this history breaks no property%s.", designs, assumed)
	}
	return fmt.Sprintf("**Claim.** Under e%s, this history keeps %s%s.", designs, code(names...), assumed)
}

func codes(answers []Answer) string {
	names := make([]string, len(answers))
	for i, a := range answers {
		names[i] = a.String()
	}
	return code(names...)
}

// assumptions says what is taken for granted.
func (n *narrator) assumptions() string {
	if len(n.scene.Assumed) == 0 {
		return ""
	}
	clauses := make([]string, len(n.scene.Assumed))
	for i, a := range n.scene.Assumed {
		clauses[i] = a.Reason + " (" + code(a.String()) + ")"
	}
	return " Assume that " + list(clauses) + "."
}

// example says which of the designs of the claim the steps are told under, where that is about more.
func (n *narrator) example() string {
	if len(n.scene.Verdict.Example) == 0 {
		return ""
	}
	return " The steps are told for " + codes(n.scene.Verdict.Example) + "; under all designs of the claim the same steps " +
		"lead to the same verdict."
}

// longestParagraph is how many steps a paragraph tells at most.
const longestParagraph = 6

// story tells steps in paragraphs.
func (n *narrator) story(steps []Step) []string {
	var paragraphs, sentences []string
	for i := range steps {
		sentences = append(sentences, n.step(&steps[i]))
		if len(sentences) == longestParagraph || i == len(steps)-1 {
			paragraphs = append(paragraphs, strings.Join(sentences, " "))
			sentences = nil
		}
	}
	return paragraphs
}

// step tells a step: what is done, and because of what it can be; because of what something comes of it, and what.
func (n *narrator) step(s *Step) string {
	act := fmt.Sprintf("%s (step %d)", s.Text, s.Number)
	switch {
	case s.Where != "":
		act = s.Where + ", " + act
	case s.Free && s.Number > 1:
		act = "then " + act
	}
	var enabling, deciding []Answer
	for _, a := range s.Because {
		if a.Enables {
			enabling = append(enabling, a)
		} else {
			deciding = append(deciding, a)
		}
	}
	if len(enabling) > 0 {
		act += ", because " + n.reasons(enabling)
	}
	because, end := n.reasons(deciding), joinClauses(s.Comes)
	switch {
	case because != "" && end != "":
		return sentence(act) + " " + sentence("because "+because+", "+end)
	case because != "":
		return sentence(act + ", because " + because)
	case end == "":
		return sentence(act)
	case len(enabling) > 0:
		return sentence(act) + " " + sentence(end)
	}
	return sentence(act + ": " + end)
}

// reasons returns answers as clauses, to follow "because".
func (n *narrator) reasons(answers []Answer) string {
	clauses := make([]string, len(answers))
	for i, a := range answers {
		clauses[i] = fmt.Sprintf("to `%s` is `%s`", a.Question, strings.Join(a.Answers, "` or `"))
		switch {
		case a.Assumed:
			clauses[i] = fmt.Sprintf("`%s` is assumed", a)
		case i == 0:
			clauses[i] = "the answer " + clauses[i]
		}
		if !n.told[a.Question] {
			clauses[i] += " (" + a.Reason + ")"
		}
		n.told[a.Question] = true
	}
	return list(clauses)
}

const nothingOwed = "Now nothing is owed any more: the browser has done all that it must, and no script has anything left to " +
	"receive or to answer. What has not happened by now need never happen."

// conclusion says what the steps show.
func (n *narrator) conclusion() []string {
	v := &n.scene.Verdict
	var paragraphs []string
	for _, doubt := range n.scene.Doubts {
		paragraphs = append(paragraphs, sentence("the model says otherwise: "+doubt.What))
	}
	switch {
	case n.scene.Refuted():
		return paragraphs
	case !v.Broken:
		return append(paragraphs, n.kept()...)
	}
	for i := range v.Properties {
		p := &v.Properties[i]
		text := ""
		if p.Eventually {
			text = nothingOwed + " "
		}
		end := p.Ending
		if because := n.reasons(v.Because); because != "" {
			end = "because " + because + ", " + end
		}
		paragraphs = append(paragraphs, fmt.Sprintf("%s%s This contradicts `%s`: \"%s\" (draft%s%d).%s∎",
			text, sentence("however, "+end), p.ID, p.Claims, noBreak, p.Line, noBreak))
	}
	return paragraphs
}

// kept argues why the trace keeps its properties: where each is put to the test, and what is the case there.
func (n *narrator) kept() []string {
	v := &n.scene.Verdict
	var paragraphs, idle []string
	if text := n.end(); text != "" {
		paragraphs = append(paragraphs, text)
	}
	for i := range v.Properties {
		if p := &v.Properties[i]; p.Tested >= 0 {
			paragraphs = append(paragraphs, n.test(p))
		} else {
			idle = append(idle, p.ID)
		}
	}
	switch len(idle) {
	case 0:
		return paragraphs
	case 1:
		return append(paragraphs, code(idle...)+" is kept because nothing puts it to the test here.")
	}
	return append(paragraphs, code(idle...)+" are kept because nothing puts them to the test here.")
}

// end says whether anything is still owed at the end, if a property is about that, and what the claim rests on.
func (n *narrator) end() string {
	v, text := &n.scene.Verdict, ""
	for i := range v.Properties {
		switch {
		case !v.Properties[i].Eventually:
		case n.scene.Rests:
			text = nothingOwed
		default:
			text = "At the end the browser or a script still owes something."
		}
	}
	if because := n.reasons(v.Because); because != "" {
		text += " " + sentence("this is claimed where "+because)
	}
	return strings.TrimSpace(text)
}

// test says where a property is put to the test, and why it is kept.
func (n *narrator) test(p *Property) string {
	where, kept, held := fmt.Sprintf("in step %d", p.Tested), "It is kept: ", p.Kept
	if p.Tested == 0 {
		where = "from the beginning"
	}
	because := ""
	if len(p.Comes) > 0 {
		because = n.reasons(n.scene.Steps[p.Tested-1].Because)
	}
	if because != "" {
		kept = "It is kept because " + because + ": "
	}
	switch {
	case p.Eventually && !n.scene.Rests:
		held = "the browser or a script still owes something, so nothing is missing for good"
	case p.Eventually:
		held = "at the end, " + held
	case p.Throughout:
		held = "all the way, " + held
	case len(p.Comes) > 0:
		held = joinClauses(p.Comes) + "; " + held
	}
	return fmt.Sprintf("`%s` is put to the test %s: %s. %s%s.", p.ID, where, p.Applies, kept, held)
}
