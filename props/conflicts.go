package props

import (
	"slices"

	"cosw/model/family"
)

// ConflictsAmong returns all smallest sets of the named properties that no design of within has together: where single
// properties cannot be had, only these. It is nil when some design has them all.
func (r *Report) ConflictsAmong(within family.Set, ids []string) [][]string {
	var among []*Verdict
	left := within
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; slices.Contains(ids, v.Property.ID) {
			among = append(among, v)
			left = r.Algebra.Minus(left, v.Violating)
		}
	}
	if left != family.None {
		return nil
	}
	return r.smallest(within, among)
}

// Fewest returns the designs of within that break the fewest properties, and how many these are.
func (r *Report) Fewest(within family.Set) (family.Set, int) {
	layers := []family.Set{within} // by how many of the properties so far are broken
	for i := range r.Verdicts {
		violating := r.Verdicts[i].Violating
		next := make([]family.Set, len(layers)+1)
		for n := range next {
			next[n] = family.None
		}
		for n, designs := range layers {
			next[n] = r.Algebra.Union(next[n], r.Algebra.Minus(designs, violating))
			next[n+1] = r.Algebra.Union(next[n+1], r.Algebra.Intersect(designs, violating))
		}
		layers = next
	}
	for n, designs := range layers {
		if designs != family.None {
			return designs, n
		}
	}
	return family.None, 0
}
