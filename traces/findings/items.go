package findings

import (
	"cosw/model"
	"cosw/props"
)

// item is an open point of the draft: an ISSUE, a QUESTION, its motivation, or an ambiguity in its concepts.
type item struct {
	line    int    // of the draft
	through int    // the last line, where there are more
	kind    string // as the draft marks it
	title   string // in our own words
	// answers are sentences, of which the first one that is true is the answer.
	answers []sentence
	// remarks are written where they are true.
	remarks []sentence
	settles []model.Question // that are told in full here
	touches []model.Question // that have a part in the answer, and are told elsewhere
}

const (
	issue      = "ISSUE"
	question   = "QUESTION"
	ambiguity  = "Left open in the concepts"
	motivation = "The motivation"
)

// items are the open points in the order of the draft.
var items = []item{
	{
		line: 13, through: 17, kind: motivation, title: "an SDK with offline support?",
		answers: []sentence{{when{conflict: []string{"unlinkable", "reaches-installed"}, breaks: []breaking{{"first-visit", "not-ready=reject"}}},
			"It can be had for one price or another: one registration for all sites works offline at once and lets the service link its " +
				"visitors, and one for each site has to be installed anew at every site, by a frame or by hand."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"first-visit", "not-ready=reject"}}, conflict: []string{"first-visit", "presence-hidden-timed", "reaches-installed"}},
				"For an SDK that works on first use, `connect()` has to wait while the service is being installed; with one registration for all " +
					"sites that wait can be seen, and so a refusal shows that the service is there."},
			{when{best: "no-answer=reject"},
				"*Finer level control* (17) comes of asking the script each time: who says nothing lets nobody in."},
		},
		touches: []model.Question{model.Partition, model.NotReady, model.NoAnswer},
	},
	{
		line: 21, kind: ambiguity, title: "a script URL, or a scope?",
		answers: []sentence{{when{best: "match=scope"},
			"A scope: `connect(url)` finds the registration that would control a document at that url, and the words *given " +
				"script URL* should go."}},
		remarks: []sentence{
			{text: "Line 21 speaks of the URL of a script, lines 39–40 of the rule that decides control, which goes by scope. An earlier version " +
				"of the draft discovered services by the URL of their script; line 21 may be what is left of it. *Installed* is ambiguous, " +
				"too: in the standard it is the state of a worker that still waits to become active."},
			{when{breaks: []breaking{{"match-unique", "match=script"}}},
				"One script can be registered with several scopes, so that a script URL does not even name one registration."},
		},
		touches: []model.Question{model.Match, model.NotReady},
	},
	{
		line: 22, kind: ambiguity, title: "what does “may return” mean for the service's own origin?",
		answers: []sentence{{when{stands: []standing{{model.SameOrigin, props.IsTaste}}},
			"It can mean either, to connect a page of the service's own origin at once or to ask the worker as for any other " +
				"page, but the text has to say which: *may* leaves it to each browser."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"no-bypass", "handle=port, same-origin=implicit"}}},
				"If the page gets a `MessagePort`, the exception becomes a hole: a page of the service's own origin can hand " +
					"its port to a page of another one, about which no worker was ever asked."},
			{when{breaks: []breaking{{"worker-reach", "worker-list=none, same-origin=implicit"}}},
				"And a connection that is made without an event never passed through the worker's script: only a list (113) lets it " +
					"reach it."},
		},
		settles: []model.Question{model.SameOrigin},
	},
	{
		line: 23, kind: ambiguity, title: "who accepts, and what if nobody answers?",
		answers: []sentence{{when{best: "no-answer=reject", breaks: []breaking{{"opt-in", "no-answer=accept"}}},
			"A script of the service accepts by saying so, and silence is a refusal: this is what *needs an acceptance of the service worker " +
				"script* means."}},
		remarks: []sentence{
			{when{stands: []standing{{model.NoAnswer, props.IsSettled}}, breaks: []breaking{{"opt-in", "no-answer=accept"}}},
				"If silence were acceptance, as in Tubes, every service worker that was deployed before connections existed would let every page " +
					"in. It is settled by `opt-in` alone, and by nothing else: whoever drops it may have either."},
			{text: "The draft's example accepts and refuses through `waitUntil()` (89), which does not mean that; see " +
				"[the mistakes](#mistakes-in-the-draft)."},
		},
		settles: []model.Question{model.NoAnswer},
	},
	{
		line: 25, through: 27, kind: ambiguity, title: "what does a connect event carry, the first time and when it is repeated?",
		answers: []sentence{{when{best: "update=reaccept, client=id, request=param"},
			"Each time the origin of the page, the id of the connection, and the request as it was when the page called `connect()`, which the " +
				"browser therefore has to keep for as long as the connection lives."}},
		remarks: []sentence{
			{when{best: "update=reaccept", breaks: []breaking{{"refuses-first", "request=none"}, {"tells-apart", "update=reaccept, client=origin"}}},
				"The draft knows one event for each call; but a version that is asked again has to decide as the first one did, with no page at " +
					"hand that would post its credentials again, and it must know which of its connections it is asked about. The model repeats " +
					"the event with all that it had and does not look into the request; what follows of that for secrets that expire, a script " +
					"has to see for itself."},
			{text: "*Once the worker accepted, the client becomes accessible* (26) cannot be: the event that asks has it already (75)."},
		},
		touches: []model.Question{model.Client, model.Request, model.Update},
	},
	{
		line: 39, through: 40, kind: issue, title: "which registration does the url mean?",
		answers: []sentence{{when{best: "match=scope, bind=pinned"},
			"The one with the longest scope that is a prefix of the url, just as for a document at that url; and that is " +
				"decided once, when the connection is made."}},
		remarks: []sentence{
			{text: "`scope-2014` is no invention: the text that the draft links to had the rule written backwards from July " +
				"2014 to October 2015."},
			{when{best: "match=scope"}, "The url is parsed as the web does and its fragment ignored. A registration that has only a waiting worker " +
				"still wins over one with a shorter scope."},
		},
		settles: []model.Question{model.Match, model.Bind},
		touches: []model.Question{model.Partition},
	},
	{
		line: 41, kind: issue, title: "what errors can there be?",
		answers: []sentence{{when{stands: []standing{{model.Errors, props.IsSettled}},
			breaks: []breaking{{"presence-hidden-timed", "errors=uniform, partition=shared"}}},
			"Where one registration serves all sites: one for everything, with a name and after a time that do not depend on the cause, besides the " +
				"`TypeError` for a url that cannot be parsed."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"presence-hidden", "errors=distinct, partition=shared"}, {"presence-hidden-timed", "errors=uniform, partition=shared"}}},
				"A page that could tell *refused* from *not there* would learn which services a user has been at. One name is " +
					"not enough: where nothing is registered, the answer comes at once; where a worker has to be started and asked, it comes " +
					"later. The fixed time has to be a limit as well; how long it should be, a model without clocks cannot say."},
			{when{keeps: []breaking{{"presence-hidden-timed", "partition=by-site"}}},
				"Where each site has a registration of its own, the error can say what it likes."},
			{text: "The list that the draft asks for is in [the errors of `connect()`](#the-errors-of-connect)."},
		},
		settles: []model.Question{model.Errors},
	},
	{
		line: 42, kind: issue, title: "how does a page notice that the worker is gone?",
		answers: []sentence{{when{best: "page-notice=state", breaks: []breaking{{"tells-page", "page-notice=event, close=close, listens=sometime"}}},
			"By a state of its connection that it can read, or a `closed` promise, and not by a `ServiceWorker` object; an event alone does " +
				"only for pages that listen from the first moment."}},
		remarks: []sentence{
			{text: "A `ServiceWorker` object would not tell: its `state` is that of a version, not whether it runs, " +
				"and its `statechange` goes to pages of the service's own origin only."},
			{when{best: "suspend=keepalive|wake|reaccept"},
				"That a worker was *stopped* is nothing to notice, as connections outlive it, or keep it running."},
			{when{breaks: []breaking{{"hides-suspend", "page-notice=event|state, suspend=sever"}}},
				"If connections ended with the instance, such a notice would tell a page of another origin when the service was idle."},
			{when{best: "deadline=reject"},
				"And a worker that hangs is as good as gone: what the page learns of it comes with the deadline (110)."},
		},
		settles: []model.Question{model.PageNotice},
	},
	{
		line: 43, kind: question, title: "a MessagePort, or something more indirect?",
		answers: []sentence{{when{best: "handle=connection"},
			"Something more indirect: an object of its own that stays with the page."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"origin-bound", "handle=port"}, {"one-context", "handle=port"}}},
				"A `MessagePort` can be transferred to a page of any other origin, whose messages the worker takes for those of " +
					"the origin that it accepted. A page can always relay for others; but then it is its own script that speaks. And a port lives " +
					"in one context at a time (navigator-connect#35), so that whatever the worker knows of its holder can be out of date."},
			{text: "A `ServiceWorkerRegistration` is too much: the first three commits of the draft " +
				"returned an object of that kind, and it was discussed for navigator.connect " +
				"([issue 38](" + connectURL + "/issues/38)) and dropped, since it shows a foreign page the versions of the worker."},
			{when{breaks: []breaking{{"hides-collection", "page-list=none, collect=close, worker-notice=event"}}},
				"An object can be collected while its connection is up. HTML closes the other end of such a port, and to tell a worker when " +
					"would show it when garbage is collected in a page of another origin (whatwg/html#10201)."},
		},
		settles: []model.Question{model.Handle, model.Collect},
	},
	{
		line: 44, through: 45, kind: question, title: "is the request parameter needed?",
		answers: []sentence{{when{best: "request=param", breaks: []breaking{{"refuses-first", "request=none"}}},
			"Yes: without it a page must be let in before it can show its credentials, and to be let in shows that the service is there."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"refuses-first", "request=none"}, {"presence-hidden", "request=none, partition=shared"}}},
				"Line 45 is right, and it is the stronger reason: a service that must accept everybody to see credentials shows to everybody that the " +
					"user has it. The parameter is not enough: what a refused page sees, by name and by time, has to be the same as if nothing were " +
					"there (41)."},
			{text: "Line 35 makes it mandatory: as written, `connect(url)` alone is a `TypeError`. And it has to be cloned, which can " +
				"fail with a `DataCloneError`."},
			{when{stands: []standing{{model.Pipeline, props.IsTaste}}},
				"To post before one is accepted, which was the point of Tubes, costs nothing and gains no property: messages wait at the connection " +
					"and go with a refusal. The time that it saves is none of them, for the model has no clock."},
		},
		settles: []model.Question{model.Request, model.Pipeline},
		touches: []model.Question{model.Errors},
	},
	{
		line: 46, kind: question, title: "can a page enumerate its connections?",
		answers: []sentence{{when{stands: []standing{{model.PageList, props.IsTaste}}, breaks: []breaking{{"page-reach", "page-list=none, collect=keep"}}},
			"It can, or what it no longer refers to is collected, and then nobody may be told when; without either, a page that drops a " +
				"handle has a connection that it can neither use nor end."}},
		settles: []model.Question{model.PageList},
		touches: []model.Question{model.Collect},
	},
	{
		line: 110, kind: issue, title: "how long does a connection live, and how long may an answer take?",
		answers: []sentence{{when{best: "suspend=keepalive|wake|reaccept, unregister=sever|run-out, deadline=reject, interrupt=reject|retry"},
			"A connection lives until the page, the worker or the end of its registration ends it; a connect event lives until the browser " +
				"gives up on it, after a time that the text has to name, whether its handler hangs or its worker crashes."}},
		remarks: []sentence{
			{text: "The standards leave a gap here. *Terminate Service Worker* discards messages without a word, does not close " +
				"ports, and *Fire Functional Event* returns silently when the worker cannot run: nothing there settles the " +
				"promise of the page."},
			{when{breaks: []breaking{{"settles", "deadline=none, scripts=may-hang"}, {"update-progress", "deadline=none, scripts=may-hang"},
				{"unregisters", "deadline=none, scripts=may-hang"}}},
				"**Timeouts.** `waitUntil(new Promise(() => {}))` is a known problem " +
					"([w3c/ServiceWorker#1292](https://github.com/w3c/ServiceWorker/issues/1292)): without a deadline one such handler leaves a promise " +
					"pending, keeps the old version active, and keeps an unregistered worker alive. Chromium had 5 minutes (2015)."},
			{when{best: "deadline=reject, interrupt=reject|retry"},
				"**Crash loops.** A start that fails is a fault like a kill here, and `retry` tries again; histories have few faults, so that a " +
					"worker which crashes each time is not in them. There too the deadline is what ends it, and a text that says `retry` " +
					"needs one even if handlers never hang."},
			{when{stands: []standing{{model.Frozen, props.IsTaste}}},
				"**Back/forward cache.** What becomes of the connection of a frozen page is taste here, as it is no property that a page comes back fast; " +
					"ports of browser extensions are closed at once " +
					"([w3c/webextensions#474](https://github.com/w3c/webextensions/issues/474))."},
		},
		settles: []model.Question{model.Interrupt, model.Deadline, model.NotReady, model.Unregister, model.Frozen},
	},
	{
		line: 111, kind: issue, title: "does a connection survive a suspended or updated worker?",
		answers: []sentence{{when{best: "suspend=keepalive|wake|reaccept, update=reaccept"},
			"Yes, and no page has to call `connect()` again: a suspended worker is started by the next message, and a new version gets a " +
				"connect event for each connection, with the same origin, id and request as the first, so that it can keep or refuse it."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"delivers", "suspend=wake, worker-list=none, delivery=port"}}},
				"This is why the worker needs a list or a global handler (113, 115): its port objects are gone with the heap of the old instance."},
			{when{breaks: []breaking{{"survives-kill", "interrupt-again=reject, update=reaccept"}}},
				"And why a repeated connect event must be repeated once more if it is interrupted, although a first one need not: otherwise a crash " +
					"while the new version is asked ends a connection that the page already had."},
			{when{best: "queue=kept", breaks: []breaking{{"ordered", "suspend=wake, queue=lost"}}},
				"What an instance had not handled stays with the connection: if it went with the instance, the next one would get what was posted " +
					"later after a gap."},
		},
		settles: []model.Question{model.Suspend, model.Update, model.InterruptAgain, model.Queue},
	},
	{
		line: 112, kind: question, title: "a ForeignServiceWorkerClient, or just the port?",
		answers: []sentence{{when{best: "client=id",
			breaks: []breaking{{"refuses-first", "client=none"}, {"tells-apart", "suspend=wake, client=origin, delivery=global"}}},
			"More than the port: the browser vouches for the origin of the page, without which a worker accepts blindly, and for an id of the " +
				"connection, without which a restarted worker does not know whose message it got."}},
		remarks: []sentence{
			{when{stands: []standing{{model.Client, props.IsSettled}}},
				"The id is a want: navigator.connect had a `name` and `data` of the worker's own for it (version 3), and a script can put a name into " +
					"each message. Without `tells-apart` the origin alone is left."},
		},
		settles: []model.Question{model.Client},
		touches: []model.Question{model.WorkerList, model.Delivery},
	},
	{
		line: 113, kind: question, title: "can a worker enumerate its clients?",
		answers: []sentence{{when{stands: []standing{{model.WorkerList, props.IsTaste}},
			breaks: []breaking{{"worker-reach", "suspend=wake, worker-list=none"}}},
			"It must if a connection can reach an instance without asking it; where each instance is asked for each connection again, it " +
				"need not."}},
		settles: []model.Question{model.WorkerList},
	},
	{
		line: 114, kind: question, title: "is a foreign client a strict subset of a client?",
		answers: []sentence{{when{best: "client=id", breaks: []breaking{{"page-private", "client=url"}, {"page-private", "client=full"},
			{"refuses-first", "client=none"}, {"tells-apart", "suspend=wake, client=origin, delivery=global"}}},
			"No: of what a client shows (url, type, frame, visibility, focus) a foreign worker may see nothing, by `page-private`, and the two " +
				"things that it needs, an origin by `refuses-first` and an id of the connection by `tells-apart`, are no attributes of a client."}},
		remarks: []sentence{
			{text: "The `id` of today's `Client` is that of the page, which can have several connections."},
		},
		touches: []model.Question{model.Client},
	},
	{
		line: 115, kind: question, title: "do messages arrive at the port or at a global handler?",
		answers: []sentence{{when{stands: []standing{{model.Delivery, props.IsTaste}},
			breaks: []breaking{{"delivers", "suspend=wake, worker-list=none, delivery=port"}, {"delivers", "suspend=wake, delivery=port, lists=never"}}},
			"At a global handler, unless each instance is asked for its connections anew or none ever stops: at a port messages arrive only if restarted scripts look " +
				"their connections up before, on which no standard can rely."}},
		remarks: []sentence{
			{text: "The global `onmessage` of a service worker is taken by the service's own pages: an event of another name keeps a handler from " +
				"mistaking strangers for them."},
			{when{breaks: []breaking{{"accounts-loss", "suspend=wake, queue=lost, acknowledge=none"}}},
				"If what an instance had not handled is lost with it, only an acknowledgement of each message " +
					"([w3c/ServiceWorker#677](https://github.com/w3c/ServiceWorker/issues/677)) tells the sender."},
		},
		settles: []model.Question{model.Delivery, model.Acknowledge},
	},
	{
		line: 116, kind: question, title: "is there a way to disconnect?",
		answers: []sentence{{when{best: "close=close, worker-notice=event|silent",
			breaks: []breaking{{"revocable", "close=none"}, {"frees-worker", "worker-notice=none"}}},
			"Yes, `close()` should work at either end, and in any case the browser must let go of the worker's end when a page is gone, for " +
				"pages go away without asking."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"quiet-leave", "suspend=wake, worker-notice=event"}}},
				"Whether the worker is *told* is another matter: where connections outlive instances, an event starts a stopped worker whenever a page " +
					"is left, which `quiet-leave` does not want; the browser can take the end in silence (navigator.connect, version 1, did)."},
		},
		settles: []model.Question{model.Close, model.WorkerNotice},
	},
	{
		line: 117, kind: question, title: "how does the page learn that the worker closed?",
		answers: []sentence{{when{best: "page-notice=state"},
			"As it learns of every other end: by a state that it can read at any time (42)."}},
		remarks: []sentence{
			{text: "HTML has a `close` event for ports since January 2024 " +
				"([whatwg/html#9933](https://github.com/whatwg/html/issues/9933)), but no browser ships it by default."},
		},
		touches: []model.Question{model.PageNotice},
	},
}

// heading returns the title that the item has in the text.
func (it *item) heading() string { return capital(lines(it.line, it.through)) + ": " + it.title }

// linked names the lines of an item, with a link to the first.
func (it *item) linked() string {
	text := lineLink(it.line)
	if it.through > 0 {
		text += "–" + itoa(it.through)
	}
	return text
}
