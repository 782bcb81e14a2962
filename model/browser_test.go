package model

import "testing"

func TestBrowserSteps(t *testing.T) { playAll(t, browserScenarios) }

var browserScenarios = []scenario{
	// Requests.
	{
		reason: "draft 25 and 64: a request is taken to the running, active worker, once",
		script: `
			not browser dispatch c1
			p1 connect c1
			not browser dispatch c1, browser dispatch c2
			browser start: started v1
			browser dispatch c1: dispatched v1 c1
			not browser dispatch c1`,
	},
	{
		reason: "draft 21: there is no connection to what is not installed",
		script: `
			from nothing
			p1 connect c1
			not browser start
			browser dispatch c1: rejected p1 c1 no-registration
			not browser dispatch c1`,
	},
	{
		reason: "SW Unregister: a registration is no longer found although a client still uses it, not even from its own origin",
		script: `
			given client open, p1 connect c1, p2 connect c2, service unregister
			not browser start
			browser dispatch c1: rejected p1 c1 no-registration
			browser dispatch c2: rejected p2 c2 no-registration`,
	},
	{
		reason: "SW Unregister: who waits for a version to be activated is refused once the registration is no longer found",
		script: waiting + `
			given client open, service skip-waiting, browser activate, p1 connect c1
			not browser dispatch c1
			given service unregister
			browser dispatch c1: rejected p1 c1 no-registration`,
	},
	{
		reason: "not-ready=reject: a registration without an active worker rejects",
		design: "not-ready=reject",
		script: `
			from nothing
			given service register, p1 connect c1
			not browser start
			browser dispatch c1: rejected p1 c1 not-ready`,
	},
	{
		reason: "not-ready=wait: the request waits until the worker is activated (SW Fire Functional Event)",
		design: "not-ready=wait",
		script: `
			from nothing
			given service register, p1 connect c1
			not browser dispatch c1, browser start
			given browser installed
			not browser dispatch c1, browser start
			given browser activate
			not browser dispatch c1, browser start
			given browser activated
			browser dispatch c1: dispatched v1 c1`,
	},
	{
		reason: "not-ready=wait: it is rejected when no active worker can come any more",
		design: "not-ready=wait",
		script: `
			from nothing
			given service register, p1 connect c1
			not browser dispatch c1
			given browser install-failed
			browser dispatch c1: rejected p1 c1 no-registration`,
	},
	{
		reason: "draft 22: a page of the service's own origin is connected without an event, and without a worker that runs",
		design: "same-origin=implicit",
		script: `
			p2 connect c1
			not browser start, browser start-failed
			browser dispatch c1: accepted v1 c1 same-origin; resolved p2 c1
			not browser dispatch c1
			p2 post c1: posted p2 c1 m1`,
	},
	{
		reason: "draft 22: but not before the worker is activated",
		script: `
			from nothing
			given service register, browser installed, browser activate, p2 connect c1
			not browser dispatch c1`,
	},
	{
		reason: "draft 23: or the worker is asked as for any other page",
		design: "same-origin=ask",
		script: `
			p2 connect c1
			not browser dispatch c1
			browser start: started v1
			browser dispatch c1: dispatched v1 c1`,
	},
	{
		reason: "the script of a page that was let in unasked has not touched the port",
		design: "same-origin=implicit, worker-list=none, delivery=port",
		script: `
			given p2 connect c1, browser dispatch c1, p2 post c1, browser start
			not worker post c1, worker receive c1`,
	},

	// Starting the worker.
	{
		reason: "SW Run Service Worker: the browser starts a worker that has something to do, once",
		script: `
			not browser start
			p1 connect c1
			browser start: started v1
			not browser start
			given browser dispatch c1, worker reject c1, browser suspend
			not browser start`,
	},
	{
		reason: "SW Run Service Worker: it starts even a version that is about to be replaced, and one that has clients",
		script: waiting + `
			given client open, service skip-waiting, p1 connect c1
			browser start: started v1
			browser dispatch c1: dispatched v1 c1`,
	},
	{
		reason: "a message is something to do, until it is received",
		design: "suspend=wake, delivery=global",
		script: accepted + `
			given browser suspend
			not browser start
			p1 post c1: posted p1 c1 m1
			browser start: started v1
			given worker receive c1, browser suspend
			not browser start`,
	},
	{
		reason: "the notice that a page is gone is something to do",
		design: "suspend=wake, worker-notice=event",
		script: accepted + `
			given browser suspend
			not browser start
			given p1 leave
			browser start: started v1 page-gone`,
	},
	{
		reason: "a connection that the new version has to be asked about is something to do (draft 111)",
		design: "update=reaccept, suspend=wake",
		script: toAskAgain + `
			browser suspend: stopped v2 suspended
			not browser dispatch c1
			browser start: started v2
			browser dispatch c1: dispatched v2 c1 again`,
	},
	{
		reason: "what the worker posted to the page is none of its business",
		design: "suspend=wake",
		script: accepted + `
			given worker post c1, browser suspend
			not browser start`,
	},

	// What becomes of connections (draft 111).
	{
		reason: "update=sever: a connection ends with the version that held it",
		design: "update=sever, page-notice=none",
		script: accepted + waiting + `
			given p1 post c1, p3 connect c2
			browser activate: state v1 redundant; cut p1 v1 c1 updated; lost p1 c1 m1; state v2 activating
			given browser activated
			browser dispatch c2: dispatched v2 c2`,
	},
	{
		reason: "update=pin: connections keep the old version as clients do",
		design: "update=pin, worker-notice=event",
		script: accepted + waiting + `
			not browser activate
			given p1 leave
			not browser activate
			given worker learn c1
			browser activate: state v1 redundant; state v2 activating`,
	},
	{
		reason: "update=pin: but skipWaiting() does not wait for them, and ends them",
		design: "update=pin, page-notice=none",
		script: accepted + waiting + `
			given service skip-waiting
			browser activate: state v1 redundant; cut p1 v1 c1 updated; state v2 activating`,
	},
	{
		reason: "update=transfer: the new version gets them, without the objects of the old heap",
		design: "update=transfer, worker-list=none, delivery=global",
		script: accepted + waiting + `
			browser activate: state v1 redundant; object-gone v1 c1 updated; state v2 activating
			given browser activated, p1 post c1
			not worker post c1
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1`,
	},
	{
		reason: "update=reaccept: the new version is asked about each, once it is activated",
		design: "update=reaccept",
		script: accepted + waiting + `
			browser activate: state v1 redundant; object-gone v1 c1 updated; asked-later c1 updated; state v2 activating
			not browser dispatch c1, worker post c1
			given browser activated
			browser dispatch c1: dispatched v2 c1 again
			not browser dispatch c1`,
	},
	{
		reason: "update=reaccept: there is nothing to ask about a page that is gone",
		design: "update=reaccept, worker-notice=none",
		script: accepted + waiting + `
			given p1 leave
			browser activate: state v1 redundant; object-gone v1 c1 updated; state v2 activating
			given browser activated
			not browser dispatch c1, worker post c1`,
	},
	{
		reason: "update=reaccept: who was not asked yet is asked by the version after",
		design: "update=reaccept",
		script: toAskAgain + `
			given service update, browser installed
			browser activate: state v2 redundant; state v3 activating
			given browser activated
			browser dispatch c1: dispatched v3 c1 again`,
	},
	{
		reason: "the second connection fares like the first",
		design: "update=reaccept",
		script: requested + `
			given p3 connect c2, browser dispatch c2, worker accept c2, worker reject c1
			given service update, browser installed
			browser activate: state v1 redundant; object-gone v1 c2 updated; asked-later c2 updated; state v2 activating`,
	},

	// Suspending (draft 111).
	{
		reason: "SW 3.1.1: an idle worker is suspended, one at which an event is pending is not",
		script: `
			not browser suspend
			given p1 connect c1, browser start, browser dispatch c1
			not browser suspend
			given worker reject c1
			browser suspend: stopped v1 suspended
			not browser suspend`,
	},
	{
		reason: "SW 3.1.1: a worker is not idle while it is asked about a connection that an older version had",
		design: "update=reaccept",
		script: askingAgain + `
			given service update, browser installed
			not browser suspend, browser activate
			given worker accept c1
			browser activate: state v2 redundant; object-gone v2 c1 updated; asked-later c1 updated; state v3 activating`,
	},
	{
		reason: "suspend=sever: connections end with the instance",
		design: "suspend=sever, page-notice=state",
		script: accepted + `
			given worker post c1, p1 post c1
			browser suspend: stopped v1 suspended; cut p1 v1 c1 suspended; lost p1 c1 m1; page-notice-sent p1 c1 suspended
			not browser start
			given p1 receive c1
			p1 learn c1: page-knows p1 c1`,
	},
	{
		reason: "suspend=keepalive: a connection keeps the worker running",
		design: "suspend=keepalive, close=close, page-notice=none",
		script: accepted + `
			not browser suspend
			given worker close c1
			browser suspend: stopped v1 suspended`,
	},
	{
		reason: "no design lets one keep it that is not accepted yet, or that the new version has yet to be asked about",
		design: "update=reaccept",
		script: toAskAgain + `
			given p3 connect c2
			browser suspend: stopped v2 suspended`,
	},
	{
		reason: "suspend=wake: connections outlive the instance",
		design: "suspend=wake",
		script: accepted + `
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended
			p1 post c1: posted p1 c1 m1
			browser start: started v1`,
	},

	{
		reason: "suspend=reaccept: the next instance is asked about each connection, which is no reason to start it",
		design: "suspend=reaccept",
		script: accepted + `
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended; asked-later c1 suspended
			not browser start, browser start-failed, browser dispatch c1
			given p3 connect c2
			browser start: started v1
			browser dispatch c1: dispatched v1 c1 again
			not browser suspend
			worker accept c1: accepted v1 c1 script again
			worker post c1: posted v1 c1 m1`,
	},
	{
		reason: "suspend=reaccept: a message that waits is one",
		design: "suspend=reaccept",
		script: accepted + `
			given browser suspend, p1 post c1
			browser start: started v1
			not worker receive c1
			given browser dispatch c1, worker accept c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "suspend=reaccept: an instance that was not asked yet can be suspended again",
		design: "suspend=reaccept",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			browser suspend: stopped v1 suspended
			browser start: started v1
			browser dispatch c1: dispatched v1 c1 again`,
	},
	{
		reason: "suspend=reaccept: one that refuses ends the connection",
		design: "suspend=reaccept, page-notice=state",
		script: accepted + `
			given browser suspend, p1 post c1, browser start, browser dispatch c1
			worker reject c1: cut p1 v1 c1 refused; lost p1 c1 m1; page-notice-sent p1 c1 refused`,
	},
	{
		reason: "suspend=reaccept: there is nothing to ask about a page that is gone, before or after",
		bounds: Bounds{Pages: 3, Connections: 3, Versions: 1, Messages: 1, Faults: 1, Kills: 1},
		design: "suspend=reaccept, worker-notice=none",
		script: accepted + `
			given p3 connect c2, browser dispatch c2, worker accept c2, p1 leave
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended; object-gone v1 c2 suspended; asked-later c2 suspended
			p3 leave: page-gone p3; page-side-ended p3 c2 page-gone
			not browser start`,
	},
	{
		reason: "suspend=reaccept: who was connected unasked is not asked now (draft 22)",
		design: "suspend=reaccept, same-origin=implicit, delivery=global",
		script: `
			given p2 connect c1, p1 connect c2, browser start, browser dispatch c1
			browser suspend: stopped v1 suspended
			given p2 post c1
			browser start: started v1
			not browser dispatch c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "update=reaccept: nor after an update, but the new version gets the connection",
		design: "update=reaccept, same-origin=implicit, delivery=global",
		script: `
			given p2 connect c1, browser dispatch c1
			given service update, browser installed
			browser activate: state v1 redundant; state v2 activating
			given browser activated, p2 post c1
			not browser dispatch c1
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1`,
	},

	{
		reason: "suspend=reaccept, update=sever: a connection ends with the version, also while no instance has it",
		design: "suspend=reaccept, update=sever, page-notice=none",
		script: accepted + waiting + `
			given browser suspend, p1 post c1
			browser activate: state v1 redundant; cut p1 v1 c1 updated; lost p1 c1 m1; state v2 activating`,
	},
	{
		reason: "suspend=reaccept, update=pin: one that no instance has keeps the version, too",
		design: "suspend=reaccept, update=pin, page-notice=none",
		script: accepted + waiting + `
			given browser suspend
			not browser activate
			given service skip-waiting
			browser activate: state v1 redundant; cut p1 v1 c1 updated; state v2 activating`,
	},
	{
		reason: "suspend=reaccept, update=transfer: the new version gets it, as an instance that has to accept it",
		design: "suspend=reaccept, update=transfer",
		script: accepted + waiting + `
			given browser suspend, p1 post c1
			browser activate: state v1 redundant; state v2 activating
			given browser activated
			browser dispatch c1: dispatched v2 c1 again
			given worker accept c1
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1`,
	},

	// What waits for an instance that ends (SW Terminate Service Worker discards message tasks; HTML ports have queues).
	{
		reason: "queue=kept: messages wait for the next instance",
		design: "suspend=wake, queue=kept, delivery=global",
		script: accepted + `
			given p1 post c1
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended
			browser start: started v1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "queue=lost: they are lost with the instance",
		design: "suspend=wake, queue=lost",
		script: accepted + `
			given p1 post c1
			browser suspend: stopped v1 suspended; object-gone v1 c1 suspended; lost p1 c1 m1
			not browser start, p1 post c1`,
	},
	{
		reason: "queue=lost: those that are posted while no instance runs are not lost with any",
		design: "suspend=wake, delivery=global",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "queue=lost: neither are those to the page",
		design: "suspend=wake",
		script: accepted + `
			given worker post c1, browser suspend
			p1 receive c1: delivered p1 c1 m1`,
	},
	{
		reason: "queue=lost: an update ends an instance, too",
		design: "update=transfer, queue=lost",
		script: accepted + waiting + `
			given p1 post c1
			browser activate: state v1 redundant; object-gone v1 c1 updated; lost p1 c1 m1; state v2 activating`,
	},
	{
		reason: "queue=lost: unless none was running",
		design: "update=transfer, suspend=wake, delivery=global",
		script: accepted + waiting + `
			given browser suspend, p1 post c1
			browser activate: state v1 redundant; state v2 activating
			given browser activated
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1`,
	},
	{
		reason: "queue=lost: what waits until a new version is asked about the connection was the old one's",
		design: "update=reaccept, queue=lost",
		script: accepted + waiting + `
			given p1 post c1
			browser activate: state v1 redundant; object-gone v1 c1 updated; asked-later c1 updated; lost p1 c1 m1; state v2 activating`,
	},
	{
		reason: "queue=kept: then the new version gets it",
		design: "update=reaccept, queue=kept",
		script: accepted + waiting + `
			given p1 post c1
			browser activate: state v1 redundant; object-gone v1 c1 updated; asked-later c1 updated; state v2 activating
			given browser activated, browser dispatch c1, worker accept c1
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1`,
	},

	// What page's ends are collected (HTML 9.4.5 Ports and garbage collection).
	{
		reason: "collect=keep: a connection stays up that no script of its page can reach",
		design: "collect=keep",
		script: accepted + `
			given p1 lose c1
			not browser collect c1`,
	},
	{
		reason: "collect=close: it ends as if the page had closed it",
		design: "collect=close, page-list=none, worker-notice=event",
		script: accepted + `
			not browser collect c1
			given p1 post c1, p1 lose c1
			browser collect c1: page-side-ended p1 c1 collected; worker-notice-sent c1 collected
			not browser collect c1, p1 receive c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker learn c1: worker-knows v1 c1`,
	},
	{
		reason: "collect=close: a list is a way to reach it",
		design: "collect=close, page-list=list",
		script: accepted + `
			given p1 lose c1
			not browser collect c1`,
	},
	{
		reason: "collect=close: a message that waits for the page keeps its end, and gives it back",
		design: "collect=close, page-list=none, worker-notice=none",
		script: accepted + `
			given p1 lose c1, worker post c1
			not browser collect c1
			given p1 receive c1
			not browser collect c1
			given p1 lose c1
			browser collect c1: page-side-ended p1 c1 collected`,
	},
	{
		reason: "collect=close: so does an event that the connection is down, but a state that nobody can read does not",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1},
		design: "collect=close, page-list=none, close=close, page-notice=event, listens=sometime",
		script: accepted + `
			given p1 lose c1, worker close c1
			not browser collect c1
			p1 learn c1: page-notice-lost p1 c1
			browser collect c1: page-side-ended p1 c1 collected`,
	},
	{
		reason: "collect=close: a state that nobody can read keeps nothing",
		design: "collect=close, page-list=none, close=close, page-notice=state",
		script: accepted + `
			given p1 lose c1, worker close c1
			browser collect c1: page-side-ended p1 c1 collected`,
	},
	{
		reason: "collect=close: there is nothing left to ask a new version about",
		design: "collect=close, page-list=none, update=reaccept",
		script: toAskAgain + `
			given p1 post c1, p1 lose c1
			browser collect c1: page-side-ended p1 c1 collected; lost c1 m1
			not browser dispatch c1`,
	},
	{
		reason: "collect=close: it is the page that holds the end which is to have no reference",
		design: "collect=close, page-list=none, handle=port, worker-notice=silent",
		script: accepted + `
			given p1 transfer c1 p3
			not browser collect c1
			given p3 lose c1
			browser collect c1: page-side-ended p3 c1 collected
			browser release c1: worker-end-gone c1`,
	},

	// Killing (draft 110).
	{
		reason: "a running worker is killed as often as the bounds allow",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 2, Kills: 2},
		script: `
			not browser kill
			given p1 connect c1, browser start
			browser kill: stopped v1 killed
			not browser kill
			given browser start
			browser kill: stopped v1 killed
			given browser start
			not browser kill`,
	},
	{
		reason: "kills can be fewer than faults",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 2, Kills: 1},
		script: `
			given p1 connect c1, browser start
			browser kill: stopped v1 killed
			browser start: started v1
			not browser kill`,
	},
	{
		reason: "a kill is a fault, and any other fault is one that is not a kill",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 1, Kills: 1},
		design: "interrupt=retry",
		script: `
			given p1 connect c1
			browser start-failed: start-failed v1; asked-later c1 start-failed
			browser start: started v1
			not browser kill`,
	},
	{
		reason: "and the other way round",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Faults: 1, Kills: 1},
		script: `
			given p1 connect c1, browser start, browser kill
			not browser start-failed
			browser start: started v1`,
	},
	{
		reason: "queue=kept: a message whose handler was killed is dispatched again",
		design: "suspend=wake, queue=kept, delivery=global",
		script: accepted + `
			not browser kill-handling c1
			given p1 post c1
			browser kill-handling c1: delivered v1 c1 m1; stopped v1 killed; object-gone v1 c1 killed
			not browser kill-handling c1, p1 post c1
			browser start: started v1
			not browser kill-handling c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "queue=lost: it is lost, with those behind it",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2, Faults: 1, Kills: 1},
		design: "suspend=wake, queue=lost",
		script: accepted + `
			given p1 post c1, p1 post c1
			browser kill-handling c1: delivered v1 c1 m1; stopped v1 killed; object-gone v1 c1 killed; lost p1 c1 m1; lost p1 c1 m2
			not browser start`,
	},
	{
		reason: "a worker handles only what reaches its script",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 1, Faults: 1, Kills: 1},
		design: "suspend=wake, worker-list=none, delivery=port",
		script: accepted + `
			given browser suspend, p1 post c1, browser start
			not browser kill-handling c1`,
	},
	{
		reason: "a kill in a handler interrupts connect events like any other",
		design: "suspend=sever, interrupt=reject, page-notice=none",
		script: accepted + `
			given p1 post c1, p3 connect c2, browser dispatch c2
			browser kill-handling c1: delivered v1 c1 m1; stopped v1 killed; cut p1 v1 c1 killed; lost p1 c1 m1; rejected p3 c2 interrupted`,
	},
	{
		reason: "suspend=keepalive keeps no worker from being killed, and its connections end",
		design: "suspend=keepalive, page-notice=none",
		script: accepted + `
			browser kill: stopped v1 killed; cut p1 v1 c1 killed`,
	},
	{
		reason: "suspend=wake: connections outlive a kill, too",
		design: "suspend=wake",
		script: accepted + `
			browser kill: stopped v1 killed; object-gone v1 c1 killed
			p1 post c1: posted p1 c1 m1`,
	},
	{
		reason: "suspend=reaccept: the instance after a kill is asked, too",
		design: "suspend=reaccept, queue=kept",
		script: accepted + `
			given p1 post c1
			browser kill: stopped v1 killed; object-gone v1 c1 killed; asked-later c1 killed
			given browser start
			browser dispatch c1: dispatched v1 c1 again`,
	},
	{
		reason: "interrupt=hang: nothing settles the promise, nor takes the event up again",
		design: "interrupt=hang",
		script: requested + `
			browser kill: stopped v1 killed; abandoned p1 c1 killed
			not browser start, browser dispatch c1, worker accept c1`,
	},
	{
		reason: "interrupt=reject: the promise is rejected",
		design: "interrupt=reject",
		script: requested + `
			browser kill: stopped v1 killed; rejected p1 c1 interrupted
			not browser start, browser dispatch c1`,
	},
	{
		reason: "interrupt=retry: the event is dispatched again",
		design: "interrupt=retry",
		script: requested + `
			browser kill: stopped v1 killed; asked-later c1 killed
			not browser dispatch c1
			browser start: started v1
			browser dispatch c1: dispatched v1 c1`,
	},
	{
		reason: "a page that is gone waits for no answer, whatever the design, and no event is pending for it",
		script: requested + `
			given p1 leave
			browser kill: stopped v1 killed
			not browser start, browser dispatch c1
			given service unregister
			browser clear: state v1 redundant; registration-gone`,
	},
	{
		reason: "only what was pending is interrupted",
		bounds: Bounds{Pages: 3, Connections: 4, Versions: 1, Faults: 1, Kills: 1},
		design: "interrupt=reject, suspend=sever, page-notice=none",
		script: accepted + `
			given p2 connect c2, p3 connect c3, browser dispatch c3, p1 connect c4, browser dispatch c4, worker reject c4
			browser kill: stopped v1 killed; cut p1 v1 c1 killed; rejected p3 c3 interrupted`,
	},
	{
		reason: "interrupt=hang: a connection that was accepted before is gone for good, with what waits for the worker",
		design: "interrupt-again=hang, update=reaccept, handle=port",
		script: toAskAgain + `
			given p1 post c1, p1 transfer c1 p3, browser dispatch c1
			browser kill: stopped v2 killed; abandoned p3 c1 killed again; lost p3 c1 m1
			not browser start, browser dispatch c1`,
	},
	{
		reason: "interrupt=reject: it ends, and the page may be told",
		design: "interrupt-again=reject, update=reaccept, page-notice=state",
		script: askingAgain + `
			browser kill: stopped v2 killed; cut p1 v2 c1 killed; page-notice-sent p1 c1 killed
			p1 learn c1: page-knows p1 c1`,
	},
	{
		reason: "interrupt=retry: the version is asked again",
		design: "interrupt-again=retry, update=reaccept, suspend=wake",
		script: askingAgain + `
			browser kill: stopped v2 killed; asked-later c1 killed
			not browser dispatch c1
			browser start: started v2
			browser dispatch c1: dispatched v2 c1 again`,
	},
	{
		reason: "interrupt=retry: unless the page is gone by then",
		design: "interrupt-again=retry, update=reaccept",
		script: askingAgain + `
			given p1 leave
			browser kill: stopped v2 killed
			not browser start, browser dispatch c1`,
	},
	{
		reason: "interrupt=hang: a connection is gone for good even if its page has left",
		design: "interrupt-again=hang, update=reaccept",
		script: askingAgain + `
			given p1 leave
			browser kill: stopped v2 killed; abandoned c1 killed again
			not browser start, browser dispatch c1`,
	},
	{
		reason: "interrupt-again=retry: what waits for the version that is asked again is kept",
		design: "interrupt-again=retry, update=reaccept, queue=kept",
		script: askingAgain + `
			given p1 post c1
			browser kill: stopped v2 killed; asked-later c1 killed
			given browser start, browser dispatch c1, worker accept c1
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1`,
	},
	{
		reason: "interrupt-again=retry: or lost with the instance",
		design: "interrupt-again=retry, update=reaccept, queue=lost",
		script: askingAgain + `
			given p1 post c1
			browser kill: stopped v2 killed; asked-later c1 killed; lost p1 c1 m1`,
	},
	{
		reason: "interrupt-again is about connections that were accepted before, interrupt about the others",
		design: "interrupt-again=retry, interrupt=reject, suspend=reaccept",
		script: accepted + `
			given browser suspend, p3 connect c2, browser start, browser dispatch c1, browser dispatch c2
			browser kill: stopped v1 killed; asked-later c1 killed; rejected p3 c2 interrupted`,
	},

	// Failing to start (SW Fire Functional Event returns when Run Service Worker fails).
	{
		reason: "interrupt=hang: nobody takes care of the event for which the worker was to be started",
		design: "interrupt=hang",
		script: `
			not browser start-failed
			p1 connect c1
			browser start-failed: start-failed v1; abandoned p1 c1 start-failed
			not browser start, browser start-failed`,
	},
	{
		reason: "interrupt=reject: the promise is rejected, with a cause of its own",
		design: "interrupt=reject",
		script: `
			given p1 connect c1
			browser start-failed: start-failed v1; rejected p1 c1 start-failed
			not browser start`,
	},
	{
		reason: "interrupt=retry: it is tried again",
		design: "interrupt=retry",
		script: `
			given p1 connect c1
			browser start-failed: start-failed v1; asked-later c1 start-failed
			browser start: started v1
			browser dispatch c1: dispatched v1 c1`,
	},
	{
		reason: "only what the worker was to be started for is interrupted",
		bounds: Bounds{Pages: 3, Connections: 3, Versions: 1, Messages: 1, Faults: 1, Kills: 1},
		design: "interrupt=reject, suspend=wake, same-origin=implicit",
		script: accepted + `
			given p2 connect c2, browser suspend, p3 connect c3
			browser start-failed: start-failed v1; rejected p3 c3 start-failed
			browser dispatch c2: accepted v1 c2 same-origin; resolved p2 c2
			p1 post c1: posted p1 c1 m1`,
	},
	{
		reason: "a worker that runs is not started, nor one that has nothing to do or is not active",
		script: requested + `
			given p3 connect c2
			not browser start-failed
			given worker reject c1, browser suspend
			browser start: started v1`,
	},
	{
		reason: "queue=kept: messages wait for one that starts",
		design: "suspend=wake, queue=kept, delivery=global",
		script: accepted + `
			given browser suspend, p1 post c1
			browser start-failed: start-failed v1
			browser start: started v1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "queue=lost: they are lost with the instance that was to handle them",
		design: "suspend=wake, queue=lost",
		script: accepted + `
			given browser suspend, p1 post c1
			browser start-failed: start-failed v1; lost p1 c1 m1
			not browser start`,
	},
	{
		reason: "the notice that a page is gone waits for one that starts",
		design: "suspend=wake, worker-notice=event",
		script: accepted + `
			given browser suspend, p1 leave
			browser start-failed: start-failed v1
			browser start: started v1 page-gone`,
	},
	{
		reason: "interrupt-again=reject: a connection that was accepted before ends",
		design: "interrupt-again=reject, suspend=reaccept, page-notice=state",
		script: accepted + `
			given browser suspend, p1 post c1
			browser start-failed: start-failed v1; cut p1 v1 c1 start-failed; lost p1 c1 m1; page-notice-sent p1 c1 start-failed`,
	},
	{
		reason: "interrupt-again=hang: it is gone, and nobody is told",
		design: "interrupt-again=hang, update=reaccept, suspend=wake",
		script: toAskAgain + `
			given browser suspend
			browser start-failed: start-failed v2; abandoned p1 c1 start-failed again
			not browser start`,
	},
	{
		reason: "interrupt-again=retry: it is tried again",
		design: "interrupt-again=retry, update=reaccept, suspend=wake",
		script: toAskAgain + `
			given browser suspend
			browser start-failed: start-failed v2; asked-later c1 start-failed
			browser start: started v2
			browser dispatch c1: dispatched v2 c1 again`,
	},
	{
		reason: "suspend=reaccept: a connection that nothing waits for was no reason to start, and is not interrupted",
		design: "suspend=reaccept, interrupt=reject",
		script: accepted + `
			given browser suspend, p3 connect c2
			browser start-failed: start-failed v1; rejected p3 c2 start-failed
			given p1 post c1
			browser start: started v1
			browser dispatch c1: dispatched v1 c1 again`,
	},
}
