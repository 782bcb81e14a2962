package model

import (
	"slices"
	"strings"
	"testing"
)

// TestKindsAreWhole: every kind of step says all that there is to say about it, and is written like no other. That each
// has a rule is tested by TestEveryStepHappens.
func TestKindsAreWhole(t *testing.T) {
	if len(Kinds()) != kindCount-1 || Kinds()[0] != PageConnects {
		t.Errorf("the kinds are not one record for each constant: %v", Kinds())
	}
	actors := []Actor{ByPage, ByWorker, ByBrowser, ByService, ByClient}
	written := map[string]bool{}
	for _, k := range Kinds() {
		words := strings.Fields(k.Syntax())
		if len(words) < 2 || !slices.Contains(actors, k.Actor()) {
			t.Errorf("kind %d is written %q: want who does what", k, k.Syntax())
			continue
		}
		if written[words[0]+words[1]] {
			t.Errorf("two kinds of steps are written %s %s", words[0], words[1])
		}
		written[words[0]+words[1]] = true
		if k.Text() == "" || strings.HasSuffix(k.Text(), ".") {
			t.Errorf("%s: %q is no clause", k.Syntax(), k.Text())
		}
		for _, argument := range []string{"P", "P2", "C"} {
			if slices.Contains(strings.FieldsFunc(kinds[k].text, func(r rune) bool { return r == ' ' || r == ',' }), argument) &&
				!slices.Contains(words, argument) {
				t.Errorf("%s: %q speaks of %s, which such a step does not have", k.Syntax(), kinds[k].text, argument)
			}
		}
	}
}

// TestStepsListsWhatIsPossible compares the list with all combinations of arguments: those steps that are possible are
// listed, each once, and no others.
func TestStepsListsWhatIsPossible(t *testing.T) {
	m := mustNew(t, Bounds{Pages: 3, Connections: 2, Versions: 3, Messages: 1, Faults: 1, Kills: 1})
	r := newRand(8)
	for range 30 {
		walk(t, m, r, 60, func(_ World, _ Step, _ []Event, w World) {
			listed := map[Step]int{}
			for _, s := range m.Steps(&w, nil) {
				listed[s]++
			}
			for _, k := range Kinds() {
				for _, s := range m.allSteps(k) {
					want := 0
					if m.possible(&w, s) {
						want = 1
					}
					if listed[s] != want {
						t.Fatalf("%s is listed %d times, want %d\n%v", s, listed[s], want, w.Describe())
					}
					delete(listed, s)
				}
			}
			if len(listed) > 0 {
				t.Fatalf("listed with arguments that such a step does not have: %v", listed)
			}
		})
	}
}

// allSteps returns the steps of kind k within the bounds.
func (m *Model) allSteps(k Kind) []Step {
	words := strings.Fields(k.Syntax())
	numbers := func(argument string, n int) []uint8 {
		if !slices.Contains(words, argument) {
			return []uint8{0}
		}
		var all []uint8
		for i := range n {
			all = append(all, uint8(i+1))
		}
		return all
	}
	var steps []Step
	for _, p := range numbers("P", m.bounds.Pages) {
		for _, c := range numbers("C", m.bounds.Connections) {
			for _, to := range numbers("P2", m.bounds.Pages) {
				steps = append(steps, Step{Kind: k, Page: p, Connection: c, To: to})
			}
		}
	}
	return steps
}
