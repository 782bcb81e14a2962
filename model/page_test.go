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
		design: "handle=port, close=close, page-notice=state",
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

	// The back/forward cache.
	{
		reason: "frozen=sever: the connection ends, and the page finds out when it thaws",
		design: "frozen=sever, page-notice=state",
		script: accepted + `
			p1 freeze: page-frozen p1; cut p1 v1 c1 frozen; page-notice-sent p1 c1 frozen
			not p1 freeze, worker post c1
			p1 learn c1: page-knows p1 c1`,
	},
	{
		reason: "frozen=sever: what the worker had posted still arrives, what the page had posted does not",
		design: "frozen=sever, page-notice=none",
		script: accepted + `
			given p1 post c1, worker post c1
			p1 freeze: page-frozen p1; cut p1 v1 c1 frozen; lost p1 c1 m1
			not p1 post c1
			p1 receive c1: delivered p1 c1 m1`,
	},
	{
		reason: "frozen=sever: all connections that the page holds end, and those alone",
		bounds: Bounds{Pages: 3, Connections: 3, Versions: 1, Messages: 1, Faults: 1, Kills: 1},
		design: "frozen=sever, page-notice=none",
		script: accepted + `
			given p3 connect c2, browser dispatch c2, worker accept c2, p1 connect c3, browser dispatch c3, worker accept c3
			p1 freeze: page-frozen p1; cut p1 v1 c1 frozen; cut p1 v1 c3 frozen
			worker post c2: posted v1 c2 m1`,
	},
	{
		reason: "frozen=sever: it is the page that holds the end, not the one that asked",
		design: "frozen=sever, page-notice=none, handle=port",
		script: accepted + `
			given p1 transfer c1 p3
			not p1 freeze
			p3 freeze: page-frozen p3; cut p3 v1 c1 frozen`,
	},
	{
		reason: "frozen=sever: a connection that a new version has yet to be asked about ends, too, and with it its connect event",
		design: "frozen=sever, page-notice=none, update=reaccept",
		script: askingAgain + `
			not browser suspend
			p1 freeze: page-frozen p1; cut p1 v2 c1 frozen
			not worker accept c1
			browser suspend: stopped v2 suspended`,
	},
	{
		reason: "to be frozen is a fault, of which there are as many as the bounds allow",
		bounds: Bounds{Pages: 3, Connections: 2, Versions: 1, Faults: 1, Kills: 1},
		design: "frozen=sever, page-notice=none",
		script: accepted + `
			given p3 connect c2, browser dispatch c2, worker accept c2
			p1 freeze: page-frozen p1; cut p1 v1 c1 frozen
			not p3 freeze, browser kill`,
	},
	{
		reason: "a page that waits for a promise is not kept, nor one that has nothing to lose",
		bounds: Bounds{Pages: 3, Connections: 2, Versions: 1, Faults: 1, Kills: 1},
		script: accepted + `
			not p2 freeze
			given p1 connect c2
			not p1 freeze`,
	},
	{
		reason: "frozen=keep: messages wait, as for a page that is slow; it is no step of its own",
		design: "frozen=keep",
		script: accepted + `
			given worker post c1
			not p1 freeze`,
	},
	{
		reason: "frozen=refuse: a page that holds a connection is gone when it is left",
		design: "frozen=refuse, worker-notice=none",
		script: accepted + `
			not p1 freeze
			p1 leave: page-gone p1; page-side-ended p1 c1 page-gone`,
	},

	// The end of the page's side (draft 116).
	{
		reason: "draft 116: where nobody can close a connection, a page cannot",
		design: "close=none",
		script: accepted + `
			not p1 close c1`,
	},
	{
		reason: "a page that closes drops what waits there; what it posted arrives, and the notice after it",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: 2},
		design: "close=close, worker-notice=event",
		script: accepted + `
			given worker post c1, worker post c1, p1 receive c1, worker post c1
			given p1 post c1
			p1 close c1: page-side-ended p1 c1 closed-by-page; lost v1 c1 m2; lost v1 c1 m3; worker-notice-sent c1 closed-by-page
			not p1 close c1, p1 receive c1, worker learn c1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker learn c1: worker-knows v1 c1
			not worker learn c1, worker post c1, worker receive c1`,
	},
	{
		reason: "draft 116: without a notice the worker goes on to hold an end that leads nowhere",
		design: "close=close, worker-notice=none",
		script: accepted + `
			p1 close c1: page-side-ended p1 c1 closed-by-page
			not worker learn c1
			worker post c1: posted v1 c1 m1; lost v1 c1 m1
			not worker post c1`,
	},
	{
		reason: "a page that closes what the worker closed before has nobody to tell",
		design: "close=close, page-notice=state",
		script: accepted + `
			given worker close c1
			p1 close c1: page-side-ended p1 c1 closed-by-page
			not p1 learn c1, worker learn c1`,
	},
	{
		reason: "a page that closes while a new version has yet to be asked leaves nothing to ask about",
		design: "update=reaccept, close=close",
		script: accepted + `
			given service update, browser installed, browser activate, p1 post c1
			p1 close c1: page-side-ended p1 c1 closed-by-page; lost c1 m1
			given browser activated
			not browser dispatch c1`,
	},
	{
		reason: "a page that closes while a new version is being asked does not take the event back: the worker gets an end that leads nowhere",
		design: "update=reaccept, close=close, worker-notice=event",
		script: accepted + updated + `
			given p1 post c1, browser dispatch c1
			p1 close c1: page-side-ended p1 c1 closed-by-page
			worker accept c1: accepted v2 c1 script again; worker-notice-sent c1 page-gone
			worker receive c1: delivered v2 c1 m1; handled v2 c1 m1
			worker learn c1: worker-knows v2 c1`,
	},

	// Pages that leave.
	{
		reason: "a page that leaves takes its ends along, and its requests that are not yet asked about; others stay",
		bounds: Bounds{Pages: 2, Connections: 4, Versions: 1, Messages: 1},
		design: "worker-notice=event",
		script: accepted + `
			given p2 connect c2, p1 connect c3, p1 connect c4, browser dispatch c4, worker accept c4
			p1 leave: page-gone p1; page-side-ended p1 c1 page-gone; worker-notice-sent c1 page-gone; page-side-ended p1 c4 page-gone; worker-notice-sent c4 page-gone
			not browser dispatch c3, worker accept c3, worker post c3
			worker learn c1: worker-knows v1 c1
			worker post c4: posted v1 c4 m1; lost v1 c4 m1`,
	},
	{
		reason: "the request of another page is not that of the page that leaves",
		script: `
			p1 connect c1
			p2 leave: page-gone p2
			browser start: started v1
			browser dispatch c1: dispatched v1 c1
			worker accept c1: accepted v1 c1 script; resolved p1 c1`,
	},
	{
		reason: "the promise of a page that leaves settles nothing: who accepts has an end of a page that is gone (draft 116)",
		design: "worker-notice=event",
		script: requested + `
			p1 leave: page-gone p1
			worker accept c1: accepted v1 c1 script; worker-notice-sent c1 page-gone
			worker learn c1: worker-knows v1 c1`,
	},
	{
		reason: "a worker that refuses a page that has left tells nobody",
		script: requested + `
			given p1 leave
			worker reject c1
			not worker accept c1`,
	},
}
