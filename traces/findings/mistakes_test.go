package findings

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// draft is the text under study, where it lies beside the tree.
const draft = "../../../shared/draft.md"

// TestQuotes: the words quoted stand on the lines given.
func TestQuotes(t *testing.T) {
	content, err := os.ReadFile(draft)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the text of the draft is not part of this tree, and it is not beside it")
	}
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Split(string(content), "\n")
	for _, m := range slices.Concat(contradictions, inExamples, inInterfaces, slips) {
		if m.line > len(text) || !strings.Contains(text[m.line-1], m.quote) {
			t.Errorf("line %d does not have %q", m.line, m.quote)
		}
	}
	for _, it := range items {
		for _, mark := range []string{issue, question} {
			if it.kind == mark && !strings.Contains(text[it.line-1], mark) && !strings.Contains(text[it.line-2], mark) {
				t.Errorf("line %d is no %s", it.line, mark)
			}
		}
	}
	for i, line := range text {
		if strings.Contains(line, issue) || strings.Contains(line, question) {
			if !slices.ContainsFunc(items, func(it item) bool { return it.line == i+1 }) {
				t.Errorf("line %d is an open point that has no answer: %s", i+1, line)
			}
		}
	}
}

// TestMistakes: each says what is wrong or what to write, quotes a few words only, and they stand in the order of lines.
func TestMistakes(t *testing.T) {
	for _, list := range [][]mistake{contradictions, inExamples, inInterfaces, slips} {
		for _, m := range list {
			if m.wrong == "" && m.write == "" {
				t.Errorf("line %d: what is wrong with %q?", m.line, m.quote)
			}
			if n := len(strings.Fields(m.quote)); n == 0 || n > 8 {
				t.Errorf("line %d: %d words quoted", m.line, n)
			}
		}
		if !slices.IsSortedFunc(list, func(x, y mistake) int { return x.line - y.line }) {
			t.Errorf("not in the order of lines: %q", list[0].quote)
		}
	}
}
