package main

import (
	"context"
	"runtime/debug"

	flag "github.com/spf13/pflag"
)

// runVersion prints what the build knows of itself: the version of the module if it was installed by one, else the commit.
func runVersion(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("version", flag.ContinueOnError)
	var format string
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, versionHelp, s); !ok {
		return err
	}
	if flags.NArg() > 0 {
		return usageError("version takes no argument %q", flags.Arg(0))
	}
	v := thisVersion()
	if format == "json" {
		return writeJSON(s.out, v)
	}
	paragraph(s.out, "", v.String())
	return nil
}

// thisVersion returns what this build knows of itself.
func thisVersion() version {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return newVersion(info)
}

// version is what a build knows of itself.
type version struct {
	Version string `json:"version,omitempty"` // of the module, if it was installed by one
	Commit  string `json:"commit,omitempty"`
	Changed bool   `json:"changed"` // files were not as in the commit
	Go      string `json:"go,omitempty"`
}

func newVersion(info *debug.BuildInfo) version {
	v := version{Version: info.Main.Version, Go: info.GoVersion}
	if v.Version == "(devel)" {
		v.Version = ""
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.modified":
			v.Changed = s.Value == "true"
		}
	}
	return v
}

func (v version) String() string {
	text := "cosw " + v.Version
	if v.Version == "" {
		text = "cosw of unknown version"
		if v.Commit != "" {
			text = "cosw at commit " + v.Commit
		}
		if v.Changed {
			text += ", changed since"
		}
	}
	if v.Go != "" {
		text += ", built with " + v.Go
	}
	return text
}
