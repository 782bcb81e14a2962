// Package golden compares what tests produce with files that somebody has read and found good, and says how large the samples
// are that tests draw. It is for tests only; it lies in the lowest room because the tests of every other one use it.
//
// go test ./... -update writes all these files anew. Read the difference: it is what a change does. go test refuses a flag
// that one of the packages does not know, so that the tests of a package without such files import this one, too.
package golden

import (
	"flag"
	"os"
	"strconv"
	"testing"
)

var updating bool

func init() {
	flag.BoolFunc("update", "write golden files anew", func(text string) (err error) {
		if updating, err = strconv.ParseBool(text); err != nil {
			return err
		}
		if rewrite := flag.Lookup("rewrite"); rewrite != nil { // what datadriven calls the same
			return rewrite.Value.Set(text)
		}
		return nil
	})
}

// Updating tells whether golden files are to be written.
func Updating() bool { return updating }

// Compare reports an error if a file has something else than got. With -update, it writes got there.
func Compare(t testing.TB, file, got string) {
	t.Helper()
	if updating {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; go test with -update writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s is not what it was; go test with -update writes\n%s", file, got)
	}
}

// Large tells whether tests have the time to look at everything, as they do at night: COSW_LARGE is set.
func Large() bool { return os.Getenv("COSW_LARGE") != "" }

// Fewer is the size of a sample of n: a third of it unless all is looked at, and an eighth when time is short.
func Fewer(n int) int {
	switch {
	case testing.Short():
		return max(1, n/8)
	case !Large():
		return max(1, n/3)
	}
	return n
}
