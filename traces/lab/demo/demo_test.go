package demo

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"cosw/traces/lab/browser"
)

// TestHosts: the names of the demo are served, and no name of somebody else that leads to this machine.
func TestHosts(t *testing.T) {
	for _, c := range []struct {
		host, path string
		want       int
		has        string
	}{
		{"a.localhost:1", "/", 200, "demo.js"},
		{"svc.localhost:1", "/.well-known/connect/bridge.html", 200, "data-worker"},
		{"svc.localhost:1", "/.well-known/connect/connect-worker.js", 200, "onconnect"},
		{"svc.localhost:1", "/service/worker.js", 200, "onconnect"},
		{"evil.example:1", "/", 404, ""},
		{"evil-localhost:1", "/", 404, ""},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		handler().ServeHTTP(w, r)
		if w.Code != c.want || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s%s: %d %q", c.host, c.path, w.Code, w.Body.String())
		}
	}
}

// visitor uses the page as somebody would: it presses buttons, and reports the log.
const visitor = `
const until = async what => { while (!what()) await new Promise(resolve => setTimeout(resolve, 20)); };
const log = document.getElementById('log'), logged = text => () => log.textContent.includes(text);
const press = id => document.getElementById(id).click();
press('refused'); await until(logged('AbortError'));
press('connect'); await until(logged('Version 1 accepts'));
press('like'); await until(logged('counts a like.'));
press('offline'); await until(logged('network is gone'));
press('like'); await until(logged('1 wait for the network'));
press('update'); await until(logged('Version 2 was asked again, and accepts'));
press('like'); await until(logged('2 wait for the network'));
press('unregister'); await until(logged('The connection has ended.'));
await fetch('/report', {method: 'POST', body: document.getElementById('likes').textContent});
`

// TestVisit: everything that the page offers works, in each engine.
func TestVisit(t *testing.T) {
	wish := os.Getenv("COSW_BROWSERS")
	if testing.Short() || wish == "skip" {
		t.Skip("real browsers take minutes")
	}
	for _, e := range browser.Engines() {
		t.Run(e.ID, func(t *testing.T) {
			b, err := e.Start(t.Context(), browser.Options{})
			switch {
			case errors.Is(err, browser.ErrMissing) && wish != "require":
				t.Skip(err)
			case err != nil:
				t.Fatal(err)
			}
			defer b.Quit()
			report := make(chan string, 1)
			port := visited(t, report)
			if err := b.Open(t.Context(), 1, "http://a.localhost:"+port+"/"); err != nil {
				t.Fatal(err)
			}
			select {
			case got := <-report:
				if got != "not connected" {
					t.Errorf("in the end the widget says %q", got)
				}
			case <-time.After(time.Minute):
				t.Error("the visit comes to no end")
			}
		})
	}
}

// visited serves the demo with a visitor in its page.
func visited(t *testing.T, report chan<- string) (port string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/report":
			text, _ := io.ReadAll(io.LimitReader(r.Body, 1<<10))
			report <- string(text)
			return
		case "/visitor.js":
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, visitor)
			return
		}
		if r.URL.Path == "/" {
			page, _ := files.ReadFile("files/index.html")
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, string(page)+`<script type="module" src="visitor.js"></script>`)
			return
		}
		handler().ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
