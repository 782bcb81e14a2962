package render

import (
	"errors"
	"fmt"
	"strings"

	"cosw/model"
	"cosw/props"
	"cosw/traces/typeset"
)

// Text returns the scene as text of at most 100 columns: why it exists, its design, its setting, then what happens in a
// column per party, and the verdict.
func (s *Scene) Text() string {
	var b strings.Builder
	lines(&b, "", s.Trace.Why)
	s.writeDesign(&b)
	s.writeSetting(&b)
	fmt.Fprintf(&b, "\n%s", historyHead)
	if legend := s.legend(); legend != "" {
		b.WriteString("   " + legend)
	}
	b.WriteString("\n\n")
	s.writeHistory(&b)
	if s.Ends() {
		s.writeEnd(&b)
		s.writeVerdict(&b)
	}
	if s.Trace.Repeat != "" {
		b.WriteString("\n")
		lines(&b, repeatHead, s.Trace.Repeat)
	}
	return b.String()
}

// writeDesign writes the answers of the design with what they mean.
func (s *Scene) writeDesign(b *strings.Builder) {
	answers := answersOf(s.Trace.Design)
	b.WriteString("\n" + designHead + "\n")
	if len(answers) == 0 {
		b.WriteString("  " + choose(errors.Is(s.Stuck, props.ErrOpen), openDesignText, anyDesignText) + "\n")
	}
	width := 0
	for _, a := range answers {
		width = max(width, runes(a.String()))
	}
	width = min(width, 32)
	for _, a := range answers {
		head := fmt.Sprintf("  %-*s  ", width, a)
		typeset.Paragraph(b, head, a.Question.Text())
		typeset.Paragraph(b, strings.Repeat(" ", width+4)+"→ ", a.Meaning())
	}
}

// writeSetting writes what the trace is a trace of, and how its world begins.
func (s *Scene) writeSetting(b *strings.Builder) {
	b.WriteString("\n" + settingHead + "\n")
	typeset.Paragraph(b, "  ", s.Trace.Part.About())
	if s.Trace.Part.Bounded() {
		typeset.Paragraph(b, "  ", withinText(s.Trace.Bounds))
	}
	for _, line := range s.Before {
		typeset.Paragraph(b, "  ", line)
	}
}

// legend explains short names, if there are some.
func (s *Scene) legend() string {
	var messages, several bool
	for i := range s.walk.Events {
		for _, e := range s.walk.Events[i] {
			messages = messages || e.Kind == model.Posted
		}
	}
	if end, ok := s.walk.Worlds[len(s.Steps)].(*model.World); ok {
		several = len(end.Connections) > 1 && end.Connections[1].Phase != model.Unused
	}
	switch {
	case messages && several:
		return messagesLegend + ", " + connectionsLegend
	case messages:
		return messagesLegend
	case several:
		return connectionsLegend
	}
	return ""
}

// writeHistory writes the steps that are to be shown, and says what is left out.
func (s *Scene) writeHistory(b *strings.Builder) {
	t := newTable(s)
	t.writeHeads()
	t.lines(t.row)
	t.row++
	if s.First > 1 {
		t.line(beforeText(s.Steps[:s.First-1], columns-margin))
	}
	shown := s.Shown()
	for i := range shown {
		t.step(&shown[i])
	}
	switch {
	case s.Last < len(s.Steps):
		t.lines(t.row)
		t.row++
		t.line(cutOffText(s.Last, len(s.Trace.Steps)))
	case s.Stuck != nil:
		t.line(stuckText(s))
	default:
		for _, a := range s.Waiting {
			t.arrow(a, arrowText(a))
		}
	}
	t.write(b)
}

// writeEnd writes how the world is after the last step.
func (s *Scene) writeEnd(b *strings.Builder) {
	if len(s.After) == 0 {
		return
	}
	b.WriteString("\n" + endHead + "\n")
	for _, line := range s.After {
		typeset.Paragraph(b, "  ", line)
	}
}

// writeVerdict writes what the trace shows.
func (s *Scene) writeVerdict(b *strings.Builder) {
	b.WriteString("\n" + verdictHead(s) + "\n")
	for _, doubt := range s.doubts() {
		typeset.Paragraph(b, "  ", doubt)
	}
	if s.Refuted() {
		return
	}
	if len(s.Because) > 0 && s.Trace.Verdict.Broken {
		typeset.Paragraph(b, "  ", becauseText(s.Because))
	}
	if s.Trace.Verdict.Properties == nil {
		typeset.Paragraph(b, "  ", allKeptText(s.Trace.Part, len(s.Properties)))
	}
	s.writeProperties(b)
}

// writeProperties writes what the properties of the verdict claim, and the designs that it holds for.
func (s *Scene) writeProperties(b *strings.Builder) {
	width := len(underHead)
	if !s.Trace.Verdict.Broken {
		for _, id := range s.Trace.Verdict.Properties {
			width = max(width, len(id))
		}
	}
	row := func(head, text string) { typeset.Paragraph(b, fmt.Sprintf("  %-*s  ", width, head), text) }
	for i := range s.Properties {
		p := &s.Properties[i]
		switch {
		case s.Trace.Verdict.Broken:
			row(soHead, p.Broken)
			row(yetHead, claimText(p))
		case s.Trace.Verdict.Properties != nil:
			row(p.ID, claimText(p))
		}
	}
	row(underHead, underText(s.Trace))
}
