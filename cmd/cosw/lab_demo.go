package main

import (
	"context"
	"fmt"

	flag "github.com/spf13/pflag"

	"cosw/traces/lab/demo"
)

func runLabDemo(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("lab demo", flag.ContinueOnError)
	port := flags.Int("port", 0, "")
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	if err := checkPort(*port); err != nil {
		return err
	}
	open := func(address string) {
		fmt.Fprintf(s.out, "Open this address in a browser; Ctrl-C ends the demo:\n%s\n", address)
	}
	err := demo.Serve(ctx, *port, open)
	if ctx.Err() != nil {
		return nil // that is how it ends
	}
	return &failure{exitSystem, err}
}

// checkPort refuses what is no port; 0 stands for any that is free.
func checkPort(port int) error {
	if port < 0 || port > 65535 {
		return usageError("--port %d: give a port from 1 to 65535", port)
	}
	return nil
}
