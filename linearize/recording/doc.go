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
//	q        counts the lines of a page or an instance from 1. A number that is missing is a line that was lost, and lines of
//	         the same time stand in this order. Of a party without numbers nothing is known to be lost
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
//	cannot            it tries what try names, post or close, and cannot: the platform does not offer it, or a post throws on
//	                  an end that it had got, from which it learns that the connection is over
//	frozen, thawed    without conn: it is kept while nobody sees it, and comes back
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
//	startFailed       the instance of version does not start
//	stop, kill        the browser is asked to stop the instance of version, or its process is ended, on behalf of by: driver,
//	                  browser, user or the like; the driver, if it is missing
//	crash             the process of page, or of the instance of version, dies
//	deploy            a new script is there
//	gone              page, a number, was closed or left
//	end               the recorder stops: until then, nothing more came
//	frozen, thawed    page is frozen, and thaws
//	unregister, skipWaiting, controlled, uncontrolled   the service is unregistered, the waiting version skips waiting, a
//	                  document opens that the worker controls, or is closed
//	cannot            the browser has every reason to do what try names, which is suspend, with version, and does not
//
// version is the name of a version, text or number, as the browser has it. It need not be that of the script. Fields that
// are not listed are ignored.
//
// The reader is strict, since nobody should have to guess what a recorder meant: what it cannot understand is a [LineError]. Only a
// browser may be watched for more than connections: its lines with an op that is not listed are skipped, and counted.
//
// The instance of which a browser tells is found by times and scripts: see [Recording.Parties]. Recorders help by naming the
// start of each version, and its end.
package recording
