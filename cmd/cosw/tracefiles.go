package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"cosw/traces"
)

// readTrace reads the trace of that name, or of standard input for -. The error is a *failure.
func readTrace(name string, s streams) (*traces.Trace, error) {
	src, err := openScript(name, s)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	return parseTrace(src, name)
}

func parseTrace(src io.Reader, name string) (*traces.Trace, error) {
	t, err := traces.Read(src, name)
	var unreadable *traces.ScriptError
	switch {
	case errors.As(err, &unreadable):
		return nil, &failure{exitSyntax, err}
	case err != nil:
		return nil, &failure{exitSystem, err}
	}
	return t, nil
}

// writeTraces writes traces into a folder, each whole or not at all.
func writeTraces(dir string, named []traces.Named) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &failure{exitSystem, err}
	}
	for _, n := range named {
		if err := writeWhole(filepath.Join(dir, n.Name), n.Trace.Format()); err != nil {
			return err
		}
	}
	return nil
}

// traceFiles returns the files that arguments name: files as they are, directories with all files in them but README.md,
// in the order of their names. The error is a *failure.
func traceFiles(arguments []string) ([]string, error) {
	var files []string
	for _, argument := range arguments {
		info, err := os.Stat(argument)
		switch {
		case argument == "-" || err == nil && !info.IsDir():
			files = append(files, argument)
			continue
		case err != nil:
			return nil, &failure{exitSystem, err}
		}
		before := len(files)
		err = filepath.WalkDir(argument, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && entry.Name() != "README.md" {
				files = append(files, path)
			}
			return err
		})
		switch {
		case err != nil:
			return nil, &failure{exitSystem, err}
		case len(files) == before:
			return nil, &failure{exitSystem, fmt.Errorf("%s has no file in it: name a directory of traces", argument)}
		}
	}
	return files, nil
}
