package props

import (
	"slices"
	"strings"
	"testing"

	"cosw/model/family"
)

// TestConflicts: the smallest sets are out of reach as a whole, and no smaller one is.
func TestConflicts(t *testing.T) {
	r := defaultReport()
	for _, tt := range []struct{ reason, within, ids, want string }{
		{"not all can be had together", "", strings.Join(IDs(), ","),
			"survives-kill+hides-suspend-timed hides-suspend-timed+can-idle unlinkable+reaches-installed " +
				"reaches-installed+presence-hidden-timed+first-visit"},
		{"one alone is out of reach", "handle=port", "origin-bound,one-context,settles", "origin-bound one-context"},
		{"some can be had together", "", "settles,delivers,ordered,can-idle,unlinkable", ""},
		{"what is not asked about does not count", "handle=port", "settles,delivers", ""},
		{"two that each can be had", "update=transfer", "fresh-acceptance,delivers,settles", "fresh-acceptance+delivers"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			within := r.Algebra.Cube(parse(t, tt.within))
			var got []string
			for _, c := range r.Within(parse(t, tt.within)).Requiring(strings.Split(tt.ids, ",")).Conflicts() {
				set := slices.Sorted(slices.Values(c.Properties))
				slices.Reverse(set)
				got = append(got, strings.Join(set, "+"))
				for leave := range set {
					if left := having(r, within, slices.Delete(slices.Clone(set), leave, leave+1)); left == family.None {
						t.Errorf("%v without %s is out of reach as well", set, set[leave])
					}
				}
				if having(r, within, set) != family.None {
					t.Errorf("some design has %v", set)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

// having returns the designs of within that have all the properties named.
func having(r *Report, within family.Set, ids []string) family.Set {
	for _, id := range ids {
		within = r.Algebra.Minus(within, r.Algebra.InSome(r.Verdict(id).Violating))
	}
	return within
}

// TestFewest compares the designs that break the fewest properties with a look at one after the other.
func TestFewest(t *testing.T) {
	r := defaultReport()
	for _, partial := range []string{"handle=port", "suspend=sever, update=sever", "interrupt=hang, client=full"} {
		within := r.Algebra.Cube(parse(t, partial))
		best, least := r.Fewest(within)
		if best == family.None || r.Algebra.Minus(best, within) != family.None {
			t.Errorf("%s: %d designs are best", partial, r.Algebra.Count(best))
		}
		for _, x := range []family.Set{best, r.Algebra.Minus(within, best)} {
			for _, design := range sample(r.Algebra, x, 300, 1) {
				n := 0
				for i := range r.Verdicts {
					if r.Algebra.Includes(r.Algebra.InSome(r.Verdicts[i].Violating), design) {
						n++
					}
				}
				if n < least || (n == least) != (x == best) {
					t.Errorf("%s: a design breaks %d, and the fewest are said to be %d", partial, n, least)
				}
			}
		}
	}
}
