package model

import "testing"

func TestPageSteps(t *testing.T) { playAll(t, pageScenarios) }

var pageScenarios = []scenario{
	{
		reason: "draft 31: connections are numbered in the order in which they are made, and each is made once",
		script: `
			not p1 connect c2, p1 connect c3
			p1 connect c1
			not p1 connect c1, p2 connect c1
			p1 connect c2`,
	},
	{
		reason: "a page can connect again when its first connection is over",
		script: requested + `
			worker reject c1: rejected p1 c1 refused
			not p1 connect c1
			p1 connect c2`,
	},
	{
		reason: "HTML destroy a document: a page that is gone does nothing, and nobody transfers a handle to it",
		script: accepted + `
			p3 leave: page-gone p3
			not p3 leave, p3 connect c2, p1 transfer c1 p3`,
	},
	{
		reason: "the end of a page belongs to the page that holds it",
		script: accepted + `
			not p2 post c1, p4 post c1, p4 lose c1
			p1 post c1: posted p1 c1 m1`,
	},
	{
		reason: "a page has no end before it is accepted, nor after it is refused",
		design: "pipeline=no",
		script: requested + `
			not p1 post c1, p1 receive c1, p1 lose c1, p1 learn c1, p1 listen c1, p1 close c1, p1 transfer c1 p2
			given worker reject c1
			not p1 post c1, p1 receive c1, p1 lose c1, p1 learn c1, p1 listen c1, p1 close c1, p1 transfer c1 p2`,
	},

	// Messages.
	{
		reason: "HTML message port post message steps: what is posted is queued at the other end, as many as the bounds allow",
		script: accepted + `
			not p1 receive c1, worker receive c1
			p1 post c1: posted p1 c1 m1
			not p1 post c1, p1 receive c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			not worker receive c1
			p1 post c1: posted p1 c1 m2`,
	},
	{
		reason: "messages arrive in the order in which they were posted",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2},
		script: accepted + `
			given p1 post c1, p1 post c1, worker post c1, worker post c1
			not p1 post c1, worker post c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker receive c1: delivered v1 c1 m2; handled v1 c1 m2
			p1 receive c1: delivered p1 c1 m1
			p1 post c1: posted p1 c1 m3
			p1 receive c1: delivered p1 c1 m2
			worker receive c1: delivered v1 c1 m3; handled v1 c1 m3`,
	},
	{
		reason: "HTML disentangle: what a page posts after the other end is gone vanishes, and counts as under way",
		design: "close=close, page-notice=none",
		script: accepted + `
			worker close c1: cut p1 v1 c1 closed-by-worker
			p1 post c1: posted p1 c1 m1; lost p1 c1 m1
			not p1 post c1, worker receive c1`,
	},
	{
		reason: "WPT close.any.js: in-flight messages are delivered, and the notice does not overtake them (draft 117)",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2},
		design: "close=close, page-notice=state",
		script: accepted + `
			given worker post c1, worker post c1
			worker close c1: cut p1 v1 c1 closed-by-worker; page-notice-sent p1 c1 closed-by-worker
			not p1 learn c1
			p1 receive c1: delivered p1 c1 m1
			not p1 learn c1
			p1 receive c1: delivered p1 c1 m2
			p1 learn c1: page-knows p1 c1
			not p1 learn c1, p1 post c1`,
	},

	// Messages before the acceptance (Tubes).
	{
		reason: "pipeline=yes: messages wait at the connection, and arrive after the acceptance, in order",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2},
		design: "pipeline=yes",
		script: `
			p1 connect c1
			p1 post c1: posted p1 c1 m1
			given browser start, browser dispatch c1
			p1 post c1: posted p1 c1 m2
			not p1 post c1, worker receive c1
			worker accept c1: accepted v1 c1 script; resolved p1 c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker receive c1: delivered v1 c1 m2; handled v1 c1 m2`,
	},
	{
		reason: "pipeline=yes: the page has nothing before the acceptance but something to post to",
		design: "pipeline=yes",
		script: requested + `
			given p1 post c1
			not p1 receive c1, p1 lose c1, p1 learn c1, p1 listen c1, p1 close c1, p1 transfer c1 p2, p2 post c1`,
	},
	{
		reason: "pipeline=yes: messages are dropped with a refusal",
		design: "pipeline=yes",
		script: requested + `
			given p1 post c1
			worker reject c1: lost p1 c1 m1; rejected p1 c1 refused
			not p1 post c1`,
	},
	{
		reason: "pipeline=yes: and where there is no service",
		design: "pipeline=yes",
		script: `
			from nothing
			given p1 connect c1, p1 post c1
			browser dispatch c1: lost p1 c1 m1; rejected p1 c1 no-registration`,
	},
	{
		reason: "pipeline=yes: a page of the service's own origin is connected unasked, and its message starts the worker",
		design: "pipeline=yes, same-origin=implicit, delivery=global",
		script: `
			given p2 connect c1, p2 post c1
			not browser start
			browser dispatch c1: accepted v1 c1 same-origin; resolved p2 c1
			browser start: started v1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "pipeline=yes: a page that leaves before the worker is asked takes its messages along",
		design: "pipeline=yes",
		script: `
			given p1 connect c1, p1 post c1
			p1 leave: page-gone p1; lost p1 c1 m1
			not browser dispatch c1`,
	},
	{
		reason: "pipeline=yes: what a page posted before it left still arrives where the worker accepts, and the notice after it",
		design: "pipeline=yes, worker-notice=event",
		script: requested + `
			given p1 post c1
			p1 leave: page-gone p1
			worker accept c1: accepted v1 c1 script; worker-notice-sent c1 page-gone
			not worker learn c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker learn c1: worker-knows v1 c1`,
	},
	{
		reason: "pipeline=yes: messages wait for the event that is dispatched again",
		design: "pipeline=yes, interrupt=retry",
		script: requested + `
			given p1 post c1
			browser kill: stopped v1 killed; asked-later c1 killed
			given browser start, browser dispatch c1, worker accept c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1`,
	},
	{
		reason: "pipeline=yes: they are lost with an event that nobody takes up again, and so is what is posted then",
		design: "pipeline=yes, interrupt=hang",
		script: requested + `
			given p1 post c1
			browser kill: stopped v1 killed; abandoned p1 c1 killed; lost p1 c1 m1
			p1 post c1: posted p1 c1 m1; lost p1 c1 m1`,
	},

	// The notice that a connection is down (draft 42 and 117).
	{
		reason: "draft 42: there is nothing to learn while the connection is up",
		script: accepted + `
			not p1 learn c1`,
	},
	{
		reason: "draft 117: where there is no notice, the page never learns, and cannot listen for one",
		design: "close=close, page-notice=none",
		script: accepted + `
			not p1 listen c1
			given worker close c1
			not p1 learn c1
			p1 post c1: posted p1 c1 m1; lost p1 c1 m1`,
	},
	{
		reason: "listens=sometime: an event is lost where nobody listens, and does not come twice",
		design: "close=close, page-notice=event, listens=sometime",
		script: accepted + `
			given worker close c1
			p1 learn c1: page-notice-lost p1 c1
			not p1 learn c1
			p1 listen c1: listening-starts p1 c1
			not p1 learn c1`,
	},
	{
		reason: "listens=sometime: an event reaches the page that listens, once",
		design: "close=close, page-notice=event, listens=sometime",
		script: accepted + `
			p1 listen c1: listening-starts p1 c1
			not p1 listen c1
			worker close c1: cut p1 v1 c1 closed-by-worker; page-notice-sent p1 c1 closed-by-worker
			p1 learn c1: page-knows p1 c1
			not p1 learn c1, p1 listen c1`,
	},
	{
		reason: "listens=at-once: an event reaches every page, which has nothing to add for it",
		design: "close=close, page-notice=event, listens=at-once",
		script: accepted + `
			not p1 listen c1
			worker close c1: cut p1 v1 c1 closed-by-worker; page-notice-sent p1 c1 closed-by-worker
			p1 learn c1: page-knows p1 c1
			not p1 learn c1`,
	},
	{
		reason: "listens=at-once: who gets a handle by transfer listens from then on, too",
		design: "close=close, page-notice=event, listens=at-once, handle=port",
		script: accepted + `
			given p1 transfer c1 p3, worker close c1
			p3 learn c1: page-knows p3 c1`,
	},
	{
		reason: "a listener that is in place needs no reference (HTML 9.4.5 Ports and garbage collection)",
		design: "close=close, page-notice=event, listens=sometime",
		script: accepted + `
			given p1 listen c1, p1 lose c1, worker close c1
			p1 learn c1: page-knows p1 c1`,
	},
	{
		reason: "a page that cannot get at its handle can add no listener",
		design: "page-notice=event, page-list=none, listens=sometime",
		script: accepted + `
			given p1 lose c1
			not p1 listen c1`,
	},
	{
		reason: "draft 46: a page that finds its handle in the list can listen",
		design: "page-notice=event, page-list=list, listens=sometime",
		script: accepted + `
			given p1 lose c1
			p1 listen c1: listening-starts p1 c1`,
	},
	{
		reason: "a state waits until the page reads it, and has no listeners",
		design: "close=close, page-notice=state",
		script: accepted + `
			not p1 listen c1
			given worker close c1
			p1 learn c1: page-knows p1 c1`,
	},
	{
		reason: "a state is out of reach for a page without its handle",
		design: "close=close, page-notice=state, page-list=none",
		script: accepted + `
			given p1 lose c1, worker close c1
			not p1 learn c1`,
	},
	{
		reason: "a state is read by a page that finds its handle in the list (draft 46)",
		design: "close=close, page-notice=state, page-list=list",
		script: accepted + `
			given p1 lose c1, worker close c1
			p1 learn c1: page-knows p1 c1`,
	},

	{
		reason: "events name the page that holds the end, and its connection",
		design: "close=close, page-notice=event, page-list=list, listens=sometime",
		script: `
			given p1 connect c1, p3 connect c2, browser start, browser dispatch c2, worker accept c2
			p3 post c2: posted p3 c2 m1
			worker receive c2: delivered v1 c2 m1; handled v1 c2 m1
			worker post c2: posted v1 c2 m1
			p3 receive c2: delivered p3 c2 m1
			p3 lose c2: handle-lost p3 c2
			p3 listen c2: listening-starts p3 c2
			worker close c2: cut p3 v1 c2 closed-by-worker; page-notice-sent p3 c2 closed-by-worker
			p3 post c2: posted p3 c2 m2; lost p3 c2 m2
			p3 learn c2: page-knows p3 c2`,
	},
	{
		reason: "a notice that is lost, and the end of a page that closes, name them, too",
		design: "close=close, page-notice=event, listens=sometime",
		script: `
			given p1 connect c1, p3 connect c2, browser start, browser dispatch c2, worker accept c2, worker close c2
			p3 learn c2: page-notice-lost p3 c2
			p3 close c2: page-side-ended p3 c2 closed-by-page`,
	},

	// The handle.
	{
		reason: "HTML 9.4.5: a port goes on to receive without a reference to it, and nothing else",
		design: "page-list=none",
		script: accepted + `
			given worker post c1
			p1 lose c1: handle-lost p1 c1
			not p1 lose c1, p1 post c1, p1 close c1
			p1 receive c1: delivered p1 c1 m1
			not p1 receive c1
			worker post c1: posted v1 c1 m2
			p1 receive c1: delivered p1 c1 m2`,
	},
	{
		reason: "DOM event.target: a message gives the handle back to a script that had lost it",
		design: "page-list=none",
		script: accepted + `
			given p1 lose c1, worker post c1
			not p1 post c1, p1 close c1
			p1 receive c1: delivered p1 c1 m1
			p1 post c1: posted p1 c1 m1
			p1 lose c1: handle-lost p1 c1
			not p1 close c1`,
	},
	{
		reason: "HTML 9.4.5: a handle without a reference to it cannot be transferred",
		design: "page-list=none, handle=port",
		script: accepted + `
			given p1 lose c1
			not p1 transfer c1 p3`,
	},
	{
		reason: "draft 46: a page that lists its connections needs no reference",
		design: "page-list=list, close=close, worker-notice=none",
		script: accepted + `
			given p1 lose c1
			p1 post c1: posted p1 c1 m1
			p1 close c1: page-side-ended p1 c1 closed-by-page`,
	},
	{
		reason: "draft 43: an object that is no MessagePort stays with its page",
		design: "handle=connection",
		script: accepted + `
			not p1 transfer c1 p3`,
	},
	{
		reason: "a page transfers to a page of another origin; among pages of one origin it makes no difference who holds it",
		design: "handle=port",
		script: accepted + `
			not p1 transfer c1 p1, p1 transfer c1 p4
			p1 transfer c1 p2: handle-moved p2 c1
			not p1 post c1, p1 transfer c1 p3
			p2 transfer c1 p4: handle-moved p4 c1`,
	},
	{
		reason: "HTML transfer steps: the queue moves along, and what was posted before still arrives",
		design: "handle=port",
		script: accepted + `
			given p1 post c1, worker post c1
			p1 transfer c1 p3: handle-moved p3 c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			not p1 receive c1
			p3 receive c1: delivered p3 c1 m1`,
	},
	{
		reason: "a message of a page of another origin than the one accepted is a stranger's, until the handle comes home",
		bounds: Bounds{Pages: 4, Connections: 1, Versions: 1, Messages: 2},
		design: "handle=port",
		script: accepted + `
			given p1 transfer c1 p3
			p3 post c1: posted p3 c1 m1 stranger
			given p3 transfer c1 p2, p2 transfer c1 p4
			p4 post c1: posted p4 c1 m2
			worker receive c1: delivered v1 c1 m1 stranger; handled v1 c1 m1 stranger
			worker receive c1: delivered v1 c1 m2; handled v1 c1 m2`,
	},
	{
		reason: "HTML transfer steps: listeners do not move along",
		design: "handle=port, page-notice=event, close=close, listens=sometime",
		script: accepted + `
			given p1 listen c1, p1 transfer c1 p3, worker close c1
			p3 learn c1: page-notice-lost p3 c1`,
	},
	{
		reason: "who gets a handle has a reference to it, although the page before found it in a list",
		design: "handle=port, page-list=list",
		script: accepted + `
			given p1 lose c1, p1 transfer c1 p3
			p3 lose c1: handle-lost p3 c1`,
	},
	{
		reason: "it is the page that got the handle whose end is cut, and whose messages are lost",
		design: "handle=port, close=close, page-notice=state, own-close=drop",
		script: accepted + `
			given p1 transfer c1 p3, p3 post c1
			worker close c1: cut p3 v1 c1 closed-by-worker; lost p3 c1 m1 stranger; page-notice-sent p3 c1 closed-by-worker
			p3 close c1: page-side-ended p3 c1 closed-by-page`,
	},
	{
		reason: "a page that gave its handle away is not the one that is gone",
		design: "handle=port",
		script: accepted + `
			given p1 transfer c1 p3
			p1 leave: page-gone p1
			p3 post c1: posted p3 c1 m1 stranger`,
	},
}
