package infer

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/traces/script"
)

// oracle explains a recording with perfect clocks in the plainest way: one design at a time, by trying every run of the
// model, each step written down by the recorder and compared with what comes next. It shares no code with the search but
// the model and the recorder.
type oracle struct {
	model *model.Model
	ask   model.Ask
	want  [][]event // the lines in groups of the same time
	seen  map[string]bool
}

// state is how far an attempt has come.
type state struct {
	recorder *recorder
	group    int
	taken    []event // of the group
	pending  []event // that a page has yet to see
}

// plainEvents returns events without their times, and without those that are about activation.
func plainEvents(all []event) []event {
	var kept []event
	for _, e := range all {
		e.T = 0
		if e.Op != "activate" && e.State != "activated" {
			kept = append(kept, e)
		}
	}
	return kept
}

func (s state) key() string {
	return fmt.Sprint(s.recorder.world, s.group, s.taken, s.pending)
}

// explains tells whether some run from s explains the rest of the recording.
func (o *oracle) explains(s state) bool {
	s = o.advance(s)
	if o.seen[s.key()] {
		return false
	}
	o.seen[s.key()] = true
	atRest := true
	for _, st := range o.model.Steps(&s.recorder.world, nil) {
		if noWord(st.Kind) || st.Kind == model.PageListens || st.Kind == model.PageFreezes {
			continue
		}
		next, ok := o.step(s, st)
		if !ok {
			continue
		}
		atRest = atRest && !st.Kind.Internal()
		if next != nil && o.explains(*next) {
			return true
		}
	}
	for i, e := range s.pending { // a page sees what happened before
		if e.Op == "rejected" && o.ask(model.Pipeline) == model.Yes && o.postsInVain(s, e) {
			return true
		}
		next := s
		if next.group < len(o.want) && next.take(o.want[next.group], e) {
			next.pending = slices.Delete(slices.Clone(s.pending), i, i+1)
			if o.explains(next) {
				return true
			}
		}
	}
	return atRest && s.group == len(o.want) && len(s.pending) == 0
}

// postsInVain tells whether the rest is explained if a page posts on a request before it sees that it is refused.
func (o *oracle) postsInVain(s state, refusal event) bool {
	if s.group == len(o.want) {
		return false
	}
	for _, e := range o.want[s.group] {
		next := s
		if e.Op == "post" && e.Actor == refusal.Actor && e.Conn == refusal.Conn && next.take(o.want[s.group], e) {
			next.recorder = s.recorder.copy()
			next.recorder.names[e.Conn-1][toWorker] = append(next.recorder.names[e.Conn-1][toWorker], e.Msg)
			return o.explains(next)
		}
	}
	return false
}

// copy returns a recorder that goes on from the same place.
func (r *recorder) copy() *recorder {
	c := *r
	c.events, c.clocks = nil, map[string]float64{}
	c.instances, c.started = maps.Clone(r.instances), maps.Clone(r.started)
	for n := range c.names {
		for d := range c.names[n] {
			c.names[n][d] = slices.Clone(r.names[n][d])
		}
	}
	return &c
}

// advance goes on to the next group where one is finished.
func (o *oracle) advance(s state) state {
	for s.group < len(o.want) && len(s.taken) == len(o.want[s.group]) {
		s.group, s.taken = s.group+1, nil
	}
	return s
}

// step takes a step; it reports false if it is not enabled, and returns nil if its lines are not those that come next.
func (o *oracle) step(s state, st model.Step) (*state, bool) {
	waits := func(e event) bool { return e.Actor == page(st.Page) && e.Conn == int(st.Connection) }
	if st.Kind == model.PagePosts && slices.ContainsFunc(s.pending, waits) && o.ask(model.Pipeline) != model.Yes {
		return nil, false // the page has nothing to post to yet
	}
	r := s.recorder.copy()
	if err := r.record(script.Move{Step: st, Owed: true}); err != nil {
		return nil, false
	}
	for i := range r.world.Connections {
		if c := &r.world.Connections[i]; c.Holder != 0 {
			o.model.Take(&r.world, model.Step{Kind: model.PageListens, Page: c.Holder, Connection: uint8(i + 1)}, o.ask, nil)
		}
	}
	next := s
	next.recorder = r
	for _, e := range plainEvents(r.events) {
		switch {
		case e.Op == "resolved" || e.Op == "rejected":
			next.pending = append(slices.Clone(next.pending), e)
		case next.group == len(o.want) || !next.take(o.want[next.group], e):
			return nil, true
		}
	}
	if st.Kind == model.PageLeaves {
		next.pending = slices.DeleteFunc(slices.Clone(next.pending), func(e event) bool { return e.Actor == page(st.Page) })
	}
	return &next, true
}

// take takes e out of what is left of a group.
func (s *state) take(group []event, e event) bool {
	count := func(in []event) int {
		n := 0
		for _, other := range in {
			if other == e {
				n++
			}
		}
		return n
	}
	if count(s.taken) >= count(group) {
		return false
	}
	s.taken = append(slices.Clone(s.taken), e)
	return true
}

// TestOracle: a design is inferred exactly if plain trying finds that it explains the recording. Designs are neighbours of
// the true one, which are the hardest to tell from it, and a few others.
func TestOracle(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	a := family.NewAlgebra(model.Space)
	rng := rand.New(rand.NewPCG(5, 6))
	yes, no, caught := 0, 0, 0
	for i := range 45 {
		design := a.Nth(family.All, rng.Uint64N(a.CountAll(family.All)))
		bounds := model.Bounds{Pages: 2, Connections: 1 + rng.IntN(2), Versions: 1 + rng.IntN(2), Messages: 2, Faults: 1, Kills: 1}
		script := randomScript(rng, design, bounds, 15+rng.IntN(15))
		name := fmt.Sprint("random ", i)
		text, _, err := Simulate(strings.NewReader(script), Simulation{Design: design, Name: name, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		rec, err := recording.Read(bytes.NewReader(text), name)
		if err != nil {
			t.Fatal(err)
		}
		inf, err := Infer(t.Context(), a, rec, Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		wrong, err := Infer(t.Context(), a, rec, Options{Breaks: true}, nil) // a planted fault: nothing is owed at the end
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range neighbours(a, design, rng) {
			want := explainedPlainly(t, script, design, d)
			if got := a.Includes(inf.Explained, d); got != want {
				t.Errorf("%s: inferred: %t, explained: %t, under %s\n%s\n%s", name, got, want, model.Space.Format(d), script, text)
			}
			if a.Includes(wrong.Explained, d) != want {
				caught++
			}
			if want {
				yes++
			} else {
				no++
			}
		}
		if t.Failed() {
			return
		}
	}
	if yes < 300 || no < 100 {
		t.Errorf("%d designs explain and %d do not: that compares too little", yes, no)
	}
	if caught == 0 {
		t.Error("an inference that forgets what is owed is not told from the right one")
	}
}

// neighbours returns a design, those that differ in one answer that the life of connections can depend on, and a few others.
func neighbours(a *family.Algebra, design family.Cube, rng *rand.Rand) []family.Cube {
	all := []family.Cube{design}
	for _, q := range []model.Question{
		model.PageNotice, model.Suspend, model.Interrupt, model.NotReady, model.Update, model.Unregister, model.WorkerList,
		model.Delivery, model.Close, model.WorkerNotice, model.SameOrigin, model.NoAnswer,
	} {
		for _, answer := range q.Answers() {
			if d := model.Space.Replace(design, int(q), model.Where(q, answer)); d != design {
				all = append(all, d)
			}
		}
	}
	for range 5 {
		all = append(all, a.Nth(family.All, rng.Uint64N(a.CountAll(family.All))))
	}
	return all
}

// explainedPlainly tells whether a design explains what a script records under the true one.
func explainedPlainly(t *testing.T, src string, truth, design family.Cube) bool {
	t.Helper()
	played, err := script.Observe(strings.NewReader(src), "random", truth)
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.New(model.Bounds{
		Pages: played.Bounds.Pages, Connections: played.Bounds.Connections, Versions: played.Bounds.Versions,
		Messages: model.MaxMessages, Faults: model.MaxFaults, Kills: model.MaxFaults,
	})
	if err != nil {
		t.Fatal(err)
	}
	newRecorder := func(d family.Cube) *recorder {
		return &recorder{
			model: m, ask: model.Under(d), world: played.Start, rng: rand.New(rand.NewPCG(1, 1)), clocks: map[string]float64{},
			instances: map[model.Version]string{}, started: map[model.Version]int{},
		}
	}
	r := newRecorder(truth)
	var groups [][]event
	for _, move := range played.Moves {
		r.events = nil
		if err := r.record(move); err != nil {
			t.Fatal(err)
		}
		if lines := plainEvents(r.events); len(lines) > 0 {
			groups = append(groups, lines)
		}
	}
	o := &oracle{model: m, ask: model.Under(design), want: groups, seen: map[string]bool{}}
	first := newRecorder(design)
	first.world.Faults, first.world.Kills = model.MaxFaults, model.MaxFaults
	if o.explains(state{recorder: first}) {
		return true
	}
	if played.Start.Registration.Active != 0 || len(r.started) > 0 {
		return false
	}
	// Nothing is said of any version: one may have been there all the time.
	first = newRecorder(design)
	first.world = m.Initial()[0]
	return o.explains(state{recorder: first})
}
