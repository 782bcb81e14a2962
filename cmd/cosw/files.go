package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// makeFolder makes a folder, and sees to it that a file can be written there: what takes long should not be done in vain. The
// empty name is none.
func makeFolder(name string) error {
	if name == "" {
		return nil
	}
	err := os.MkdirAll(name, 0o755)
	if err == nil {
		err = tryFolder(name)
	}
	if err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write to %s: %w", name, withoutPath(err))}
	}
	return nil
}

// tryFile returns an error if a file of that name cannot be written, for the same reason.
func tryFile(name string) error {
	if name == "" {
		return nil
	}
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		err = errFolder
	case err == nil && !info.Mode().IsRegular():
		return nil
	case err == nil && info.Mode().Perm()&0o200 == 0:
		err = errReadOnly
	case err == nil || errors.Is(err, fs.ErrNotExist):
		err = tryFolder(filepath.Dir(name))
	}
	if err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write %s: %w", name, withoutPath(err))}
	}
	return nil
}

var (
	errFolder   = errors.New("it is a folder")
	errReadOnly = errors.New("it is read-only")
)

// tryFolder returns an error if no file can be made in a folder.
func tryFolder(name string) error {
	try, err := os.CreateTemp(name, ".*.part")
	if err != nil {
		return err
	}
	try.Close()
	return os.Remove(try.Name())
}

// writeWhole writes a file completely or not at all: under another name in the same folder, which it then renames.
func writeWhole(name string, content []byte) error {
	if err := replace(name, content); err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write %s: %w", name, withoutPath(err))}
	}
	return nil
}

// replace does that, but keeps links, and writes straight to what is no regular file, such as /dev/null.
func replace(name string, content []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() && !info.IsDir() {
			return os.WriteFile(name, content, mode)
		}
		mode = info.Mode().Perm()
		if mode&0o200 == 0 {
			return errReadOnly
		}
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.part")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // in vain once it is renamed
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Chmod(mode)
	}
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temporary.Name(), name)
}

// withoutPath returns what is wrong with a file, without the name of the temporary one.
func withoutPath(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
