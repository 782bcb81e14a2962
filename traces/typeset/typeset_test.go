package typeset

import (
	"slices"
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		why, text string
		width     int
		want      []string
	}{
		{"nothing has no lines", " \n", 5, nil},
		{"a line may be full", "ab cd ef", 5, []string{"ab cd", "ef"}},
		{"blanks and ends of lines are the same", "a  b\n\tc", 9, []string{"a b c"}},
		{"characters count, not bytes", "ää öö üü", 5, []string{"ää öö", "üü"}},
		{"a no-break space holds words together", "a b" + NoBreak + "c d", 4, []string{"a", "b c", "d"}},
		{"a long word stays whole", "ab abcdefgh c", 4, []string{"ab", "abcdefgh", "c"}},
	} {
		if got := Runes.wrap(c.text, c.width, c.width, Runes.whole); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		why, text string
		width     int
		want      []string
	}{
		{"a word that fits is not broken", "ab cd", 2, []string{"ab", "cd"}},
		{"a long word is broken", "ab abcdefgh c", 4, []string{"ab", "abcd", "efgh", "c"}},
		{"the rest of it has room for more", "abcde f", 4, []string{"abcd", "e f"}},
		{"after a slash", "a/bcd/efgh", 8, []string{"a/bcd/", "efgh"}},
		{"but not if little would be left", "a/bcdefgh", 8, []string{"a/bcdefg", "h"}},
		{"one character at least", "äb", 0, []string{"ä", "b"}},
	} {
		if got := Runes.Fit(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

func TestHanging(t *testing.T) {
	word := strings.Repeat("x", 48)
	for _, c := range []struct {
		why, head string
		indent    int
		text      string
		want      string
	}{
		{"no text leaves the head", "> ", 2, "", ">\n"},
		{"later lines are indented", "> ", 4, word + " " + word + " " + word, "> " + word + " " + word + "\n    " + word + "\n"},
		{"the first line has less room than the others", "- -- ", 2, word + " " + word + " " + word,
			"- -- " + word + "\n  " + word + " " + word + "\n"},
	} {
		if got := Hanging(c.head, c.indent, c.text, Columns); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.why, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[uint64]string{0: "0 steps", 1: "1 step", 999: "999 steps", 1000: "1,000 steps", 1234567: "1,234,567 steps",
		1<<64 - 1: "18,446,744,073,709,551,615 steps"} {
		if got := Count(n, "step"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
