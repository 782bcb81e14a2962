package render

import (
	"strings"
	"unicode/utf8"
)

// columns is how wide text is at most, where words allow.
const columns = 100

const noBreak = "\u00a0"

// wrap breaks text into lines of at most width runes; a word that is longer is broken, too, as a
// url is after a slash. A no-break space holds words together.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		word = strings.ReplaceAll(word, noBreak, " ")
		switch {
		case line == "":
			line = word
		case runes(line)+1+runes(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
		for runes(line) > width {
			all := []rune(line)
			cut := width
			if slash := strings.LastIndex(string(all[:width]), "/") + 1; slash > 0 {
				cut = runes(string(all[:width])[:slash])
			}
			lines, line = append(lines, string(all[:cut])), string(all[cut:])
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// paragraph writes text behind head, broken into lines that are indented as far as the head is wide.
func paragraph(b *strings.Builder, head, text string) {
	indent := strings.Repeat(" ", runes(head))
	for _, line := range wrap(text, columns-runes(head)) {
		b.WriteString(strings.TrimRight(head+line, " ") + "\n")
		head = indent
	}
}

// lines writes each line of text behind head, as a paragraph of its own.
func lines(b *strings.Builder, head, text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if strings.TrimSpace(line) == "" {
			b.WriteString("\n")
		}
		paragraph(b, head, line)
		head = strings.Repeat(" ", runes(head))
	}
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// canvas is rows of text that grow as they are written to.
type canvas struct{ rows [][]rune }

// put writes text at a place, over what is there.
func (c *canvas) put(row, column int, text string) {
	for len(c.rows) <= row {
		c.rows = append(c.rows, nil)
	}
	for _, r := range text {
		for len(c.rows[row]) <= column {
			c.rows[row] = append(c.rows[row], ' ')
		}
		c.rows[row][column] = r
		column++
	}
}

// write writes the rows, without blanks at their ends.
func (c *canvas) write(b *strings.Builder) {
	for _, row := range c.rows {
		b.WriteString(strings.TrimRight(string(row), " ") + "\n")
	}
}
