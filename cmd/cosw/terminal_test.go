package main

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/creack/pty"

	"cosw/traces/typeset"
)

// TestLineWidth: without a terminal, only COLUMNS changes the usual width. TestWidths has terminals.
func TestLineWidth(t *testing.T) {
	for _, c := range []struct {
		why, columns string
		want         int
	}{
		{"what is piped has the same bytes everywhere", "", typeset.Columns},
		{"somebody asks for another width", "72", 72},
		{"the narrowest page", "20", 60},
		{"the widest page", "300", 120},
		{"no number asks for nothing", "wide", typeset.Columns},
		{"nor does one that no terminal can have", "-80", typeset.Columns},
	} {
		if got := lineWidth(io.Discard, func(string) string { return c.columns }); got != c.want {
			t.Errorf("%s: COLUMNS=%q gives %d, want %d", c.why, c.columns, got, c.want)
		}
	}
}

// onTerminal returns what a command writes to a terminal of so many columns.
func onTerminal(t *testing.T, columns int, env []string, args ...string) string {
	t.Helper()
	terminal, tty, err := pty.Open()
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	defer terminal.Close()
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "cosw", args...)
	command.Env = append(os.Environ(), append([]string{"COLUMNS=", "NO_COLOR=", "TERM=xterm"}, env...)...)
	command.Stdout = tty
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	tty.Close()
	text, _ := io.ReadAll(terminal) // ends in an error when the last end of the terminal is closed
	command.Wait()                  // what it found is told by its code as well
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// TestTerminal: text fits the terminal, and what is violated or unknown stands out on one, where that is wanted; formats for
// programs are the same everywhere.
func TestTerminal(t *testing.T) {
	violated := []string{"linearize", "--quiet", "../../linearize/testdata/stop.jsonl"}
	stopped := []string{"check", "--max-worlds", "100", "--quiet", "--histories", "0"}
	for _, c := range []struct {
		why    string
		env    []string
		args   []string
		colour string // that must be there; nothing: none at all
		want   string
	}{
		{"violated is red", nil, violated, red, ": " + red + "violated" + endColour + "\n"},
		{"unknown is yellow", nil, stopped, yellow, yellow + "NOT COMPLETE" + endColour + ": the limit of worlds"},
		{"a trace that breaks something", nil, []string{"show", "../../traces/corpus/settles-1.trace"}, red, "VERDICT   " + red + "breaks" + endColour + " settles\n"},
		{"nothing is wrong", nil, []string{"questions", "suspend"}, "", "suspend: "},
		{"somebody wants no colours", []string{"NO_COLOR=1"}, violated, "", ": violated\n"},
		{"the terminal has none", []string{"TERM=dumb"}, violated, "", ": violated\n"},
		{"the terminal is unknown", []string{"TERM="}, violated, "", ": violated\n"},
		{"JSON", nil, append(stopped, "--format", "json"), "", `"complete": false`},
		{"Markdown", nil, append(stopped, "--format", "markdown"), "", "the limit of worlds was reached"},
	} {
		text := onTerminal(t, 72, c.env, c.args...)
		if !strings.Contains(text, c.want) || strings.Contains(text, "\x1b") != (c.colour != "") {
			t.Errorf("%s: wanted %q in\n%q", c.why, c.want, text)
		}
	}
	for columns, want := range map[int]int{60: 60, 72: 72, 160: 120} {
		widest := 0
		for line := range strings.Lines(onTerminal(t, columns, nil, "questions")) {
			widest = max(widest, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
		}
		if widest > want || widest < want-5 {
			t.Errorf("on a terminal of %d columns, lines have up to %d, want up to %d", columns, widest, want)
		}
	}
}

// TestPaintedDiff: what changed within a line stands out, and lines that have no counterpart as a whole.
func TestPaintedDiff(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"a number", " a\n-it has 12 designs\n+it has 13 designs\n b\n", " a\n-it has 1<2> designs\n+it has 1<3> designs\n b\n"},
		{"a word more", "-it is so\n+it is not so\n", "-it is so\n+it is <not >so\n"},
		{"two lines, each with its own", "-ax\n-bx\n+ay\n+by\n", "-a<x>\n-b<x>\n+a<y>\n+b<y>\n"},
		{"a line more", " a\n+b\n", " a\n+<b>\n"},
		{"more lines than before", "-a\n+b\n+a\n", "-<a>\n+<b>\n+<a>\n"},
		{"what repeats itself", "-aa\n+aaa\n", "-aa\n+aa<a>\n"},
		{"beyond ASCII", "-“a”\n+“b”\n", "-“<a>”\n+“<b>”\n"},
		{"the head", "--- old\n+++ new\n@@ -1 +1 @@\n-\n+x\n", "--- old\n+++ new\n@@ -1 +1 @@\n-\n+<x>\n"},
		{"nothing", "same\n", "same\n"},
	} {
		want := strings.NewReplacer("<", red, ">", endColour).Replace(c.want)
		if got := paintedDiff(c.text); got != want {
			t.Errorf("%s: %q, want %q", c.why, got, want)
		}
	}
}

// TestProgress: the line is never broken into two, whatever the terminal adds, since only one of them could be cleared.
func TestProgress(t *testing.T) {
	for _, width := range []int{0, 1, 2, 3, 20, 60, 200} {
		var out strings.Builder
		p := &progress{w: &out, width: func() int { return width }}
		p.line("%s", strings.Repeat("much ", 20))
		text := strings.TrimPrefix(out.String(), "\r\x1b[K")
		if n := utf8.RuneCountInString(text); width < 2 && n > 0 || width >= 2 && n == 0 || n > max(1, width-len("^C")-1) {
			t.Errorf("in %d columns: %q", width, text)
		}
		out.Reset()
		p.clear()
		if cleared := out.String() == "\r\x1b[K"; cleared != (text != "") {
			t.Errorf("in %d columns: %q clears %q", width, &out, text)
		}
	}
}
