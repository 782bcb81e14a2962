package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// TestWriteWhole: a link leads to the same place as before, a mode stays, and what is read-only is left alone.
func TestWriteWhole(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skipf("no links here: %v", err)
	}
	if err := writeWhole(link, []byte("after")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	if text, _ := os.ReadFile(file); err != nil || info.Mode()&fs.ModeSymlink == 0 || string(text) != "after" {
		t.Errorf("the link is %v, and the file has %q", info.Mode(), text)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(file, 0o400); err != nil {
		t.Fatal(err)
	}
	if err := writeWhole(link, []byte("never")); err == nil {
		t.Error("a read-only file was written")
	}
}

// TestTraceFiles: a pipe in a directory is told, and not read: it would never end.
func TestTraceFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.trace", "README.md"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	files := traceFiles([]string{dir, filepath.Join(dir, "none")})
	if len(files) != 3 || files[0].err != nil || files[1].err == nil || files[2].err == nil {
		t.Errorf("got %+v", files)
	}
}

// TestPipesInFolders: what might never end is refused in each folder that a command reads.
func TestPipesInFolders(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"x.trace", "x.json"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Skip("there are no pipes here: ", err)
		}
	}
	for _, command := range []string{"replay", "merge", "lab conform --traces", "lab wpt --out " + t.TempDir() + " --traces"} {
		if code, _, stderr := ran(t, append(strings.Fields(command), dir)...); code != exitSystem || !strings.Contains(stderr, "is not a regular file") {
			t.Errorf("%s: exit code %d, on stderr %q", command, code, stderr)
		}
	}
}
