package script

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"cosw/model"
	"cosw/traces/typeset"
)

// TestStories compares transcripts with testdata/*.txt. To accept what has changed, run
//
//	go test ./traces/script -run TestStories -rewrite
//
// and read the difference.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			datadriven.RunTest(t, file, func(t *testing.T, d *datadriven.TestData) string {
				if d.Cmd != "play" {
					d.Fatalf(t, "unknown command %q: choose from play", d.Cmd)
				}
				var out strings.Builder
				if err := Play(strings.NewReader(d.Input), "script", &out, model.Space.Full()); err != nil {
					out.WriteString("\nerror: " + err.Error() + "\n")
				}
				for line := range strings.Lines(out.String()) {
					if len(line) > typeset.Columns+1 && !strings.HasPrefix(line, "error: ") {
						t.Errorf("more than %d columns: %s", typeset.Columns, line)
					}
				}
				return out.String()
			})
		})
	}
}
