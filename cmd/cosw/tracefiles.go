package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cosw/traces"
	"cosw/traces/exhibits"
)

// readTrace reads the trace of that name, or of standard input for -. The error is a *failure.
func readTrace(name string, s streams) (*traces.Trace, error) {
	src, err := openInput(name, s)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	return parseTrace(src, name)
}

func parseTrace(src io.Reader, name string) (*traces.Trace, error) {
	t, err := traces.Read(src, name)
	var unreadable *traces.FileError
	switch {
	case errors.As(err, &unreadable):
		return nil, &failure{exitSyntax, err}
	case err != nil:
		return nil, &failure{exitSystem, err}
	}
	return t, nil
}

// writeTraces writes traces into a folder, and says on stderr which others are there: they are from another run.
func writeTraces(dir string, named []exhibits.Named, s streams) error {
	written := map[string]bool{}
	for _, n := range named {
		if err := writeWhole(filepath.Join(dir, n.Name), n.Trace.Format()); err != nil {
			return err
		}
		written[n.Name] = true
	}
	all, _ := filepath.Glob(filepath.Join(dir, "*.trace"))
	others := slices.DeleteFunc(all, func(name string) bool { return written[filepath.Base(name)] })
	if len(others) > 0 {
		fmt.Fprintf(s.err, "cosw: %s also has traces of another run (%d), such as %s\n", oneLine(dir), len(others), oneLine(filepath.Base(others[0])))
	}
	return nil
}

// traceFile is a file that an argument names, or what is wrong with it.
type traceFile struct {
	name string
	err  error
}

// traceFiles returns the files that arguments name: files as they are, and of directories all files except README.md, in
// the order of their names.
func traceFiles(arguments []string) []traceFile {
	var files []traceFile
	for _, argument := range arguments {
		info, err := os.Stat(argument)
		switch {
		case argument == "-":
			files = append(files, traceFile{argument, nil})
		case err != nil:
			files = append(files, traceFile{argument, fmt.Errorf("cannot read %s: %w", argument, withoutPath(err))})
		case !info.IsDir():
			files = append(files, traceFile{argument, nil})
		default:
			files = append(files, directory(argument)...)
		}
	}
	return files
}

// directory returns the files of a directory and of those below it.
func directory(name string) []traceFile {
	var files []traceFile
	filepath.WalkDir(name, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			files = append(files, traceFile{path, err})
			return nil
		case entry.IsDir() && path != name && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir // of version control and the like
		case entry.IsDir() || entry.Name() == "README.md":
			return nil
		}
		files = append(files, traceFile{path, checkRegular(os.Stat(path))}) // what a link leads to
		return nil
	})
	if files == nil {
		err := fmt.Errorf("%s has no files in it: name a directory of traces", name)
		files = append(files, traceFile{name, err})
	}
	return files
}

// checkRegular returns an error if what was found in a directory is not a regular file: a pipe might never end.
func checkRegular(info fs.FileInfo, err error) error {
	if err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a regular file: remove it from the directory", info.Name())
	}
	return err
}
