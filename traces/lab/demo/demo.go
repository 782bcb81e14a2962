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

// Serve serves the demo on the loopback address, until ctx ends; port 0 takes one that is free. It passes the address to open.
func Serve(ctx context.Context, port int, open func(address string)) error {
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("cannot listen on port %d: it may be in use", port)
	}
	server := &http.Server{Handler: handler(), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	open(fmt.Sprintf("http://a.localhost:%d/", listener.Addr().(*net.TCPAddr).Port))
	if err := server.Serve(listener); ctx.Err() == nil {
		return err
	}
	return context.Cause(ctx)
}

// handler serves the page and the service, which are two hosts of one server.
func handler() http.Handler {
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
