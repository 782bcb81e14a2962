package main

import (
	"context"
	"errors"

	"fmt"
	"mime"
	"net"
	"net/http"
	"os/exec"
	"path"
	"runtime"
	"strconv"
	"time"

	flag "github.com/spf13/pflag"
)

func runExplore(ctx context.Context, args []string, s streams) error {
	var port int
	var quiet bool
	flags := flag.NewFlagSet("explore", flag.ContinueOnError)
	flags.IntVar(&port, "port", 0, "")
	flags.BoolVar(&quiet, "no-browser", false, "")
	if ok, err := parse(flags, args, exploreHelp, s); !ok {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return usageError("explore takes no argument %q", flags.Arg(0))
	case port < 0 || port > 65535:
		return usageError("--port %d is out of range: choose from 0 to 65535", port)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return &failure{exitSystem, fmt.Errorf("port %d cannot be had: %w; leave out --port to take a free one", port, err)}
	}
	defer listener.Close()
	files, err := siteFiles(ctx, s)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String() + "/"
	fmt.Fprintf(s.out, "%s (Ctrl-C ends it)\n", address)
	if !quiet {
		if err := openBrowser(address); err != nil {
			fmt.Fprintf(s.err, "cosw: no browser could be opened: %v; open the address yourself\n", err)
		}
	}
	return serve(ctx, listener, files)
}

// serve serves files until ctx ends.
func serve(ctx context.Context, listener net.Listener, files map[string][]byte) error {
	server := &http.Server{Handler: serving(files, listener.Addr().String()), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return &failure{exitSystem, err}
	case <-ctx.Done():
	}
	server.Close()
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return &failure{exitSystem, err}
	}
	return nil
}

// serving answers requests for files. It answers to its own address alone, so that no page of another origin reaches it by a
// name that it has pointed here.
func serving(files map[string][]byte, host string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Clean(r.URL.Path)[1:]
		if name == "" {
			name = "index.html"
		}
		content, ok := files[name]
		switch {
		case r.Host != host:
			http.Error(w, "this site is at http://"+host+"/", http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			http.Error(w, "files can only be read", http.StatusMethodNotAllowed)
		case !ok:
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Content-Length", strconv.Itoa(len(content)))
			w.Write(content) // if the browser is gone, so be it
		}
	})
}

// openBrowser opens an address as the desktop does.
func openBrowser(address string) error {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	return exec.Command(command[0], append(command[1:], address)...).Start()
}
