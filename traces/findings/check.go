package findings

import "github.com/rogpeppe/go-internal/diff"

// Diff returns where a file is not the text that the model gives now, as a unified diff that leads from the file to the
// text; nil if it is.
func Diff(name string, file, text []byte) []byte {
	return diff.Diff(name, file, "what the model says now", text)
}
