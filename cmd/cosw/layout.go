package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"cosw/traces/typeset"
)

// What every file of the command uses, under short names.
var (
	paragraph = typeset.Paragraph
	number    = typeset.Number
	count     = typeset.Count
)

// block is text that is broken into lines where it is written, as wide as there is room. A report is put together from blocks.
type block []part

// part is a paragraph, or a row of a table.
type part struct {
	head, text string
	cells      []string // nil for a paragraph
}

// printf adds a line.
func (b *block) printf(format string, args ...any) {
	b.wrap(typeset.Hang(fmt.Sprintf(format, args...)))
}

// add adds the parts of another block.
func (b *block) add(other block) { *b = append(*b, other...) }

// wrap adds text behind head, in lines that are indented as far as head is wide.
func (b *block) wrap(head, text string) { *b = append(*b, part{head: head, text: text}) }

// row adds a row of a table: cells of one width behind head.
func (b *block) row(head string, cells ...string) {
	*b = append(*b, part{head: head, cells: append([]string{}, cells...)})
}

// WriteTo writes the lines of a block, as wide as w says that lines may be.
func (b block) WriteTo(w io.Writer) (int64, error) {
	var text bytes.Buffer
	page := typeset.Page{Writer: &text, Columns: typeset.Width(w)}
	for _, p := range b {
		switch whole := p.head + p.text; {
		case p.cells != nil:
			typeset.Row(page, p.head, p.cells)
		case typeset.Runes(whole) <= page.Columns:
			fmt.Fprintln(page, strings.TrimRight(whole, " "))
		default:
			paragraph(page, p.head, p.text)
		}
	}
	return text.WriteTo(w)
}

// String returns the lines of a block, as wide as text usually is.
func (b block) String() string {
	var text strings.Builder
	b.WriteTo(&text)
	return text.String()
}

// size writes a number of bytes in MiB or GiB.
func size(bytes uint64) string {
	if bytes >= 1<<30 {
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	}
	return fmt.Sprintf("%d MiB", (bytes+1<<20-1)>>20)
}
