package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const readme = "../../README.md"

// TestReadme runs every command that the README shows with a "$ " before it, and compares what follows. UPDATE=1 writes
// what the commands print now.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	commands := 0
	lines := strings.Split(string(text), "\n")
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		command, found := strings.CutPrefix(lines[i], "    $ ")
		if !found {
			continue
		}
		commands++
		out = append(out, transcript(t, command)...)
		for i+1 < len(lines) && (lines[i+1] == "" && strings.HasPrefix(next(lines, i+2), "    ") || strings.HasPrefix(lines[i+1], "    ")) {
			i++ // what it showed before
		}
	}
	if commands == 0 {
		t.Error("the README shows no transcript")
	}
	got := strings.Join(out, "\n")
	switch {
	case got == string(text):
	case os.Getenv("UPDATE") != "":
		if err := os.WriteFile(readme, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the README shows something else than its commands print; UPDATE=1 go test ./cmd/cosw writes\n%s", got)
	}
}

// TestReadmePicture keeps the picture in the README what cosw graph draws.
func TestReadmePicture(t *testing.T) {
	const script, picture = "../../props/references/testdata/leak.scenario", "../../props/references/testdata/leak.svg"
	stdout, stderr := &recorder{}, &recorder{}
	if code := run(t.Context(), []string{"graph", "--format", "svg", script}, streams{nil, stdout, stderr}); code != exitDone {
		t.Fatalf("exit code %d: %s", code, *stderr)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(picture, *stdout, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != string(*stdout) {
		t.Error("the picture of the README is not what cosw graph draws; UPDATE=1 go test ./cmd/cosw writes it")
	}
}

func next(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// transcript runs a command of the shell where the README is, and returns what it prints, indented. What it prints is
// what counts, not its exit code: the README shows designs and recordings that are found wanting.
func transcript(t *testing.T, command string) []string {
	shell := exec.Command("sh", "-c", command)
	shell.Dir = filepath.Dir(readme)
	output, err := shell.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatalf("%s: %v", command, err)
	}
	lines := strings.Split(strings.TrimRight(string(output), "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "    " + line
		}
	}
	return lines
}
