package linearize

import (
	"math/rand/v2"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// walk is a random run of the model: it goes on for so many steps, and then until nothing is owed.
type walk struct {
	run  []Taken
	last model.World
	rest bool
}

var walkBounds = model.Bounds{Pages: 3, Connections: 4, Versions: 3, Messages: 4, Kills: 2}

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
	w := walk{last: m.Initial()[0]}
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
			break
		}
	}
	return true
}

// lossUnknown is what the model itself says: some message was not received, and the one who posted it is left with an
// open end. It is the property accounts-loss, which the model's own properties judge without any history.
func (w *walk) lossUnknown() bool {
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
