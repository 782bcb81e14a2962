package render

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	edge        = 20  // around the picture
	column      = 236 // width of the text beside the lines
	gap         = 16  // between that and the lines
	lane        = 172 // of a party, where there is room
	largest     = 1200
	rowPadding  = 10
	noteWidth   = 200 // at most
	labelWidth  = 88  // of the text on an arrow, however short that is
	notePadding = 6
	crossRoom   = 16 // of a row in which a line ends
)

// stagePlan is where things are in a picture of a scene.
type stagePlan struct {
	*drawing
	scene *Scene
	lane  int
	left  int   // where the part with the lines begins
	lives []int // x of the line of each party
	used  map[string]bool
}

// draw lays the scene out, with a heading or without one.
func (s *Scene) draw(heading bool) *drawing {
	p := plan(s)
	y := edge
	if heading {
		y = p.heading(y) + 12
	}
	y = p.heads(y)
	top := y
	var rows []rowEnd
	steps := s.Shown()
	if s.First > 1 {
		y = p.leaveOut(y, 1, s.First-1)
	}
	rows = append(rows, rowEnd{s.First - 1, y})
	for i := range steps {
		y = p.row(y, &steps[i])
		rows = append(rows, rowEnd{steps[i].Number, y})
	}
	if s.Last < len(s.Steps) {
		y = p.leaveOut(y, s.Last+1, len(s.Steps))
	} else {
		y = p.waiting(y)
	}
	p.lifelines(top, rows, y)
	if len(steps) > 8 {
		y = p.heads(y)
	}
	y = p.verdict(y + 14)
	y = p.legend(y + 8)
	p.Height = y + edge
	return p.drawing
}

func plan(s *Scene) *stagePlan {
	n := max(len(s.Parties), 1)
	p := &stagePlan{drawing: &drawing{Title: printable(capital(s.title())), Summary: printable(s.summary())}, scene: s, used: map[string]bool{}}
	p.left = edge + column + gap
	p.lane = min(max(lane, (640-p.left-edge)/n), (largest-p.left-edge)/n)
	p.Width = p.left + n*p.lane + edge
	for i := range s.Parties {
		p.lives = append(p.lives, p.left+i*p.lane+p.lane/2)
	}
	return p
}

// inner is the width between the margins, diagram the width of the part with the lines.
func (p *stagePlan) inner() int   { return p.Width - 2*edge }
func (p *stagePlan) diagram() int { return p.Width - edge - p.left }

// heading writes what the picture shows, and why.
func (p *stagePlan) heading(y int) int {
	y = p.write(faceTitle, edge, y, faceTitle.wrap(p.Title, p.inner())...)
	for _, text := range p.scene.subtitles() {
		y = p.write(faceMuted, edge, y+3, faceMuted.wrap(text, p.inner())...)
	}
	return y
}

// subtitles say more of a trace, a paragraph each.
func (s *Scene) subtitles() []string {
	texts := strings.Split(s.Why, "\n")
	for i := range s.Verdict.Properties {
		if p := &s.Verdict.Properties[i]; !s.Verdict.All {
			texts = append(texts, p.ID+" asks that "+p.claim())
		}
	}
	if len(s.Design) > 0 {
		texts = append(texts, "Design: "+answerNames(s.Design)+assuming(s.Assumed))
	}
	return append(texts, s.settingLine())
}

// summary tells the scene to those who do not see its picture.
func (s *Scene) summary() string {
	var b strings.Builder
	for _, text := range s.subtitles() {
		b.WriteString(strings.TrimSuffix(text, ".") + ". ")
	}
	for _, step := range s.Shown() {
		fmt.Fprintf(&b, "Step %d: %s", step.Number, step.Text)
		if len(step.Events) > 0 {
			b.WriteString(": " + strings.Join(step.Events, "; "))
		}
		if len(step.Because) > 0 {
			b.WriteString(", " + becauseText(step.Because))
		}
		b.WriteString(". ")
	}
	_, verdict := s.inParagraphs()
	return b.String() + strings.Join(verdict, ". ")
}

// heads draws a box for each party.
func (p *stagePlan) heads(y int) int {
	width := p.lane - 12
	names, abouts := make([][]string, len(p.lives)), make([][]string, len(p.lives))
	height := 0
	for i, party := range p.scene.Parties {
		names[i] = faceHead.wrap(party.Name, width-8)
		abouts[i] = faceAbout.wrap(party.About, width-8)
		height = max(height, len(names[i])*faceHead.line()+len(abouts[i])*faceAbout.line()+12)
	}
	for i, party := range p.scene.Parties {
		radius := 3
		if party.Kind == WorkerParty {
			radius = 14
		}
		p.box(string(party.Kind), area{p.lives[i] - width/2, y, width, height}, radius)
		own := len(names[i])*faceHead.line() + len(abouts[i])*faceAbout.line()
		at := p.center(faceHead, p.lives[i], y+(height-own)/2-1, names[i]...)
		p.center(faceAbout, p.lives[i], at, abouts[i]...)
	}
	return y + height
}

// row draws a step: in the column what is done and what it depended on, beside it what comes of it.
func (p *stagePlan) row(y int, step *Step) int {
	if step.Number > p.scene.First {
		p.line("rule", edge, y, p.Width-edge, y)
	}
	column := p.told(y+rowPadding, step)
	y += rowPadding
	for i := range step.Arrows {
		y = p.arrow(y, &step.Arrows[i], step.Number)
	}
	y = p.notes(y, step.Notes)
	y = max(column, y) + rowPadding
	if p.scene.someLineEnds(step.Number) {
		y += crossRoom
	}
	return y
}

// told writes the column of a step.
func (p *stagePlan) told(y int, step *Step) int {
	indent := faceStrong.width(strconv.Itoa(len(p.scene.Steps))) + 9
	p.write(faceStrong, edge, y, strconv.Itoa(step.Number))
	y = p.write(faceBody, edge+indent, y, faceBody.wrap(step.Text, column-indent)...)
	for _, a := range step.Because {
		y += 4
		p.diamond(edge+indent, y+9)
		p.used["because"] = true
		y = p.write(faceBecause, edge+indent+15, y, faceBecause.wrap(becauseText([]Answer{a}), column-indent-15)...)
		y = p.write(faceMuted, edge+indent+15, y, faceMuted.wrap(a.Meaning, column-indent-15)...)
	}
	return y
}

// leaveOut says which steps are not shown.
func (p *stagePlan) leaveOut(y, from, to int) int {
	text := fmt.Sprintf("steps %d to %d are left out", from, to)
	if from == to {
		text = fmt.Sprintf("step %d is left out", from)
	}
	p.line("rule", edge, y, p.Width-edge, y)
	return p.write(faceMuted, edge, y+rowPadding, faceMuted.wrap(text, column)...) + rowPadding
}

// notes draws what is the case at parties, side by side where there is room.
func (p *stagePlan) notes(y int, notes []Note) int {
	bottom := y
	var placed []area
	for _, n := range notes {
		lines := faceLabel.wrap(n.Text, min(noteWidth, p.diagram())-2*notePadding-p.sign(n))
		width := faceLabel.widthOf(lines) + 2*notePadding + p.sign(n)
		a := area{p.clamp(p.lives[n.Party], width), y, width, len(lines)*faceLabel.line() + 2*notePadding - 2}
		for _, other := range placed {
			if a.X < other.right()+8 && other.X < a.right()+8 {
				a.Y = max(a.Y, other.bottom()+6)
			}
		}
		placed = append(placed, a)
		p.note(n, a, lines)
		bottom = max(bottom, a.bottom()+6)
	}
	return bottom
}

// sign is the room for the sign of a note.
func (p *stagePlan) sign(n Note) int {
	switch n.Kind {
	case Belief, Failing:
		return 16
	}
	return 0
}

func (p *stagePlan) note(n Note, a area, lines []string) {
	class, radius := string(n.Kind), 0
	if n.Kind == Turning {
		radius = 9
	}
	p.used[class] = true
	p.box("paper", a, radius)
	p.box(class, a, radius)
	switch n.Kind {
	case Failing:
		p.cross("cross", a.X+notePadding+4, a.Y+notePadding+6, 4)
	case Belief:
		p.write(faceBecause, a.X+notePadding+1, a.Y+notePadding-2, "?")
	}
	p.write(faceLabel, a.X+notePadding+p.sign(n), a.Y+notePadding-2, lines...)
}

// clamp returns the left end of something of a width that stands around x, moved so that it stays in the part with the lines.
func (p *stagePlan) clamp(x, width int) int {
	return max(p.left, min(x-width/2, p.Width-edge-width))
}

// rowEnd is where the row of a step ends; that of step 0, where the lines begin.
type rowEnd struct{ step, y int }

// someLineEnds tells whether somebody is gone for good after a step.
func (s *Scene) someLineEnds(step int) bool {
	for i := range s.Parties {
		if lives := s.Parties[i].Lives; lives[step] == Gone && lives[step-1] != Gone {
			return true
		}
	}
	return false
}
