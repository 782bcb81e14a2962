package script

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/traces"
)

// TestVectors plays the scripts of testdata/wpt: what test suites and implementations say must be so in the model.
func TestVectors(t *testing.T) {
	for _, file := range vectors(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(string(script), "# Source: ") || !strings.Contains(string(script), "\n# Why: ") {
				t.Error("begin with \"# Source: \" and \"# Why: \"")
			}
			if !strings.Contains(string(script), "\nexpect ") {
				t.Error("nothing is expected")
			}
			if err := Play(bytes.NewReader(script), file, io.Discard, model.Space.Full()); err != nil {
				t.Error(err)
			}
		})
	}
}

func vectors(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/wpt/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors: %v", err)
	}
	return files
}

// TestVectorsCanFail turns each expectation of each vector into its contrary, one at a time: the script must fail at
// that line.
func TestVectorsCanFail(t *testing.T) {
	for _, file := range vectors(t) {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(script), "\n")
		for i, line := range lines {
			wrong, ok := contrary(line)
			if !ok {
				continue
			}
			lines[i] = wrong
			err := Play(strings.NewReader(strings.Join(lines, "\n")), file, io.Discard, model.Space.Full())
			var failed *traces.FileError
			if !errors.As(err, &failed) || failed.Line != i+1 || !strings.Contains(failed.Err.Error(), "; expected ") {
				t.Errorf("%s:%d: %q instead of %q: got the error %v", file, i+1, wrong, line, err)
			}
			lines[i] = line
		}
	}
}

// TestFamilyAgreesWithDesigns plays each vector under the whole family, and again under single designs of what is in
// play at its end: each must come to the world of its branch.
func TestFamilyAgreesWithDesigns(t *testing.T) {
	for _, file := range vectors(t) {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		steps := regexp.MustCompile(`(?m)^expect.*$`).ReplaceAllString(string(script), "")
		whole := newPlayer(io.Discard, model.Space.Full())
		if err := whole.play(strings.NewReader(steps), file); err != nil {
			t.Fatal(err)
		}
		for _, b := range whole.branches {
			n := whole.sets.Count(b.Designs)
			for i := range uint64(5) {
				design := whole.sets.Nth(b.Designs, (n-1)/4*i)
				single := newPlayer(io.Discard, design)
				if err := single.play(strings.NewReader(steps), file); err != nil {
					t.Errorf("under %s: %v", model.Space.Format(design), err)
				} else if single.branches[0].World != b.World {
					t.Errorf("%s: another world under %s", file, model.Space.Format(design))
				}
			}
		}
	}
}

// contrary returns an expectation that is false wherever the one in line is true, or false if line has none.
func contrary(line string) (string, bool) {
	words := strings.Fields(line)
	if len(words) < 2 || words[0] != "expect" {
		return "", false
	}
	swapped := map[string]string{}
	for _, pair := range [][2]string{
		{"enabled", "disabled"}, {"event", "no-event"}, {"running", "stopped"}, {"controlled", "uncontrolled"},
		{"open", "gone"}, {"pending", "settled"}, {"up", "down"}, {"activating", "activated"}, {"live", "absent"},
	} {
		swapped[pair[0]], swapped[pair[1]] = pair[1], pair[0]
	}
	at := 1
	if argumentOf(words[1]) || words[1] == "registration" || words[1] == "active" && len(words) == 4 {
		at = len(words) - 1
		if i := slices.Index(words, "where"); i > 0 {
			at = i - 1
		}
	}
	switch word := words[at]; {
	case swapped[word] != "":
		words[at] = swapped[word]
	case word == "requested" || word == "asking":
		words[at] = "down"
	case word == "unregistered":
		words[at] = "live"
	case word == "quiescent":
		return "", false
	case at > 1 && word == "nobody":
		words[at] = "p1"
	case at > 1 && strings.HasPrefix(word, "p"):
		words[at] = "nobody"
	case at > 1: // a number of messages, or a version that accepted
		words[at] = word + "1"
	case words[2] == "none":
		words[2] = "1"
	default:
		words[2] = "none"
	}
	return strings.Join(words, " "), true
}

func argumentOf(word string) bool {
	_, page := argument(word, 'p')
	_, connection := argument(word, 'c')
	return page || connection
}

// TestVectorsAreListed compares the scripts with the list in testdata/wpt/README.md.
func TestVectorsAreListed(t *testing.T) {
	readme, err := os.ReadFile("testdata/wpt/README.md")
	if err != nil {
		t.Fatal(err)
	}
	listed := regexp.MustCompile("`([a-z0-9-]+\\.txt)`").FindAllStringSubmatch(string(readme), -1)
	var names []string
	for _, match := range listed {
		names = append(names, "testdata/wpt/"+match[1])
	}
	slices.Sort(names)
	if names = slices.Compact(names); !slices.Equal(names, vectors(t)) {
		t.Errorf("the list has\n%s\nthe scripts are\n%s", strings.Join(names, "\n"), strings.Join(vectors(t), "\n"))
	}
}
