package findings

import "cosw/model"

// item is an open point of the draft: an ISSUE, a QUESTION, or an ambiguity in its concepts.
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
	outside string           // what the model leaves out, if that matters here
	after   string           // a pointer to another section, if any
}

const (
	issue     = "ISSUE"
	question  = "QUESTION"
	ambiguity = "left open in the concepts"
)

// items are the open points in the order of the draft.
var items = []item{
	{
		line: 21, kind: ambiguity, title: "a script URL, or a scope?",
		answers: []sentence{{when{good: "match=scope"},
			"A scope: `connect(url)` finds the registration that would control a document at that url, and the words *given " +
				"script URL* should go."}},
		remarks: []sentence{
			{text: "Line 21 speaks of the URL of a script, lines 39–40 of the rule that decides control, which goes by scope: " +
				"the text contradicts itself. An earlier version of the draft discovered services by the URL of their script; " +
				"line 21 may be what is left of it."},
			{text: "*Installed* is ambiguous, too: in the standard it is the state of a worker that still waits to become active; " +
				"what happens then is " + toQuestion(model.NotReady) + "."},
			{when{breaks: []breaking{{"match-unique", "match=script"}}},
				"One script can be registered with several scopes, so that a script URL does not even name one registration."},
		},
		touches: []model.Question{model.Match},
	},
	{
		line: 22, kind: ambiguity, title: "what does “may return” mean for the service's own origin?",
		answers: []sentence{{when{taste: []model.Question{model.SameOrigin}},
			"It can mean either, to connect a page of the service's own origin at once or to ask the worker as for any other " +
				"page, but the text has to say which: *may* leaves it to each browser."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"no-bypass", "handle=port, same-origin=implicit"}}},
				"If the page gets a `MessagePort`, the exception becomes a hole: a page of the service's own origin can hand " +
					"its port to a page of another one, about which no worker was ever asked."},
			{when{breaks: []breaking{{"worker-reach", "worker-list=none, same-origin=implicit"}}},
				"A connection that is made without an event never passed through the worker's script. Only a list of " +
					"connections (line 113) lets the script reach it."},
		},
		settles: []model.Question{model.SameOrigin},
	},
	{
		line: 23, through: 26, kind: ambiguity, title: "acceptance: by whom, for how long, and what if nobody answers?",
		answers: []sentence{{when{good: "update=reaccept", taste: []model.Question{model.NoAnswer}},
			"A connection is accepted by one version of the worker, and the next version is asked again; whether silence " +
				"means *no* or *yes* is a matter of taste, but the text has to say it."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"fresh-acceptance", "update=transfer, delivery=global"}}},
				"If acceptance were for good, messages would reach code that never saw the page: a new version may have been " +
					"deployed just to refuse it."},
			{text: "Two things about acceptance are wrong as they stand: by line 26 the client becomes accessible *once* the worker " +
				"has accepted, yet the event that asks for acceptance already has it (75); and in the example a rejected " +
				"`waitUntil()` stands for refusal (89), which that method does not mean. See " + to("the mistakes", mistakesTitle) + "."},
		},
		settles: []model.Question{model.NoAnswer},
		touches: []model.Question{model.Update},
	},
	{
		line: 27, kind: ambiguity, title: "how limited is the information about the page?",
		answers: []sentence{{when{good: "client=origin"},
			"As limited as can be: the worker learns the origin of the page, and nothing else beyond what the page itself puts into " +
				"`request`."}},
		touches: []model.Question{model.Client},
	},
	{
		line: 39, through: 40, kind: issue, title: "which registration does the url mean?",
		answers: []sentence{{when{good: "match=scope, bind=pinned"},
			"The one with the longest scope that is a prefix of the url, just as for a document at that url; and that is " +
				"decided once, when the connection is made."}},
		remarks: []sentence{
			{text: "`scope-2014` is no invention: the text that the draft links to had the rule written backwards from July " +
				"2014 to October 2015, so that it looked for the longest scope that *starts with* the url."},
			{when{good: "match=scope"}, "The url is parsed as the web does and its fragment ignored. A registration that has only a waiting worker " +
				"still wins over one with a shorter scope; what happens then is " + toQuestion(model.NotReady) + "."},
		},
		outside: onePartition,
		settles: []model.Question{model.Match, model.Bind},
	},
	{
		line: 41, kind: issue, title: "what errors can there be?",
		answers: []sentence{{when{good: "errors=uniform-timed"},
			"One for everything, with a name and after a time that do not depend on the cause, besides the `TypeError` for a " +
				"url that cannot be parsed."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"presence-hidden", "errors=distinct"}, {"presence-hidden-timed", "errors=uniform"}}},
				"A page that could tell *refused* from *not there* would learn which services a user has been at. One name is " +
					"not enough for that: where nothing is registered, the answer comes at once; where a worker has to be " +
					"started and asked, it comes later."},
			{text: "The fixed time has to be a limit as well: a request that is not settled by then is refused. How long it " +
				"should be, a model without clocks cannot say."},
		},
		settles: []model.Question{model.Errors},
		after:   "The list that the draft asks for is in " + to("the errors of `connect()`", errorsTitle) + ".",
	},
	{
		line: 42, kind: issue, title: "how does a page notice that the worker is gone?",
		answers: []sentence{{when{good: "page-notice=state, suspend=wake"},
			"By a state of its connection that it can read at any time, and not by a `ServiceWorker` object: that a worker was " +
				"stopped is nothing to notice, as the connection outlives it."}},
		remarks: []sentence{
			{text: "A `ServiceWorker` object would not tell in any case: its `state` is that of a version, not whether it runs, " +
				"and its `statechange` goes to pages of the service's own origin only."},
			{when{breaks: []breaking{{"tells-page", "page-notice=event, unregister=sever"}}},
				"An event alone does not do: it is lost on a page that begins to listen a moment later."},
			{when{breaks: []breaking{{"hides-suspend", "page-notice=event|state, suspend=sever"}}},
				"If connections did end with the instance, such a notice would tell a page of another origin when the service " +
					"was idle, and so when others use it."},
		},
		settles: []model.Question{model.PageNotice},
	},
	{
		line: 43, kind: question, title: "a MessagePort, or something more indirect?",
		answers: []sentence{{when{good: "handle=connection"},
			"Something more indirect: an object of its own that stays with the page."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"origin-bound", "handle=port"}}},
				"A `MessagePort` can be transferred to a page of any other origin, whose messages the worker takes for those of " +
					"the origin that it accepted; in the trace below that is a page of the service's own, as there is no third " +
					"within the bounds. A page can always relay for others; but then it is its own script that speaks, and it can " +
					"be held to it."},
			{text: "The `ServiceWorkerRegistration` that the line speaks of is too much: the first three commits of the draft " +
				"returned an object of that kind, and it was discussed for navigator.connect " +
				"([issue 38](" + connectURL + "/issues/38)) and dropped, since it shows a foreign page the versions of the worker " +
				"and lets it talk to each of them."},
		},
		settles: []model.Question{model.Handle},
	},
	{
		line: 44, through: 45, kind: question, title: "is the request parameter needed?",
		answers: []sentence{{when{good: "request=param", breaks: []breaking{{"refuses-first", "request=none"}}},
			"Yes: without it a page must be let in before it can show its credentials."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"refuses-first", "request=none"}, {"presence-hidden", "errors=distinct"},
				{"presence-hidden", "interrupt=hang"}}, never: []indifference{{"presence-hidden", model.Request},
				{"presence-hidden-timed", model.Request}}},
				"Line 45 is right that a service which lets everybody in shows that the user has it; the parameter is what " +
					"allows it to refuse a page first. It is not enough: what a refused page sees, by name and by time, has to be " +
					"the same as if nothing were there, see " + toQuestion(model.Errors) + " and " + toQuestion(model.Interrupt) + "."},
			{text: "Line 35 makes the parameter mandatory: as written, `connect(url)` alone is a `TypeError`. And a value that " +
				"goes to another process has to be cloned, which can fail with a `DataCloneError`."},
		},
		settles: []model.Question{model.Request},
		touches: []model.Question{model.Errors},
	},
	{
		line: 46, kind: question, title: "can a page enumerate its connections?",
		answers: []sentence{{when{good: "page-list=list", breaks: []breaking{{"page-reach", "page-list=none"}}},
			"Yes: otherwise a page that drops a handle has a connection that it can neither use nor end."}},
		settles: []model.Question{model.PageList},
	},
	{
		line: 110, kind: issue, title: "how long does a connection live?",
		answers: []sentence{{when{good: "suspend=wake, interrupt=retry, update=reaccept, unregister=sever"},
			"As long as its registration, unless the page or the worker ends it before: it belongs to the registration and not " +
				"to an instance or a version of the worker, and a connect event that is lost with its instance is dispatched " +
				"again."}},
		remarks: []sentence{
			{text: "The standards leave a gap here. *Terminate Service Worker* discards messages without a word, does not close " +
				"ports, and *Fire Functional Event* returns silently when the worker cannot run: nothing there settles the " +
				"promise of the page."},
			{when{breaks: []breaking{{"survives-kill", "suspend=wake, interrupt=reject, update=reaccept"}}},
				"To reject the promise would be bearable for a first request. But the new version is asked again for connections " +
					"that pages already have, and a kill at that moment would end them."},
		},
		settles: []model.Question{model.Interrupt, model.NotReady, model.Unregister},
	},
	{
		line: 111, kind: issue, title: "does a connection survive a suspended or updated worker?",
		answers: []sentence{{when{good: "suspend=wake, update=reaccept"},
			"Yes, and no page has to call `connect()` again: a message starts a suspended worker, and a new version gets a " +
				"connect event for each connection, so that it can keep or refuse it."}},
		remarks: []sentence{
			{when{breaks: []breaking{{"delivers", "suspend=wake, worker-list=none, delivery=port"}}},
				"This is why the worker needs a list or a global handler (lines 113 and 115): its port objects are gone with " +
					"the heap of the old instance, and a message that can only arrive at such a port never arrives."},
			{when{breaks: []breaking{{"survives-kill", "suspend=wake, interrupt=reject, update=reaccept"}}},
				"It is also why an interrupted connect event must be repeated: otherwise a kill while the new version is " +
					"asked ends a connection that the page already had."},
		},
		settles: []model.Question{model.Suspend, model.Update},
	},
	{
		line: 112, kind: question, title: "a ForeignServiceWorkerClient, or just the port?",
		answers: []sentence{{when{good: "client=origin", breaks: []breaking{{"refuses-first", "client=none"}}},
			"The origin is needed, and the port is not enough: the browser vouches for the origin of the page, and without it the " +
				"worker would have to accept pages blindly."}},
		settles: []model.Question{model.Client},
		touches: []model.Question{model.WorkerList, model.Delivery},
	},
	{
		line: 113, kind: question, title: "can a worker enumerate its clients?",
		answers: []sentence{{when{good: "worker-list=list", breaks: []breaking{{"worker-reach", "suspend=wake, worker-list=none"}}},
			"Yes: an instance that was started anew has no other way to reach its connections before a message comes."}},
		settles: []model.Question{model.WorkerList},
	},
	{
		line: 114, kind: question, title: "is a foreign client a strict subset of a client?",
		answers: []sentence{{when{good: "client=origin"},
			"No subset: of what a client shows (its url, type, visibility, focus) a foreign worker may see nothing, and the " +
				"one thing that it needs, the origin, is no attribute of a client."}},
		touches: []model.Question{model.Client},
	},
	{
		line: 115, kind: question, title: "do messages arrive at the port or at a global handler?",
		answers: []sentence{{when{good: "worker-list=list", taste: []model.Question{model.Delivery},
			breaks: []breaking{{"delivers", "suspend=wake, worker-list=none, delivery=port"}}},
			"Either, as long as the worker can enumerate its connections; without such a list only the global handler works."}},
		remarks: []sentence{
			{text: "The global `onmessage` of a service worker is taken: it gets the messages of the service's own pages. An " +
				"event of another name keeps a handler from mistaking strangers for them."},
		},
		settles: []model.Question{model.Delivery},
	},
	{
		line: 116, kind: question, title: "is there a way to disconnect?",
		answers: []sentence{{when{good: "worker-notice=event", taste: []model.Question{model.Close}},
			"It is a matter of taste: if there is a `close()` at all, yes, it should work, at either end and under whatever name the " +
				"worker's end has; but in any case the worker must be told when a page is gone, for pages go away without asking."}},
		settles: []model.Question{model.Close, model.WorkerNotice},
	},
	{
		line: 117, kind: question, title: "how does the page learn that the worker closed?",
		answers: []sentence{{when{good: "page-notice=state"},
			"As it learns of every other end: by a state that it can read at any time (line 42)."}},
		remarks: []sentence{
			{text: "That a `MessagePort` has no such thing was true in 2014. HTML has a `close` event since January 2024 " +
				"([whatwg/html#9933](https://github.com/whatwg/html/issues/9933)), but no browser ships it by default."},
			{when{breaks: []breaking{{"tells-page", "page-notice=event, close=close"}}},
				"It is an event, and so comes too early for a page that does not listen yet."},
		},
		touches: []model.Question{model.PageNotice},
	},
}

// place returns the lines of an item: "line 41" or "lines 39–40".
func (it *item) place() string {
	if it.through > 0 {
		return lines(it.line, it.through)
	}
	return lines(it.line, it.line)
}

// heading returns the title that the item has in the text.
func (it *item) heading() string { return capital(it.place()) + ": " + it.title }
