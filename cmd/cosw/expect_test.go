package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
)

// TestExpectedProposal: the file of expected verdicts that the documentation uses is what --update writes.
func TestExpectedProposal(t *testing.T) {
	written := filepath.Join(t.TempDir(), "proposal.expected")
	var out, errors bytes.Buffer
	args := []string{"check", "--design-file", "testdata/proposal.design", "--expect", written, "--update"}
	if code := run(t.Context(), args, streams{in: strings.NewReader(""), out: &out, err: &errors}); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errors.String())
	}
	text, err := os.ReadFile(written)
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/proposal.expected", string(text))
}

// TestExpectNoticesEverything: whichever line of a file is changed, left out or added, that line is a difference and no other.
func TestExpectNoticesEverything(t *testing.T) {
	content, err := os.ReadFile("testdata/proposal.expected")
	if err != nil {
		t.Fatal(err)
	}
	read := func(text string) *expected {
		e, err := readExpected("-", streams{in: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	found := read(string(content)).facts
	if len(found) < 40 {
		t.Fatalf("only %d facts", len(found))
	}
	differ := func(text string) (names []string) {
		for _, x := range read(text).compare(found) {
			if !x.Same {
				names = append(names, x.Fact)
			}
		}
		return names
	}
	if names := differ(string(content)); names != nil {
		t.Fatalf("what was found differs from itself in %v", names)
	}
	for _, f := range found {
		line := f.name + ": " + f.value + "\n"
		for why, text := range map[string]string{
			"changed":  strings.Replace(string(content), line, f.name+": otherwise\n", 1),
			"left out": strings.Replace(string(content), line, "", 1),
			"longer":   strings.Replace(string(content), line, f.name+": "+f.value+" or more\n", 1),
		} {
			if names := differ(text); !slices.Equal(names, []string{f.name}) {
				t.Errorf("%s is %s, and %v differ", f.name, why, names)
			}
		}
	}
	if names := differ(string(content) + "property new: holds\n"); !slices.Equal(names, []string{"property new"}) {
		t.Errorf("a line is added, and %v differ", names)
	}
}
