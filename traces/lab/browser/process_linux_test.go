package browser

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"
)

// TestQuit: no process is left, whatever those of a browser do to get away, and nothing of what they wrote.
func TestQuit(t *testing.T) {
	for why, script := range map[string]string{
		"a child":                            `sleep 1000 & echo > ready; wait`,
		"a session of its own":               `setsid sleep 1000 & echo > ready; wait`,
		"a child that outlives its parent":   `(sleep 1000 & ) ; (sleep 1000 & ) ; echo > ready`,
		"a child without its environment":    `env -i sleep 1000 & echo > ready; wait`,
		"a program that ignores signals":     `trap '' TERM INT HUP; echo > ready; while :; do sleep 1; done`,
		"a home that cannot be removed once": `mkdir -p a/b; echo > ready; while :; do echo > a/b/$RANDOM; done`,
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			p, err := newProcesses()
			if err != nil {
				t.Fatal(err)
			}
			if err := p.start("/bin/sh", []string{"-c", script}, nil); err != nil {
				t.Fatal(err)
			}
			ready := func() bool { _, err := os.Stat(p.dir + "/ready"); return err == nil }
			for !ready() {
				time.Sleep(10 * time.Millisecond)
			}
			if len(p.all()) == 0 {
				t.Error("no process is found")
			}
			p.quit()
			if left := p.all(); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			if _, err := os.Stat(p.dir); !os.IsNotExist(err) {
				t.Errorf("%s is still there: %v", p.dir, err)
			}
		})
	}
}

// TestDied: that a program ended is told, with the last that it said.
func TestDied(t *testing.T) {
	p, err := newProcesses()
	if err != nil {
		t.Fatal(err)
	}
	defer p.quit()
	if err := p.start("/bin/sh", []string{"-c", "echo starting; echo 'cannot open display' >&2; exit 1"}, nil); err != nil {
		t.Fatal(err)
	}
	err = p.until(t.Context(), func() bool { return false })
	if want := `it died, saying "cannot open display"`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestNeverReady: a program that neither becomes ready nor dies is waited for no longer than ctx says.
func TestNeverReady(t *testing.T) {
	p, err := newProcesses()
	if err != nil {
		t.Fatal(err)
	}
	defer p.quit()
	if err := p.start("/bin/sleep", []string{"1000"}, nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeoutCause(t.Context(), 100*time.Millisecond, errTooLong)
	defer cancel()
	if err := p.until(ctx, func() bool { return false }); err != errTooLong {
		t.Errorf("got %v", err)
	}
}

// TestMissing: a program that is not there is named, with the sentinel that lets an engine be skipped.
func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("DISPLAY", "")
	for _, e := range []*Engine{chromium, firefox} {
		if _, err := e.Version(t.Context()); err == nil || !strings.Contains(err.Error(), "not installed: no "+e.ID) {
			t.Errorf("%s: %v", e.ID, err)
		}
		if _, err := e.Start(t.Context(), Options{}); err == nil || !strings.Contains(err.Error(), "not installed") {
			t.Errorf("%s: %v", e.ID, err)
		}
	}
	if p, err := newProcesses(); err != nil {
		t.Error(err)
	} else {
		defer p.quit()
		if _, err := p.display(t.Context()); err == nil || err.Error() != "there is no display: install xvfb, or set DISPLAY" {
			t.Errorf("without a display: %v", err)
		}
	}
}
