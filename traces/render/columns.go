package render

import (
	"fmt"
	"io"
	"strings"
)

// What the columns of a history look like: each has a line of life at its left edge, notes stand to the right of it, and
// arrows go from one to another. Where there are more parties than fit side by side, those of a kind share a column, and
// words name them.

const (
	margin      = 4  // for the numbers of steps
	widest      = 32 // column
	narrowest   = 18 // column before parties share one
	mostColumns = 5
)

// canvas is rows of text that grow as they are written to.
type canvas struct {
	rows [][]rune
	row  int // the next that is free
}

// put writes text at a place, over what is there.
func (c *canvas) put(row, column int, text string) {
	for len(c.rows) <= row {
		c.rows = append(c.rows, nil)
	}
	for _, r := range text {
		for len(c.rows[row]) <= column {
			c.rows[row] = append(c.rows[row], ' ')
		}
		c.rows[row][column] = r
		column++
	}
}

// write writes the rows, without blanks at their ends.
func (c *canvas) write(w io.Writer) {
	for _, row := range c.rows {
		io.WriteString(w, strings.TrimRight(string(row), " ")+"\n")
	}
}

// table lays out a history in columns.
type table struct {
	canvas
	scene *Scene
	at    []int // the column of each party
	heads []head
	room  int  // for numbers and columns
	width int  // of a column
	named bool // parties share columns
}

// head is what stands at the top of a column.
type head struct{ name, about string }

func newTable(s *Scene, room int) *table {
	t := &table{scene: s, room: room}
	for i, p := range s.Parties {
		t.at = append(t.at, i)
		t.heads = append(t.heads, head{p.Name, p.About})
	}
	if t.named = len(s.Parties) > min(mostColumns, (room-margin)/narrowest); t.named {
		t.fold()
	}
	t.width = min(widest, (room-margin)/len(t.heads))
	return t
}

// kindTexts are the heads of columns that parties share.
var kindTexts = map[PartyKind]string{
	PageParty: "the pages", BrowserParty: "the browser", WorkerParty: "the versions of the worker",
}

// fold gives parties of a kind one column.
func (t *table) fold() {
	kinds := map[PartyKind]int{}
	t.heads = nil
	for i, p := range t.scene.Parties {
		at, ok := kinds[p.Kind]
		if !ok {
			at = len(t.heads)
			kinds[p.Kind] = at
			t.heads = append(t.heads, head{kindTexts[p.Kind], strings.TrimSuffix(nickname(p), ": ")})
		} else {
			t.heads[at].about += ", " + initial(p)
		}
		t.at[i] = at
	}
}

// initial is how a party is called where there is little room, as in the names of steps.
func initial(p Party) string { return p.ID[:1] + p.ID[len(p.ID)-1:] }

// nickname stands before a text about a party in a column that it shares; the browser has one of its own.
func nickname(p Party) string {
	if p.Kind == BrowserParty {
		return ""
	}
	return initial(p) + ": "
}

// route stands before the text of an arrow between parties in columns that they share.
func route(from, to Party) string {
	switch {
	case to.Kind == BrowserParty:
		return nickname(from)
	case from.Kind == BrowserParty:
		return "to " + nickname(to)
	}
	return initial(from) + " → " + nickname(to)
}

// left is where a column begins.
func (t *table) left(column int) int { return margin + column*t.width }

// lines draws the lines of life in a row.
func (t *table) lines(row int) {
	for i := range t.heads {
		t.put(row, t.left(i), "│")
	}
}

// cells writes texts side by side, each list in its column, and goes to the row below them.
func (t *table) cells(texts map[int][]string, indent int) {
	height := 0
	for column := range t.heads {
		row := t.row
		for _, text := range texts[column] {
			for _, line := range runes.Fit(text, t.width-indent-1) {
				t.put(row, t.left(column)+indent, line)
				row++
			}
		}
		height = max(height, row-t.row)
	}
	t.row += height
}

// begin writes the names of the parties, and an empty row below them.
func (t *table) begin() {
	names, abouts := map[int][]string{}, map[int][]string{}
	for i, h := range t.heads {
		names[i], abouts[i] = []string{h.name}, []string{h.about}
	}
	t.cells(names, 0)
	t.cells(abouts, 0)
	t.empty()
}

// empty writes a row with nothing but the lines of life.
func (t *table) empty() {
	t.lines(t.row)
	t.row++
}

// line writes a text across all columns.
func (t *table) line(text string) {
	for _, line := range runes.Fit(text, t.room-margin) {
		t.put(t.row, margin, line)
		t.row++
	}
}

// step writes what a step shows.
func (t *table) step(s *Step) {
	first := t.row
	for _, a := range s.Arrows {
		t.arrow(a)
	}
	t.notes(s.Notes)
	t.put(first, 0, fmt.Sprintf("%*d", margin-2, s.Number))
	if len(s.Because) > 0 {
		t.line(becauseText(s.Because))
	}
}

// arrow draws an arrow, with its text in it or above it.
func (t *table) arrow(a Arrow) {
	from, to, text := t.at[a.From], t.at[a.To], arrowText(a)
	if t.named {
		text = route(t.scene.Parties[a.From], t.scene.Parties[a.To]) + text
	}
	if from == to {
		t.beside(map[int][]string{from: {text}})
		return
	}
	first, last := t.left(min(from, to)), t.left(max(from, to))
	inside := last - first - 1
	if runes(text)+5 > inside {
		for _, line := range runes.Fit(text, inside-2) {
			t.lines(t.row)
			t.put(t.row, first+2, line+strings.Repeat(" ", inside-1-runes(line)))
			t.row++
		}
		text = ""
	}
	t.lines(t.row)
	t.put(t.row, first, shaft(a.Fate, inside, text, from < to))
	t.row++
}

// shaft draws an arrow from a line of life to another, with so much room between them.
func shaft(fate Fate, inside int, text string, right bool) string {
	stroke, tip := "─", "▶"
	switch fate {
	case Vanishes:
		tip = "✗"
	case Waits:
		stroke, tip = "┄", "…"
	}
	if !right && fate == Arrives {
		tip = "◀"
	}
	if text != "" {
		text = " " + text + " "
	}
	rest := inside - 1 - runes(text)
	body := strings.Repeat(stroke, rest/2) + text + strings.Repeat(stroke, rest-rest/2)
	if right {
		return "├" + body + tip + "│"
	}
	return "│" + tip + body + "┤"
}

// notes writes notes beside the lines of life of their parties.
func (t *table) notes(notes []Note) {
	texts := map[int][]string{}
	for _, n := range notes {
		text := n.Text
		if t.named {
			text = nickname(t.scene.Parties[n.Party]) + text
		}
		texts[t.at[n.Party]] = append(texts[t.at[n.Party]], markOf(n.Kind)+text)
	}
	t.beside(texts)
}

// beside writes texts beside lines of life.
func (t *table) beside(texts map[int][]string) {
	first := t.row
	t.cells(texts, 2)
	for row := first; row < t.row; row++ {
		t.lines(row)
	}
}
