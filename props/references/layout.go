package references

import (
	"cmp"
	"slices"
)

// Measures of a picture, in pixels.
const (
	boxWidth   = 224
	boxHeight  = 46
	columnGap  = 144
	rowPitch   = 94
	laneGap    = 18 // more between two connections
	margin     = 28
	headHeight = 96  // of title and headings
	loop       = 60  // how far lines go around boxes
	smallest   = 960 // width, for the text below
	columns    = 5
)

// box is a node in its place: x and y are its upper left corner.
type box struct {
	node Node
	x, y int
}

func (b box) right() int  { return b.x + boxWidth }
func (b box) bottom() int { return b.y + boxHeight }
func (b box) middle() int { return b.y + boxHeight/2 }
func (b box) center() int { return b.x + boxWidth/2 }

// upright returns where a vertical line meets b: beside its tag.
func (b box) upright() int { return b.x + 2*boxWidth/3 }
func (n Node) column() int { return columnOf[n.Kind] }

// columnOf says in which column nodes stand: pages, what pages hold, the browser, what the worker holds, the worker.
var columnOf = [kindCount]int{
	Page: 0, Client: 0,
	Handle: 1, Promise: 1, PageList: 1, PageEnd: 1, QueueToPage: 1,
	Connection: 2, NoticeToPage: 2, NoticeToWorker: 2, Registration: 2, Map: 2,
	Event: 3, Object: 3, WorkerEnd: 3, QueueToWorker: 3, WorkerList: 3, Handler: 3,
	Instance: 4, Version: 4,
}

// rowOf says in which row of its connection a node stands: the ends in the middle, what script has above, what waits
// below.
func rowOf(k Kind) int {
	switch k {
	case PageEnd, Connection, WorkerEnd:
		return 1
	case QueueToPage, QueueToWorker, NoticeToPage, NoticeToWorker:
		return 2
	}
	return 0
}

// layout places nodes: each connection has a lane with a few rows, and below all lanes is the ground, where those
// things stand that there is one of.
type layout struct {
	*Graph
	places map[Node]box
	left   [columns]int // where each column begins; an empty one takes no room
	width  int
	bottom int // of what is placed so far
}

func (g *Graph) layout() *layout {
	l := &layout{Graph: g, places: map[Node]box{}, bottom: headHeight}
	l.columns()
	for n := range g.world.Connections {
		l.lane(uint8(n + 1))
	}
	l.beside(Page)
	l.beside(Instance)
	l.ground()
	return l
}

// columns finds out where columns begin.
func (l *layout) columns() {
	var used [columns]bool
	for _, n := range l.Nodes() {
		used[n.column()] = true
	}
	x := margin
	for c := range columns {
		l.left[c] = x
		if used[c] {
			x += boxWidth + columnGap
		}
	}
	l.width = max(x-columnGap+margin+loop, smallest)
}

func (l *layout) place(n Node, y int) {
	l.places[n] = box{n, l.left[n.column()], y}
	l.bottom = max(l.bottom, y+rowPitch)
}

// lane places what belongs to a connection, and leaves out rows that would be empty.
func (l *layout) lane(connection uint8) {
	var rows [3][]Node
	for _, n := range l.Nodes() {
		if l.connectionOf(n) != nil && n.Number == connection {
			rows[rowOf(n.Kind)] = append(rows[rowOf(n.Kind)], n)
		}
	}
	y := l.bottom
	for _, row := range rows {
		for _, n := range row {
			l.place(n, y)
		}
		y = l.bottom
	}
	if y > headHeight {
		l.bottom += laneGap
	}
}

// beside places nodes of a kind, each as near as can be to what it has to do with, and the others below them.
func (l *layout) beside(k Kind) {
	var boxes, others []box
	for _, n := range l.Nodes() {
		if n.Kind != k {
			continue
		}
		if y, ok := l.near(n); ok {
			boxes = append(boxes, box{node: n, y: y})
		} else {
			others = append(others, box{node: n})
		}
	}
	slices.SortStableFunc(boxes, func(a, b box) int { return cmp.Compare(a.y, b.y) })
	next := headHeight
	for _, b := range append(boxes, others...) {
		y := max(b.y, next)
		l.place(b.node, y)
		next = y + rowPitch
	}
}

// near returns the height at which n would stand best: the mean of those that it refers to or, for a page, that it
// asked for. It reports false when there is no such thing.
func (l *layout) near(n Node) (int, bool) {
	sum, count := 0, 0
	for _, b := range l.places {
		asked := n.Kind == Page && b.node.Kind == Connection && l.connectionOf(b.node).Page == n.Number
		if asked || l.refs.HasEdgeFromTo(n.ID(), b.node.ID()) {
			sum, count = sum+b.y, count+1
		}
	}
	if count == 0 {
		return 0, false
	}
	return sum / count, true
}

// ground places the rest, column by column. Lists and handlers stand lower, out of the way between registration and
// versions.
func (l *layout) ground() {
	top := l.bottom
	var next [columns]int
	for _, k := range []Kind{Client, Registration, Map, Version, PageList, WorkerList, Handler} {
		for _, n := range l.Nodes() {
			if n.Kind != k {
				continue
			}
			y := &next[n.column()]
			if *y == 0 {
				*y = top
				if k == PageList || k == WorkerList || k == Handler {
					*y += rowPitch
				}
			}
			l.place(n, *y)
			*y += rowPitch
		}
	}
}

// free tells whether a horizontal line at height y meets no box in the columns between two others.
func (l *layout) free(y, from, to int) bool {
	for _, b := range l.places {
		if c := b.node.column(); c > min(from, to) && c < max(from, to) && y > b.y-6 && y < b.bottom()+6 {
			return false
		}
	}
	return true
}
