package model

import (
	"strings"
	"testing"

	"cosw/model/family"
)

// scenario is a history that a rule of the model decides. Its script has a line for each step:
//
//	p1 connect c1                    the step is enabled and reports nothing
//	worker accept c1: accepted v1    it is enabled and reports these events, several with a semicolon between them
//	given browser start, p1 leave    these are enabled, and what they report is told elsewhere
//	not p1 post c1, p1 close c1      these are not enabled
//
// It begins with version 1 activated and not running, or with nothing registered if the first line is "from nothing".
// Pages 1 and 4 are of one foreign origin, page 2 of the service's own and page 3 of another foreign one.
type scenario struct {
	reason string // the rule and its place
	bounds Bounds // scenarioBounds if zero
	design string // the answers that the history rests on: each is asked for, and no other is
	script string
}

var scenarioBounds = Bounds{Pages: 4, Connections: 2, Versions: 3, Messages: 1, Faults: 1, Kills: 1}

// Openings of many scripts.
const (
	requested = "given p1 connect c1, browser start, browser dispatch c1\n"
	accepted  = requested + "given worker accept c1\n"
	waiting   = "given service update, browser installed\n" // version 2
	updated   = waiting + "given browser activate, browser activated\n"
)

func playAll(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.reason, func(t *testing.T) { s.play(t) })
	}
}

// play returns the world that s ends in.
func (s scenario) play(t *testing.T) World {
	t.Helper()
	bounds := s.bounds
	if bounds == (Bounds{}) {
		bounds = scenarioBounds
	}
	p := newPlayer(t, bounds, s.design)
	p.play(s.script)
	p.checkAsked()
	return p.world
}

// player plays scripts under one design.
type player struct {
	*testing.T
	model  *Model
	design family.Cube
	asked  map[Question]bool
	world  World
	line   string // that is being played
}

func newPlayer(t *testing.T, bounds Bounds, design string) *player {
	t.Helper()
	cube, err := Space.Parse(design)
	if err != nil {
		t.Fatal(err)
	}
	return &player{T: t, model: mustNew(t, bounds), design: cube, asked: map[Question]bool{}}
}

// play returns the world that script ends in.
func (p *player) play(script string) World {
	p.Helper()
	p.world = p.model.Initial()[0]
	for line := range strings.Lines(script) {
		if p.line = strings.TrimSpace(line); p.line != "" {
			p.playLine()
		}
	}
	return p.world
}

// checkAsked fails the test if the design closes a question that nobody asked.
func (p *player) checkAsked() {
	p.Helper()
	for _, q := range allQuestions() {
		if !Space.Open(p.design, int(q)) && !p.asked[q] {
			p.Errorf("the design answers %s, and nobody asks", q.ID())
		}
	}
}

func (p *player) playLine() {
	p.Helper()
	if p.line == "from nothing" {
		p.world = p.model.Initial()[1]
		return
	}
	if steps, ok := strings.CutPrefix(p.line, "given "); ok {
		for text := range strings.SplitSeq(steps, ", ") {
			p.take(text)
		}
		return
	}
	if steps, ok := strings.CutPrefix(p.line, "not "); ok {
		for text := range strings.SplitSeq(steps, ", ") {
			p.refuse(text)
		}
		return
	}
	text, want, _ := strings.Cut(p.line, ": ")
	if got := strings.Join(p.take(text), "; "); got != want {
		p.Fatalf("%s\ngot  %s\nwant %s", text, got, want)
	}
}

// take takes a step that is to be enabled, and returns the events that it reports.
func (p *player) take(text string) []string {
	p.Helper()
	events, ok := p.model.Take(&p.world, p.parse(text), p.ask, nil)
	if !ok {
		p.Fatalf("%s\n%s is not enabled:\n%s", p.line, text, strings.Join(p.world.Describe(), "\n"))
	}
	var texts []string
	for _, e := range events {
		texts = append(texts, e.String())
	}
	return texts
}

func (p *player) refuse(text string) {
	p.Helper()
	after := p.world
	events, ok := p.model.Take(&after, p.parse(text), p.ask, nil)
	if ok || after != p.world || len(events) > 0 {
		p.Fatalf("%s\n%s is enabled, or does something all the same:\n%s", p.line, text, strings.Join(p.world.Describe(), "\n"))
	}
}

func (p *player) parse(text string) Step {
	p.Helper()
	s, err := ParseStep(text)
	if err != nil {
		p.Fatalf("%s: %v", p.line, err)
	}
	return s
}

// ask fails the test if the design leaves q open.
func (p *player) ask(q Question) Answer {
	p.Helper()
	if Space.Open(p.design, int(q)) {
		p.Fatalf("%s\nthis asks %s, which the design leaves open", p.line, q.ID())
	}
	p.asked[q] = true
	return AnswerOf(p.design, q)
}
