package main

import (
	"context"
	"errors"
	"fmt"

	flag "github.com/spf13/pflag"

	"cosw/traces/lab/browser"
	"cosw/traces/lab/demo"
)

func runLabDemo(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("lab demo", flag.ContinueOnError)
	port := flags.Int("port", 0, "")
	name := flags.String("browser", "", "")
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	if err := checkPort(*port); err != nil {
		return err
	}
	err := serveDemo(ctx, *port, *name, s)
	var f *failure
	if errors.As(err, &f) {
		return err
	}
	if ctx.Err() != nil {
		return nil // that is how it ends
	}
	return &failure{exitSystem, err}
}

// serveDemo serves the demo for a browser that somebody opens, or in the window of one that is driven.
func serveDemo(ctx context.Context, port int, name string, s streams) error {
	if name == "" {
		return demo.Serve(ctx, port, nil, func(address string) error {
			_, err := fmt.Fprintf(s.out, "Open this address in a browser; Ctrl-C ends the demo:\n%s\n", address)
			return err
		})
	}
	engines, err := chosen("browser", name, browser.Engines(), func(e *browser.Engine) string { return e.ID })
	if err != nil {
		return err
	}
	e := engines[0]
	if why := e.Cannot[browser.Stop]; why != "" || len(engines) > 1 {
		return usageError("--browser %s: give one that can be told to stop a worker, chromium or firefox; any other can open the address by itself", name)
	}
	b, err := e.Start(ctx, browser.Options{Visible: true})
	if err != nil {
		return &failure{exitMissing, fmt.Errorf("%s cannot be started: %w", e.ID, err)}
	}
	defer b.Quit()
	stop := func(ctx context.Context) error { return b.Do(ctx, browser.Stop, 0, nil) }
	return demo.Serve(ctx, port, stop, func(address string) error {
		fmt.Fprintf(s.out, "The demo is in the window of %s; Ctrl-C ends both:\n%s\n", b.Name(), address)
		return b.Open(ctx, 1, address)
	})
}

// checkPort refuses what is no port; 0 stands for any that is free.
func checkPort(port int) error {
	if port < 0 || port > 65535 {
		return usageError("--port %d: give a port from 1 to 65535", port)
	}
	return nil
}
