package model

import (
	"fmt"
	"strings"
)

// This file holds all wording of the package but for error messages: what questions and answers mean, what steps and
// events say, and how a world reads.

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

// causeTexts says why, to follow a comma or "because".
var causeTexts = [...]string{
	CauseNoRegistration: "nothing is registered for the url",
	CauseNotReady:       "there is no active worker yet",
	CauseRefused:        "the worker refused",
	CauseNoAnswer:       "no handler answered",
	CauseInterrupted:    "the worker was stopped while it was asked",
	CauseSuspend:        "the worker is suspended",
	CauseKill:           "the worker is killed",
	CauseUpdate:         "a new version takes over",
	CauseUnregister:     "the registration is cleared",
	CauseWorker:         "the worker closed its end",
	CausePage:           "the page closed its end",
	CausePageGone:       "the page is gone",
	CauseScript:         "its script says so",
	CauseSilence:        "silence is acceptance",
	CauseSameOrigin:     "a page of its own origin is not asked",
}

// Text returns the cause as a clause.
func (c Cause) Text() string { return causeTexts[c] }

var stateTexts = [...]string{
	Installing: "installing", Installed: "installed", Activating: "activating", Activated: "activated", Redundant: "redundant",
}

func (s WorkerState) String() string { return stateTexts[s] }

// eventTexts says what kind of thing happens.
var eventTexts = [...]string{
	Resolved: "a promise is resolved", Rejected: "a promise is rejected", Abandoned: "a connect event is gone for good",
	Dispatched: "a connect event is dispatched", Accepted: "a connection is accepted",
	AskedLater: "a connection waits for another connect event",
	Posted:     "a message is posted", Delivered: "a message is delivered", Lost: "a message is lost",
	Cut: "a connection ends at the worker's side", PageSideEnded: "a connection ends at the page's side",
	PageNoticeSent: "a notice is sent to a page", PageNoticeLost: "a notice to a page is lost",
	PageKnows:        "a page knows that its connection is down",
	WorkerNoticeSent: "a notice is sent to a worker", WorkerKnows: "a worker knows that a page is gone",
	ObjectGone: "an object for a connection is gone with its instance",
	HandleLost: "a handle is out of reach", HandleMoved: "a handle moves to another page",
	ListeningStarts: "a page listens", PageGone: "a page is gone",
	WorkerStarts: "a worker starts", WorkerStops: "a worker stops", StateChanges: "a worker's state changes",
	RegistrationGone: "a registration is gone", RegistrationIs: "a registration is made or unregistered",
	ClientControlled: "a client is controlled", ClientGone: "a controlled client is gone",
}

// EventKinds returns all kinds of events in their order.
func EventKinds() []EventKind {
	var kinds []EventKind
	for k := Resolved; int(k) < len(eventTexts); k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// Text returns what events of kind k are about.
func (k EventKind) Text() string { return eventTexts[k] }

// Describe returns what happened, as a clause without a full stop.
func (e Event) Describe() string {
	c, p, v := connection(e.Connection), page(e.Page), version(e.Version)
	switch e.Kind {
	case Resolved:
		return fmt.Sprintf("the promise of %s is resolved: it holds %s", p, c)
	case Rejected:
		return fmt.Sprintf("the promise of %s is rejected: %s", p, e.Cause.Text())
	case Abandoned:
		if e.Again {
			return fmt.Sprintf("the connect event of %s is gone for good, and the connection with it", c)
		}
		return fmt.Sprintf("the connect event of %s is gone for good: nothing will ever settle the promise", c)
	case Dispatched:
		if e.Again {
			return fmt.Sprintf("%s gets a connect event for %s, which was made with an older version", v, c)
		}
		return fmt.Sprintf("%s gets a connect event for %s", v, c)
	case Accepted:
		return fmt.Sprintf("%s has %s: %s", v, c, e.Cause.Text())
	case AskedLater:
		return fmt.Sprintf("%s waits for a new connect event: %s", c, e.Cause.Text())
	case Posted, Delivered, Lost:
		return e.describeMessage()
	case Cut:
		return fmt.Sprintf("%s ends at the worker's side: %s", c, e.Cause.Text())
	case PageSideEnded:
		return fmt.Sprintf("%s ends at the page's side: %s", c, e.Cause.Text())
	case PageNoticeSent:
		return fmt.Sprintf("a notice that %s is down is on its way to %s: %s", c, p, e.Cause.Text())
	case PageNoticeLost:
		return fmt.Sprintf("%s does not listen: the notice that %s is down is lost", p, c)
	case PageKnows:
		return fmt.Sprintf("%s knows that %s is down", p, c)
	case WorkerNoticeSent:
		return fmt.Sprintf("a notice that %s is down is on its way to the worker: %s", c, e.Cause.Text())
	case WorkerKnows:
		return fmt.Sprintf("%s knows that the page of %s is gone, and lets go", v, c)
	case ObjectGone:
		return fmt.Sprintf("%s outlives the instance, which takes its object for it along: %s", c, e.Cause.Text())
	case HandleLost:
		return fmt.Sprintf("no script of %s can use its handle of %s any more, unless it finds it in a list", p, c)
	case HandleMoved:
		return fmt.Sprintf("%s now holds %s", p, c)
	case ListeningStarts:
		return fmt.Sprintf("%s listens for the end of %s", p, c)
	case PageGone:
		return fmt.Sprintf("%s is gone", p)
	case WorkerStarts:
		return fmt.Sprintf("%s runs", v)
	case WorkerStops:
		return fmt.Sprintf("%s stops running: %s", v, e.Cause.Text())
	case StateChanges:
		return fmt.Sprintf("%s is %s", v, e.State)
	case RegistrationGone:
		return "nothing is registered any more"
	case RegistrationIs:
		if e.Status == Unregistered {
			return "the registration is no longer found, but still there while it is used"
		}
		return "there is a registration"
	case ClientControlled:
		return fmt.Sprintf("%s controls a document of its own origin", v)
	case ClientGone:
		return "no document is controlled any more"
	}
	return fmt.Sprintf("event(%d)", e.Kind)
}

// describeMessage says what became of a message. Messages count from 1 for each connection and direction; that of a
// page which is gone by now is the one that has no poster.
func (e Event) describeMessage() string {
	party, poster := version(e.Version), "the worker"
	if e.Page != 0 {
		party = page(e.Page)
	}
	if e.Version == 0 {
		poster = "the page"
	}
	m, c := fmt.Sprintf("message %d", e.Message.Number), connection(e.Connection)
	switch {
	case e.Kind == Posted:
		return fmt.Sprintf("%s posts %s on %s", party, m, c)
	case e.Kind == Lost:
		return fmt.Sprintf("%s of %s on %s is lost", m, poster, c)
	case e.Message.Stranger:
		return fmt.Sprintf("%s receives %s on %s, posted by a page of an origin that it never accepted", party, m, c)
	}
	return fmt.Sprintf("%s receives %s on %s", party, m, c)
}
