package family

// A set holds designs, each together with the environments, as the assumptions can have them, in which something is the
// case. These operations say what is the case of a design in every environment, or in some: their results do not depend
// on any assumption. To quantify over some environments only, restrict the set to those for [Algebra.InSome], and for
// [Algebra.InEvery] add all others to it.

// InSome returns the designs that are in x in some environment.
func (a *Algebra) InSome(x Set) Set { return a.quantify(x, inSome) }

// InEvery returns the designs that are in x in every environment.
func (a *Algebra) InEvery(x Set) Set { return a.quantify(x, inEvery) }

// The quantifiers, as operands of a memo.
const (
	inSome answerNumber = iota
	inEvery
)

// quantify follows x down to the assumptions, which every diagram asks last: what is left there is neither empty nor
// everything, so that some environments are in it and some are not.
func (a *Algebra) quantify(x Set, how answerNumber) Set {
	top := a.level(x)
	switch {
	case x == None || x == All:
		return x
	case top >= a.space.designed && how == inSome:
		return All
	case top >= a.space.designed:
		return None
	}
	if r, ok := a.quantified.get(x, how, how.hash()); ok {
		return r
	}
	var kids [maxAnswers]Set
	for i, k := range a.children(x) {
		kids[i] = a.quantify(k, how)
	}
	return a.quantified.put(x, how, how.hash(), a.branch(top, &kids))
}
