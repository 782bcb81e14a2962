package connect

import (
	"testing"

	"cosw/model"
)

// TestClaims: the head of connect.js answers every question once, and in the words of the catalogue; what the reader of
// these lines does not understand would be missing here.
func TestClaims(t *testing.T) {
	answered := map[model.Question]model.Answer{}
	for _, c := range Claims() {
		if other, twice := answered[c.Question]; twice {
			t.Errorf("%s is answered twice: %s, %s", c.Question.ID(), other, c.Answer)
		}
		answered[c.Question] = c.Answer
	}
	for _, q := range model.Questions() {
		if answered[q] == "" {
			t.Errorf("%s is not answered", q.ID())
		}
	}
	if model.Space.IsEmpty(Design()) {
		t.Error("the answers exclude each other")
	}
}
