package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

// reporting are command lines whose output is text for people, each with one that it is most likely to be too wide in.
var reporting = [][]string{
	{"check", "--property", "settles,fresh-acceptance,update-progress", "--set", "update=pin|transfer,worker-list=list", "--pages", "1", "--verbose", "--histories", "0"},
	{"check", "--design", "chromium-2015", "--quiet", "--histories", "0"},
	{"check", "--design", "chromium-2015", "--set", "interrupt-again=hang", "--property", "opt-in,tells-page", "--histories", "0"},
	{"check", "--pairs", "suspend=sever", "--property", "survives-suspend", "--pages", "1", "--histories", "0"},
	{"check", "--max-worlds", "100"},
	{"questions"},
	{"questions", "suspend", "update", "match", "scripts"},
	{"properties"},
	{"properties", "tells-page", "presence-hidden-timed"},
	{"play", "../../props/references/testdata/leak.scenario"},
	{"graph", "../../props/references/testdata/leak.scenario"},
	{"show", "testdata/traces/update.trace"},
	{"show", "--format", "prose", "testdata/traces/update.trace"},
	{"show", "--diff", "testdata/traces/wake.trace", "testdata/traces/sever.trace"},
	{"replay", "--extend", "1", "testdata/traces/doubt.trace", "testdata/traces/wake.trace"},
	{"linearize", "../../linearize/testdata/stop.jsonl", "../../linearize/testdata/traffic.jsonl"},
	{"infer", "../../linearize/testdata/stop.jsonl", "../../linearize/testdata/update-skip.jsonl"},
	{"infer", "--explain", "suspend=wake", "../../linearize/testdata/stop.jsonl"},
	{"infer", "--plan"},
	{"fuzz", "--histories", "100", "--steps", "40", "--property", "settles,page-reach"},
	{"designs"},
	{"designs", "draft", "tubes"},
	{"lab", "scenarios"},
	{"lab", "browsers"},
	{"version"},
	{"help"},
}

// TestWidths: no command prints a line that is wider than there is room, unless that would break a word, or a command to copy.
func TestWidths(t *testing.T) {
	lines := reporting
	for _, c := range commands() {
		lines = append(lines, []string{c.name, "--help"})
	}
	for _, width := range []string{"60", "80", "120"} {
		t.Setenv("COLUMNS", width)
		for _, args := range lines {
			var stdout, stderr bytes.Buffer
			if code := run(context.Background(), args, streams{in: strings.NewReader(""), out: &stdout, err: &stderr}); code >= exitEvaluation || stdout.Len() == 0 {
				t.Errorf("%v: exit code %d: %s", args, code, &stderr)
			}
			for line := range strings.Lines(stdout.String()) {
				line = strings.TrimSuffix(line, "\n")
				if n := utf8.RuneCountInString(line); n > pageWidth(atoi(t, width)) && !unbreakable(line) {
					t.Errorf("%s: %d columns where %s are there: %s", strings.Join(args, " "), n, width, line)
				}
			}
		}
	}
}

// unbreakable tells whether a line is one word, or a command to copy.
func unbreakable(line string) bool {
	return len(strings.Fields(line)) == 1 || isExample(line)
}
