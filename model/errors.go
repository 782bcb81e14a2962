package model

// This file is the list of errors that the draft asks for (draft 41), by cause.
//
// A url that does not parse is a TypeError whatever the design: it is found out before anything is looked up, and tells
// nothing about any service (see [ParseURL]). Everything else is a rejection with one of the causes below.

// UniformName is the name that every refusal has where they share one: that of navigator-connect, whose algorithm
// Connect rejects with it in all cases.
const UniformName = "AbortError"

// distinctNames are the names of a design that tells causes apart. No ancestor had such a list; these are the
// DOMExceptions (Web IDL, "DOMException names") that come nearest to each cause.
var distinctNames = map[Cause]string{
	CauseNoRegistration: "NotFoundError",
	CauseNotReady:       "InvalidStateError",
	CauseRefused:        "NotAllowedError",
	CauseNoAnswer:       "NotSupportedError",
	CauseInterrupted:    "NetworkError",
}

// RejectionCauses are the causes that connect() can be rejected with once its url was parsed.
func RejectionCauses() []Cause {
	return []Cause{CauseNoRegistration, CauseNotReady, CauseRefused, CauseNoAnswer, CauseInterrupted}
}

// RejectionName returns the name of the DOMException that the promise is rejected with for a cause.
func RejectionName(c Cause, ask Ask) string {
	if ask(Errors) == Distinct {
		return distinctNames[c]
	}
	return UniformName
}
