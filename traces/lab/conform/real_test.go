package conform_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/conform"
	"cosw/traces/lab/labtest"
)

// judge records a scenario of the lab and judges it.
func judge(t *testing.T, e *browser.Engine, name string, o lab.Options) conform.Verdict {
	all := lab.Scenarios()
	return judgeScenario(t, e, &all[slices.IndexFunc(all, func(s lab.Scenario) bool { return s.Name == name })], o)
}

func judgeScenario(t *testing.T, e *browser.Engine, s *lab.Scenario, o lab.Options) conform.Verdict {
	o.Connect, o.Limits = true, lab.DefaultLimits
	text, err := lab.Record(t.Context(), e, s, o)
	if err != nil {
		t.Fatal(err)
	}
	v, err := conform.Judge(t.Context(), family.NewAlgebra(model.Space), s, text)
	if err != nil {
		t.Fatal(err)
	}
	if t.Failed() {
		t.Logf("%s", text)
	}
	return v
}

// TestKeeps: the scripts keep what they claim, where a worker that does nothing, is stopped, and is replaced would show it.
func TestKeeps(t *testing.T) {
	for _, id := range []string{"chromium", "firefox", "webkit"} {
		t.Run(id, func(t *testing.T) {
			e := labtest.Find(t, id)
			for _, name := range []string{"hello", "reject", "silent", "stop", "update", "worker-close"} {
				if id == "webkit" && name == "stop" {
					continue // it has no way to stop a worker
				}
				for _, b := range judge(t, e, name, lab.Options{}).Broken {
					t.Errorf("%s: %v %s", name, b.Questions, b.What)
				}
			}
		})
	}
}

// TestHangs: a handler that hangs does not keep a new version waiting for longer than until the deadline.
func TestHangs(t *testing.T) {
	e := labtest.Find(t, "chromium")
	src, err := os.Open("../../corpus/update-progress-2.trace")
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	trace, err := traces.Read(src, src.Name())
	if err != nil {
		t.Fatal(err)
	}
	s, err := lab.Retrace(trace)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range judgeScenario(t, e, &s, lab.Options{}).Broken {
		t.Errorf("%v %s", b.Questions, b.What)
	}
}

// faults are bugs that somebody could put into the scripts. Each has to be caught by a scenario, and blamed on a question if one
// answers for it.
var faults = []struct {
	what, file, old, new string
	scenario             string
	question, says       string // what the breach names
}{
	{"an instance drops messages of connections that it did not accept itself", "connect-worker.js",
		"about = meet({id, origin}, bridge);\n    about.next = ", "about = known.get(id);\n    if (!about) return;\n    about.next = ",
		"stop", "delivery", "receives a message"},
	{"nobody is asked after an update", "bridge.js",
		"return this.by !== null && this.by === this.registration.active;", "return this.by !== null && (this.by = this.registration.active) !== null;",
		"update", "update", ""},
	{"each message is posted twice", "connect.js",
		"this.#bridge.send({do: 'post', number: this.#number, data: copy});",
		"this.#bridge.send({do: 'post', number: this.#number, data: copy}); this.#bridge.send({do: 'post', number: this.#number, data: copy});",
		"hello", "", "linearizable"},
	{"the page is not told of the end", "bridge.js",
		"if (this.by && !this.closing) this.tell('closed');", "",
		"worker-close", "page-notice", ""},
	{"the page holds a connection before anybody is asked", "bridge.js",
		"    this.round++;", "    this.round++;\n    this.tell('accepted');",
		"reject", "", "resolved"},
	{"silence is acceptance", "connect-worker.js",
		": Promise.resolve(false);", ": Promise.resolve(true);",
		"silent", "", "resolved"},
	{"a handler that hangs holds up the page for ever", "connect.js",
		"setTimeout(refuse, call.deadline)", "0",
		"hang", "deadline", ""},
	{"the worker cannot close", "connect-worker.js",
		"close() { tell(this.#bridge, this.id, {is: 'close'}); }", "close() {}",
		"worker-close", "", "receives p1.1"},
	{"pages of the service's own origin need no acceptance", "bridge.js",
		"    this.advance();\n  }\n\n  tell", "    if (this.origin === location.origin && registration.active) { this.asked = registration.active; this.answered(true); }\n    this.advance();\n  }\n\n  tell",
		"own-page", "", "page/2 for connection 2 is resolved"},
	{"the connection of a page that closed it stays in the list", "connect.js",
		"    this.#bridge.send({do: 'close', number: this.#number});\n    this.#ended();", "    this.#ended();",
		"page-close", "", "linearizable"},
	{"the worker answers each message twice", "connect-worker.js",
		"postMessage(data) { tell(this.#bridge, this.id, {is: 'message', data}); }",
		"postMessage(data) { for (let n = 0; n < 2; n++) tell(this.#bridge, this.id, {is: 'message', data}); }",
		"hello", "", "linearizable"},
	{"the worker learns the page's url", "connect.js",
		"request: structuredClone(request)", "request: {...structuredClone(request), from: location.href}",
		"hello", "client", "learns the url"},
}

// TestFaults plants each fault.
func TestFaults(t *testing.T) {
	e := labtest.Find(t, "chromium")
	for _, f := range faults {
		t.Run(f.what, func(t *testing.T) {
			v := judge(t, e, f.scenario, lab.Options{Scripts: labtest.Planted(t, f.file, f.old, f.new)})
			found := slices.ContainsFunc(v.Broken, func(b conform.Breach) bool {
				return (f.question == "" || slices.Contains(b.Questions, f.question)) && strings.Contains(b.What, f.says)
			})
			if !found {
				t.Errorf("it is not caught as %s %s; broken is %+v", f.question, f.says, v.Broken)
			}
		})
	}
}
