package props

import (
	"context"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Line is a step of a trace, with what comes of it.
type Line struct {
	Step    string   // as it is written in scripts, or who does what
	Events  []string // what comes of it, as traces keep it
	Happens []string // the same as clauses; what the step does, where nothing comes of it
}

// system is a system whose traces can be written, read and told.
type system[W, K comparable] interface {
	explore.System[W, K]
	// starts returns the names of the initial worlds, in the order of Initial.
	starts() []string
	// name returns s as traces write it, and parse reads that.
	name(s explore.Step) string
	parse(text string) (explore.Step, error)
	// tell takes step s in w and says what comes of it.
	tell(w *W, s explore.Step, ask explore.Ask) Line
	// describe returns an event of a line as a clause.
	describe(event string) (string, error)
}

// run is the finished search of a part, whatever its worlds are.
type run struct {
	part       Part
	properties []Property
	bounds     model.Bounds
	stopped    error
	depth      int
	worlds     uint64
	moves      uint64 // transitions
	pairs      uint64
	bytes      uint64
	kinds      [64]uint64
	seen       explore.Marks
	asked      []int

	marked   func(property int) family.Set
	shortest func(property int, within family.Set) (explore.Trace, family.Cube, bool)
	explain  func(property int, cover family.Cover) []explore.Term
	replay   func(t explore.Trace, property int) family.Set
	tell     func(t explore.Trace, design family.Cube) []Line
	follow   func(t explore.Trace, design family.Cube) (explore.Trace, explore.Step)
	livelock func(ctx context.Context) explore.Livelock
}

// runPart searches a part.
func runPart[W, K comparable](ctx context.Context, part Part, properties []Property, bounds model.Bounds,
	newSystem func() system[W, K], o explore.Options) *run {
	for i := range properties {
		o.Premises |= premise(i)
	}
	r := explore.Search(ctx, func() explore.System[W, K] { return newSystem() }, o)
	teller := newSystem()
	return &run{
		part: part, properties: properties, bounds: bounds,
		stopped: r.Stopped, depth: r.Depth, worlds: r.Worlds, moves: r.Transitions, pairs: r.Pairs, bytes: r.Bytes,
		kinds: r.Kinds, seen: r.Seen, asked: r.Asked,
		marked:   r.Marked,
		shortest: r.Shortest,
		explain:  r.Explain,
		replay:   r.Replay,
		tell: func(t explore.Trace, design family.Cube) []Line {
			return tellTrace(teller, t, under(design))
		},
		follow: func(t explore.Trace, design family.Cube) (explore.Trace, explore.Step) {
			return follow(teller, o.Algebra, t, design)
		},
		livelock: r.Livelock,
	}
}

// under returns the answers of a design.
func under(design family.Cube) explore.Ask { return explore.Under(model.Space, design) }

// tellTrace puts t into words, as it goes under a design.
func tellTrace[W, K comparable](s system[W, K], t explore.Trace, ask explore.Ask) []Line {
	w := s.Initial()[t.Initial]
	lines := make([]Line, 0, len(t.Steps))
	for _, step := range t.Steps {
		lines = append(lines, s.tell(&w, step, ask))
	}
	return lines
}

// search explores one part within bounds. Only the lifecycle depends on them.
func search(ctx context.Context, part Part, properties []Property, bounds model.Bounds, o explore.Options) (*run, error) {
	switch part {
	case Matching:
		return runPart(ctx, part, properties, bounds, func() system[MatchingWorld, MatchingWorld] {
			return newMatching(properties)
		}, o), nil
	case Presence:
		return runPart(ctx, part, properties, bounds, func() system[PresenceWorld, PresenceKey] {
			return newPresence(properties)
		}, o), nil
	}
	m, err := model.New(bounds)
	if err != nil {
		return nil, err
	}
	packing, err := m.NewPacking()
	if err != nil {
		return nil, err
	}
	return runPart(ctx, part, properties, bounds, func() system[model.World, model.Key] {
		return newLifecycle(m, packing, properties)
	}, o), nil
}
