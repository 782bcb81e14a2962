package model

import "testing"

func TestSuspending(t *testing.T) { playAll(t, suspendScenarios) }

var suspendScenarios = []scenario{
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
}
