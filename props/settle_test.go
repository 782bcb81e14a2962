package props

import (
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
)

// settleTests are scopes and requirements, with what is known about them beforehand.
var settleTests = []struct {
	scope    string
	required []string // nil: all
	nothing  bool     // no design has all that is required
	why      string
}{
	{"", nil, false, "the whole family"},
	{"", []string{"survives-suspend", "can-idle", "delivers", "survives-update", "update-progress"}, false, "a few wishes"},
	{"", []string{"settles"}, false, "a single wish"},
	{"suspend=wake, update=transfer", []string{"delivers", "fresh-acceptance", "match-agrees"}, true, "wishes at odds: delivery takes a list or a global handler"},
	{"suspend=sever", nil, true, "suspension cuts connections"},
	{"worker-list=none, delivery=port", nil, true, "after wake, nobody finds the port"},
	{"page-notice=none|event, interrupt=hang|reject", nil, true, "many reasons"},
	{"match=scope, bind=pinned", []string{"match-stable", "match-pinned"}, false, "nothing is excluded"},
}

// TestSettle compares what survives, and why the rest does not, with a plain enumeration.
func TestSettle(t *testing.T) {
	notRaced(t)
	for _, test := range settleTests {
		t.Run(test.why, func(t *testing.T) {
			r := mustCheck(t, Options{Bounds: onePage, Scope: parse(t, test.scope), Required: test.required})
			a := r.Algebra
			if nothing := r.Good == family.None; nothing != test.nothing {
				t.Fatalf("%d designs have all that is required", a.Count(r.Good))
			}
			if test.nothing {
				sameSets(t, "the scope", r.Conflicts(), smallest(r, r.Scope))
				return
			}
			if sets := r.Conflicts(); sets != nil {
				t.Errorf("%v are in conflict, and %d designs have them all", sets, a.Count(r.Good))
			}
			settlements := r.Settle()
			if len(settlements) != len(model.Questions()) {
				t.Fatalf("%d questions are settled", len(settlements))
			}
			for i, s := range settlements {
				if s.Question != model.Questions()[i] {
					t.Errorf("question %d is %s", i, s.Question.ID())
				}
				checkSettlement(t, r, &s)
			}
		})
	}
}

// TestSettleDefault does so within the default bounds, where all properties can be broken.
func TestSettleDefault(t *testing.T) {
	r := defaultReport()
	for _, s := range r.Settle() {
		checkSettlement(t, r, &s)
	}
}

func checkSettlement(t *testing.T, r *Report, s *Settlement) {
	for _, answer := range s.Question.Answers() {
		name := s.Question.ID() + "=" + answer.String()
		with := r.Algebra.Restrict(r.Scope, model.Where(s.Question, answer))
		survives := slices.Contains(s.Survive, answer)
		at := slices.IndexFunc(s.Excluded, func(e Exclusion) bool { return e.Answer == answer })
		if inScope := with != family.None; inScope != (survives || at >= 0) || survives && at >= 0 {
			t.Errorf("%s: in the scope %v, survives %v, excluded %v", name, inScope, survives, at >= 0)
		}
		if survives {
			checkSurvivor(t, r, name, r.Algebra.Intersect(r.Good, with))
		}
		if at >= 0 {
			sameSets(t, name, s.Excluded[at].Conflicts, smallest(r, with))
		}
	}
}

// checkSurvivor checks that a good design is good.
func checkSurvivor(t *testing.T, r *Report, name string, good family.Set) {
	t.Helper()
	if good == family.None {
		t.Errorf("%s survives, and no design has it and all that is required", name)
		return
	}
	design := r.Algebra.First(good)
	for _, v := range r.Verdicts {
		if v.Required && r.Algebra.Includes(v.Violating, design) {
			t.Errorf("%s survives by a design that breaks %s: %s", name, v.Property.ID, model.Space.Format(design))
		}
	}
}

// smallest looks at all sets of one, two, three and four required properties, and returns all those of the first size at
// which there are any that no design of within has together.
func smallest(r *Report, within family.Set) [][]string {
	var ids []string
	have := map[string]family.Set{} // the designs of the family that have a property
	for _, v := range r.Verdicts {
		if v.Required {
			ids = append(ids, v.Property.ID)
			have[v.Property.ID] = r.Algebra.Complement(v.Violating)
		}
	}
	for size := 1; size <= 4; size++ {
		var found [][]string
		for _, set := range subsets(ids, size) {
			left := within
			for _, id := range set {
				left = r.Algebra.Intersect(left, have[id])
			}
			if left == family.None {
				found = append(found, set)
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// subsets returns all subsets of a size, each in the order of ids.
func subsets(ids []string, size int) [][]string {
	if size == 0 {
		return [][]string{{}}
	}
	var all [][]string
	for i := range ids {
		for _, rest := range subsets(ids[i+1:], size-1) {
			all = append(all, append([]string{ids[i]}, rest...))
		}
	}
	return all
}

func sameSets(t *testing.T, what string, got, want [][]string) {
	t.Helper()
	text := func(sets [][]string) string {
		var lines []string
		for _, set := range sets {
			lines = append(lines, strings.Join(set, " "))
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	if text(got) != text(want) {
		t.Errorf("%s: in conflict are\n%s\nand by enumeration\n%s", what, text(got), text(want))
	}
}

// TestSubsets checks the enumeration that the others are compared with.
func TestSubsets(t *testing.T) {
	n := len(IDs())
	if got, want := len(subsets(IDs(), 4)), n*(n-1)*(n-2)*(n-3)/24; got != want {
		t.Errorf("%d sets of four of %d properties, want %d", got, n, want)
	}
	want := [][]string{{"a", "b"}, {"a", "c"}, {"b", "c"}}
	sameSets(t, "two of three", subsets([]string{"a", "b", "c"}, 2), want)
}

// TestGoodDesignsAreGood searches one good design for each answer that survives, by the oracle.
func TestGoodDesignsAreGood(t *testing.T) {
	notRaced(t)
	r := defaultReport()
	m, _ := mustModel(t, model.DefaultBounds)
	searched := map[family.Cube]bool{}
	for _, s := range r.Settle() {
		for _, answer := range s.Survive {
			design := r.Algebra.First(r.Algebra.Restrict(r.Good, model.Where(s.Question, answer)))
			if searched[design] {
				continue
			}
			searched[design] = true
			o := searchOne(m, design)
			for i, p := range lifecycleProperties {
				if o.broken[i] != never {
					t.Errorf("%s is called good and breaks %s", model.Space.Format(design), p.ID)
				}
			}
		}
	}
	if len(searched) < 4 {
		t.Errorf("%d good designs: too few to be a sample", len(searched))
	}
}
