package props

import (
	"context"
	"errors"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Part is a model that decides properties. Parts share the questions; each explores worlds of its own.
type Part interface {
	// String returns the name of the part, as trace files have it.
	String() string
	// About says what its histories are about.
	About() string
	// Bounded tells whether the part is searched within growing bounds, up to those that are chosen. Then its steps are those of
	// package model, and random histories go beyond.
	Bounded() bool
	// Extent says how far a part is searched that is not.
	Extent() string
	// Properties returns the properties that the part decides, in the order in which they are reported.
	Properties() []Property

	stage(bounds model.Bounds) (*Stage, error)
	search(ctx context.Context, properties []Property, bounds model.Bounds, o explore.Options) (*searched, error)
	recall(r *searched, k *known, scope family.Set) error
}

// The parts.
var (
	// Lifecycle is the model of package model: pages, a registration, versions of its worker, connections.
	Lifecycle = newPart(part[model.World, model.Key]{
		name:       "lifecycle",
		about:      "the life of connections: pages, the browser, and versions of one service worker",
		properties: lifecycleProperties,
		open:       openLifecycle,
	})
	// Matching is about a url and registrations.
	Matching = newPart(part[MatchingWorld, MatchingWorld]{
		name:       "matching",
		about:      "which registration a url means: services are registered, and a page connects",
		extent:     "a fixed choice of urls and registrations, listed in [props/matching.go](props/matching.go), searched whole",
		properties: matchingProperties,
		open:       openMatching,
	})
	// Presence is the lifecycle twice: with a service that refuses, and with none.
	Presence = newPart(part[PresenceWorld, PresenceKey]{
		name: "presence",
		about: "what a page learns from a refusal: it connects twice, once where the service is and refuses it, " +
			"and once where nothing is registered",
		extent:     "1 page, 1 connection and 1 version on each side, no messages, and the faults of the first search; no random histories",
		properties: presenceProperties,
		open:       openPresence,
	})
	// Partition is about which registration of a service the pages of two sites reach.
	Partition = newPart(part[PartitionWorld, PartitionWorld]{
		name:       "partition",
		about:      "which registration a page reaches: a user visits a service, and pages of two sites that embed it",
		extent:     "two sites and the service itself, searched whole",
		properties: partitionProperties,
		open:       openPartition,
	})
)

// parts holds all parts in the order in which they are reported.
var parts = []Part{Lifecycle, Matching, Presence, Partition}

// Parts returns all parts.
func Parts() []Part { return slices.Clone(parts) }

// ParsePart reads the name of a part. The error is a [*family.UnknownWordError].
func ParsePart(name string) (Part, error) {
	var names []string
	for _, p := range parts {
		if p.String() == name {
			return p, nil
		}
		names = append(names, p.String())
	}
	return nil, &family.UnknownWordError{What: "part", Word: name, Valid: names}
}

// part is a part with worlds of type W, which are packed as K.
type part[W, K comparable] struct {
	name, about, extent string
	properties          []Property
	// open returns what makes systems within bounds, each with the properties that it judges. Worlds that are only walked need
	// not fit into a key. An error is about the bounds.
	open func(bounds model.Bounds, packed bool) (func(judged []Property) system[W, K], error)
}

func newPart[W, K comparable](p part[W, K]) Part {
	for i := range p.properties {
		p.properties[i].Part = &p
	}
	return &p
}

func (p *part[W, K]) String() string         { return p.name }
func (p *part[W, K]) About() string          { return p.about }
func (p *part[W, K]) Bounded() bool          { return p.extent == "" }
func (p *part[W, K]) Extent() string         { return p.extent }
func (p *part[W, K]) Properties() []Property { return p.properties }

func (p *part[W, K]) stage(bounds model.Bounds) (*Stage, error) {
	within := bounds
	if !p.Bounded() { // a trace does not say how many faults there may be: all that any search allows for
		bounds = model.Bounds{}
		_, within = model.Limits()
	}
	open, err := p.open(within, false)
	if err != nil {
		return nil, err
	}
	return newStage(p, bounds, open), nil
}

func (p *part[W, K]) search(ctx context.Context, properties []Property, bounds model.Bounds, o explore.Options) (*searched, error) {
	open, err := p.open(bounds, true)
	if err != nil {
		return nil, err
	}
	return searchSystem(ctx, p, properties, bounds, func() system[W, K] { return open(properties) }, o), nil
}

func openLifecycle(bounds model.Bounds, packed bool) (func([]Property) system[model.World, model.Key], error) {
	m, packing, err := openModel(bounds, packed)
	return func(judged []Property) system[model.World, model.Key] { return newLifecycle(m, packing, judged) }, err
}

// openModel returns a model, and how its worlds are packed if they are to be.
func openModel(bounds model.Bounds, packed bool) (*model.Model, *model.Packing, error) {
	m, err := model.New(bounds)
	if err != nil || !packed {
		return m, &model.Packing{}, err
	}
	packing, err := m.NewPacking()
	return m, packing, err
}

func openMatching(model.Bounds, bool) (func([]Property) system[MatchingWorld, MatchingWorld], error) {
	return func(judged []Property) system[MatchingWorld, MatchingWorld] { return newMatching(judged) }, nil
}

func openPartition(model.Bounds, bool) (func([]Property) system[PartitionWorld, PartitionWorld], error) {
	return func(judged []Property) system[PartitionWorld, PartitionWorld] { return newPartition(judged) }, nil
}

// Told is a step of a trace, with what comes of it.
type Told struct {
	Step    string   // as it is written in scripts, or who does what
	Events  []string // what comes of it, as trace files have it
	Happens []string // the same as clauses; where nothing comes of it, what the step does
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
	tell(w *W, s explore.Step, ask explore.Ask) Told
	// reported returns those events of the last step that are events of package model.
	reported() []model.Event
	// show puts what conditions see into m: the world after step s, and before is the one before it, or nil at the beginning.
	show(m *Moment, before, after *W, s explore.Step)
	// describe returns an event of a told step as a clause.
	describe(event string) (string, error)
}

// searched is the finished search of a part, whatever its worlds are.
type searched struct {
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
	nearest  func(property int) []explore.Sighted
	sample   func(n int) []uint64
	shortest func(property int, within family.Set) (explore.Trace, family.Cube, bool)
	explain  func(property int, cover family.Cover) []explore.Term
	replay   func(t explore.Trace, property int) family.Set
	tell     func(t explore.Trace, design family.Cube) []Told
	follow   func(t explore.Trace, design family.Cube) (explore.Trace, explore.Step)
	livelock func(ctx context.Context) explore.Livelock
}

// searchSystem searches what newSystem makes, a system for each worker.
func searchSystem[W, K comparable](ctx context.Context, part Part, properties []Property, bounds model.Bounds,
	newSystem func() system[W, K], o explore.Options) *searched {
	for i := range properties {
		o.Premises |= premise(i)
	}
	r := explore.Search(ctx, func() explore.System[W, K] { return newSystem() }, o)
	found := &searched{
		part: part, properties: properties, bounds: bounds,
		stopped: r.Stopped, depth: r.Depth, worlds: r.Worlds, moves: r.Transitions, pairs: r.Pairs, bytes: r.Bytes,
		kinds: r.Kinds, seen: r.Seen, asked: r.Asked,
		marked:   r.Marked,
		nearest:  r.Nearest,
		sample:   r.Sample,
		shortest: r.Shortest,
		explain:  r.Explain,
		replay:   r.Replay,
		livelock: r.Livelock,
	}
	tell(found, newSystem(), o.Algebra)
	return found
}

// tell makes r tell and follow traces of a system.
func tell[W, K comparable](r *searched, s system[W, K], a *family.Algebra) {
	r.tell = func(t explore.Trace, design family.Cube) []Told { return tellTrace(s, t, under(design)) }
	r.follow = func(t explore.Trace, design family.Cube) (explore.Trace, explore.Step) {
		return follow(s, a, t, design)
	}
}

// under returns the answers of a design.
func under(design family.Cube) explore.Ask { return explore.Under(model.Space, design) }

// tellTrace puts t into words, as it goes under a design.
func tellTrace[W, K comparable](s system[W, K], t explore.Trace, ask explore.Ask) []Told {
	w := s.Initial()[t.Initial]
	told := make([]Told, 0, len(t.Steps))
	for _, step := range t.Steps {
		told = append(told, s.tell(&w, step, ask))
	}
	return told
}

var errNoPart = errors.New("no part is given")
