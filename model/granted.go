package model

import "slices"

// Granted is something that the rules take for granted and that no question or assumption leaves open, with what it could turn
// over if it were otherwise. The texts are clauses; answers in them are written as designs have them.
type Granted struct {
	ID        string
	Says      string // what is taken for granted
	Otherwise string // what it could turn over, to follow "otherwise"
	Source    string // where a text speaks of it, or is silent
}

// granted has what is taken for granted, in the order in which it is told. What it could turn over was found by changing the
// rule and searching again, but for what the texts say is argued.
var granted = []Granted{
	{"handlers-end", "handlers of install and activate events come to an end",
		"no design has settles; update=sever, not-ready=wait and partition=by-site are all that is left of these questions",
		"SW, Install and Activate wait for waitUntil(); browsers set limits of their own"},
	{"few-faults", "a history has few faults, and what is tried again succeeds in the end",
		"interrupt=retry leaves promises pending where a worker crashes at each start, unless a deadline covers the starts as well " +
			"(argued, not searched)",
		"SW, Run Service Worker may fail each time; draft 110"},
	{"retry-in-time", "a connect event that is dispatched again is answered within the delay of errors=uniform-timed",
		"interrupt=retry breaks presence-hidden-timed, and costs something where partition=shared",
		"draft 41 and 110 name no time"},
	{"deadline-scope", "deadline=reject is about a connect event that a handler has, neither one that is gone with its instance nor one for which " +
		"no worker starts",
		"interrupt=hang costs nothing where the deadline covers those, too, and interrupt is a matter of taste",
		"SW, timed out flag: it is about a running event"},
	{"pipelined-later", "with pipeline=yes a worker gets the first messages only after it has accepted",
		"they can carry credentials, and request is a matter of taste",
		"Tubes, API.md; draft 44"},
	{"held-connections", "hides-suspend-timed is about pages that hold a connection",
		"no design has it, as whoever connects anew can time the start of the worker; then suspend=keepalive gains nothing",
		"draft 45"},
	{"silent-end", "accounts-loss forgives a worker whose end the browser takes (worker-notice=silent) what it had posted",
		"it takes a list or acknowledgements to know, and page-list=none is excluded by accounts-loss, page-reach and hides-collection",
		"navigator-connect 9d7a053; draft 116"},
	{"reductions", "the search leaves out what no connection can feel, and steps that bring nothing",
		"verdicts could differ: that they do not is shown by tests that compare them with searches which leave nothing out",
		"props/reductions_test.go"},
}

// AllGranted returns what the rules take for granted.
func AllGranted() []Granted { return slices.Clone(granted) }
