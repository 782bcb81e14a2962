package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// served returns a site that is served until the test ends.
func served(t *testing.T) *site {
	t.Helper()
	s, err := serve(0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s.newSite()
}

// local returns an address on the server by number, as the names of hosts are known to browsers only.
func (s *site) local(path string) string { return "http://" + s.on.listener.Addr().String() + path }

func (s *site) dial(t *testing.T, query string) *websocket.Conn {
	t.Helper()
	socket, _, err := websocket.Dial(t.Context(), s.local("/"+s.token+"/channel?"+query), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.CloseNow() })
	return socket
}

func sends(t *testing.T, socket *websocket.Conn, format string, args ...any) {
	t.Helper()
	if err := socket.Write(t.Context(), websocket.MessageText, fmt.Appendf(nil, format, args...)); err != nil {
		t.Fatal(err)
	}
}

// has waits until the journal is as wanted.
func (s *site) has(t *testing.T, what string, wanted func() bool) {
	t.Helper()
	if ok, err := s.await(t.Context(), 10*time.Second, wanted); !ok {
		t.Fatalf("not within 10 s: %s (%v)", what, err)
	}
}

// TestServer: what the server answers, and to whom.
func TestServer(t *testing.T) {
	s := served(t)
	if !s.on.listener.Addr().(*net.TCPAddr).IP.IsLoopback() {
		t.Errorf("it listens on %v", s.on.listener.Addr())
	}
	for _, test := range []struct {
		why, path, origin string
		code              int
	}{
		{"a page of the run", "/TOKEN/page.html", "", 200},
		{"its scripts", "/TOKEN/page.js", "", 200},
		{"the worker lies in the folder that is its scope", "/TOKEN/worker/worker.js?version=1.1", "", 200},
		{"no token", "/page.html", "", 404},
		{"another token", "/" + strings.Repeat("A", 26) + "/page.html", "", 404},
		{"nothing beside the pages", "/TOKEN/../server.go", "", 404},
		{"a channel of nobody", "/TOKEN/channel?name=browser", "", 404},
		{"a worker without a version", "/TOKEN/channel?name=worker/v1/abc", "", 404},
		{"a worker of another script than its version's", "/TOKEN/channel?name=worker/v2/abc&version=1.1", "", 404},
		{"a channel of somebody else's page", "/TOKEN/channel?name=page/1", "http://evil.test", 403},
		{"a channel of a page of the run", "/TOKEN/channel?name=page/1", "http://" + s.on.listener.Addr().String(), 101},
	} {
		request, err := http.NewRequestWithContext(t.Context(), "GET", s.local(strings.ReplaceAll(test.path, "TOKEN", s.token)), nil)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(test.path, "channel") {
			for name, value := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==", "Origin": test.origin} {
				request.Header.Set(name, value)
			}
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != test.code {
			t.Errorf("%s: %s, want %d", test.why, response.Status, test.code)
		}
	}
}

// TestPortInUse: that is said in one line.
func TestPortInUse(t *testing.T) {
	s := served(t)
	port := s.on.listener.Addr().(*net.TCPAddr).Port
	_, err := serve(port)
	if want := fmt.Sprintf("cannot listen on port %d: address already in use", port); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestJournal: lines of several parties come out in the order of their times, those of one in their own, and the life of an
// instance is told by its channel.
func TestJournal(t *testing.T) {
	s := served(t)
	page, bridge := s.dial(t, "name=page/1"), s.dial(t, "name=bridge/1")
	worker := s.dial(t, "name=worker/v1/abc&version=1.1")
	s.has(t, "three parties", func() bool { return len(s.parties) == 3 })
	soon := now() + 1000
	sends(t, page, `{"line":{"t":%f,"q":1,"actor":"page/1","op":"connect","conn":1}}`, soon+2)
	sends(t, page, `{"line":{"t":%f,"q":2,"actor":"page/1","op":"post","conn":1,"msg":"p1.1"}}`, soon+1) // its clock was set back
	sends(t, worker, `{"line":{"t":%f,"q":1,"actor":"worker/v1/abc","op":"boot"}}`, soon)
	sends(t, bridge, `{"line":{"t":%f,"actor":"browser","op":"state","version":"1.1","state":"installing"}}`, soon+1)
	s.has(t, "their lines", func() bool { return len(s.lines) == 6 })
	worker.CloseNow()
	s.has(t, "the end of the worker", func() bool { return len(s.lines) == 7 })
	var got []string
	for _, l := range s.sorted() {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s%s", l.Actor, l.Op, l.State, l.Running)))
	}
	want := []string{
		"browser running starting", "browser running running", "browser running stopped", // by the clock of the server
		"worker/v1/abc boot", "browser state installing", "page/1 connect", "page/1 post",
	}
	if text := strings.Join(got, "\n"); text != strings.Join(want, "\n") {
		t.Errorf("got\n%s", text)
	}
	if s.gap != "" {
		t.Errorf("%s has a gap", s.gap)
	}
}

// TestStrangers: what a party cannot have sent ends its channel, and is not written down.
func TestStrangers(t *testing.T) {
	for _, test := range []struct{ why, name, message string }{
		{"a line of another party", "name=page/1", `{"line":{"t":1,"q":1,"actor":"page/2","op":"post","conn":1,"msg":"x"}}`},
		{"a page that speaks for the browser", "name=page/1", `{"line":{"t":1,"actor":"browser","op":"gone","page":2}}`},
		{"no JSON", "name=page/1", `hello`},
		{"too long", "name=page/1", `{"line":{"t":1,"q":1,"actor":"page/1","op":"post","conn":1,"msg":"` + strings.Repeat("x", longestMessage) + `"}}`},
	} {
		s := served(t)
		socket := s.dial(t, test.name)
		sends(t, socket, "%s", test.message)
		if _, _, err := socket.Read(t.Context()); err == nil {
			t.Errorf("%s: it is answered", test.why)
		}
		if len(s.sorted()) > 0 {
			t.Errorf("%s: it is written down", test.why)
		}
	}
}

// TestGap: a number that is missing is noticed, so that the recording does not claim to be complete.
func TestGap(t *testing.T) {
	s := served(t)
	page := s.dial(t, "name=page/1")
	sends(t, page, `{"line":{"t":1,"q":1,"actor":"page/1","op":"connect","conn":1}}`)
	sends(t, page, `{"line":{"t":2,"q":3,"actor":"page/1","op":"resolved","conn":1}}`)
	s.has(t, "two lines", func() bool { return len(s.lines) == 2 })
	if s.gap != "page/1" {
		t.Errorf("the gap is in %q", s.gap)
	}
}

// TestTell: who waits for a party learns that it is done, that it failed, that it ended, or that it takes too long.
func TestTell(t *testing.T) {
	for _, test := range []struct {
		why  string
		does func(*testing.T, *websocket.Conn, int)
		want string
	}{
		{"done", func(t *testing.T, c *websocket.Conn, id int) { sends(t, c, `{"done":%d}`, id) }, ""},
		{"failed", func(t *testing.T, c *websocket.Conn, id int) { sends(t, c, `{"done":%d,"error":"TypeError"}`, id) }, "page/1 cannot post: TypeError"},
		{"ended", func(_ *testing.T, c *websocket.Conn, _ int) { c.CloseNow() }, ""},
		{"silent", func(*testing.T, *websocket.Conn, int) {}, "page/1 does not post within 200ms"},
	} {
		s := served(t)
		page := s.dial(t, "name=page/1")
		s.has(t, "the page", func() bool { return len(s.parties) == 1 })
		told := make(chan error)
		go func() { told <- s.tell(t.Context(), s.parties[0], command{Do: "post", Conn: 1}, 200*time.Millisecond) }()
		_, text, err := page.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var c command
		if err := json.Unmarshal(text, &c); err != nil || c.Do != "post" || c.Conn != 1 {
			t.Fatalf("%s: told %s: %v", test.why, text, err)
		}
		test.does(t, page, c.ID)
		if got := fmt.Sprint(<-told); got != test.want && (test.want != "" || got != "<nil>") {
			t.Errorf("%s: %s, want %q", test.why, got, test.want)
		}
	}
}

// TestAwaitInterrupted: an interrupt ends every wait.
func TestAwaitInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if ok, err := newJournal().await(ctx, time.Hour, func() bool { return false }); ok || err != context.Canceled {
		t.Errorf("got %v, %v", ok, err)
	}
}
