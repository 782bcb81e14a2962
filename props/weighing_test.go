package props

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"cosw/model/family"
)

// weighingCase is a small family with some properties, as weighing and as a plain list.
type weighingCase struct {
	*weighing
	designs []family.Cube
	kept    map[family.Cube]propertySet // by design: the properties that it has
}

// weighingCases returns random cases, from properties that nearly every design has to those that few have.
func weighingCases(t *testing.T, do func(t *testing.T, c *weighingCase, r *rand.Rand)) {
	space, err := family.NewSpace(
		family.Question{ID: "p", Answers: []string{"0", "1", "2"}},
		family.Question{ID: "q", Answers: []string{"0", "1"}},
		family.Question{ID: "r", Answers: []string{"0", "1", "2"}})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		a := family.NewAlgebra(space)
		scope := family.All
		if seed%7 == 0 {
			scope = a.Cube(space.Literal(0, 0, 2))
		}
		var all []family.Set
		var weights []Weight
		last := family.All
		for range 2 + r.IntN(4) {
			within := family.All
			if r.IntN(3) == 0 {
				within = last // nobody has the property without the one before
			}
			has, p := family.None, []float64{0.3, 0.6, 0.9, 1}[r.IntN(4)]
			for d := range a.Designs(within) {
				if r.Float64() < p {
					has = a.Union(has, a.Cube(d))
				}
			}
			all, weights = append(all, a.Intersect(has, scope)), append(weights, Weight(1+r.IntN(2)))
			last = has
		}
		c := &weighingCase{weighing: newWeighing(newKeeping(a, scope, all)), kept: map[family.Cube]propertySet{}}
		for i, weight := range weights {
			c.require(i, fmt.Sprint(i), weight)
		}
		c.relate()
		for i := range c.all.each {
			for d := range a.Designs(c.has[i]) {
				c.kept[d] |= single(i)
			}
		}
		c.designs = slices.Collect(a.Designs(c.scope))
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { do(t, c, r) })
	}
}

// bestKeep returns what each best design keeps of some properties, by comparing each design with each other one.
func (c *weighingCase) bestKeep(among propertySet) []propertySet {
	better := func(x, y propertySet) bool {
		if mx, my := x&c.musts, y&c.musts; mx != my {
			return my.within(mx)
		}
		return x != y && y.within(x)
	}
	var best []propertySet
	for _, d := range c.designs {
		keeps := c.kept[d] & among
		beaten := slices.ContainsFunc(c.designs, func(e family.Cube) bool { return better(c.kept[e]&among, keeps) })
		if !beaten && !slices.Contains(best, keeps) {
			best = append(best, keeps)
		}
	}
	return best
}

// excluded tells whether some best designs keep what none of part keeps.
func (c *weighingCase) excluded(part family.Cube, among propertySet) bool {
	return slices.ContainsFunc(c.bestKeep(among), func(keeps propertySet) bool {
		return !slices.ContainsFunc(c.designs, func(d family.Cube) bool {
			return part.Includes(d) && keeps.within(c.kept[d])
		})
	})
}

func (c *weighingCase) subsets() []propertySet {
	var all []propertySet
	for s := range c.all + 1 {
		if s.within(c.all) {
			all = append(all, s)
		}
	}
	return all
}

func TestBestDesignsAgreeWithComparingAll(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		for _, among := range c.subsets() {
			want := c.bestKeep(among)
			classes := c.best(among)
			for _, keeps := range classes {
				if !slices.Contains(want, keeps) {
					t.Errorf("of %b, with musts %b, best designs keep %b, and comparing them says %b", among, c.musts, keeps, want)
				}
				for _, d := range c.designs {
					if in := c.algebra.Includes(c.having(keeps), d); in != (c.kept[d]&among == keeps) {
						t.Errorf("a design that keeps %b is in the class of %b: %t", c.kept[d], keeps, in)
					}
				}
			}
			if len(classes) != len(want) {
				t.Errorf("of %b, with musts %b, there are %d classes, want %b", among, c.musts, len(classes), want)
			}
		}
	})
}

func TestConflictsAreWhatNoDesignHas(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		have := func(set propertySet) bool {
			return slices.ContainsFunc(c.designs, func(d family.Cube) bool { return set.within(c.kept[d]) })
		}
		for _, among := range c.subsets() {
			var largest, conflicts []propertySet
			for _, set := range c.subsets() {
				smallest, most := !have(set), have(set)
				for i := range among.each {
					smallest = smallest && (set&single(i) == 0 || have(set&^single(i)))
					most = most && (set&single(i) != 0 || !have(set|single(i)))
				}
				if smallest && set.within(among) {
					conflicts = append(conflicts, set)
				}
				if most && set.within(among) {
					largest = append(largest, set)
				}
			}
			slices.SortFunc(largest, comparePropertySets)
			slices.SortFunc(conflicts, comparePropertySets)
			if got := c.conflicts(among); !slices.Equal(got, conflicts) {
				t.Errorf("conflicts among %b: %b, want %b", among, got, conflicts)
			}
			if got := c.largest(0, among); !slices.Equal(got, largest) {
				t.Errorf("of %b the largest that some design has are %b, want %b", among, got, largest)
			}
		}
	})
}

func TestExclusionAgreesWithLookingAtAll(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		for answer := range 2 {
			part := c.algebra.Space().Literal(1, answer)
			for _, among := range c.subsets() {
				likely := []propertySet{propertySet(r.Uint64()) & c.all}
				reason, got := c.excluding(part, among, likely)
				if c.weighing.excluded(part, among) != got {
					t.Errorf("of %b: excluded by %b, and not excluded, or the other way round", among, reason)
				}
				if want := c.excluded(part, among); got != want {
					t.Errorf("of %b, with musts %b: excluded %t, want %t", among, c.musts, got, want)
				}
				if got && (c.weighing.keeps(part, reason) || !c.consistent(reason) || !reason.within(among)) {
					t.Errorf("of %b: %b is no reason", among, reason)
				}
				if all := c.exclusions(part, among); got != (len(all) > 0) || got && !slices.ContainsFunc(all, func(x propertySet) bool { return x.within(reason) }) {
					t.Errorf("of %b, with musts %b: %b are all reasons, one is %b (%t)", among, c.musts, all, reason, got)
				}
			}
		}
	})
}

// fallen returns what is given up with some properties, by looking at each design.
func (c *weighingCase) fallen(set propertySet) propertySet {
	all := set
	for i := range set.each {
		for j := range c.all.each {
			both, first, second := 0, 0, 0
			for _, d := range c.designs {
				has, other := c.kept[d]&single(i) != 0, c.kept[d]&single(j) != 0
				if has {
					first++
				}
				if other {
					second++
				}
				if has && other {
					both++
				}
			}
			if first < len(c.designs) && second > 0 && both == second {
				all |= single(j)
			}
		}
	}
	return all
}

func TestGiveUpAgreesWithTryingAll(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		part := c.algebra.Space().Literal(1, 1)
		var enough []propertySet
		subsets := c.subsets()
		slices.SortFunc(subsets, comparePropertySets)
		for _, s := range subsets {
			if !c.excluded(part, c.all&^c.fallen(s)) && s.len() <= 3 && (enough == nil || s.len() == enough[0].len()) {
				enough = append(enough, s)
			}
		}
		var want []propertySet
		for i, s := range enough {
			if !slices.ContainsFunc(enough, func(less propertySet) bool {
				return less != s && c.fallen(less).within(c.fallen(s)) && c.fallen(less) != c.fallen(s)
			}) &&
				!slices.ContainsFunc(enough[:i], func(same propertySet) bool { return c.fallen(same) == c.fallen(s) }) {
				want = append(want, s)
			}
		}
		if got := c.giveUp(part, 3, []propertySet{propertySet(r.Uint64()) & c.all}); !slices.Equal(got, want) {
			t.Errorf("with musts %b: given up %b, want %b", c.musts, got, want)
		}
	})
}

// TestSameProperties: properties that the same designs have count as one, which is a must if any of them is; but not if every
// design has them, or none.
func TestSameProperties(t *testing.T) {
	space, err := family.NewSpace(family.Question{ID: "p", Answers: []string{"0", "1"}})
	if err != nil {
		t.Fatal(err)
	}
	a := family.NewAlgebra(space)
	zero := a.Cube(space.Literal(0, 0))
	properties := []struct {
		id     string
		has    family.Set
		weight Weight
	}{{"a", zero, Want}, {"all", family.All, Want}, {"b", zero, Must}, {"none", family.None, Want}, {"every", family.All, Want}, {"no", family.None, Must}}
	var has []family.Set
	for _, p := range properties {
		has = append(has, p.has)
	}
	w := newWeighing(newKeeping(a, family.All, has))
	for i, p := range properties {
		w.require(i, p.id, p.weight)
	}
	w.relate()
	if got, want := fmt.Sprint(w.ids), "[[a b] [all] [] [none] [every] [no]]"; got != want {
		t.Errorf("properties %s, want %s", got, want)
	}
	if got := w.names(w.musts); !slices.Equal(got, []string{"a", "no"}) {
		t.Errorf("musts %v", got)
	}
	for i := range w.all.each {
		if w.falls[i] != single(i) {
			t.Errorf("with %v falls %v", w.ids[i], w.allNames(w.falls[i]))
		}
	}
}
