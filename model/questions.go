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
	Pipeline
	Collect
	Frozen
	Suspend
	Interrupt
	InterruptAgain
	Deadline
	NotReady
	Queue
	Acknowledge
	Update
	Unregister
	Client
	WorkerList
	Delivery
	Close
	WorkerNotice
	SameOrigin
	NoAnswer
	Partition

	// Assumptions: no design answers them.
	Scripts
	Listens
	Lists
	OwnClose

	questionCount = iota
)

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
	// assumed is set for what platform and scripts do, which no spec chooses. The friendlier answer comes first.
	assumed bool
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
			{NoticeState, "by a state that it can read, or a promise that it can wait for, at any later time",
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
	// The defining feature of Tubes, where the page has made the channel itself.
	Pipeline: {
		id: "pipeline", place: Place{navigator, 44},
		asks: "Can a page post before it is accepted?",
		answers: []answerRecord{
			{No, "no, there is nothing to post to before the promise is resolved",
				"a page cannot post before it is accepted"},
			{Yes, "yes: messages wait at the connection, arrive after the acceptance, and are dropped with a refusal",
				"a page can post before it is accepted, and its messages wait for that"},
		},
		literal: []Answer{No},
	},
	// HTML 9.4.5 "Ports and garbage collection" collects a port that cannot be reached any more, and disentangles its other
	// end. Who can see that, across origins, is what whatwg/html#10201 is about.
	Collect: {
		id: "collect", place: Place{navigator, 43},
		asks: "What becomes of a connection that no script of its page can reach any more?",
		answers: []answerRecord{
			{Keep, "nothing: it stays up for as long as the page is there",
				"a connection stays up although no script of its page can reach it"},
			{CloseUnreachable, "its page's end is collected some time later, as if the page had closed it; a list of connections " +
				"is a way to reach it",
				"a connection that no script of its page can reach is closed some time later"},
		},
	},
	// HTML has the tasks of a document that is not "fully active" wait. Browsers close the ports of extensions at once
	// (w3c/webextensions#474), and pages find out when they come back, or do not (yomitan#2216).
	Frozen: {
		id: "frozen", place: Place{global, 110},
		asks: "What becomes of a connection whose page is frozen in the back/forward cache?",
		answers: []answerRecord{
			{Keep, "it stays, and messages to the page wait until the page thaws",
				"the connection of a frozen page stays, and messages wait for the page"},
			{Sever, "it ends, and the page finds out when it thaws",
				"a connection ends when its page is frozen"},
			{Refuse, "a page that holds a connection is not frozen: when it is left, it is gone",
				"a page that holds a connection cannot be frozen"},
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
			{Reaccept, "it outlives the instance, and the next one gets a connect event for it and decides",
				"whenever an instance starts, it gets a connect event for each connection, and decides"},
		},
	},
	Interrupt: {
		id: "interrupt", place: Place{global, 110},
		asks: "What becomes of a first connect event whose worker is stopped, or does not start?",
		answers: []answerRecord{
			{Hang, "nothing: nobody ever settles the promise",
				"when a worker is stopped, nobody takes care of the connect event that was pending"},
			{Reject, "the promise is rejected",
				"when a worker is stopped, the connect event that was pending counts as refused"},
			{Retry, "the event is dispatched again",
				"when a worker is stopped, the connect event that was pending is dispatched again"},
		},
	},
	InterruptAgain: {
		id: "interrupt-again", place: Place{global, 111},
		asks: "What becomes of a repeated connect event, for a connection that was accepted before, whose worker is stopped?",
		answers: []answerRecord{
			{Hang, "nothing: the connection is gone, nobody tells the page, and a state that the page can read stays open",
				"when a worker is stopped, nobody takes care of a repeated connect event that was pending, not even of a state"},
			{Reject, "the connection ends, as if the worker had refused",
				"when a worker is stopped, a repeated connect event that was pending counts as refused"},
			{Retry, "the event is dispatched again",
				"when a worker is stopped, a repeated connect event that was pending is dispatched again"},
		},
	},
	// SW "timed out flag": set "after an optional user agent imposed delay".
	Deadline: {
		id: "deadline", place: Place{global, 110},
		asks: "For how long does a connect event wait for an answer?",
		answers: []answerRecord{
			{None, "for as long as the handler takes, for ever if need be",
				"a connect event waits for its answer for ever"},
			{Reject, "until the browser gives up on a handler that does not answer, which counts as a refusal",
				"a browser gives up on a connect event whose handler does not answer in time"},
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
	// "Terminate Service Worker" (SW) discards message tasks, HTML has messages wait in the queue of a port, and no text says
	// what becomes of those for the port of a worker. Chromium drops them.
	Queue: {
		id: "queue", place: Place{global, 111},
		asks: "What becomes of messages that an instance had not handled when it ended?",
		answers: []answerRecord{
			{Kept, "they stay with the connection: the next instance gets them, and once more one that was being handled",
				"messages that an instance did not handle wait for the next one"},
			{LostWithInstance, "they are lost with the instance; what is posted while none runs waits for the next",
				"messages that an instance did not handle are lost with it"},
		},
	},
	// Asked for in w3c/ServiceWorker#677 and whatwg/html#3458. The ports of the draft are MessagePorts.
	Acknowledge: {
		id: "acknowledge", place: Place{global, 115},
		asks: "Does a sender learn that its message was handled?",
		answers: []answerRecord{
			{None, "no",
				"nobody learns whether a message was handled"},
			{Each, "yes, postMessage() returns a promise of it",
				"a sender learns of each message whether it was handled"},
		},
		literal: []Answer{None},
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
			{RunOut, "the registration is cleared at once; a running instance and its connections live on until it stops",
				"a registration is cleared at once, and a running instance serves its connections until it stops"},
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
			{OriginAndID, "its origin, and an opaque id of the connection that stays the same",
				"a worker sees the origin of a page, and knows each connection by an id that stays the same"},
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
			{NoticeSilent, "no, but the browser takes the worker's end, and its entry in a list, once it is drained",
				"a worker is not told that a page is gone, and the browser takes its end"},
		},
	},
	SameOrigin: {
		id: "same-origin", place: Place{concepts, 22},
		asks: "Must a page of the service's own origin be accepted too?",
		answers: []answerRecord{
			{Implicit, "no, it is connected without a connect event, and no later instance or version gets one for it",
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
		literal: []Answer{Reject},
	},
	// The key of a registration has a storage key (SW "registration map"), in which today's browsers have the site of the
	// page that embeds another. Foreign fetch was removed for it (w3c/ServiceWorker#1207).
	Partition: {
		id: "partition", place: Place{concepts, 21},
		asks: "Which registration of a service does a page reach that is embedded in, or is, another site?",
		answers: []answerRecord{
			{Shared, "the one that was made when the user visited the service itself, whatever site the page is of",
				"pages of all sites reach the registration that the service made when it was visited itself"},
			{BySite, "one of its own for each site that the page is of, as storage is partitioned today",
				"pages of each site reach a registration of the service for that site alone"},
		},
		literal: []Answer{Shared},
	},
	// waitUntil(new Promise(() => {})) is a known problem: w3c/ServiceWorker#1292.
	Scripts: {
		id: "scripts", place: Place{global, 64}, assumed: true,
		asks: "Do handlers of connect events come to an answer?",
		answers: []answerRecord{
			{AlwaysAnswer, "they do, sooner or later",
				"handlers of connect events always come to an answer"},
			{MayHang, "some do not: the promise that extends the event never settles (w3c/ServiceWorker#1292)",
				"a handler of a connect event may never come to an answer"},
		},
	},
	// A script that adds its listener in the task in which it gets the handle misses no event of a later task.
	Listens: {
		id: "listens", place: Place{navigator, 42}, assumed: true,
		asks: "When does a page begin to listen for the end of its connection?",
		answers: []answerRecord{
			{AtOnce, "where it gets the connection, before any other task",
				"pages listen from the moment they get a connection"},
			{Sometime, "at any later time, or never",
				"a page may begin to listen late"},
		},
	},
	// A script that is started again has to look its ports up, and give them handlers, before messages arrive.
	Lists: {
		id: "lists", place: Place{global, 113}, assumed: true,
		asks: "Does a restarted script look its connections up before messages arrive?",
		answers: []answerRecord{
			{AtOnce, "it does, and installs its handlers again",
				"a restarted script looks its connections up before messages arrive"},
			{Never, "it does not; a list helps it to find what it looks for, but not to receive",
				"a restarted script does not look its connections up before messages arrive"},
		},
	},
	// HTML has close() touch no queue, so that what waits there still arrives. Engines disagree (whatwg/html#5765).
	OwnClose: {
		id: "own-close", place: Place{global, 116}, assumed: true,
		asks: "What becomes of messages that wait at an end that its own script closes?",
		answers: []answerRecord{
			{Drop, "they are dropped: the script wants no more",
				"messages that wait at an end are dropped when its own script closes that"},
			{Arrive, "they still arrive, if the script has a handler for them (whatwg/html#5765)",
				"messages that wait at an end still arrive when its own script closes that"},
		},
	},
}
