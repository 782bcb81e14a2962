package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"cosw/props/explore"
)

// progress keeps one line on a terminal up to date; elsewhere it is silent.
type progress struct {
	w     io.Writer
	on    bool
	shown time.Time
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	return &progress{w: w, on: ok && term.IsTerminal(int(f.Fd()))}
}

// show is called by the search five times a second or so.
func (p *progress) show(what string, at explore.Progress) {
	rate := float64(at.Worlds) / max(at.Elapsed.Seconds(), 0.001)
	p.line("%s: %s worlds, %s/s, %s to go, depth %d, %s", what,
		number(at.Worlds), number(uint64(rate)), number(at.Frontier), at.Depth, size(at.Bytes))
}

// line shows a line of text.
func (p *progress) line(format string, args ...any) {
	if p.due() {
		fmt.Fprintf(p.w, "\r\x1b[K"+format, args...)
	}
}

// due tells whether it is time to write the line again.
func (p *progress) due() bool {
	if !p.on || time.Since(p.shown) < 150*time.Millisecond {
		return false
	}
	p.shown = time.Now()
	return true
}

// clear removes the line.
func (p *progress) clear() {
	if !p.shown.IsZero() {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
