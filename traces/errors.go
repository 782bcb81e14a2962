package traces

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// FileError says what is wrong with a script or a trace, or which expectation of a script failed.
type FileError struct {
	File string // as it was named to Play or Read
	Line int    // counted from 1
	Err  error  // what is wrong, and what was expected or what to do
}

// Error returns "FILE:LINE: what is wrong; what was expected".
func (e *FileError) Error() string { return fmt.Sprintf("%s:%d: %v", oneLine(e.File), e.Line, e.Err) }

// oneLine returns the name of a file as it is, or quoted if it would break a line or a terminal.
func oneLine(name string) string {
	if strings.ContainsFunc(name, unicode.IsControl) {
		return strconv.Quote(name)
	}
	return name
}

// Unwrap returns Err.
func (e *FileError) Unwrap() error { return e.Err }
