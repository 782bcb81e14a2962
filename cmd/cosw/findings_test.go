package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const findingsOfTheTree = "../../findings.md"

// TestCompareFindings: a word that somebody changed is told, with its line, and no other. That the tree has what the model
// says is tested in traces/findings.
func TestCompareFindings(t *testing.T) {
	says, err := os.ReadFile(findingsOfTheTree)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Replace(says, []byte("**`state`**"), []byte("**`event`**"), 1)
	var out bytes.Buffer
	err = compareFindings("changed.md", "text", changed, says, streams{out: &out})
	if f := (*failure)(nil); !errors.As(err, &f) || f.code != exitViolated {
		t.Errorf("got %v, want exit code %d", err, exitViolated)
	}
	if want := "changed.md is not what the model says now"; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %v, want %s …", err, want)
	}
	var removed, added int
	for line := range strings.Lines(out.String()) {
		switch {
		case strings.HasPrefix(line, "---") || strings.HasPrefix(line, "+++"):
		case strings.HasPrefix(line, "-"):
			removed++
		case strings.HasPrefix(line, "+"):
			added++
		}
	}
	if removed != 1 || added != 1 {
		t.Errorf("%d lines removed and %d added, want one each:\n%s", removed, added, &out)
	}
	out.Reset()
	if err := compareFindings("same.md", "text", says, says, streams{out: &out}); err != nil || out.String() != "same.md is what the model says now\n" {
		t.Errorf("the same: got %v and %q", err, &out)
	}
}

// TestFindingsInterrupted: nothing is written once somebody had enough.
func TestFindingsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(t.TempDir(), "findings.md")
	stdout, stderr := &recorder{}, &recorder{}
	if code := run(ctx, []string{"findings", "--out", out}, streams{out: stdout, err: stderr}); code != exitUnknown {
		t.Errorf("exit code %d, want %d", code, exitUnknown)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
	if want := "cosw: interrupted: nothing was written\n"; string(*stderr) != want {
		t.Errorf("on stderr %q, want %q", *stderr, want)
	}
}
