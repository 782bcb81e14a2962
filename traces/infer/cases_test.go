package infer

import (
	"path/filepath"
	"strings"
	"testing"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// TestCases infers from small recordings that are made up after public reports. Where no design explains one, it says why.
func TestCases(t *testing.T) {
	const none = "no design"
	for name, want := range map[string]struct{ formula, says string }{
		"02b-post-vanishes-after-stop":        {"suspend=sever|reaccept", ""}, // a page that is gone may have been told
		"02c-post-cannot":                     {"page-notice=event|state, suspend=sever", ""},
		"06c-worker-receives-after-own-close": {"page-notice=none, close=close if own-close=arrive", ""},
		"07c-re-ask-on-restart":               {"suspend=reaccept", ""},
		"20e-posted-29s-before-stop":          {"page-notice=none, suspend=sever or suspend=wake, queue=lost", ""},
		"20g-idle-loss-complete":              {"page-notice=none, suspend=sever or suspend=wake, queue=lost or suspend=wake, worker-list=none, delivery=port or suspend=wake, delivery=port if lists=never", ""},
		"21-stop-then-close":                  {"suspend=sever|reaccept, close=close", ""},
		"21b-stop-then-gone":                  {"suspend=sever|reaccept", ""},
		"22-duplicate-delivery":               {none, "the line contradicts the standards, whatever a design says: a message arrives once"},
		"23-worker-fails-to-start":            {"page-notice=event|state, suspend=sever, interrupt=reject", ""},
		"unregister-attached":                 {"unregister=run-out", ""}, // Chromium, with a debugger attached
		"30b-unrelated-browser-line":          {"any design", "1 line of the browser is skipped"},
	} {
		rec, err := recording.ReadFile(filepath.Join("../../linearize/recording/testdata/cases", name+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		platforms, refused, err := InferAll(t.Context(), []*recording.Recording{rec}, DefaultOptions, nil)
		if err != nil || len(refused) > 0 {
			t.Fatal(refused, err)
		}
		inf := platforms[0].Inferences[0]
		if got := formula(inf); got != want.formula {
			t.Errorf("%s: got %s, want %s", name, got, want.formula)
		}
		says := strings.Join(inf.Differences(), "\n")
		for i := range platforms[0].Conflicts {
			says += platforms[0].Conflicts[i].Cause.Describe()
		}
		if !strings.Contains(says, want.says) || want.says == "" && says != "" {
			t.Errorf("%s: got %q, want %q", name, says, want.says)
		}
		if want.formula != none {
			plays(t, inf, model.Space.Full())
		}
	}
}

// TestCauses: why no design explains a recording.
func TestCauses(t *testing.T) {
	hello, stop := readText(t, "hello"), readText(t, "stop")
	for _, c := range []struct{ why, text, kind, want string }{
		{"a message is received that nobody posted", insert(1795324670500, `"actor":"page/1","op":"receive","conn":1,"msg":"phantom"`)(hello), "standards", portsDeliver},
		{"a message overtakes another", drop(`"receive","conn":1,"msg":"p1.1"`)(hello), "standards", portsDeliver},
		{"a notice of an end that there is not", insert(1795324670000, `"actor":"page/1","op":"closed","conn":1`)(hello), "standards", portsTell},
		{"something is owed at the end", drop(`"t":17953246774`)(stop), "granted", assumeRest},
		{"a message arrives at an end that was closed before it was posted", all(insert(1795324671000, `"actor":"worker/v1/x0o6r","op":"close","conn":1`),
			insert(1795324671500, `"actor":"page/1","op":"post","conn":1,"msg":"late"`), insert(1795324671501, `"actor":"worker/v1/x0o6r","op":"receive","conn":1,"msg":"late"`))(hello), "standards", portsDeliver},
		{"the platform does what no design has: a worker is asked twice", insert(1795324670500, `"actor":"worker/v1/x0o6r","op":"connect","conn":1`)(hello),
			"lacks", "the family has no answer for what the platform does there"},
	} {
		p := &combine(t, c.text)[0]
		if len(p.Conflicts) != 1 || p.Conflicts[0].Cause.Kind.String() != c.kind || !strings.Contains(p.Conflicts[0].Cause.Describe(), c.want) {
			t.Errorf("%s: got %v, want %s", c.why, p.Conflicts, c.want)
			continue
		}
	}
}

// TestInVain: a party may use an end that came to nothing, as long as it does not know; a browser may take its time to take one.
func TestInVain(t *testing.T) {
	const gone = "p1 connect c1\nquiesce\np1 leave\nquiesce\n"
	early := all(
		drop(`"conn":1,"msg":"p1.`), drop(`"msg":"w1.`),
		insert(1795324669883, `"actor":"page/1","op":"post","conn":1,"msg":"early"`),
		insert(1795324669890, `"actor":"worker/v1/x0o6r","op":"receive","conn":1,"msg":"early"`),
	)(readText(t, "hello"))
	silent := "suspend=wake, worker-list=list, worker-notice=silent, close=close"
	for _, c := range []struct {
		why, text, design string
		want              bool
	}{
		{"a worker posts to a page that is gone: the browser takes its end later", record(t, gone+"worker post c1\nquiesce\n", "worker-notice=none"), silent, true},
		{"it closes its end", record(t, gone+"worker close c1\nquiesce\n", "worker-notice=none, close=close"), silent, true},
		{
			"a new instance still finds that end",
			record(t, "bounds connections=2\n"+gone+"browser suspend\np2 connect c2\nquiesce\nworker post c1\nquiesce\n", "suspend=wake, worker-list=list, worker-notice=none, same-origin=ask"),
			silent + ", same-origin=ask", true,
		},
		{"a worker that is told posts no more", record(t, gone+"worker post c1\nquiesce\n", "worker-notice=none"), "worker-notice=event", false},
		{"a page posts before it sees that it is refused", all(
			insert(1795324674487, `"actor":"page/1","op":"post","conn":1,"msg":"early"`),
		)(readText(t, "reject")), "pipeline=yes", true},
		{"it has nothing to post to", all(
			insert(1795324674487, `"actor":"page/1","op":"post","conn":1,"msg":"early"`),
		)(readText(t, "reject")), "pipeline=no", false},
		{"a page posts before it sees that it is accepted", early, "pipeline=yes, close=close", true},
		{"it has nothing to post to either", early, "pipeline=no, close=close", false},
		{
			"a page posts on a request that nobody ever answers",
			record(t, "p1 connect c1\np1 post c1\nbrowser start-failed\nquiesce\np1 post c1\nquiesce\n", "pipeline=yes, interrupt=hang"),
			"pipeline=yes, interrupt=hang", true,
		},
		{
			"and cannot, which says as much",
			record(t, "p1 connect c1\nbrowser start-failed\nquiesce\np1 post c1\nquiesce\n", "pipeline=no, interrupt=hang"),
			"pipeline=yes, interrupt=hang", false,
		},
	} {
		if got := explains(t, c.text, c.design, DefaultOptions); got != c.want {
			t.Errorf("%s: %s explains it: %t\n%s", c.why, c.design, got, c.text)
		}
	}
}

// TestRunsOut: whether an instance goes on after its registration is cleared is told by its stop, and by what it does.
func TestRunsOut(t *testing.T) {
	const cleared = "p1 connect c1\nquiesce\nservice unregister\nquiesce\n"
	// An instance that a connection keeps alive is not suspended.
	const afterwards = "page-notice=none, unregister=sever or page-notice=none, suspend=sever|wake|reaccept, unregister=sever|run-out"
	quiet := record(t, cleared, "unregister=run-out")
	everything := func(text string) string { return strings.Replace(text, `"clock"`, `"complete":true,"clock"`, 1) }
	stopped := func(after float64) string { // after the registration is cleared
		return insert(timeOfPart(quiet, `"redundant"`)+after, `"actor":"browser","op":"running","running":"stopped","version":"0"`)(quiet)
	}
	for _, c := range []struct{ why, text, want string }{
		{"nothing more happens: a complete recording would say that the instance is stopped", everything(quiet), "unregister=run-out"},
		{
			"nobody says that it is stopped, but a message vanishes: it must have been",
			record(t, cleared+"p1 post c1\nquiesce\n", "unregister=sever, page-notice=none", `"running":"stopping"`, `"running":"stopped"`),
			"page-notice=none, unregister=sever",
		},
		{"nothing more happens", quiet, "unregister=run-out or page-notice=none, unregister=sever|run-out"},
		{"the instance is stopped right then: because of that", stopped(10), "page-notice=none, unregister=sever"},
		{"it is stopped later: it may have gone on until then", stopped(1000), afterwards},
		{"it is stopped soon after, where everything is recorded: on a busy machine its end is seen late", everything(stopped(60)), afterwards},
		{
			"and is soon after said to be stopping, and to be stopped",
			everything(insert(timeOfPart(quiet, `"redundant"`)+50, `"actor":"browser","op":"running","running":"stopping","version":"0"`)(stopped(60))),
			afterwards,
		},
		{"it is stopped later, where everything is recorded: it has gone on", everything(stopped(1000)), "page-notice=none, suspend=sever|wake|reaccept, unregister=run-out"},
		{
			"it goes on, and is stopped",
			record(t, "p1 connect c1\nquiesce\nservice unregister\nquiesce\np1 post c1\nquiesce\nbrowser suspend\nquiesce\n", "unregister=run-out, page-notice=none"),
			"page-notice=none, suspend=sever|wake|reaccept, unregister=run-out",
		},
		{
			"it is stopped, and a message vanishes",
			record(t, cleared+"browser suspend\nquiesce\np1 post c1\nquiesce\n", "unregister=run-out, page-notice=none"),
			afterwards,
		},
	} {
		inf, err := inferText(t, c.text, DefaultOptions)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if got := formula(inf); got != c.want {
			t.Errorf("%s: got %s, want %s\n%s", c.why, got, c.want, c.text)
		}
	}
}

// TestBreaksOff: an instance that is killed may not have handled the last message that it received, and queue says whether the
// next one gets it. What it posted meanwhile is no sign that it had.
func TestBreaksOff(t *testing.T) {
	const wakes, killed = "suspend=wake, delivery=global, same-origin=ask", "p1 connect c1\nquiesce\np1 post c1\nbrowser kill-handling c1\nquiesce\n"
	again := record(t, killed, wakes+", queue=kept")
	once := record(t, killed, wakes+", queue=lost")
	post := insert(timeOfPart(again, `"op":"kill"`)-1, `"actor":"worker/v1/a1","op":"post","conn":1,"msg":"answer"`)
	read := insert(timeOfPart(again, `"op":"kill"`)+1, `"actor":"page/1","op":"receive","conn":1,"msg":"answer"`)
	asked := record(t, "bounds connections=2\np1 connect c1\nquiesce\np1 post c1\np2 connect c2\nbrowser dispatch c2\n"+
		"worker accept c2\nbrowser kill-handling c1\nquiesce\n", wakes+", queue=kept")
	early := func(text, before string) string { // the first instance receives the message earlier
		const received = `"actor":"worker/v1/a1","conn":1,"msg":"p1.1","op":"receive"`
		return insert(timeOfPart(text, before)-50, received)(drop(received)(text))
	}
	stopped := func(text string) string { return strings.Replace(text, `"op":"kill"`, `"op":"stop"`, 1) }
	for _, c := range []struct {
		why, text  string
		kept, lost bool
	}{
		{"the next instance gets it again", again, true, false},
		{"it does not: it was handled, or lost", once, true, true},
		{"the first one had posted an answer", post(read(again)), true, false},
		{"it got something else after it", insert(timeOfPart(again, `"op":"kill"`)-1, `"actor":"worker/v1/a1","op":"closed","conn":1`)(again), false, false},
		{"it was idle", stopped(again), false, false},
		{"it had got it long before", early(again, `"op":"kill"`), true, false},
		{"and answered a request since", early(asked, `"actor":"worker/v1/a1","conn":2,"op":"connect"`), false, false},
		{
			"the next one did not record that it got it", record(t, killed+"browser suspend\nquiesce\n", wakes+", queue=kept", `"actor":"worker/v1/a2","conn":1`),
			true, true,
		},
	} {
		for queue, want := range map[string]bool{", queue=kept": c.kept, ", queue=lost": c.lost} {
			if got := explains(t, c.text, wakes+queue, DefaultOptions); got != want {
				t.Errorf("%s: %s explains it: %t\n%s", c.why, wakes+queue, got, c.text)
			}
		}
	}
}

// TestApart: a service that has a registration for each of two pages is not shared, if their origins differ for certain.
func TestApart(t *testing.T) {
	traffic := readText(t, "traffic")
	for _, c := range []struct {
		why, text string
		want      bool
	}{
		{"pages of two origins", traffic, true},
		{"of one", strings.ReplaceAll(traffic, "http://b.localhost", "http://a.localhost"), false},
		{"one origin is not told", strings.Replace(traffic, `,"origin":"http://b.localhost"`, "", 1), false},
		{"two services", strings.Replace(traffic, `"conn":2,"url":"http://svc.localhost"`, `"conn":2,"url":"http://other.localhost"`, 1), false},
		{"one page", readText(t, "hello"), false},
	} {
		inf, err := inferText(t, c.text, DefaultOptions)
		if err != nil {
			t.Fatal(err)
		}
		shared := inf.Algebra.Cube(model.Where(model.Partition, model.Shared))
		if got := inf.Algebra.Intersect(inf.Designs, shared) == family.None; got != c.want {
			t.Errorf("%s: shared is excluded: %t", c.why, got)
		}
		if c.want {
			if r, err := inf.Reason(t.Context(), shared); err != nil || len(r.Explain().Lines) != 0 {
				t.Errorf("%s: %v, %d lines", c.why, err, len(r.Explain().Lines))
			}
		}
	}
}

// TestWords: what happens to pages and instances shows as it should.
func TestWords(t *testing.T) {
	stop, reject := readText(t, "stop"), readText(t, "reject")
	browser := func(t float64, what string) edit { return insert(t, `"actor":"browser",`+what) }
	const lost, gone = 1795324678268, 1795324699110
	for _, c := range []struct{ why, text, want string }{
		{
			"the worker's process dies: that is no suspend", all(drop(`"op":"stop"`), drop(`"stopping"`), drop(`"running":"stopped","t":17953246774`),
				browser(1795324677470, `"op":"crash","version":"0"`))(stop),
			"page-notice=none, suspend=sever|keepalive",
		},
		{
			"the driver says so only after the instance is gone", browser(1795324677480, `"op":"crash","version":"0"`)(drop(`"op":"stop"`)(stop)),
			"page-notice=none, suspend=sever|keepalive",
		},
		{
			"the process of another page dies at the same time, which may be that of the worker", browser(1795324677468, `"op":"crash","page":7`)(drop(`"op":"stop"`)(stop)),
			"page-notice=none, suspend=sever|keepalive",
		},
		{"a page crashes: it leaves", strings.Replace(readText(t, "page-gone"), `"op":"gone"`, `"op":"crash"`, 1), formulaOf(t, readText(t, "page-gone"))},
		{"and it is closed afterwards", browser(1795324799110, `"op":"gone","page":1`)(strings.Replace(readText(t, "page-gone"), `"op":"gone"`, `"op":"crash"`, 1)), formulaOf(t, readText(t, "page-gone"))},
		{
			"a post throws: the page learns that its connection is over",
			all(drop(`"msg":"p1.2"`), insert(lost, `"actor":"page/1","op":"cannot","conn":1,"try":"post"`))(stop), "page-notice=event|state, suspend=sever",
		},
		{
			"and another one, of a page that knows",
			all(drop(`"msg":"p1.2"`), insert(lost, `"actor":"page/1","op":"cannot","conn":1,"try":"post"`),
				insert(lost+10, `"actor":"page/1","op":"cannot","conn":1,"try":"post"`))(stop), "page-notice=event|state, suspend=sever",
		},
		{"the browser stops it by itself: that is as idle as by the driver", strings.Replace(stop, `"op":"stop"`, `"op":"stop","by":"browser"`, 1), formulaOf(t, stop)},
		{
			"the next start fails, for something else", all(browser(gone, `"op":"running","running":"starting","version":"0"`), browser(gone+1, `"op":"startFailed","version":"0"`),
				browser(gone+2, `"op":"running","running":"stopped","version":"0"`))(stop), formulaOf(t, browser(gone, `"op":"startFailed","version":"0"`)(stop)),
		},
		{"a page is frozen and gets what was sent meanwhile", all(browser(1795324670000, `"op":"frozen","page":1`), browser(1795324670100, `"op":"thawed","page":1`))(readText(t, "hello")),
			"frozen=keep, close=close, worker-notice=none|silent"},
		{"its connection is cut, as it finds when it thaws", all(insert(1795324678300, `"actor":"page/1","op":"frozen"`), insert(1795324679000, `"actor":"page/1","op":"thawed"`),
			insert(1795324679001, `"actor":"page/1","op":"closed","conn":1`))(drop(`"t":17953246774`)(drop(`"msg":"p1.2"`)(stop))), "page-notice=event|state, frozen=sever"},
		{"it is still frozen at the end, and owes nothing", all(browser(1795324678300, `"op":"frozen","page":1`))(drop(`"t":17953246774`)(drop(`"op":"receive","conn":1,"msg":"w1.1@hq6sw"`)(drop(`"msg":"p1.2"`)(stop)))),
			"frozen=keep|sever"}, // a page finds out when it thaws
		{"lines of the browser about something else", browser(1795324674000, `"op":"hidden","page":1`)(reject), formulaOf(t, reject)},
	} {
		inf, err := inferText(t, c.text, DefaultOptions)
		if err != nil {
			t.Errorf("%s: %v", c.why, err)
			continue
		}
		if got := formula(inf); got != c.want {
			t.Errorf("%s: got %s, want %s", c.why, got, c.want)
		}
	}
}

func formulaOf(t *testing.T, text string) string {
	t.Helper()
	inf, err := inferText(t, text, DefaultOptions)
	if err != nil {
		t.Fatal(err)
	}
	return formula(inf)
}

// TestAskedAtTheEnd: an instance that is killed takes lines with it, also that in which it was asked for a connection.
func TestAskedAtTheEnd(t *testing.T) {
	text := record(t, "p1 connect c1\nbrowser start\nbrowser dispatch c1\nbrowser kill\nquiesce\n", "interrupt=hang", `"actor":"worker/v1/a1","conn":1,"op":"connect"`)
	if !explains(t, text, "interrupt=hang", DefaultOptions) {
		t.Errorf("interrupt=hang does not explain it\n%s", text)
	}
}
