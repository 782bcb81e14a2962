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
		reason: "draft 22: nor is a worker started for a connection that has nothing to say meanwhile",
		design: "same-origin=implicit, suspend=wake",
		script: accepted + `
			given browser suspend, p2 connect c2
			not browser start, browser start-failed`,
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
}
