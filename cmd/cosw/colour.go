package main

import (
	"io"
	"regexp"
	"strings"
)

// Colours on a terminal: what is violated, what is unknown, and what differs, and nothing else. The words say it as well, so that nothing is
// lost without colours.

// paints are what stands out, with the colour that it has: red for what is wrong, yellow for what is not known.
var paints = []struct {
	words  *regexp.Regexp // the first group, where there is one, stays as it is
	colour string
}{
	{regexp.MustCompile(`(?m)()\b(?:VIOLATED|VACUOUS|LIVELOCK|NEW EVIDENCE|NOT EXPLAINED|NO DESIGN EXPLAINS)\b`), red},
	{regexp.MustCompile(`(?m)(: )violated$`), red},
	{regexp.MustCompile(`(?m)(^VERDICT   )breaks\b`), red},
	{regexp.MustCompile(`(?m)()\b(?:UNKNOWN|NOT COMPLETE)\b`), yellow},
	{regexp.MustCompile(`(?m)(: )unknown$`), yellow},
}

const (
	red       = "\x1b[1;31m"
	yellow    = "\x1b[1;33m"
	endColour = "\x1b[0m"
)

// painted returns text with colours.
func painted(text string) string {
	for _, p := range paints {
		text = p.words.ReplaceAllStringFunc(text, func(match string) string {
			stays := p.words.FindStringSubmatch(match)[1]
			return stays + p.colour + match[len(stays):] + endColour
		})
	}
	return text
}

// text is the output for text that people read. Other formats are written to out itself, which has no colours.
func (s *streams) text() io.Writer { return s.painting(painted) }

// diff is the output for a difference, which is to be written at once.
func (s *streams) diff() io.Writer { return s.painting(paintedDiff) }

func (s *streams) painting(paint func(string) string) io.Writer {
	p, ok := s.out.(page)
	if ok && p.coloured {
		p.paint = paint
		return p
	}
	return s.out
}

// paintedDiff returns a unified diff with colours. Of a line that was changed, only what changed stands out: a paragraph is one
// line, and nobody finds a number in it.
func paintedDiff(text string) string {
	lines := strings.SplitAfter(text, "\n")
	var out strings.Builder
	for len(lines) > 0 {
		removed := lines[:leading(lines, '-')]
		lines = lines[len(removed):]
		added := lines[:leading(lines, '+')]
		lines = lines[len(added):]
		if len(removed) != len(added) { // which became which is not known
			removed, added = marked(removed, nil), marked(added, nil)
		} else {
			removed, added = marked(removed, added), marked(added, removed)
		}
		out.WriteString(strings.Join(removed, "") + strings.Join(added, ""))
		if len(removed)+len(added) == 0 {
			out.WriteString(lines[0])
			lines = lines[1:]
		}
	}
	return out.String()
}

// leading returns how many lines in front have that sign, those of the head of a diff not among them.
func leading(lines []string, sign byte) int {
	head := strings.Repeat(string(sign), 3) + " "
	n := 0
	for n < len(lines) && lines[n] != "" && lines[n][0] == sign && !strings.HasPrefix(lines[n], head) {
		n++
	}
	return n
}

// marked returns lines with what the others at their places do not have in red; all of it if there are none.
func marked(lines, others []string) []string {
	var all []string
	for i, line := range lines {
		from, text := 1, []rune(strings.TrimSuffix(line, "\n")) // the sign stays as it is
		to := len(text)
		if others != nil {
			other := []rune(strings.TrimSuffix(others[i], "\n"))
			for from < min(to, len(other)) && text[from] == other[from] {
				from++
			}
			for n := len(other); to > from && n > from && text[to-1] == other[n-1]; n-- {
				to--
			}
		}
		if from < to {
			line = string(text[:from]) + red + string(text[from:to]) + endColour + string(text[to:]) + "\n"
		}
		all = append(all, line)
	}
	return all
}

// coloured tells whether w is a terminal with colours that its user wants: see no-color.org.
func coloured(w io.Writer, getenv func(string) string) bool {
	term := getenv("TERM")
	return getenv("NO_COLOR") == "" && term != "" && term != "dumb" && terminalWidth(w) > 0
}
