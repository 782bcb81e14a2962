// Package demo has a page to try navigator.connect() in any browser: a widget of another origin that works on when its network
// is gone, through the service worker of that origin.
package demo

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"cosw/traces/lab/connect"
)

//go:embed files
var files embed.FS

// Stop stops the service's worker. That takes a browser that is driven: neither a page nor a worker itself can do it.
type Stop func(ctx context.Context) error

// Serve serves the demo on the loopback address, until ctx ends; port 0 takes one that is free. It passes the address to open. If
// stop is not nil, the page has a button for it.
func Serve(ctx context.Context, port int, stop Stop, open func(address string) error) error {
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("cannot listen on port %d: it may be in use", port)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	server := &http.Server{Handler: handler(stop), ReadHeaderTimeout: 10 * time.Second}
	defer server.Close()
	go func() { cancel(server.Serve(listener)) }()
	if err := open(fmt.Sprintf("http://%s:%d/", pageHost, listener.Addr().(*net.TCPAddr).Port)); err != nil {
		return err
	}
	<-ctx.Done()
	return context.Cause(ctx)
}

// pageHost is the host of the page; that of the service stands in demo.js.
const pageHost = "a.localhost"

// handler serves the page and the service, which are two hosts of one server.
func handler(stop Stop) http.Handler {
	content, err := fs.Sub(files, "files")
	if err != nil {
		panic("demo: the files are broken: " + err.Error())
	}
	scripts := http.StripPrefix("/.well-known/connect/", http.FileServerFS(connect.Files))
	mux := http.NewServeMux()
	mux.Handle("/.well-known/connect/", scripts)
	mux.HandleFunc("/.well-known/connect/bridge.html", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, content, "bridge.html")
	})
	if stop != nil {
		mux.HandleFunc("GET /stop", func(http.ResponseWriter, *http.Request) {}) // there is a button
		mux.HandleFunc("POST /stop", func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Origin") != "http://"+r.Host || !strings.HasPrefix(r.Host, pageHost+":") {
				http.Error(w, "only the page of the demo stops the worker", http.StatusForbidden)
				return
			}
			if err := stop(r.Context()); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	mux.Handle("/", http.FileServerFS(content))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host, _, _ := net.SplitHostPort(r.Host); !strings.HasSuffix(host, ".localhost") {
			http.NotFound(w, r) // a name of somebody else that leads here
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}
