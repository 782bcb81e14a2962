package model

import "testing"

func TestWorkerSteps(t *testing.T) { playAll(t, workerScenarios) }

// toAskAgain brings connection 1 to where version 2 has yet to be asked about it, under update=reaccept.
const toAskAgain = accepted + updated

// askingAgain has version 2 asked.
const askingAgain = toAskAgain + "given browser dispatch c1\n"

var workerScenarios = []scenario{
	// The connect event.
	{
		reason: "draft 88: a promise that resolves accepts, once, and the page gets its handle",
		script: requested + `
			not worker post c1, worker receive c1, worker learn c1, worker close c1
			worker accept c1: accepted v1 c1 script; resolved p1 c1
			not worker accept c1, worker reject c1, worker ignore c1
			p1 post c1: posted p1 c1 m1`,
	},
	{
		reason: "draft 88: one that rejects refuses, once",
		script: requested + `
			worker reject c1: rejected p1 c1 refused
			not worker accept c1, worker reject c1, worker ignore c1, worker post c1, browser dispatch c1`,
	},
	{
		reason: "draft 23: without an answer there is no acceptance",
		design: "no-answer=reject",
		script: requested + `
			worker ignore c1: rejected p1 c1 no-answer
			not worker accept c1, worker reject c1, worker ignore c1`,
	},
	{
		reason: "tubes 2e6541f: acceptance is the default; but the script has not touched the port",
		design: "no-answer=accept, worker-list=none",
		script: requested + `
			worker ignore c1: accepted v1 c1 silence; resolved p1 c1
			not worker post c1, worker accept c1`,
	},
	{
		reason: "no event is pending before it is dispatched",
		script: `
			given p1 connect c1, browser start
			not worker accept c1, worker reject c1, worker ignore c1`,
	},
	{
		reason: "each connection has an event of its own",
		script: requested + `
			given p3 connect c2, browser dispatch c2
			worker accept c2: accepted v1 c2 script; resolved p3 c2
			worker reject c1: rejected p1 c1 refused
			worker post c2: posted v1 c2 m1`,
	},
	{
		reason: "draft 111: the new version accepts for itself, and the page notices nothing",
		design: "update=reaccept",
		script: askingAgain + `
			not worker post c1, worker receive c1
			worker accept c1: accepted v2 c1 script again
			worker post c1: posted v2 c1 m1
			p1 receive c1: delivered p1 c1 m1`,
	},
	{
		reason: "a new version that refuses ends the connection, and what waited for it is lost",
		design: "update=reaccept, page-notice=state",
		script: toAskAgain + `
			given p1 post c1, browser dispatch c1
			worker reject c1: cut p1 v2 c1 refused; lost p1 c1 m1; page-notice-sent p1 c1 refused
			not worker accept c1, worker receive c1
			p1 learn c1: page-knows p1 c1`,
	},
	{
		reason: "a new version that does not answer ends the connection, too",
		design: "update=reaccept, page-notice=none, no-answer=reject",
		script: askingAgain + `
			worker ignore c1: cut p1 v2 c1 no-answer
			p1 post c1: posted p1 c1 m1; lost p1 c1 m1`,
	},
	{
		reason: "unless silence is acceptance: then the new version has it, and no object for it",
		design: "update=reaccept, no-answer=accept, worker-list=none",
		script: askingAgain + `
			worker ignore c1: accepted v2 c1 silence again
			not worker post c1`,
	},

	{
		reason: "HTML 9.4.5: a page without a reference to its handle is not gone, and asked about",
		design: "update=reaccept",
		script: accepted + waiting + `
			given p1 lose c1
			browser activate: state v1 redundant; object-gone v1 c1 updated; asked-later c1 updated; state v2 activating
			given browser activated, browser dispatch c1
			worker accept c1: accepted v2 c1 script again
			worker post c1: posted v2 c1 m1
			p1 receive c1: delivered p1 c1 m1`,
	},

	// Handlers that hang (w3c/ServiceWorker#1292), and for how long the browser waits.
	{
		reason: "scripts=answer: no handler hangs",
		design: "scripts=answer",
		script: requested + `
			not worker hang c1, browser give-up c1`,
	},
	{
		reason: "scripts=may-hang: one that hangs never answers, and its event is pending for ever",
		design: "scripts=may-hang, deadline=none",
		script: requested + `
			given service update, browser installed, service skip-waiting
			worker hang c1: hangs v1 c1
			not worker accept c1, worker reject c1, worker ignore c1, worker hang c1, browser give-up c1
			not browser suspend, browser activate`,
	},
	{
		reason: "a handler hangs once, however many faults are left",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 2, Kills: 1},
		design: "scripts=may-hang",
		script: requested + `
			worker hang c1: hangs v1 c1
			not worker hang c1`,
	},
	{
		reason: "it keeps an unregistered registration, too",
		design: "scripts=may-hang",
		script: requested + `
			given worker hang c1, service unregister
			not browser clear`,
	},
	{
		reason: "each event has a handler of its own, and the script goes on",
		bounds: Bounds{Pages: 3, Connections: 3, Versions: 1, Messages: 1, Faults: 1, Kills: 1},
		design: "scripts=may-hang, deadline=reject",
		script: accepted + `
			given p3 connect c2, browser dispatch c2, p3 connect c3, browser dispatch c3
			worker hang c2: hangs v1 c2
			not browser give-up c3
			worker post c1: posted v1 c1 m1
			worker accept c3: accepted v1 c3 script; resolved p3 c3
			browser give-up c2: rejected p3 c2 deadline`,
	},
	{
		reason: "deadline=reject: the browser gives up (SW timed out flag), and no event is pending any more",
		design: "scripts=may-hang, deadline=reject",
		script: requested + `
			given worker hang c1
			not browser suspend
			browser give-up c1: rejected p1 c1 deadline
			not browser give-up c1, worker accept c1
			browser suspend: stopped v1 suspended`,
	},
	{
		reason: "it does not give up on a handler that will answer: one that takes too long is as if it refused",
		script: requested + `
			not browser give-up c1
			worker accept c1: accepted v1 c1 script; resolved p1 c1
			not browser give-up c1`,
	},
	{
		reason: "deadline=reject: a connection that was accepted before ends, as if the new version had refused",
		design: "scripts=may-hang, deadline=reject, update=reaccept, page-notice=state",
		script: toAskAgain + `
			given p1 post c1, browser dispatch c1
			worker hang c1: hangs v2 c1 again
			browser give-up c1: cut p1 v2 c1 deadline; lost p1 c1 m1; page-notice-sent p1 c1 deadline
			not browser give-up c1`,
	},
	{
		reason: "deadline=reject: nor does the page that leaves take a handler that hangs back",
		design: "scripts=may-hang, deadline=reject",
		script: requested + `
			given worker hang c1
			p1 leave: page-gone p1
			not browser suspend
			browser give-up c1
			browser suspend: stopped v1 suspended`,
	},
	{
		reason: "a kill interrupts a handler that hangs like any other, and the next one may answer",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 2, Kills: 2},
		design: "scripts=may-hang, interrupt=retry",
		script: requested + `
			given worker hang c1
			browser kill: stopped v1 killed; asked-later c1 killed
			given browser start, browser dispatch c1
			worker accept c1: accepted v1 c1 script; resolved p1 c1`,
	},
	{
		reason: "to hang is a fault, of which there are as many as the bounds allow",
		design: "scripts=may-hang",
		script: requested + `
			given p3 connect c2, browser dispatch c2, worker hang c1
			not worker hang c2, browser kill`,
	},

	// What a connection needs.
	{
		reason: "SW Fire Functional Event: messages wait while the worker is activating",
		design: "update=transfer, delivery=global, close=close, page-notice=none",
		script: accepted + waiting + `
			browser activate: state v1 redundant; object-gone v1 c1 updated; state v2 activating
			given p1 post c1
			not worker post c1, worker receive c1, worker close c1
			browser activated: state v2 activated
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1
			worker close c1: cut p1 v2 c1 closed-by-worker`,
	},
	{
		reason: "a worker that does not run does nothing",
		design: "suspend=wake, delivery=global, close=close, worker-notice=event",
		script: accepted + `
			given browser suspend, p1 post c1
			not worker post c1, worker receive c1, worker close c1
			browser start: started v1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended
			given p1 close c1
			not worker learn c1
			browser start: started v1 page-gone
			worker learn c1: worker-knows v1 c1`,
	},
	{
		reason: "a worker's end that is gone can do nothing",
		design: "close=close, page-notice=none, own-close=drop",
		script: accepted + `
			given p1 post c1, worker close c1
			not worker post c1, worker receive c1, worker close c1, worker learn c1`,
	},

	// What a new instance can get at (draft 113 and 115).
	{
		reason: "draft 113: without a list a new instance has no object to post or close with, nor a port to receive at",
		design: "suspend=wake, worker-list=none, delivery=port",
		script: accepted + `
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended
			given p1 post c1, browser start
			not worker post c1, worker close c1, worker receive c1`,
	},
	{
		reason: "draft 115: a handler on the global scope receives all the same, and the event brings the object along",
		design: "suspend=wake, worker-list=none, delivery=global",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			not worker post c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker post c1: posted v1 c1 m1`,
	},
	{
		reason: "draft 113: a new instance that lists its connections can receive at the port that it finds",
		design: "suspend=wake, worker-list=list, delivery=port, lists=at-once",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "lists=never: one that does not look them up in time receives nothing at a port, however long it runs",
		design: "suspend=wake, worker-list=list, delivery=port, lists=never",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			not worker receive c1`,
	},
	{
		reason: "lists=never: the list still helps to post, and who has the port then receives at it",
		design: "suspend=wake, worker-list=list, delivery=port, lists=never",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			not worker receive c1
			worker post c1: posted v1 c1 m1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "lists=never: or to close, and nothing arrives where there is no handler, whatever becomes of what waits",
		design: "suspend=wake, worker-list=list, lists=never, delivery=port, close=close, page-notice=none, own-close=arrive",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			not worker receive c1
			worker close c1: cut p1 v1 c1 closed-by-worker; lost p1 c1 m1`,
	},
	{
		reason: "draft 115: a handler on the global scope needs no list, whatever scripts look up",
		design: "suspend=wake, delivery=global",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "draft 113: it can post, and then has an object that goes with it",
		design: "suspend=wake, worker-list=list, queue=kept",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			worker post c1: posted v1 c1 m1
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended
			not browser suspend`,
	},
	{
		reason: "an instance that accepted needs neither a list nor a global handler to receive",
		design: "suspend=wake",
		script: accepted + `
			given worker post c1, p1 post c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended`,
	},
	{
		reason: "draft 113: a new instance can close what it finds",
		design: "suspend=wake, worker-list=list, close=close, page-notice=none, own-close=drop",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			worker close c1: cut p1 v1 c1 closed-by-worker; lost p1 c1 m1`,
	},
	{
		reason: "own-close=arrive: and what waits there arrives, at the handler that it installed",
		design: "suspend=wake, worker-list=list, lists=at-once, close=close, page-notice=none, own-close=arrive, delivery=port",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			worker close c1: delivered v1 c1 m1; handled v1 c1 m1; cut p1 v1 c1 closed-by-worker`,
	},

	// Messages, notices, and the end of the worker's side (draft 116).
	{
		reason: "a message counts as under way until it is received, wherever it is",
		script: accepted + `
			worker post c1: posted v1 c1 m1
			not worker post c1
			p1 receive c1: delivered p1 c1 m1
			worker post c1: posted v1 c1 m2`,
	},
	{
		reason: "HTML message port post message steps: without the other end a message is lost",
		design: "worker-notice=none",
		script: accepted + `
			given p1 leave
			worker post c1: posted v1 c1 m1; lost v1 c1 m1
			not worker post c1`,
	},
	{
		reason: "draft 116: the notice that the page is gone comes after its messages, and frees the worker's end",
		design: "worker-notice=event",
		script: accepted + `
			not worker learn c1
			given p1 post c1
			p1 leave: page-gone p1; page-side-ended p1 c1 page-gone; worker-notice-sent c1 page-gone
			not worker learn c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker learn c1: worker-knows v1 c1
			not worker learn c1, worker post c1`,
	},
	{
		reason: "worker-notice=silent: the browser takes the worker's end once it is drained, and nobody is told",
		design: "worker-notice=silent",
		script: accepted + `
			not browser release c1
			given p1 post c1
			p1 leave: page-gone p1; page-side-ended p1 c1 page-gone
			not browser release c1, worker learn c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			browser release c1: worker-end-gone c1
			not browser release c1, worker post c1`,
	},
	{
		reason: "worker-notice=silent: no instance has to be started for it",
		design: "worker-notice=silent, suspend=wake",
		script: accepted + `
			given browser suspend
			given p1 leave
			not browser start
			browser release c1: worker-end-gone c1`,
	},
	{
		reason: "worker-notice=silent: it takes one that is accepted for a page that is gone by then",
		design: "worker-notice=silent",
		script: requested + `
			given p1 leave
			worker accept c1: accepted v1 c1 script
			browser release c1: worker-end-gone c1`,
	},
	{
		reason: "worker-notice=none: nobody takes it",
		design: "worker-notice=none",
		script: accepted + `
			given p1 leave
			not browser release c1, worker learn c1`,
	},
	{
		reason: "worker-notice=event: the browser leaves it to the script to let go",
		design: "worker-notice=event",
		script: accepted + `
			given p1 leave
			not browser release c1
			worker learn c1: worker-knows v1 c1`,
	},
	{
		reason: "draft 116: where nobody can close a connection, the worker cannot",
		design: "close=none",
		script: accepted + `
			not worker close c1`,
	},
	{
		reason: "what the page posted is lost when the worker closes, in order; what the worker posted is not",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2},
		design: "close=close, page-notice=event, own-close=drop",
		script: accepted + `
			given worker post c1, p1 post c1, p1 post c1, worker receive c1, p1 post c1
			worker close c1: cut p1 v1 c1 closed-by-worker; lost p1 c1 m2; lost p1 c1 m3; page-notice-sent p1 c1 closed-by-worker
			p1 receive c1: delivered p1 c1 m1`,
	},
	{
		reason: "own-close=arrive: it is not lost then, and arrives before the page is told",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2},
		design: "close=close, page-notice=event, own-close=arrive",
		script: accepted + `
			given p1 post c1, p1 post c1, worker receive c1, p1 post c1
			worker close c1: delivered v1 c1 m2; handled v1 c1 m2; delivered v1 c1 m3; handled v1 c1 m3; ` +
			`cut p1 v1 c1 closed-by-worker; page-notice-sent p1 c1 closed-by-worker`,
	},
	{
		reason: "own-close: is not asked where nothing waits",
		design: "close=close, page-notice=event",
		script: accepted + `
			given p1 post c1, worker receive c1
			worker close c1: cut p1 v1 c1 closed-by-worker; page-notice-sent p1 c1 closed-by-worker`,
	},
	{
		reason: "a worker that closes an end whose page is gone tells nobody",
		design: "worker-notice=event, close=close",
		script: accepted + `
			given p1 leave
			worker close c1: cut v1 c1 closed-by-worker
			not worker learn c1`,
	},
}
