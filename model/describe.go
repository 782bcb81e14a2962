package model

import (
	"fmt"
	"strings"
)

// This file holds what questions, answers and steps say.

// questionTexts says what each question asks and what each of its answers means, in the order of the answers.
var questionTexts = [questionCount]struct {
	asks    string
	answers []string
}{
	Match: {"Which registration does the url of connect() mean?", []string{
		"the one whose script URL equals the url",
		"the one with the longest scope that is a prefix of the url, as documents are matched",
		"the one with the longest scope that starts with the url: the rule of the cited text of 2014, written backwards",
	}},
	Bind: {"Is the registration of a connection fixed once and for all?", []string{
		"it is fixed when the connection is made",
		"the url is matched again at each use",
	}},
	Errors: {"What does a page learn that is refused?", []string{
		"the cause: each has an error name of its own",
		"one error name for every refusal, as soon as it is known",
		"one error name for every refusal, after a delay that does not depend on the cause",
	}},
	PageNotice: {"How does a page learn that its connection is down?", []string{
		"not at all",
		"by an event at its end of the connection, lost if nobody listens at that moment",
		"by a state that it can read at any later time",
	}},
	Handle: {"What does connect() resolve with?", []string{
		"a MessagePort, which the page can transfer to any other context",
		"an object of its own, which cannot be transferred",
	}},
	Request: {"Is there a request parameter?", []string{
		"yes, and the connect event delivers it",
		"no, the peers talk over the port once the connection is accepted",
	}},
	PageList: {"Can a page enumerate its connections?", []string{"no", "yes, all that are open as far as it knows"}},
	Suspend: {"What becomes of a connection when its worker is suspended?", []string{
		"it ends with the instance",
		"it keeps the worker running, so that there is no suspension",
		"it outlives the instance; the next message starts the worker",
	}},
	Interrupt: {"What becomes of a connect event whose worker is stopped?", []string{
		"nothing: nobody ever settles the promise",
		"the promise is rejected, a connection that was accepted before ends",
		"the event is dispatched again",
	}},
	NotReady: {"What if a registration has no active worker yet?", []string{
		"the promise is rejected",
		"the request waits for one, and is rejected when none can come any more",
	}},
	Update: {"What becomes of a connection when a new version of its worker becomes active?", []string{
		"it ends with the old version",
		"it keeps the old version active, as a controlled client does; skipWaiting() ends it",
		"the new version gets it",
		"the new version gets a connect event for it and decides",
	}},
	Unregister: {"What becomes of a connection when the registration is removed?", []string{
		"it ends with the registration",
		"the registration is cleared only once no connection is left",
	}},
	Client: {"What does a worker see of a page that connects?", []string{
		"everything that a ServiceWorkerClient shows",
		"its url",
		"its origin",
		"nothing but the port",
	}},
	WorkerList: {"Can a worker enumerate its connections?", []string{"no", "yes, all that its side holds"}},
	Delivery: {"Where do messages to a worker arrive?", []string{
		"at the port of the connection",
		"at one handler on the global scope, which every new instance installs again",
	}},
	Close: {"Can a side end the connection?", []string{"no", "yes, either side can"}},
	WorkerNotice: {"Does a worker learn that the page is gone?", []string{
		"no",
		"yes, by an event, and it lets go of its end",
	}},
	SameOrigin: {"Must a page of the service's own origin be accepted too?", []string{
		"no, it is connected without a connect event",
		"yes, the worker is asked as for a page of any other origin",
	}},
	NoAnswer: {"What if no handler answers the connect event?", []string{
		"the promise is rejected",
		"silence is acceptance",
	}},
}

// Text returns what q asks.
func (q Question) Text() string { return questionTexts[q].asks }

// Meaning returns what it means to answer q with a, which must be one of its answers.
func (q Question) Meaning(a Answer) string {
	for i, candidate := range questions[q].answers {
		if candidate == a {
			return questionTexts[q].answers[i]
		}
	}
	panic(fmt.Sprintf("model: %v is no answer to the question %s", a, q.ID()))
}

// kindTexts says what a step does. P, C and T stand for its page, connection and the page it transfers to.
var kindTexts = [kindCount]string{
	PageConnects:     "P calls connect()",
	PagePosts:        "P posts a message on C",
	PageReceives:     "P receives a message on C",
	PageLearns:       "the notice that C is down reaches P",
	PageListens:      "P starts to listen for the end of C",
	PageCloses:       "P closes its end of C",
	PageLosesHandle:  "P drops its last reference to the handle of C",
	PageTransfers:    "P transfers the handle of C to T",
	PageLeaves:       "P goes away",
	WorkerAccepts:    "the worker accepts C",
	WorkerRejects:    "the worker refuses C",
	WorkerIgnores:    "the worker leaves the connect event of C unanswered",
	WorkerPosts:      "the worker posts a message on C",
	WorkerReceives:   "the worker receives a message on C",
	WorkerLearns:     "the notice that the page of C is gone reaches the worker",
	WorkerCloses:     "the worker closes its end of C",
	Dispatch:         "the browser takes C to the active worker",
	Start:            "the browser starts the worker",
	FinishInstall:    "the new version is installed",
	FailInstall:      "the new version fails to install",
	Activate:         "the waiting version becomes the active one",
	FinishActivate:   "the new version is activated",
	Clear:            "the browser clears the unregistered registration",
	SuspendWorker:    "the browser suspends the idle worker",
	KillWorker:       "the browser kills the worker",
	Register:         "a service worker is registered",
	FindUpdate:       "the browser finds a new version",
	CallSkipWaiting:  "the waiting version calls skipWaiting()",
	UnregisterWorker: "the registration is unregistered",
	OpenClient:       "a document of the service's own origin opens and is controlled",
	CloseClient:      "the controlled document is closed",
}

// Text returns what steps of kind k do.
func (k Kind) Text() string {
	return strings.NewReplacer("P ", "a page ", "P", "the page", "T", "another one", "C ", "a connection ", "C", "a connection").Replace(kindTexts[k])
}

// Describe returns what s does, as a clause without a full stop.
func (s Step) Describe() string {
	text := strings.NewReplacer("P", page(s.Page), "C", connection(s.Connection), "T", page(s.To)).Replace(kindTexts[s.Kind])
	if s.Kind == PageConnects {
		text += ": " + connection(s.Connection)
	}
	return text
}

func page(p uint8) string       { return fmt.Sprintf("page %d", p) }
func connection(c uint8) string { return fmt.Sprintf("connection %d", c) }
func version(v Version) string  { return fmt.Sprintf("version %d", v) }
