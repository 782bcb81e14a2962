package props

import (
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// The presence model runs the lifecycle twice, side by side, for one page of another origin that connects: once with a
// service that would refuse it, and once with none. If the page can tell the two apart, it learns from a refusal that
// the user has been at the service (draft 45).

// PresenceWorld is a world of the presence model.
type PresenceWorld struct {
	Sides    [2]model.World
	Promises [2]Promise
}

// The sides of the presence model.
const (
	withService    = 0 // registered, installing or active, and refusing
	withoutService = 1 // nothing is registered
)

// Promise is what the page sees of the promise that connect() gave it.
type Promise struct {
	Settled Settled
	Name    string // of a rejection: that of its DOMException
	Timing  Timing // of a rejection
	Worker  bool   // a worker had to run on the way; false once it is settled
	Install bool   // the request had to wait for an install; false once it is settled
}

// Settled is how a promise ended, if it did.
type Settled uint8

const (
	_ Settled = iota
	Pending
	AsRejected
	AsResolved
)

// Timing is when a rejection comes, as far as that tells the page something.
type Timing uint8

const (
	_              Timing = iota
	AtOnce                // nothing had to run for it
	AfterAWorker          // a worker was asked
	AfterADeadline        // a worker was asked and did not answer
	AfterAnInstall        // the service had to be installed first, which takes as long as it takes
	AfterTheDelay         // the same time for every cause
)

// presenceBounds are those of each side: faults are what a service that refuses can differ by.
func presenceBounds(b model.Bounds) model.Bounds {
	return model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 0, Faults: b.Faults, Kills: b.Kills}
}

// presence is the presence model as a system for the search.
type presence struct {
	*scratch
	model   *model.Model
	packing *model.Packing
	steps   []model.Step
	events  []model.Event
}

func openPresence(bounds model.Bounds, packed bool) (func([]Property) system[PresenceWorld, PresenceKey], error) {
	m, packing, err := openModel(presenceBounds(bounds), packed)
	return func(judged []Property) system[PresenceWorld, PresenceKey] { return newPresence(m, packing, judged) }, err
}

func newPresence(m *model.Model, packing *model.Packing, judged []Property) *presence {
	return &presence{scratch: newScratch(judged), model: m, packing: packing}
}

// PresenceKey is a packed PresenceWorld.
type PresenceKey struct {
	Sides    [2]model.Key
	Promises [2]Promise
}

// Initial has a foreign page on both sides; with a service that is installed, or one that can still be registered.
func (p *presence) Initial() []PresenceWorld {
	worlds := p.model.Initial()
	installed, nothing := worlds[0], worlds[1]
	pending := [2]Promise{{Settled: Pending}, {Settled: Pending}}
	return []PresenceWorld{
		{Sides: [2]model.World{installed, nothing}, Promises: pending},
		{Sides: [2]model.World{nothing, nothing}, Promises: pending},
	}
}

func (p *presence) Pack(w *PresenceWorld) PresenceKey {
	return PresenceKey{[2]model.Key{p.packing.Pack(&w.Sides[0]), p.packing.Pack(&w.Sides[1])}, w.Promises}
}

func (p *presence) Unpack(k PresenceKey) PresenceWorld {
	return PresenceWorld{[2]model.World{p.packing.Unpack(k.Sides[0]), p.packing.Unpack(k.Sides[1])}, k.Promises}
}

func (*presence) Hash(k PresenceKey) uint64 {
	h := hashKey(k.Sides[0]) ^ hashKey(k.Sides[1])<<1
	for i, o := range k.Promises {
		h = (h ^ uint64(o.Settled)<<8 ^ uint64(len(o.Name))<<16 ^ uint64(o.Timing)<<24 ^ uint64(i)) * 0x9e3779b97f4a7c15
	}
	return h
}

// side is the bit of a step's label that tells its side.
const side = 1 << 31

// SideOf returns the side that a step of the presence model belongs to, as an index of [PresenceWorld.Sides]: 0 with the
// service, 1 with nothing registered.
func SideOf(s explore.Step) int { return int(s >> 31) }

func (*presence) Kind(s explore.Step) int      { return int(step(s &^ side).Kind) }
func (*presence) Internal(s explore.Step) bool { return step(s &^ side).Kind.Internal() }

func (p *presence) Steps(w *PresenceWorld, buf []explore.Step) []explore.Step {
	for i := range w.Sides {
		p.steps = p.model.Steps(&w.Sides[i], p.steps[:0])
		for _, s := range p.steps {
			if belongs(i, s.Kind) {
				buf = append(buf, label(s)|explore.Step(i)<<31)
			}
		}
	}
	return buf
}

// belongs tells whether a step of kind k belongs to the histories of a side: everything up to the answer of a service
// that refuses, or what happens where nothing is registered. A service that refuses does not accept, unless it has to before
// it can ask for what it decides by, see [PresenceWorld.refused].
func belongs(i int, k model.Kind) bool {
	switch k {
	case model.PageConnects, model.Dispatch:
		return true
	case model.Start, model.FailStart, model.KillWorker, model.WorkerAccepts, model.WorkerRejects, model.WorkerIgnores,
		model.WorkerHangs, model.GiveUp, model.Register, model.FinishInstall, model.FailInstall, model.Activate, model.FinishActivate:
		return i == withService
	}
	return false
}

func (p *presence) Take(w *PresenceWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	p.answers = ask
	i, st := int(s>>31), step(s&^side)
	if !belongs(i, st.Kind) || st.Kind == model.WorkerAccepts && p.moment.Ask(model.Request) == model.Param {
		return 0, false
	}
	events, ok := p.model.Take(&w.Sides[i], st, p.moment.Ask, p.events[:0])
	p.events = events
	for _, e := range events {
		w.Promises[i].observe(e, p.moment.Ask)
	}
	if waits := &w.Sides[i]; waits.Connections[0].Phase == model.Requested && waits.Registration.Status == model.Live &&
		waits.Registration.Active == 0 && p.moment.Ask(model.NotReady) == model.Wait {
		w.Promises[i].Install = true
	}
	return 0, ok
}

// observe takes e into account.
func (o *Promise) observe(e model.Event, ask model.Ask) {
	switch e.Kind {
	case model.Dispatched, model.StartFails:
		o.Worker = true
	case model.Resolved:
		*o = Promise{Settled: AsResolved}
	case model.Rejected:
		*o = Promise{Settled: AsRejected, Name: model.RejectionName(e.Cause, ask), Timing: o.timing(e.Cause, ask)}
	}
}

// timing returns when a rejection with a cause comes. A delay that is the same for every cause can be as long as the browser waits for an
// answer at most; how long an install takes is not up to the browser.
func (o *Promise) timing(cause model.Cause, ask model.Ask) Timing {
	switch {
	case o.Install:
		return AfterAnInstall
	case ask(model.Errors) == model.UniformTimed:
		return AfterTheDelay
	case cause == model.CauseDeadline:
		return AfterADeadline
	case o.Worker:
		return AfterAWorker
	}
	return AtOnce
}

func (*presence) Judge(*PresenceWorld, explore.Ask) explore.Marks { return 0 }

func (p *presence) JudgeQuiescent(w *PresenceWorld, ask explore.Ask) explore.Marks {
	p.answers, p.moment.State = ask, w
	return look(p.monitor.atQuiescence, &p.moment)
}

func (*presence) starts() []string { return startNames[:2] }

func (*presence) name(s explore.Step) string {
	return sideTexts[s>>31] + ": " + step(s&^side).String()
}

// parse reads a step of one side, as in "service: worker reject c1".
func (p *presence) parse(text string) (explore.Step, error) {
	where, what, _ := strings.Cut(text, ": ")
	i := slices.Index(sideTexts[:], where)
	if i < 0 {
		return 0, &family.UnknownWordError{What: "side", Word: where, Valid: sideTexts[:]}
	}
	s, err := parseStep(p.model, what)
	return s | explore.Step(i)<<31, err
}

func (p *presence) tell(w *PresenceWorld, s explore.Step, ask explore.Ask) Told {
	p.Take(w, s, ask)
	i := int(s >> 31)
	told := Told{Step: p.name(s)}
	for _, e := range p.events {
		told.Events = append(told.Events, e.String())
		told.Happens = append(told.Happens, e.Describe())
		if e.Kind == model.Rejected {
			told.Events = append(told.Events, w.Promises[i].String())
			told.Happens = append(told.Happens, w.Promises[i].Describe())
		}
	}
	if len(told.Happens) == 0 {
		told.Happens = []string{step(s &^ side).Describe()}
	}
	return told
}

func (p *presence) reported() []model.Event { return p.events }

func (*presence) show(m *Moment, _, after *PresenceWorld, _ explore.Step) { m.State = after }

func (*presence) describe(event string) (string, error) {
	if strings.HasPrefix(event, seesWord+" ") {
		o, err := parsePromise(event)
		return o.Describe(), err
	}
	e, err := model.ParseEvent(event)
	return e.Describe(), err
}

// refused tells whether the page connected on both sides and was not let in, or was only to be refused afterwards: without a
// request a worker that wants credentials has to accept first, and ask for them over the port (draft 45).
func (w *PresenceWorld) refused(ask model.Ask) bool {
	for i := range w.Sides {
		if w.Sides[i].Connections[0].Phase == model.Unused || w.Promises[i].Settled == AsResolved && ask(model.Request) == model.Param {
			return false
		}
	}
	return true
}

// presenceProperties is the part of the catalogue that the presence model decides.
var presenceProperties = []Property{
	{
		ID:      "presence-hidden",
		Place:   model.Place{Heading: navigator, Line: 45},
		Claims:  "a page that is refused sees the same outcome as if nothing were registered",
		Applies: "a service refuses a page",
		Broken:  "the page sees whether the user has the service: the outcomes differ",
		Kept:    "the page sees the same outcome with the service and without",
		Weight:  Must,
		Critic:  "a service that refuses is there for everybody to see; who has something to hide should not listen",
		Tells:   tellsApart,
		Violation: showsPresence(func(with, without Promise) bool {
			return with.Settled != without.Settled || with.Name != without.Name
		}),
		Premise: onPresence(func(with, _ Promise) bool { return with.Settled == AsRejected }),
	},
	{
		ID:      "presence-hidden-timed",
		Place:   model.Place{Heading: navigator, Line: 45},
		Claims:  "a page that is refused sees the same outcome at the same time as if nothing were registered",
		Applies: "a service refuses a page",
		Broken:  "the page sees whether the user has the service: the outcomes or their moments differ",
		Kept:    "the page sees the same outcome at the same time, with the service and without",
		Weight:  Want,
		Critic:  "caches, connections and load leak as much through time, and every refusal would have to be slow",
		Tells:   tellsApart,
		Violation: showsPresence(func(with, without Promise) bool {
			return with.Settled != without.Settled || with.Name != without.Name || with.Timing != without.Timing
		}),
		Premise: onPresence(func(with, _ Promise) bool { return with.Settled == AsRejected }),
	},
}

func onPresence(test func(with, without Promise) bool) Condition {
	return atQuiescence(func(m *Moment) Witness { return Witness{Seen: m.sees(test)} })
}

// showsPresence is for violations: where the service is another one for each site, all that a page could learn is that it was
// at the service under the page's own site.
func showsPresence(test func(with, without Promise) bool) Condition {
	return atQuiescence(func(m *Moment) Witness {
		return Witness{Seen: m.sees(test) && m.Ask(model.Partition) == model.Shared}
	})
}

// sees tells whether a page that was refused on both sides saw outcomes that pass a test.
func (m *Moment) sees(test func(with, without Promise) bool) bool {
	w := m.State.(*PresenceWorld)
	return w.refused(m.Ask) && test(w.Promises[withService], w.Promises[withoutService])
}
