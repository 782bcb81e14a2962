package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const findingsOfTheTree = "../../findings.md"

// TestFindingsCheck: what the tree has is what the model says, and a word that somebody changed is told, with its line.
func TestFindingsCheck(t *testing.T) {
	if raceEnabled {
		t.Skip("too much for the race detector, and nothing new for it: other tests let it see the same search")
	}
	text, err := os.ReadFile(findingsOfTheTree)
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(t.TempDir(), "changed.md")
	if err := os.WriteFile(changed, bytes.Replace(text, []byte("**`wake`**"), []byte("**`sever`**"), 1), 0o644); err != nil {
		t.Fatal(err)
	}
	stdout, stderr := &recorder{}, &recorder{}
	if code := run(t.Context(), []string{"findings", "--check", changed}, streams{nil, stdout, stderr}); code != exitViolated {
		t.Errorf("exit code %d, want %d: %s", code, exitViolated, *stderr)
	}
	var removed, added int
	for line := range strings.Lines(string(*stdout)) {
		switch {
		case strings.HasPrefix(line, "---") || strings.HasPrefix(line, "+++"):
		case strings.HasPrefix(line, "-"):
			removed++
		case strings.HasPrefix(line, "+"):
			added++
		}
	}
	if removed != 1 || added != 1 {
		t.Errorf("%d lines removed and %d added, want one each: findings.md is not what the model says, or the difference is "+
			"not a small one; go run ./cmd/cosw findings writes it\n%s", removed, added, *stdout)
	}
	if want := "cosw: " + changed + " is not what the model says now"; !strings.HasPrefix(string(*stderr), want) {
		t.Errorf("on stderr: %s, want %s …", *stderr, want)
	}
}

// TestFindingsInterrupted: nothing is written once somebody had enough.
func TestFindingsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := filepath.Join(t.TempDir(), "findings.md")
	stdout, stderr := &recorder{}, &recorder{}
	if code := run(ctx, []string{"findings", "--out", out}, streams{nil, stdout, stderr}); code != exitUnknown {
		t.Errorf("exit code %d, want %d", code, exitUnknown)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
	if want := "cosw: interrupted: nothing was written\n"; string(*stderr) != want {
		t.Errorf("on stderr %q, want %q", *stderr, want)
	}
}
