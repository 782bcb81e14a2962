package render

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"unicode"

	"cosw/traces"
)

//go:embed trace.svg.tmpl
var svgText string

var svgTemplate = template.Must(template.New("svg").Parse(svgText))

// SVG returns t as a sequence diagram: a line for each party, a row for each step, and in each row what goes from party to
// party, what changes, and the answers that decided. It needs no font, script or file beside it, and has colours for light
// and for dark surroundings; nothing is told by colour alone. The error is that of [NewScene].
func SVG(t *traces.Trace) ([]byte, error) {
	s, err := NewScene(t)
	if err != nil {
		return nil, err
	}
	return s.SVG()
}

// SVG returns what is shown of s, see the function [SVG].
func (s *Scene) SVG() ([]byte, error) {
	var b bytes.Buffer
	err := svgTemplate.Execute(&b, s.draw(true))
	return b.Bytes(), err
}

// printable returns text without what XML cannot say.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
