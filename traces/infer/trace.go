package infer

import (
	"errors"
	"strconv"
	"strings"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces"
)

// Line is a line of an explanation: a step of the model and the line of the recording that tells of it, either of which
// may be missing.
type Line struct {
	Step    string          // as [model.ParseStep] reads it; empty if nothing happens in the model and a line is only read
	Happens []string        // what comes of the step, or what the line says
	Seen    *recording.Line // nil: nobody recorded it
}

// Explanation is a behaviour of the model that explains a recording, or the first lines of it.
type Explanation struct {
	Recording *recording.Recording
	Design    family.Cube // one that it is an explanation under
	Term      family.Cube // all designs that it is one under, or as many as one term can say
	Bounds    model.Bounds
	Names     []string // which pages and versions of the recording those of the model stand for
	Lines     []Line

	history props.History
	wrong   error // why there is no history
}

// Explain returns a shortest explanation of the recording under a design of within, one for each registration; none if
// no design of within explains it.
func (inf *Inference) Explain(within family.Set) []Explanation {
	within = inf.Algebra.Restrict(inf.Algebra.Intersect(within, inf.Explained), granted)
	if within == family.None {
		return nil
	}
	// The same design and environment for all registrations.
	within = inf.Algebra.Cube(inf.Algebra.First(within))
	var all []Explanation
	for _, p := range inf.parts {
		t, design, ok := p.result.Shortest(markExplained, within)
		if !ok {
			panic("infer: a design explains a recording, but not one of its registrations")
		}
		all = append(all, p.explanation(p.system, t, design, p.term(p.system, t, markExplained, design)))
	}
	return all
}

// Explain returns the explanation of the lines before the one that cannot follow.
func (r *Reason) Explain() Explanation {
	return r.part.explanation(r.system, r.trace, r.design, r.term)
}

func (p *part) explanation(s *system, t explore.Trace, design, term family.Cube) Explanation {
	e := Explanation{Recording: p.rec, Design: design, Term: term, Bounds: p.boundsOf(t), Names: p.names()}
	p.follow(s, t, design, func(st model.Step, before, after *world, events []model.Event) {
		var l Line
		for lane := range after.at {
			if after.at[lane] != before.at[lane] {
				l.Seen = p.lanes[lane][before.at[lane]].Line
			}
		}
		switch {
		case st.Kind == bootsElse:
			l.Happens = []string{startsElse}
		case st.Kind == failsElse:
			l.Happens = []string{failsToStartElse}
		case st.Kind == breaksOff:
			l.Happens = []string{l.Seen.Describe() + brokenOff}
		case st.Kind == postsInVain:
			l.Happens = []string{l.Seen.Describe() + ", in vain"}
		case onlyReads(st.Kind):
			l.Happens = []string{l.Seen.Describe()}
		default:
			l.Step = st.String()
			for _, event := range events {
				l.Happens = append(l.Happens, describeEvent(event))
			}
			if len(events) == 0 {
				l.Happens = []string{st.Describe()}
			}
		}
		e.Lines = append(e.Lines, l)
	})
	e.history, e.wrong = p.traceOf(s, t, design)
	return e
}

// names says which parties the numbers of the model stand for, if the recording numbers them differently.
func (p *part) names() []string {
	var all []string
	for i, name := range p.pages {
		if name != "" && name != "page/"+strconv.Itoa(i+1) {
			all = append(all, namePage(i+1, name))
		}
	}
	for i, name := range p.versions {
		if name != "" {
			all = append(all, nameVersion(i+1, name))
		}
	}
	for i, c := range p.conns {
		if c.number != i+1 {
			all = append(all, nameConnection(i+1, c.number))
		}
	}
	return all
}

// pageNumber returns the number in the recording of a page of the model.
func (p *part) pageNumber(page uint8) uint8 {
	n, err := strconv.Atoi(strings.TrimPrefix(p.pages[page-1], "page/"))
	if err != nil || n > 255 {
		return page
	}
	return uint8(n)
}

// Trace returns the explanation as a trace, with what it says about the properties. Why and repeat are those of the trace.
// It fails if more messages are lost than a trace can hold, or the worker is started for something other than a connection.
func (e *Explanation) Trace(why, repeat string) (*traces.Trace, error) {
	if e.wrong != nil {
		return nil, e.wrong
	}
	return traces.NewJudged(e.history.Path(), why, repeat)
}

// ErrLost is why an explanation cannot be played.
var ErrLost = errors.New("more than 8 messages of one connection are under way or lost, which is more than a trace can hold")

// ErrFaults is another reason.
var ErrFaults = errors.New("more than 7 faults explain it, which is more than a trace can hold")

// ErrHandler is a third one.
var ErrHandler = errors.New("an instance posts while it handles a message over which it is killed, which is one step of the model")

// ErrElse is a fourth one.
var ErrElse = errors.New("the worker is started for something other than a connection, for which the model has no step")

// traceOf returns a trace of the search as a history of the model: its bounds, how it begins, the design and the steps,
// with those that the search takes in one: messages of which several are received without a record.
func (p *part) traceOf(s *system, t explore.Trace, design family.Cube) (props.History, error) {
	h := props.History{Bounds: p.boundsOf(t), Design: design, Initial: p.initial[t.Initial]}
	if h.Bounds.Faults > model.MaxFaults {
		return props.History{}, ErrFaults
	}
	m, err := model.New(h.Bounds)
	if err != nil {
		panic("infer: a trace with invalid bounds: " + err.Error())
	}
	plain := m.Initial()[h.Initial]
	ask := model.Under(design)
	ok, most := true, 1 // messages under way or lost
	elsewhere, broken := false, false
	var waiting strangers
	take := func(st model.Step) {
		_, enabled := m.Take(&plain, st, ask, nil)
		if ok = ok && enabled; enabled {
			h.Steps = append(h.Steps, st)
			for i := range plain.Connections {
				c := &plain.Connections[i]
				most = max(most, c.ToWorker.Undelivered(), c.ToPage.Undelivered())
			}
		}
	}
	p.follow(s, t, design, func(st model.Step, before, after *world, _ []model.Event) {
		elsewhere = elsewhere || st.Kind == bootsElse
		broken = broken || st.Kind == breaksOff
		if onlyReads(st.Kind) || elsewhere || !ok {
			return
		}
		strange := waiting.before(before, st)
		take(st)
		waiting.after(&plain, &after.model, st)
		for ok && strange && waiting.stranger(st) {
			take(st)
			waiting.after(&plain, &after.model, st)
		}
	})
	switch {
	case elsewhere:
		return props.History{}, ErrElse
	case !ok && broken:
		return props.History{}, ErrHandler
	case !ok:
		return props.History{}, ErrLost
	}
	h.Bounds.Messages = most
	return h, nil
}

// boundsOf returns the bounds with as many faults as there are in a trace.
func (p *part) boundsOf(t explore.Trace) model.Bounds {
	b := p.bounds
	b.Faults, b.Kills = 0, 0
	for _, s := range t.Steps {
		switch step(s).Kind {
		case model.KillWorker, model.KillHandling:
			b.Kills++
			b.Faults++
		case model.WorkerHangs, model.FailStart:
			b.Faults++
		}
	}
	return b
}

// strangers tells of the messages that wait, by connection and direction, which of them nobody recorded to receive. The search
// takes those together that wait one after the other.
type strangers [model.MaxConnections][2][]bool

// before tells whether a step of the search receives messages that nobody recorded to receive.
func (s *strangers) before(w *world, st model.Step) bool {
	if st.Kind != model.PageReceives && st.Kind != model.WorkerReceives {
		return false
	}
	c := &w.model.Connections[st.Connection-1]
	if st.Kind == model.PageReceives {
		return c.ToPage.At(0).Stranger
	}
	return c.ToWorker.At(0).Stranger
}

// stranger tells whether the next message is one more of them.
func (s *strangers) stranger(st model.Step) bool {
	way := toWorker
	if st.Kind == model.PageReceives {
		way = toPage
	}
	waiting := s[st.Connection-1][way]
	return len(waiting) > 0 && waiting[0]
}

// after notes what waits after a step: messages are posted at the end of a queue and taken from its beginning.
func (s *strangers) after(plain, short *model.World, st model.Step) {
	for i := range s {
		c, known := &plain.Connections[i], &short.Connections[i]
		s[i][toWorker] = follow(s[i][toWorker], &c.ToWorker, &known.ToWorker)
		s[i][toPage] = follow(s[i][toPage], &c.ToPage, &known.ToPage)
	}
}

func follow(waiting []bool, plain, short *model.MessageQueue) []bool {
	length := int(plain.Length)
	if length > len(waiting) && short.Length > 0 {
		waiting = append(waiting, short.At(short.Length-1).Stranger)
	}
	return waiting[max(0, len(waiting)-length):]
}
