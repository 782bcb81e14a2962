package main

import (
	"io"
	"regexp"
)

// Colours on a terminal: what is violated, and what is unknown, and nothing else. The words say it as well, so that nothing is
// lost without colours.

// paints are what stands out, with the colour that it has: red for what is wrong, yellow for what is not known.
var paints = []struct {
	words  *regexp.Regexp // the first group, where there is one, stays as it is
	colour string
}{
	{regexp.MustCompile(`(?m)()\b(?:VIOLATED|VACUOUS|LIVELOCK|NEW EVIDENCE|NOT EXPLAINED|NO DESIGN EXPLAINS)\b`), "\x1b[1;31m"},
	{regexp.MustCompile(`(?m)(: )violated$`), "\x1b[1;31m"},
	{regexp.MustCompile(`(?m)(^VERDICT   )breaks\b`), "\x1b[1;31m"},
	{regexp.MustCompile(`(?m)()\b(?:UNKNOWN|NOT COMPLETE)\b`), "\x1b[1;33m"},
	{regexp.MustCompile(`(?m)(: )unknown$`), "\x1b[1;33m"},
}

const endColour = "\x1b[0m"

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
func (s *streams) text() io.Writer {
	if p, ok := s.out.(page); ok {
		p.painted = p.coloured
		return p
	}
	return s.out
}

// coloured tells whether w is a terminal with colours that its user wants: see no-color.org.
func coloured(w io.Writer, getenv func(string) string) bool {
	term := getenv("TERM")
	return getenv("NO_COLOR") == "" && term != "" && term != "dumb" && terminalWidth(w) > 0
}
