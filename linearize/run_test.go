package linearize

import (
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// walk is a random run of the model: it goes on for so many steps, and then until nothing is owed.
type walk struct {
	run  []Taken
	last model.World
	rest bool

	gaps     map[uint8]bool // connections that lost a message on its way to the worker, and went on
	overtook bool           // something came after such a gap
}

var walkBounds = model.Bounds{Pages: 3, Connections: 4, Versions: 3, Messages: 4, Faults: 2, Kills: 2}

func randomDesign(r *rand.Rand) family.Cube {
	design := model.Space.Full()
	for _, q := range model.Questions() {
		design = model.Space.With(design, int(q), r.IntN(len(q.Answers())))
	}
	return design
}

// newWalk takes steps enabled under a design at random, posts and receives more often than others.
func newWalk(t testing.TB, r *rand.Rand, design family.Cube, steps int) walk {
	m, err := model.New(walkBounds)
	if err != nil {
		t.Fatal(err)
	}
	ask := model.Under(design)
	w := walk{last: m.Initial()[0], gaps: map[uint8]bool{}}
	for range steps {
		if !w.step(m, ask, r, func(s model.Step) bool { return true }) {
			break
		}
	}
	for range 500 {
		if !w.step(m, ask, r, func(s model.Step) bool { return s.Kind.Internal() && s.Kind != model.FailInstall }) {
			w.rest = true
			break
		}
	}
	return w
}

func weight(k model.Kind) int {
	switch k {
	case model.PagePosts, model.WorkerPosts, model.PageReceives, model.WorkerReceives, model.Dispatch, model.WorkerAccepts:
		return 40
	case model.PageLeaves, model.UnregisterWorker, model.PageCloses, model.WorkerCloses, model.PageListens:
		return 1
	}
	return 6
}

func (w *walk) step(m *model.Model, ask model.Ask, r *rand.Rand, wanted func(model.Step) bool) bool {
	type option struct {
		Taken
		world model.World
	}
	var options []option
	total := 0
	for _, s := range m.Steps(&w.last, nil) {
		world := w.last
		if events, ok := m.Take(&world, s, ask, nil); ok && wanted(s) {
			options = append(options, option{Taken{s, events}, world})
			total += weight(s.Kind)
		}
	}
	if len(options) == 0 {
		return false
	}
	pick := r.IntN(total)
	for _, o := range options {
		if pick -= weight(o.Step.Kind); pick < 0 {
			w.run, w.last = append(w.run, o.Taken), o.world
			w.watch(o.Events)
			break
		}
	}
	return true
}

// watch notes gaps in what a worker receives. What is lost with its connection, or with the instance of a worker that
// nobody connects to any more, leaves none.
func (w *walk) watch(events []model.Event) {
	over := map[uint8]bool{}
	for _, e := range events {
		switch e.Kind {
		case model.Cut, model.Abandoned, model.Rejected, model.Posted:
			over[e.Connection] = true
		case model.Delivered, model.WorkerKnows:
			w.overtook = w.overtook || e.Page == 0 && w.gaps[e.Connection]
		}
	}
	for _, e := range events {
		if e.Kind == model.Lost && e.Version == 0 && !over[e.Connection] {
			w.gaps[e.Connection] = true
		}
	}
}

// lossUnknown is what the model itself says: some message was not received, or not handled, and the one who posted it is left
// with an open end; or something came after it all the same. The first is the property accounts-loss, which the model's own
// properties judge without any history.
func (w *walk) lossUnknown() bool {
	if w.overtook {
		return true
	}
	for i := range w.last.Connections {
		c := &w.last.Connections[i]
		if c.Holder != 0 && c.ToWorker.Undelivered() > 0 || c.Phase == model.Up && c.ToPage.Undelivered() > 0 {
			return true
		}
	}
	return false
}

// generate calls do with so many random runs and their histories.
func generate(t testing.TB, seed uint64, runs, steps int, do func(i int, r *rand.Rand, w walk, h *History)) {
	for i := range runs {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		w := newWalk(t, r, randomDesign(r), steps)
		do(i, r, w, FromRun(w.run, &w.last, w.rest, r.Uint64))
	}
}

// TestDeliveredTwice: a worker is killed while it handles a message, and the next instance gets it again. The object hands a
// message out once: the first delivery took no effect. Where a recording takes both for receives, the message arrives twice,
// and no order explains that.
func TestDeliveredTwice(t *testing.T) {
	m, err := model.New(walkBounds)
	if err != nil {
		t.Fatal(err)
	}
	design, err := model.Space.Parse("suspend=wake, queue=kept, delivery=global, same-origin=ask")
	if err != nil {
		t.Fatal(err)
	}
	w := walk{last: m.Initial()[0]}
	for _, text := range []string{
		"p1 connect c1", "browser start", "browser dispatch c1", "worker accept c1", "p1 post c1",
		"browser kill-handling c1", "browser start", "worker receive c1",
	} {
		s, err := model.ParseStep(text)
		if err != nil {
			t.Fatal(err)
		}
		events, ok := m.Take(&w.last, s, model.Under(design), nil)
		if !ok {
			t.Fatalf("%s is not enabled", text)
		}
		w.run = append(w.run, Taken{s, events})
	}
	h := FromRun(w.run, &w.last, true, func() uint64 { return 45 })
	if got := decide(t, h); got != Linearizable {
		t.Errorf("what was handled: %s\n%s", got, dump(h))
	}
	both := *h
	both.Operations = slices.Clone(h.Operations)
	changed := 0
	for i := range both.Operations {
		if op := &both.Operations[i]; op.Kind == Receive && op.Effect == Void {
			op.Effect = Done
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d receives took no effect, want the one of the instance that was killed\n%s", changed, dump(h))
	}
	if got := decide(t, &both); got != Violated {
		t.Errorf("both deliveries: %s\n%s", got, dump(&both))
	}
}
