package render

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"strings"
	"unicode"
)

// PictureStyle is the style sheet of pictures.
//
//go:embed picture.css
var PictureStyle string

// SVG returns the scene as a sequence diagram: a line for each party, a row for each step, and in each row what goes from
// party to party, what changes, and the answers that decided. It needs no font, script or file beside it, and has colours
// for light and for dark surroundings; nothing is told by colour alone.
func (s *Scene) SVG() []byte { return s.draw(true).svg("trace", styled) }

// Picture returns the diagram of [Scene.SVG] for a page that has a heading of its own, and [PictureStyle] among its style
// sheets. The name tells its ids from those of other pictures on the page.
func (s *Scene) Picture(name string) []byte { return s.draw(false).svg(name, "") }

// styled is the style of a picture that stands by itself.
var styled = "<style>\n" + PictureStyle + "</style>\n"

// svg writes a picture. Its classes and paths are the package's own; texts are escaped.
func (d *drawing) svg(name, style string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" class="trace" role="img" aria-labelledby="%s-title %[1]s-desc" `+
		`viewBox="0 0 %d %d" width="%[2]d" height="%[3]d">`+"\n", name, d.Width, d.Height)
	fmt.Fprintf(&b, "<title id=\"%s-title\">%s</title>\n", name, html.EscapeString(d.Title))
	fmt.Fprintf(&b, "<desc id=\"%s-desc\">%s</desc>\n", name, html.EscapeString(d.Summary))
	fmt.Fprintf(&b, "%s<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", style, d.Width, d.Height)
	for _, s := range d.Shapes {
		if s.Path != "" {
			fmt.Fprintf(&b, "<path class=\"%s\" d=\"%s\"/>\n", s.Class, s.Path)
			continue
		}
		fmt.Fprintf(&b, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
			s.Class, s.Box.X, s.Box.Y, s.Box.W, s.Box.H, s.Radius)
	}
	for _, t := range d.Texts {
		fmt.Fprintf(&b, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", t.Class, t.X, t.Y, html.EscapeString(t.Text))
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// printable replaces characters that XML cannot hold.
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

// drawing is a picture: shapes in the order in which they cover each other, then texts.
type drawing struct {
	Title, Summary string
	Width, Height  int
	Shapes         []shape
	Texts          []inscription
}

// shape is a path or, without one, a box.
type shape struct {
	Class  string
	Path   string
	Box    area
	Radius int
}

// inscription is one line of text.
type inscription struct {
	Class string
	X, Y  int // of the middle or, without the class "middle", of the left end of its base line
	Text  string
}

// area is a rectangle.
type area struct{ X, Y, W, H int }

func (a area) right() int  { return a.X + a.W }
func (a area) bottom() int { return a.Y + a.H }

// write adds lines of text below y, with their left end at x, and returns where they end.
func (d *drawing) write(f face, x, y int, lines ...string) int {
	return d.inscribe(f, "", x, y, lines)
}

// center adds lines of text below y, around x, and returns where they end.
func (d *drawing) center(f face, x, y int, lines ...string) int {
	return d.inscribe(f, " middle", x, y, lines)
}

func (d *drawing) inscribe(f face, class string, x, y int, lines []string) int {
	for _, line := range lines {
		d.Texts = append(d.Texts, inscription{f.class + class, x, y + f.size, printable(line)})
		y += f.line()
	}
	return y
}

func (d *drawing) box(class string, a area, radius int) {
	d.Shapes = append(d.Shapes, shape{Class: class, Box: a, Radius: radius})
}

func (d *drawing) path(class, format string, args ...any) {
	d.Shapes = append(d.Shapes, shape{Class: class, Path: fmt.Sprintf(format, args...)})
}

// line adds a straight line.
func (d *drawing) line(class string, x1, y1, x2, y2 int) {
	d.path(class, "M%d %dL%d %d", x1, y1, x2, y2)
}

// cross adds a cross around a point.
func (d *drawing) cross(class string, x, y, size int) {
	d.path(class, "M%d %dl%d %dm0 %dl%d %d", x-size, y-size, 2*size, 2*size, -2*size, -2*size, 2*size)
}

// tick adds a sign for what is kept.
func (d *drawing) tick(x, y int) { d.path("tick", "M%d %dl5 6l9 -13", x-7, y) }

// diamond adds a small sign before an answer.
func (d *drawing) diamond(x, y int) { d.path("diamond", "M%d %dl5 -5l5 5l-5 5z", x, y) }
