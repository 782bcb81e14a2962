package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cosw/traces/typeset"
)

// Text returns the scene as text of at most so many columns: why it exists, its design, its setting, then what happens in a
// column per party, and the verdict.
func (s *Scene) Text(width int) string {
	var text strings.Builder
	b := typeset.Page{Writer: &text, Columns: width}
	lines(b, "", s.Why)
	s.writeDesign(b)
	io.WriteString(b, "\nSETTING\n")
	indented(b, s.setting())
	indented(b, s.Before)
	io.WriteString(b, "\n")
	typeset.Paragraph(b, "HISTORY   ", strings.Join(s.Names, ", "))
	io.WriteString(b, "\n")
	s.writeHistory(b)
	if s.Ends() {
		if len(s.After) > 0 {
			io.WriteString(b, "\nAT THE END\n")
			indented(b, s.After)
		}
		s.writeVerdict(b)
	}
	if s.Repeat != "" {
		io.WriteString(b, "\n")
		lines(b, "REPEAT    ", s.Repeat)
	}
	return text.String()
}

// lines writes each line of text behind head, as a paragraph of its own.
func lines(b typeset.Page, head, text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if strings.TrimSpace(line) == "" {
			io.WriteString(b, "\n")
		}
		typeset.Paragraph(b, head, line)
		head = strings.Repeat(" ", runes(head))
	}
}

// indented writes texts below a heading.
func indented(b typeset.Page, texts []string) {
	for _, text := range texts {
		typeset.Paragraph(b, "  ", text)
	}
}

// writeDesign writes the answers of the design with what they mean.
func (s *Scene) writeDesign(b typeset.Page) {
	io.WriteString(b, "\n")
	typeset.Paragraph(b, "DESIGN    ", "the answers that this is about; every other question may be answered in any way")
	switch {
	case len(s.Design) == 0 && s.Stuck != nil:
		io.WriteString(b, "  none is given\n")
	case len(s.Design) == 0:
		typeset.Paragraph(b, "  ", "no step depends on an open question: it goes like this under every design")
	}
	width := 0
	for _, a := range slices.Concat(s.Design, s.Assumed) {
		width = max(width, runes(a.String()))
	}
	width = min(width, 32)
	write := func(answers []Answer) {
		for _, a := range answers {
			typeset.Paragraph(b, fmt.Sprintf("  %-*s  ", width, a), a.Asks)
			typeset.Paragraph(b, strings.Repeat(" ", width+4)+"→ ", a.Meaning)
		}
	}
	write(s.Design)
	if len(s.Assumed) > 0 {
		io.WriteString(b, "  and what is taken for granted\n")
		write(s.Assumed)
	}
}

// writeHistory writes the steps that are to be shown, and says what is left out.
func (s *Scene) writeHistory(b typeset.Page) {
	t := newTable(s, b.Columns)
	t.begin()
	if text := s.earlier(b.Columns - margin); text != "" {
		t.line(text)
	}
	for _, step := range s.Shown() {
		t.step(&step)
	}
	switch text := s.interrupted(); {
	case s.Last < len(s.Steps):
		t.empty()
		t.line("… " + text)
	case text != "":
		t.line("✗ " + text)
	default:
		for _, a := range s.Waiting {
			t.arrow(a)
		}
	}
	t.write(b)
}

// writeVerdict writes what the trace shows, and under which designs.
func (s *Scene) writeVerdict(b typeset.Page) {
	io.WriteString(b, "\n")
	typeset.Paragraph(b, "VERDICT   ", s.claim())
	remarks := s.shows()
	if !s.Refuted() {
		remarks = append(remarks, remark{"under", s.Verdict.designs()})
	}
	width := 0
	for _, r := range remarks {
		width = max(width, len(r.head))
	}
	for _, r := range remarks {
		switch r.head {
		case "":
			typeset.Paragraph(b, "  ", r.text)
		case "!":
			typeset.Paragraph(b, "  ! ", r.text)
		default:
			typeset.Paragraph(b, fmt.Sprintf("  %-*s  ", width, r.head), r.text)
		}
	}
}
