package labtest

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"cosw/traces/lab/connect"
)

// Planted returns the scripts of package connect with a fault: texts of a file and what replaces them, by turns. Each has to be in
// one place.
func Planted(t *testing.T, file string, changes ...string) fs.FS {
	t.Helper()
	scripts := fstest.MapFS{}
	for _, name := range []string{"bridge.html", "bridge.js", "connect.js", "connect-worker.js"} {
		text, err := connect.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			for i := 0; i < len(changes); i += 2 {
				if n := strings.Count(string(text), changes[i]); n != 1 {
					t.Fatalf("%s has %d places like %q", name, n, changes[i])
				}
				text = []byte(strings.Replace(string(text), changes[i], changes[i+1], 1))
			}
		}
		scripts[name] = &fstest.MapFile{Data: text}
	}
	return scripts
}
