package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"
)

var errTooLong = errors.New("too long")

// TestTransports: the two transports carry the same commands, answers and errors.
func TestTransports(t *testing.T) {
	for name, dial := range map[string]func(*testing.T, func(string, map[string]any) (any, string)) transport{
		"http": overFakeHTTP, "marionette": overFakeMarionette,
	} {
		t.Run(name, func(t *testing.T) {
			var asked []string
			closed := false // once, in vain
			tr := dial(t, func(command string, params map[string]any) (any, string) {
				asked = append(asked, fmt.Sprint(command, " ", params))
				switch command {
				case "this":
					return "w0", ""
				case "new":
					return map[string]any{"handle": "w7"}, ""
				case "close":
					if closed = !closed; closed {
						return nil, "no such window"
					}
				}
				return nil, ""
			})
			d := newDriver(&processes{}, tr, "a browser")
			if err := d.Open(t.Context(), 1, "http://a.localhost/"); err != nil {
				t.Fatal(err)
			}
			err := d.closePage(t.Context(), 1)
			if want := `no such window: "it said so"`; err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
			if err := d.closePage(t.Context(), 1); err != nil {
				t.Error(err)
			}
			want := "this map[], new map[type:window], switch map[handle:w7], go map[url:http://a.localhost/], " +
				"switch map[handle:w7], close map[], switch map[handle:w7], close map[], switch map[handle:w0]"
			if got := strings.Join(asked, ", "); got != want {
				t.Errorf("asked\n%s, want\n%s", got, want)
			}
			ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, errTooLong)
			defer cancel()
			if _, err := d.do(ctx, wire{"hang", "POST", "/hang"}, nil); err != errTooLong {
				t.Errorf("a driver that hangs: %v", err)
			}
		})
	}
}

// TestStopChromium: workers are stopped through the window of the session, whatever became of the page that was opened last.
func TestStopChromium(t *testing.T) {
	var asked []string
	b := &chromiumBrowser{newDriver(&processes{}, overFakeHTTP(t, func(command string, params map[string]any) (any, string) {
		asked = append(asked, strings.TrimSpace(fmt.Sprint(command, " ", params["handle"])))
		switch command {
		case "this":
			return "w0", ""
		case "new":
			return map[string]any{"handle": "w7"}, ""
		case "devtools":
			if asked[len(asked)-2] == "switch w7" {
				return nil, "tab crashed"
			}
		}
		return nil, ""
	}), "a browser")}
	if err := b.Open(t.Context(), 1, "http://a.localhost/"); err != nil {
		t.Fatal(err)
	}
	asked = nil
	if err := b.Do(t.Context(), Stop, 0, nil); err != nil {
		t.Error(err)
	}
	if got, want := strings.Join(asked, ", "), "switch w0, devtools <nil>, devtools <nil>"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// short names the commands of the tests.
var short = map[string]string{
	thisWindow.name: "this", "GET " + thisWindow.path: "this", newWindow.name: "new", switchTo.name: "switch", navigate.name: "go", closeWindow.name: "close", "hang": "hang",
	"POST " + newWindow.path: "new", "POST " + switchTo.path: "switch", "POST " + navigate.path: "go",
	"DELETE " + closeWindow.path: "close", "POST /hang": "hang",
	"POST " + devToolsOrder.path: "devtools",
}

func overFakeHTTP(t *testing.T, answer func(string, map[string]any) (any, string)) transport {
	over := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		params := map[string]any{}
		if r.Method == "POST" {
			json.NewDecoder(r.Body).Decode(&params)
		}
		command := short[r.Method+" "+strings.TrimPrefix(r.URL.Path, "/session/s1")]
		if command == "hang" {
			<-over
			return
		}
		value, failed := answer(command, params)
		if failed != "" {
			w.WriteHeader(http.StatusNotFound)
			value = map[string]any{"error": failed, "message": "it said so"}
		}
		json.NewEncoder(w).Encode(map[string]any{"value": value})
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(over) })
	return &overHTTP{driver: server.URL, session: "s1"}
}

func overFakeMarionette(t *testing.T, answer func(string, map[string]any) (any, string)) transport {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go playMarionette(conn, answer)
		}
	}()
	m, err := dialMarionette(t.Context(), &processes{}, listener.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.close)
	return m
}

func playMarionette(conn net.Conn, answer func(string, map[string]any) (any, string)) {
	defer conn.Close()
	write := func(v any) {
		text, _ := json.Marshal(v)
		fmt.Fprintf(conn, "%d:%s", len(text), text)
	}
	write(map[string]any{"applicationType": "gecko", "marionetteProtocol": 3})
	reader := bufio.NewReader(conn)
	for {
		head, err := reader.ReadString(':')
		if err != nil {
			return
		}
		n, _ := strconv.Atoi(strings.TrimSuffix(head, ":"))
		text := make([]byte, n)
		if _, err := io.ReadFull(reader, text); err != nil {
			return
		}
		var command []any
		json.Unmarshal(text, &command)
		name := command[2].(string)
		if name == newSession.name {
			write([]any{1, command[1], nil, map[string]any{"sessionId": "s1"}})
			continue
		}
		if short[name] == "hang" {
			continue
		}
		value, failed := answer(short[name], command[3].(map[string]any))
		if failed != "" {
			write([]any{1, command[1], map[string]any{"error": failed, "message": "it said so"}, nil})
			continue
		}
		write([]any{1, command[1], nil, map[string]any{"value": value}})
	}
}
