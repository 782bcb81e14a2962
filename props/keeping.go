package props

import (
	"math/bits"
	"slices"

	"cosw/model/family"
)

// keeping tells which of some properties designs keep together, in some scope. What it has found out it keeps, so that it is
// shared by all who ask: which properties are required makes no difference to it.
type keeping struct {
	algebra *family.Algebra
	scope   family.Set
	has     []family.Set // by property: the designs of scope that have it

	known     map[propertySet]family.Set    // what having found
	witnesses []witness                     // designs that were come across
	lack      map[family.Cube][]propertySet // by part, see keeps: smallest sets that no design of it has, of those that were come across
	below     []propertySet                 // what implied found; nil until it is asked for
	// What a wider scope keeps, if it is known, and the properties that no more designs have here than there. What it lacks of
	// them is lacking here.
	wider  *keeping
	common propertySet
}

// witness is a design with what it keeps of the properties, or some of that.
type witness struct {
	design family.Cube
	keeps  propertySet
}

func newKeeping(a *family.Algebra, scope family.Set, has []family.Set) *keeping {
	return &keeping{algebra: a, scope: scope, has: has, known: map[propertySet]family.Set{},
		lack: map[family.Cube][]propertySet{}}
}

// narrow tells k what a wider scope keeps, and which properties no more designs have here than there.
func (k *keeping) narrow(wider *keeping, common propertySet) {
	k.wider, k.common = wider, common
	for _, w := range wider.witnesses {
		if k.algebra.Includes(k.scope, w.design) {
			k.witnesses = append(k.witnesses, witness{w.design, w.keeps & common})
		}
	}
}

// having returns the designs that have all of set. It puts them together from halves, which many sets share.
func (k *keeping) having(set propertySet) family.Set {
	switch set.len() {
	case 0:
		return k.scope
	case 1:
		return k.has[bits.TrailingZeros64(uint64(set))]
	}
	designs, ok := k.known[set]
	if !ok {
		first, second := set.halves()
		designs = k.algebra.Intersect(k.having(first), k.having(second))
		k.known[set] = designs
	}
	return designs
}

// consistent reports whether some design has all of set.
func (k *keeping) consistent(set propertySet) bool { return k.having(set) != family.None }

// keeps reports whether some design of part has all of set. Part is a cube that restricts one question at most: an answer, or
// the full one. Then the smallest cube around designs, which has just the answers that they give, tells.
func (k *keeping) keeps(part family.Cube, set propertySet) bool {
	for i := range k.witnesses {
		if w := &k.witnesses[i]; set.within(w.keeps) && part.Includes(w.design) {
			return true
		}
	}
	if _, found := k.knownLack(part, set); found {
		return false
	}
	designs := k.having(set)
	if k.algebra.Space().IsEmpty(k.algebra.Hull(designs).And(part)) {
		return false
	}
	k.witness(k.algebra.First(k.algebra.Restrict(designs, part)))
	return true
}

// witness remembers a design with all that it keeps, which is more than it was looked for.
func (k *keeping) witness(design family.Cube) {
	w := witness{design: design}
	for i, has := range k.has {
		if k.algebra.Includes(has, design) {
			w.keeps |= single(i)
		}
	}
	k.witnesses = append(k.witnesses, w)
}

// tells reports whether a property tells any designs apart: some have it, and some have not.
func (k *keeping) tells(i int) bool { return k.has[i] != family.None && k.has[i] != k.scope }

// implied returns by property those that only designs with it have, as far as they tell designs apart.
func (k *keeping) implied() []propertySet {
	if k.below != nil {
		return k.below
	}
	k.below = make([]propertySet, len(k.has))
	var known []propertySet // from a wider scope
	if k.wider != nil {
		known = k.wider.implied()
	}
	for i, has := range k.has {
		for j, other := range k.has {
			if !k.tells(i) || !k.tells(j) {
				continue
			}
			there := known != nil && (single(i) | single(j)).within(k.common) && single(j).within(known[i])
			if there || k.algebra.Within(other, has) {
				k.below[i] |= single(j)
			}
		}
	}
	return k.below
}

// knownLack returns a part of set, of which nothing can be left out, that no design of part is known to have, if there is one.
func (k *keeping) knownLack(part family.Cube, set propertySet) (propertySet, bool) {
	for _, lack := range k.lack[part] {
		if lack.within(set) {
			return lack, true
		}
	}
	if k.wider == nil {
		return 0, false
	}
	lack, found := k.wider.knownLack(part, set&k.common)
	if found {
		lack = k.smallest(part, 0, lack)
		k.lack[part] = append(k.lack[part], lack)
	}
	return lack, found
}

// lacking returns a part of set, of which nothing can be left out, that no design of part has. It reports false if some design
// of part has all of set.
func (k *keeping) lacking(part family.Cube, set propertySet) (propertySet, bool) {
	if k.keeps(part, set) {
		return 0, false
	}
	lack, found := k.knownLack(part, set)
	if !found {
		lack = k.smallest(part, 0, set)
		k.lack[part] = append(k.lack[part], lack)
	}
	return lack, true
}

// smallest returns a smallest part of set that no design of part has together with given. None has all of set with it
// (U. Junker, QuickXplain, 2004).
func (k *keeping) smallest(part family.Cube, given, set propertySet) propertySet {
	if !k.keeps(part, given) {
		return 0
	}
	if set.len() == 1 {
		return set
	}
	first, second := set.halves()
	needed := k.smallest(part, given|first, second)
	return needed | k.smallest(part, given|needed, first)
}

// search returns all largest subsets of among that some design of part has, and all smallest that none has.
//
// The two are dual: what the largest subsets leave out are the smallest sets that have something of each conflict
// (R. Reiter, A Theory of Diagnosis from First Principles, 1987). Conflicts are found as they are needed: by a set that
// leaves out something of all conflicts known so far and that no design has yet.
func (k *keeping) search(part family.Cube, among propertySet) (largest, conflicts []propertySet) {
	left := []propertySet{0} // the smallest sets to leave out, for the conflicts known so far
	good := map[propertySet]bool{}
	for at := 0; at < len(left); {
		set := among &^ left[at]
		conflict, found := propertySet(0), false
		if !good[set] {
			conflict, found = k.lacking(part, set)
		}
		if !found {
			good[set] = true
			at++
			continue
		}
		conflicts = append(conflicts, conflict)
		left, at = hitting(left, conflict), 0
	}
	for _, l := range left {
		largest = append(largest, among&^l)
	}
	slices.SortFunc(largest, comparePropertySets)
	slices.SortFunc(conflicts, comparePropertySets)
	return largest, conflicts
}

// hitting returns the smallest sets that hit everything that sets hit, and conflict as well (C. Berge, Hypergraphs, 1989).
func hitting(sets []propertySet, conflict propertySet) []propertySet {
	var hit, missed []propertySet
	for _, s := range sets {
		if s&conflict != 0 {
			hit = append(hit, s)
		} else {
			missed = append(missed, s)
		}
	}
	for _, s := range missed {
		for i := range conflict.each {
			more := s | single(i)
			if !slices.ContainsFunc(hit, func(smaller propertySet) bool { return smaller.within(more) }) {
				hit = append(hit, more)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(hit), func(s propertySet) bool {
		return slices.ContainsFunc(hit, func(smaller propertySet) bool { return smaller != s && smaller.within(s) })
	})
}

// propertySet is a set of properties, a bit for each.
type propertySet uint64

func single(i int) propertySet                  { return 1 << i }
func (w propertySet) len() int                  { return bits.OnesCount64(uint64(w)) }
func (w propertySet) within(x propertySet) bool { return w&^x == 0 }

// halves splits a set of two or more by their numbers, always in the same places.
func (w propertySet) halves() (first, second propertySet) {
	low, high := bits.TrailingZeros64(uint64(w)), bits.Len64(uint64(w))-1
	same := bits.Len(uint(low^high)) - 1 // low and high differ in this bit, and in none above
	first = w & (single(high>>same<<same) - 1)
	return first, w &^ first
}

// each yields the properties of w in their order.
func (w propertySet) each(yield func(int) bool) {
	for ; w != 0; w &= w - 1 {
		if !yield(bits.TrailingZeros64(uint64(w))) {
			return
		}
	}
}

// comparePropertySets orders sets: the smaller first, then by their first properties.
func comparePropertySets(x, y propertySet) int {
	if n := x.len() - y.len(); n != 0 {
		return n
	}
	if differ := x ^ y; differ == 0 {
		return 0
	} else if x&(differ&-differ) != 0 {
		return -1
	}
	return 1
}
