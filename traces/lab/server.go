package lab

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"cosw/traces/lab/connect"
)

//go:embed pages
var pages embed.FS

// The hosts of a run are names of the loopback address for every browser, and secure contexts. Each is a site of its own.
const (
	serviceHost = "svc.localhost"
	firstHost   = "a.localhost"
	secondHost  = "b.localhost"
)

// server gives the parties of runs their pages and their channels. It listens on the loopback address alone, and serves nothing
// outside the folders of its runs, whose names nobody can guess, so that no other page of the machine can add to a recording.
type server struct {
	listener net.Listener
	http     *http.Server
	files    http.Handler
	scripts  http.Handler // of package connect
	mu       sync.Mutex
	sites    map[string]*site // by token
}

// site is the part of a server that one run has for itself.
type site struct {
	*journal
	on    *server
	token string
}

// serve begins to serve; port 0 takes one that is free.
func serve(port int) (*server, error) {
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, fmt.Errorf("cannot listen on port %d: %w", port, reason(err))
	}
	content, err := fs.Sub(pages, "pages")
	if err != nil {
		panic("lab: the pages are broken: " + err.Error())
	}
	s := &server{listener: listener, files: http.FileServerFS(content), sites: map[string]*site{}}
	s.scripts = http.FileServerFS(connect.Files)
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go s.http.Serve(listener)
	return s, nil
}

func (s *server) close() { s.http.Close() }

// newSite adds a site for a run.
func (s *server) newSite() *site {
	of := &site{journal: newJournal(), on: s, token: rand.Text()}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sites[of.token] = of
	return of
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, file, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	s.mu.Lock()
	of := s.sites[token]
	s.mu.Unlock()
	switch {
	case of == nil || r.Method != http.MethodGet:
		http.NotFound(w, r)
	case file == "channel":
		of.open(w, r)
	case strings.HasPrefix(file, "connect/"):
		w.Header().Set("Cache-Control", "no-store")
		http.StripPrefix("/"+token+"/connect", s.scripts).ServeHTTP(w, r)
	default:
		w.Header().Set("Cache-Control", "no-store")
		http.StripPrefix("/"+token, s.files).ServeHTTP(w, r)
	}
}

// origin returns an origin at which this server can be reached.
func (s *server) origin(host string) string {
	return fmt.Sprintf("http://%s:%d", host, s.listener.Addr().(*net.TCPAddr).Port)
}

// page returns the address of a page on a host, which connects that way. If it has to install the service, it installs that script.
func (s *site) page(number int, host string, via way, script int) string {
	return fmt.Sprintf("%s/%s/page.html?page=%d&service=%s&via=%s&script=%d",
		s.on.origin(host), s.token, number, s.on.origin(serviceHost), via, script)
}

// way is how pages connect to a service.
type way string

const (
	viaBridge  way = "bridge"  // by one end of a message channel, which a hidden frame hands on to the worker
	viaConnect way = "connect" // by navigator.connect() of package connect
)

// longestMessage is how long a message of a party may be, in bytes: a line is much shorter.
const longestMessage = 4 << 10

// open is the channel of a party, from its beginning to the end of the party.
func (s *site) open(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	name, version := q.Get("name"), q.Get("version")
	if !known(name, version) {
		http.Error(w, "no such party", http.StatusNotFound)
		return
	}
	socket, err := websocket.Accept(w, r, nil)
	if err != nil {
		return // and Accept has answered
	}
	defer socket.CloseNow()
	socket.SetReadLimit(longestMessage)
	p := s.begin(name, version, q.Get("agent"), func(ctx context.Context, text []byte) error {
		return socket.Write(ctx, websocket.MessageText, text)
	})
	defer s.end(p)
	for {
		_, text, err := socket.Read(r.Context())
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(text, &m); err != nil || !s.hear(p, m) {
			socket.Close(websocket.StatusPolicyViolation, "not a message of this party")
			return
		}
	}
}

// known tells whether there is such a party: page/1, bridge/1, or worker/v1/NAME with its version.
func known(name, version string) bool {
	parts := strings.Split(name, "/")
	switch {
	case len(parts) == 2 && (parts[0] == "page" || parts[0] == "bridge"):
		return isNumber(parts[1])
	case len(parts) == 3 && parts[0] == "worker":
		registration, script, _ := strings.Cut(version, ".")
		return isNumber(registration) && isNumber(script) && parts[1] == "v"+script && isName(parts[2])
	}
	return false
}

func isNumber(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n > 0 && n < 1000 && strconv.Itoa(n) == text
}

func isName(text string) bool {
	return len(text) > 0 && len(text) <= 16 && strings.Trim(text, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}
