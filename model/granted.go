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
	{"request-alone", "a connect event does not show the url that was asked for, and a worker that refuses goes by credentials",
		"request is a matter of taste where a query can carry them, and gives way without refuses-first alone where the origin is enough",
		"draft 44; navigator-connect 04b6a89 has targetURL"},
	{"kill-like-suspend", "suspend says what becomes of a connection when its worker is killed, too",
		"an answer that keeps a worker running and restores its connections after a crash has survives-kill and hides-suspend-timed, " +
			"and page-list, worker-list and delivery are settled",
		"draft 111 speaks of suspension"},
	{"install-outlasts", "an install may take longer than the delay of errors=uniform-timed",
		"first-visit, presence-hidden-timed and reaches-installed can all be had, and not-ready=wait is settled",
		"SW, Install has no limit"},
	{"starts-show", "no answer or message is held back to hide that a worker had to start",
		"with such a delay an idle worker can be stopped unseen, and suspend is settled",
		"draft 111"},
	{"hanging-runs", "no browser ends an instance because the handler of a connect event hangs",
		"deadline is a matter of taste",
		"SW, timed out flag"},
	{"at-least-once", "a message whose handler was killed is to be handled again",
		"at most once is what queue=lost gives, and queue=kept costs something",
		"draft 115 is silent"},
	{"ids-alone", "a worker knows a connection again by its id alone, not by what a repeated request says",
		"client=origin costs nothing where every page names itself in its request and events are repeated",
		"navigator-connect v3, name and data"},
	{"script-ties", "match=script has no rule for two registrations with one script",
		"with the longest scope among them, match hangs on match-agrees alone, and bind on match-pinned",
		"draft 39"},
	{"ports-travel", "a handle that can be transferred can cross origins",
		"a MessagePort that stays within its origin breaks one-context alone (argued, not searched)",
		"draft 43; HTML, transferable objects"},
	{"held-connections", "hides-suspend-timed is about pages that hold a connection",
		"no design has it, as whoever connects anew can time the start of the worker; then suspend=keepalive gains nothing",
		"draft 45"},
	{"silent-end", "accounts-loss forgives a worker whose end the browser takes (worker-notice=silent) what it had posted",
		"it takes a list or acknowledgements to know, and page-list=none is excluded by accounts-loss, page-reach and hides-collection",
		"navigator-connect 9d7a053; draft 116"},
	{"reductions", "the search leaves out what makes no difference to any connection, and steps that bring nothing or can wait",
		"verdicts could differ: that they do not is shown by tests that compare them with searches which leave nothing out",
		"props/reductions_test.go"},
}

// AllGranted returns what the rules take for granted.
func AllGranted() []Granted { return slices.Clone(granted) }
