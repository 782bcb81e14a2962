package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	flag "github.com/spf13/pflag"

	"cosw/linearize"
	"cosw/model"
	"cosw/props"
	"cosw/traces/site"
	"cosw/traces/site/program"
)

func runSite(ctx context.Context, args []string, s streams) error {
	var out, format string
	flags := flag.NewFlagSet("site", flag.ContinueOnError)
	flags.StringVar(&out, "out", "", "")
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, siteHelp, s); !ok {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return usageError("site takes no argument %q; name the folder to write with --out", flags.Arg(0))
	case out == "":
		return usageError("site needs a folder to write: cosw site --out DIR")
	}
	if err := tryTree(out); err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write the site to %s: %w", out, withoutPath(err))}
	}
	files, err := siteFiles(ctx, s)
	if err != nil {
		return err
	}
	return writeSite(out, files, format, s)
}

// tryTree returns an error if a folder cannot be written, or cannot be made.
func tryTree(name string) error {
	for {
		info, err := os.Stat(name)
		switch {
		case err == nil && !info.IsDir():
			return errors.New("it is no folder")
		case err == nil:
			return tryFolder(name)
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
		name = filepath.Dir(name)
	}
}

// What cosw site prints as JSON.
type (
	writtenSite struct {
		Folder string        `json:"folder"`
		Files  []writtenFile `json:"files"`
		Bytes  int           `json:"bytes"` // of all files
	}
	writtenFile struct {
		Name  string `json:"name"` // within the folder
		Bytes int    `json:"bytes"`
	}
)

// writeSite writes the files into a folder, which it makes if need be, and says how large they are.
func writeSite(folder string, files map[string][]byte, format string, s streams) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write the site to %s: %w", folder, withoutPath(err))}
	}
	written := writtenSite{Folder: folder}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := writeWhole(filepath.Join(folder, name), files[name]); err != nil {
			return err
		}
		written.Files = append(written.Files, writtenFile{name, len(files[name])})
		written.Bytes += len(files[name])
	}
	if format == "json" {
		return writeJSON(s.out, written)
	}
	_, err := fmt.Fprintf(s.out, "%s: %s, %.1f MB; open %s\n", folder, count(uint64(len(files)), "file"), float64(written.Bytes)/1e6, filepath.Join(folder, "index.html"))
	return err
}

// siteFiles makes the site. The check that it rests on is that of cosw check, without random histories.
func siteFiles(ctx context.Context, s streams) (map[string][]byte, error) {
	compiled, err := program.Get(ctx)
	switch {
	case ctx.Err() != nil:
		return nil, errInterrupted
	case err != nil:
		return nil, err
	}
	progress := newProgress(s.err)
	report, err := props.Check(ctx, props.Options{Bounds: model.DefaultBounds, Scope: model.Space.Full(), Progress: progress.show})
	progress.clear()
	if err != nil {
		return nil, err
	}
	if !report.Complete() {
		return nil, errInterrupted
	}
	browsers, err := today(ctx)
	if err != nil {
		return nil, err
	}
	text, err := textOfFindings(ctx, browsers, s)
	if err != nil {
		return nil, err
	}
	return site.Files(site.Source{Report: report, Findings: text, Recordings: linearize.Kept(), Browsers: browsers, Program: compiled})
}
