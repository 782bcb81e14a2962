package recording

import (
	"fmt"
	"time"
)

// Parties are all that take part in a recording.
type Parties struct {
	Versions  []*Version  // one that was there before the recording began comes first
	Instances []*Instance // in the order of their first lines
	Pages     []*Party    // in the order of their first lines
	Unclear   error       // a [LineError]: the first instance of which it is not clear which start is its own; or nil

	rec          *Recording
	clocks       time.Duration // how much the clocks of two parties may differ
	margin       time.Duration // how far a line of the browser may be from where it belongs among those of others
	byName       map[string]*Party
	tellsRunning bool // the browser says of instances that they run
}

// Party is a page, or an instance of a worker.
type Party struct {
	Name        string
	First, Last *Line // its own
	End         *End  // nil: nobody says that it ended
}

// End is how a page went away, or an instance was stopped.
type End struct {
	Begin *Line // it ended no earlier
	Over  *Line // nor later; nil: nobody says that it is over
}

// Parties finds out who takes part, and when. The clocks of two parties may differ by up to clocks, and a line of the browser
// may be late by a further late.
func (rec *Recording) Parties(clocks, late time.Duration) *Parties {
	p := &Parties{rec: rec, clocks: clocks, margin: clocks + late, byName: map[string]*Party{}}
	for i := range rec.Lines {
		p.meet(&rec.Lines[i])
	}
	p.findVersions()
	p.findInstances()
	return p
}

// meet takes note of who writes a line, or of a page that is gone.
func (p *Parties) meet(l *Line) {
	who := p.byName[l.Actor]
	switch {
	case l.Role == Browser:
		if page := p.byName[l.PageName()]; l.Op == "gone" && page != nil {
			page.End = &End{Begin: l, Over: l}
		}
		return
	case who == nil && l.Role == Page:
		who = &Party{Name: l.Actor, First: l}
		p.Pages = append(p.Pages, who)
	case who == nil:
		in := &Instance{Party: Party{Name: l.Actor, First: l}}
		p.Instances = append(p.Instances, in)
		who = &in.Party
	}
	p.byName[l.Actor], who.Last = who, l
}

// Party returns the page or instance of that name, or nil.
func (p *Parties) Party(name string) *Party { return p.byName[name] }

// Instance returns the instance of that name, or nil.
func (p *Parties) Instance(name string) *Instance {
	for _, in := range p.Instances {
		if in.Name == name {
			return in
		}
	}
	return nil
}

// Over returns where the end of a party is over: at the end of the recording, if nobody says so.
func (p *Parties) Over(who *Party) *Line {
	if who.End.Over != nil {
		return who.End.Over
	}
	return &p.rec.Lines[len(p.rec.Lines)-1]
}

// unclear keeps the first error.
func (p *Parties) unclear(err error) {
	if p.Unclear == nil && err != nil {
		p.Unclear = err
	}
}

func (p *Parties) refuse(l *Line, what, hint string) error {
	return &LineError{p.rec.Name, l.Number, what, hint}
}

// ending returns how the instance of a start ends, or nil if nobody says that it does. A stop that was asked for and never
// came about is none: the instance goes on.
func (s *launch) ending() *End {
	var end *End
	for _, l := range s.of.Lines {
		switch {
		case l.Number <= s.Number || l.Op != "stop" && l.Op != "kill" && l.Op != "running" || l.State == "running":
			continue
		case end == nil:
			end = &End{Begin: l}
		}
		if l.State == "stopped" || l.State == "starting" {
			end.Over = l
			return end
		}
	}
	return end
}

// CheckEnds returns an error if a party acts after its end by more than clocks can differ.
func (p *Parties) CheckEnds() error {
	for i := range p.rec.Lines {
		l := &p.rec.Lines[i]
		who := p.byName[l.Actor]
		if who == nil || who.End == nil || who.End.Over == nil {
			continue
		}
		if over := who.End.Over; l.Time > over.Time+p.clocks {
			return p.refuse(l, wrongEnd(l, over), hintEnd)
		}
	}
	return nil
}

const (
	hintEnd    = "allow for a larger error of clocks, or give each party a name of its own"
	hintBoot   = "record the lines of the browser as well: each start of a version, and its states"
	hintScript = "number each deployed script, and record each version's start"
	hintStart  = "let more time pass between starts, or allow for less error if the clocks are better"
)

func wrongEnd(l, end *Line) string {
	late := l.Time - end.Time
	return fmt.Sprintf("%s acts %.1f ms after its end in line %d", l.Actor, float64(late.Microseconds())/1000, end.Number)
}

func wrongBoot(l *Line) string {
	return fmt.Sprintf("%s starts, but no line of the browser says of which version it is", l.Actor)
}

func wrongScript(l *Line, v *Version) string {
	if v.Script < 0 {
		return fmt.Sprintf("%s starts, but the only start left is of version %s, which has another script", l.Actor, v.ID)
	}
	return fmt.Sprintf("%s starts, but the only start left is of version %s, which has script %d", l.Actor, v.ID, v.Script)
}

func wrongStart(boot, a, b *Line) string {
	return fmt.Sprintf("%s may have been started in line %d or in line %d: the clocks do not tell which", boot.Actor, a.Number, b.Number)
}
