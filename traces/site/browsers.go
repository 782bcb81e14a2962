package site

import (
	"bytes"
	"fmt"
	"strings"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/traces/infer"
)

// browsers writes what today's browsers have chosen, and the recordings that say so.
func (b *builder) browsers() error {
	page := browsersPage{}
	for i := range b.Browsers {
		page.Engines = append(page.Engines, engineName(&b.Browsers[i]))
	}
	for _, q := range model.Questions() {
		if row, decided := b.chosen(q); decided {
			page.Questions = append(page.Questions, row)
		}
	}
	for _, rec := range b.Recordings {
		page.Recordings = append(page.Recordings, lanesOf(rec))
	}
	var body bytes.Buffer
	if err := templates.ExecuteTemplate(&body, "browsers.html.tmpl", page); err != nil {
		return err
	}
	return b.add(pageLinks[3], "", body.Bytes())
}

// browsersPage is what the template writes.
type browsersPage struct {
	Engines    []string
	Questions  []chosenRow
	Recordings []lanes
}

// chosenRow says what each engine has chosen of the answers to a question.
type chosenRow struct {
	ID, Asks string
	Cells    []string // one for each engine; empty where its recordings do not say
}

func engineName(p *infer.Platform) string {
	if p.CloseEvent {
		return p.Name + " with close events"
	}
	return p.Name
}

// chosen returns the row of a question, and whether any recording decides something of it.
func (b *builder) chosen(q model.Question) (row chosenRow, decided bool) {
	row = chosenRow{ID: q.ID(), Asks: q.Text()}
	for i := range b.Browsers {
		c, cell := b.Browsers[i].Conclusion(q), ""
		if len(c.Excluded) > 0 {
			decided = true
			names := make([]string, len(c.Possible))
			for i, a := range c.Possible {
				names[i] = a.String()
			}
			cell = strings.Join(names, " or ")
		}
		row.Cells = append(row.Cells, cell)
	}
	return row, decided
}

// lanes is a recording with a lane for each party.
type lanes struct {
	Name, Title string
	Parties     []string
	Rows        []laneRow
	Lost        int // messages that were posted and never received
}

// laneRow is a line of a recording.
type laneRow struct {
	Milliseconds string
	Cells        []laneCell // one for each party
}

// laneCell is what a line says in the lane of a party; nothing in those of the others.
type laneCell struct {
	Text string
	Lost bool // what is posted is never received
}

// lanesOf lays a recording out: the browser stands first, and the parties follow in the order of their first lines.
func lanesOf(rec *recording.Recording) lanes {
	l := lanes{Name: rec.Name, Title: rec.Scenario + ", " + rec.Platform, Parties: []string{"browser"}}
	if rec.CloseEvent {
		l.Title += " with close events"
	}
	at := map[string]int{"browser": 0}
	received := map[string]bool{}
	for i := range rec.Lines {
		line := &rec.Lines[i]
		if _, known := at[line.Actor]; !known {
			at[line.Actor] = len(l.Parties)
			l.Parties = append(l.Parties, line.Actor)
		}
		if line.Op == "receive" {
			received[message(line)] = true
		}
	}
	for i := range rec.Lines {
		line := &rec.Lines[i]
		row := laneRow{Milliseconds: fmt.Sprintf("%.1f", float64(line.Time.Microseconds())/1000), Cells: make([]laneCell, len(l.Parties))}
		cell := laneCell{Text: line.Describe(), Lost: line.Op == "post" && !received[message(line)]}
		if cell.Lost {
			l.Lost++
		}
		row.Cells[at[line.Actor]] = cell
		l.Rows = append(l.Rows, row)
	}
	return l
}

// message names a message of a connection.
func message(line *recording.Line) string { return fmt.Sprintf("%d %s", line.Conn, line.Msg) }
