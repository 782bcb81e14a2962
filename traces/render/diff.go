package render

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/traces/typeset"
)

// ErrOtherStart is why two traces have nothing to compare.
var ErrOtherStart = errors.New("the traces do not begin alike; compare two of the same part, bounds and start")

// Diff shows two traces side by side, as text of at most 100 columns: in which answers their designs differ, the steps
// that they have in common once, and from the step where they part two columns. The error is [ErrOtherStart].
func Diff(a, b *Scene, nameA, nameB string) (string, error) {
	if a.Trace.Part != b.Trace.Part || a.Trace.Start != b.Trace.Start ||
		a.Trace.Bounds.Pages != b.Trace.Bounds.Pages && min(a.Trace.Bounds.Pages, b.Trace.Bounds.Pages) == 1 {
		return "", ErrOtherStart
	}
	d := &diff{sides: [2]*Scene{a, b}, names: [2]string{nameA, nameB}}
	d.common = d.count()
	for side, s := range d.sides {
		for i, line := range strings.Split(strings.TrimSpace(s.Trace.Why), "\n") {
			typeset.Paragraph(&d.b, diffHead(side, d.names[side], i), line)
		}
	}
	d.writeAnswers()
	d.writeCommon()
	d.writeSides()
	return d.b.String(), nil
}

// diff is two scenes that are being compared.
type diff struct {
	sides  [2]*Scene
	names  [2]string
	common int // how many steps they begin with that are the same and have the same events
	b      strings.Builder
}

// count returns how many steps both have in common.
func (d *diff) count() int {
	a, b := d.sides[0].Steps, d.sides[1].Steps
	n := 0
	for n < min(len(a), len(b)) && a[n].Name == b[n].Name && slices.Equal(a[n].Events, b[n].Events) {
		n++
	}
	return n
}

// writeAnswers writes the questions that the two designs answer differently.
func (d *diff) writeAnswers() {
	a, b := d.sides[0].Trace.Design, d.sides[1].Trace.Design
	fmt.Fprintf(&d.b, "\n%s\n", differenceHead)
	differ := false
	for _, q := range model.Questions() {
		if model.Space.Bits(a.And(b), int(q)) != 0 {
			continue
		}
		differ = true
		typeset.Paragraph(&d.b, "  ", questionText(q))
		for side, design := range [2]Answer{answerTo(q, a), answerTo(q, b)} {
			typeset.Paragraph(&d.b, fmt.Sprintf("    %s  %s → ", sideNames[side], design), design.Meaning())
		}
	}
	if !differ {
		typeset.Paragraph(&d.b, "  ", sameDesignText)
	}
}

// writeCommon writes the steps that both have in common.
func (d *diff) writeCommon() {
	fmt.Fprintf(&d.b, "\n%s\n", commonHead(d.common))
	if d.common == 0 {
		return
	}
	d.b.WriteString("\n")
	t := newTable(d.sides[0])
	t.writeHeads()
	t.lines(t.row)
	t.row++
	for i := range d.sides[0].Steps[:d.common] {
		t.step(&d.sides[0].Steps[i])
	}
	t.write(&d.b)
}

// writeSides writes what each does from the step where they part, and what it shows.
func (d *diff) writeSides() {
	if d.common == len(d.sides[0].Trace.Steps) && d.common == len(d.sides[1].Trace.Steps) {
		fmt.Fprintf(&d.b, "\n%s\n\n", neverPartText)
	} else {
		fmt.Fprintf(&d.b, "\n%s\n\n", partHead(d.common+1))
	}
	c := &sheet{}
	c.side([2][]cell{{{0, 3, sideHead(0, d.names[0])}}, {{0, 3, sideHead(1, d.names[1])}}})
	for i := d.common; i < max(len(d.sides[0].Steps), len(d.sides[1].Steps)); i++ {
		c.side([2][]cell{d.step(0, i), d.step(1, i)})
	}
	c.side([2][]cell{{{text: noBreak}}, {{text: noBreak}}})
	c.side([2][]cell{d.sides[0].verdictSide(), d.sides[1].verdictSide()})
	c.write(&d.b)
}

// cell is a text with how far it is indented, and how much more from its second line on.
type cell struct {
	indent, hang int
	text         string
}

// sheet is a canvas of two columns.
type sheet struct {
	canvas
	row int // the next that is free
}

// side writes cells side by side, with a line between them.
func (s *sheet) side(columnsOf [2][]cell) {
	const half = columns / 2
	height := 0
	for side, list := range columnsOf {
		at := s.row
		for _, c := range list {
			for i, line := range runes.Fit(c.text, half-3-c.indent-c.hang) {
				s.put(at, side*half+c.indent+c.hang*min(i, 1), line)
				at++
			}
		}
		height = max(height, at-s.row)
	}
	for i := range height {
		s.put(s.row+i, half-2, "│")
	}
	s.row += height
}

// step tells a step of a side, and because of which answers it goes like that.
func (d *diff) step(side, i int) []cell {
	if i >= len(d.sides[side].Steps) {
		return nil
	}
	s := &d.sides[side].Steps[i]
	n := &narrator{scene: d.sides[side]}
	act, comes := n.scene.stager.tell(n, s)
	cells := []cell{{0, 4, stepHead(s.Number, strings.TrimPrefix(act, thenText))}}
	for _, text := range comes {
		cells = append(cells, cell{4, 2, "- " + text})
	}
	if len(s.Because) > 0 {
		cells = append(cells, cell{4, 2, becauseText(s.Because)})
	}
	return cells
}

// verdictSide says what a side shows, or that it goes no further.
func (s *Scene) verdictSide() []cell {
	if s.Stuck != nil {
		return []cell{{0, 2, stuckText(s)}}
	}
	var cells []cell
	for i, line := range s.outcomes() {
		cells = append(cells, cell{2 * min(i, 1), 0, line})
	}
	return cells
}
