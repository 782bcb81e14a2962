package model

import (
	"fmt"

	"cosw/model/family"
)

// Question is an open point of the draft. Its value is the index of the question in [Space].
type Question uint8

// The open points, in the order of the draft.
const (
	Match        Question = iota // which registration does the url of connect() mean?
	Bind                         // is that registration fixed once and for all?
	Errors                       // what does a refused page learn?
	PageNotice                   // how does a page learn that its connection is down?
	Handle                       // what does connect() resolve with?
	Request                      // is there a request parameter?
	PageList                     // can a page enumerate its connections?
	Suspend                      // what becomes of a connection when its worker is suspended?
	Interrupt                    // what becomes of a connect event whose worker is stopped?
	NotReady                     // what if there is no active worker yet?
	Update                       // what becomes of a connection when its worker is updated?
	Unregister                   // what becomes of a connection when the registration is removed?
	Client                       // what does a worker see of the page?
	WorkerList                   // can a worker enumerate its connections?
	Delivery                     // where do messages to a worker arrive?
	Close                        // can a side end the connection?
	WorkerNotice                 // does a worker learn that the page is gone?
	SameOrigin                   // must a page of the service's own origin be accepted too?
	NoAnswer                     // what if no handler answers the connect event?

	questionCount = iota
)

// Answer is one way to close a question. Questions share answers of the same name.
type Answer uint8

// The answers. The zero Answer closes no question.
const (
	_ Answer = iota

	MatchScript    // the registered script URL equals url
	MatchScope     // the longest registered scope that is a prefix of url
	MatchScope2014 // the longest registered scope that starts with url
	Pinned         // the registration is fixed when the connection is made
	Rematch        // the url is matched again at each use
	Distinct       // a name per cause
	Uniform        // one name for every refusal
	UniformTimed   // one name, after a delay that does not depend on the cause
	None           // there is no such thing
	Notice         // an event, lost if nobody listens at that moment ("event")
	State          // readable at any later time
	Port           // a MessagePort: transferable, with a queue and handler of its own
	Object         // an object of its own, not transferable ("connection")
	Param          // delivered with the connect event
	List           // everything can be enumerated
	Sever          // the connection ends
	Keepalive      // an open connection keeps the worker running
	Wake           // the connection outlives the instance, the next message starts the worker
	Hang           // nothing is settled, ever
	Reject         // the promise is rejected
	Retry          // the event is dispatched again
	Wait           // the request waits for an active worker
	Pin            // open connections keep the old version active
	Transfer       // the new version gets the connections
	Reaccept       // the new version is asked again for each connection
	Drain          // the registration goes once no connection is left
	Full           // everything that a ServiceWorkerClient shows
	URLOnly        // the url of the page ("url")
	OriginOnly     // the origin of the page ("origin")
	Global         // one handler on the global scope
	CloseEither    // either side can end the connection ("close")
	Implicit       // connected without a connect event
	AskFirst       // asked like a page of any other origin ("ask")
	AcceptSilently // silence is acceptance ("accept")
)

// Ask returns the answer of the design under which a step is taken.
type Ask func(Question) Answer

// answerIDs holds the spelling of each answer, as in -set suspend=wake.
var answerIDs = [...]string{
	MatchScript: "script", MatchScope: "scope", MatchScope2014: "scope-2014",
	Pinned: "pinned", Rematch: "rematch",
	Distinct: "distinct", Uniform: "uniform", UniformTimed: "uniform-timed",
	None: "none", Notice: "event", State: "state", Port: "port", Object: "connection", Param: "param", List: "list",
	Sever: "sever", Keepalive: "keepalive", Wake: "wake", Hang: "hang", Reject: "reject", Retry: "retry", Wait: "wait",
	Pin: "pin", Transfer: "transfer", Reaccept: "reaccept", Drain: "drain",
	Full: "full", URLOnly: "url", OriginOnly: "origin", Global: "global", CloseEither: "close",
	Implicit: "implicit", AskFirst: "ask", AcceptSilently: "accept",
}

func (a Answer) String() string {
	if int(a) < len(answerIDs) && a != 0 {
		return answerIDs[a]
	}
	return fmt.Sprintf("answer(%d)", uint8(a))
}

// Place is a passage of the draft: the heading it stands under and the number of its first line.
type Place struct {
	Heading string
	Line    int
}

func (p Place) String() string { return fmt.Sprintf("%s, line %d", p.Heading, p.Line) }

const (
	concepts  = "Concepts"
	navigator = "Navigator Extension"
	global    = "ServiceWorkerGlobalScope Extension"
)

// questions is the catalogue, indexed by Question. The answers stand in the order of the bits of a family.Cube. The wording is in describe.go.
var questions = [questionCount]struct {
	id      string
	place   Place
	answers []Answer
	literal []Answer // what the draft's own text says or shows; empty where it is silent
}{
	Match:        {"match", Place{navigator, 39}, []Answer{MatchScript, MatchScope, MatchScope2014}, []Answer{MatchScript, MatchScope2014}},
	Bind:         {"bind", Place{navigator, 39}, []Answer{Pinned, Rematch}, nil},
	Errors:       {"errors", Place{navigator, 41}, []Answer{Distinct, Uniform, UniformTimed}, nil},
	PageNotice:   {"page-notice", Place{navigator, 42}, []Answer{None, Notice, State}, []Answer{None}},
	Handle:       {"handle", Place{navigator, 43}, []Answer{Port, Object}, []Answer{Port}},
	Request:      {"request", Place{navigator, 44}, []Answer{Param, None}, []Answer{Param}},
	PageList:     {"page-list", Place{navigator, 46}, []Answer{None, List}, nil},
	Suspend:      {"suspend", Place{global, 111}, []Answer{Sever, Keepalive, Wake}, nil},
	Interrupt:    {"interrupt", Place{global, 110}, []Answer{Hang, Reject, Retry}, nil},
	NotReady:     {"not-ready", Place{global, 110}, []Answer{Reject, Wait}, nil},
	Update:       {"update", Place{global, 111}, []Answer{Sever, Pin, Transfer, Reaccept}, nil},
	Unregister:   {"unregister", Place{global, 110}, []Answer{Sever, Drain}, nil},
	Client:       {"client", Place{global, 112}, []Answer{Full, URLOnly, OriginOnly, None}, []Answer{URLOnly}},
	WorkerList:   {"worker-list", Place{global, 113}, []Answer{None, List}, nil},
	Delivery:     {"delivery", Place{global, 115}, []Answer{Port, Global}, []Answer{Port}},
	Close:        {"close", Place{global, 116}, []Answer{None, CloseEither}, nil},
	WorkerNotice: {"worker-notice", Place{global, 116}, []Answer{None, Notice}, nil},
	SameOrigin:   {"same-origin", Place{concepts, 22}, []Answer{Implicit, AskFirst}, []Answer{Implicit}},
	NoAnswer:     {"no-answer", Place{concepts, 23}, []Answer{Reject, AcceptSilently}, nil},
}

// Space holds the questions of the draft as package family knows them.
var Space = newSpace()

func newSpace() *family.Space {
	qs := make([]family.Question, questionCount)
	for q, entry := range questions {
		qs[q].ID = entry.id
		for _, a := range entry.answers {
			qs[q].Answers = append(qs[q].Answers, a.String())
		}
	}
	space, err := family.NewSpace(qs...)
	if err != nil {
		panic("model: the catalogue of questions is broken: " + err.Error())
	}
	return space
}

// Questions returns all questions in the order of the catalogue.
func Questions() []Question {
	qs := make([]Question, questionCount)
	for i := range qs {
		qs[i] = Question(i)
	}
	return qs
}

// ID returns the name of q, as in -set suspend=wake.
func (q Question) ID() string { return questions[q].id }

// Place returns where the draft leaves q open.
func (q Question) Place() Place { return questions[q].place }

// Answers returns the answers of q in the order of its bits in a family.Cube. The caller must not change them.
func (q Question) Answers() []Answer { return questions[q].answers }

// Literal returns what the draft's own text says or shows about q: no answer where it is silent, more than one where
// it contradicts itself.
func (q Question) Literal() []Answer { return questions[q].literal }

// AnswerOf returns the answer that a design gives to q. A partial design must have closed q.
func AnswerOf(design family.Cube, q Question) Answer {
	for i, a := range questions[q].answers {
		if Space.Has(design, int(q), i) {
			return a
		}
	}
	panic("model: the design has no answer for " + q.ID())
}

// Under returns the Ask of one design: a cube with one answer for every question.
func Under(design family.Cube) Ask {
	return func(q Question) Answer { return AnswerOf(design, q) }
}

// Where returns the designs that close q with one of the answers given.
func Where(q Question, answers ...Answer) family.Cube {
	var indices []int
	for i, a := range questions[q].answers {
		for _, want := range answers {
			if a == want {
				indices = append(indices, i)
			}
		}
	}
	return Space.Literal(int(q), indices...)
}
