package infer

import (
	"context"
	"path/filepath"
	"slices"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Inference is what a recording says about the family.
type Inference struct {
	Recording *recording.Recording
	Options   Options
	Algebra   *family.Algebra
	Designs   family.Set        // those that explain the whole recording, each in some environment
	Explained family.Set        // the same, each with the environments in which it does
	Stopped   error             // nil: the search is complete; otherwise why it is not, and nothing is known
	Worlds    uint64            // that were searched
	Clocks    []recording.Clock // that are behind, as messages show; the search leaves open whether they are
	Lines     int               // that tell of a step of the model

	parts []*part
	apart *part  // see apart
	short string // see Short
}

// Short returns the name of the recording, without the directories that it shares with those that it is combined with.
func (inf *Inference) Short() string {
	if inf.short == "" {
		return filepath.Base(inf.Recording.Name)
	}
	return inf.short
}

// part is what is inferred of one registration.
type part struct {
	*evidence
	options Options
	algebra *family.Algebra
	result  *explore.Result[world, world]
	system  *system
	designs family.Set // with environments
}

// Infer finds out which designs explain a recording: all that the algebra's family has, within the scope. The options must
// be valid. The error is a [recording.LineError] that says what is not supported; progress may be nil.
func Infer(ctx context.Context, a *family.Algebra, rec *recording.Recording, o Options, progress func(explore.Progress)) (*Inference, error) {
	all, err := read(rec, o)
	if err != nil {
		return nil, err
	}
	inf := &Inference{Recording: rec, Options: o, Algebra: a, Designs: family.All, Explained: family.All}
	_, inf.Clocks = rec.Aligned(o.Error)
	for _, e := range all {
		p := &part{evidence: e, options: o, algebra: a}
		p.system, p.result = p.search(ctx, 0, len(e.lines)+1, progress)
		inf.parts = append(inf.parts, p)
		inf.Worlds += p.result.Worlds
		inf.Lines += len(e.lines)
		if inf.Stopped = p.result.Stopped; inf.Stopped != nil {
			inf.Designs, inf.Explained = family.All, family.All
			return inf, nil
		}
		if err := p.overflow(); err != nil {
			return nil, err
		}
		p.designs = a.Flip(p.result.Marked(markExplained), int(model.Listens), o.listens())
		inf.Explained = a.Intersect(inf.Explained, p.designs)
	}
	if inf.apart = apart(inf.parts); inf.apart != nil {
		inf.Explained = a.Restrict(inf.Explained, bySite)
	}
	inf.Designs = a.InSome(inf.Explained)
	return inf, nil
}

var bySite = model.Where(model.Partition, model.BySite)

// apart returns a registration at which pages of one origin arrive while those of another have one of their own, although
// they all want the same service; or nil.
func apart(parts []*part) *part {
	for i, p := range parts {
		for _, other := range parts[:i] {
			if p.service != "" && p.service == other.service && !p.sharesOrigin(other) {
				return p
			}
		}
	}
	return nil
}

// sharesOrigin tells whether the pages of two registrations may be of one origin.
func (p *part) sharesOrigin(other *part) bool {
	for _, name := range p.pages {
		for _, another := range other.pages {
			if a, b := p.origins[name], other.origins[another]; name != "" && another != "" && (a == "" || b == "" || a == b) {
				return true
			}
		}
	}
	return false
}

// granted is the environment that is taken for granted. What is found there is said of any.
var granted = model.Where(model.Listens, model.AtOnce)

// listens returns the only value of that assumption which is searched.
func (o Options) listens() int {
	want := model.AtOnce
	if o.late {
		want = model.Sometime
	}
	return slices.Index(model.Listens.Answers(), want)
}

// search explores the behaviours that look like what was observed. It tells apart how many lines are explained, from low to
// below high.
func (p *part) search(ctx context.Context, low, high int, progress func(explore.Progress)) (*system, *explore.Result[world, world]) {
	scope := model.Space.With(model.Space.Full(), int(model.Listens), p.options.listens())
	o := explore.Options{Algebra: p.algebra, Scope: scope, Progress: progress}
	newSystem := func() explore.System[world, world] { return newSystem(p.evidence, p.options, low, high) }
	return newSystem().(*system), explore.Search(ctx, newSystem, o)
}

// overflow returns an error if some design is not explained for the only reason that more messages would wait at once than
// the model can hold. If a design explains everything with the same messages in another order, nothing is missing.
func (p *part) overflow() error {
	set := p.algebra.Minus(p.result.Marked(markFull), p.result.Marked(markExplained))
	if set == family.None {
		return nil
	}
	trace, design, _ := p.result.Shortest(markFull, set)
	w := p.follow(p.system, trace, design, nil)
	for lane := range browserLane {
		l := p.next(&w.at, lane)
		if l != nil && l.fact == posts {
			return &recording.LineError{File: p.rec.Name, Line: l.Number, What: wrongFull, Hint: hintBounds}
		}
	}
	panic("infer: a queue is full that nobody posts to")
}

// follow takes the steps of a trace of a system under a design, and calls each with what was before, what is after, and
// what happened.
func (p *part) follow(s *system, t explore.Trace, design family.Cube, each func(st model.Step, before, after *world, events []model.Event)) world {
	ask := func(q int) int {
		for i := range model.Space.Answers(design, q) {
			return i
		}
		panic("infer: a design without an answer")
	}
	w := s.Initial()[t.Initial]
	for _, st := range t.Steps {
		before := w
		s.events = s.events[:0]
		if _, ok := s.Take(&w, st, ask); !ok {
			panic("infer: a step of a trace cannot be taken again")
		}
		if each != nil {
			taken := step(st)
			taken.To = 0
			each(taken, &before, &w, s.events)
		}
	}
	return w
}
