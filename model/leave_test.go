package model

import "testing"

func TestLeaving(t *testing.T) { playAll(t, leaveScenarios) }

var leaveScenarios = []scenario{
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
		reason: "frozen=sever: an end whose worker is gone is not cut once more, although the page has yet to find out",
		design: "frozen=sever, page-notice=none, close=close",
		script: accepted + `
			given p1 connect c2, browser dispatch c2, worker accept c2, worker close c1
			p1 freeze: page-frozen p1; cut p1 v1 c2 frozen`,
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
		design: "close=close, worker-notice=event, own-close=drop",
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
		reason: "own-close=arrive: what waits there arrives, and a page that goes away drops it all the same",
		bounds: Bounds{Pages: 1, Connections: 2, Versions: 1, Messages: 2},
		design: "close=close, worker-notice=none, own-close=arrive",
		script: accepted + `
			given p1 connect c2, browser dispatch c2, worker accept c2
			given worker post c1, worker post c1, worker post c2
			p1 close c1: delivered p1 c1 m1; delivered p1 c1 m2; page-side-ended p1 c1 closed-by-page
			p1 leave: page-gone p1; page-side-ended p1 c2 page-gone; lost v1 c2 m1`,
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
