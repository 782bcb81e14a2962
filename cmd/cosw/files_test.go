package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestWriteToPipe: what is no ordinary file is written to, and not replaced by one.
func TestWriteToPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	got := make(chan string, 1)
	go func() {
		r, err := os.Open(name)
		if err != nil {
			got <- err.Error()
			return
		}
		defer r.Close()
		text, _ := io.ReadAll(r)
		got <- string(text)
	}()
	if err := writeWhole(name, []byte("text")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(name); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Fatalf("the pipe is gone: %v, %v", info, err)
	}
	if text := <-got; text != "text" {
		t.Errorf("got %q", text)
	}
}
