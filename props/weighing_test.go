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
	keeps   map[family.Cube]propertySet // by design: the properties that it has
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
		c := &weighingCase{weighing: &weighing{algebra: a, scope: family.All}, keeps: map[family.Cube]propertySet{}}
		n := 2 + r.IntN(4)
		c.all = 1<<n - 1
		c.musts = propertySet(r.IntN(1 << n))
		if seed%7 == 0 {
			c.scope = a.Cube(space.Literal(0, 0, 2))
		}
		c.has = make([]family.Set, n)
		for i := range c.has {
			c.has[i] = family.None
			p := []float64{0.3, 0.6, 0.9}[r.IntN(3)]
			for d := range a.Designs(family.All) {
				if r.Float64() < p {
					c.has[i] = a.Union(c.has[i], a.Cube(d))
					c.keeps[d] |= single(i)
				}
			}
		}
		c.designs = slices.Collect(a.Designs(c.scope))
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) { do(t, c, r) })
	}
}

// kept returns what each best design keeps of some properties, by comparing each design with each other one.
func (c *weighingCase) kept(among propertySet) []propertySet {
	better := func(x, y propertySet) bool {
		if mx, my := x&c.musts, y&c.musts; mx != my {
			return my.within(mx)
		}
		return x != y && y.within(x)
	}
	var best []propertySet
	for _, d := range c.designs {
		keeps := c.keeps[d] & among
		beaten := slices.ContainsFunc(c.designs, func(e family.Cube) bool { return better(c.keeps[e]&among, keeps) })
		if !beaten && !slices.Contains(best, keeps) {
			best = append(best, keeps)
		}
	}
	return best
}

// excluded tells whether some best designs keep what none of part keeps.
func (c *weighingCase) excluded(part family.Set, among propertySet) bool {
	return slices.ContainsFunc(c.kept(among), func(keeps propertySet) bool {
		return !slices.ContainsFunc(c.designs, func(d family.Cube) bool {
			return c.algebra.Includes(part, d) && keeps.within(c.keeps[d])
		})
	})
}

func (c *weighingCase) subsets() []propertySet {
	var all []propertySet
	for s := range c.all + 1 {
		all = append(all, s)
	}
	return all
}

func TestBestDesignsAgreeWithComparingAll(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		for _, among := range c.subsets() {
			want := c.kept(among)
			classes := c.best(among)
			for _, class := range classes {
				if !slices.Contains(want, class.keeps) {
					t.Errorf("of %b, with musts %b, best designs keep %b, and comparing them says %b", among, c.musts, class.keeps, want)
				}
				for _, d := range c.designs {
					if in := c.algebra.Includes(class.designs, d); in != (c.keeps[d]&among == class.keeps) {
						t.Errorf("a design that keeps %b is in the class of %b: %t", c.keeps[d], class.keeps, in)
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
			return slices.ContainsFunc(c.designs, func(d family.Cube) bool { return set.within(c.keeps[d]) })
		}
		var want []propertySet
		for _, set := range c.subsets() {
			smallest := !have(set)
			for i := range set.each {
				smallest = smallest && have(set&^single(i))
			}
			if smallest {
				want = append(want, set)
			}
		}
		slices.SortFunc(want, comparePropertySets)
		if _, got := c.largest(c.scope, c.all, nil); !slices.Equal(got, want) {
			t.Errorf("conflicts %b, want %b", got, want)
		}
	})
}

func TestExclusionAgreesWithLookingAtAll(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		for answer := range 2 {
			part := c.algebra.Cube(c.algebra.Space().Literal(1, answer))
			for _, among := range c.subsets() {
				reason, got := c.excluding(part, among)
				if want := c.excluded(part, among); got != want {
					t.Errorf("of %b, with musts %b: excluded %t, want %t", among, c.musts, got, want)
				}
				if got && (c.consistent(c.algebra.Intersect(c.scope, part), reason) || !c.consistent(c.scope, reason) || !reason.within(among)) {
					t.Errorf("of %b: %b is no reason", among, reason)
				}
				if all := c.exclusions(part, among); got != (len(all) > 0) || got && !slices.ContainsFunc(all, func(x propertySet) bool { return x.within(reason) }) {
					t.Errorf("of %b, with musts %b: %b are all reasons, one is %b (%t)", among, c.musts, all, reason, got)
				}
			}
		}
	})
}

func TestGiveUpAgreesWithTryingAll(t *testing.T) {
	weighingCases(t, func(t *testing.T, c *weighingCase, r *rand.Rand) {
		part := c.algebra.Cube(c.algebra.Space().Literal(1, 1))
		var want []propertySet
		subsets := c.subsets()
		slices.SortFunc(subsets, comparePropertySets)
		for _, s := range subsets {
			if !c.excluded(part, c.all&^s) && s.len() <= 3 && (want == nil || s.len() == want[0].len()) {
				want = append(want, s)
			}
		}
		if got := c.giveUp(part, 3); !slices.Equal(got, want) {
			t.Errorf("with musts %b: given up %b, want %b", c.musts, got, want)
		}
	})
}
