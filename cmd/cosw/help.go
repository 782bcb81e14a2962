package main

import (
	"fmt"
	"io"
	"strings"

	"cosw/traces/script"
	"cosw/traces/typeset"
)

// writeHelp writes help, which is laid out by hand, for a narrower page if need be.
func writeHelp(w io.Writer, help string) {
	if width := typeset.Width(w); width < typeset.Columns {
		help = typeset.Reflow(help, width, isExample)
	}
	io.WriteString(w, help)
}

// isExample tells whether a line of help is a command to copy: terminals break those without a line end in them.
func isExample(line string) bool {
	command := strings.TrimSpace(line)
	return line != command && !strings.Contains(command, "  ") && (strings.HasPrefix(command, "cosw ") || strings.HasPrefix(command, "printf "))
}

// words lays out what a language has, each word with what it means beside or below it.
func words(all []script.Word) string {
	var b block
	const indent = "  %-33s  "
	for _, w := range all {
		head := fmt.Sprintf(indent, w.Syntax)
		if room := len(fmt.Sprintf(indent, "")); typeset.Runes(head) > room {
			b.printf("  %s", w.Syntax)
			head = strings.Repeat(" ", room)
		}
		b.wrap(head, w.Means)
	}
	return b.String()
}
