package props

import (
	"cosw/model"
	"cosw/props/explore"
)

// The admission model: what the worker knows of a page of another origin when it decides whether to accept it, and what
// it learns besides. The page is honest: it gives its credentials wherever the design has a place for them.

// Facts are what a worker can know of a page, one bit each.
type Facts uint8

const (
	FactOrigin      Facts = 1 << iota // its origin, vouched for by the browser
	FactURL                           // its url
	FactClient                        // id, type, visibility and focus, as of any client
	FactCredentials                   // what the page itself says to be let in: an API key, a password
)

// AdmissionWorld is a world of the admission model.
type AdmissionWorld struct {
	Phase  AdmissionPhase
	Knows  Facts
	Before Facts // what the worker knew when it accepted
	Usable bool  // the page holds a usable port
}

// AdmissionPhase is how far a page has come.
type AdmissionPhase uint8

const (
	_         AdmissionPhase = iota
	Outside                  // it has not called connect() yet
	AtTheDoor                // its connect event is pending
	Inside                   // it is accepted
	Sent                     // and has sent its credentials over the port
)

const (
	comeToTheDoor explore.Step = iota + 1
	letIn
	sendCredentials
)

// admission is the admission model as a system for the search.
type admission struct{ *scratch }

func newAdmission(properties []Property) *admission { return &admission{newScratch(properties)} }

func (*admission) Initial() []AdmissionWorld              { return []AdmissionWorld{{Phase: Outside}} }
func (*admission) Pack(w *AdmissionWorld) AdmissionWorld  { return *w }
func (*admission) Unpack(w AdmissionWorld) AdmissionWorld { return w }
func (*admission) Kind(s explore.Step) int                { return int(s) }
func (*admission) Internal(explore.Step) bool             { return false }
func (*admission) Hash(w AdmissionWorld) uint64 {
	return (uint64(w.Phase)<<16 | uint64(w.Knows)<<8 | uint64(w.Before)) * 0x9e3779b97f4a7c15
}

func (*admission) Steps(_ *AdmissionWorld, buf []explore.Step) []explore.Step {
	return append(buf, comeToTheDoor, letIn, sendCredentials)
}

func (a *admission) Take(w *AdmissionWorld, s explore.Step, ask explore.Ask) (explore.Marks, bool) {
	a.answers = ask
	switch {
	case s == comeToTheDoor && w.Phase == Outside:
		w.Phase = AtTheDoor
		w.Knows = shown(a.moment.Ask(model.Client))
		if a.moment.Ask(model.Request) == model.Param {
			w.Knows |= FactCredentials // draft 52: { 'apiKey': …, 'cred': … }
		}
	case s == letIn && w.Phase == AtTheDoor:
		w.Phase, w.Usable, w.Before = Inside, true, w.Knows
	case s == sendCredentials && w.Phase == Inside && w.Knows&FactCredentials == 0:
		w.Phase = Sent
		w.Knows |= FactCredentials // draft 44: "let peers to use given MessagePort"
	default:
		return 0, false
	}
	return 0, true
}

// shown returns what a worker sees of a page that connects (draft 112 and 114).
func shown(client model.Answer) Facts {
	switch client {
	case model.Full:
		return FactOrigin | FactURL | FactClient
	case model.URLOnly:
		return FactOrigin | FactURL
	case model.OriginOnly:
		return FactOrigin
	}
	return 0
}

func (a *admission) Judge(w *AdmissionWorld, ask explore.Ask) explore.Marks {
	a.answers, a.moment.Admission = ask, w
	return look(a.monitor.always, &a.moment)
}

func (*admission) JudgeQuiescent(*AdmissionWorld, explore.Ask) explore.Marks { return 0 }

func (*admission) starts() []string { return []string{startNames[0]} }

func (*admission) name(s explore.Step) string { return admissionSteps[s] }

func (a *admission) parse(text string) (explore.Step, error) {
	return parseAmong(a.Steps(nil, nil), a.name, text)
}

// tell says what step s does in w, and what comes of it.
func (a *admission) tell(w *AdmissionWorld, s explore.Step, ask explore.Ask) Line {
	a.Take(w, s, ask)
	return Line{Step: a.name(s), Happens: []string{w.tellStep(s)}}
}

// admissionProperties is the part of the catalogue that the admission model decides.
var admissionProperties = []Property{
	{
		ID:      "refuses-first",
		Part:    Admission,
		Place:   model.Place{Heading: navigator, Line: 44},
		Claims:  "the worker can check the origin and the credentials of a page before that page holds a usable port",
		Applies: "a page holds a usable port",
		Broken:  "the page holds a usable port, and the worker could not check both its origin and its credentials",
		Kept:    "the worker knew the origin and the credentials of the page before the page held a usable port",
		Violation: onAdmission(func(w *AdmissionWorld) bool {
			return w.Usable && w.Before&(FactOrigin|FactCredentials) != FactOrigin|FactCredentials
		}),
		Premise: onAdmission(func(w *AdmissionWorld) bool { return w.Usable }),
	},
	{
		ID:        "page-private",
		Part:      Admission,
		Place:     model.Place{Heading: global, Line: 114},
		Claims:    "a worker of another origin learns nothing of a page beyond its origin",
		Applies:   "a page asks to be connected",
		Broken:    "the worker learns more of the page than its origin",
		Kept:      "the worker learns nothing of the page but its origin",
		Violation: onAdmission(func(w *AdmissionWorld) bool { return w.Knows&(FactURL|FactClient) != 0 }),
		Premise:   onAdmission(func(w *AdmissionWorld) bool { return w.Phase == AtTheDoor }),
	},
}

func onAdmission(test func(*AdmissionWorld) bool) Condition {
	return always(func(m *Moment) bool { return test(m.Admission) })
}
