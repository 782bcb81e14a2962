package explore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cosw/model/family"
)

// TestOutcomes: each design of the set is in exactly one outcome, that of the answers which it gives.
func TestOutcomes(t *testing.T) {
	a := algebra(t, "a=no|yes", "b=no|yes", "c=x|y|z")
	for _, row := range []struct {
		why  string
		set  []string
		run  func(ask Ask) string
		want []string
	}{
		{"no design, no outcome", nil, func(ask Ask) string { return "ran" }, nil},
		{"nothing is asked", []string{"a=no"}, func(Ask) string { return "" }, []string{" where a=no, asked any design"}},
		{"a question with one answer left counts as asked", []string{"a=no"}, func(ask Ask) string { return fmt.Sprint(ask(0)) },
			[]string{"0 where a=no, asked a=no"}},
		{"answers in their order, each with its designs", []string{"b=yes, c=x|z"}, func(ask Ask) string { return fmt.Sprint(ask(2)) },
			[]string{"0 where b=yes, c=x, asked c=x", "2 where b=yes, c=z, asked c=z"}},
		{"combinations that no design of the set gives are left out", []string{"a=no, b=no", "a=yes, b=yes"},
			func(ask Ask) string { return fmt.Sprint(ask(0), ask(1)) },
			[]string{"0 0 where a=no, b=no, asked a=no, b=no", "1 1 where a=yes, b=yes, asked a=yes, b=yes"}},
		{"one that is asked only after some answer", []string{"c=x"}, func(ask Ask) string {
			if ask(0) == yes {
				return fmt.Sprint("yes ", ask(1))
			}
			return "no"
		}, []string{"no where a=no, c=x, asked a=no", "yes 0 where a=yes, b=no, c=x, asked a=yes, b=no",
			"yes 1 where a=yes, b=yes, c=x, asked a=yes, b=yes"}},
	} {
		var got []string
		for o := range Outcomes(a, union(t, a, row.set...), func(ask Ask) (string, bool) { return row.run(ask), true }) {
			got = append(got, fmt.Sprintf("%s where %s, asked %s", o.Result, formula(a, o.Designs), a.Space().Format(o.Asked)))
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%s: got\n%s", row.why, strings.Join(got, "\n"))
		}
	}
}

// TestOutcomesStop: a loop over outcomes may end before the last.
func TestOutcomesStop(t *testing.T) {
	a := algebra(t, "a=no|yes")
	runs := 0
	for range Outcomes(a, family.All, func(ask Ask) (int, bool) { runs++; return ask(0), true }) {
		break
	}
	if runs != 1 {
		t.Errorf("%d runs", runs)
	}
}

func TestFirstEnabled(t *testing.T) {
	a := algebra(t, "a=no|yes", "b=no|yes", "c=x|y|z")
	take := func(step string, ask Ask) (string, bool) {
		switch step {
		case "if a":
			return "did a", ask(0) == yes
		case "if b":
			return "did b", ask(1) == yes
		case "always":
			return "did it", true
		}
		return "", false
	}
	for _, row := range []struct {
		why   string
		set   []string
		steps []string
		want  []string
		none  string
	}{
		{"no steps", []string{"a=no"}, nil, nil, "a=no"},
		{"none is enabled", []string{"a=no"}, []string{"never", "if a"}, nil, "a=no"},
		{"the second one where the first is not", []string{"c=x"}, []string{"if a", "if b"}, []string{
			"if a: false where a=no, c=x", "if a: true where a=yes, c=x",
			"if b: false where a=no, b=no, c=x", "if b: true where a=no, b=yes, c=x",
		}, "a=no, b=no, c=x"},
		{"one that is enabled anyway hides the rest", []string{"c=x"}, []string{"always", "if a"}, []string{"always: true where c=x"}, "no design"},
	} {
		first, none := FirstEnabled(a, union(t, a, row.set...), row.steps, take)
		var got []string
		for _, f := range first {
			for _, o := range f.Outcomes {
				got = append(got, fmt.Sprintf("%s: %t where %s", f.Step, o.Enabled, formula(a, o.Designs)))
			}
		}
		if !slices.Equal(got, row.want) || formula(a, none) != row.none {
			t.Errorf("%s: got\n%s\nand none where %q", row.why, strings.Join(got, "\n"), formula(a, none))
		}
	}
}

func TestMerge(t *testing.T) {
	a := algebra(t, "a=no|yes", "b=no|yes")
	var got []string
	for _, b := range Merge(a, []Branch[string]{
		{"left", union(t, a, "a=no, b=no")}, {"right", union(t, a, "a=yes, b=no")},
		{"left", union(t, a, "a=no, b=yes")}, {"right", union(t, a, "a=yes, b=yes")},
	}) {
		got = append(got, b.World+" where "+formula(a, b.Designs))
	}
	if want := []string{"left where a=no", "right where a=yes"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
