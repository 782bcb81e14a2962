package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"cosw/props/explore"
)

// progress keeps one line on a terminal up to date; elsewhere, and on a terminal that cannot go back to the beginning of a
// line, it is silent.
type progress struct {
	w     io.Writer
	width func() int // how many characters a line has now; 0: there is no terminal
	shown time.Time
}

func newProgress(w io.Writer) *progress {
	p := &progress{w: w, width: func() int { return 0 }}
	if os.Getenv("TERM") != "dumb" {
		p.width = func() int { return terminalWidth(w) }
	}
	return p
}

// show is called by the search five times a second or so.
func (p *progress) show(what string, at explore.Progress) {
	rate := float64(at.Worlds) / max(at.Elapsed.Seconds(), 0.001)
	p.line("%s: %s worlds, %s/s, %s to go, depth %d, %s", what,
		number(at.Worlds), number(uint64(rate)), number(at.Frontier), at.Depth, size(at.Bytes))
}

// line shows a line of text, as much of it as the terminal has room for: what it broke into a second line could not be
// cleared. It does so a few times a second.
func (p *progress) line(format string, args ...any) {
	if time.Since(p.shown) < 150*time.Millisecond {
		return
	}
	width := p.width()
	if width < 2 {
		return
	}
	p.shown = time.Now()
	text := []rune(fmt.Sprintf(format, args...))
	if room := max(1, width-freeColumns); len(text) > room {
		text = append(text[:room-1], '…')
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", string(text))
}

// freeColumns stay free at the end of a line: two for the ^C with which terminals answer an interrupt, and the last one, as some
// go to the next line there.
const freeColumns = 3

// clear removes the line.
func (p *progress) clear() {
	if !p.shown.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
