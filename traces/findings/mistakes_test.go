package findings

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"cosw/model/golden"
)

// quotes has the words of the draft that the text speaks of, each with its line, and which lines are marked as open points.
// They were compared with the draft, whose text is not part of this tree. COSW_DRAFT=FILE go test
// ./traces/findings -update compares them anew and writes them.
const quotes = "testdata/quotes.txt"

// TestQuotes: the words quoted are those that were found on the lines given, and so are the marks of open points.
func TestQuotes(t *testing.T) {
	var now strings.Builder
	for _, it := range items {
		if it.kind == issue || it.kind == question {
			fmt.Fprintf(&now, "%d\t%s\n", it.line, it.kind)
		}
	}
	for _, m := range allMistakes() {
		fmt.Fprintf(&now, "%d\t%s\n", m.line, m.quote)
	}
	if name := os.Getenv("COSW_DRAFT"); name != "" {
		compareWithDraft(t, name)
		if golden.Updating() && !t.Failed() {
			if err := os.WriteFile(quotes, []byte(now.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	compared, err := os.ReadFile(quotes)
	if err != nil {
		t.Fatal(err)
	}
	if d := Diff(quotes, compared, []byte(now.String())); d != nil {
		t.Errorf("not what was compared with the draft: set COSW_DRAFT to a copy of it, with -update\n%s", d)
	}
}

// allMistakes are those of every kind.
func allMistakes() []mistake {
	return slices.Concat(contradictions, inExamples, inInterfaces, outdated, slips)
}

// compareWithDraft looks up all words and marks in a copy of the draft.
func compareWithDraft(t *testing.T, name string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Split(string(content), "\n")
	for _, m := range allMistakes() {
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
	for _, list := range [][]mistake{contradictions, inExamples, inInterfaces, outdated, slips} {
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

// TestDecided: a correction that is an answer of the model is one of a mistake in the text, and gives way when the model
// says otherwise.
func TestDecided(t *testing.T) {
	e := turned(without("match-unique", "match-agrees", "match-stable", "page-private", "tells-apart"))
	for quote := range decided {
		i := slices.IndexFunc(allMistakes(), func(m mistake) bool { return m.quote == quote })
		if i < 0 {
			t.Errorf("there is no mistake in %q", quote)
			continue
		}
		m := allMistakes()[i]
		if got := (&document{evidence: whole()}).correction(m); got != m.write {
			t.Errorf("line %d: %q does not follow from the model", m.line, m.write)
		}
		if got := (&document{evidence: e}).correction(m); !strings.HasPrefix(got, "see [") {
			t.Errorf("line %d: %q follows from nothing", m.line, got)
		}
	}
}
