package main

import (
	"os"
	"os/exec"
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

func next(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// transcript runs a command of the shell and returns what it prints, indented.
func transcript(t *testing.T, command string) []string {
	output, err := exec.Command("sh", "-c", command).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command, err, output)
	}
	lines := strings.Split(strings.TrimRight(string(output), "\n"), "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "    " + line
		}
	}
	return lines
}
