package connect_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cosw/traces/lab/browser"
	"cosw/traces/lab/connect"
	"cosw/traces/lab/labtest"
)

// deadline is that of connect(): a busy machine starts a worker in less.
const deadline = 4 * time.Second

// site serves the scripts, a service and the pages of the cases, on as many origins as one likes.
type site struct {
	port    string
	reports chan string
	alive   sync.WaitGroup // instances of later.js
	stop    func()         // stops all workers; nil: the browser does so itself when nobody uses them
}

func newSite(t *testing.T) *site {
	s := &site{reports: make(chan string, 10)}
	scripts := http.StripPrefix("/.well-known/connect/", http.FileServerFS(connect.Files))
	data := http.FileServer(http.Dir("testdata"))
	mux := http.NewServeMux()
	mux.Handle("/.well-known/connect/", scripts)
	for _, bridge := range []string{"bridge.html", "module.html", "unsupported.html", "broken.html", "later.html"} {
		mux.Handle("/.well-known/connect/"+bridge, http.StripPrefix("/.well-known/connect/", data))
	}
	mux.HandleFunc("/private/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "frame-ancestors http://b.localhost:*")
		if strings.HasSuffix(r.URL.Path, ".js") {
			http.StripPrefix("/private/", http.FileServerFS(connect.Files)).ServeHTTP(w, r)
			return
		}
		http.StripPrefix("/private/", data).ServeHTTP(w, r)
	})
	mux.Handle("/service/", http.StripPrefix("/service/", data))
	mux.Handle("/broken/", http.StripPrefix("/broken/", data))
	mux.Handle("/later/", http.StripPrefix("/later/", data))
	mux.Handle("/", data)
	mux.HandleFunc("/alive", func(w http.ResponseWriter, r *http.Request) {
		s.alive.Add(1)
		defer s.alive.Done()
		fmt.Fprintln(w, "It is.") // some browsers wait for more than a header
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/stop", func(http.ResponseWriter, *http.Request) {
		if s.stop != nil {
			s.stop()
		}
		s.alive.Wait()
	})
	mux.HandleFunc("/check", func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); q.Get("apiKey") != "key" || q.Get("credentials") != "secret" {
			http.Error(w, "wrong key", http.StatusForbidden)
			return
		}
		page, _ := url.Parse(r.URL.Query().Get("page"))
		fmt.Fprintf(w, "%s %s", page.Hostname(), page.Path)
	})
	mux.HandleFunc("/report", func(_ http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(io.LimitReader(r.Body, 1<<16))
		s.reports <- string(text)
	})
	open := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*") // for the modules of a page of an opaque origin
		mux.ServeHTTP(w, r)
	})
	server := httptest.NewServer(open)
	t.Cleanup(func() {
		server.CloseClientConnections() // workers are still there
		server.Close()
	})
	_, s.port, _ = net.SplitHostPort(server.Listener.Addr().String())
	return s
}

func (s *site) origin(host string) string { return "http://" + host + ".localhost:" + s.port }

// page returns the address of a page on a host that plays a case.
func (s *site) page(host, file, name string) string {
	q := url.Values{"case": {name}, "service": {s.origin("svc")}, "report": {s.origin(host) + "/report"},
		"deadline": {fmt.Sprint(deadline.Milliseconds())}}
	if name == "victim" && file == "hostile.html" {
		q.Set("victim", s.page("a", "cases.html", name))
	}
	return s.origin(host) + "/" + file + "?" + q.Encode()
}

// refusals are what becomes of everything that is no connection: a refused page learns one name, when the deadline is over.
const refusals = `a url that does not parse: TypeError at once
a url of another scheme: TypeError at once
a request that cannot be cloned: DataCloneError at once
nothing registered there: AbortError at the deadline
a bridge that is not there: AbortError at the deadline
a bridge that may not be embedded: AbortError at the deadline
no service workers: AbortError at the deadline
a worker that fails to start: AbortError at the deadline
nobody listens: AbortError at the deadline
a worker that never answers: AbortError at the deadline
a handler that throws: AbortError at the deadline
a worker that refuses: AbortError at the deadline
a refusal tells 1 thing
0 frames left`

// TestCases plays each case in each engine.
func TestCases(t *testing.T) {
	cases := []struct {
		name, host, file string
		want             []string // the reports
	}{
		{"accepted", "a", "cases.html", []string{"connected a.localhost , the worker sees id,origin\necho Hello!\n" +
			"open, 1 in the list\nclosed, 0 in the list\nInvalidStateError at once"}},
		{"refused", "a", "cases.html", []string{"AbortError at the deadline"}},
		{"module", "a", "cases.html", []string{"echo Hello!"}},
		{"two services", "a", "cases.html", []string{"the worker keeps 1"}},
		{"handled before", "svc", "cases.html", []string{"missing 2\nmessage echo message 6\nhandled 6"}},
		{"literal", "a", "cases.html", []string{"connected a.localhost /cases.html, the worker sees port,url, the page has a MessagePort\n" +
			"AbortError at once"}},
		{"bad input", "a", "cases.html", []string{refusals}},
		{"opaque", "a", "opaque.html", []string{"null: AbortError at the deadline"}},
		{"victim", "b", "hostile.html", []string{"the hostile page heard 0", "heard connected, echo mine; open"}},
		{"thousand", "a", "cases.html", []string{"1 channels, 1 frame, 1 in the list\n" +
			"the bridge keeps 2, the worker 1 and lists 1\n0 frames left"}},
	}
	for _, e := range browser.Engines() {
		t.Run(e.ID, func(t *testing.T) {
			b := labtest.Start(t, e)
			defer b.Quit()
			for i, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					newSite(t).play(t, b, i+1, c.host, c.file, c.name, c.want...)
				})
			}
		})
	}
}

// TestLaterStart: a worker that was well and does not start again, or not as a new version, refuses nobody later than one that
// never started. Who is connected waits for it, unless it is a new version, which has until the deadline to accept them.
func TestLaterStart(t *testing.T) {
	cases := []struct {
		name, want string
		bridged    bool // the worker is stopped although there is a bridge
	}{
		{"starts once", "version 1: Hello!\nAbortError at the deadline", false},
		{"starts once, and is needed", "another one: AbortError at the deadline\nthis one: open, not handled\nclosed: InvalidStateError", true},
		{"broken update", "broken\nversion 1: Hello!\nopen, open", false},
		{"update starts once", "installing\nclosed at the deadline\nInvalidStateError at once\nanother one: AbortError at the deadline", true},
	}
	for _, e := range browser.Engines() {
		t.Run(e.ID, func(t *testing.T) {
			b := labtest.Start(t, e)
			defer b.Quit()
			cannot := e.Cannot[browser.Stop]
			for i, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					if c.bridged && cannot != "" {
						t.Skip(cannot)
					}
					s := newSite(t)
					if cannot == "" {
						s.stop = func() {
							if err := b.Do(t.Context(), browser.Stop, 0, nil); err != nil {
								t.Error(err)
							}
						}
					}
					s.play(t, b, i+1, "a", "cases.html", c.name, c.want)
				})
			}
		})
	}
}

// play opens a page on a host that plays a case, and compares what it reports.
func (s *site) play(t *testing.T, b browser.Browser, page int, host, file, name string, reports ...string) {
	t.Helper()
	if err := b.Open(t.Context(), page, s.page(host, file, name)); err != nil {
		t.Fatal(err)
	}
	for _, want := range reports {
		if got := s.next(t); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
}

// next waits for a report.
func (s *site) next(t *testing.T) string {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	select {
	case text := <-s.reports:
		return text
	case <-ctx.Done():
		return "no report within a minute"
	}
}
