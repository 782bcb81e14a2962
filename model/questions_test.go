package model

import (
	"slices"
	"strings"
	"testing"
)

// TestQuestionsAreWhole: every question says all that there is to say about it. That ids are unique and can be written
// is checked when the package is initialised, by family.NewSpace.
func TestQuestionsAreWhole(t *testing.T) {
	designs := uint64(1)
	for i, q := range allQuestions() {
		if int(q) != i {
			t.Errorf("%s does not stand with its like: questions come first, and then assumptions", q.ID())
		}
		if q.Assumed() {
			if len(q.Answers()) < 2 || len(q.Literal()) > 0 {
				t.Errorf("%s: an assumption has several values, and the draft makes none", q.ID())
			}
		} else {
			designs *= uint64(len(q.Answers()))
		}
		if !strings.HasSuffix(q.Text(), "?") {
			t.Errorf("%s asks %q", q.ID(), q.Text())
		}
		if q.Place().Line == 0 || q.Place().Heading == "" {
			t.Errorf("%s has no place in the draft", q.ID())
		}
		means, because := map[string]bool{}, map[string]bool{}
		for _, a := range q.Answers() {
			means[q.Meaning(a)], because[q.Because(a)] = true, true
			for _, words := range []string{q.Meaning(a), q.Because(a)} {
				if words == "" || strings.HasSuffix(words, ".") {
					t.Errorf("%s=%s: %q is no clause", q.ID(), a, words)
				}
			}
		}
		if n := len(q.Answers()); len(means) != n || len(because) != n {
			t.Errorf("%s: two of its %d answers have the same words", q.ID(), n)
		}
		for _, a := range q.Literal() {
			if !slices.Contains(q.Answers(), a) {
				t.Errorf("the draft is said to answer %s with %s, which is no answer", q.ID(), a)
			}
		}
	}
	if got := Space.Size(); got != designs {
		t.Errorf("the family has %d designs, and the numbers of answers make %d", got, designs)
	}
}
