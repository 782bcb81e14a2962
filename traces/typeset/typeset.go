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

// Columns is how wide text is at most, where words allow.
const Columns = 100

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

// Paragraph writes text behind head, in lines of at most [Columns] that are indented as far as head is wide.
func Paragraph(w io.Writer, head, text string) {
	io.WriteString(w, Hanging(head, Runes(head), text, Columns))
}

// Hanging returns text behind head, in lines of at most width, all but the first one indented.
func Hanging(head string, indent int, text string, width int) string {
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
