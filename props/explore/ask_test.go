package explore

import (
	"slices"
	"strings"
	"testing"
)

// Runs of a chooser, one for each combination of answers that is really asked for, in the order of the answers.
func TestChooser(t *testing.T) {
	for _, row := range []struct {
		why   string
		limit string
		run   func(ask Ask)
		want  []string // what each run took
	}{
		{"nothing is asked", "", func(Ask) {}, []string{"any design"}},
		{"nothing is asked within a limit", "c=y", func(Ask) {}, []string{"c=y"}},
		{"one question", "", func(ask Ask) { ask(2) }, []string{"c=x", "c=y", "c=z"}},
		{"of which the limit has two answers", "c=x|z", func(ask Ask) { ask(2) }, []string{"c=x", "c=z"}},
		{"of which the limit has one", "c=y", func(ask Ask) { ask(2) }, []string{"c=y"}},
		{"one question twice", "", func(ask Ask) { ask(0); ask(0) }, []string{"a=no", "a=yes"}},
		{"two questions; the last varies first", "", func(ask Ask) { ask(1); ask(0) },
			[]string{"a=no, b=no", "a=yes, b=no", "a=no, b=yes", "a=yes, b=yes"}},
		{"a second one under one answer only", "", func(ask Ask) {
			if ask(0) == no {
				ask(2)
			}
		}, []string{"a=no, c=x", "a=no, c=y", "a=no, c=z", "a=yes"}},
		{"another second one under each answer", "c=x|y", func(ask Ask) {
			if ask(0) == no {
				ask(1)
			} else {
				ask(2)
			}
		}, []string{"a=no, b=no, c=x|y", "a=no, b=yes, c=x|y", "a=yes, c=x", "a=yes, c=y"}},
	} {
		s := algebra(t, "a=no|yes", "b=no|yes", "c=x|y|z").Space()
		limit, err := s.Parse(row.limit)
		if err != nil {
			t.Fatal(err)
		}
		c := chooser{space: s}
		var got []string
		for c.begin(limit); ; {
			row.run(c.ask)
			got = append(got, s.Format(c.taken))
			if !c.again() {
				break
			}
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: got\n%s", row.why, strings.Join(got, "\n"))
		}
	}
}
