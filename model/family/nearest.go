package family

import (
	"fmt"
	"strings"
)

// UnknownWordError reports a word that is not valid in its place.
type UnknownWordError struct {
	What  string   // what the word should have been, e.g. "question"
	Word  string   // the word as it was given
	Valid []string // the words to choose from
}

// Error names the nearest valid word, or all of them when none is near.
func (e *UnknownWordError) Error() string {
	if near, ok := Nearest(e.Word, e.Valid); ok {
		return fmt.Sprintf("unknown %s %q: did you mean %s?", e.What, e.Word, near)
	}
	return fmt.Sprintf("unknown %s %q: choose from %s", e.What, e.Word, strings.Join(e.Valid, ", "))
}

// Nearest returns the word of words that word is most likely a slip of, and whether one is near enough: at most one
// edit per three letters, letter case aside. An edit inserts, deletes or replaces a letter or swaps two neighbours. The
// first of equally near words wins.
func Nearest(word string, words []string) (string, bool) {
	given := []rune(strings.ToLower(word))
	nearest, least := "", (len(given)+1)/3+1
	for _, w := range words {
		if d := editDistance(given, []rune(strings.ToLower(w))); d < least {
			nearest, least = w, d
		}
	}
	return nearest, nearest != ""
}

// editDistance returns the number of edits from x to y, where no letter is edited twice (optimal string alignment).
func editDistance(x, y []rune) int {
	var before []int // distances of x[:i-2], x[:i-1] and x[:i] to the beginnings of y
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			replaced := last[j-1]
			if x[i-1] != y[j-1] {
				replaced++
			}
			row[j] = min(replaced, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
