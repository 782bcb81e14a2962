package props

import (
	"math/bits"
	"slices"

	"cosw/model/family"
)

// weighing weighs properties against each other within some designs: which can be had together, and which design is best.
//
// A set of properties is consistent if some design has them all. A design is best if no other one keeps a strict superset
// of its musts, and of those with the same musts none keeps a strict superset of its wants. Best designs fall into classes
// by what they keep, and a class is a largest consistent set.
//
// Properties that the same designs have count as one, unless that is every design or none.
type weighing struct {
	algebra *family.Algebra
	scope   family.Set
	ids     [][]string    // by property: its name, and those of others that are the same here
	has     []family.Set  // by property: the designs of scope that have it
	falls   []propertySet // by property: what is given up with it, itself included
	musts   propertySet
	all     propertySet
}

// add adds a property that some designs have.
func (w *weighing) add(id string, has family.Set, weight Weight) {
	n := slices.Index(w.has, has)
	if n < 0 || !w.tells(has) {
		n = len(w.has)
		w.ids, w.has = append(w.ids, nil), append(w.has, has)
	}
	w.ids[n] = append(w.ids[n], id)
	w.all |= single(n)
	if weight == Must {
		w.musts |= single(n)
	}
}

// tells reports whether a property that some designs have tells any designs apart.
func (w *weighing) tells(has family.Set) bool { return has != family.None && has != w.scope }

// relate fills in falls when all properties have been added: with a property falls what cannot be kept without it, as every
// design that has that one has the other, too. What tells no designs apart neither falls with anything nor takes anything along.
func (w *weighing) relate() {
	w.falls = make([]propertySet, len(w.has))
	for i, given := range w.has {
		w.falls[i] = single(i)
		for j, has := range w.has {
			if w.tells(given) && w.tells(has) && w.algebra.Minus(has, given) == family.None {
				w.falls[i] |= single(j)
			}
		}
	}
}

// fallen returns what is given up with the properties of set, itself included.
func (w *weighing) fallen(set propertySet) propertySet {
	var all propertySet
	for i := range set.each {
		all |= w.falls[i]
	}
	return all
}

// named returns the properties that have one of some names.
func (w *weighing) named(ids []string) propertySet {
	var set propertySet
	for i, names := range w.ids {
		if slices.ContainsFunc(names, func(id string) bool { return slices.Contains(ids, id) }) {
			set |= single(i)
		}
	}
	return set
}

// propertySet is a set of properties, a bit for each.
type propertySet uint64

func single(i int) propertySet                  { return 1 << i }
func (w propertySet) len() int                  { return bits.OnesCount64(uint64(w)) }
func (w propertySet) within(x propertySet) bool { return w&^x == 0 }

// each yields the properties of w in their order.
func (w propertySet) each(yield func(int) bool) {
	for ; w != 0; w &= w - 1 {
		if !yield(bits.TrailingZeros64(uint64(w))) {
			return
		}
	}
}

// names returns a name for each property of a set, the first where it has several.
func (w *weighing) names(set propertySet) []string {
	var ids []string
	for i := range set.each {
		ids = append(ids, w.ids[i][0])
	}
	return ids
}

// allNames returns the names of the properties of a set.
func (w *weighing) allNames(set propertySet) []string {
	var ids []string
	for i := range set.each {
		ids = append(ids, w.ids[i]...)
	}
	return ids
}

// listed returns the properties of each set.
func (w *weighing) listed(sets []propertySet) [][]string {
	var all [][]string
	for _, set := range sets {
		all = append(all, w.names(set))
	}
	return all
}

// having returns the designs of within that have all of set.
func (w *weighing) having(within family.Set, set propertySet) family.Set {
	for i := range set.each {
		if within = w.algebra.Intersect(within, w.has[i]); within == family.None {
			break
		}
	}
	return within
}

// consistent reports whether some design of within has all of set.
func (w *weighing) consistent(within family.Set, set propertySet) bool {
	return w.having(within, set) != family.None
}

// smallestPart returns a part of set, no design of within having all of it, of which nothing can be left out.
func (w *weighing) smallestPart(within family.Set, set propertySet) propertySet {
	order := slices.Collect(set.each)
	rest := make([]family.Set, len(order)+1) // by place in the order: the designs of within that have all that is left to try
	rest[len(order)] = within
	for at := len(order) - 1; at >= 0; at-- {
		rest[at] = w.algebra.Intersect(rest[at+1], w.has[order[at]])
	}
	kept := within
	for at, i := range order {
		if w.algebra.Intersect(kept, rest[at+1]) == family.None {
			set &^= single(i)
		} else {
			kept = w.algebra.Intersect(kept, w.has[i])
		}
	}
	return set
}

// largest returns all largest consistent subsets of among, and all smallest sets that are not consistent. It stops early,
// with what it has, when found, which is told of every conflict, returns false.
//
// The two are dual: what the largest subsets leave out are the smallest sets that have something of each conflict
// (R. Reiter, A Theory of Diagnosis from First Principles, 1987). Conflicts are found as they are needed: by a set that
// leaves out something of all conflicts known so far and is not consistent yet.
func (w *weighing) largest(within family.Set, among propertySet, found func(conflict propertySet) bool) (largest, conflicts []propertySet) {
	if within == family.None {
		return nil, nil
	}
	left := []propertySet{0} // the smallest sets to leave out, for the conflicts known so far
	good := map[propertySet]bool{}
	for at := 0; at < len(left); {
		set := among &^ left[at]
		if good[set] || w.consistent(within, set) {
			good[set] = true
			at++
			continue
		}
		conflict := w.smallestPart(within, set)
		conflicts = append(conflicts, conflict)
		if found != nil && !found(conflict) {
			return nil, conflicts
		}
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

// class is what best designs keep, and which designs these are.
type class struct {
	keeps   propertySet
	designs family.Set
}

// best returns the classes of the best designs, for the properties of among.
func (w *weighing) best(among propertySet) []class {
	var classes []class
	musts, _ := w.largest(w.scope, among&w.musts, nil)
	for _, must := range musts {
		within := w.having(w.scope, must)
		wants, _ := w.largest(within, among&^w.musts, nil)
		for _, want := range wants {
			classes = append(classes, class{must | want, w.having(within, want)})
		}
	}
	return classes
}

// excluding returns what excludes the designs of part from being as good as any: a smallest consistent set of the
// properties of among which no design of part has, although some best design does. It reports false if there is none:
// whatever best designs keep, some design of part keeps it as well.
func (w *weighing) excluding(part family.Set, among propertySet) (propertySet, bool) {
	part = w.algebra.Intersect(w.scope, part)
	musts, _ := w.largest(w.scope, among&w.musts, nil)
	for _, must := range musts {
		within := w.having(w.scope, must)
		in := w.algebra.Intersect(within, part)
		if in == family.None {
			return w.smallestPart(part, must), true
		}
		var specific propertySet
		w.largest(in, among&^w.musts, func(conflict propertySet) bool {
			if w.consistent(within, conflict) {
				specific = conflict
			}
			return specific == 0
		})
		if specific != 0 {
			return w.smallestPart(part, must|specific), true
		}
	}
	return 0, false
}

// exclusions returns all sets that exclude the designs of part as [weighing.excluding] says, of which nothing can be left
// out.
func (w *weighing) exclusions(part family.Set, among propertySet) []propertySet {
	_, conflicts := w.largest(w.algebra.Intersect(w.scope, part), among, nil)
	musts, _ := w.largest(w.scope, among&w.musts, nil)
	return slices.DeleteFunc(conflicts, func(c propertySet) bool { return !w.kept(c, musts) })
}

// kept reports whether some best design keeps all of set, given the largest sets of musts.
func (w *weighing) kept(set propertySet, musts []propertySet) bool {
	return slices.ContainsFunc(musts, func(must propertySet) bool { return w.consistent(w.scope, must|set) })
}

// giveUp returns all smallest sets of properties, of no more than most, that it is enough to give up, with whatever falls with
// them, for nothing to exclude the designs of part any more: of those with as few properties as the first one found, the ones
// with which the least falls. It is nil if there is none, and the empty set alone if nothing excludes them as it is.
//
// What falls has something of each reason for which part is excluded, or some must that is in conflict with others, as
// best designs may then keep other musts.
func (w *weighing) giveUp(part family.Set, most int) []propertySet {
	var found []propertySet
	for level := []propertySet{0}; len(level) > 0 && found == nil; {
		var next []propertySet
		for _, given := range level {
			left := w.all &^ w.fallen(given)
			reason, excluded := w.excluding(part, left)
			if !excluded {
				found = append(found, given)
				continue
			}
			needed := reason | w.disputed(left)
			for p := range w.all.each {
				more := given | single(p)
				if given.len() < most && w.falls[p]&needed != 0 && !slices.Contains(next, more) {
					next = append(next, more)
				}
			}
		}
		level = next
	}
	slices.SortFunc(found, comparePropertySets)
	return w.leastFalling(found)
}

// leastFalling leaves out the sets with which more falls than with another one, and all but the first of those with which the
// same does.
func (w *weighing) leastFalling(sets []propertySet) []propertySet {
	var all []propertySet
	for i, set := range sets {
		fallen := w.fallen(set)
		more := false
		for j, other := range sets {
			less := w.fallen(other)
			more = more || less.within(fallen) && (less != fallen || j < i)
		}
		if !more {
			all = append(all, set)
		}
	}
	return all
}

// disputed returns the musts of among that are in conflict with other musts of it.
func (w *weighing) disputed(among propertySet) propertySet {
	var all propertySet
	_, conflicts := w.largest(w.scope, among&w.musts, nil)
	for _, c := range conflicts {
		all |= c
	}
	return all
}
