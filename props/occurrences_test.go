package props

import (
	"math/bits"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Occurrence is a run of the lifecycle in which something occurs and no must is broken: not on the way, and not at the end,
// where nothing is owed any more.
type Occurrence struct {
	Path
	Kind  model.Kind      // of the step that occurs, or 0
	Event model.EventKind // the event that occurs, or 0
	Kept  []string        // the properties that it keeps all the way; nil: all that the lifecycle decides
}

// OccurrencePaths returns a short example for each kind of step and each kind of event that has one within the default bounds:
// under a design that has all that can be had together if there is one, under any other otherwise.
func OccurrencePaths(t *testing.T) []Occurrence {
	bounds := model.DefaultBounds
	m, err := model.New(bounds)
	if err != nil {
		t.Fatal(err)
	}
	packing, err := m.NewPacking()
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	stage, err := NewStage(Lifecycle, bounds)
	if err != nil {
		t.Fatal(err)
	}
	good := family.None
	for _, term := range defaultReport().Algebra.Cover(goodReport().Good).Terms {
		good = a.Union(good, a.Cube(term))
	}
	guide := &tourGuide{stage: stage, algebra: a, preferred: good, bounds: bounds}
	var all []Occurrence
	for _, of := range []struct { // together they are too many for one search
		marks func(model.Kind, []model.Event) explore.Marks
		find  func() []Occurrence
	}{{kindMarks, guide.kinds}, {eventMarks, guide.events}} {
		newTour := func() *tour { return &tour{newLifecycle(m, packing, lifecycleProperties), of.marks} }
		r := explore.Search(t.Context(), func() explore.System[model.World, model.Key] { return newTour() },
			explore.Options{Algebra: a, Scope: model.Space.Full()})
		if r.Stopped != nil {
			t.Fatal(r.Stopped)
		}
		guide.tour, guide.shortest = newTour(), r.Shortest
		all = append(all, of.find()...)
	}
	return all
}

// musts marks the violations of what every design should have.
var musts = func() (marks explore.Marks) {
	for i, p := range lifecycleProperties {
		if p.Weight == Must {
			marks |= violation(i)
		}
	}
	return marks
}()

// tour is the lifecycle without the steps that break a must.
type tour struct {
	*lifecycle
	marks func(model.Kind, []model.Event) explore.Marks // what it marks instead
}

// kindMarks marks the kind of a step.
func kindMarks(k model.Kind, _ []model.Event) explore.Marks { return 1 << k }

// eventMarks marks the kinds of events.
func eventMarks(_ model.Kind, events []model.Event) (marks explore.Marks) {
	for _, e := range events {
		if e.Kind == model.Abandoned && e.Page != 0 {
			continue // that page waits in vain, which breaks a property in the end
		}
		marks |= 1 << e.Kind
	}
	return marks
}

func (t *tour) Take(w *model.World, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	next := *w
	marks, ok := t.lifecycle.Take(&next, s, ask)
	if !ok || (marks|t.lifecycle.Judge(&next, ask))&musts != 0 {
		return 0, false
	}
	*w = next
	return t.marks(step(s).Kind, t.events), true
}

func (*tour) Judge(*model.World, explore.Ask) explore.Marks          { return 0 }
func (*tour) JudgeQuiescent(*model.World, explore.Ask) explore.Marks { return 0 }

// tourGuide makes examples out of paths to a mark.
type tourGuide struct {
	stage     *Stage
	tour      *tour
	algebra   *family.Algebra
	preferred family.Set
	bounds    model.Bounds
	shortest  func(bit int, within family.Set) (explore.Trace, family.Cube, bool)
}

// kinds returns an example for each kind of step that has one.
func (g *tourGuide) kinds() []Occurrence {
	var all []Occurrence
	for _, k := range model.Kinds() {
		if e, ok := g.find(kindMarks(k, nil)); ok {
			e.Kind = k
			all = append(all, e)
		}
	}
	return all
}

// events returns an example for each kind of event that has one.
func (g *tourGuide) events() []Occurrence {
	var all []Occurrence
	for _, k := range model.EventKinds() {
		if e, ok := g.find(eventMarks(0, []model.Event{{Kind: k}})); ok {
			e.Event = k
			all = append(all, e)
		}
	}
	return all
}

// find returns an example to a mark that goes on until nothing is owed and breaks no must.
func (g *tourGuide) find(mark explore.Marks) (Occurrence, bool) {
	bit := bits.TrailingZeros64(uint64(mark))
	for _, within := range []family.Set{g.preferred, family.All} {
		for {
			trace, design, ok := g.shortest(bit, within)
			if !ok {
				break
			}
			whole, _ := follow[model.World, model.Key](g.tour.lifecycle, g.algebra, trace, design)
			if kept, good := g.keeps(whole, design); good {
				return Occurrence{Path: Path{Lifecycle, g.bounds, whole, design}, Kept: kept}, true
			}
			within = g.algebra.Minus(within, g.algebra.Cube(g.alike(whole, design)))
		}
	}
	return Occurrence{}, false
}

// keeps returns the properties that a trace keeps under a design, nil for all, and whether all musts are among them.
func (g *tourGuide) keeps(t explore.Trace, design family.Cube) (kept []string, good bool) {
	good = true
	for i, broken := range g.stage.BreaksOnTheWay(g.algebra, t, g.algebra.Cube(design)) {
		p := &g.stage.Properties[i]
		if broken == family.None {
			kept = append(kept, p.ID)
		} else if p.Weight == Must {
			good = false
		}
	}
	if len(kept) == len(g.stage.Properties) {
		kept = nil
	}
	return kept, good
}

// alike returns the designs under which a trace goes as it does under design, as far as its steps decide it.
func (g *tourGuide) alike(t explore.Trace, design family.Cube) family.Cube {
	walk, err := g.stage.Walk(t, design)
	if err != nil {
		panic("props: an example cannot be walked: " + err.Error())
	}
	return walk.Asked
}
