package model

import (
	"slices"

	"cosw/model/family"
)

// This file holds the answers that systems which really existed give to the open points: the draft itself, its forerunner
// and its successors. It is history, with a source for each answer, and does not say which answer is good.
//
// A preset answers a question only where its source does. A source that is silent, that says "to be defined", or that does
// something which none of our answers describes, leaves the question open; where it is not just silent, the comment before
// the preset says why. A source that gives an interface in full, such as the parameters of connect(), is not silent about
// what it leaves out.

// Preset is a system that really existed, or the draft read literally, as the answers that its source gives.
type Preset struct {
	Name    string    // as in --design NAME
	Title   string    // what it is, in one line
	When    string    // when it was written, e.g. "June 2014"
	Source  string    // where its texts and programs are
	Answers []Sourced // in the order of the catalogue; questions that are not listed stay open
}

// Sourced is what a source says about one question.
type Sourced struct {
	Question Question
	Answers  []Answer // more than one, yet not all, where the source leaves a choice or contradicts itself
	Source   string   // where the source says so
	Note     string   // how the answer differs from what the source says; empty where it fits
}

// presets stand in order of time.
var presets = []Preset{
	{
		// A sketch of half a page about making a connection. It does not discuss how one goes on and ends, so the absence of
		// a list, a close event or close() says nothing.
		Name:   "tubes",
		Title:  "Tubes (dglazkov/tubes, HEAD of API.md): the page hands one end of a channel of its own to the worker",
		When:   "June 2014",
		Source: "github.com/dglazkov/tubes: API.md, and commit 2e6541f",
		Answers: []Sourced{
			{Match, []Answer{MatchScope}, "tubes API.md: a worker gets the event if it can handle the url within its scope",
				"which worker, where scopes are nested, it does not say"},
			{Errors, []Answer{Uniform}, "tubes API.md: the actual reason of a failure is not told",
				"of the time that a failure takes it says nothing"},
			{Handle, []Answer{Port}, "tubes API.md: the page makes the channel and keeps one port of it",
				"connect() does not resolve with the port, which the page has had before"},
			{Request, []Answer{None},
				"tubes API.md: connect(url, port)", "the first message can carry what a request would"},
			{Pipeline, []Answer{Yes}, "tubes API.md: \"I can start sending messages right away\"", ""},
			{Client, []Answer{OriginOnly}, "tubes API.md: ConnectEvent has origin and port", ""},
			{Delivery, []Answer{Port}, "tubes API.md: the example sets onmessage of the port that came with the event", ""},
			{SameOrigin, []Answer{AskFirst}, "tubes API.md: every connect() becomes a connect event",
				"it makes no exception for the service's own origin, but does not mention it either"},
			{NoAnswer, []Answer{AcceptSilently},
				"tubes 2e6541f: acceptance is the default; there is reject(), but no accept()", ""},
		},
	},
	{
		Name:   "draft",
		Title:  "Cross-Origin Service Workers (omo/cosw e40749a), read literally",
		When:   "September 2014",
		Source: "github.com/omo/cosw: README.md at commit e40749a",
		Answers: []Sourced{
			{Match, []Answer{MatchScript, MatchScope2014},
				"draft 21: a given script URL; draft 39-40: as the cited text decides control",
				"the draft contradicts itself; the rule in the cited text was written backwards at that time"},
			{PageNotice, []Answer{None}, "draft 117: a MessagePort has nothing of the kind",
				"the ISSUE at 42 would like the page to notice, the interface at 35 has no way to"},
			{Handle, []Answer{Port}, "draft 35: Promise<MessagePort>", ""},
			{Request, []Answer{Param}, "draft 35 and 76: any request", ""},
			{Pipeline, []Answer{No}, "draft 35 and 52-54: the port comes with the promise", ""},
			{Acknowledge, []Answer{None}, "draft 35 and 71: postMessage() of a MessagePort returns nothing", ""},
			{Client, []Answer{URLOnly}, "draft 69-72: ForeignServiceWorkerClient has url and port", ""},
			{Delivery, []Answer{Port}, "draft 71 and 98: client.port",
				"the example posts to that port; nothing shows where a message to the worker arrives"},
			{SameOrigin, []Answer{Implicit}, "draft 22: only a request from elsewhere needs an acceptance",
				"the text is weaker: for the same origin it \"may return\" a worker"},
			{NoAnswer, []Answer{Reject}, "draft 23: the connection needs an acceptance of the script",
				"what a handler that never answers leads to is not said"},
			{Partition, []Answer{Shared},
				"draft 21: the worker that is already installed, even if not by the page",
				"the storage of 2014 had no partitions"},
		},
	},
	{
		// Open although the source speaks of it:
		//   - not-ready: the algorithm Connect has a mere issue there, "probably wait".
		Name:   "navigator-connect-v1",
		Title:  "navigator.connect, first version: a MessagePort for the page, a client object for the worker",
		When:   "November 2014",
		Source: "github.com/mkruisselbrink/navigator-connect at commit 9d7a053",
		Answers: []Sourced{
			{Match, []Answer{MatchScope}, "navigator-connect 9d7a053, algorithm Connect: Match Scope",
				"the text of Match Scope was backwards then (scope-2014); the proposal expects the narrower scope to win"},
			{Bind, []Answer{Pinned},
				"navigator-connect 9d7a053, algorithm Deliver message: the registration is fixed at connection time", ""},
			{Errors, []Answer{Uniform}, "navigator-connect 9d7a053, algorithm Connect: AbortError in each case",
				"its security section wants refusal and absence to look the same; the algorithm does not level the time"},
			{Handle, []Answer{Port}, "navigator-connect 9d7a053: Promise<MessagePort>", ""},
			{Request, []Answer{None},
				"navigator-connect 9d7a053: connect(url)", "a further parameter is weighed as a \"maybe\""},
			{Pipeline, []Answer{No}, "navigator-connect 9d7a053: the port comes with the promise", ""},
			{Suspend, []Answer{Wake},
				"navigator-connect 9d7a053, algorithm Deliver message: a message starts the worker, as a functional event", ""},
			{Acknowledge, []Answer{None},
				"navigator-connect 9d7a053: postMessage() of both a MessagePort and a client returns nothing", ""},
			{Update, []Answer{Transfer},
				"navigator-connect 9d7a053, algorithm Deliver message: to the active worker, whichever version was asked",
				""},
			{Client, []Answer{OriginOnly},
				"navigator-connect 9d7a053: CrossOriginServiceWorkerClient has origin and targetUrl",
				"targetUrl is what the page asked for, not where the page is"},
			{WorkerList, []Answer{List}, "navigator-connect 9d7a053: crossOriginClients.getAll()", ""},
			{Delivery, []Answer{Global}, "navigator-connect 9d7a053: crossoriginmessage at the global scope", ""},
			{Close, []Answer{CloseEither}, "navigator-connect 9d7a053: a client can close its port",
				"only the page can; the worker's client object has no such method"},
			{WorkerNotice, []Answer{NoticeSilent},
				"navigator-connect 9d7a053: a client that closes its port or is unloaded leaves the list of getAll()",
				"that it leaves only once its messages were delivered is not said"},
			{SameOrigin, []Answer{AskFirst}, "navigator-connect 9d7a053, algorithm Connect: no branch for the same origin",
				"the event is named crossoriginconnect all the same"},
			{NoAnswer, []Answer{Reject},
				"navigator-connect 9d7a053, algorithm Connect: without acceptConnection(), AbortError", ""},
			{Partition, []Answer{Shared}, "navigator-connect 9d7a053, algorithm Connect: Match Scope looks at the url alone",
				"the storage of 2014 had no partitions"},
		},
	},
	{
		// The worker makes the channel and may stash its end in its registration, so there are two systems in one. A
		// port that is not stashed has suspend=sever and delivery=port, a stashed one suspend=wake and delivery=global. The
		// preset allows both, and hence also the two combinations that the proposal does not have.
		//
		// Open although the source speaks of it:
		//   - not-ready: the algorithm Connect has a mere issue there, "probably wait".
		//   - update: which version gets the messages of a stashed port is asked, with the active one as "one option".
		//   - delivery: at the port that is not stashed, at the collection for stashed ones.
		Name:   "navigator-connect-v2",
		Title:  "navigator.connect, second version: a MessagePort at both ends, which the worker may stash or not",
		When:   "March to April 2015",
		Source: "github.com/mkruisselbrink/navigator-connect: docs/api-idea.md, and commit 04b6a89",
		Answers: []Sourced{
			{Match, []Answer{MatchScope},
				"navigator-connect docs/api-idea.md: the target url is within the scope of the worker",
				"the text of the matching that its algorithm Connect calls was backwards at that time (scope-2014)"},
			{Bind, []Answer{Pinned}, "navigator-connect docs/api-idea.md: a stashed port belongs to a registration",
				"one that is not stashed belongs to an instance, and so to its registration as well"},
			{Errors, []Answer{Uniform}, "navigator-connect 04b6a89, algorithm Connect: AbortError in each case",
				"that algorithm is marked as to be defined anew; of the time it takes it says nothing"},
			{PageNotice, []Answer{None}, "navigator-connect 04b6a89, Client Context: MessagePort has no event for that",
				"the same issue says that there should be one"},
			{Handle, []Answer{Port}, "navigator-connect docs/api-idea.md: Promise<MessagePort>", ""},
			{Request, []Answer{None}, "navigator-connect docs/api-idea.md: connect(url); a ConnectEvent has no data", ""},
			{PageList, []Answer{None},
				"navigator-connect docs/api-idea.md: only service workers have a collection of ports", ""},
			{Pipeline, []Answer{No}, "navigator-connect docs/api-idea.md: the port comes with the promise", ""},
			{Suspend, []Answer{Sever, Wake},
				"navigator-connect docs/api-idea.md: a port dies with the worker, a stashed one starts it again",
				"the worker's script chooses for each port"},
			{Acknowledge, []Answer{None},
				"navigator-connect docs/api-idea.md: both ends are MessagePorts, whose postMessage() returns nothing", ""},
			{Client, []Answer{OriginOnly}, "navigator-connect docs/api-idea.md: ConnectEvent has origin and targetURL",
				"targetURL is what the page asked for, not where the page is"},
			{WorkerList, []Answer{List},
				"navigator-connect docs/api-idea.md: self.ports.match(name)", "only stashed ports are in it"},
			{Close, []Answer{CloseEither},
				"navigator-connect 04b6a89, Stashing Ports and Messaging: both ends are used as MessagePorts are",
				"that they can be closed is what HTML says; the proposal does not mention it"},
			{WorkerNotice, []Answer{NoticeSilent},
				"navigator-connect docs/api-idea.md: match() returns the stashed ports that are entangled",
				"of a port that is not stashed it says nothing"},
			{SameOrigin, []Answer{AskFirst},
				"navigator-connect 04b6a89, algorithm Connect: no branch for the same origin", ""},
			{NoAnswer, []Answer{Reject},
				"navigator-connect docs/api-idea.md: accepted only by acceptConnection() with a port", ""},
			{Partition, []Answer{Shared}, "navigator-connect 04b6a89, algorithm Connect: the url alone decides",
				"the storage of 2015 had no partitions"},
		},
	},
	{
		// Open although the source speaks of it:
		//   - not-ready: the algorithm Connect has a mere issue there, "probably wait".
		// What match(), matchAll(), postMessage() and close() do is "to be defined"; the answers about them rest on their
		// existence alone.
		Name:   "navigator-connect-v3",
		Title:  "navigator.services, the third version of navigator.connect: a ServicePort that lives in a collection",
		When:   "June 2015",
		Source: "github.com/mkruisselbrink/navigator-connect at its last commit",
		Answers: []Sourced{
			{Match, []Answer{MatchScope}, "navigator-connect HEAD, algorithm Connect: Match Service Worker Registration",
				"the text of that algorithm was backwards at that time (scope-2014)"},
			{Bind, []Answer{Pinned}, "navigator-connect HEAD, Model: the ports of a worker belong to its registration", ""},
			{Errors, []Answer{Uniform}, "navigator-connect HEAD, algorithm Connect: AbortError in each case",
				"that algorithm is marked as to be defined anew; of the time it takes it says nothing"},
			{PageNotice, []Answer{NoticeEvent}, "navigator-connect HEAD: ServicePortCollection.onclose",
				"it does not say when the event is fired"},
			{Handle, []Answer{ConnectionHandle},
				"navigator-connect HEAD: Promise<ServicePort>; navigator-connect #35: a MessagePort lives in one context only",
				""},
			{Request, []Answer{None}, "navigator-connect HEAD: ServicePortConnectEvent has no data",
				"the name and data that connect() takes stay with the page's own port"},
			{PageList, []Answer{List},
				"navigator-connect HEAD: ServicePortCollection.match() and matchAll()", "their steps are to be defined"},
			{Pipeline, []Answer{No}, "navigator-connect HEAD: the port comes with the promise", ""},
			{Suspend, []Answer{Wake},
				"navigator-connect HEAD, Model: the collection is the registration's; navigator-connect #39: it is persistent", ""},
			{Acknowledge, []Answer{None}, "navigator-connect HEAD: ServicePort.postMessage() returns nothing",
				"navigator-connect #36 weighs a promise (w3c/ServiceWorker#677)"},
			{Update, []Answer{Transfer}, "navigator-connect #39: events go to the active worker only", ""},
			{Client, []Answer{OriginAndID},
				"navigator-connect HEAD: ServicePortConnectEvent has origin and targetURL; respondWith() gives the port a name and data",
				"it is the worker that chooses them; targetURL is what the page asked for, not where the page is"},
			{WorkerList, []Answer{List},
				"navigator-connect HEAD: ServicePortCollection.match() and matchAll()", "their steps are to be defined"},
			{Delivery, []Answer{Global},
				"navigator-connect HEAD: ServicePortCollection.onmessage",
				"at navigator.services, of which a global scope has one"},
			{Close, []Answer{CloseEither}, "navigator-connect HEAD: ServicePort.close()", "its steps are to be defined"},
			{WorkerNotice, []Answer{NoticeEvent},
				"navigator-connect HEAD: a close event of its own for service workers, which extends their life",
				"it does not say when the event is fired"},
			{SameOrigin, []Answer{AskFirst},
				"navigator-connect HEAD, algorithm Connect: no branch for the same origin", ""},
			{NoAnswer, []Answer{Reject}, "navigator-connect HEAD, algorithm Connect: without acceptance, AbortError", ""},
			{Partition, []Answer{Shared}, "navigator-connect HEAD, algorithm Connect: the url alone decides",
				"the storage of 2015 had no partitions"},
		},
	},
	{
		// The one question that it leaves open cannot come up: interrupt-again, as no worker is ever asked about a
		// connection once more.
		Name:   "chromium-2015",
		Title:  "Chromium's implementation of navigator.services, behind a flag",
		When:   "2015",
		Source: "Chromium of 2015: content/browser/navigator_connect and Source/modules/navigatorconnect",
		Answers: []Sourced{
			{Match, []Answer{MatchScope}, "chromium navigator_connect_context_impl.cc: FindRegistrationForDocument", ""},
			{Bind, []Answer{Pinned},
				"chromium navigator_connect_context_impl.cc: a port keeps the id of its registration", ""},
			{Errors, []Answer{Uniform}, "chromium ServicePortCollection.cpp, onError: AbortError, whatever the reason",
				"to pass the reason on was planned"},
			{PageNotice, []Answer{None},
				"chromium navigator_connect_context_impl.cc: to inform the other side is a TODO", ""},
			{Handle, []Answer{ConnectionHandle}, "chromium ServicePortCollection.cpp: resolves with a ServicePort", ""},
			{Request, []Answer{None}, "chromium ServicePortCollection.cpp: name and data go into the page's own port", ""},
			{PageList, []Answer{None},
				"chromium ServicePortCollection.cpp: match() and matchAll() reject with NotSupportedError", ""},
			{Pipeline, []Answer{No}, "chromium ServicePortCollection.cpp, ConnectCallbacks: the port comes with the promise", ""},
			{Collect, []Answer{Keep},
				"chromium ServicePortCollection.cpp, m_ports: a collection holds each of its ports until that is closed", ""},
			{Frozen, []Answer{Refuse},
				"web.dev/bfcache: Chrome has a back/forward cache since version 86 on Android, and 96 elsewhere",
				"without one, a page that is left is gone"},
			{Suspend, []Answer{Wake},
				"chromium navigator_connect_context_impl.cc, DeliverMessage: starts the worker; ports do not keep it alive", ""},
			{Interrupt, []Answer{Reject},
				"chromium service_worker_version.cc: a worker that stops fails its pending connects",
				"it is the browser's process that does; AcceptConnectionObserver.cpp, in the worker's, settles nothing"},
			{Deadline, []Answer{Reject},
				"chromium service_worker_version.cc, kRequestTimeoutMinutes: after five minutes a pending connect is not accepted", ""},
			{NotReady, []Answer{Reject},
				"chromium navigator_connect_context_impl.cc: no active version, no connection", ""},
			{Queue, []Answer{LostWithInstance},
				"chromium navigator_connect_context_impl.cc, DeliverMessage: nothing is done when dispatching fails (NoOpStatusCallback)",
				"a message to a worker that does not run waits until that has started"},
			{Acknowledge, []Answer{None}, "chromium ServicePort.cpp, postMessage: returns nothing", ""},
			{Update, []Answer{Transfer},
				"chromium navigator_connect_context_impl.cc, DeliverMessage: the registration's active version at that time",
				""},
			{Unregister, []Answer{Sever},
				"chromium navigator_connect_context_impl.cc, DeliverMessage: without a registration, a message is dropped",
				"nothing is closed: neither side is told, and the ports stay behind (crbug.com/462744)"},
			{Client, []Answer{OriginOnly}, "chromium ServicePortCollection.cpp, dispatchConnectEvent: targetURL and origin",
				"targetURL is what the page asked for, not where the page is"},
			{WorkerList, []Answer{None},
				"chromium ServicePortCollection.cpp: match() and matchAll() reject with NotSupportedError", ""},
			{Delivery, []Answer{Global}, "chromium ServicePortCollection.cpp, postMessage: an event at the collection",
				"it has no source, so that a worker cannot answer through it"},
			{Close, []Answer{CloseEither}, "chromium ServicePort.cpp, close",
				"it only makes the closer's own port unusable; the other side is not told and can go on to post"},
			{WorkerNotice, []Answer{None},
				"chromium navigator_connect_context_impl.cc: to inform the other side is a TODO", ""},
			{SameOrigin, []Answer{AskFirst},
				"chromium LayoutTests navigatorconnect/connect.html: a page of the same origin is refused too", ""},
			{NoAnswer, []Answer{Reject},
				"chromium AcceptConnectionObserver.cpp, didDispatchEvent: no respondWith() by then, no connection", ""},
			{Partition, []Answer{Shared},
				"chromium navigator_connect_context_impl.cc, FindRegistrationForDocument: the url alone decides",
				"the storage of 2015 had no partitions"},
		},
	},
	{
		// What a page has today if it wants a service worker of another origin to talk to: a hidden iframe of the
		// service's origin passes one end of a MessageChannel to its service worker. What the iframe and the two scripts say
		// to each other is up to them, so the questions about connecting itself, and about what a worker knows of the page,
		// are open: errors, request, pipeline, deadline, not-ready, client, same-origin, no-answer.
		//
		// Open although the source speaks of it:
		//   - collect: HTML 9.4.5 keeps a port that listens for messages for as long as the other end is there, and collects
		//     one that does not. As no browser ships the close event, nobody can tell.
		//   - interrupt-again: it cannot come up, as no worker is ever asked about a connection once more.
		Name:   "messageport-today",
		Title:  "the platform today: a plain MessagePort that a hidden iframe hands to its service worker",
		When:   "2026",
		Source: "the standards HTML and Service Workers, and recordings of three engines",
		Answers: []Sourced{
			{Match, []Answer{MatchScope}, "SW Match Service Worker Registration: the iframe is controlled by scope",
				"the page chooses the url of the iframe, not that of a worker"},
			{Bind, []Answer{Pinned}, "HTML 9.4.4, entangle: a port is entangled with one other port", ""},
			{PageNotice, []Answer{None},
				"recordings of Chromium 156, stop: the page is told nothing; whatwg/html#12797: no browser ships the close event",
				"HTML has had the event since January 2024 (whatwg/html#9933); Chromium has it behind a flag, and will not " +
					"ship it as it is (whatwg/html#10201)"},
			{Handle, []Answer{Port}, "HTML 9.4.4: a MessagePort, which can be transferred", ""},
			{PageList, []Answer{None}, "HTML 9.4: nothing enumerates the ports of a context", ""},
			{Frozen, []Answer{Keep},
				"HTML 9.4.4 and \"fully active\": tasks wait; WPT close-event/entangled-after-back-forward-cache-restore",
				"that test is tentative"},
			{Suspend, []Answer{Sever},
				"recordings of Chromium 156, stop: what the page posts to a worker that was stopped vanishes", ""},
			{Interrupt, []Answer{Hang},
				"SW Terminate Service Worker: message events are discarded, and whoever posted them is not told",
				"the page can give up after a time of its own choice"},
			{Queue, []Answer{LostWithInstance},
				"SW Terminate Service Worker: message tasks are discarded; recordings of Chromium 156, traffic-stop", ""},
			{Acknowledge, []Answer{None}, "HTML 9.4.4: postMessage() returns nothing",
				"whatwg/html#3458 and w3c/ServiceWorker#677 ask for a promise"},
			{Update, []Answer{Sever},
				"SW Try Activate: a port makes no client, so it does not hold back the new version (not pin); SW Terminate " +
					"Service Worker ends the instance, and its objects with it",
				"recordings of Chromium 156 alone (update-skip) leave pin and transfer possible"},
			{Unregister, []Answer{Sever, RunOut},
				"SW Try Clear Registration: the instance ends, and its ports with it; so it is in recordings of three engines, but in " +
					"Chromium 156 it goes on to serve them while a debugger is attached",
				"the iframe is a client, and the registration stays " +
					"as long as the iframe does"},
			{WorkerList, []Answer{None}, "HTML 9.4: nothing enumerates the ports of a context", ""},
			{Delivery, []Answer{Port}, "HTML 9.4.4: a message event is fired at the port", ""},
			{Close, []Answer{CloseEither}, "HTML 9.4.4: close()", ""},
			{WorkerNotice, []Answer{None},
				"recordings of Chromium 156, page-gone: the worker is told nothing; whatwg/html#12797", "see page-notice"},
			{Partition, []Answer{BySite},
				"SW registration map: its key has a storage key; WPT service-workers/service-worker/partitioned.https.html",
				"in Chromium 156, Firefox 153 and WebKitGTK 2.50 a frame in a page of another site did not reach the worker that " +
					"was installed when its own site was visited"},
		},
	},
}

// Presets returns all presets in order of time, the draft in its place. The caller must not change them.
func Presets() []Preset { return presets }

// FindPreset returns the preset of that name. The error is a [*family.UnknownWordError].
func FindPreset(name string) (Preset, error) {
	names := make([]string, len(presets))
	for i, p := range presets {
		if p.Name == name {
			return p, nil
		}
		names[i] = p.Name
	}
	return Preset{}, &family.UnknownWordError{What: "design", Word: name, Valid: names}
}

// Sourced returns what the source of p says about q, if it does.
func (p Preset) Sourced(q Question) (Sourced, bool) {
	i := slices.IndexFunc(p.Answers, func(s Sourced) bool { return s.Question == q })
	if i < 0 {
		return Sourced{}, false
	}
	return p.Answers[i], true
}

// Says returns where the source says so, and how the answer differs from that.
func (s Sourced) Says() string {
	if s.Note == "" {
		return s.Source
	}
	return s.Source + "; " + s.Note
}

// Design returns the partial design of p: its answers, and everything else open.
func (p Preset) Design() family.Cube {
	design := Space.Full()
	for _, s := range p.Answers {
		design = design.And(Where(s.Question, s.Answers...))
	}
	return design
}
