package model

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
	CauseStartFailed    // the worker could not be started
	CauseDeadline       // no answer came in time

	// Causes that a connection ends with.
	CauseSuspend    // the idle worker was suspended
	CauseKill       // the worker was killed
	CauseUpdate     // a new version became active
	CauseUnregister // the registration was cleared
	CauseWorker     // the worker's script closed its end
	CausePage       // the page closed its end
	CausePageGone   // the page went away
	CauseCollected  // no script of the page could reach its end
	CauseFrozen     // the page was frozen

	// Ways in which a connection is accepted.
	CauseScript     // the worker's script accepted
	CauseSilence    // no handler answered, and silence is acceptance
	CauseSameOrigin // a page of the service's own origin is not asked
)

// causes holds a record for each cause.
//
// Those that connect() can be rejected with are the list of errors that the draft asks for (draft 41). A url that does
// not parse is not among them: it is a TypeError whatever the design, found out before anything is looked up, and tells
// nothing about any service (see [ParseURL]).
var causes = [...]struct {
	word string // as events are written
	text string // why, to follow a comma or "because"
	// name is that of the rejection in a design that tells causes apart. No ancestor had such a list; these are the
	// DOMExceptions (Web IDL, "DOMException names") that come nearest to each cause.
	name string
}{
	CauseNoRegistration: {"no-registration", "nothing is registered for the url", "NotFoundError"},
	CauseNotReady:       {"not-ready", "there is no active worker yet", "InvalidStateError"},
	CauseRefused:        {"refused", "the worker refused", "NotAllowedError"},
	CauseNoAnswer:       {"no-answer", "no handler answered", "NotSupportedError"},
	CauseInterrupted:    {"interrupted", "the worker was stopped while it was asked", "NetworkError"},
	CauseStartFailed:    {"start-failed", "the worker could not be started", "NetworkError"},
	CauseDeadline:       {"deadline", "no answer came in time", "TimeoutError"},
	CauseSuspend:        {"suspended", "the worker was suspended", ""},
	CauseKill:           {"killed", "the worker was killed", ""},
	CauseUpdate:         {"updated", "a new version took over", ""},
	CauseUnregister:     {"cleared", "the registration was cleared", ""},
	CauseWorker:         {"closed-by-worker", "the worker closed its end", ""},
	CausePage:           {"closed-by-page", "the page closed its end", ""},
	CausePageGone:       {"page-gone", "the page is gone", ""},
	CauseCollected:      {"collected", "no script could reach the page's end any more", ""},
	CauseFrozen:         {"frozen", "the page was frozen", ""},
	CauseScript:         {"script", "its script accepted it", ""},
	CauseSilence:        {"silence", "silence is acceptance", ""},
	CauseSameOrigin:     {"same-origin", "a page of its own origin is not asked", ""},
}

// Text returns the cause as a clause.
func (c Cause) Text() string { return causes[c].text }

// String returns the cause as events are written.
func (c Cause) String() string { return causes[c].word }

// RejectionCauses are the causes that connect() can be rejected with once its url was parsed.
func RejectionCauses() []Cause {
	var all []Cause
	for c := range causes {
		if causes[c].name != "" {
			all = append(all, Cause(c))
		}
	}
	return all
}

// UniformName is the name that every refusal has where they share one: that of navigator-connect, whose algorithm
// Connect rejects with it in all cases.
const UniformName = "AbortError"

// RejectionName returns the name of the DOMException that the promise is rejected with for a cause.
func RejectionName(c Cause, ask Ask) string {
	if ask(Errors) == Distinct {
		return causes[c].name
	}
	return UniformName
}
