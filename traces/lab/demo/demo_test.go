package demo

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cosw/traces/lab/browser"
	"cosw/traces/lab/labtest"
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
		{"a.localhost:1", "/stop", 404, ""},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		handler(nil).ServeHTTP(w, r)
		if w.Code != c.want || !strings.Contains(w.Body.String(), c.has) {
			t.Errorf("%s%s: %d %q", c.host, c.path, w.Code, w.Body.String())
		}
	}
}

// TestStop: only the page of the demo stops the worker, and is told if that fails.
func TestStop(t *testing.T) {
	for _, c := range []struct {
		method, host, origin string
		fails                error
		want, stops          int
	}{
		{"GET", "a.localhost:1", "", nil, 200, 0},
		{"POST", "a.localhost:1", "http://a.localhost:1", nil, 200, 1},
		{"POST", "a.localhost:1", "http://a.localhost:1", errors.New("it is gone"), 500, 1},
		{"POST", "a.localhost:1", "", nil, 403, 0},
		{"POST", "a.localhost:1", "http://b.localhost:1", nil, 403, 0},
		{"POST", "svc.localhost:1", "http://svc.localhost:1", nil, 403, 0},
		{"POST", "evil.example:1", "http://evil.example:1", nil, 404, 0},
	} {
		stops := 0
		h := handler(func(context.Context) error { stops++; return c.fails })
		r := httptest.NewRequest(c.method, "/stop", nil)
		r.Host = c.host
		r.Header.Set("Origin", c.origin)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.want || stops != c.stops || c.fails != nil && !strings.Contains(w.Body.String(), c.fails.Error()) {
			t.Errorf("%s %s from %q: %d %q, %d stops", c.method, c.host, c.origin, w.Code, w.Body, stops)
		}
	}
}

// visitor uses the page as somebody would: it presses buttons, and reports the log.
const visitor = `
async function visit() {
  const log = document.getElementById('log'), logged = text => () => log.textContent.includes(text);
  const until = async what => {
    for (const end = Date.now() + 90_000; !what(); await new Promise(resolve => setTimeout(resolve, 20))) {
      if (Date.now() > end) throw new Error(what + ' does not come; the log is: ' + log.innerText);
    }
  };
  const press = id => document.getElementById(id).click();
  press('refused'); await until(logged('AbortError'));
  const refusals = () => log.textContent.split('AbortError').length;
  while (!logged('Version 1 accepts')()) { // a slow machine may take longer than the page's deadline
    const before = refusals();
    press('connect'); await until(() => logged('Version 1 accepts')() || refusals() > before);
  }
  press('like'); await until(logged('counts a like.'));
  if ((await fetch('/stop')).ok) {
    await until(() => !document.getElementById('stop').disabled);
    // The next like is counted by another instance: the first one would have run for longer.
    const ages = () => [...log.textContent.matchAll(/run for (\d+) s/g)].map(([, age]) => Number(age));
    await new Promise(resolve => setTimeout(resolve, 10_000));
    press('stop'); await until(logged('told to stop'));
    press('like'); await until(() => ages().length === 2);
    if (ages()[1] >= ages()[0] + 10) throw new Error('the worker was not stopped');
  }
  press('offline'); await until(logged('network is gone'));
  press('like'); await until(logged('1 wait for the network'));
  press('update'); await until(logged('Version 2 was asked again, and accepts'));
  press('like'); await until(logged('2 wait for the network'));
  press('unregister'); await until(logged('The connection has ended.'));
  return document.getElementById('likes').textContent;
}
visit().catch(String).then(body => fetch('/report', {method: 'POST', body}));
`

// TestVisit: everything that the page offers works, in each engine.
func TestVisit(t *testing.T) {
	for _, e := range browser.Engines() {
		t.Run(e.ID, func(t *testing.T) {
			b := labtest.Start(t, e)
			defer b.Quit()
			report := make(chan string, 1)
			var stop Stop
			if e.Cannot[browser.Stop] == "" {
				stop = func(ctx context.Context) error { return b.Do(ctx, browser.Stop, 0, nil) }
			}
			port := visited(t, stop, report)
			if err := b.Open(t.Context(), 1, "http://a.localhost:"+port+"/"); err != nil {
				t.Fatal(err)
			}
			select {
			case got := <-report:
				if got != "not connected" {
					t.Errorf("in the end the widget says %q", got)
				}
			case <-time.After(4 * time.Minute):
				t.Error("the visit comes to no end")
			}
		})
	}
}

// visited serves the demo with a visitor in its page.
func visited(t *testing.T, stop Stop, report chan<- string) (port string) {
	demo := handler(stop)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/report":
			text, _ := io.ReadAll(io.LimitReader(r.Body, 1<<12))
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
		demo.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}
