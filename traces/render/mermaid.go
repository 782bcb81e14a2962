package render

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/traces"
)

// largestMermaid is how many characters code-hosting sites draw at most.
const largestMermaid = 50_000

// mermaidWidth is how many characters fit into a line of a note.
const mermaidWidth = 60

// Mermaid returns t as a sequence diagram, see [Scene.Mermaid].
func Mermaid(t *traces.Trace) (string, error) {
	s, err := NewScene(t)
	if err != nil {
		return "", err
	}
	return s.Mermaid(), nil
}

// Mermaid returns the scene as a Mermaid sequence diagram (mermaid.js.org, "Sequence diagrams") of at most 50,000
// characters. A longer one is cut off, and says so.
func (s *Scene) Mermaid() string {
	text := s.mermaid()
	for last := s.Last; len(text) > largestMermaid && last > s.First; {
		last -= max(1, (last-s.First)/4)
		text = s.Until(last).mermaid()
	}
	return text
}

func (s *Scene) mermaid() string {
	m := &mermaid{scene: s}
	m.line("sequenceDiagram")
	m.line("accTitle: %s", escapeMermaid(s.title()))
	for _, p := range s.Parties {
		name := escapeMermaid(p.Name)
		if p.About != "" {
			name += "<br/>" + escapeMermaid(p.About)
		}
		m.line("participant %s as %s", p.ID, name)
	}
	if s.First > 1 {
		m.across(beforeText(s.Steps[:s.First-1], columns-margin))
	}
	shown := s.Shown()
	for i := range shown {
		m.step(&shown[i])
	}
	switch {
	case s.Last < len(s.Steps):
		m.across(cutOffText(s.Last, len(s.Trace.Steps)))
	case s.Stuck != nil:
		m.across(stuckText(s))
	default:
		for _, a := range s.Waiting {
			m.arrow(a, "")
		}
		m.across(s.outcomes()...)
	}
	return m.b.String()
}

// mermaid writes a diagram.
type mermaid struct {
	scene *Scene
	b     strings.Builder
}

func (m *mermaid) line(format string, args ...any) {
	if m.b.Len() > 0 {
		m.b.WriteString("  ")
	}
	fmt.Fprintf(&m.b, format+"\n", args...)
}

// step writes what a step shows; its number stands at what comes first.
func (m *mermaid) step(s *Step) {
	number := fmt.Sprintf("%d. ", s.Number)
	for _, a := range s.Arrows {
		m.arrow(a, number)
		number = ""
	}
	for i := range m.scene.Parties {
		var texts []string
		for _, n := range s.Notes {
			if n.Party == i {
				texts = append(texts, markOf(n.Kind)+n.Text)
			}
		}
		if texts != nil {
			m.line("Note over %s: %s", m.scene.Parties[i].ID, number+breakMermaid(bullets(texts), mermaidWidth/2))
			number = ""
		}
	}
	if because := m.scene.counted(s.Because); len(because) > 0 {
		m.across(becauseText(because))
	}
}

// counted returns those of a step's answers that the verdict rests on, where something is broken: others decide what the
// step looks like, and a small picture that named them would seem to blame them.
func (s *Scene) counted(answers []Answer) []Answer {
	if !s.Trace.Verdict.Broken || s.Refuted() {
		return answers
	}
	return slices.DeleteFunc(slices.Clone(answers), func(a Answer) bool {
		return !model.Space.Restricts(s.Trace.Verdict.Under, int(a.Question))
	})
}

// arrow writes an arrow: dotted for replies and notices, with a cross where it is lost, with an open tip where it is
// still under way.
func (m *mermaid) arrow(a Arrow, number string) {
	head := "->>"
	switch {
	case a.Fate == Vanishes:
		head = "-x"
	case a.Fate == Waits:
		head = "--)"
	case a.Kind == Reply || a.Kind == Notice:
		head = "-->>"
	}
	from, to := m.scene.Parties[a.From].ID, m.scene.Parties[a.To].ID
	m.line("%s%s%s: %s", from, head, to, number+escapeMermaid(arrowText(a)))
}

// bullets tells several texts apart.
func bullets(texts []string) []string {
	if len(texts) < 2 {
		return texts
	}
	marked := make([]string, len(texts))
	for i, text := range texts {
		marked[i] = "• " + text
	}
	return marked
}

// across writes a note over all parties.
func (m *mermaid) across(texts ...string) {
	over := m.scene.Parties[0].ID
	if last := m.scene.Parties[len(m.scene.Parties)-1].ID; last != over {
		over += "," + last
	}
	m.line("Note over %s: %s", over, breakMermaid(texts, mermaidWidth))
}

// breakMermaid breaks texts into lines.
func breakMermaid(texts []string, width int) string {
	var lines []string
	for _, text := range texts {
		for _, line := range runes.Fit(text, width) {
			lines = append(lines, escapeMermaid(line))
		}
	}
	return strings.Join(lines, "<br/>")
}

// escapeMermaid writes characters that Mermaid or HTML would take for their own as entities.
var escapeMermaid = strings.NewReplacer("#", "#35;", ";", "#59;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "%", "#37;", "\n", " ").Replace

// outcomes says what the trace shows, and because of what.
func (s *Scene) outcomes() []string {
	texts := s.doubts()
	if len(s.Because) > 0 && s.Trace.Verdict.Broken && !s.Refuted() {
		texts = append(texts, becauseText(s.Because))
	}
	for i := range s.Properties {
		switch {
		case s.Refuted():
		case s.Trace.Verdict.Broken:
			texts = append(texts, soText+s.Properties[i].Broken)
		case s.Trace.Verdict.Properties != nil:
			texts = append(texts, s.Properties[i].Claims)
		}
	}
	head := strings.TrimPrefix(s.title(), historyThat)
	if len(texts) > 0 {
		head += ":"
	}
	return append([]string{head}, texts...)
}
