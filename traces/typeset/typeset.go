// Package typeset lays out plain text and numbers for people. All that cosw prints, and the pictures that it draws, break
// their lines here.
package typeset

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Columns is how wide text is at most, where words allow and nobody asks for another width.
const Columns = 100

// Page is a writer that says how wide lines may be.
type Page struct {
	io.Writer
	Columns int
}

// Width returns how wide lines may be on the page.
func (p Page) Width() int { return p.Columns }

// Width returns how wide lines may be on w: what w says itself, or else [Columns].
func Width(w io.Writer) int {
	if page, ok := w.(interface{ Width() int }); ok {
		return page.Width()
	}
	return Columns
}

// NoBreak is a blank at which no line is broken.
const NoBreak = "\u00a0"

// Ruler returns how wide text is: in columns, or in pixels of a typeface.
type Ruler func(text string) int

// Runes measures text of a fixed pitch.
var Runes Ruler = utf8.RuneCountInString

// Fit breaks text into lines of at most width, for a box that nothing may stick out of: a word that is wider by itself is
// broken, a URL after a slash.
func (r Ruler) Fit(text string, width int) []string { return r.wrap(text, width, width, r.cut) }

// wrap breaks text into lines of at most width, the first one of at most first. Piece returns the part of a word that
// goes on a line of its own, and the rest of the word.
func (r Ruler) wrap(text string, first, width int, piece func(word string, width int) (string, string)) []string {
	var lines []string
	room := first
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		word = strings.ReplaceAll(word, NoBreak, " ")
		if last := len(lines) - 1; last >= 0 {
			if longer := lines[last] + " " + word; r(longer) <= room {
				lines[last] = longer
				continue
			}
			room = width
		}
		for rest := word; rest != ""; {
			word, rest = piece(rest, room)
			lines = append(lines, word)
			if rest != "" {
				room = width
			}
		}
	}
	return lines
}

// whole keeps a word together: it may be part of a command that somebody copies.
func (r Ruler) whole(word string, _ int) (string, string) { return word, "" }

// cut returns as much of a word as a width takes, which is one character at least, up to a slash where that does not
// make it much shorter.
func (r Ruler) cut(word string, width int) (string, string) {
	if r(word) <= width {
		return word, ""
	}
	_, fits := utf8.DecodeRuneInString(word)
	for i := range word {
		if i > fits && r(word[:i]) <= width {
			fits = i
		}
	}
	if slash := strings.LastIndexByte(word[:fits], '/') + 1; slash > fits/2 {
		fits = slash
	}
	return word[:fits], word[fits:]
}

// Paragraph writes text behind head, in lines as wide as w allows that are indented as far as head is wide.
func Paragraph(w io.Writer, head, text string) {
	io.WriteString(w, Hanging(head, Runes(head), text, Width(w)))
}

// mostHead is how much of the width, in percent, a head may take. Text goes below one that takes more.
const mostHead = 50

// Hanging returns text behind head, in lines of at most width, all but the first one indented. Where that would leave little
// room, the text stands below head, a little further to the right than it begins.
func Hanging(head string, indent int, text string, width int) string {
	if blanks := len(head) - len(strings.TrimLeft(head, " ")); blanks < len(head) && text != "" && 100*Runes(head) > mostHead*width {
		below := strings.Repeat(" ", blanks+4)
		return strings.TrimRight(head, " ") + "\n" + Hanging(below, len(below), text, width)
	}
	lines := Runes.wrap(text, width-Runes(head), width-indent, Runes.whole)
	if len(lines) == 0 {
		lines = []string{""}
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(head+line, " ") + "\n")
		head = strings.Repeat(" ", indent)
	}
	return b.String()
}

// widestCell is how wide a cell of a table is at most: further apart, its cells are hard to read as a row.
const widestCell = 30

// Row writes cells side by side behind head, each with as much room as the others.
func Row(w io.Writer, head string, cells []string) {
	width := min(widestCell, (Width(w)-Runes(head))/max(1, len(cells)))
	var rows []string
	left := Runes(head)
	for _, cell := range cells {
		for i, line := range Runes.Fit(cell, width-2) {
			if i == len(rows) {
				rows = append(rows, "")
			}
			rows[i] += strings.Repeat(" ", left-Runes(rows[i])) + line
		}
		left += width
	}
	if len(rows) == 0 {
		rows = []string{""}
	}
	rows[0] = head + strings.TrimPrefix(rows[0], strings.Repeat(" ", Runes(head)))
	for _, row := range rows {
		io.WriteString(w, strings.TrimRight(row, " ")+"\n")
	}
}

// Number writes n with a comma between thousands.
func Number(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count writes n things, in the singular for one: Count(1, "design") is "1 design".
func Count(n uint64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%s %ss", Number(n), thing)
}
