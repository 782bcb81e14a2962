package main

import (
	"fmt"
	"strings"

	"cosw/traces/typeset"
)

// What every file of the command uses, under short names.
const columns = typeset.Columns

var (
	paragraph = typeset.Paragraph
	number    = typeset.Number
	count     = typeset.Count
)

// block is text, line by line. A report is put together from blocks.
type block []string

// printf adds a line.
func (b *block) printf(format string, args ...any) { *b = append(*b, fmt.Sprintf(format, args...)) }

// add adds the lines of another block.
func (b *block) add(other block) { *b = append(*b, other...) }

// wrap adds text behind head, in lines of at most width that are indented as far as head is wide.
func (b *block) wrap(head, text string, width int) {
	for line := range strings.Lines(typeset.Hanging(head, typeset.Runes(head), text, width)) {
		*b = append(*b, strings.TrimSuffix(line, "\n"))
	}
}

// String returns the lines, each with its end.
func (b block) String() string {
	if len(b) == 0 {
		return ""
	}
	return strings.Join(b, "\n") + "\n"
}

// size writes a number of bytes in MiB or GiB.
func size(bytes uint64) string {
	if bytes >= 1<<30 {
		return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
	}
	return fmt.Sprintf("%d MiB", (bytes+1<<20-1)>>20)
}
