package views

import (
	"encoding/json"
	"fmt"
	"strings"

	"cosw/props"
	"cosw/traces"
)

// Data is what the pages are about, as the site keeps it.
type Data struct {
	Report *props.Saved `json:"report"`
	Corpus []Kept       `json:"corpus"` // traces, in the order of their names
}

// Kept is a trace as the site keeps it.
type Kept struct {
	Name  string `json:"name"`
	Why   string `json:"why"`
	State string `json:"state"` // of the page Step, that shows it
}

// Program answers what the pages ask.
type Program struct {
	report *props.Report
	usual  map[string]bool // which answers can be had when nothing is chosen, as "suspend=wake"
	corpus []Kept
	last   *computation // the last one, while its sets mean something
	cold   []string     // states of the page What if that Rest has still to go through
	next   asked        // what Ahead was asked for last
}

// asked is a view that somebody asked for.
type asked struct {
	page, state string
	view        View
}

// View is what a page shows in a state.
type View struct {
	Parts map[string]string // markup by the id of its place; "" empties the place
	Said  string            // what a screen reader is told
	Focus string            // the id of what the state asks to look at, if anything
	Wrong string            // what is wrong with the state; then nothing else is set
}

// Load makes a program of [Data] as JSON. The error says what of it the model does not have.
func Load(data []byte) (*Program, error) {
	var d Data
	if err := json.Unmarshal(data, &d); err != nil {
		return nil, fmt.Errorf("the data of the site cannot be read: %w", err)
	}
	if d.Report == nil {
		return nil, fmt.Errorf("the data of the site has no report")
	}
	report, err := d.Report.Report()
	if err != nil {
		return nil, fmt.Errorf("the data of the site is of another model: %w", err)
	}
	p := &Program{report: report, usual: free(report.Stand()), corpus: d.Corpus}
	for _, t := range trials {
		p.cold = append(p.cold, string(t.fragment()))
	}
	return p, nil
}

// The nodes of diagrams that answers add, before these are forgotten: while somebody waits for the next answer, and while
// nobody does.
const (
	mostNodes  = 1 << 15
	quietNodes = mostNodes / 4
)

// Rest does a little of what there is to do while nobody waits, and tells whether there is more. It gives answers of each kind
// once, as a browser compiles what it runs for the first time, and forgets what the last answers do not need.
func (p *Program) Rest() bool {
	if len(p.cold) > 0 {
		p.Show(WhatIf, p.cold[0])
		p.cold = p.cold[1:]
		return true
	}
	if p.last != nil && p.report.Trim(quietNodes) {
		state := p.last.state
		p.last = nil
		p.compute(state)
	}
	return false
}

// Pages are the pages that a program answers for, in the order in which they are linked.
const (
	WhatIf = "what-if"
	Step   = "step"
)

// Ahead makes a view that somebody will ask for next, as it seems, so that Show has it at hand.
func (p *Program) Ahead(page, state string) { p.next = asked{page, state, p.Show(page, state)} }

// Show returns what a page shows in a state.
func (p *Program) Show(page, state string) View {
	if p.next.view.Parts != nil && p.next.page == page && p.next.state == state {
		return p.next.view
	}
	var view View
	var err error
	switch page {
	case WhatIf:
		view, err = p.whatIf(fragment(state))
	case Step:
		view, err = p.step(fragment(state))
	default:
		err = fmt.Errorf("there is no page %q", page)
	}
	if err != nil {
		return View{Wrong: sentence(err.Error())}
	}
	return view
}

// Open returns a trace file as the page Step shows it. The error, one for people, says why it cannot be read, or cannot be
// walked as the model is now.
func Open(name, file string) (Kept, error) {
	t, err := traces.Read(strings.NewReader(file), name)
	if err != nil {
		return Kept{}, err
	}
	s, err := stepStateOf(t)
	if err != nil {
		return Kept{}, err
	}
	s.trace = name
	return Kept{name, strings.Join(strings.Fields(t.Why), " "), string(s.fragment())}, nil
}
