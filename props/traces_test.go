package props

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// TestTracesReplay checks every counterexample of every property: it shows the violation under every design of its
// term, under no design that has the property, and the counterexamples of a term leave none of its designs out.
func TestTracesReplay(t *testing.T) {
	r := defaultReport()
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		a := r.Algebra
		explained := family.None
		for _, term := range v.search.explain(v.at, v.Formula) {
			covered := family.None
			for _, f := range term.Witnesses {
				shown := v.search.replay(f.Trace, v.at)
				if !a.Includes(shown, f.Term) {
					t.Errorf("%s: the trace for %s shows nothing under some of its designs", v.Property.ID, model.Space.Format(f.Term))
				}
				if a.Minus(shown, v.Violating) != family.None {
					t.Errorf("%s: the trace for %s shows a violation under designs that have the property",
						v.Property.ID, model.Space.Format(f.Term))
				}
				covered = a.Union(covered, a.Cube(f.Term))
			}
			if !a.Includes(covered, term.Cube) {
				t.Errorf("%s: the traces for %s leave designs out", v.Property.ID, model.Space.Format(term.Cube))
			}
			if !slices.IsSortedFunc(term.Witnesses, func(x, y explore.Witness) int {
				return len(x.Trace.Steps) - len(y.Trace.Steps)
			}) {
				t.Errorf("%s: the traces for %s are not the shortest first", v.Property.ID, model.Space.Format(term.Cube))
			}
			explained = a.Union(explained, a.Cube(term.Cube))
		}
		if explained != v.Violating {
			t.Errorf("%s: the terms that are explained are not all designs that break it", v.Property.ID)
		}
	}
}

// TestTracesReplayPlainly replays them as the oracle does, under one design at a time: drawn from the term, from the
// designs that have the property, and from those under which the trace shows nothing.
func TestTracesReplayPlainly(t *testing.T) {
	r := defaultReport()
	m, _ := mustModel(t, model.DefaultBounds)
	seed := uint64(0)
	for i := range lifecycleProperties {
		v := &r.Verdicts[i]
		for _, term := range v.search.explain(v.at, v.Formula) {
			for _, f := range term.Witnesses {
				seed++
				for _, design := range sample(r.Algebra, r.Algebra.Cube(f.Term), 5, seed) {
					if !shows(m, f.Trace, &v.Property, design) {
						t.Errorf("%s: the trace for %s shows nothing under %s", v.Property.ID,
							model.Space.Format(f.Term), model.Space.Format(design))
					}
				}
				others := append(sample(r.Algebra, r.Algebra.Complement(v.Violating), 5, seed),
					sample(r.Algebra, r.Algebra.Complement(v.search.replay(f.Trace, v.at)), 5, seed)...)
				for _, design := range others {
					if shows(m, f.Trace, &v.Property, design) {
						t.Errorf("%s: the trace for %s also shows a violation under %s", v.Property.ID,
							model.Space.Format(f.Term), model.Space.Format(design))
					}
				}
			}
		}
	}
}

// shows takes the steps of a trace under one design, and tells whether all are enabled and the last of them, or the
// world at the end, breaks the property.
func shows(m *model.Model, t explore.Trace, p *Property, design family.Cube) bool {
	steps := make([]model.Step, len(t.Steps))
	for i, s := range t.Steps {
		steps[i] = step(s)
	}
	return playTo(m, m.Initial()[t.Initial], steps, p, design)
}

func playTo(m *model.Model, w model.World, steps []model.Step, p *Property, design family.Cube) bool {
	ask := model.Under(design)
	c := &p.Violation
	for i, s := range steps {
		before := w
		events, enabled := m.Take(&w, s, ask, nil)
		if !enabled {
			return false
		}
		for j := range events {
			at := Moment{World: &w, Event: &events[j], Earlier: events[:j], Ask: ask}
			if s.Connection > 0 {
				at.Before = &before.Connections[s.Connection-1]
			}
			if i == len(steps)-1 && applies(c, AtEvent, &at) {
				return true
			}
		}
	}
	at := Moment{World: &w, Ask: ask, Enabled: func(k model.Kind) bool {
		next := w
		_, ok := m.Take(&next, model.Step{Kind: k}, ask, nil)
		return ok
	}}
	return applies(c, Always, &at) || quiescent(m, w, ask) && applies(c, AtQuiescence, &at)
}

// quiescent tries all that is owed.
func quiescent(m *model.Model, w model.World, ask model.Ask) bool {
	for _, s := range allSteps(m.Bounds()) {
		next := w
		if _, enabled := m.Take(&next, s, ask, nil); enabled && s.Kind.Internal() {
			return false
		}
	}
	return true
}

// TestExplain checks that a reader gets all of it: one line a step, each with what comes of it, which is told from what a
// trace keeps of it, and the number of the counterexamples is that of the findings.
func TestExplain(t *testing.T) {
	r := defaultReport()
	stages := map[Part]*Stage{}
	for _, part := range parts {
		stage, err := NewStage(part, model.DefaultBounds)
		if err != nil {
			t.Fatal(err)
		}
		stages[part] = stage
	}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		found := v.search.explain(v.at, v.Formula)
		for j, e := range r.Explain(v) {
			if e.Term != found[j].Cube || len(e.Counterexamples) != len(found[j].Witnesses) {
				t.Fatalf("%s: evidence %d is for another term", v.Property.ID, j)
			}
			for k, c := range e.Counterexamples {
				if len(c.Told) != len(found[j].Witnesses[k].Trace.Steps) {
					t.Errorf("%s: %d lines for %d steps", v.Property.ID, len(c.Told), len(found[j].Witnesses[k].Trace.Steps))
				}
				for _, line := range c.Told {
					for i, event := range line.Events {
						if text, err := stages[v.Property.Part].DescribeEvent(event); err != nil || text != line.Happens[i] {
							t.Errorf("%s: %q is %q, and is read as %q, %v", v.Property.ID, event, line.Happens[i], text, err)
						}
					}
					if line.Step == "" || len(line.Happens) == 0 || slices.Contains(line.Happens, "") {
						t.Errorf("%s: a step without words: %+v", v.Property.ID, line)
					}
				}
			}
		}
	}
}
