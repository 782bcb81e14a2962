package model

import "fmt"

// Question is an open point of the draft. Its value is the index of the question in [Space].
type Question uint8

// The open points, in the order of the catalogue. What each asks stands in its record below.
const (
	Match Question = iota
	Bind
	Errors
	PageNotice
	Handle
	Request
	PageList
	Suspend
	Interrupt
	NotReady
	Update
	Unregister
	Client
	WorkerList
	Delivery
	Close
	WorkerNotice
	SameOrigin
	NoAnswer

	questionCount = iota
)

// Answer is one way to close a question, spelled as in -set suspend=wake. Questions may share an answer; what it means
// to each of them stands in the question's record. The empty Answer closes no question.
type Answer string

const (
	MatchScript      Answer = "script"
	MatchScope       Answer = "scope"
	MatchScope2014   Answer = "scope-2014"
	Pinned           Answer = "pinned"
	Rematch          Answer = "rematch"
	Distinct         Answer = "distinct"
	Uniform          Answer = "uniform"
	UniformTimed     Answer = "uniform-timed"
	None             Answer = "none"
	NoticeEvent      Answer = "event"
	NoticeState      Answer = "state"
	Port             Answer = "port"
	ConnectionHandle Answer = "connection"
	Param            Answer = "param"
	List             Answer = "list"
	Sever            Answer = "sever"
	Keepalive        Answer = "keepalive"
	Wake             Answer = "wake"
	Hang             Answer = "hang"
	Reject           Answer = "reject"
	Retry            Answer = "retry"
	Wait             Answer = "wait"
	Pin              Answer = "pin"
	Transfer         Answer = "transfer"
	Reaccept         Answer = "reaccept"
	Drain            Answer = "drain"
	Full             Answer = "full"
	URLOnly          Answer = "url"
	OriginOnly       Answer = "origin"
	Global           Answer = "global"
	CloseEither      Answer = "close"
	Implicit         Answer = "implicit"
	AskFirst         Answer = "ask"
	AcceptSilently   Answer = "accept"
)

func (a Answer) String() string { return string(a) }

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

// questionRecord is all there is to say about a question. Only its rule, where a step asks it, stands elsewhere.
type questionRecord struct {
	id      string // as in -set suspend=wake
	place   Place  // where the draft leaves it open
	asks    string
	answers []answerRecord // in the order of the bits of a family.Cube
	literal []Answer       // what the draft's own text says or shows; none where it is silent
}

// answerRecord is what one answer means to its question.
type answerRecord struct {
	answer  Answer
	means   string // a reply to what the question asks
	because string // the same as a clause that stands by itself, for an argument
}

// questions is the catalogue.
var questions = [questionCount]questionRecord{
	Match: {
		id: "match", place: Place{navigator, 39},
		asks: "Which registration does the url of connect() mean?",
		answers: []answerRecord{
			{MatchScript, "the one whose script URL equals the url",
				"a url means the registration whose script URL equals it"},
			{MatchScope, "the one with the longest scope that is a prefix of the url, as documents are matched",
				"a url means the longest scope that is a prefix of it"},
			{MatchScope2014,
				"the one with the longest scope that starts with the url: the rule of the cited text of 2014, written backwards",
				"a url means the longest scope that starts with it"},
		},
		literal: []Answer{MatchScript, MatchScope2014},
	},
	Bind: {
		id: "bind", place: Place{navigator, 39},
		asks: "Is the registration of a connection fixed once and for all?",
		answers: []answerRecord{
			{Pinned, "it is fixed when the connection is made",
				"the registration is fixed when the connection is made"},
			{Rematch, "the url is matched again at each use",
				"the url is matched again at each use"},
		},
	},
	Errors: {
		id: "errors", place: Place{navigator, 41},
		asks: "What does a refused page learn?",
		answers: []answerRecord{
			{Distinct, "the cause: each has an error name of its own",
				"each cause of a refusal has an error name of its own"},
			{Uniform, "one error name for every refusal, as soon as it is known",
				"all refusals have one error name, and come as soon as they are known"},
			{UniformTimed, "one error name for every refusal, after a delay that does not depend on the cause",
				"all refusals have one error name, and come after the same delay"},
		},
	},
	PageNotice: {
		id: "page-notice", place: Place{navigator, 42},
		asks: "How does a page learn that its connection is down?",
		answers: []answerRecord{
			{None, "not at all",
				"a page is never told that its connection is down"},
			{NoticeEvent, "by an event at its end of the connection, lost if nobody listens at that moment",
				"a page is told by an event that its connection is down, if it listens at that moment"},
			{NoticeState, "by a state that it can read at any later time",
				"a page can read at any time whether its connection is down"},
		},
		literal: []Answer{None},
	},
	Handle: {
		id: "handle", place: Place{navigator, 43},
		asks: "What does connect() resolve with?",
		answers: []answerRecord{
			{Port, "a MessagePort, which the page can transfer to any other context",
				"connect() resolves with a MessagePort, which can be transferred to any other context"},
			{ConnectionHandle, "an object of its own, which cannot be transferred",
				"connect() resolves with an object that cannot be transferred"},
		},
		literal: []Answer{Port},
	},
	Request: {
		id: "request", place: Place{navigator, 44},
		asks: "Is there a request parameter?",
		answers: []answerRecord{
			{Param, "yes, and the connect event delivers it",
				"the connect event delivers what the page has to say for itself"},
			{None, "no, the peers talk over the port once the connection is accepted",
				"the page can say nothing for itself before it has a port"},
		},
		literal: []Answer{Param},
	},
	PageList: {
		id: "page-list", place: Place{navigator, 46},
		asks: "Can a page enumerate its connections?",
		answers: []answerRecord{
			{None, "no",
				"a page cannot enumerate its connections"},
			{List, "yes, all that are open as far as it knows",
				"a page can find its connections in a list"},
		},
	},
	Suspend: {
		id: "suspend", place: Place{global, 111},
		asks: "What becomes of a connection when its worker is suspended?",
		answers: []answerRecord{
			{Sever, "it ends with the instance",
				"a connection ends with the instance of its worker"},
			{Keepalive, "it keeps the worker running, so that there is no suspension",
				"an open connection keeps its worker running"},
			{Wake, "it outlives the instance; the next message starts the worker",
				"a connection outlives the instance of its worker, and the next message starts another"},
		},
	},
	Interrupt: {
		id: "interrupt", place: Place{global, 110},
		asks: "What becomes of a connect event whose worker is stopped?",
		answers: []answerRecord{
			{Hang, "nothing: nobody ever settles the promise",
				"when a worker is stopped, nobody takes care of its pending connect event"},
			{Reject, "the promise is rejected, a connection that was accepted before ends",
				"when a worker is stopped, its pending connect event counts as refused"},
			{Retry, "the event is dispatched again",
				"when a worker is stopped, its pending connect event is dispatched again"},
		},
	},
	NotReady: {
		id: "not-ready", place: Place{global, 110},
		asks: "What if a registration has no active worker yet?",
		answers: []answerRecord{
			{Reject, "the promise is rejected",
				"a request is rejected while there is no active worker"},
			{Wait, "the request waits for one, and is rejected when none can come any more",
				"a request waits for an active worker"},
		},
	},
	Update: {
		id: "update", place: Place{global, 111},
		asks: "What becomes of a connection when a new version of its worker becomes active?",
		answers: []answerRecord{
			{Sever, "it ends with the old version",
				"a connection ends with the version of its worker"},
			{Pin, "it keeps the old version active, as a controlled client does; skipWaiting() ends it",
				"an open connection keeps the old version active, and skipWaiting() ends it"},
			{Transfer, "the new version gets it",
				"the new version gets the connections of the old one"},
			{Reaccept, "the new version gets a connect event for it and decides",
				"the new version gets a connect event for each connection of the old one, and decides"},
		},
	},
	Unregister: {
		id: "unregister", place: Place{global, 110},
		asks: "What becomes of a connection when the registration is removed?",
		answers: []answerRecord{
			{Sever, "it ends with the registration",
				"a connection does not keep a registration alive, and ends with it"},
			{Drain, "the registration is cleared only once no connection is left",
				"a registration lives on until its last connection is gone"},
		},
	},
	Client: {
		id: "client", place: Place{global, 112},
		asks: "What does a worker see of a page that connects?",
		answers: []answerRecord{
			{Full, "everything that a ServiceWorkerClient shows",
				"a worker sees all of a page that a ServiceWorkerClient shows"},
			{URLOnly, "its url",
				"a worker sees the url of a page"},
			{OriginOnly, "its origin",
				"a worker sees the origin of a page"},
			{None, "nothing but the port",
				"a worker sees nothing of a page but its port"},
		},
		literal: []Answer{URLOnly},
	},
	WorkerList: {
		id: "worker-list", place: Place{global, 113},
		asks: "Can a worker enumerate its connections?",
		answers: []answerRecord{
			{None, "no",
				"a worker cannot enumerate its connections"},
			{List, "yes, all that its side holds",
				"a worker can find its connections in a list"},
		},
	},
	Delivery: {
		id: "delivery", place: Place{global, 115},
		asks: "Where do messages to a worker arrive?",
		answers: []answerRecord{
			{Port, "at the port of the connection",
				"messages to a worker arrive at the port of their connection"},
			{Global, "at one handler on the global scope, which every new instance installs again",
				"messages to a worker arrive at one global handler, which every instance installs"},
		},
		literal: []Answer{Port},
	},
	Close: {
		id: "close", place: Place{global, 116},
		asks: "Can a side end the connection?",
		answers: []answerRecord{
			{None, "no",
				"neither side can end a connection"},
			{CloseEither, "yes, either side can",
				"either side can end a connection"},
		},
	},
	WorkerNotice: {
		id: "worker-notice", place: Place{global, 116},
		asks: "Does a worker learn that the page is gone?",
		answers: []answerRecord{
			{None, "no",
				"a worker is never told that a page is gone"},
			{NoticeEvent, "yes, by an event, and it lets go of its end",
				"a worker is told by an event that a page is gone, and lets go of its end"},
		},
	},
	SameOrigin: {
		id: "same-origin", place: Place{concepts, 22},
		asks: "Must a page of the service's own origin be accepted too?",
		answers: []answerRecord{
			{Implicit, "no, it is connected without a connect event",
				"a page of the service's own origin is connected without a connect event"},
			{AskFirst, "yes, the worker is asked as for a page of any other origin",
				"a page of the service's own origin has to be accepted like any other"},
		},
		literal: []Answer{Implicit},
	},
	NoAnswer: {
		id: "no-answer", place: Place{concepts, 23},
		asks: "What if no handler answers the connect event?",
		answers: []answerRecord{
			{Reject, "the promise is rejected",
				"a connect event that nobody answers is a refusal"},
			{AcceptSilently, "silence is acceptance",
				"a connect event that nobody answers is an acceptance"},
		},
	},
}
