package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"

	"cosw/traces/typeset"
)

// Text is laid out for the terminal that it is written to, but neither so narrow that it falls apart nor so wide that nobody
// finds the next line.
const (
	narrowestPage = 60
	widestPage    = 120
)

// lineWidth returns how wide lines on w may be: what COLUMNS says if it is set, else what the terminal has, and elsewhere what
// text usually is, so that files and pipes get the same bytes on every machine.
func lineWidth(w io.Writer, getenv func(string) string) int {
	if columns, err := strconv.Atoi(getenv("COLUMNS")); err == nil && columns > 0 {
		return pageWidth(columns)
	}
	if columns := terminalWidth(w); columns > 0 {
		return pageWidth(columns)
	}
	return typeset.Columns
}

// widthFor returns how wide lines may be in a file, or on standard output if it has no name. Files are the same wherever they are
// written.
func (s *streams) widthFor(file string) int {
	if file != "" {
		return typeset.Columns
	}
	return typeset.Width(s.out)
}

func pageWidth(columns int) int { return min(max(columns, narrowestPage), widestPage) }

// terminalWidth returns how many characters a line on w has, or 0 if it is no terminal.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok {
		return 0
	}
	width, _, _ := term.GetSize(int(f.Fd())) // 0 if it is no terminal
	return width
}
