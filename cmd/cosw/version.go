package main

import (
	"context"
	"fmt"
	"runtime/debug"

	flag "github.com/spf13/pflag"
)

// runVersion prints what the build knows of itself: the version of the module if it was installed by one, else the commit.
func runVersion(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("version", flag.ContinueOnError)
	if ok, err := parse(flags, args, versionHelp, s); !ok {
		return err
	}
	if flags.NArg() > 0 {
		return usageError("version takes no argument %q", flags.Arg(0))
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	fmt.Fprintln(s.out, versionText(info))
	return nil
}

func versionText(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	version := info.Main.Version
	if version == "" || version == "(devel)" {
		version = "of unknown version"
		if commit := settings["vcs.revision"]; commit != "" {
			version = "at commit " + commit
		}
		if settings["vcs.modified"] == "true" {
			version += ", changed since"
		}
	}
	if info.GoVersion != "" {
		version += ", built with " + info.GoVersion
	}
	return "cosw " + version
}
