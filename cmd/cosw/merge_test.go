package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

// ran runs cosw within the test, and returns the exit code with what it wrote.
func ran(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errors bytes.Buffer
	code = run(t.Context(), args, streams{in: strings.NewReader(""), out: &out, err: &errors})
	return code, out.String(), errors.String()
}

// TestMerge: the report of parts is that of the whole, byte for byte and in every format: within the default bounds, but for the
// whole family, of which two pages are left to COSW_LARGE.
func TestMerge(t *testing.T) {
	var small []string
	if !golden.Large() {
		small = []string{"--pages", "1"}
	}
	for _, row := range []struct {
		why    string
		of     int
		bounds []string   // of the search
		divide []string   // what chooses the designs
		report [][]string // what is asked about them
	}{
		{"the whole family", 5, small, nil, [][]string{
			nil, {"--format", "json"}, {"--format", "markdown", "--quiet"}, {"--give-up", "page-reach,unlinkable", "--histories", "300", "--seed", "7"},
			{"--pairs", "suspend=sever"},
		}},
		{"a preset, some designs of which must have all that is required", 3, nil, []string{"--design", "messageport-today"}, [][]string{nil, {"--format", "junit"}}},
		{"a part of the family, under an assumption", 4, nil, []string{"--set", "suspend=wake|reaccept", "--assume", "scripts=answer"}, [][]string{nil}},
	} {
		t.Run(row.why, func(t *testing.T) {
			folder := t.TempDir()
			for i := 1; i <= row.of; i++ {
				part := []string{"check", "--part", fmt.Sprintf("%d/%d", i, row.of), "--out", folder}
				if code, _, stderr := ran(t, slices.Concat(part, row.bounds, row.divide)...); code != exitDone {
					t.Fatalf("part %d: exit code %d: %s", i, code, stderr)
				}
			}
			parts, err := filepath.Glob(filepath.Join(folder, "check-?-1-2-1-1-part-?-of-*.json"))
			if err != nil || len(parts) != row.of {
				t.Fatalf("the files are %v, %v", parts, err)
			}
			for _, asked := range row.report {
				wantCode, want, _ := ran(t, slices.Concat([]string{"check"}, row.bounds, row.divide, asked)...)
				code, got, stderr := ran(t, slices.Concat([]string{"merge"}, row.divide, asked, parts)...)
				if code != wantCode || got != want {
					t.Errorf("%v: exit code %d, want %d, with %d bytes, want %d; %s", asked, code, wantCode, len(got), len(want), stderr)
				}
				if !strings.Contains(stderr, fmt.Sprintf("%d of %d parts: ", row.of, row.of)) {
					t.Errorf("what the parts have in common is not told: %s", stderr)
				}
			}
		})
	}
}

// TestPartIsNotSearchedAgain: a file that is there stays as it is, down to its time, and one of another check is not overwritten.
func TestPartIsNotSearchedAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "part.json")
	args := []string{"check", "--part", "2/3", "--design", "chromium-2015", "--out", file}
	if code, out, stderr := ran(t, args...); code != exitDone || !strings.Contains(out, "part 2 of 3 is searched") {
		t.Fatalf("exit code %d: %s%s", code, out, stderr)
	}
	was, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	validate(t, "check-part", text, "the file of a part")
	if code, out, stderr := ran(t, args...); code != exitDone || !strings.Contains(out, "part 2 of 3 was searched before") {
		t.Errorf("exit code %d: %s%s", code, out, stderr)
	}
	for _, other := range [][]string{
		{"check", "--part", "1/3", "--design", "chromium-2015", "--out", file},
		{"check", "--part", "2/2", "--design", "chromium-2015", "--out", file},
		{"check", "--part", "2/3", "--design", "chromium-2015", "--pages", "1", "--out", file},
		{"check", "--part", "2/3", "--design", "chromium-2015", "--property", "settles", "--out", file},
		{"check", "--part", "2/3", "--design", "messageport-today", "--out", file},
	} {
		if code, _, stderr := ran(t, other...); code != exitUsage || !strings.Contains(stderr, "part.json holds something else: part 2 of 3") {
			t.Errorf("%v: exit code %d: %s", other, code, stderr)
		}
	}
	if is, err := os.Stat(file); err != nil || !is.ModTime().Equal(was.ModTime()) {
		t.Errorf("the file was written again: %v", err)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Replace(content, []byte(`"cosw":"cosw`), []byte(`"cosw":"cosw of long ago`), 1)
	if err := os.WriteFile(file, other, 0o644); err != nil || bytes.Equal(content, other) {
		t.Fatal("the version is not changed", err)
	}
	if code, _, stderr := ran(t, args...); code != exitUsage || !strings.Contains(stderr, "by cosw of long ago") {
		t.Errorf("a part of another version: exit code %d: %s", code, stderr)
	}
}

// TestForgedPart: a file that tells of violations that the model does not have is refused, not believed.
func TestForgedPart(t *testing.T) {
	name := filepath.Join(t.TempDir(), "part.json")
	if code, _, stderr := ran(t, "check", "--part", "1/1", "--design", "chromium-2015", "--out", name); code != exitDone {
		t.Fatal(stderr)
	}
	file, err := readPart(name, streams{})
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(model.Space)
	holds, err := model.Space.Parse(file.Holds)
	if err != nil {
		t.Fatal(err)
	}
	sets := make([]family.Set, len(file.Sets.Sets))
	for i, written := range file.Sets.Sets {
		if written != uint32(family.None) { // of a verdict, and not of a livelock
			sets[i] = a.Cube(holds)
		}
	}
	for i := range file.Models[0].Verdicts {
		if v := &file.Models[0].Verdicts[i]; v.Property == "settles" { // which no design of the part breaks
			v.Nearest = []int{1}
			at := 0
			for _, before := range file.Models[0].Verdicts[:i] {
				at += len(before.Nearest)
			}
			sets = slices.Insert(sets, at, a.Cube(holds))
		}
	}
	file.Sets = a.Write(sets)
	text, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := ran(t, "merge", name); code != exitSyntax || !strings.Contains(stderr, "the parts tell of what the model does not do") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}
