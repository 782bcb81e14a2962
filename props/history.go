package props

import (
	"fmt"
	"math/bits"
	"strings"

	"pgregory.net/rapid"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// FuzzBounds are those of random histories: far beyond what can be searched.
var FuzzBounds = model.Bounds{Pages: 4, Connections: 6, Versions: 4, Messages: 8, Faults: 3, Kills: 3}

// FuzzSteps is how long random histories are at most.
const FuzzSteps = 100

// History is a run of the lifecycle under one design: a path that anyone can take again.
type History struct {
	Bounds  model.Bounds
	Design  family.Cube
	Initial int // the number of the initial world in Model.Initial
	Steps   []model.Step
}

// Tally counts what occurred in random histories.
type Tally struct {
	Histories int
	Steps     int
	Kinds     [64]int // steps by model.Kind
	Events    [64]int // by model.EventKind
	Premises  [maxProperties]int
}

// walker takes random steps of the lifecycle and judges them.
type walker struct {
	*lifecycle
	ask        explore.Ask
	world      model.World
	next       model.World
	candidates []explore.Step
	weights    []int
	spread     uint64 // mixes what is drawn, see choose
}

// newWalker returns a walker for histories within bounds, which need not fit a key.
func newWalker(bounds model.Bounds, properties []Property) *walker {
	m, err := model.New(bounds)
	if err != nil {
		panic("props: a history with invalid bounds: " + err.Error())
	}
	w := &walker{lifecycle: newLifecycle(m, &model.Packing{}, properties)}
	w.all = true // so that histories also judge what the search leaves out
	return w
}

// begin puts the walker at the beginning of a history.
func (w *walker) begin(initial int, design family.Cube) {
	w.world = w.model.Initial()[initial]
	w.ask = under(design)
	w.spread = 0
}

// choose draws a number below n. Rapid likes small numbers and round ones; mixing each draw with those before makes
// histories as different as they should be, and still a function of what was drawn.
func (w *walker) choose(t *rapid.T, n uint64) uint64 {
	w.spread += rapid.Uint64().Draw(t, "choice") + 0x9e3779b97f4a7c15
	z := w.spread
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return (z ^ z>>31) % n
}

// take takes s if it is enabled, and returns what is marked: about the step, and about the world that it leads to.
func (w *walker) take(s explore.Step) (explore.Marks, bool) {
	w.next = w.world
	marks, ok := w.Take(&w.next, s, w.ask)
	if !ok {
		return 0, false
	}
	w.world = w.next
	marks |= w.Judge(&w.world, w.ask)
	if w.quiescent() {
		marks |= w.JudgeQuiescent(&w.world, w.ask)
	}
	return marks, true
}

// quiescent tells whether nothing is owed. It leaves the events of the last step as they are.
func (w *walker) quiescent() bool {
	events := w.events
	w.events = nil
	defer func() { w.events = events }()
	w.candidates = w.Steps(&w.world, w.candidates[:0])
	for _, s := range w.candidates {
		if !w.Internal(s) {
			continue
		}
		w.next = w.world
		if _, ok := w.model.Take(&w.next, step(s), w.moment.Ask, nil); ok {
			return false
		}
	}
	return true
}

// draw draws one of the enabled steps, by weight, and takes it. It reports false when there is none.
func (w *walker) draw(t *rapid.T) (explore.Step, explore.Marks, bool) {
	w.candidates = w.Steps(&w.world, w.candidates[:0])
	w.weights = w.weights[:0]
	total := 0
	for _, s := range w.candidates {
		weight := w.weight(step(s))
		w.weights = append(w.weights, weight)
		total += weight
	}
	for total > 0 {
		at := int(w.choose(t, uint64(total)))
		i := 0
		for at >= w.weights[i] {
			at -= w.weights[i]
			i++
		}
		s := w.candidates[i]
		if marks, ok := w.take(s); ok {
			return s, marks, true
		}
		total -= w.weights[i]
		w.weights[i] = 0
	}
	return 0, 0, false
}

// count counts the step that was taken last.
func (t *Tally) count(s explore.Step, w *walker) {
	t.Steps++
	t.Kinds[step(s).Kind]++
	for i := range w.events {
		t.Events[w.events[i].Kind]++
	}
}

// countPremises counts the premises among marks.
func (t *Tally) countPremises(marks explore.Marks) {
	for left := uint64(marks) >> maxProperties; left != 0; left &= left - 1 {
		t.Premises[bits.TrailingZeros64(left)]++
	}
}

// kindWeights make histories live long (few pages leave, few registrations go), keep messages under way, and bring on
// what is rare in real life and matters most here: updates, transfers, faults.
var kindWeights = [64]int{
	model.PageConnects: 80, model.PagePosts: 60, model.PageReceives: 40, model.PageLearns: 40, model.PageListens: 30,
	model.PageCloses: 6, model.PageLosesHandle: 10, model.PageTransfers: 8, model.PageLeaves: 1,
	model.PageFreezes:   4,
	model.WorkerAccepts: 80, model.WorkerRejects: 6, model.WorkerIgnores: 20, model.WorkerHangs: 20,
	model.WorkerPosts: 40, model.WorkerReceives: 30, model.WorkerLearns: 40, model.WorkerCloses: 4,
	model.Dispatch: 80, model.GiveUp: 60, model.ReleaseEnd: 40, model.CollectHandle: 40, model.Start: 60, model.FailStart: 6, model.FinishInstall: 80, model.FailInstall: 4,
	model.Activate: 80, model.FinishActivate: 80, model.Clear: 40,
	model.SuspendWorker: 20, model.KillWorker: 6, model.KillHandling: 6, model.Register: 60, model.FindUpdate: 10, model.CallSkipWaiting: 30,
	model.UnregisterWorker: 2, model.OpenClient: 6, model.CloseClient: 30,
}

// weight returns the weight of s in the world at hand: kills are frequent while a connect event is pending, updates
// while messages wait, and pages leave while they are to be accepted once more.
func (w *walker) weight(s model.Step) int {
	weight := kindWeights[s.Kind]
	switch s.Kind {
	case model.KillWorker:
		if w.world.PendingEvent() {
			return 10 * weight
		}
	case model.FindUpdate, model.CallSkipWaiting:
		if w.world.InUse(func(c *model.Connection) bool { return c.ToWorker.Length > 0 }) {
			return 3 * weight
		}
	case model.PageLeaves, model.PageCloses:
		if w.world.InUse(func(c *model.Connection) bool { return c.Phase == model.ToAskAgain || c.Phase == model.AskingAgain }) {
			return 4 * weight
		}
	}
	return weight
}

// Path returns h as the path that it is.
func (h *History) Path() Path {
	p := Path{Part: Lifecycle, Bounds: h.Bounds, Trace: explore.Trace{Initial: h.Initial}, Design: h.Design}
	for _, s := range h.Steps {
		p.Trace.Steps = append(p.Trace.Steps, label(s))
	}
	return p
}

// Script returns h as a script for cosw play, with a comment at its head.
func (h *History) Script(comment string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(comment, "\n") {
		fmt.Fprintf(&b, "# %s\n", line)
	}
	fmt.Fprintf(&b, "bounds %s\n", h.Bounds.Format())
	fmt.Fprintf(&b, "design %s\n", model.Space.Format(h.Design))
	fmt.Fprintf(&b, "start %s\n\n", startNames[h.Initial])
	for _, s := range h.Steps {
		fmt.Fprintln(&b, s)
	}
	return b.String()
}
