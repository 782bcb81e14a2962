package render

import (
	"fmt"
	"slices"
	"strings"
)

// largestMermaid is how many characters code-hosting sites draw at most.
const largestMermaid = 50_000

// mermaidWidth is how many characters fit into a line of a note.
const mermaidWidth = 60

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
	if text := s.earlier(columns - margin); text != "" {
		m.across(text)
	}
	for _, step := range s.Shown() {
		m.step(&step)
	}
	if text := s.interrupted(); text != "" {
		m.across(text)
		return m.b.String()
	}
	for _, a := range s.Waiting {
		m.arrow(a, "")
	}
	m.across(s.inShort()...)
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
	if !s.Verdict.Broken || s.Refuted() {
		return answers
	}
	return slices.DeleteFunc(slices.Clone(answers), func(a Answer) bool {
		return !slices.ContainsFunc(s.Verdict.Under, func(u Answer) bool { return u.Question == a.Question })
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
