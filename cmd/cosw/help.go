package main

import (
	"io"
	"strings"

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
