package wpt

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"cosw/model"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/connect"
	"cosw/traces/lab/labtest"
)

// report is what testharness.js says of a test, or rather our testharnessreport.js.
type report struct {
	Name    string
	Status  int // of the page: 0 is OK
	Message string
	Tests   []struct {
		Status  int // 0 is PASS
		Message string
	}
}

// wrong returns what went wrong, or nothing.
func (r *report) wrong() string {
	switch {
	case r.Status != 0:
		return fmt.Sprintf("the test ends with %d %s", r.Status, r.Message)
	case len(r.Tests) != 1:
		return fmt.Sprintf("%d tests were run", len(r.Tests))
	case r.Tests[0].Status != 0:
		return r.Tests[0].Message
	}
	return ""
}

// What a server of web platform tests has, as far as these need it.
const (
	harnessReport = `add_completion_callback((tests, {status, message}) => {
  if (parent === self) return;
  const told = {name: location.pathname, status, message, tests: tests.map(({status, message}) => ({status, message}))};
  parent.postMessage(JSON.stringify(told), location.origin);
});`
	hostInfo = "const get_host_info = () => ({HTTPS_NOTSAMESITE_ORIGIN: `http://svc.localhost:${location.port}`});"

	// runner opens tests, some at a time, and hands on what they report.
	runner = `<!doctype html><meta charset="utf-8"><body><script>
(async () => {
  const left = await (await fetch('/names')).json();
  const frames = new Map();
  const next = () => {
    const name = left.shift();
    if (!name) return;
    const frame = document.createElement('iframe');
    frame.src = name;
    frames.set(name, frame);
    document.body.append(frame);
  };
  addEventListener('message', async event => {
    if (event.origin !== location.origin || typeof event.data !== 'string') return;
    const {name} = JSON.parse(event.data);
    await fetch('/report', {method: 'POST', body: event.data});
    setTimeout(() => frames.get(name).remove(), 1000); // it cleans up
    next();
  });
  for (let n = 0; n < 4; n++) next();
})();
</script>`
)

// serveTests serves tests with all that they need. It returns the address that runs them, and their reports.
func serveTests(t *testing.T, tests map[string][]byte, scripts fs.FS) (string, <-chan report) {
	reports := make(chan report)
	mux := http.NewServeMux()
	text := func(path, kind, content string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			fmt.Fprint(w, content)
		})
	}
	names := []string{}
	for name, page := range tests {
		names = append(names, "/suite/"+name+".https.html")
		text("/suite/"+name+".https.html", "text/html", string(page))
	}
	slices.Sort(names)
	list, err := json.Marshal(names)
	if err != nil {
		t.Fatal(err)
	}
	text("/names", "application/json", string(list))
	text("/run.html", "text/html", runner)
	text("/resources/testharnessreport.js", "text/javascript", harnessReport)
	text("/common/get-host-info.sub.js", "text/javascript", hostInfo)
	mux.Handle("/resources/", http.StripPrefix("/resources/", http.FileServer(http.Dir("testdata"))))
	mux.Handle("/suite/resources/", http.StripPrefix("/suite/", http.FileServerFS(Resources)))
	mux.Handle("/suite/connect/", http.StripPrefix("/suite/connect/", http.FileServerFS(scripts)))
	mux.HandleFunc("/report", func(_ http.ResponseWriter, r *http.Request) {
		var one report
		if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, 1<<16)).Decode(&one); err != nil {
			one.Message = err.Error()
		}
		select {
		case reports <- one:
		case <-t.Context().Done():
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return "http://a.localhost:" + port + "/run.html", reports
}

// run runs tests in a browser, and returns what went wrong, by name.
func run(t *testing.T, e *browser.Engine, tests map[string][]byte, scripts fs.FS) map[string]string {
	address, reports := serveTests(t, tests, scripts)
	b := labtest.Start(t, e)
	defer b.Quit()
	if err := b.Open(t.Context(), 1, address); err != nil {
		t.Fatal(err)
	}
	wrong := map[string]string{}
	for range tests {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		select {
		case r := <-reports:
			name := strings.TrimSuffix(strings.TrimPrefix(r.Name, "/suite/"), ".https.html")
			if what := r.wrong(); what != "" {
				wrong[name] = what
			}
		case <-ctx.Done():
			t.Fatal("no further test comes to an end")
		}
		cancel()
	}
	return wrong
}

// TestReal runs the tests of the corpus in each engine: one of those that come to the same.
func TestReal(t *testing.T) {
	tests := distinct(t)
	for _, e := range browser.Engines() {
		t.Run(e.ID, func(t *testing.T) {
			t.Log(labtest.Installed(t, e))
			for name, what := range run(t, e, tests, connect.Files) {
				t.Errorf("%s: %s", name, what)
			}
			t.Logf("%d tests", len(tests))
		})
	}
}

// faults are bugs that somebody could put into the scripts. Each fails the test of a trace.
var faults = []struct {
	what, file, old, new string
	test, says           string // what the failure of the test says
}{
	{"nobody is asked after an update", "bridge.js",
		"return this.by !== null && this.by === this.registration.active;", "return this.by !== null && (this.by = this.registration.active) !== null;",
		"mutant-update-progress-1", "not seen: v2: connect c1 again"},
	{"the page is not told of the end", "bridge.js",
		"if (this.by && !this.closing) this.tell('closed');", "",
		"mutant-unregisters-1", "not seen: p1: closed c1"},
	{"silence is acceptance", "connect-worker.js",
		": Promise.resolve(false);", ": Promise.resolve(true);",
		"accounts-loss-19", "not seen: p1: rejected c1"},
	{"the page holds a connection before anybody is asked", "bridge.js",
		"    this.round++;", "    this.round++;\n    this.tell('accepted');",
		"page-private-1", "not seen: p1: rejected c1"},
	{"the worker learns the page's url", "connect.js",
		"request: structuredClone(request)", "request: {...structuredClone(request), from: location.href}",
		"page-private-1", "not seen: v1: connect c1"},
	{"each message is posted twice", "connect.js",
		"this.#bridge.send({do: 'post', number: this.#number, data: copy});",
		"for (let n = 0; n < 2; n++) this.#bridge.send({do: 'post', number: this.#number, data: copy});",
		"mutant-fresh-acceptance-1", "all that is seen"},
	{"the worker cannot close", "connect-worker.js",
		"close() { tell(this.#bridge, this.id, {is: 'close'}); }", "close() {}",
		"ancestor-navigator-connect-v3-tells-page", "not seen: p1: closed c1"},
	{"a message is delivered before the new version accepts", "bridge.js",
		"if (this.isUp()) this.send(message);", "this.by = this.asked;\n    this.send(message);",
		"posted-while-asked", "v2: receive c1 m1"},
	{"another registration is taken", "bridge.js",
		"navigator.serviceWorker.getRegistration(url);\n  if", "(await navigator.serviceWorker.getRegistrations())[0];\n  if",
		"mutant-match-agrees-1", "not seen: svc.example/app/: connect c1"},
}

// postedWhileAsked returns the test of a history that is not in the corpus: a page posts while a new version is asked.
func postedWhileAsked(t *testing.T) []byte {
	trace := &traces.Trace{Part: props.Lifecycle, Bounds: model.DefaultBounds, Start: "installed"}
	for _, name := range []string{"p1 connect c1", "worker accept c1", "service update", "p1 post c1"} {
		trace.Steps = append(trace.Steps, traces.Step{Name: name})
	}
	page, err := Test(trace)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// TestFaults plants each fault, in one engine.
func TestFaults(t *testing.T) {
	e := labtest.Find(t, "chromium")
	tests := distinct(t)
	tests["posted-while-asked"] = postedWhileAsked(t)
	for _, f := range faults {
		t.Run(f.what, func(t *testing.T) {
			page, ok := tests[f.test]
			if !ok {
				t.Fatalf("there is no test %s", f.test)
			}
			wrong := run(t, e, map[string][]byte{f.test: page}, labtest.Planted(t, f.file, f.old, f.new))
			if !strings.Contains(wrong[f.test], f.says) {
				t.Errorf("%s says %q, want %q", f.test, wrong[f.test], f.says)
			}
		})
	}
}
