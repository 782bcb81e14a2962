package views

import (
	"fmt"
	"strings"

	"cosw/props/references"
)

// The measures of a drawing of references, in pixels.
const (
	boxWidth  = 236
	boxHeight = 46
	columnGap = 96
	rowGap    = 18
	headRoom  = 34
	margin    = 34 // beside the outer columns, for references within one
	anchorGap = 7  // between references at one side of a box
)

// columns are the parties in the order in which they are drawn.
var columns = []struct {
	party references.Party
	title string
}{{references.Pages, "pages"}, {references.Browser, "browser"}, {references.Worker, "worker"}}

// drawing lays a reference graph out: a column for each party, and in it a box for each thing.
type drawing struct {
	graph    *references.Graph
	troubles map[references.Node][]string // what is wrong with a thing, in capitals
	place    map[references.Node]box
	used     map[anchor]int // how many references begin or end there so far
	rows     int
}

type box struct{ column, row int }

// anchor is a side of a box.
type anchor struct {
	node  references.Node
	right bool
}

func newDrawing(g *references.Graph, defects []references.Defect) *drawing {
	d := &drawing{graph: g, troubles: map[references.Node][]string{}, place: map[references.Node]box{}, used: map[anchor]int{}}
	var filled [3]int
	for _, n := range g.Nodes() {
		for at, c := range columns {
			if n.Party() == c.party {
				d.place[n] = box{at, filled[at]}
				filled[at]++
				d.rows = max(d.rows, filled[at])
			}
		}
	}
	for _, defect := range defects {
		for _, n := range defect.Nodes {
			if word := strings.ToUpper(defect.Trouble.String()); !strings.Contains(strings.Join(d.troubles[n], " "), word) {
				d.troubles[n] = append(d.troubles[n], word)
			}
		}
	}
	return d
}

func (b box) left() int { return margin + b.column*(boxWidth+columnGap) }
func (b box) top() int  { return headRoom + b.row*(boxHeight+rowGap) }

// svg draws the graph: first what refers to what, then the boxes, which may hide a part of that.
func (d *drawing) svg() markup {
	width, height := 2*margin+3*boxWidth+2*columnGap, headRoom+d.rows*(boxHeight+rowGap)
	parts := []markup{element("title", attributes{"id", "references-title"}, text("What refers to what: the text below says the same")), arrowHead}
	for at, c := range columns {
		parts = append(parts, label(box{at, 0}.left()+boxWidth/2, 18, "party", c.title))
	}
	for _, e := range d.graph.Edges() {
		parts = append(parts, d.arrow(e))
	}
	for _, n := range d.graph.Nodes() {
		parts = append(parts, d.node(n))
	}
	return element("svg", attributes{"class", "refs", "viewBox", fmt.Sprintf("0 0 %d %d", width, height), "width", fmt.Sprint(width), "height", fmt.Sprint(height),
		"role", "img", "aria-labelledby", "references-title"}, parts...)
}

const arrowHead = markup(`<defs><marker id="references-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">` +
	`<path d="M0 0 8 4 0 8z"></path></marker></defs>`)

func label(x, y int, class, words string) markup {
	return element("text", attributes{"class", class, "x", fmt.Sprint(x), "y", fmt.Sprint(y)}, text(words))
}

// node draws a box. What is orphaned is dashed, what is leaked has a second outline, and both are said in capitals.
func (d *drawing) node(n references.Node) markup {
	at, class := d.place[n], "thing"
	rect := func(class string, by int) markup {
		return element("rect", attributes{"class", class, "x", fmt.Sprint(at.left() + by), "y", fmt.Sprint(at.top() + by),
			"width", fmt.Sprint(boxWidth - 2*by), "height", fmt.Sprint(boxHeight - 2*by), "rx", "5"})
	}
	outline := markup("")
	for _, word := range d.troubles[n] {
		class += " " + strings.ToLower(word)
		if word == "LEAKED" {
			outline = rect("inner", 4)
		}
	}
	says := strings.Join(d.troubles[n], ", ")
	if says == "" {
		says = d.graph.Detail(n)
	}
	middle := at.left() + boxWidth/2
	if says == "" {
		return classed("g", class, rect("outer", 0), outline, label(middle, at.top()+28, "name", n.String()))
	}
	return classed("g", class, rect("outer", 0), outline, label(middle, at.top()+20, "name", n.String()), label(middle, at.top()+37, "says", says))
}

// arrow draws a reference: dotted if it keeps nothing alive.
func (d *drawing) arrow(e references.Edge) markup {
	from, to := d.place[e.Source], d.place[e.Target]
	rightOut, rightIn, bend := from.column < to.column, from.column > to.column, columnGap/2
	if from.column == to.column { // around the outer side
		rightOut, rightIn, bend = from.column > 0, from.column > 0, 30
	}
	x1, y1 := d.anchor(e.Source, rightOut)
	x2, y2 := d.anchor(e.Target, rightIn)
	class := "reference"
	if !e.Reason.Is(references.Keeps) {
		class += " weak"
	}
	return element("path", attributes{"class", class, "marker-end", "url(#references-arrow)",
		"d", fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x1, y1, x1+side(rightOut)*bend, y1, x2+side(rightIn)*bend, y2, x2, y2)},
		element("title", nil, text(e.String())))
}

func side(right bool) int {
	if right {
		return 1
	}
	return -1
}

// anchor returns where the next reference meets a side of a box: in the middle first, then above and below in turn.
func (d *drawing) anchor(n references.Node, right bool) (x, y int) {
	at, a := d.place[n], anchor{n, right}
	k := d.used[a]
	d.used[a]++
	x, y = at.left(), at.top()+boxHeight/2+(1-k%2*2)*((k+1)/2%4)*anchorGap
	if right {
		x += boxWidth
	}
	return x, y
}
