package props

import (
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// mutant is a fault that is planted in the model, and the property that has to notice it.
type mutant struct {
	property string
	plants   string       // what is wrong with the model
	scope    string       // designs that have the property, as long as nothing is planted
	bounds   model.Bounds // of the lifecycle; zero: onePage
	run      func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched
}

// TestMutants checks that every property catches the fault that is planted for it, and that nothing but the fault does
// it: without it the designs of the scope have the property.
func TestMutants(t *testing.T) {
	notRaced(t)
	t.Parallel()
	for _, m := range mutants {
		t.Run(m.property, func(t *testing.T) {
			t.Parallel()
			if m.bounds == (model.Bounds{}) {
				m.bounds = onePage
			}
			property, err := Find(m.property)
			if err != nil {
				t.Fatal(err)
			}
			a := family.NewAlgebra(model.Space)
			scope := parse(t, m.scope)
			whole, err := property.Part.search(t.Context(), property.Part.Properties(), m.bounds,
				explore.Options{Algebra: a, Scope: scope})
			if err != nil {
				t.Fatal(err)
			}
			if whole.breaks(property.ID) {
				t.Fatalf("%s: some design of the scope breaks it without the mutant", m.scope)
			}
			mutated := m.run(t, a, scope, m.bounds)
			if !mutated.breaks(property.ID) {
				t.Errorf("not caught: %s", m.plants)
			}
			var others []string
			for _, p := range mutated.properties {
				if p.ID != m.property && mutated.breaks(p.ID) && !whole.breaks(p.ID) {
					others = append(others, p.ID)
				}
			}
			t.Logf("%s: also caught by %s", m.plants, strings.Join(others, ", "))
		})
	}
	for _, p := range Catalogue() {
		if !slices.ContainsFunc(mutants, func(m mutant) bool { return m.property == p.ID }) {
			t.Errorf("no mutant is planted for %s: who knows that it notices anything?", p.ID)
		}
	}
}

// breaks tells whether some design of a run breaks the property of that name.
func (r *searched) breaks(id string) bool {
	i := slices.IndexFunc(r.properties, func(p Property) bool { return p.ID == id })
	return r.marked(i) != family.None
}

// mutants are in the order of the catalogue.
var mutants = slices.Concat(lifecycleMutants, matchingMutants, presenceMutants, partitionMutants)

// The small parts have no step to exchange: a mutant changes what a step made of the world.

var matchingMutants = []mutant{
	{
		property: "match-unique",
		plants:   "every scope that is a prefix of the url matches, not only the longest",
		scope:    "match=scope",
		run: matchingMutant(func(w *MatchingWorld, s explore.Step, _ model.Ask) {
			if s>>8 == connectTo {
				w.Candidates = uint8(len(prefixes(w)))
			}
		}),
	},
	{
		property: "match-agrees",
		plants:   "the shortest scope wins",
		scope:    "match=scope",
		run: matchingMutant(func(w *MatchingWorld, s explore.Step, _ model.Ask) {
			if all := prefixes(w); s>>8 == connectTo && len(all) > 0 {
				w.Chosen = slices.MinFunc(all, func(x, y uint8) int {
					return len(services[x-1].Scope) - len(services[y-1].Scope)
				})
				w.Reversed = w.Chosen
			}
		}),
	},
	{
		property: "match-stable",
		plants:   "the service that was registered first wins, if it matches at all",
		scope:    "match=scope",
		run: matchingMutant(func(w *MatchingWorld, s explore.Step, _ model.Ask) {
			if all := prefixes(w); s>>8 == connectTo && len(all) > 0 {
				w.Chosen, w.Reversed = all[0], all[len(all)-1]
			}
		}),
	},
	{
		property: "match-pinned",
		plants:   "the url is matched again although bind=pinned",
		scope:    "bind=pinned",
		run: matchingMutant(func(w *MatchingWorld, s explore.Step, ask model.Ask) {
			if s>>8 == useConnection {
				numbers, list := w.registrations()
				w.Used = first(model.Matches(ask(model.Match), targets[w.Target-1], list), numbers)
			}
		}),
	},
}

// prefixes returns the services whose scope is a prefix of the target, in the order of their registration.
func prefixes(w *MatchingWorld) []uint8 {
	numbers, list := w.registrations()
	var all []uint8
	for i, r := range list {
		if w.Target != 0 && strings.HasPrefix(targets[w.Target-1], r.Scope) {
			all = append(all, numbers[i])
		}
	}
	return all
}

type mutantMatching struct {
	*matching
	after func(*MatchingWorld, explore.Step, model.Ask)
}

func (m *mutantMatching) Take(w *MatchingWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	marks, ok := m.matching.Take(w, s, ask)
	if ok {
		m.after(w, s, m.moment.Ask)
	}
	return marks, ok
}

type runner = func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched

func matchingMutant(after func(*MatchingWorld, explore.Step, model.Ask)) runner {
	return func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched {
		return searchSystem(t.Context(), Matching, matchingProperties, b, func() system[MatchingWorld, MatchingWorld] {
			return &mutantMatching{newMatching(matchingProperties), after}
		}, explore.Options{Algebra: a, Scope: scope})
	}
}

var presenceMutants = []mutant{
	{
		property: "presence-hidden",
		plants:   "a refusal by the worker's script has a name of its own although errors=uniform",
		scope:    "errors=uniform|uniform-timed, request=param, interrupt=reject|retry, deadline=reject",
		run: presenceMutant(func(o *Promise, e model.Event) {
			if e.Kind == model.Rejected && e.Cause == model.CauseRefused {
				o.Name = "NotAllowedError"
			}
		}),
	},
	{
		property: "presence-hidden-timed",
		plants:   "a refusal by the worker's script comes without the delay of errors=uniform-timed",
		scope:    "errors=uniform-timed, request=param, interrupt=reject|retry, deadline=reject, not-ready=reject",
		run: presenceMutant(func(o *Promise, e model.Event) {
			if e.Kind == model.Rejected && e.Cause == model.CauseRefused {
				o.Timing = AfterAWorker
			}
		}),
	},
	{
		property: "presence-hidden-timed",
		plants:   "a refusal because no answer came takes as long as it takes although errors=uniform-timed",
		scope:    "errors=uniform-timed, request=param, interrupt=reject|retry, deadline=reject, not-ready=reject",
		run: presenceMutant(func(o *Promise, e model.Event) {
			if e.Kind == model.Rejected && e.Cause == model.CauseDeadline {
				o.Timing = AfterADeadline
			}
		}),
	},
}

type mutantPresence struct {
	*presence
	after func(*Promise, model.Event)
}

func (p *mutantPresence) Take(w *PresenceWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	marks, ok := p.presence.Take(w, s, ask)
	if ok {
		for _, e := range p.events {
			p.after(&w.Promises[s>>31], e)
		}
	}
	return marks, ok
}

func presenceMutant(after func(*Promise, model.Event)) runner {
	return func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched {
		m, packing := mustModel(t, presenceBounds(b))
		return searchSystem(t.Context(), Presence, presenceProperties, b, func() system[PresenceWorld, PresenceKey] {
			return &mutantPresence{newPresence(m, packing, presenceProperties), after}
		}, explore.Options{Algebra: a, Scope: scope})
	}
}

var partitionMutants = []mutant{
	{
		property: "unlinkable",
		plants:   "a page reaches the registration of the service itself although partition=by-site",
		scope:    "partition=by-site",
		run: partitionMutant(func(w *PartitionWorld) {
			for i := range w.Sites {
				if w.Sites[i].Reach == ReachedSite {
					w.Sites[i].Reach = ReachedOwn
				}
			}
		}),
	},
	{
		property: "reaches-installed",
		plants:   "a page finds nothing that was not installed for its own site although partition=shared",
		scope:    "partition=shared",
		run: partitionMutant(func(w *PartitionWorld) {
			for i := range w.Sites {
				if w.Sites[i].Reach == ReachedOwn {
					w.Sites[i].Reach = ReachedNothing
				}
			}
		}),
	},
}

type mutantPartition struct {
	*partition
	after func(*PartitionWorld)
}

func (m *mutantPartition) Take(w *PartitionWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	marks, ok := m.partition.Take(w, s, ask)
	if ok {
		m.after(w)
	}
	return marks, ok
}

func partitionMutant(after func(*PartitionWorld)) runner {
	return func(t *testing.T, a *family.Algebra, scope family.Cube, b model.Bounds) *searched {
		return searchSystem(t.Context(), Partition, partitionProperties, b, func() system[PartitionWorld, PartitionWorld] {
			return &mutantPartition{newPartition(partitionProperties), after}
		}, explore.Options{Algebra: a, Scope: scope})
	}
}
