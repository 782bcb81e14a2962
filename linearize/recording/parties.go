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
	asker        map[int]string // by connection
	tellsRunning bool           // the browser says of instances that they run
}

// Party is a page, or an instance of a worker.
type Party struct {
	Name        string
	First, Last *Line // its own
	End         *End  // nil: nobody says that it ended
	Holes       []Hole
	Naps        []Nap // while the browser kept a page frozen
}

// Nap is the time in which a page is frozen: nothing reaches it, and it does nothing.
type Nap struct {
	From, To *Line // To is nil if nobody says that it thaws
}

// End is how a page went away, or an instance was stopped.
type End struct {
	Begin *Line // it ended no earlier
	Over  *Line // nor later; nil: nobody says that it is over

	Asked  bool // somebody outside the browser had the instance stopped or killed
	Killed bool // its process was ended, or died
	Shared bool // the process of a page died at the same time, which may have been that of the instance

	redundant *Line // of the version of an instance; nil if Begin is something else than that the instance no longer runs
}

// Since returns the line since which a party may have ended. That is Begin, except that an instance whose version is redundant
// has no reason to go on: if it is stopped unasked within late of that, it may have been stopped then, and was seen to be later.
func (e *End) Since(late time.Duration) *Line {
	if l := e.redundant; l != nil && l.Time < e.Begin.Time && e.Begin.Time <= l.Time+late {
		return l
	}
	return e.Begin
}

// Parties finds out who takes part, and when. The clocks of two parties may differ by up to clocks, and a line of the browser
// may be late by a further late.
func (rec *Recording) Parties(clocks, late time.Duration) *Parties {
	p := &Parties{rec: rec, clocks: clocks, margin: clocks + late, byName: map[string]*Party{}, asker: map[int]string{}}
	for i := range rec.Lines {
		p.meet(&rec.Lines[i])
		p.asks(&rec.Lines[i])
	}
	p.findVersions()
	p.findInstances()
	p.shareCrashes()
	return p
}

// asks takes note of the page that asks for a connection, as far as its lines tell.
func (p *Parties) asks(l *Line) {
	if l.Role == Page && l.Conn != 0 && p.asker[l.Conn] == "" {
		p.asker[l.Conn] = l.Actor
	}
}

// Asker returns the page that asked for a connection: who uses the page's end, or if all those lines were lost, the first page
// of which lines were.
func (p *Parties) Asker(conn int) string {
	if name := p.asker[conn]; name != "" {
		return name
	}
	for _, page := range p.Pages {
		if len(page.Holes) > 0 {
			return page.Name
		}
	}
	return ""
}

// meet takes note of who writes a line, or of a page that is gone.
func (p *Parties) meet(l *Line) {
	who := p.byName[l.Actor]
	switch {
	case l.Role == Browser:
		p.meetPage(l, p.byName[l.PageName()])
		return
	case who == nil && l.Role == Page:
		who = &Party{Name: l.Actor, First: l}
		p.Pages = append(p.Pages, who)
	case who == nil:
		in := &Instance{Party: Party{Name: l.Actor, First: l}}
		p.Instances = append(p.Instances, in)
		who = &in.Party
	}
	if h, ok := hole(who.Last, l); ok {
		who.Holes = append(who.Holes, h)
	}
	p.byName[l.Actor], who.Last = who, l
	p.meetPage(l, who)
}

// meetPage takes note of what happens to a page.
func (p *Parties) meetPage(l *Line, page *Party) {
	if page == nil || l.Version != "" || l.Role == Worker {
		return
	}
	asleep := len(page.Naps) > 0 && page.Naps[len(page.Naps)-1].To == nil
	switch {
	case l.Role == Browser && l.Ends() && page.End == nil:
		page.End = &End{Begin: l, Over: l}
	case l.Op == "frozen" && !asleep:
		page.Naps = append(page.Naps, Nap{From: l})
	case l.Op == "thawed" && asleep:
		page.Naps[len(page.Naps)-1].To = l
	}
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

// Span is a time, by the clock of a party.
type Span struct{ From, To time.Duration }

// Unrecorded returns when a party that ends may have done something without a record, in the order of time: right after its
// last line, and right before its end, which lines of the browser tell of too late by up to late, and what was sent to it
// meanwhile arrives within settle. It was idle in between, or else there would be lines. Where nothing is in between it is one.
func (p *Parties) Unrecorded(who *Party, late, settle time.Duration) []Span {
	last, over := who.Last.Time, p.Over(who).Time
	soon, end := last+late, who.End.Begin.Time-late-settle
	if end <= soon {
		return []Span{{last, over}}
	}
	return []Span{{last, soon}, {end, over}}
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
func (p *Parties) ending(s *launch) *End {
	var end *End
	for _, l := range s.of.Lines {
		switch {
		case l.Number <= s.Number || l.Op == "state" || l.Op == "cannot" || l.Op == "startFailed" || l.State == "running":
			continue
		case end != nil && end.Over != nil && (l.Time > end.Over.Time+p.margin || l.State == "starting"):
			return end
		case end == nil:
			end = &End{Begin: l}
			if l.Op == "running" {
				end.redundant = s.of.Line("redundant")
			}
		}
		end.Asked = end.Asked || l.Asked()
		end.Killed = end.Killed || l.Op == "kill" || l.Op == "crash"
		if end.Over == nil && (l.State == "stopped" || l.State == "starting" || l.Op == "crash") {
			end.Over = l
		}
	}
	return end
}

// shareCrashes finds instances that end when the process of a page dies.
func (p *Parties) shareCrashes() {
	for i := range p.rec.Lines {
		l := &p.rec.Lines[i]
		if l.Op != "crash" || l.Version != "" {
			continue
		}
		for _, in := range p.Instances {
			if in.End != nil && in.End.Begin.Time >= l.Time-p.margin && in.End.Begin.Time <= l.Time+p.margin {
				in.End.Shared = true
			}
		}
	}
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
