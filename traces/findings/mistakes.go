package findings

import (
	"fmt"
	"strings"

	"cosw/model"
)

// mistake is something wrong in the draft's own text or examples: a fact about the text, not a verdict of the model.
type mistake struct {
	line  int
	quote string // a few words that stand on that line
	wrong string // what is wrong
	write string // what it should be; empty where that takes a decision told elsewhere
}

// decided are mistakes whose correction is an answer of the model, with the question and the answer that it takes. Where
// that is not the only answer left, the text points to the question instead.
var decided = map[string]struct {
	question model.Question
	answers  string
}{
	"given script URL":                         {model.Match, "match=scope"},
	"readonly attribute ScalarValueString url": {model.Client, "client=origin|id"},
}

// correction is what m should be.
func (d *document) correction(m mistake) string {
	if x, ok := decided[m.quote]; ok && !d.holds(when{best: x.answers}) {
		return "see " + toQuestion(x.question)
	}
	return m.write
}

// contradictions are where the text disagrees with itself or with the standards that it builds on.
var contradictions = []mistake{
	{21, "already installed", "in the standard *installed* is the state of a worker that still waits to become active", "active"},
	{21, "given script URL", "a script URL here, but the rule that decides control, which goes by scope, at line 39", "scope"},
	{22, "may return", "*may* leaves it open whether a page of the same origin is connected or asked about", "say which"},
	{26, "becomes accessible", "after acceptance; but the event that asks for it has the client, with its port, already (75)",
		"nothing but the origin and the request before acceptance"},
	{26, "*foreign instance* of a `ServiceWorkerClient`", "line 69 defines an interface of its own that inherits nothing",
		"one of the two"},
	{34, "partial interface Navigator", "workers have no `Navigator` but a `WorkerNavigator`: only documents can connect. Nor " +
		"does anything limit it to secure contexts, where service workers are", "say whether workers may; `[SecureContext]`"},
	{35, "any request", "mandatory as written, so that `connect(url)` alone is a `TypeError`; nothing says that it is cloned",
		"`optional any request`, serialised when `connect()` is called"},
	{40, "how Service Workers spec decide", "the text linked to had the rule backwards then: the longest scope that starts with " +
		"the url", "the rule as it is now, *Match Service Worker Registration*"},
	{65, "lifecycle event", "only `install` and `activate` are; this one is a functional event. That matters: functional events " +
		"wait for activation, and may be dropped", "functional event"},
	{65, "called when the page invokes", "by line 22 not for every page: one of the same origin may get its worker without. " +
		"Besides, an event is dispatched, and not before a worker runs and is activated", "say for which pages"},
	{66, "subtype of [ExtendableEvent]", "in the text linked to, `waitUntil()` is defined for install and activate only",
		"say what it does here"},
	{70, "readonly attribute ScalarValueString url", "tells another origin the full url of the page, against the *limited set " +
		"of information* of line 27", "`origin`"},
}

// outdated was true when the draft was written.
var outdated = []mistake{
	{4, "slightlyoff.github.io/ServiceWorker", "the specification has moved; also on lines 40 and 66",
		"`w3c.github.io/ServiceWorker`"},
	{35, "ScalarValueString", "renamed in Web IDL soon after; also on line 70", "`USVString`"},
	{117, "doesn't provide such an API", "HTML has a `close` event since 2024, but no browser ships it by default", ""},
}

// inExamples are mistakes that the examples would run into.
var inExamples = []mistake{
	{52, "'//example.com/'", "relative to the scheme of the page: on an `http:` page it means `http://example.com/`, which " +
		"can have no service worker", "`https://example.com/`"},
	{52, "'//example.com/'", "no script can have this url, which ends in a slash, but a scope can: the example itself " +
		"speaks against *given script URL* (21)", ""},
	{54, "port.postMessage(\"Hello!\")", "nobody receives it: the worker's example sets no handler on the port", "a handler in the worker"},
	{54, "port.postMessage", "the page sets no `onmessage` and does not call `start()`, so that its queue stays disabled and the " +
		"message of line 98 never arrives", "`port.onmessage = …`"},
	{57, "because: \", why", "prints a reason that the page should not get (45); whether the worker's `Error` (94) reaches " +
		"it, nothing says", "say what it is, see 41"},
	{89, "new Promise(resolve, reject) {", "a syntax error: the constructor takes a function", "`new Promise(function(resolve, reject) {`, and line 106 with it"},
	{89, "e.waitUntil(", "a rejection stands for refusal here, but `waitUntil()` only extends the life of an event, except for install " +
		"(and, in 2014, activate), where it means failure; what if it is called twice, or not at all?", "a method of its own, such as `respondWith()`"},
	{90, "new XMLHttpRequest()", "not exposed in service workers", "`fetch()`"},
	{91, "credentials: e.request.cred", "puts credentials into a url, where servers log them", "the body of a `POST`"},
	{91, "e.request.apiKey", "throws if the page gave no request; what a handler that throws means, nothing says", "check it first"},
	{97, "resolved value doesn't matter", "a comment in an example is the only place that says how a worker accepts",
		"a sentence of the specification"},
	{98, "e.client.port.postMessage", "after `resolve()`, before the page has its port: it is kept only because the queue of a " +
		"port is disabled at first (and then never read, see 54)", "say that messages are kept until the page has the port"},
	{106, "});", "with the function of line 89 in place, one parenthesis too few", "`}));`"},
}

// inInterfaces are mistakes in the interface definitions.
var inInterfaces = []mistake{
	{64, "`onconnect` event", "`onconnect` is the handler, the event is named `connect`; also on line 65", "`connect` event"},
	{69, "interface ForeignServiceWorkerClient", "no `[Exposed]`: without it an interface was exposed to windows only then, and so not where it is used; today Web IDL " +
		"requires it. Also on line 74", "`[Exposed=ServiceWorker]`"},
	{74, "interface ConnectionEvent extends", "Web IDL has no such word", "`interface ConnectionEvent : ExtendableEvent`"},
	{74, "ConnectionEvent", "no constructor and no dictionary to initialise it, as every event has", "`ConnectionEventInit`"},
	{81, "onconnect", "a name that shared workers use already, for an event of another type", "a name of its own"},
}

// slips are slips of the pen.
var slips = []mistake{
	{12, "third-parties to control its", "", "third parties to control their"},
	{13, "with allows", "", "that allows"},
	{15, "to provide for these third parties to provide", "", "for these third parties to provide"},
	{16, "only way to do is let", "", "only way is to let"},
	{17, "Finer level, control", "", "Finer control"},
	{21, "access to an already", "", "access an already"},
	{22, "requried", "", "required"},
	{25, "an `connect` event", "", "a `connect` event"},
	{27, "lets the worker to access", "", "lets the worker access"},
	{32, "nn", "a stray line", ""},
	{39, "servicveworkers", "", "service workers"},
	{39, "criterial", "", "criterion"},
	{40, "spec decide", "", "spec decides"},
	{43, "Should the return value `MessagePort`", "", "Should the return value be a `MessagePort`"},
	{44, "should be just let", "", "should we just let"},
	{112, "QUESTION;", "", "QUESTION:"},
	{112, "MesssagePort", "", "MessagePort"},
}

// mistakes writes them, each with its line.
func (d *document) mistakes() {
	d.heading(2, mistakesTitle)
	groups := []struct {
		title string
		list  []mistake
	}{
		{"Against itself, or against the standards", contradictions}, {"In the examples", inExamples},
		{"In the interfaces", inInterfaces}, {"Out of date since", outdated},
	}
	d.paragraph("In the draft itself, found by reading it with the standards at hand; the words quoted stand on the line given. The worst: the " +
		"text speaks of a script URL and of scopes (21, 39), refuses through a method that does not mean it (89), gives the full url of a page to " +
		"another origin (70) against its own words (27), and its first example sends a message that nobody can receive (54).")
	for _, group := range groups {
		d.details(fmt.Sprintf("%s (%d)", group.title, len(group.list)), func() {
			t := d.table("line", "words", "what is wrong", "write")
			for _, m := range group.list {
				t.row(itoa(m.line), quoted(m.quote), m.wrong, d.correction(m))
			}
			t.end()
		})
	}
	d.details(fmt.Sprintf("Slips of the pen (%d)", len(slips)), func() {
		for _, m := range slips {
			write := m.write
			if m.wrong != "" {
				write = m.wrong
			}
			d.printf("- %s: %s: %s\n", itoa(m.line), quoted(m.quote), write)
		}
		d.printf("\n")
	})
}

// quoted writes words of the draft, which may have backticks.
func quoted(words string) string {
	if strings.Contains(words, "`") {
		return "`` " + words + " ``"
	}
	return code(words)
}
