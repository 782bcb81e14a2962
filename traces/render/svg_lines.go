package render

import (
	"fmt"
	"slices"
	"strings"
)

// arrow draws an arrow below its label, and returns where it ends.
func (p *stagePlan) arrow(y int, a *Arrow, step int) int {
	from, to := p.lives[a.From], p.lives[a.To]
	length := max(to-from, from-to)
	lines := faceLabel.wrap(arrowAt(*a, step), min(max(length-24, labelWidth), p.diagram()-8))
	width := faceLabel.widthOf(lines)
	left := p.clamp((from+to)/2, width+4)
	p.box("paper", area{left, y, width + 4, len(lines) * faceLabel.line()}, 0)
	y = p.center(faceLabel, left+width/2+2, y, lines...) + 7
	p.shaft(y, from, to, a)
	return y + 11
}

// arrowAt says what an arrow of a step stands for, and since when it was under way.
func arrowAt(a Arrow, step int) string {
	if a.Sent != step {
		a.Text += fmt.Sprintf(" (sent at step %d)", a.Sent)
	}
	return arrowText(a)
}

// shaft draws the line of an arrow with what stands at its end.
func (p *stagePlan) shaft(y, from, to int, a *Arrow) {
	way := 1
	if to < from {
		way = -1
	}
	class, tip := "arrow "+string(a.Kind), "tip"
	p.used[string(a.Kind)], p.used[string(a.Fate)] = true, true
	if a.Kind == Message {
		tip = "message-tip"
	}
	from += 5 * way
	switch a.Fate {
	case Vanishes:
		end := from + (to-from)*3/5
		p.line(class, from, y, end-9*way, y)
		p.cross("cross", end, y, 6)
	case Waits:
		end := from + (to-from)*3/5
		p.line(class, from, y, end-6*way, y)
		p.path("hollow", "M%d %da5 5 0 1 0 10 0a5 5 0 1 0 -10 0", end-5, y)
	case Arrives:
		p.line(class, from, y, to-14*way, y)
		p.path(tip, "M%d %dl%d -6v12z", to-5*way, y, -11*way)
	}
	if a.Kind == Handing {
		p.box("tip", area{from - 4, y - 4, 8, 8}, 0)
	}
}

// waiting draws what is still under way after the last step.
func (p *stagePlan) waiting(y int) int {
	if len(p.scene.Waiting) == 0 {
		return y
	}
	p.line("rule", edge, y, p.Width-edge, y)
	y += rowPadding
	column := p.write(faceMuted, edge, y, faceMuted.wrap("still under way at the end", column)...)
	for i := range p.scene.Waiting {
		y = p.arrow(y, &p.scene.Waiting[i], len(p.scene.Steps)+1)
	}
	return max(column, y) + rowPadding
}

// lifelines draws the line of each party: thin while it is there, as a bar while a worker runs, dotted before it is there,
// and with a cross where it is gone for good. They lie below all else.
func (p *stagePlan) lifelines(top int, rows []rowEnd, bottom int) {
	above := p.Shapes
	p.Shapes = nil
	for i, x := range p.lives {
		lives := p.scene.Parties[i].Lives
		state, y := lives[rows[0].step], top
		for _, row := range rows[1:] {
			next := lives[row.step]
			if next == state {
				continue
			}
			at := row.y - rowPadding
			p.lifeline(state, x, y, at)
			if next == Gone {
				p.cross("end", x, at, 6)
				p.used["end"] = true
			}
			state, y = next, at
		}
		p.lifeline(state, x, y, bottom)
	}
	p.Shapes = append(p.Shapes, above...)
}

func (p *stagePlan) lifeline(state Life, x, from, to int) {
	if state == Gone || from >= to {
		return
	}
	p.used[string(state)] = true
	if state == Runs {
		p.box(string(state), area{x - 4, from, 8, to - from}, 3)
		return
	}
	p.line(string(state), x, from, x, to)
}

// verdict draws what the trace shows.
func (p *stagePlan) verdict(y int) int {
	sign, paragraphs := p.scene.inParagraphs()
	const indent = 40
	top := y
	y += 8
	for i, text := range paragraphs {
		f := faceBody
		if i == 0 {
			f = faceStrong
		}
		y = p.write(f, edge+indent, y+2, f.wrap(text, p.inner()-indent-12)...)
	}
	y += 8
	p.box("verdict", area{edge, top, p.inner(), y - top}, 4)
	switch at := top + 20; sign {
	case signBroken:
		p.cross("cross", edge+20, at, 7)
	case signKept:
		p.tick(edge+20, at)
	case signNone:
		p.path("hollow", "M%d %da7 7 0 1 0 14 0a7 7 0 1 0 -14 0", edge+13, at)
	}
	return y
}

// legendTexts say how to read the signs of a picture, in the order in which they are told.
var legendTexts = []struct{ class, text string }{
	{"request", "thin line: a call or an event"},
	{"control", "thin line: a call or an event"},
	{"reply", "dashed line: an answer"},
	{"message", "thick line: a message"},
	{"notice", "dotted line: a notice"},
	{"handing", "square at its start: a handle moves on"},
	{"lost", "ends in a cross: never arrives"},
	{"waits", "ends in a ring: still waits"},
	{"because", "diamond: the answer to an open question decides"},
	{"turning", "rounded box: a state"},
	{"doing", "plain box: what is done"},
	{"belief", "dashed box with ?: what is believed, and is not so"},
	{"failing", "heavy box with a cross: gone for good, or wrong"},
	{"runs", "bar: a worker that runs"},
	{"absent", "dotted upright line: not there yet"},
	{"end", "cross on a line: gone"},
}

// legend says how to read what the picture has.
func (p *stagePlan) legend(y int) int {
	var texts []string
	for _, l := range legendTexts {
		if p.used[l.class] && !slices.Contains(texts, l.text) {
			texts = append(texts, l.text)
		}
	}
	if texts == nil {
		return y
	}
	text := "How to read it: " + strings.Join(texts, "; ") + "."
	return p.write(faceLegend, edge, y, faceLegend.wrap(text, p.inner())...)
}
