package model

import "strings"

// EventKind names something that a step does and that somebody could observe or a property speaks of.
type EventKind uint8

const (
	_ EventKind = iota

	Resolved         // the page's promise is resolved with a handle
	Rejected         // the page's promise is rejected; Cause
	Abandoned        // a connect event is gone, nothing will ever settle the promise of Page or take its connection up again
	Hangs            // the handler of a connect event at Version will never come to an answer
	Dispatched       // a connect event is dispatched at Version; Again when the connection was accepted before
	Accepted         // Version accepts; Cause tells what did it: CauseScript, CauseSilence or CauseSameOrigin
	AskedLater       // the connection waits for a connect event at a new version, or for another one
	Posted           // Message is posted by Page or, where Page is 0, by Version
	Delivered        // Message reaches Page or, where Page is 0, Version
	Handled          // Version has handled Message
	Lost             // Message will never be delivered; Version is the active or newest one, or 0 for a message of a page
	Cut              // the worker's side of the connection ends; Cause; Page holds the other end, or 0 if nobody does
	WorkerEndGone    // the browser takes the worker's end, whose page is gone
	PageSideEnded    // the page's side of the connection ends; Cause
	PageNoticeSent   // a notice of the end is on its way to Page; Cause
	PageNoticeLost   // it arrives and nobody listens
	PageKnows        // Page knows that its connection is down
	WorkerNoticeSent // a notice of the end is on its way to the worker; Cause
	WorkerKnows      // the worker's script knows, and lets go of its end
	ObjectGone       // the worker's object for the connection is gone with the instance that held it; Cause
	HandleLost       // Page has no reference to its handle any more
	HandleMoved      // the handle moves on to Page
	ListeningStarts  // Page listens for the end of its connection
	PageGone         // Page goes away
	PageFrozen       // Page is frozen, and thaws later
	WorkerStarts     // Version has a running instance; Cause is CausePageGone if only to be told that pages are gone
	StartFails       // Version could not be started
	WorkerStops      // it has none any more; Cause
	StateChanges     // Version is now in State
	RegistrationGone // the registration is cleared, or its first version failed to install
	RegistrationIs   // the registration is made, or unregistered; Status
	ClientControlled // a same-origin client is controlled by Version
	ClientGone       // it is closed
)

// Event is what a step reports. Fields that the kind does not speak of are zero.
type Event struct {
	Kind       EventKind
	Connection uint8
	Page       uint8
	Version    Version
	Message    Message
	Again      bool
	Cause      Cause
	State      WorkerState
	Status     Status
}

// eventKinds holds a record for each kind of event.
var eventKinds = [...]struct {
	// syntax is how events of this kind are written: a word and its arguments. One in brackets is left out where it is
	// zero; of two with a bar between them there is one.
	syntax string
	text   string // what kind of thing happens
	told   string // what happened; words in capitals stand for arguments, see [Event.Describe]
	// flagged is what happened where the event is marked "again" or "stranger", or has a cause where it need not have one;
	// empty where that reads the same.
	flagged string
}{
	Resolved: {
		syntax: "resolved P C", text: "a promise is resolved",
		told: "the promise of P is resolved: it holds C",
	},
	Rejected: {
		syntax: "rejected P C CAUSE", text: "a promise is rejected",
		told: "the promise of P is rejected: CAUSE",
	},
	Abandoned: {
		syntax: "abandoned [P] C CAUSE [again]", text: "a connect event is gone for good",
		told:    "the connect event of C is gone for good: nothing will ever settle the promise",
		flagged: "the connect event of C is gone for good, and the connection with it",
	},
	Hangs: {
		syntax: "hangs V C [again]", text: "a handler of a connect event hangs",
		told: "the handler of V for the connect event of C hangs: it will never come to an answer",
	},
	Dispatched: {
		syntax: "dispatched V C [again]", text: "a connect event is dispatched",
		told:    "V gets a connect event for C",
		flagged: "V gets a connect event for C, which was accepted before",
	},
	Accepted: {
		syntax: "accepted V C CAUSE [again]", text: "a connection is accepted",
		told: "V has C: CAUSE",
	},
	AskedLater: {
		syntax: "asked-later C CAUSE", text: "a connection waits for another connect event",
		told: "C waits for a new connect event: CAUSE",
	},
	Posted: {
		syntax: "posted P|V C M [stranger]", text: "a message is posted",
		told: "PARTY posts M on C",
	},
	Delivered: {
		syntax: "delivered P|V C M [stranger]", text: "a message is delivered",
		told:    "PARTY receives M on C",
		flagged: "PARTY receives M on C, posted by a page of an origin that it never accepted",
	},
	Handled: {
		syntax: "handled V C M [stranger]", text: "a message is handled",
		told: "V has handled M on C",
	},
	Lost: {
		syntax: "lost [P|V] C M [stranger]", text: "a message is lost",
		told: "M of SENDER on C is lost",
	},
	Cut: {
		syntax: "cut [P] V C CAUSE", text: "a connection ends at the worker's side",
		told: "C ends at the worker's side: CAUSE",
	},
	WorkerEndGone: {
		syntax: "worker-end-gone C", text: "the browser takes a worker's end whose page is gone",
		told: "C ends at the worker's side, and nobody is told: its page is gone",
	},
	PageSideEnded: {
		syntax: "page-side-ended P C CAUSE", text: "a connection ends at the page's side",
		told: "C ends at the page's side: CAUSE",
	},
	PageNoticeSent: {
		syntax: "page-notice-sent P C CAUSE", text: "a notice is sent to a page",
		told: "a notice that C is down is on its way to P: CAUSE",
	},
	PageNoticeLost: {
		syntax: "page-notice-lost P C", text: "a notice to a page is lost",
		told: "P does not listen: the notice that C is down is lost",
	},
	PageKnows: {
		syntax: "page-knows P C", text: "a page knows that its connection is down",
		told: "P knows that C is down",
	},
	WorkerNoticeSent: {
		syntax: "worker-notice-sent C CAUSE", text: "a notice is sent to a worker",
		told: "a notice that C is down is on its way to the worker: CAUSE",
	},
	WorkerKnows: {
		syntax: "worker-knows V C", text: "a worker knows that a page is gone",
		told: "V knows that the page of C is gone, and lets go",
	},
	ObjectGone: {
		syntax: "object-gone V C CAUSE", text: "an object for a connection is gone with its instance",
		told: "C outlives the instance, but the script's object for it is gone: CAUSE",
	},
	HandleLost: {
		syntax: "handle-lost P C", text: "a handle is out of reach",
		told: "no script of P can use its handle of C any more, unless it finds it in a list",
	},
	HandleMoved: {
		syntax: "handle-moved P C", text: "a handle moves to another page",
		told: "P now holds C",
	},
	ListeningStarts: {
		syntax: "listening-starts P C", text: "a page listens",
		told: "P listens for the end of C",
	},
	PageFrozen: {
		syntax: "page-frozen P", text: "a page is frozen",
		told: "P is frozen, and thaws later",
	},
	StartFails: {
		syntax: "start-failed V", text: "a worker fails to start",
		told: "V fails to start",
	},
	PageGone: {
		syntax: "page-gone P", text: "a page is gone",
		told: "P is gone",
	},
	WorkerStarts: {
		syntax: "started V [CAUSE]", text: "a worker starts",
		told:    "V runs",
		flagged: "V runs, only to be told that a page is gone",
	},
	WorkerStops: {
		syntax: "stopped V CAUSE", text: "a worker stops",
		told: "V stops running: CAUSE",
	},
	StateChanges: {
		syntax: "state V STATE", text: "a worker's state changes",
		told: "V is STATE",
	},
	RegistrationGone: {
		syntax: "registration-gone", text: "a registration is gone",
		told: "nothing is registered any more",
	},
	RegistrationIs: {
		syntax: "registration STATUS", text: "a registration is made or unregistered",
		told: "STATUS",
	},
	ClientControlled: {
		syntax: "client-controlled V", text: "a client is controlled",
		told: "V controls a document of its own origin",
	},
	ClientGone: {
		syntax: "client-gone V", text: "a controlled client is gone",
		told: "no document is controlled any more",
	},
}

// EventKinds returns all kinds of events in their order.
func EventKinds() []EventKind {
	var kinds []EventKind
	for k := Resolved; int(k) < len(eventKinds); k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// Text returns what events of kind k are about.
func (k EventKind) Text() string { return eventKinds[k].text }

// Syntax returns how an event of kind k is written, see [ParseEvent].
func (k EventKind) Syntax() string { return eventKinds[k].syntax }

// String returns the first word of [EventKind.Syntax].
func (k EventKind) String() string {
	word, _, _ := strings.Cut(k.Syntax(), " ")
	return word
}

// WorkerState is the state of a service worker (SW 3.1 "state").
type WorkerState uint8

const (
	_ WorkerState = iota
	Installing
	Installed
	Activating
	Activated
	Redundant
)

var stateWords = []string{
	Installing: "installing", Installed: "installed", Activating: "activating", Activated: "activated", Redundant: "redundant",
}

func (s WorkerState) String() string { return stateWords[s] }
