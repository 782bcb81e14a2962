package references_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
	"cosw/props"
	"cosw/props/explore"
	"cosw/props/references"
)

// The graph and the catalogue of package props say the same of five properties, each in its own way.

// judged is a property with both ways to judge it.
type judged struct {
	references.Statement
	direct props.Condition
}

func bothWays(t testing.TB) []judged {
	t.Helper()
	var both []judged
	for _, s := range references.Statements() {
		p, err := props.Find(s.Property)
		if err != nil {
			t.Fatal(err)
		}
		want := props.Always
		if s.Quiescent {
			want = props.AtQuiescence
		}
		if p.Violation.When != want {
			t.Fatalf("%s is judged %v, the graph judges it %v", s.Property, p.Violation.When, want)
		}
		both = append(both, judged{s, p.Violation})
	}
	return both
}

// Marks of property i: both say that it is violated, or only one does.
func agreed(i int) explore.Marks     { return 1 << (3 * i) }
func onlyGraph(i int) explore.Marks  { return 2 << (3 * i) }
func onlyDirect(i int) explore.Marks { return 4 << (3 * i) }

// enabledIn tells whether a step without arguments could be taken in w. Bounds that every world is within do for all.
func enabledIn(w *model.World, ask model.Ask) func(model.Kind) bool {
	return func(k model.Kind) bool {
		_, largest := model.Limits()
		m, err := model.New(largest)
		if err != nil {
			panic(err)
		}
		next := *w
		_, ok := m.Take(&next, model.Step{Kind: k}, ask, nil)
		return ok
	}
}

// compare judges w both ways.
func compare(both []judged, quiescent bool, w *model.World, ask model.Ask) (marks explore.Marks) {
	g := references.Build(w, ask)
	for i, b := range both {
		if b.Quiescent != quiescent {
			continue
		}
		byGraph := b.Violated(g)
		direct := b.direct.Test(&props.Moment{World: w, Ask: ask, Enabled: enabledIn(w, ask)}).Seen
		switch {
		case byGraph && direct:
			marks |= agreed(i)
		case byGraph:
			marks |= onlyGraph(i)
		case direct:
			marks |= onlyDirect(i)
		}
	}
	return marks
}

// system is the lifecycle for the search, judged both ways.
type system struct {
	model   *model.Model
	packing *model.Packing
	both    []judged
	steps   []model.Step
	events  []model.Event
}

func newSystem(t testing.TB, b model.Bounds) *system {
	t.Helper()
	m, err := model.New(b)
	if err != nil {
		t.Fatal(err)
	}
	packing, err := m.NewPacking()
	if err != nil {
		t.Fatal(err)
	}
	return &system{model: m, packing: packing, both: bothWays(t)}
}

func (s *system) Initial() []model.World         { return s.model.Initial() }
func (s *system) Pack(w *model.World) model.Key  { return s.packing.Pack(w) }
func (s *system) Unpack(k model.Key) model.World { return s.packing.Unpack(k) }
func (s *system) Hash(k model.Key) uint64        { return (k.A*31+k.B)*0x9e3779b97f4a7c15 ^ k.C }
func (s *system) Kind(step explore.Step) int     { return int(decode(step).Kind) }
func (s *system) Internal(step explore.Step) bool {
	return decode(step).Kind.Internal()
}

func encode(s model.Step) explore.Step { return explore.Step(s.Code()) }

func decode(s explore.Step) model.Step { return model.StepOf(uint32(s)) }

func (s *system) Steps(w *model.World, buf []explore.Step) []explore.Step {
	s.steps = s.model.Steps(w, s.steps[:0])
	for _, step := range s.steps {
		buf = append(buf, encode(step))
	}
	return buf
}

func answers(ask explore.Ask) model.Ask {
	return func(q model.Question) model.Answer { return q.Answer(ask(int(q))) }
}

func (s *system) Take(w *model.World, step explore.Step, ask explore.Ask) (explore.Marks, bool) {
	events, ok := s.model.Take(w, decode(step), answers(ask), s.events[:0])
	s.events = events
	return 0, ok
}

func (s *system) Judge(w *model.World, ask explore.Ask) explore.Marks {
	return compare(s.both, false, w, answers(ask))
}

func (s *system) JudgeQuiescent(w *model.World, ask explore.Ask) explore.Marks {
	return compare(s.both, true, w, answers(ask))
}

// searches have every step of a lifecycle with one page: with every design for a single version, by day where scripts do
// as they should, and for two with the answers that have nothing to do with an update. The race detector makes a search ten
// times slower: it has to do with one.
func searches() []search {
	one := model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 1, Faults: 1, Kills: 1}
	two := one
	two.Versions = 2
	const atOnce = "scripts=answer, listens=at-once, lists=at-once"
	all := []search{{one, atOnce}, {two, "pipeline=no, queue=kept, interrupt=reject, frozen=keep, suspend=wake|keepalive, " + atOnce}}
	if golden.Large() {
		all[0].answers = ""
	}
	if raceEnabled {
		return all[:1]
	}
	return all
}

// search is what is searched: the designs within bounds that give some answers.
type search struct {
	bounds  model.Bounds
	answers string
}

// TestAgreesOnEveryWorld compares on every world that any design reaches within small bounds.
func TestAgreesOnEveryWorld(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	for _, s := range searches() {
		t.Run(s.bounds.String(), func(t *testing.T) {
			t.Parallel()
			agreesOnEveryWorld(t, s)
		})
	}
}

func agreesOnEveryWorld(t *testing.T, s search) {
	scope, err := model.Space.Parse(s.answers)
	if err != nil {
		t.Fatal(err)
	}
	result := explore.Search(t.Context(), func() explore.System[model.World, model.Key] { return newSystem(t, s.bounds) },
		explore.Options{Algebra: family.NewAlgebra(model.Space), Scope: scope})
	if result.Stopped != nil {
		t.Fatal(result.Stopped)
	}
	t.Logf("%d worlds within %s", result.Worlds, s.bounds)
	for i, b := range bothWays(t) {
		if result.Seen&agreed(i) == 0 {
			t.Errorf("%s is violated in no world: nothing was compared", b.Property)
		}
		for who, bit := range map[string]int{"the graph": 3*i + 1, "the catalogue": 3*i + 2} {
			if result.Seen>>bit&1 == 0 {
				continue
			}
			trace, design, _ := result.Shortest(bit, family.All)
			t.Errorf("%s: only %s says that it is violated, under %s:", b.Property, who, model.Space.Format(design))
			for _, step := range trace.Steps {
				t.Errorf("  %v", decode(step))
			}
		}
	}
}

// walker goes through worlds at random, under a random design.
type walker struct {
	*rand.Rand
	model *model.Model
	world model.World
	ask   model.Ask
	steps []string
}

// walk takes a step at random among those that are enabled and, if it must be, internal. It reports false if there is
// none.
func (w *walker) walk(internal bool) bool {
	steps := w.model.Steps(&w.world, nil)
	w.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for _, s := range steps {
		if internal && !s.Kind.Internal() || s.Kind == model.PageLeaves && w.IntN(3) > 0 {
			continue
		}
		if _, ok := w.model.Take(&w.world, s, w.ask, nil); ok {
			w.steps = append(w.steps, s.String())
			return true
		}
	}
	return false
}

// TestAgreesOnWalks compares on random walks within the largest bounds, far beyond what can be searched; now and then
// all that is owed happens, so that quiescent worlds are met.
func TestAgreesOnWalks(t *testing.T) {
	t.Parallel()
	walks, length := 800, 60
	if raceEnabled {
		walks = 300
	}
	m, err := model.New(model.Bounds{Pages: model.MaxPages, Connections: model.MaxConnections,
		Versions: model.MaxVersions, Messages: 4, Faults: 3, Kills: 3})
	if err != nil {
		t.Fatal(err)
	}
	both := bothWays(t)
	var violated [maxJudged]int
	look := func(w *walker, quiescent bool) {
		marks := compare(both, quiescent, &w.world, w.ask)
		for i, b := range both {
			if marks&agreed(i) != 0 {
				violated[i]++
			}
			if marks&(onlyGraph(i)|onlyDirect(i)) != 0 {
				t.Fatalf("%s: the graph says %v, the catalogue %v after\n%s", b.Property,
					marks&onlyGraph(i) != 0, marks&onlyDirect(i) != 0, strings.Join(w.steps, "\n"))
			}
		}
	}
	for seed := range uint64(walks) {
		r := rand.New(rand.NewPCG(seed, 3))
		initial := m.Initial()
		w := &walker{Rand: r, model: m, world: initial[r.IntN(len(initial))], ask: randomDesign(r)}
		for range length {
			w.walk(false)
			look(w, false)
			if r.IntN(12) > 0 {
				continue
			}
			for w.walk(true) {
				look(w, false)
			}
			look(w, true)
		}
	}
	for i, b := range both {
		t.Logf("%s was violated %d times", b.Property, violated[i])
		if violated[i] < 5 {
			t.Errorf("%s was violated %d times: the walks are too tame", b.Property, violated[i])
		}
	}
}

const maxJudged = 8

func randomDesign(r *rand.Rand) model.Ask {
	design := map[model.Question]model.Answer{}
	for _, q := range model.Questions() {
		design[q] = q.Answer(r.IntN(len(q.Answers())))
	}
	return func(q model.Question) model.Answer { return design[q] }
}

// TestDefectsFollow: a statement is violated exactly where the defects name a node that violates it.
func TestDefectsFollow(t *testing.T) {
	m, err := model.New(model.Bounds{Pages: 3, Connections: 3, Versions: 3, Messages: 2, Faults: 2, Kills: 2})
	if err != nil {
		t.Fatal(err)
	}
	statements := references.Statements()
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 4))
		w := &walker{Rand: r, model: m, world: m.Initial()[0], ask: randomDesign(r)}
		for range 60 {
			w.walk(false)
			g := references.Build(&w.world, w.ask)
			found := map[string]bool{}
			for _, f := range g.Defects() {
				n := f.Nodes[0]
				entangled := n.Number > 0 && f.Trouble == references.Unreachable && w.world.Connections[n.Number-1].Entangled
				found["frees-worker"] = found["frees-worker"] || f.Trouble == references.Unneeded && n.Kind == references.WorkerEnd
				found["page-reach"] = found["page-reach"] || entangled && n.Kind == references.PageEnd
				found["worker-reach"] = found["worker-reach"] || entangled && n.Kind == references.WorkerEnd && w.world.Registration.Running
			}
			for _, s := range statements {
				if s.Property != "can-idle" && s.Property != "unregisters" && s.Violated(g) != found[s.Property] {
					t.Fatalf("%s: violated %v, found %v after\n%s", s.Property, s.Violated(g), found[s.Property], strings.Join(w.steps, "\n"))
				}
			}
		}
	}
}

// TestComparisonCatches: what is compared differs as soon as the graph is that of another world or design.
func TestComparisonCatches(t *testing.T) {
	both := bothWays(t)
	w := model.World{Registration: model.Registration{Status: model.Live, Active: 1, Latest: 1, Running: true}}
	w.Pages[0] = model.Page{Origin: model.ForeignA, Open: true}
	w.Connections[0] = model.Connection{Phase: model.Up, Page: 1, Holder: 1, Accepted: 1, Entangled: true}
	answer := func(list model.Answer) model.Ask {
		return func(q model.Question) model.Answer {
			if q == model.PageList || q == model.WorkerList {
				return list
			}
			return q.Answer(0)
		}
	}
	without, with := references.Build(&w, answer(model.None)), references.Build(&w, answer(model.List))
	for _, b := range both[3:] {
		direct := b.direct.Test(&props.Moment{World: &w, Ask: answer(model.None)}).Seen
		if !direct || !b.Violated(without) || b.Violated(with) {
			t.Errorf("%s: the catalogue says %v, the graph %v, and %v with lists", b.Property, direct, b.Violated(without), b.Violated(with))
		}
	}
}
