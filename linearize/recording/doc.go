// Package recording reads recordings of real browsers, and finds out who is who in them. Everybody who looks at a
// recording comes here.
//
//	rec, err := recording.ReadFile("stop.jsonl")
//	parties := rec.Parties(clocks, late)
//
// # Format
//
// A recording is text in UTF-8 with one JSON object a line, sorted by time. The first line describes the run; each other
// one says what a page, an instance of a worker, or the browser did:
//
//	{"clock":"ms since epoch","closeEvent":false,"platform":"Chromium 156","scenario":"hello"}
//	{"t":1795324669897.5,"q":3,"actor":"page/1","op":"post","conn":1,"msg":"p1.1"}
//	{"t":1795324669900.6,"q":5,"actor":"worker/v1/x0o6r","op":"receive","conn":1,"msg":"p1.1"}
//	{"t":1795324670955.4,"actor":"browser","op":"stop","version":"0"}
//
// The fields of the first line:
//
//	clock       required, and always "ms since epoch": the unit of t
//	platform    required: the browser with its version. Recordings of one platform are taken together
//	scenario    required: what is recorded, in a word
//	closeEvent  true if the platform tells of the end of a port (the close event of MessagePort); false if it is missing
//	complete    true if everything is recorded that a party or the environment did; false if it is missing
//
// The fields of every other line:
//
//	t        required: when, in ms since the epoch on the clock of the party. Fractions are welcome
//	actor    required: page/N, worker/vSCRIPT/INSTANCE, or browser. N and SCRIPT are numbers: a page, and the version of the
//	         script, newer ones being greater. INSTANCE is a name of its own for each start of a worker. Lines of browser
//	         come from the driver, or from whoever else watches the browser
//	op       required: what was done, see below
//	q        counts the lines of a page or an instance from 1. A number that is missing is a line that was lost. Parties that
//	         have none promise nothing, and nothing is known to be lost
//
// What a page records (ops without an argument named here take conn alone; conn numbers connections from 1, and msg names a
// message, different ones at one end by different names):
//
//	connect           it asks for a connection; url is what it asks for and origin its own origin, if told
//	resolved          its promise is resolved, and it holds an end
//	rejected          its promise is rejected
//	post, receive     it posts or receives msg
//	close             it closes its end
//	closed            it is told of the end of the connection, by an event or a state
//	cannot            it tries what try names, post or close, and cannot
//
// What an instance of a worker records:
//
//	boot              it starts; always its first line, without conn
//	activate          it gets the activate event, without conn
//	connect           it gets a connect event; origin is that of the page, if told
//	accept, reject    it answers the event
//	ignore, hang      it leaves the event unanswered; its handler never comes to an answer
//	post, receive, close, closed, cannot   as for a page
//
// What is recorded of the browser:
//
//	state             version is now state: new, installing, installed, activating, activated or redundant
//	running           the instance of version is now running: starting, running, stopping or stopped
//	stop, kill        the driver asks the browser to stop the instance of version, or ends its process
//	deploy            a new script is there
//	gone              page, a number, was closed or left
//	unregister, skipWaiting, controlled, uncontrolled   the service is unregistered, the waiting version skips waiting, a
//	                  document opens that the worker controls, or is closed
//	cannot            the browser has every reason to do what try names, which is suspend, with version, and does not
//
// version is the name of a version, text or number, as the browser has it. It need not be that of the script. Fields that
// are not listed are ignored.
//
// The reader is strict, since nobody should have to guess what a recorder meant: what it cannot understand is a [LineError].
package recording
