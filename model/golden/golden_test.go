package golden

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// failing is a test that may fail.
type failing struct {
	testing.TB
	errors []string
}

func (f *failing) Helper() {}

func (f *failing) Errorf(format string, args ...any) {
	f.errors = append(f.errors, fmt.Sprintf(format, args...))
}

func (f *failing) Fatalf(format string, args ...any) { f.Errorf(format, args...) }

func TestCompare(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if updating {
		t.Skip("the flag is what is tested")
	}
	for _, step := range []struct {
		why, update, got, want string // want is how the error begins
	}{
		{"there is no file yet", "false", "one", "open " + file},
		{"it is written", "true", "one", ""},
		{"it is the same", "false", "one", ""},
		{"it is not the same", "false", "two", file + " is not what it was"},
		{"it is written anew", "true", "two", ""},
		{"that is what it has now", "false", "two", ""},
	} {
		if err := flag.Set("update", step.update); err != nil {
			t.Fatal(err)
		}
		f := &failing{TB: t}
		Compare(f, file, step.got)
		if got := strings.Join(f.errors, "\n"); !strings.HasPrefix(got, step.want) || step.want == "" && got != "" {
			t.Errorf("%s: got %q, want %q …", step.why, got, step.want)
		}
	}
	if err := flag.Set("update", "false"); err != nil {
		t.Fatal(err)
	}
	if flag.Set("update", "perhaps") == nil {
		t.Error("-update=perhaps was not refused")
	}
}

// TestEveryPackageHasTheFlag: go test ./... -update ends at the first package that does not know the flag.
func TestEveryPackageHasTheFlag(t *testing.T) {
	has := map[string]bool{}
	err := filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		dir := filepath.Dir(name)
		has[dir] = has[dir] || strings.Contains(string(text), `"cosw/model/golden"`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range slices.Sorted(maps.Keys(has)) {
		if !has[dir] {
			t.Errorf("no test of %s imports cosw/model/golden: add flags_test.go, as other packages have it", dir)
		}
	}
	if len(has) < 10 {
		t.Errorf("%d packages with tests were found", len(has))
	}
}
