package main

import (
	"encoding/xml"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
)

const readme = "../../README.md"

// TestReadme runs every command that the README shows with a "$ " before it, and compares what follows.
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
	golden.Compare(t, readme, strings.Join(out, "\n"))
}

// TestReadmePicture: the picture in the README shows every node, reference and word of the graph that stands above it.
// Where that is drawn otherwise is up to Graphviz, which is not needed to test.
func TestReadmePicture(t *testing.T) {
	const graph = "cosw graph --format dot props/references/testdata/leak.scenario"
	const draw = graph + " | dot -Tsvg > props/references/testdata/leak.svg"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "`"+draw+"`") {
		t.Errorf("the README does not say that the picture is drawn with %q", draw)
	}
	want := partsOfDOT(strings.Join(transcript(t, graph), "\n"))
	picture, err := os.ReadFile("../../props/references/testdata/leak.svg")
	if err != nil {
		t.Fatal(err)
	}
	if got := partsOfSVG(t, picture); !slices.Equal(got, want) {
		t.Errorf("the picture shows\n%q\nand the graph has\n%q\nIn the root of the project, %s draws it", got, want, draw)
	}
}

var (
	labelInDOT = regexp.MustCompile(`label=("[^"]*"|\w+)`)
	partInDOT  = regexp.MustCompile(`(?m)^      (\w+(?: -> \w+)?)(?: \[|;)`)
)

// partsOfDOT returns the nodes, the references and the lines of labels in a graph that is indented, sorted.
func partsOfDOT(text string) []string {
	var parts []string
	for _, part := range partInDOT.FindAllStringSubmatch(text, -1) {
		if !slices.Contains([]string{"graph", "node", "edge"}, part[1]) {
			parts = append(parts, strings.ReplaceAll(part[1], " ", ""))
		}
	}
	for _, label := range labelInDOT.FindAllStringSubmatch(text, -1) {
		parts = append(parts, strings.Split(strings.Trim(label[1], `"`), `\n`)...)
	}
	slices.Sort(parts)
	return parts
}

// partsOfSVG returns the same of a picture by Graphviz.
func partsOfSVG(t *testing.T, picture []byte) []string {
	var svg struct {
		Whole struct {
			Labels []string `xml:"text"`
			Parts  []struct {
				Class  string   `xml:"class,attr"`
				Name   string   `xml:"title"`
				Labels []string `xml:"text"`
			} `xml:"g"`
		} `xml:"g"`
	}
	if err := xml.Unmarshal(picture, &svg); err != nil {
		t.Fatal(err)
	}
	parts := svg.Whole.Labels
	for _, part := range svg.Whole.Parts {
		if part.Class != "cluster" {
			parts = append(parts, part.Name)
		}
		parts = append(parts, part.Labels...)
	}
	slices.Sort(parts)
	return parts
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
