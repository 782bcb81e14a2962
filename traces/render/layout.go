package render

import (
	"strings"

	"cosw/traces/typeset"
)

// columns is how wide text is at most, where words allow.
const columns = typeset.Columns

const noBreak = typeset.NoBreak

// lines writes each line of text behind head, as a paragraph of its own.
func lines(b *strings.Builder, head, text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if strings.TrimSpace(line) == "" {
			b.WriteString("\n")
		}
		typeset.Paragraph(b, head, line)
		head = strings.Repeat(" ", runes(head))
	}
}

var runes = typeset.Runes

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
