package render

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"unicode"
)

//go:embed trace.svg.tmpl
var svgText string

var svgTemplate = template.Must(template.New("svg").Parse(svgText))

// SVG returns the scene as a sequence diagram: a line for each party, a row for each step, and in each row what goes from
// party to party, what changes, and the answers that decided. It needs no font, script or file beside it, and has colours
// for light and for dark surroundings; nothing is told by colour alone.
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
