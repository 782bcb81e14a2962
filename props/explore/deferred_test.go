package explore

import "testing"

// patient is a toy that defers what it does by some rules.
type patient struct {
	*toy
	deferred string // the names of those rules, each a letter
}

func (y patient) Deferred(w *place, s Step) bool {
	for _, name := range y.deferred {
		if y.rules[s].name == string(name) {
			return true
		}
	}
	return false
}

// A step that is deferred is not taken, but a world in which the system owes it is not quiescent for that.
func TestDeferred(t *testing.T) {
	y := toy{
		initial: []place{0},
		rules: []rule{
			{name: "p", from: 0, take: always(1)},                                    // prepares g
			{name: "o", from: 1, internal: true, take: only(first, yes, always(2))},  // owed in some designs
			{name: "g", from: 1, take: always(3)},                                    // goes on
			{name: "q", from: 1, internal: true, take: only(second, yes, always(4))}, // owed in others
			{name: "f", from: 1, take: always(5)},                                    // need not happen
		},
		quiescent: in(1, 0),
	}
	for _, row := range []struct {
		why           string
		deferred      string
		worlds, steps uint64
		quiescent     string // where it is, in 1
	}{
		{"nothing is deferred", "", 6, 5, "a=no, b=no"},
		{"what need not happen makes no world busy", "f", 5, 4, "a=no, b=no"},
		{"what is owed does, under the designs that owe it", "o", 5, 4, "a=no, b=no"},
		{"several are deferred", "oqf", 3, 2, "a=no, b=no"},
		{"and what comes after them is not", "p", 1, 0, "no design"},
	} {
		t.Run(row.why, func(t *testing.T) {
			a := algebra(t, "a=no|yes", "b=no|yes")
			r := complete(t, func() System[place, uint32] { return patient{&y, row.deferred} }, Options{Algebra: a, Scope: a.Space().Full()})
			if r.Worlds != row.worlds || r.Transitions != row.steps {
				t.Errorf("%d worlds and %d steps, want %d and %d", r.Worlds, r.Transitions, row.worlds, row.steps)
			}
			if got := formula(a, r.Marked(0)); got != row.quiescent {
				t.Errorf("quiescent under %s, want %s", got, row.quiescent)
			}
		})
	}
}
