package main

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cosw/traces/lab/browser"
)

// TestLabFullDisk: a recording that does not fit is not there at all, and nothing more is recorded.
func TestLabFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4k"); err != nil {
		t.Skipf("a small disk takes rights that are not there: %v", err)
	}
	defer syscall.Unmount(dir, 0)
	c, _, stderr := testCollector(filepath.Join(dir, "out"))
	err := c.collect(t.Context(), []*browser.Engine{labEngine(t, "good", "")}, labScenarios(t, "hello,reject,update,worker-close"), labOptions)
	if exitCodeOf(err) != exitSystem || !strings.Contains(err.Error(), "no space left on device") {
		t.Errorf("got %v\n%s", err, stderr)
	}
	if got := filesBelow(t, c.out); got != "good/hello.jsonl" {
		t.Errorf("written %s", got)
	}
}
