package props

import (
	"errors"
	"fmt"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Saved is a finished check of the whole family in a form that can be written down: which designs break each property, in
// which environments, and for each of them a shortest trace that does.
type Saved struct {
	Bounds model.Bounds    `json:"bounds"`
	Sets   family.Written  `json:"sets"` // of each verdict the designs that break it, then those of its traces
	Parts  []SavedCoverage `json:"parts"`

	Verdicts []SavedVerdict `json:"verdicts"`
}

// SavedCoverage is what the search of a part covered.
type SavedCoverage struct {
	Part   string `json:"part"`
	Worlds uint64 `json:"worlds"`
	Steps  uint64 `json:"steps"`
}

// SavedVerdict is the verdict on a property.
type SavedVerdict struct {
	Property string       `json:"property"`
	Since    model.Bounds `json:"since"`
	Traces   []SavedTrace `json:"traces"` // shortest first
}

// SavedTrace is a trace that breaks a property.
type SavedTrace struct {
	Start string   `json:"start"`
	Steps []string `json:"steps"`
}

// ErrNotSaved is why a report cannot be saved.
var ErrNotSaved = errors.New("only a finished check of the whole family can be saved")

// Save returns r, a finished check of the whole family, in a form that can be written down.
func (r *Report) Save() (*Saved, error) {
	if !r.Complete() || !r.Whole() {
		return nil, ErrNotSaved
	}
	s := &Saved{Bounds: r.Options.Bounds}
	for _, c := range r.Coverage {
		s.Parts = append(s.Parts, SavedCoverage{c.Part.String(), c.Worlds, c.Transitions})
	}
	var sets []family.Set
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		stage, err := NewStage(v.Property.Part, r.Options.Bounds)
		if err != nil {
			return nil, err
		}
		saved := SavedVerdict{Property: v.Property.ID, Since: v.Since}
		sets = append(sets, v.Violating)
		for _, t := range r.traces(v) {
			sets = append(sets, v.search.replay(t, v.at))
			saved.Traces = append(saved.Traces, stage.save(t))
		}
		s.Verdicts = append(s.Verdicts, saved)
	}
	s.Sets = r.Algebra.Write(sets)
	return s, nil
}

// traces returns the counterexamples to v, shortest first. Each design that breaks the property has one of its shortest
// among them: those of a term are found by taking, again and again, a shortest one for the designs that have none yet.
func (r *Report) traces(v *Verdict) []explore.Trace {
	var all []explore.Trace
	for _, e := range r.Explain(v) {
		for _, c := range e.Counterexamples {
			same := func(t explore.Trace) bool {
				return t.Initial == c.Trace.Initial && slices.Equal(t.Steps, c.Trace.Steps)
			}
			if !slices.ContainsFunc(all, same) {
				all = append(all, c.Trace)
			}
		}
	}
	slices.SortStableFunc(all, func(x, y explore.Trace) int { return len(x.Steps) - len(y.Steps) })
	return all
}

func (s *Stage) save(t explore.Trace) SavedTrace {
	saved := SavedTrace{Start: s.Starts[t.Initial], Steps: []string{}}
	for _, step := range t.Steps {
		saved.Steps = append(saved.Steps, s.StepName(step))
	}
	return saved
}

func (s *Stage) restore(saved SavedTrace) (t explore.Trace, err error) {
	if t.Initial, err = s.ParseStart(saved.Start); err != nil {
		return t, err
	}
	for _, name := range saved.Steps {
		step, err := s.ParseStep(name)
		if err != nil {
			return t, err
		}
		t.Steps = append(t.Steps, step)
	}
	return t, nil
}

// Report returns the report that was saved. It weighs designs and shows traces as the one that was saved does, but has not
// searched: it knows of no other traces. The error says what of it the model of today does not have.
func (s *Saved) Report() (*Report, error) {
	a := family.NewAlgebra(model.Space)
	sets, err := a.Read(s.Sets)
	if err != nil {
		return nil, err
	}
	r := &Report{Options: Options{Bounds: s.Bounds, Scope: model.Space.Full()}, Algebra: a, Scope: family.All}
	for _, c := range s.Parts {
		part, err := ParsePart(c.Part)
		if err != nil {
			return nil, err
		}
		r.Coverage = append(r.Coverage, Coverage{Part: part, Worlds: c.Worlds, Transitions: c.Steps})
	}
	for i := range s.Verdicts {
		saved := &s.Verdicts[i]
		n := 1 + len(saved.Traces)
		if n > len(sets) {
			return nil, fmt.Errorf("%s: a set is missing", saved.Property)
		}
		v, err := saved.verdict(a, s.Bounds, sets[:n])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", saved.Property, err)
		}
		r.Verdicts, sets = append(r.Verdicts, v), sets[n:]
	}
	r.Good = r.good()
	r.keeping(model.Space.Full())
	for _, e := range r.environments() {
		r.keeping(e)
	}
	r.nodes = a.Nodes()
	return r, nil
}

// verdict returns the verdict that was saved with its sets: the designs that break the property, and those of each trace.
func (s *SavedVerdict) verdict(a *family.Algebra, bounds model.Bounds, sets []family.Set) (Verdict, error) {
	property, err := Find(s.Property)
	if err != nil {
		return Verdict{}, err
	}
	stage, err := NewStage(property.Part, bounds)
	if err != nil {
		return Verdict{}, err
	}
	known := recalled{algebra: a, breaking: sets[1:]}
	for _, saved := range s.Traces {
		t, err := stage.restore(saved)
		if err != nil {
			return Verdict{}, err
		}
		known.traces = append(known.traces, t)
	}
	v := Verdict{
		Property: property, Required: true, Status: Holds, Violating: sets[0], Formula: a.Cover(sets[0]), Designs: a.Count(sets[0]),
		Since: s.Since, search: known.searched(stage),
	}
	if v.Violating != family.None {
		v.Status = Violated
	}
	return v, nil
}

// recalled are the counterexamples to a property that were saved, in place of a search for them.
type recalled struct {
	algebra  *family.Algebra
	traces   []explore.Trace // shortest first
	breaking []family.Set    // of each trace: the designs under which it breaks the property
}

func (k *recalled) searched(stage *Stage) *searched {
	s := &searched{part: stage.Part, bounds: stage.Bounds, replay: k.replay}
	s.tell = func(t explore.Trace, design family.Cube) []Told {
		walk, _ := stage.Walk(t, design) // it was walked when it was saved
		return walk.Told
	}
	s.follow = func(t explore.Trace, design family.Cube) (explore.Trace, explore.Step) {
		return stage.follow(k.algebra, t, design)
	}
	s.shortest = func(_ int, within family.Set) (explore.Trace, family.Cube, bool) { return k.shortest(within) }
	s.explain = func(_ int, cover family.Cover) []explore.Term {
		return explore.ExplainBy(k.algebra, cover, k.shortest, func(t explore.Trace) family.Set { return k.replay(t, 0) })
	}
	return s
}

// shortest returns a shortest trace among the designs of within, and one design for which it is one.
func (k *recalled) shortest(within family.Set) (explore.Trace, family.Cube, bool) {
	for i, t := range k.traces {
		if set := k.algebra.Intersect(k.breaking[i], within); set != family.None {
			return t, k.algebra.First(set), true
		}
	}
	return explore.Trace{}, family.Cube{}, false
}

// replay returns the designs under which a trace, one of those that were saved, breaks the property.
func (k *recalled) replay(t explore.Trace, _ int) family.Set {
	i := slices.IndexFunc(k.traces, func(other explore.Trace) bool {
		return other.Initial == t.Initial && slices.Equal(other.Steps, t.Steps)
	})
	return k.breaking[i]
}
