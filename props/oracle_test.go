package props

import (
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

// The oracle is the dumb second implementation: it searches one design at a time, keeps whole worlds in a map, and tries
// every step with every argument. It shares with the family search only the steps of package model and the conditions
// of the catalogue: no packing, no symmetry, no sets of designs, no monitor.

// oracle is what a plain search of one design finds.
type oracle struct {
	worlds      int
	transitions int
	depth       int
	// Which questions were asked by the steps, in the first place, and by each property in those that follow.
	asked  [1 + maxProperties][64]bool
	asking int // who asks at present
	// By property, in the order of the catalogue:
	broken  [maxProperties]int  // steps to the nearest violation; never when there is none
	premise [maxProperties]bool // the premise was seen
}

// never stands for the distance of what is not seen.
const never = -1

// oracleWorld is a world that waits to be looked at, so many steps from the beginning.
type oracleWorld struct {
	model.World
	depth int
}

// searchOne searches everything that one design can reach.
func searchOne(m *model.Model, design family.Cube) *oracle {
	o := &oracle{}
	for i := range o.broken {
		o.broken[i] = never
	}
	ask := o.ask(design)
	steps := allSteps(m.Bounds())
	visited := map[model.World]struct{}{}
	var queue []oracleWorld
	visit := func(w model.World, depth int) {
		countFromReceived(&w)
		if _, known := visited[w]; !known {
			visited[w] = struct{}{}
			queue = append(queue, oracleWorld{w, depth})
		}
	}
	for _, w := range m.Initial() {
		visit(w, 0)
	}
	var events []model.Event
	var now oracleWorld
	var next model.World
	for i := 0; i < len(queue); i++ {
		now = queue[i]
		o.depth = max(o.depth, now.depth)
		o.see(Always, &Moment{World: &now.World, Ask: ask}, now.depth)
		quiescent := true
		for _, s := range steps {
			next = now.World
			var enabled bool
			if events, enabled = m.Take(&next, s, ask, events[:0]); !enabled {
				continue
			}
			o.transitions++
			quiescent = quiescent && !s.Kind.Internal()
			for j := range events {
				at := Moment{World: &next, Event: &events[j], Earlier: events[:j], Ask: ask}
				if s.Connection > 0 {
					at.Before = &now.Connections[s.Connection-1]
				}
				o.see(AtEvent, &at, now.depth+1)
			}
			visit(next, now.depth+1)
		}
		if quiescent {
			enabled := func(k model.Kind) bool {
				next := now.World
				_, ok := m.Take(&next, model.Step{Kind: k}, ask, nil)
				return ok
			}
			o.see(AtQuiescence, &Moment{World: &now.World, Ask: ask, Enabled: enabled}, now.depth)
		}
	}
	o.worlds = len(visited)
	return o
}

// ask answers for a design and notes what was asked.
func (o *oracle) ask(design family.Cube) model.Ask {
	var answers [64]model.Answer
	for _, q := range everything() {
		answers[q] = model.AnswerOf(design, q)
	}
	return func(q model.Question) model.Answer {
		o.asked[o.asking][q] = true
		return answers[q]
	}
}

// everything returns what designs answer, and what environments do.
func everything() []model.Question { return slices.Concat(model.Questions(), model.Assumptions()) }

// see looks at a moment of some kind with every condition that is for such moments.
func (o *oracle) see(when When, at *Moment, depth int) {
	for i := range lifecycleProperties {
		p := &lifecycleProperties[i]
		o.asking = 1 + i
		if !o.premise[i] && applies(&p.Premise, when, at) {
			o.premise[i] = true
		}
		if nearer := o.broken[i] == never || depth < o.broken[i]; nearer && applies(&p.Violation, when, at) {
			o.broken[i] = depth
		}
	}
	o.asking = 0
}

func applies(c *Condition, when When, at *Moment) bool {
	return c.When == when && (when != AtEvent || slices.Contains(c.Events, at.Event.Kind)) && c.Test(at).Seen
}

// class returns the designs that answer as this one does whatever the steps asked, and these properties. What is found
// is a function of the answers, so it is the same for all of them.
func (o *oracle) class(design family.Cube, properties ...int) family.Cube {
	class := model.Space.Full()
	for _, q := range everything() {
		if o.asked[0][q] || slices.ContainsFunc(properties, func(i int) bool { return o.asked[1+i][q] }) {
			class = class.And(model.Where(q, model.AnswerOf(design, q)))
		}
	}
	return class
}

// allSteps returns every step with every argument that its syntax takes, whether it makes sense or not: what is enabled
// is up to the model.
func allSteps(b model.Bounds) []model.Step {
	var steps []model.Step
	for _, k := range model.Kinds() {
		at := []model.Step{{Kind: k}}
		for _, word := range strings.Fields(k.Syntax()) {
			switch word {
			case "P":
				at = each(at, b.Pages, func(s *model.Step, n uint8) { s.Page = n })
			case "C":
				at = each(at, b.Connections, func(s *model.Step, n uint8) { s.Connection = n })
			case "P2":
				at = each(at, b.Pages, func(s *model.Step, n uint8) { s.To = n })
			}
		}
		steps = append(steps, at...)
	}
	return steps
}

// each returns every step with an argument set to 1, 2, … most.
func each(steps []model.Step, most int, set func(*model.Step, uint8)) []model.Step {
	var out []model.Step
	for _, s := range steps {
		for n := range uint8(most) {
			set(&s, n+1)
			out = append(out, s)
		}
	}
	return out
}

// countFromReceived numbers the messages of each queue from the last one received. Numbers would grow forever
// otherwise, and only their differences are ever read.
func countFromReceived(w *model.World) {
	for i := range w.Connections {
		if w.Connections[i].Phase == model.Unused {
			continue
		}
		for _, q := range []*model.MessageQueue{&w.Connections[i].ToWorker, &w.Connections[i].ToPage} {
			counted := model.MessageQueue{Posted: q.Posted - q.Received}
			for j := range q.Length {
				m := q.At(j)
				m.Number -= q.Received
				counted.Push(m)
			}
			*q = counted
		}
	}
}

// TestOracleOnEveryDesign compares the verdicts on every design of the family, in every environment, with the oracle's, within
// bounds small enough for that: a design is searched only if no design was that is asked the same questions and gives the same
// answers. What only a property at a step asks does not count, or there would be eight times as many; the designs are
// drawn, so that such a property is compared under all of its answers, if not with all answers to everything else. What is
// drawn first is a sample of the classes, which is enough by day.
func TestOracleOnEveryDesign(t *testing.T) {
	notRaced(t)
	t.Parallel()
	bounds := noFaults
	bounds.Messages = 0 // messages make thirty times as many classes
	m, _ := mustModel(t, bounds)
	r := mustCheck(t, Options{Bounds: bounds, Scope: model.Space.Full()})
	var inWorlds []int // properties that are judged by worlds
	for i := range lifecycleProperties {
		if lifecycleProperties[i].Violation.When != AtEvent {
			inWorlds = append(inWorlds, i)
		}
	}
	const enough = 1000
	classes := 0
	for left := family.All; left != family.None && (classes < enough || golden.Large()); classes++ {
		design := sample(r.Algebra, left, 1, uint64(classes))[0]
		o := searchOne(m, design)
		left = r.Algebra.Minus(left, r.Algebra.Cube(o.class(design, inWorlds...)))
		for i := range lifecycleProperties {
			v := &r.Verdicts[i]
			class := o.class(design, i)
			broken := o.broken[i] != never
			inside := r.Algebra.Restrict(v.Violating, class)
			if broken && inside != r.Algebra.Cube(class) || !broken && inside != family.None {
				t.Fatalf("%s under %s: broken %v for the oracle, and the search has %d designs of the class of %d",
					v.Property.ID, model.Space.Format(class), broken, r.Algebra.Count(inside), model.Space.Count(class))
			}
		}
	}
	t.Logf("%d classes of designs and environments", classes)
	if classes < enough {
		t.Errorf("%d classes: too few questions are asked within %s for this to be a test", classes, bounds)
	}
}

// TestOracleOnSample compares verdicts, and the lengths of shortest traces, for designs drawn from the whole family.
func TestOracleOnSample(t *testing.T) {
	notRaced(t)
	t.Parallel()
	tests := []struct {
		bounds  model.Bounds
		designs int
		why     string
	}{
		{model.DefaultBounds, 40, "what users check"},
		{onePage, 160, "rare combinations of answers, where a design is searched faster"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 2, Messages: 2, Faults: 2, Kills: 2}, 6, "a queue of two, two faults"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 3, Messages: 1, Faults: 0, Kills: 0}, 6, "versions that nobody remembers"},
	}
	for i, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			m, _ := mustModel(t, test.bounds)
			r := mustCheck(t, Options{Bounds: test.bounds, Scope: model.Space.Full()})
			for _, design := range sample(r.Algebra, family.All, golden.Fewer(test.designs), uint64(i)) {
				o := searchOne(m, design)
				for j := range lifecycleProperties {
					agree(t, r, &r.Verdicts[j], o, design)
				}
			}
		})
	}
}

func agree(t *testing.T, r *Report, v *Verdict, o *oracle, design family.Cube) {
	t.Helper()
	steps := o.broken[v.at]
	broken := steps != never
	if broken != r.Algebra.Includes(v.Violating, design) {
		t.Errorf("%s under %s: broken %v for the oracle, %v for the search", v.Property.ID, model.Space.Format(design), broken, !broken)
		return
	}
	trace, _, found := v.search.shortest(v.at, r.Algebra.Cube(design))
	if found != broken || broken && len(trace.Steps) != steps {
		t.Errorf("%s under %s: nearest violation after %d steps for the oracle, %d for the search",
			v.Property.ID, model.Space.Format(design), steps, len(trace.Steps))
	}
}

// TestOracleCounts compares the worlds of single designs one by one: without symmetries, the search must find exactly
// as many as the oracle, with exactly as many transitions.
func TestOracleCounts(t *testing.T) {
	notRaced(t)
	t.Parallel()
	tests := []struct {
		bounds  model.Bounds
		designs int
		why     string
	}{
		{noFaults, 40, "the smallest worlds"},
		{onePage, 20, "updates and a kill"},
		{model.DefaultBounds, 8, "what users check"},
		{model.Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 0, Faults: 1, Kills: 1}, 4, "two connections in both orders"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 3, Messages: 1, Faults: 0, Kills: 0}, 4, "versions by their numbers"},
		{model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 3, Faults: 0, Kills: 0}, 8, "messages by their numbers"},
	}
	for i, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			m, _ := mustModel(t, test.bounds)
			a := family.NewAlgebra(model.Space)
			for _, design := range sample(a, family.All, golden.Fewer(test.designs), 100+uint64(i)) {
				o := searchOne(m, design)
				r := lifecycleRun(t, a, test.bounds, design, plainly)
				if int(r.worlds) != o.worlds || int(r.moves) != o.transitions || r.depth != o.depth {
					t.Errorf("%s: %d worlds, %d transitions, depth %d; the oracle has %d, %d and %d",
						model.Space.Format(design), r.worlds, r.moves, r.depth, o.worlds, o.transitions, o.depth)
				}
				for j, p := range lifecycleProperties {
					if seen := r.seen&premise(j) != 0; seen != o.premise[j] {
						t.Errorf("%s: the premise of %s was seen: %v, by the oracle: %v",
							model.Space.Format(design), p.ID, seen, o.premise[j])
					}
				}
			}
		})
	}
}
