package render

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cosw/traces/typeset"
)

// ErrOtherStart is why two traces have nothing to compare.
var ErrOtherStart = errors.New("the traces do not begin alike; compare two of the same part, bounds and start")

// Diff shows two traces side by side, as text of at most so many columns: in which answers their designs differ, the steps
// that they have in common once, and from the step where they part two columns. The error is [ErrOtherStart].
func Diff(a, b *Scene, nameA, nameB string, width int) (string, error) {
	if a.Part != b.Part || a.Start != b.Start || a.Bounds.Pages != b.Bounds.Pages && min(a.Bounds.Pages, b.Bounds.Pages) == 1 {
		return "", ErrOtherStart
	}
	d := &diff{sides: [2]*Scene{a, b}, names: [2]string{"A  " + nameA, "B  " + nameB}}
	d.page = typeset.Page{Writer: &d.b, Columns: width}
	d.common = d.count()
	for side, s := range d.sides {
		typeset.Paragraph(d.page, d.names[side], "")
		lines(d.page, "   ", s.Why)
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
	common int // how many steps are the same in both, with the same events, from the first one on
	b      strings.Builder
	page   typeset.Page // on which b is written
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
	d.b.WriteString("\nDIFFERENCE\n")
	differ := false
	for _, a := range d.sides[0].Design {
		for _, b := range d.sides[1].Design {
			if a.Question != b.Question || slices.ContainsFunc(a.Answers, func(one string) bool { return slices.Contains(b.Answers, one) }) {
				continue
			}
			differ = true
			typeset.Paragraph(d.page, "  ", fmt.Sprintf("%s (draft %d): %s", a.Question, a.Line, a.Asks))
			typeset.Paragraph(d.page, fmt.Sprintf("    A  %s → ", a), a.Meaning)
			typeset.Paragraph(d.page, fmt.Sprintf("    B  %s → ", b), b.Meaning)
		}
	}
	if !differ {
		typeset.Paragraph(d.page, "  ", sameDesign)
	}
}

const sameDesign = "no answer: the designs of both have designs in common, and only the steps differ"

// writeCommon writes the steps that both have in common.
func (d *diff) writeCommon() {
	switch d.common {
	case 0:
		d.b.WriteString("\nNO STEPS IN COMMON\n")
		return
	case 1:
		d.b.WriteString("\nSTEP 1, THE SAME IN BOTH\n\n")
	default:
		fmt.Fprintf(&d.b, "\nSTEPS 1 TO %d, THE SAME IN BOTH\n\n", d.common)
	}
	t := newTable(d.sides[0], d.page.Columns)
	t.begin()
	for i := range d.sides[0].Steps[:d.common] {
		t.step(&d.sides[0].Steps[i])
	}
	t.write(&d.b)
}

// writeSides writes what each does from the step where they part, and what it shows.
func (d *diff) writeSides() {
	a, b := d.sides[0], d.sides[1]
	steps := max(len(a.Steps), len(b.Steps))
	if d.common == steps && a.Stuck == nil && b.Stuck == nil {
		d.b.WriteString("\nTHEY NEVER PART\n\n")
	} else {
		fmt.Fprintf(&d.b, "\nFROM STEP %d ON\n\n", d.common+1)
	}
	c := &sheet{half: d.page.Columns / 2}
	c.side([2][]cell{d.heading(0), d.heading(1)})
	for i := d.common; i < steps; i++ {
		c.side([2][]cell{a.cells(i), b.cells(i)})
	}
	c.side([2][]cell{{{text: noBreak}}, {{text: noBreak}}})
	c.side([2][]cell{a.verdictCells(), b.verdictCells()})
	c.write(&d.b)
}

func (d *diff) heading(side int) []cell {
	return []cell{{0, 3, strings.ReplaceAll(d.names[side], " ", noBreak)}}
}

// cell is a text with how far it is indented, and how much more from its second line on.
type cell struct {
	indent, hang int
	text         string
}

// sheet is a canvas of two columns.
type sheet struct {
	canvas
	half int // of the room
}

// side writes cells side by side, with a line between them.
func (s *sheet) side(columnsOf [2][]cell) {
	height := 0
	for side, list := range columnsOf {
		at := s.row
		for _, c := range list {
			for i, line := range runes.Fit(c.text, s.half-3-c.indent-c.hang) {
				s.put(at, side*s.half+c.indent+c.hang*min(i, 1), line)
				at++
			}
		}
		height = max(height, at-s.row)
	}
	for i := range height {
		s.put(s.row+i, s.half-2, "│")
	}
	s.row += height
}

// cells tells a step, and because of which answers it goes like that.
func (s *Scene) cells(i int) []cell {
	if i >= len(s.Steps) {
		return nil
	}
	step := &s.Steps[i]
	text := step.Text
	if step.Where != "" {
		text = step.Where + ", " + text
	}
	cells := []cell{{0, 4, strings.ReplaceAll(fmt.Sprintf("%2d  ", step.Number), " ", noBreak) + text}}
	for _, text := range step.Comes {
		cells = append(cells, cell{4, 2, "- " + text})
	}
	if len(step.Because) > 0 {
		cells = append(cells, cell{4, 2, becauseText(step.Because)})
	}
	return cells
}

// verdictCells say what a side shows, or that it goes no further.
func (s *Scene) verdictCells() []cell {
	if text := s.interrupted(); text != "" {
		return []cell{{0, 2, "✗ " + text}}
	}
	var cells []cell
	for i, line := range s.inShort() {
		cells = append(cells, cell{2 * min(i, 1), 0, line})
	}
	return cells
}
