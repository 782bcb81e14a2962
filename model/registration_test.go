package model

import "testing"

func TestRegistrationSteps(t *testing.T) { playAll(t, registrationScenarios) }

var registrationScenarios = []scenario{
	// Installing.
	{
		reason: "SW Update: a version is installed, and the next one takes its place before it was ever active",
		script: `
			not browser installed, browser install-failed
			service update: state v2 installing
			not service update, service unregister
			browser installed: state v2 installed
			not browser installed, browser install-failed
			service update: state v3 installing
			browser installed: state v2 redundant; state v3 installed
			not service update`,
	},
	{
		reason: "SW Install: skipWaiting() was called in the version that is now redundant, not in its successor",
		script: `
			given client open, service update, browser installed
			service skip-waiting
			not service skip-waiting
			given service update, browser installed
			not browser activate
			service skip-waiting
			browser activate: state v1 redundant; state v3 activating`,
	},
	{
		reason: "SW Install: a version that fails to install leaves the active one alone",
		script: `
			given service update
			browser install-failed: state v2 redundant
			not browser install-failed
			service update: state v3 installing`,
	},
	{
		reason: "SW Install: it leaves a waiting one alone, too",
		script: `
			from nothing
			given service register, browser installed, service update
			browser install-failed: state v2 redundant
			browser activate: state v1 activating`,
	},
	{
		reason: "SW Install: the first version that fails takes its registration along, and can be tried again",
		script: `
			from nothing
			not service update, service unregister
			service register: registration live; state v1 installing
			not service register, service update
			browser install-failed: state v1 redundant; registration-gone
			not service update
			service register: registration live; state v2 installing`,
	},
	{
		reason: "SW Install: everything goes on with the active version after a later one failed",
		design: "same-origin=implicit, worker-notice=event, delivery=global, suspend=wake, page-notice=none, close=close, own-close=drop",
		script: `
			given service update, browser install-failed, p1 connect c1, p2 connect c2
			browser start: started v1
			browser dispatch c1: dispatched v1 c1
			worker accept c1: accepted v1 c1 script; resolved p1 c1
			worker post c1: posted v1 c1 m1
			browser kill: stopped v1 killed; object-gone v1 c1 killed
			browser dispatch c2: accepted v1 c2 same-origin; resolved p2 c2
			given p2 post c2, browser start
			worker receive c2: delivered v1 c2 m1; handled v1 c2 m1
			worker close c2: cut p2 v1 c2 closed-by-worker
			p1 close c1: page-side-ended p1 c1 closed-by-page; lost v1 c1 m1; worker-notice-sent c1 closed-by-page
			worker learn c1: worker-knows v1 c1
			client open: client-controlled v1
			client close: client-gone v1
			given service unregister
			browser clear: state v1 redundant; registration-gone
			service register: registration live; state v3 installing`,
	},
	{
		reason: "SW Install: a version that failed is asked about no connection, and takes none over",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 4, Messages: 1},
		design: "update=reaccept, worker-notice=none",
		script: accepted + updated + `
			given service update, browser install-failed
			browser dispatch c1: dispatched v2 c1 again
			worker accept c1: accepted v2 c1 script again
			given p1 leave
			worker post c1: posted v2 c1 m1; lost v2 c1 m1
			given service update, browser installed
			browser activate: state v2 redundant; object-gone v2 c1 updated; state v4 activating`,
	},
	{
		reason: "there are as many versions as the bounds allow",
		bounds: Bounds{Pages: 1, Connections: 1, Versions: 1},
		script: `
			not service update`,
	},

	// Activating.
	{
		reason: "SW Activate: the first version is activated at once, and runs",
		script: `
			from nothing
			given service register
			not browser activate
			given browser installed
			browser activate: state v1 activating
			not browser activate, browser suspend, browser kill, browser start
			browser activated: state v1 activated
			not browser activated
			browser suspend: stopped v1 suspended`,
	},
	{
		reason: "SW Try Activate: not before the version before is activated",
		script: waiting + `
			given browser activate, service update, browser installed
			not browser activate
			browser activated: state v2 activated
			browser activate: state v2 redundant; state v3 activating`,
	},
	{
		reason: "SW Try Activate: not while an event is pending at the old version, whatever skipWaiting() says",
		script: requested + waiting + `
			given service skip-waiting
			not browser activate
			given worker reject c1
			browser activate: state v1 redundant; state v2 activating`,
	},
	{
		reason: "SW Try Activate: a client keeps the old version until it is closed",
		script: waiting + `
			client open: client-controlled v1
			not browser activate
			client close: client-gone v1
			browser activate: state v1 redundant; state v2 activating`,
	},
	{
		reason: "SW skipWaiting(): the version that calls it does not wait for clients, but the next one does",
		script: waiting + `
			given client open
			not browser activate
			service skip-waiting
			browser activate: state v1 redundant; state v2 activating
			not service skip-waiting
			given browser activated, service update, browser installed
			not browser activate`,
	},
	{
		reason: "without a waiting version there is nothing to activate, and nobody to call skipWaiting()",
		script: `
			not browser activate, browser activated, service skip-waiting
			given service update
			not browser activate, service skip-waiting`,
	},
	{
		reason: "SW Try Clear Registration comes first: what is to be cleared is not updated",
		script: waiting + `
			given service unregister
			not browser activate
			browser clear: state v2 redundant; state v1 redundant; registration-gone`,
	},
	{
		reason: "one that a client keeps is not to be cleared, and is updated if the new version does not wait for clients",
		script: waiting + `
			given client open, service skip-waiting, service unregister
			not browser clear
			browser activate: state v1 redundant; state v2 activating`,
	},
	{
		reason: "a registration that connections keep goes on to be updated",
		design: "unregister=drain, update=transfer",
		script: accepted + waiting + `
			given service unregister
			browser activate: state v1 redundant; object-gone v1 c1 updated; state v2 activating`,
	},

	{
		reason: "update=reaccept: what waits for a version that was not asked yet waits for the next one, though its instance ends",
		design: "update=reaccept",
		script: toAskAgain + `
			given service update, browser installed, p1 post c1
			browser activate: state v2 redundant; state v3 activating
			given browser activated, browser dispatch c1, worker accept c1
			worker receive c1: delivered v3 c1 m1; handled v3 c1 m1`,
	},

	// Unregistering.
	{
		reason: "SW Unregister: a registration leaves the map, once, and waits for the job that installs",
		script: `
			given client open
			not browser clear
			service unregister: registration unregistered
			not service unregister, service update, service register, client open, browser clear`,
	},
	{
		reason: "SW Try Clear Registration: it is cleared once no client uses it, and can be made anew",
		script: `
			given client open, service unregister
			not browser clear
			given client close
			not client open
			browser clear: state v1 redundant; registration-gone
			not browser clear, browser start, client open
			service register: registration live; state v2 installing`,
	},
	{
		reason: "SW Try Clear Registration: not while an event is pending",
		script: requested + `
			given service unregister
			not browser clear
			worker reject c1: rejected p1 c1 refused
			browser clear: state v1 redundant; registration-gone`,
	},
	{
		reason: "a message of a worker that is lost after the registration is cleared is still told from one of a page",
		design: "unregister=sever, page-notice=none",
		script: accepted + `
			given worker post c1, service unregister, browser clear
			p1 leave: page-gone p1; page-side-ended p1 c1 page-gone; lost v1 c1 m1`,
	},
	{
		reason: "unregister=sever: connections are no use, and end with it; requests do not",
		bounds: Bounds{Pages: 3, Connections: 3, Versions: 2, Messages: 1},
		design: "unregister=sever, page-notice=none",
		script: requested + `
			given p2 connect c2, p3 connect c3, browser dispatch c3, worker reject c1, worker accept c3
			service unregister: registration unregistered
			browser clear: cut p3 v1 c3 cleared; state v1 redundant; registration-gone
			not worker post c3
			browser dispatch c2: rejected p2 c2 no-registration`,
	},
	{
		reason: "unregister=sever: so do those that a new version has yet to be asked about",
		design: "unregister=sever, update=reaccept, page-notice=none",
		script: toAskAgain + `
			given service unregister
			browser clear: cut p1 v2 c1 cleared; state v2 redundant; registration-gone
			not browser dispatch c1`,
	},
	{
		reason: "unregister=drain: it is cleared only once no connection is left",
		design: "unregister=drain, close=close, page-notice=none",
		script: accepted + `
			given service unregister
			not browser clear
			given worker close c1
			browser clear: state v1 redundant; registration-gone`,
	},
	{
		reason: "unregister=drain: one that a new version has yet to be asked about counts",
		design: "unregister=drain, update=reaccept, page-notice=none",
		script: toAskAgain + `
			given service unregister
			not browser clear
			given browser dispatch c1
			not browser clear
			given worker reject c1
			browser clear: state v2 redundant; registration-gone`,
	},
	{
		reason: "unregister=run-out: the registration is gone at once, and a running instance serves its connections",
		design: "unregister=run-out",
		script: accepted + waiting + `
			given service unregister
			browser clear: state v2 redundant; state v1 redundant; registration-gone
			not browser clear, browser activate, service update, service register, service unregister, client open
			p1 post c1: posted p1 c1 m1
			worker receive c1: delivered v1 c1 m1; handled v1 c1 m1
			worker post c1: posted v1 c1 m1
			p1 receive c1: delivered p1 c1 m1
			p3 connect c2
			browser dispatch c2: rejected p3 c2 no-registration`,
	},
	{
		reason: "unregister=run-out: until it stops: no other will come (SW Run Service Worker fails for one that is redundant)",
		design: "unregister=run-out, suspend=wake, page-notice=state",
		script: accepted + `
			given service unregister, browser clear, p1 post c1
			browser suspend: stopped v1 suspended; cut p1 v1 c1 cleared; lost p1 c1 m1; page-notice-sent p1 c1 cleared
			not browser start
			p1 learn c1: page-knows p1 c1
			service register: registration live; state v2 installing`,
	},
	{
		reason: "unregister=run-out: or is killed",
		design: "unregister=run-out, page-notice=none",
		script: accepted + `
			given service unregister, browser clear
			browser kill: stopped v1 killed; cut p1 v1 c1 cleared
			service register: registration live; state v2 installing`,
	},
	{
		reason: "unregister=run-out, suspend=keepalive: a connection keeps the instance, whatever became of its registration",
		design: "unregister=run-out, suspend=keepalive, close=close, page-notice=none",
		script: accepted + `
			given service unregister, browser clear
			not browser suspend
			worker close c1: cut p1 v1 c1 closed-by-worker
			service register: registration live; state v2 installing`,
	},
	{
		reason: "unregister=run-out: once its last connection is gone the instance is of no concern",
		design: "unregister=run-out, worker-notice=event",
		script: accepted + `
			given service unregister, browser clear, p1 leave
			not service register
			worker learn c1: worker-knows v1 c1
			service register: registration live; state v2 installing`,
	},
	{
		reason: "unregister=run-out: without a running instance connections end with the registration",
		design: "unregister=run-out, suspend=wake, page-notice=none",
		script: accepted + `
			given browser suspend, service unregister
			browser clear: cut p1 v1 c1 cleared; state v1 redundant; registration-gone
			service register: registration live; state v2 installing`,
	},
	{
		reason: "unregister=run-out: nor does one that is only activating serve any",
		design: "unregister=run-out, update=transfer, page-notice=none",
		script: accepted + waiting + `
			given browser activate, service unregister
			browser clear: cut p1 v2 c1 cleared; state v2 redundant; registration-gone`,
	},
	{
		reason: "unregister=run-out: those that a new version has yet to be asked about end",
		bounds: Bounds{Pages: 2, Connections: 2, Versions: 3, Messages: 1},
		design: "unregister=run-out, update=reaccept, same-origin=implicit, page-notice=none",
		script: accepted + `
			given p2 connect c2, browser dispatch c2, service update, browser installed, browser activate, browser activated
			given service unregister
			browser clear: cut p1 v2 c1 cleared; state v2 redundant; registration-gone
			p2 post c2: posted p2 c2 m1
			not browser dispatch c1, service register`,
	},
	{
		reason: "unregister=run-out: clients and events hold it up as under any answer (SW Try Clear Registration)",
		design: "unregister=run-out",
		script: accepted + `
			given p3 connect c2, browser dispatch c2, client open, service unregister
			not browser clear
			given client close
			not browser clear
			given worker reject c2
			browser clear: state v1 redundant; registration-gone`,
	},
	{
		reason: "an activate event does not hold it up, as it is in no set of extended events",
		script: waiting + `
			given browser activate, service unregister
			browser clear: state v2 redundant; registration-gone
			not browser activated, browser suspend, browser kill`,
	},

	// Clients.
	{
		reason: "SW using: the active worker controls a client of its own origin, until it is closed",
		script: `
			not client close
			client open: client-controlled v1
			not client open
			client close: client-gone v1
			not client close`,
	},
	{
		reason: "there is no controller without an active worker",
		script: `
			from nothing
			not client open
			given service register, browser installed
			not client open
			given browser activate
			client open: client-controlled v1`,
	},
}
