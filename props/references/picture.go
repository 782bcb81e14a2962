package references

import (
	"strings"
	"unicode/utf8"
)

// picture is what the template draws. Every text of it is plain: the template escapes.
type picture struct {
	Title, Summary string
	Width, Height  int
	Headings       []label
	Boxes          []pictureBox
	Arrows         []arrow
	Notes          []label // below the graph: what is wrong, and how to read the picture
}

type label struct {
	X, Y  int
	Text  string
	Class string
}

type pictureBox struct {
	X, Y, Width, Height int
	Radius              int
	Class               string
	Leaked              bool // has a second outline
	Texts               []label
}

type arrow struct {
	Path   string
	Heads  []string // corners of arrow heads
	Class  string
	Behind area // what the labels stand on
	Labels []label
}

// picture lays g out and puts it into words.
func (g *Graph) picture(title string) *picture {
	l := g.layout()
	p := &picture{Title: title, Width: l.width}
	found, marks := g.Findings(), g.marks()
	p.Summary = strings.Join(g.Wrong(), "; ")
	p.headings(l)
	p.arrows(l, found, marks)
	for _, n := range g.Nodes() {
		p.box(l, l.places[n], marks[n])
	}
	p.notes(l.bottom, found)
	return p
}

// headings writes the name of each party above its columns.
func (p *picture) headings(l *layout) {
	for _, party := range []Party{Pages, Browser, Worker} {
		left, right := p.Width, 0
		for _, b := range l.places {
			if b.node.Party() == party {
				left, right = min(left, b.x), max(right, b.right())
			}
		}
		if right > 0 {
			p.Headings = append(p.Headings, label{(left + right) / 2, headHeight - 34, partyTexts[party], "heading"})
		}
	}
}

func (p *picture) box(l *layout, b box, m mark) {
	out := pictureBox{X: b.x, Y: b.y, Width: boxWidth, Height: boxHeight, Radius: 4, Leaked: m.leaked}
	classes := []string{"box", partyTexts[b.node.Party()]}
	if l.root(b.node) {
		out.Radius = boxHeight / 2
		classes = append(classes, "root")
	}
	if b.node.Kind == Page && !l.openPage(b.node) {
		classes = append(classes, "gone")
	}
	if m.orphaned {
		classes = append(classes, "orphaned")
	}
	if m.leaked {
		classes = append(classes, "leaked")
	}
	out.Class = strings.Join(classes, " ")
	detail := l.Detail(b.node)
	y := b.middle() + 4
	if detail != "" {
		y -= 8
		out.Texts = append(out.Texts, label{b.center(), b.middle() + 14, detail, "detail"})
	}
	out.Texts = append(out.Texts, label{b.center(), y, b.node.String(), "name"})
	if text := m.String(); text != "" {
		out.Texts = append(out.Texts, label{b.x + 6, b.y - 5, strings.ToUpper(text), "tag"})
	}
	p.Boxes = append(p.Boxes, out)
}

// arrows draws the references, two that run either way between the same nodes as one line.
func (p *picture) arrows(l *layout, found []Finding, marks map[Node]mark) {
	onPath := map[Edge]bool{}
	for _, f := range found {
		for _, e := range f.Path {
			onPath[e] = onPath[e] || f.Trouble.Leaked()
		}
	}
	var taken []area
	for n, b := range l.places {
		taken = append(taken, b.area(marks[n] != mark{}))
	}
	for _, e := range l.Edges() {
		back, both := l.refs.Edge(e.Target.ID(), e.Source.ID()).(Edge)
		if both && e.Source.ID() > e.Target.ID() {
			continue
		}
		r := l.route(l.places[e.Source], l.places[e.Target])
		a := arrow{Path: r.path(), Heads: []string{head(r[len(r)-1], r[len(r)-2])}, Class: e.class(onPath[e] || onPath[back])}
		lines := []string{e.Reason.String()}
		if both {
			a.Heads = append(a.Heads, head(r[0], r[1]))
			lines = []string{forward(r) + lines[0], backward(r) + back.Reason.String()}
		}
		at, used := spot(r, lines, taken)
		taken, a.Behind = append(taken, used), used
		for i, line := range lines {
			a.Labels = append(a.Labels, label{at.x, at.y + 13*i - 13*(len(lines)-1)/2 + 4, line, "reason"})
		}
		p.Arrows = append(p.Arrows, a)
	}
}

// forward and backward are signs for the directions along r, as they look on the picture.
func forward(r route) string  { return sign(r[0], r[len(r)-1]) }
func backward(r route) string { return sign(r[len(r)-1], r[0]) }

func sign(from, to point) string {
	switch {
	case from.x < to.x:
		return "→ "
	case from.x > to.x:
		return "← "
	case from.y < to.y:
		return "↓ "
	}
	return "↑ "
}

// class returns how e is drawn. A path that keeps something that is leaked stands out.
func (e Edge) class(leaks bool) string {
	class := "keeps"
	switch {
	case e.Reason.Is(Links):
		class = "links"
	case !e.Reason.Is(Keeps):
		class = "reaches"
	}
	if leaks {
		class += " leaks"
	}
	return class
}

// notes writes what is wrong, and how to read the picture.
func (p *picture) notes(y int, found []Finding) {
	add := func(class, text string) {
		for _, line := range wrap(text, (p.Width-2*margin)/7) {
			p.Notes = append(p.Notes, label{margin, y, line, class})
			y += 17
		}
	}
	y += 8
	if len(found) == 0 {
		add("note", textNone)
	}
	for _, f := range found {
		add("note", f.String())
		add("detail", textMissing+": "+f.Missing)
	}
	y += 6
	for _, line := range legend {
		add("detail", line)
	}
	p.Height = y + margin/2
}

// wrap breaks text into lines of about so many characters.
func wrap(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		if n := len(lines); n > 0 && utf8.RuneCountInString(lines[n-1])+1+utf8.RuneCountInString(word) <= width {
			lines[n-1] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return lines
}
