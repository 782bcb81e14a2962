package model

// EventKind names something that a step does and that somebody could observe or a property speaks of.
type EventKind uint8

const (
	_ EventKind = iota

	Resolved         // the page's promise is resolved with a handle
	Rejected         // the page's promise is rejected; Cause
	Abandoned        // a connect event is gone, nothing will ever settle the promise of Page or take its connection up again
	Dispatched       // a connect event is dispatched at Version; Again when the connection existed before
	Accepted         // Version accepts; Cause tells what did it: CauseScript, CauseSilence or CauseSameOrigin
	AskedLater       // the connection waits for a connect event at a new version, or for another one
	Posted           // Message is posted by Page or, where Page is 0, by Version
	Delivered        // Message reaches Page or, where Page is 0, Version
	Lost             // Message will never be delivered; Version is that of its worker, or 0 for a message of a page
	Cut              // the worker's side of the connection ends; Cause; Page holds the other end, or 0 if nobody does
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
	WorkerStarts     // Version has a running instance
	WorkerStops      // it has none any more; Cause
	StateChanges     // Version is now in State
	RegistrationGone // the registration is cleared, or its first version failed to install
	RegistrationIs   // Status of the registration changes: made or unregistered
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

// Cause is why a promise is rejected, a connection ends, or a worker stops.
type Cause uint8

const (
	_ Cause = iota

	// Causes that connect() can be rejected with.
	CauseNoRegistration // nothing is registered for the url
	CauseNotReady       // a registration, but no active worker
	CauseRefused        // the worker's script refused
	CauseNoAnswer       // no handler answered the connect event
	CauseInterrupted    // the worker was stopped while the connect event was pending

	// Causes that a connection ends with.
	CauseSuspend    // the idle worker was suspended
	CauseKill       // the worker was killed
	CauseUpdate     // a new version became active
	CauseUnregister // the registration was cleared
	CauseWorker     // the worker's script closed its end
	CausePage       // the page closed its end
	CausePageGone   // the page went away

	// Ways in which a connection is accepted.
	CauseScript     // the worker's script accepted
	CauseSilence    // no handler answered, and silence is acceptance
	CauseSameOrigin // a page of the service's own origin is not asked
)
