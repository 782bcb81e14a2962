package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// writeWhole writes a file beside its place and then puts it there.
func writeWhole(name string, content []byte) error {
	if err := replace(name, content); err != nil {
		return &failure{exitSystem, fmt.Errorf("cannot write %s: %w", name, withoutPath(err))}
	}
	return nil
}

func replace(name string, content []byte) error {
	if info, err := os.Stat(name); err == nil && info.Mode()&(fs.ModeDevice|fs.ModeNamedPipe) != 0 {
		return os.WriteFile(name, content, 0o644) // such as /dev/null, which must stay what it is
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.part")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // there is nothing left to remove once it was renamed
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Chmod(0o644)
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
