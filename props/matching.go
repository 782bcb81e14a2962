package props

import (
	"fmt"
	"slices"

	"cosw/model"
	"cosw/props/explore"
)

// The matching model: services are registered one after the other, a page connects, another service may be registered
// later, the page uses its connection. Which registration is meant is a pure function, model.Matches.

// services are what can be registered. They are chosen to be at odds with each other: nested scopes, one script with
// two scopes, scopes of equal length, a script that lies in another service's scope.
var services = []model.Registered{
	registered("https://svc.example/", "https://svc.example/sw.js"),
	registered("https://svc.example/app/", "https://svc.example/app/sw.js"),
	registered("https://svc.example/app/chat/", "https://svc.example/app/sw.js"),
	registered("https://svc.example/doc/", "https://svc.example/sw.js"),
}

// targets are what pages connect to.
var targets = []string{
	target("//svc.example/"), // the draft's own example (draft 52)
	target("https://svc.example/app/page"),
	target("https://svc.example/app/chat/room#top"),
	target("https://svc.example/app/sw.js"),
	target("https://svc.example/sw.js"),
	target("https://other.example/"),
}

// mostServices is how many services are registered in one history.
const mostServices = 3

func registered(scope, script string) model.Registered {
	r, err := model.NewRegistered(scope, script)
	if err != nil {
		panic("props: a service of the matching model is refused: " + err.Error())
	}
	return r
}

// target parses the url of connect() as a page at a.example does.
func target(url string) string {
	parsed, err := model.ParseURL(url, "https://a.example/page")
	if err != nil {
		panic("props: a url of the matching model is refused: " + err.Error())
	}
	return parsed
}

// ServiceOf returns the service of a number, from 1, in a [MatchingWorld].
func ServiceOf(n uint8) model.Registered { return services[n-1] }

// TargetOf returns the url of a number, from 1, in a [MatchingWorld].
func TargetOf(n uint8) string { return targets[n-1] }

// MatchingWorld is a world of the matching model. Numbers count from 1; 0 is none.
type MatchingWorld struct {
	Registered [mostServices]uint8 // services, in the order in which they were registered
	Target     uint8               // what the page connected to
	Candidates uint8               // how many registrations matched then
	Chosen     uint8               // the service that the connection was made to
	Reversed   uint8               // the one that it would have been made to, had they been registered in reverse order
	Controls   uint8               // the one that would control a document at the url
	Used       uint8               // the service that the last use of the connection reached
}

// registrations returns what is registered, in order.
func (w *MatchingWorld) registrations() (numbers []uint8, list []model.Registered) {
	for _, n := range w.Registered {
		if n != 0 {
			numbers = append(numbers, n)
			list = append(list, services[n-1])
		}
	}
	return numbers, list
}

// Kinds of steps of the matching model.
const (
	registerService = iota + 1
	connectTo
	useConnection
)

func matchingStep(kind int, argument uint8) explore.Step {
	return explore.Step(kind<<8 | int(argument))
}

// matching is the matching model as a system for the search.
type matching struct{ *scratch }

func newMatching(properties []Property) *matching { return &matching{newScratch(properties)} }

func (*matching) Initial() []MatchingWorld             { return []MatchingWorld{{}} }
func (*matching) Pack(w *MatchingWorld) MatchingWorld  { return *w }
func (*matching) Unpack(w MatchingWorld) MatchingWorld { return w }
func (*matching) Kind(s explore.Step) int              { return int(s >> 8) }
func (*matching) Internal(explore.Step) bool           { return false }

func (*matching) Hash(w MatchingWorld) uint64 {
	h := uint64(0)
	for _, b := range [...]uint8{w.Registered[0], w.Registered[1], w.Registered[2], w.Target, w.Chosen, w.Used} {
		h = (h ^ uint64(b)) * 0x9e3779b97f4a7c15
	}
	return h
}

func (*matching) Steps(_ *MatchingWorld, buf []explore.Step) []explore.Step {
	for i := range services {
		buf = append(buf, matchingStep(registerService, uint8(i+1)))
	}
	for i := range targets {
		buf = append(buf, matchingStep(connectTo, uint8(i+1)))
	}
	return append(buf, matchingStep(useConnection, 0))
}

func (m *matching) Take(w *MatchingWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	m.answers = ask
	enabled := false
	switch argument := uint8(s); int(s >> 8) {
	case registerService:
		enabled = w.register(argument)
	case connectTo:
		enabled = w.connect(argument, m.moment.Ask)
	case useConnection:
		enabled = w.use(m.moment.Ask)
	}
	return 0, enabled
}

func (m *matching) Judge(w *MatchingWorld, ask explore.Ask) explore.Marks {
	m.answers, m.moment.State = ask, w
	return look(m.monitor.always, &m.moment)
}

func (*matching) JudgeQuiescent(*MatchingWorld, explore.Ask) explore.Marks { return 0 }

func (w *MatchingWorld) register(n uint8) bool {
	free := slices.Index(w.Registered[:], 0)
	if free < 0 || slices.Contains(w.Registered[:], n) {
		return false
	}
	w.Registered[free] = n
	w.Used = 0
	return true
}

// connect matches the url (draft 39).
func (w *MatchingWorld) connect(n uint8, ask model.Ask) bool {
	numbers, list := w.registrations()
	if w.Target != 0 || len(list) == 0 {
		return false
	}
	w.Target = n
	url := targets[n-1]
	matches := model.Matches(ask(model.Match), url, list)
	w.Candidates = uint8(len(matches))
	w.Chosen = first(matches, numbers)
	if i := model.Controls(url, list); i >= 0 {
		w.Controls = numbers[i]
	}
	slices.Reverse(list)
	slices.Reverse(numbers)
	w.Reversed = first(model.Matches(ask(model.Match), url, list), numbers)
	return true
}

// use sends something over the connection: to the registration that it was made to, or to the one that its url means
// by now.
func (w *MatchingWorld) use(ask model.Ask) bool {
	if w.Chosen == 0 || w.Used != 0 {
		return false
	}
	w.Used = w.Chosen
	if ask(model.Bind) == model.Rematch {
		numbers, list := w.registrations()
		w.Used = first(model.Matches(ask(model.Match), targets[w.Target-1], list), numbers)
	}
	return true
}

// first returns the service of the first match: the choice that is left to a rule which calls several a match.
func first(matches []int, numbers []uint8) uint8 {
	if len(matches) == 0 {
		return 0
	}
	return numbers[matches[0]]
}

func (*matching) starts() []string { return []string{startNames[1]} }

func (*matching) name(s explore.Step) string {
	switch n := uint8(s); int(s >> 8) {
	case registerService:
		return "register " + short(services[n-1].Scope)
	case connectTo:
		return "connect " + short(targets[n-1])
	case useConnection:
		return "use the connection"
	}
	panic("props: a step of the matching model has no name")
}

func (m *matching) parse(text string) (explore.Step, error) {
	return parseAmong(m.Steps(nil, nil), m.name, text)
}

// tell says what step s does in w, and what comes of it.
func (m *matching) tell(w *MatchingWorld, s explore.Step, ask explore.Ask) Told {
	m.Take(w, s, ask)
	told := Told{Step: m.name(s)}
	switch n := uint8(s); int(s >> 8) {
	case registerService:
		told.Events = []string{"registered " + serviceWord(n)}
	case connectTo:
		told.Events = w.connectEvents()
	case useConnection:
		told.Events = []string{"reached " + serviceWord(w.Used)}
	}
	for _, event := range told.Events {
		text, err := m.describe(event)
		if err != nil {
			panic("props: an event of the matching model has no words: " + err.Error())
		}
		told.Happens = append(told.Happens, text)
	}
	return told
}

func (*matching) reported() []model.Event { return nil }

func (*matching) show(m *Moment, _, after *MatchingWorld, _ explore.Step) { m.State = after }

func (w *MatchingWorld) connectEvents() []string {
	events := []string{"found " + serviceWord(w.Chosen)}
	if w.Candidates > 1 {
		events = append(events, fmt.Sprintf("candidates %d", w.Candidates))
	}
	events = append(events, "controls "+serviceWord(w.Controls))
	if w.Reversed != w.Chosen {
		events = append(events, "reversed "+serviceWord(w.Reversed))
	}
	return events
}

// matchingProperties is the part of the catalogue that the matching model decides.
var matchingProperties = []Property{
	{
		ID:        "match-unique",
		Place:     model.Place{Heading: navigator, Line: 39},
		Claims:    "a url never means two registrations",
		Applies:   "a page connects while several services are registered",
		Broken:    "several registrations match, and the rule does not say which is meant",
		Kept:      "not more than one registration matches",
		Weight:    Must,
		Critic:    "all that match are of one origin, which can sort out among its own workers what is meant",
		Violation: onMatching(func(w *MatchingWorld) bool { return w.Candidates > 1 }),
		Premise:   onMatching(func(w *MatchingWorld) bool { return w.Target != 0 && w.Registered[1] != 0 }),
	},
	{
		ID:        "match-agrees",
		Place:     model.Place{Heading: navigator, Line: 39},
		Claims:    "connect(url) finds the registration that would control a document at url",
		Applies:   "a document at the url would be controlled",
		Broken:    "connecting to a url and navigating to it lead to different registrations",
		Kept:      "connecting to the url and navigating to it lead to the same registration",
		Weight:    Want,
		Critic:    "a url that names a script is easier to understand than one that happens to lie in a scope",
		Violation: onMatching(func(w *MatchingWorld) bool { return w.Chosen != w.Controls }),
		Premise:   onMatching(func(w *MatchingWorld) bool { return w.Controls != 0 }),
	},
	{
		ID:        "match-stable",
		Place:     model.Place{Heading: navigator, Line: 39},
		Claims:    "the order in which services were registered does not matter",
		Applies:   "a url matches while several services are registered",
		Broken:    "which service the page gets depends on the order of registrations",
		Kept:      "in any order of registrations it would be the same service",
		Weight:    Must,
		Critic:    "a service that registers two workers for one url has only itself to blame",
		Violation: onMatching(func(w *MatchingWorld) bool { return w.Chosen != w.Reversed }),
		Premise:   onMatching(func(w *MatchingWorld) bool { return w.Chosen != 0 && w.Registered[1] != 0 }),
	},
	{
		ID:        "match-pinned",
		Place:     model.Place{Heading: navigator, Line: 39},
		Claims:    "a later registration with a narrower scope does not capture a connection",
		Applies:   "a connection is used while several services are registered",
		Broken:    "the connection now leads to another service than the one that accepted it",
		Kept:      "the connection still leads to the service that it was made to",
		Weight:    Want,
		Critic:    "a service that registers a narrower scope wants it to be used at once, by old connections too",
		Violation: onMatching(func(w *MatchingWorld) bool { return w.Used != 0 && w.Used != w.Chosen }),
		Premise:   onMatching(func(w *MatchingWorld) bool { return w.Used != 0 && w.Registered[1] != 0 }),
	},
}

func onMatching(test func(*MatchingWorld) bool) Condition {
	return always(func(m *Moment) Witness { return Witness{Seen: test(m.State.(*MatchingWorld))} })
}
