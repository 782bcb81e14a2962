package references

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
	"unicode"
)

//go:embed graph.svg.tmpl
var svgText string

var svgTemplate = template.Must(template.New("svg").Parse(svgText))

// SVG writes g as a picture with a title. It needs no font, script or file beside it, and has colours for light and
// for dark surroundings.
func (g *Graph) SVG(w io.Writer, title string) error {
	return svgTemplate.Execute(w, g.picture(printable(title)))
}

// printable returns text without what XML cannot say.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}
