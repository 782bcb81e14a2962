package props

import (
	"regexp"
	"strings"
	"testing"

	"cosw/model"
)

// TestGranted: what the model takes for granted is told in clauses, and names answers that there are.
func TestGranted(t *testing.T) {
	told := map[string]bool{}
	answers := regexp.MustCompile(`[a-z-]+=[a-z-]+`)
	for _, g := range model.AllGranted() {
		if told[g.ID] {
			t.Errorf("%s is told twice", g.ID)
		}
		told[g.ID] = true
		for _, text := range []string{g.Says, g.Otherwise, g.Source} {
			if text == "" || strings.HasSuffix(text, ".") {
				t.Errorf("%s: %q is no clause", g.ID, text)
			}
			for _, answer := range answers.FindAllString(text, -1) {
				if _, err := model.Space.Parse(answer); err != nil {
					t.Errorf("%s: %v", g.ID, err)
				}
			}
		}
		if _, err := Find(g.ID); err == nil {
			t.Errorf("%s is a property as well", g.ID)
		}
	}
}
