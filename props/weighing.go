package props

import (
	"slices"

	"cosw/model/family"
)

// weighing weighs properties that are required against each other: which can be had together, and which design is best.
//
// A set of properties is consistent if some design has them all. A design is best if no other one keeps a strict superset
// of its musts, and of those with the same musts none keeps a strict superset of its wants. Best designs fall into classes
// by what they keep, and a class is a largest consistent set.
//
// Properties that the same designs have count as one, the first of them, unless that is every design or none.
//
// The largest consistent sets of all properties are few. They are looked for once, and what there is to know of fewer
// properties follows from them without another look at designs.
type weighing struct {
	*keeping
	ids   [][]string    // by property: its name and those of others that count as the same; nil for what is not required, and those others
	as    []propertySet // by property: itself, or the one that it counts as; nothing for what is not required
	falls []propertySet // by property: what is given up with it, itself included
	musts propertySet
	all   propertySet

	together, apart []propertySet                 // the largest consistent sets, and the smallest that are not; nil until they are asked for
	bests           map[propertySet][]propertySet // what best found
}

// newWeighing returns a weighing of properties that are still to be required.
func newWeighing(k *keeping) *weighing {
	return &weighing{keeping: k, ids: make([][]string, len(k.has)), as: make([]propertySet, len(k.has)), bests: map[propertySet][]propertySet{}}
}

// require adds a property, after those that come before it in the catalogue.
func (w *weighing) require(i int, id string, weight Weight) {
	first := i
	if w.tells(i) {
		for other := range w.all.each {
			if w.has[other] == w.has[i] {
				first = other
			}
		}
	}
	w.ids[first] = append(w.ids[first], id)
	w.as[i] = single(first)
	w.all |= single(first)
	if weight == Must {
		w.musts |= single(first)
	}
}

// relate fills in falls when all properties have been added: with a property falls what cannot be kept without it, as every
// design that has that one has the other, too. What tells no designs apart neither falls with anything nor takes anything along.
func (w *weighing) relate() {
	w.falls = make([]propertySet, len(w.has))
	for i, below := range w.implied() {
		if single(i).within(w.all) {
			w.falls[i] = single(i) | below&w.all
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
	for i := range w.all.each {
		if slices.ContainsFunc(w.ids[i], func(id string) bool { return slices.Contains(ids, id) }) {
			set |= single(i)
		}
	}
	return set
}

// counted returns what properties count as, of a set that may have been made where others count as the same.
func (w *weighing) counted(set propertySet) propertySet {
	var all propertySet
	for i := range set.each {
		all |= w.as[i]
	}
	return all
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

// searched finds what can be had together and what cannot, once.
func (w *weighing) searched() {
	if w.together == nil {
		w.together, w.apart = w.search(w.algebra.Space().Full(), w.all)
	}
}

// largest returns all largest subsets of among that are consistent with given.
func (w *weighing) largest(given, among propertySet) []propertySet {
	w.searched()
	var all []propertySet
	for _, set := range w.together {
		if given.within(set) {
			all = append(all, set&among)
		}
	}
	slices.SortFunc(all, comparePropertySets)
	all = slices.Compact(all)
	return slices.DeleteFunc(slices.Clone(all), func(s propertySet) bool {
		return slices.ContainsFunc(all, func(larger propertySet) bool { return larger != s && s.within(larger) })
	})
}

// conflicts returns all smallest subsets of among that are not consistent.
func (w *weighing) conflicts(among propertySet) []propertySet {
	w.searched()
	return slices.DeleteFunc(slices.Clone(w.apart), func(c propertySet) bool { return !c.within(among) })
}

// best returns what the best designs keep of among, a set for each class.
func (w *weighing) best(among propertySet) []propertySet {
	if best, ok := w.bests[among]; ok {
		return best
	}
	var best []propertySet
	for _, musts := range w.largest(0, among&w.musts) {
		for _, wants := range w.largest(musts, among&^w.musts) {
			best = append(best, musts|wants)
		}
	}
	w.bests[among] = best
	return best
}

// exclusions returns all sets that exclude the designs of part as [weighing.excluding] says, of which nothing can be left
// out.
func (w *weighing) exclusions(part family.Cube, among propertySet) []propertySet {
	var all []propertySet
	for _, kept := range w.best(among) {
		if !w.keeps(part, kept) {
			_, conflicts := w.search(part, kept)
			all = append(all, conflicts...)
		}
	}
	slices.SortFunc(all, comparePropertySets)
	return slices.Compact(all)
}

// excluding returns the first of what is likely, or a smallest set, that excludes the designs of part from being as good as any:
// properties of among which some best design has together, and no design of part has. It returns nothing, and false, if there
// are none: whatever best designs keep, some design of part keeps it as well.
func (w *weighing) excluding(part family.Cube, among propertySet, likely []propertySet) (propertySet, bool) {
	for _, kept := range w.best(among) {
		for _, set := range likely {
			if set.within(kept) && !w.keeps(part, set) {
				return set, true
			}
		}
		if lack, found := w.lacking(part, kept); found {
			return lack, true
		}
	}
	return 0, false
}

// excluded tells whether anything of among excludes the designs of part.
func (w *weighing) excluded(part family.Cube, among propertySet) bool {
	return slices.ContainsFunc(w.best(among), func(kept propertySet) bool { return !w.keeps(part, kept) })
}

// giveUp returns all smallest sets of properties, of no more than most, that it is enough to give up, with whatever falls with
// them, for nothing to exclude the designs of part any more: of those with as few properties as the first one found, the ones
// with which the least falls. It is nil if there is none, and the empty set alone if nothing excludes them as it is. Likely are
// sets that exclude them elsewhere.
//
// What falls has something of each reason for which part is excluded, or some must that is in conflict with others, as
// best designs may then keep other musts.
func (w *weighing) giveUp(part family.Cube, most int, likely []propertySet) []propertySet {
	var found []propertySet
	for level := []propertySet{0}; len(level) > 0 && found == nil; {
		var next []propertySet
		for _, given := range level {
			left := w.all &^ w.fallen(given)
			if !w.excluded(part, left) {
				found = append(found, given)
				continue
			}
			if given.len() == most || found != nil {
				continue
			}
			reason, _ := w.excluding(part, left, likely)
			needed := reason | w.disputed(left)
			for p := range w.all.each {
				if more := given | single(p); w.falls[p]&needed != 0 && !slices.Contains(next, more) {
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
	for _, c := range w.conflicts(among & w.musts) {
		all |= c
	}
	return all
}
