package typeset

import (
	"io"
	"strings"
)

// Reflow returns text that was laid out by hand for [Columns], such as the help of a command, in lines of at most width. It
// tells paragraphs by what they look like: a line goes on where its predecessor left off if it is indented as far as the text
// of that one, which has hardly room for another word. Text that stands behind a gap of two blanks or more has what is before it
// as its head. A line that whole accepts, such as an example to copy, stays as it is.
func Reflow(text string, width int, whole func(line string) bool) string {
	var out strings.Builder
	var p paragraph
	flush := func() {
		if p.last != "" {
			out.WriteString(Hanging(p.head, Runes(p.head), p.text, width))
		}
		p = paragraph{}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		next := paragraph{last: line}
		next.head, next.text = Hang(line)
		switch {
		case p.last != "" && p.continues(&next):
			p.text += " " + next.text
			p.last = line
			continue
		case line == "" || whole(line):
			flush()
			out.WriteString(line + "\n")
			continue
		}
		flush()
		p = next
	}
	flush()
	return out.String()
}

// paragraph is a paragraph of text that was laid out by hand.
type paragraph struct{ head, text, last string }

// Hang returns what a line that was laid out by hand begins with, and the text behind that: blanks, or whatever stands before
// the first gap of two blanks or more.
func Hang(line string) (head, text string) {
	body := strings.TrimLeft(line, " ")
	start := len(line) - len(body)
	if gap := strings.Index(body, "  "); gap >= 0 {
		start = len(line) - len(strings.TrimLeft(body[gap:], " "))
	}
	return line[:start], line[start:]
}

// Fold writes the lines of a text that was laid out by hand: as they are, but for those that are too wide for w.
func Fold(w io.Writer, text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if Runes(line) > Width(w) {
			head, text := Hang(line)
			Paragraph(w, head, text)
			continue
		}
		io.WriteString(w, line+"\n")
	}
}

// raggedness is how much shorter than it might be a line is that nevertheless goes on in the next one.
const raggedness = 15

// continues tells whether a line goes on with the paragraph.
func (p *paragraph) continues(next *paragraph) bool {
	word, _, _ := strings.Cut(next.text, " ")
	return word != "" && next.head == strings.Repeat(" ", Runes(p.head)) && Runes(p.last)+1+Runes(word) > Columns-raggedness
}
