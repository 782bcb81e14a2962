package props

import (
	"fmt"

	"cosw/model"
	"cosw/props/explore"
)

// lifecycle is the model of connections as a system for the search, with the properties that are to be judged.
type lifecycle struct {
	*scratch
	model   *model.Model
	take    func(*model.World, model.Step, model.Ask, []model.Event) ([]model.Event, bool) // model.Take, but for mutants
	packing *model.Packing
	before  model.Connection
	steps   []model.Step
	events  []model.Event

	all bool // Steps leaves nothing out, as for random histories
}

func newLifecycle(m *model.Model, packing *model.Packing, properties []Property) *lifecycle {
	own := *packing // a packing has scratch space: each system needs its own
	l := &lifecycle{scratch: newScratch(properties), model: m, take: m.Take, packing: &own}
	l.moment.Enabled = func(k model.Kind) bool { return l.enables(l.moment.World, k, l.moment.Ask) }
	return l
}

// enables tells whether a step without arguments can be taken in w.
func (l *lifecycle) enables(w *model.World, k model.Kind, ask model.Ask) bool {
	next := *w
	_, ok := l.take(&next, model.Step{Kind: k}, ask, nil)
	return ok
}

func (l *lifecycle) Initial() []model.World         { return l.model.Initial() }
func (l *lifecycle) Pack(w *model.World) model.Key  { return l.packing.Pack(w) }
func (l *lifecycle) Unpack(k model.Key) model.World { return l.packing.Unpack(k) }
func (l *lifecycle) Kind(s explore.Step) int        { return int(step(s).Kind) }
func (l *lifecycle) Internal(s explore.Step) bool   { return step(s).Kind.Internal() }
func (l *lifecycle) Hash(k model.Key) uint64        { return hashKey(k) }

// hashKey mixes the words of k by multiplication and shifts.
func hashKey(k model.Key) uint64 {
	h := k.A*0x9e3779b97f4a7c15 ^ k.B*0xc2b2ae3d27d4eb4f ^ k.C*0x165667b19e3779f9
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>29
}

func label(s model.Step) explore.Step { return explore.Step(s.Code()) }

func step(s explore.Step) model.Step { return model.StepOf(uint32(s)) }

// bringsNothing tells whether the search can do without s in w: whatever breaks a property afterwards is no further away
// without it, or with the same step taken elsewhere.
func bringsNothing(w *model.World, s model.Step) bool {
	reg := &w.Registration
	switch s.Kind {
	case model.PageLeaves:
		// A page that has nothing to do with any connection can connect or get a handle if it stays.
		return !w.Connected(s.Page)
	case model.PageListens:
		// It makes no difference before there is a notice, and can wait for that.
		return w.Connections[s.Connection-1].Phase != model.Down
	case model.OpenClient:
		// A client only keeps a version from being activated, or a registration from being cleared. Where neither comes, the
		// same happens to connections without it: it is enough to have clients while there are none.
		return w.Connections[0].Phase != model.Unused
	case model.PageConnects:
		return reg.Controlled
	case model.FailInstall:
		// As if the update had not been found; only a first version that fails makes a difference.
		return reg.Active != 0 || reg.Waiting != 0
	case model.CallSkipWaiting:
		// It has an effect where clients or connections keep the active version, and no event does; and can wait for that.
		return reg.Active != 0 && (w.PendingEvent() || !reg.Controlled && !inUse(w))
	case model.KillWorker:
		// As if the worker had been suspended, and one fault less.
		return !w.PendingEvent() && !inUse(w)
	}
	return false
}

func inUse(w *model.World) bool { return w.InUse(func(*model.Connection) bool { return true }) }

// Steps leaves out what brings nothing.
func (l *lifecycle) Steps(w *model.World, buf []explore.Step) []explore.Step {
	l.steps = l.model.Steps(w, l.steps[:0])
	for _, s := range l.steps {
		if !l.all && bringsNothing(w, s) {
			continue
		}
		buf = append(buf, label(s))
	}
	return buf
}

// everyStep leaves nothing out.
func (l *lifecycle) everyStep(w *model.World) []explore.Step {
	var every []explore.Step
	for _, s := range l.model.Steps(w, nil) {
		every = append(every, label(s))
	}
	return every
}

func (l *lifecycle) Take(w *model.World, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	l.answers = ask
	st := step(s)
	if st.Connection > 0 {
		l.before = w.Connections[st.Connection-1]
	}
	events, ok := l.take(w, st, l.moment.Ask, l.events[:0])
	l.events = events
	if !ok {
		return 0, false
	}
	l.moment.World, l.moment.Before = w, &l.before
	var marks explore.Marks
	for i := range events {
		l.moment.Event, l.moment.Earlier = &events[i], events[:i]
		marks |= look(l.monitor.atEvent[events[i].Kind], &l.moment)
	}
	return marks, true
}

func (l *lifecycle) Judge(w *model.World, ask explore.Ask) explore.Marks {
	l.answers, l.moment.World = ask, w
	return look(l.monitor.always, &l.moment)
}

func (l *lifecycle) JudgeQuiescent(w *model.World, ask explore.Ask) explore.Marks {
	l.answers, l.moment.World = ask, w
	return look(l.monitor.atQuiescence, &l.moment)
}

func (l *lifecycle) starts() []string { return startNames[:len(l.model.Initial())] }

func (*lifecycle) name(s explore.Step) string { return step(s).String() }

func (l *lifecycle) parse(text string) (explore.Step, error) { return parseStep(l.model, text) }

// parseStep reads a step of a model.
func parseStep(m *model.Model, text string) (explore.Step, error) {
	s, err := model.ParseStep(text)
	if err == nil && !m.Fits(s) {
		err = fmt.Errorf("%s is out of bounds: there are %s", s, m.Bounds())
	}
	return label(s), err
}

// tell says what step s does in w, and what comes of it.
func (l *lifecycle) tell(w *model.World, s explore.Step, ask explore.Ask) Told {
	l.Take(w, s, ask)
	told := Told{Step: l.name(s)}
	for _, e := range l.events {
		told.Events = append(told.Events, e.String())
		told.Happens = append(told.Happens, e.Describe())
	}
	if len(told.Happens) == 0 {
		told.Happens = []string{step(s).Describe()}
	}
	return told
}

func (l *lifecycle) reported() []model.Event { return l.events }

func (l *lifecycle) show(m *Moment, before, after *model.World, s explore.Step) {
	m.World = after
	m.Enabled = func(k model.Kind) bool { return l.enables(after, k, m.Ask) }
	if before == nil {
		return
	}
	if c := step(s).Connection; c > 0 {
		m.Before = &before.Connections[c-1]
	}
}

func (*lifecycle) describe(event string) (string, error) {
	e, err := model.ParseEvent(event)
	return e.Describe(), err
}
