package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/traces"
	"cosw/traces/lab/connect"
	"cosw/traces/lab/wpt"
)

func runLabWPT(ctx context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("lab wpt", flag.ContinueOnError)
	dir := flags.String("traces", "", "")
	out := flags.String("out", "", "")
	var format string
	formatVar(flags, &format, textFormats...)
	if ok, err := parseLab(flags, args, s); !ok {
		return err
	}
	if *out == "" {
		return usageError("lab wpt takes a directory to write to: cosw lab wpt --out DIR")
	}
	all, err := readTraces(*dir)
	if err != nil {
		return err
	}
	if err := emptyDirectory(*out); err != nil {
		return err
	}
	w := testWriter{out: *out, streams: s}
	for _, trace := range all {
		if ctx.Err() != nil {
			return errCutShort
		}
		if err := w.test(trace); err != nil {
			return err
		}
	}
	if err := w.copy("", wpt.Resources); err != nil {
		return err
	}
	if err := w.copy("connect", connect.Files); err != nil {
		return err
	}
	fmt.Fprintf(w.err, "cosw: %s of %s\n", count(uint64(len(w.tests)), "test"), count(uint64(len(all)), "trace"))
	w.none.tell(w.err)
	if format == "json" {
		return writeJSON(s.out, w.data(len(all)))
	}
	return nil
}

// readTraces returns the traces in a directory; those of the corpus if none is named.
func readTraces(dir string) ([]*traces.Trace, error) {
	from := traces.Corpus()
	if dir != "" {
		from = os.DirFS(dir)
	}
	files, err := fs.Glob(from, "*.trace")
	if err != nil || len(files) == 0 {
		return nil, usageError("--traces %s: no traces are there", dir)
	}
	var all []*traces.Trace
	for _, file := range files {
		if err := checkRegular(fs.Stat(from, file)); err != nil {
			return nil, &failure{exitSystem, err}
		}
		src, err := from.Open(file)
		if err != nil {
			return nil, &failure{exitSystem, err}
		}
		trace, err := traces.Read(src, filepath.Join(dir, file))
		src.Close()
		if err != nil {
			return nil, scriptFailure(err)
		}
		all = append(all, trace)
	}
	return all, nil
}

// testWriter writes tests, and says of which traces there are none.
type testWriter struct {
	streams
	out   string
	tests []string // the files that were written
	none  grouping // traces, by why there is no test of them
}

func (w *testWriter) test(trace *traces.Trace) error {
	name := strings.TrimSuffix(filepath.Base(trace.File()), ".trace")
	page, err := wpt.Test(trace)
	var none *wpt.ImpossibleError
	switch {
	case errors.As(err, &none):
		w.none.add(none.Because(), name)
		return nil
	case err != nil:
		return &failure{exitEvaluation, err}
	}
	file := filepath.Join(w.out, name+".https.html")
	w.tests = append(w.tests, file)
	return writeWhole(file, page)
}

// copy writes files into a folder beside the tests.
func (w *testWriter) copy(folder string, from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(w.out, folder, filepath.FromSlash(name))
		if entry.IsDir() {
			if err := os.MkdirAll(to, 0o755); err != nil {
				return &failure{exitSystem, fmt.Errorf("cannot write to %s: %w", w.out, withoutPath(err))}
			}
			return nil
		}
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		return writeWhole(to, text)
	})
}
