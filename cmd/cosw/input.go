package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"cosw/linearize/recording"
	"cosw/traces"
)

// standardInput is what a command reads where - stands for a file. It does not keep a command from ending: on a terminal, nobody
// may ever type anything.
type standardInput struct {
	ctx    context.Context
	r      io.Reader
	opened bool
	cut    bool // an interrupt came while it was read
}

// Read reads, and waits no longer than until there is an interrupt.
func (in *standardInput) Read(p []byte) (int, error) {
	type chunk struct {
		bytes []byte
		err   error
	}
	read := make(chan chunk, 1)
	go func() {
		b := make([]byte, len(p)) // what is read after an interrupt goes nowhere
		n, err := in.r.Read(b)
		read <- chunk{b[:n], err}
	}()
	select {
	case c := <-read:
		return copy(p, c.bytes), c.err
	case <-in.ctx.Done():
		in.cut = true
		return 0, in.ctx.Err()
	}
}

// openInput opens the file of that name, or standard input for -. The error is a *failure.
func openInput(name string, s streams) (io.ReadCloser, error) {
	if name == "-" {
		if in, ok := s.in.(*standardInput); ok && in.opened {
			return nil, usageError("- is given twice, and standard input can be read only once: name a file instead")
		} else if ok {
			in.opened = true
		}
		return io.NopCloser(s.in), nil
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		err = errFolder
	}
	var src *os.File
	if err == nil {
		src, err = os.Open(name)
	}
	if err != nil {
		return nil, &failure{exitSystem, fmt.Errorf("cannot read %s: %w", name, withoutPath(err))}
	}
	return src, nil
}

// readInput reads the whole of what openInput opens, if it has no more than that many bytes; tooLarge is the error otherwise.
func readInput(name string, s streams, most int, tooLarge error) ([]byte, error) {
	src, err := openInput(name, s)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	content, err := io.ReadAll(io.LimitReader(src, int64(most)+1))
	switch {
	case err != nil:
		return nil, &failure{exitSystem, fmt.Errorf("cannot read %s: %w", name, withoutPath(err))}
	case len(content) > most:
		return nil, tooLarge
	}
	return content, nil
}

// readRecording reads the recording in the file of that name, or in standard input for -.
func readRecording(name string, s streams) (*recording.Recording, error) {
	src, err := openInput(name, s)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	rec, err := recording.Read(src, name)
	var path *fs.PathError
	if errors.As(err, &path) {
		err = fmt.Errorf("cannot read %s: %w", name, path.Err)
	}
	return rec, err
}

// refuse says on stderr why a file is not judged, and returns the exit code for that. Others may be judged all the same. Of an
// interrupt is told when the command ends.
func refuse(err error, s streams) int {
	if !errors.Is(err, context.Canceled) {
		fmt.Fprintf(s.err, "cosw: %s\n", oneLine(err.Error()))
	}
	var f *failure
	var line *recording.LineError
	var trace *traces.FileError
	switch {
	case errors.As(err, &f):
		return f.code
	case errors.As(err, &line), errors.As(err, &trace):
		return exitSyntax
	}
	return exitSystem
}
