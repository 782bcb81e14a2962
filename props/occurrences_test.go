package props

import (
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Occurrence is a run of the lifecycle in which something occurs and no property is broken: not on the way, and not at the
// end, where nothing is owed any more.
type Occurrence struct {
	Path
	Kind  model.Kind      // of the step that occurs, or 0
	Event model.EventKind // the event that occurs, or 0
}

// OccurrencePaths returns a short example for each kind of step and each kind of event that has one within the default bounds:
// under a design that has every property if there is one, under any other design otherwise.
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
	newTour := func() *tour { return &tour{lifecycle: newLifecycle(m, packing, lifecycleProperties)} }
	a := family.NewAlgebra(model.Space)
	r := explore.Search(t.Context(), func() explore.System[model.World, model.Key] { return newTour() },
		explore.Options{Algebra: a, Scope: model.Space.Full()})
	if r.Stopped != nil {
		t.Fatal(r.Stopped)
	}
	stage, err := NewStage(Lifecycle, bounds)
	if err != nil {
		t.Fatal(err)
	}
	good := family.None
	for _, term := range defaultReport().Algebra.Cover(defaultReport().Good).Terms {
		good = a.Union(good, a.Cube(term))
	}
	guide := tourGuide{stage: stage, tour: newTour(), algebra: a, preferred: good, bounds: bounds, shortest: r.Shortest}
	var all []Occurrence
	for _, k := range model.Kinds() {
		if p, ok := guide.find(kindMark(k)); ok {
			all = append(all, Occurrence{Path: p, Kind: k})
		}
	}
	for _, k := range model.EventKinds() {
		if p, ok := guide.find(eventMark(k)); ok {
			all = append(all, Occurrence{Path: p, Event: k})
		}
	}
	return all
}

// tour is the lifecycle without the steps that break a property. It marks kinds of steps and of events.
type tour struct{ *lifecycle }

func kindMark(k model.Kind) int       { return int(k) - 1 }
func eventMark(k model.EventKind) int { return len(model.Kinds()) + int(k) - 1 }

func (t *tour) Take(w *model.World, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	next := *w
	marks, ok := t.lifecycle.Take(&next, s, ask)
	if !ok || (marks|t.lifecycle.Judge(&next, ask))&violations != 0 {
		return 0, false
	}
	*w = next
	marks = 1 << kindMark(step(s).Kind)
	for _, e := range t.events {
		if e.Kind == model.Abandoned && e.Page != 0 {
			continue // that page waits in vain, which breaks a property in the end
		}
		marks |= 1 << eventMark(e.Kind)
	}
	return marks, true
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

// find returns a path to a mark that goes on until nothing is owed and breaks nothing.
func (g *tourGuide) find(bit int) (Path, bool) {
	for _, within := range []family.Set{g.preferred, family.All} {
		for {
			trace, design, ok := g.shortest(bit, within)
			if !ok {
				break
			}
			whole, _ := follow[model.World, model.Key](g.tour.lifecycle, g.algebra, trace, design)
			one := g.algebra.Cube(design)
			if !slices.ContainsFunc(g.stage.BreaksOnTheWay(g.algebra, whole, one), func(s family.Set) bool { return s != family.None }) {
				return Path{Lifecycle, g.bounds, whole, design}, true
			}
			within = g.algebra.Minus(within, g.algebra.Cube(g.alike(whole, design)))
		}
	}
	return Path{}, false
}

// alike returns the designs under which a trace goes as it does under design, as far as its steps decide it.
func (g *tourGuide) alike(t explore.Trace, design family.Cube) family.Cube {
	walk, err := g.stage.Walk(t, design)
	if err != nil {
		panic("props: an example cannot be walked: " + err.Error())
	}
	return walk.Asked
}
