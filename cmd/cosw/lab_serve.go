package main

import (
	"context"
	"fmt"

	flag "github.com/spf13/pflag"

	"cosw/traces/lab"
)

func runLabServe(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("lab serve", flag.ContinueOnError)
	port := flags.Int("port", 0, "")
	out := flags.String("out", "", "")
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	if *out == "" {
		return usageError("lab serve takes a directory to write to: cosw lab serve --out DIR")
	}
	if err := checkPort(*port); err != nil {
		return err
	}
	if err := emptyDirectory(*out); err != nil {
		return err
	}
	c := collector{out: *out, streams: s}
	open := func(address string) {
		fmt.Fprintf(s.out, "Open this address in one browser, and leave its window in front:\n%s\n", address)
	}
	err := lab.Serve(ctx, *port, lab.Scenarios(), lab.DefaultLimits, open, c.take)
	switch {
	case ctx.Err() != nil:
		return errCutShort
	case err != nil:
		return err
	}
	return c.failure()
}
