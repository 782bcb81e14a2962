package wpt

import (
	"fmt"
	"maps"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// beyond says why neither a page nor its worker can take steps of a kind.
var beyond = map[model.Kind]string{
	model.SuspendWorker:   "only the browser suspends a worker",
	model.KillWorker:      "only the browser kills a worker",
	model.KillHandling:    "only the browser kills a worker",
	model.FailStart:       "no script can make its worker fail to start",
	model.PageFreezes:     "only the browser freezes a page",
	model.PageLosesHandle: "what a script refers to no longer is collected when the browser likes",
	model.CollectHandle:   "what a script refers to no longer is collected when the browser likes",
	model.PageTransfers:   "the claimed design has no ports, and a connection cannot be transferred",
}

// waits are kinds of steps that somebody owes, and that a test leaves to the script or to the end.
var waits = []model.Kind{model.WorkerAccepts, model.WorkerRejects, model.WorkerIgnores, model.GiveUp, model.FailInstall}

// newPlan returns the test of a trace under a design.
func newPlan(t *traces.Trace, design family.Cube) (*test, error) {
	switch t.Part {
	case props.Lifecycle:
		return playLifecycle(t, design)
	case props.Matching:
		return playMatching(t, design)
	case props.Presence:
		return playPresence(t, design)
	}
	return nil, &ImpossibleError{"", "only a user visits a service in a window of its own"}
}

// player plays a trace of the lifecycle under a design.
type player struct {
	model  *model.Model
	ask    model.Ask
	world  model.World
	steps  []model.Step // of the trace
	at     int          // which of them is being taken
	rank   func(n int) int
	test   *test
	ignore map[uint8]bool // connections whose connect event the running handler leaves unanswered
	fails  bool           // the version that is being installed fails to
}

// playLifecycle plays a trace twice: where two steps are owed, one time the first and one time the last comes first. If that makes
// a difference, no test can tell what is to be seen.
func playLifecycle(t *traces.Trace, design family.Cube) (*test, error) {
	one, err := playOnce(t, design, func(int) int { return 0 })
	if err != nil {
		return nil, err
	}
	other, err := playOnce(t, design, func(n int) int { return n - 1 })
	if err != nil {
		return nil, err
	}
	if !one.same(other) {
		return nil, &ImpossibleError{"", "what is to be seen depends on which of two things happens first"}
	}
	return one, nil
}

func playOnce(t *traces.Trace, design family.Cube, rank func(int) int) (*test, error) {
	bounds := t.Bounds
	bounds.Faults = model.MaxFaults // handlers hang that are given no answer
	m, err := model.New(bounds)
	if err != nil {
		return nil, err
	}
	p := &player{model: m, ask: model.Under(design), rank: rank, ignore: map[uint8]bool{}}
	stage, err := props.NewStage(t.Part, t.Bounds)
	if err != nil {
		return nil, err
	}
	start, err := stage.ParseStart(t.Start)
	if err != nil {
		return nil, err
	}
	p.world = m.Initial()[start]
	p.test = &test{installed: p.world.Registration.Status == model.Live}
	for _, s := range t.Steps {
		step, err := model.ParseStep(s.Name)
		if err != nil {
			return nil, err
		}
		if why := beyond[step.Kind]; why != "" {
			return nil, &ImpossibleError{s.Name, why}
		}
		p.steps = append(p.steps, step)
	}
	p.play()
	if len(p.test.steps) == 1 {
		return nil, &ImpossibleError{"", "nobody does anything in it that the claimed design allows"}
	}
	return p.test, nil
}

// play takes the steps of the trace that the design allows, and then comes to an end.
func (p *player) play() {
	p.rest(nil)
	for p.at = range p.steps {
		s := p.steps[p.at]
		if p.comes(s) || s.Kind == model.FailInstall {
			continue // it has happened, or does not
		}
		p.take(s)
	}
	p.at = len(p.steps)
	p.end()
}

// take takes a step of the trace, unless it is not enabled: there may be no connection to use. Then everybody comes to rest.
func (p *player) take(s model.Step) {
	p.fails = p.fails && s.Kind != model.FindUpdate && s.Kind != model.Register
	if s.Kind == model.FindUpdate || s.Kind == model.Register {
		p.fails = p.ahead(func(other model.Step) bool {
			return other.Kind == model.FailInstall || other.Kind == model.FinishInstall
		}) == model.FailInstall
	}
	events, ok := p.model.Take(&p.world, s, p.ask, nil)
	if !ok {
		return
	}
	p.test.steps = append(p.test.steps, step{do: s.String()})
	p.see(events)
	at := len(p.test.steps) - 1
	p.rest(nil)
	if p.fails && (s.Kind == model.FindUpdate || s.Kind == model.Register) {
		p.test.steps[at].do += " fails"
	}
}

// end lets every handler hang that has given no answer, and waits for all that is still owed.
func (p *player) end() {
	p.test.steps = append(p.test.steps, step{do: "end"})
	hangs := func(s model.Step) bool { return s.Kind == model.WorkerHangs || s.Kind == model.GiveUp }
	p.rest(hangs)
	p.test.lists = p.lists()
}

// comes tells whether a step comes by itself.
func (p *player) comes(s model.Step) bool {
	switch {
	case s.Kind == model.WorkerIgnores:
		return p.ignore[s.Connection]
	case s.Kind == model.FinishInstall, s.Kind == model.FailInstall:
		return p.fails == (s.Kind == model.FailInstall)
	case s.Kind == model.PageListens:
		return true
	}
	return s.Kind.Internal() && !slices.Contains(waits, s.Kind)
}

// rest takes steps that come by themselves, and others that are told, until there are none.
func (p *player) rest(also func(model.Step) bool) {
	for {
		var enabled []model.Step
		for _, s := range p.model.Steps(&p.world, nil) {
			if !p.comes(s) && (also == nil || !also(s)) {
				continue
			}
			w := p.world
			if _, ok := p.model.Take(&w, s, p.ask, nil); ok {
				enabled = append(enabled, s)
			}
		}
		if len(enabled) == 0 {
			return
		}
		events, _ := p.model.Take(&p.world, enabled[p.rank(len(enabled))], p.ask, nil)
		p.see(events)
	}
}

// ahead returns the kind of the first step that is still to come in the trace and is one of some, or 0.
func (p *player) ahead(is func(model.Step) bool) model.Kind {
	for _, s := range p.steps[min(p.at+1, len(p.steps)):] {
		if is(s) {
			return s.Kind
		}
	}
	return 0
}

// see adds what is seen of events to the last step.
func (p *player) see(events []model.Event) {
	for i := range events {
		e := &events[i]
		if e.Kind == model.Dispatched {
			p.dispatched(e)
		}
		if text := p.seen(e); text != "" {
			last := &p.test.steps[len(p.test.steps)-1]
			last.sees = append(last.sees, text)
		}
	}
}

// dispatched finds out whether a handler is to leave its event unanswered, which it does at once.
func (p *player) dispatched(e *model.Event) {
	decision := p.ahead(func(s model.Step) bool {
		return s.Connection == e.Connection && slices.Contains([]model.Kind{model.WorkerAccepts, model.WorkerRejects, model.WorkerIgnores, model.WorkerHangs}, s.Kind)
	})
	p.ignore[e.Connection] = decision == model.WorkerIgnores
	if !p.ignore[e.Connection] {
		return
	}
	for i := range p.test.steps {
		if s := &p.test.steps[i]; s.do == fmt.Sprintf("p%d connect c%d", p.world.Connections[e.Connection-1].Page, e.Connection) {
			s.do += fmt.Sprintf(" ignored by v%d", e.Version)
		}
	}
}

// seen says what a party sees of an event; nothing if none does.
func (p *player) seen(e *model.Event) string {
	of := func(actor string, op string) string { return fmt.Sprintf("%s: %s c%d", actor, op, e.Connection) }
	page, version := fmt.Sprintf("p%d", e.Page), fmt.Sprintf("v%d", e.Version)
	switch e.Kind {
	case model.Resolved:
		return of(page, "resolved")
	case model.Rejected:
		return of(page, "rejected") + " AbortError"
	case model.PageKnows:
		return of(page, "closed")
	case model.Dispatched:
		if e.Again {
			return of(version, "connect") + " again"
		}
		return of(version, "connect")
	case model.Delivered:
		actor := version
		if e.Page != 0 {
			actor = page
		}
		return fmt.Sprintf("%s m%d", of(actor, "receive"), e.Message.Number)
	case model.Handled:
		holder := p.world.Connections[e.Connection-1].Holder
		if holder == 0 {
			return ""
		}
		return fmt.Sprintf("%s m%d", of(fmt.Sprintf("p%d", holder), "handled"), e.Message.Number)
	case model.StateChanges:
		if e.State == model.Activated || e.State == model.Redundant {
			return fmt.Sprintf("state: %s %s", version, e.State)
		}
	}
	return ""
}

// lists returns the connections of each open page, and those of the worker if there is one.
func (p *player) lists() map[string][]string {
	all := map[string][]string{}
	for i := range p.world.Pages {
		if p.world.Pages[i].Open {
			all[fmt.Sprintf("p%d", i+1)] = []string{}
		}
	}
	reg := &p.world.Registration
	if reg.Status == model.Live && reg.Active != 0 {
		all["worker"] = []string{}
	}
	for i := range p.world.Connections {
		c, name := &p.world.Connections[i], fmt.Sprintf("c%d", i+1)
		if page := fmt.Sprintf("p%d", c.Holder); c.Holder != 0 {
			all[page] = append(all[page], name)
		}
		if all["worker"] != nil && c.Phase == model.Up && c.Entangled {
			all["worker"] = append(all["worker"], name)
		}
	}
	return all
}

// same tells whether two plays of a trace show each party the same.
func (p *test) same(other *test) bool {
	return slices.EqualFunc(p.steps, other.steps, func(a, b step) bool {
		return a.do == b.do && maps.EqualFunc(byParty(a.sees), byParty(b.sees), slices.Equal[[]string])
	}) && maps.EqualFunc(p.lists, other.lists, slices.Equal[[]string])
}
