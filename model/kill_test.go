package model

import "testing"

func TestKilling(t *testing.T) { playAll(t, killScenarios) }

var killScenarios = []scenario{
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
