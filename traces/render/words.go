package render

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"cosw/traces/typeset"
)

// This file holds the words that several formats share.

const (
	columns = typeset.Columns // how wide text is at most, where words allow
	noBreak = typeset.NoBreak
)

var runes = typeset.Runes

// title says in a few words what the scene shows: "a history that breaks settles".
func (s *Scene) title() string { return "a history that " + s.claim() }

// claim says what is claimed of the history: "breaks settles".
func (s *Scene) claim() string {
	names := "all properties"
	if !s.Verdict.All {
		names = s.Verdict.names()
	}
	verb := "keep"
	if s.Verdict.Broken {
		verb = "break"
	}
	switch {
	case s.Stuck != nil:
		return "is said to " + verb + " " + names
	case s.Refuted():
		return "is said, wrongly, to " + verb + " " + names
	}
	return verb + "s " + names
}

// names returns the names of the properties.
func (v *Verdict) names() string {
	names := make([]string, len(v.Properties))
	for i := range v.Properties {
		names[i] = v.Properties[i].ID
	}
	return cmp.Or(strings.Join(names, ", "), "nothing")
}

// remark is a text with the word that it begins with.
type remark struct{ head, text string }

// shows says what the whole history shows: where the model says otherwise, or what is broken or kept, and because of which
// answers. It does not say under which designs.
func (s *Scene) shows() []remark {
	var all []remark
	for _, doubt := range s.Doubts {
		all = append(all, remark{"!", "the model says otherwise: " + doubt.What})
	}
	v := &s.Verdict
	switch {
	case s.Refuted():
		return all
	case v.All:
		return append(all, remark{"", fmt.Sprintf("none of the %d properties that the part %s decides is broken on the way or at the end",
			len(v.Properties), s.Part)})
	case v.Broken && len(v.Because) > 0:
		all = append(all, remark{"because", answerNames(v.Because)})
	}
	for i := range v.Properties {
		p := &v.Properties[i]
		if v.Broken {
			all = append(all, remark{"so", p.Broken}, remark{"yet", p.claim()})
		} else {
			all = append(all, remark{p.ID, p.claim()})
		}
	}
	return all
}

// claim says what the property claims, and where the draft raises it.
func (p *Property) claim() string { return fmt.Sprintf("%s (draft%s%d)", p.Claims, noBreak, p.Line) }

// inShort says what the whole history shows in lines, the first of which is a heading.
func (s *Scene) inShort() []string {
	var lines []string
	for _, r := range s.shows() {
		switch {
		case s.Verdict.All, r.head == "yet":
		case r.head == "because" || r.head == "so" || r.head == "!":
			lines = append(lines, r.head+" "+r.text)
		default:
			lines = append(lines, r.text)
		}
	}
	if len(lines) == 0 {
		return []string{s.claim()}
	}
	return append([]string{s.claim() + ":"}, lines...)
}

// Signs of a verdict.
const (
	signBroken = "✕"
	signKept   = "✓"
	signNone   = "…"
)

// inParagraphs says what the scene shows in the end; the first paragraph is a heading.
func (s *Scene) inParagraphs() (sign string, paragraphs []string) {
	if text := s.interrupted(); text != "" {
		return signNone, []string{"No verdict", text}
	}
	switch {
	case len(s.Doubts) > 0:
		sign, paragraphs = signNone, []string{"In doubt: this " + s.claim()}
	case s.Verdict.Broken:
		sign, paragraphs = signBroken, []string{capital(s.claim())}
	default:
		sign, paragraphs = signKept, []string{capital(s.claim())}
	}
	for _, r := range s.shows() {
		switch r.head {
		case "because":
			for _, a := range s.Verdict.Because {
				paragraphs = append(paragraphs, "This is claimed where "+a.String()+": "+a.Meaning)
			}
		case "so":
			paragraphs = append(paragraphs, "So "+r.text)
		case "yet": // stands at the top
		case "", "!":
			paragraphs = append(paragraphs, capital(r.text))
		}
	}
	return sign, append(paragraphs, "Under "+s.Verdict.designs())
}

// designs names the designs of the verdict.
func (v *Verdict) designs() string {
	text := "every design"
	if len(v.Under) > 0 {
		text += " with " + answerNames(v.Under)
	}
	return text + assuming(v.Assumed)
}

// setting says what the trace is about and, where the part has bounds, within which.
func (s *Scene) setting() []string {
	if !s.bounded() {
		return []string{s.About}
	}
	return []string{s.About, "within " + s.Bounds.String()}
}

// settingLine says the same in one line, and how the world begins.
func (s *Scene) settingLine() string {
	return "About " + strings.Join(s.setting(), "; ") + "; at the start: " + s.Start
}

func answerNames(answers []Answer) string {
	names := make([]string, len(answers))
	for i, a := range answers {
		names[i] = a.String()
	}
	return strings.Join(names, ", ")
}

// assuming says what is taken for granted.
func assuming(assumed []Answer) string {
	if len(assumed) == 0 {
		return ""
	}
	return " if " + answerNames(assumed)
}

func becauseText(answers []Answer) string { return "because " + answerNames(answers) }

func messageName(n int) string { return fmt.Sprintf("m%d", n) }

// arrowText says what an arrow stands for, and what becomes of that.
func arrowText(a Arrow) string {
	switch {
	case a.Fate == Vanishes:
		return a.Text + ", lost"
	case a.Fate == Waits && a.Kind == Message:
		return a.Text + " still waits"
	case a.Fate == Waits:
		return a.Text + ", on its way"
	}
	return a.Text
}

// markOf stands before a note that is about something wrong.
func markOf(k NoteKind) string {
	if k == Failing || k == Belief {
		return "! "
	}
	return ""
}

// earlier tells in one line, with so much room, what came before the first step that is shown; it is empty if nothing did.
func (s *Scene) earlier(room int) string {
	if s.First <= 1 {
		return ""
	}
	text := "… before: "
	for i, step := range s.Steps[:s.First-1] {
		if i > 0 {
			text += ", "
		}
		text += step.Name
	}
	if runes(text) > room {
		text = string([]rune(text)[:room-2]) + " …"
	}
	return text
}

// interrupted says why the history is not shown to its end; it is empty if it is.
func (s *Scene) interrupted() string {
	switch {
	case s.Last < len(s.Steps):
		return fmt.Sprintf("the history is cut off after step %d of %d: the verdict is about the whole trace", s.Last, len(s.Steps))
	case s.Stuck != nil:
		return "the model does not follow the trace at " + s.Stuck.What
	}
	return ""
}

// sentence makes a clause a sentence.
func sentence(clause string) string { return strings.TrimRight(capital(clause), ".") + "." }

func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// list joins clauses by commas and an "and".
func list(clauses []string) string {
	if len(clauses) < 2 {
		return strings.Join(clauses, "")
	}
	last := len(clauses) - 1
	if last == 1 {
		return clauses[0] + " and " + clauses[1]
	}
	return strings.Join(clauses[:last], ", ") + ", and " + clauses[last]
}

// joinClauses joins clauses that may have commas in them.
func joinClauses(clauses []string) string {
	if len(clauses) < 3 {
		return strings.Join(clauses, ", and ")
	}
	last := len(clauses) - 1
	return strings.Join(clauses[:last], "; ") + "; and " + clauses[last]
}
