package references

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// point is a place in a picture, in pixels.
type point struct{ x, y int }

// route is the line of a reference: curves, each with a start, two control points and an end that the next one starts
// with.
type route []point

// line goes from a to b straight, as a curve.
func (r route) line(to point) route {
	from := r[len(r)-1]
	third := func(a, b int) int { return a + (b-a)/3 }
	return append(r, point{third(from.x, to.x), third(from.y, to.y)}, point{third(to.x, from.x), third(to.y, from.y)}, to)
}

// bend leaves and arrives horizontally.
func (r route) bend(to point) route {
	from := r[len(r)-1]
	half := (to.x - from.x) / 2
	return append(r, point{from.x + half, from.y}, point{to.x - half, to.y}, to)
}

// at returns the point of r at t, from 0 to 3 for each of its curves in turn.
func (r route) at(t float64) point {
	curves := float64(len(r) / 3)
	i := min(int(t*curves), len(r)/3-1)
	u := t*curves - float64(i)
	p := r[3*i : 3*i+4]
	mix := func(get func(point) int) int {
		v := 1 - u
		return int(v*v*v*float64(get(p[0])) + 3*v*v*u*float64(get(p[1])) + 3*v*u*u*float64(get(p[2])) + u*u*u*float64(get(p[3])))
	}
	return point{mix(func(p point) int { return p.x }), mix(func(p point) int { return p.y })}
}

// path returns r as the d attribute of a path.
func (r route) path() string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%d %d", r[0].x, r[0].y)
	for i := 1; i < len(r); i += 3 {
		fmt.Fprintf(&b, " C%d %d %d %d %d %d", r[i].x, r[i].y, r[i+1].x, r[i+1].y, r[i+2].x, r[i+2].y)
	}
	return b.String()
}

// head returns the corners of an arrow head at tip, for a line that comes from there.
func head(tip, from point) string {
	const long, wide = 9, 4
	switch {
	case from.x < tip.x:
		return fmt.Sprintf("%d,%d %d,%d %d,%d", tip.x, tip.y, tip.x-long, tip.y-wide, tip.x-long, tip.y+wide)
	case from.x > tip.x:
		return fmt.Sprintf("%d,%d %d,%d %d,%d", tip.x, tip.y, tip.x+long, tip.y-wide, tip.x+long, tip.y+wide)
	case from.y < tip.y:
		return fmt.Sprintf("%d,%d %d,%d %d,%d", tip.x, tip.y, tip.x-wide, tip.y-long, tip.x+wide, tip.y-long)
	}
	return fmt.Sprintf("%d,%d %d,%d %d,%d", tip.x, tip.y, tip.x-wide, tip.y+long, tip.x+wide, tip.y+long)
}

// route returns the line from one box to another.
func (l *layout) route(from, to box) route {
	a, b := from.node.column(), to.node.column()
	if a == b {
		return l.upOrDown(from, to)
	}
	start, end := point{from.right(), from.middle()}, point{to.x, to.middle()}
	if a > b {
		start.x, end.x = from.x, to.right()
	}
	if l.adjacent(a, b) {
		return route{start}.bend(end)
	}
	// Across other columns the line goes straight, in a row where nothing is in its way.
	y := from.middle()
	for !l.free(y, a, b) {
		y += (rowPitch + boxHeight) / 4
	}
	enter, leave := point{l.left[a+1] - 24, y}, point{l.left[b] - columnGap + 24, y}
	if a > b {
		enter.x, leave.x = l.left[a]-columnGap+24, l.left[b+1]-24
	}
	return route{start}.bend(enter).line(leave).bend(end)
}

// adjacent tells whether no box is in the columns between two others.
func (l *layout) adjacent(a, b int) bool {
	for _, other := range l.places {
		if c := other.node.column(); c > min(a, b) && c < max(a, b) {
			return false
		}
	}
	return true
}

// upOrDown returns the line between two boxes of one column: straight between neighbours, and otherwise around what is
// between them, downwards on the left and upwards on the right; in the last column always on the right.
func (l *layout) upOrDown(from, to box) route {
	down := from.y < to.y
	if gap := to.y - from.y; gap <= rowPitch && gap >= -rowPitch {
		if down {
			return route{{from.upright(), from.bottom()}}.line(point{to.upright(), to.y})
		}
		return route{{from.upright(), from.y}}.line(point{to.upright(), to.bottom()})
	}
	if down && from.node.column() < columns-1 {
		return route{{from.x, from.middle()}, {from.x - loop, from.middle()}, {to.x - loop, to.middle()}, {to.x, to.middle()}}
	}
	return route{{from.right(), from.middle()}, {from.right() + loop, from.middle()},
		{to.right() + loop, to.middle()}, {to.right(), to.middle()}}
}

// area is a rectangle that something takes.
type area struct{ Left, Top, Right, Bottom int }

func (a area) Width() int  { return a.Right - a.Left }
func (a area) Height() int { return a.Bottom - a.Top }

func (a area) meets(b area) bool {
	return a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom
}

// area returns what b takes, with room for a tag above it if it has one.
func (b box) area(tagged bool) area {
	a := area{b.x - 2, b.y - 2, b.right() + 7, b.bottom() + 7}
	if tagged {
		a.Top -= 14
	}
	return a
}

// labelArea returns what lines of small text take around p.
func labelArea(p point, lines []string) area {
	const perRune, perLine = 5.4, 13
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	half, height := int(perRune*float64(width))/2+3, perLine*len(lines)
	return area{p.x - half, p.y - height/2, p.x + half, p.y + height/2}
}

// spot returns where on r a label stands in nobody's way, or its middle if there is no such place.
func spot(r route, lines []string, taken []area) (point, area) {
	for _, t := range []float64{.5, .42, .58, .34, .66, .26, .74, .18, .82} {
		p := r.at(t)
		if a := labelArea(p, lines); !slices.ContainsFunc(taken, a.meets) {
			return p, a
		}
	}
	p := r.at(.5)
	return p, labelArea(p, lines)
}
