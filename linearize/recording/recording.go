package recording

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// Recording is a recording that was read.
type Recording struct {
	Name       string
	Scenario   string
	Platform   string
	CloseEvent bool   // the platform tells of the end of a port
	Complete   bool   // everything is recorded that a party or the environment did
	Lines      []Line // after the first, sorted by time; those of one party in the order in which it wrote them
	Skipped    []Line // of the browser, which say something that is not known here
}

// End returns the time of the last line.
func (rec *Recording) End() time.Duration {
	if len(rec.Lines) == 0 {
		return 0
	}
	return rec.Lines[len(rec.Lines)-1].Time
}

// LineError says what is wrong with a line of a recording, and what to do about it.
type LineError struct {
	File string
	Line int // from 1
	What string
	Hint string
}

func (e *LineError) Error() string {
	return fmt.Sprintf("%s:%d: %s; %s", e.File, e.Line, e.What, e.Hint)
}

// How much is read at most: enough for a few registrations, in 0.2 GiB of memory.
const (
	longestLine = 1 << 20
	longestFile = 1 << 26 // bytes
	mostLines   = 250_000
)

// ReadFile reads the recording in a file. The error is that of [Read], or says why the file cannot be read.
func ReadFile(path string) (*Recording, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f, path)
}

// Read reads a recording; name stands for it in messages. The error is a [LineError], or what r returns.
func Read(r io.Reader, name string) (*Recording, error) {
	rec := &Recording{Name: name}
	reader := lineReader{rec: rec}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, longestLine)
	n, size := 0, 0
	for scanner.Scan() {
		n++
		size += len(scanner.Bytes()) + 1
		if n > mostLines || size > longestFile {
			return nil, &LineError{name, n, "the recording is longer than 250,000 lines or 64 MiB", "make a shorter recording"}
		}
		if what, hint := reader.read(n, scanner.Bytes()); what != "" {
			return nil, &LineError{name, n, what, hint}
		}
	}
	switch err := scanner.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, &LineError{name, n + 1, "the line is longer than 1 MiB", "give each event a line of its own"}
	case err != nil:
		return nil, err
	case n == 0:
		return nil, &LineError{name, 1, "the recording is empty", "begin with a line that describes the run"}
	}
	if err := rec.sortTies(); err != nil {
		return nil, err
	}
	return rec, checkNames(rec)
}
