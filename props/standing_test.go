package props

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"cosw/model"
	"cosw/model/family"
	"cosw/model/golden"
)

// answered is an answer to a question.
type answered struct {
	question model.Question
	answer   model.Answer
}

func (x answered) String() string { return x.question.ID() + "=" + x.answer.String() }

// freeAnswers returns for each answer in the scope whether it is free, by the definition: for each class of best designs, some
// design with the answer keeps all that the class does.
func freeAnswers(r *Report) map[answered]bool {
	classes := r.Best()
	free := map[answered]bool{}
	for _, q := range model.Questions() {
		for _, a := range q.Answers() {
			with := r.Algebra.Restrict(r.Algebra.InSome(r.Scope), model.Where(q, a))
			if with == family.None {
				continue
			}
			free[answered{q, a}] = !slices.ContainsFunc(classes, func(c Class) bool {
				return intersection(r, with, kept(r, c), model.Space.Full()) == family.None
			})
		}
	}
	return free
}

// kept returns the required properties that a class of best designs keeps.
func kept(r *Report, c Class) []string {
	return slices.DeleteFunc(requiredBy(r), func(id string) bool { return slices.Contains(c.GiveUp, id) })
}

func requiredBy(r *Report) []string {
	var ids []string
	for _, v := range r.Verdicts {
		if v.Required {
			ids = append(ids, v.Property.ID)
		}
	}
	return ids
}

// intersection returns the designs of within that have all of some properties, as they are weighed in some environments.
func intersection(r *Report, within family.Set, ids []string, environments family.Cube) family.Set {
	for _, id := range ids {
		v := r.Verdict(id)
		within = r.Algebra.Intersect(within, r.having(v, r.weighedIn(v, environments)))
	}
	return within
}

// exclusions returns why answers are not free.
func exclusions(all []Standing) map[answered]Exclusion {
	excluded := map[answered]Exclusion{}
	for _, s := range all {
		for _, x := range s.Excluded {
			excluded[answered{s.Question, x.Answer}] = x
		}
	}
	return excluded
}

// without returns the same report with some properties given up.
func without(r *Report, ids ...string) *Report {
	return r.Requiring(slices.DeleteFunc(requiredBy(r), func(id string) bool { return slices.Contains(ids, id) }))
}

// TestStandingAgreesWithWeighingAgain takes each property away by itself, and looks which answers are free then.
func TestStandingAgreesWithWeighingAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and all in one goroutine")
	}
	for _, test := range []struct {
		scope    string
		required []string // nil: all
		why      string
	}{
		{"", nil, "the whole family"},
		{"", []string{"survives-suspend", "can-idle", "delivers", "survives-update", "update-progress"}, "a few properties"},
		{"", []string{"settles"}, "a single property"},
		{"", []string{}, "none: all is taste"},
		{"suspend=wake, update=transfer", []string{"delivers", "fresh-acceptance", "match-agrees"}, "properties at odds"},
		{"suspend=sever", nil, "suspension cuts connections"},
		{"worker-list=none, delivery=port", nil, "after wake, nobody finds the port"},
		{"page-notice=none|event, interrupt=hang|reject", nil, "many reasons"},
		{"match=scope, bind=pinned", []string{"match-stable", "match-pinned"}, "nothing is excluded"},
	} {
		t.Run(test.why, func(t *testing.T) {
			r := defaultReport().Within(parse(t, test.scope))
			if test.required != nil {
				r = r.Requiring(test.required)
			}
			excluded := exclusions(r.Stand())
			for x, free := range freeAnswers(r) {
				if _, found := excluded[x]; found == free {
					t.Errorf("%s is free: %t", x, free)
				}
			}
			given := singles(r)
			for x, why := range excluded {
				var said []string
				for _, c := range why.GivesWay {
					if c.Assume == model.Space.Full() && len(c.GiveUp) == 1 {
						said = append(said, c.GiveUp[0])
					}
				}
				if want := enough(given, x); !slices.Equal(said, want) {
					t.Errorf("%s is free without %v, and said to be so without %v", x, want, said)
				}
			}
		})
	}
}

// givenUp is a property that is given up, what falls with it, and which answers are free then.
type givenUp struct {
	id    string
	falls []string
	free  map[answered]bool
}

// singles gives up each required property by itself.
func singles(r *Report) []givenUp {
	var all []givenUp
	for _, id := range requiredBy(r) {
		falls := falling(r, id)
		all = append(all, givenUp{id, falls, freeAnswers(without(r, falls...))})
	}
	return all
}

// enough returns the properties without which an answer is free, but for those with which others fall that are enough, too, and
// for those that are the same as one before.
func enough(all []givenUp, x answered) []string {
	var ids []string
	for i, g := range all {
		needed := g.free[x]
		for j, other := range all {
			less := len(other.falls) < len(g.falls) || len(other.falls) == len(g.falls) && j < i
			if less && other.free[x] && slices.Contains(g.falls, other.id) {
				needed = false
			}
		}
		if needed {
			ids = append(ids, g.id)
		}
	}
	return ids
}

// falling returns the required properties that are given up with some: a property falls with another one if designs that have
// it all have that one as well. What all designs have, or none, goes alone.
func falling(r *Report, ids ...string) []string {
	having := func(ids ...string) uint64 {
		return r.Algebra.Count(intersection(r, r.Algebra.InSome(r.Scope), ids, model.Space.Full()))
	}
	all := slices.Clone(ids)
	for _, other := range requiredBy(r) {
		for _, id := range ids {
			with, both := having(other), having(other, id)
			if !slices.Contains(all, other) && with > 0 && with == both && having(id) < having() {
				all = append(all, other)
			}
		}
	}
	return all
}

// TestStandingAgreesWithCheckingAgain checks in environments by themselves, and looks what is free there.
func TestStandingAgreesWithCheckingAgain(t *testing.T) {
	notRaced(t)
	bounds := onePage
	if testing.Short() {
		bounds.Versions = 1
	}
	r := mustCheck(t, Options{Bounds: bounds, Scope: model.Space.Full()})
	excluded, conflicts := exclusions(r.Stand()), r.Conflicts()
	environments := r.environments()
	rand.New(rand.NewPCG(6, 0)).Shuffle(len(environments), func(i, j int) {
		environments[i], environments[j] = environments[j], environments[i]
	})
	for _, e := range environments[:golden.Fewer(len(environments))] {
		again := mustCheck(t, Options{Bounds: bounds, Scope: e})
		free := freeAnswers(again)
		for x, now := range free {
			if _, found := excluded[x]; !found && !now {
				t.Errorf("%s is free, and costs something if %s: say so in Standing", x, model.Space.Format(e))
			}
		}
		for x, why := range excluded {
			said := slices.ContainsFunc(why.GivesWay, func(c Concession) bool { return c.GiveUp == nil && c.Assume.Includes(e) })
			if said != free[x] {
				t.Errorf("%s is free if %s: %t, and said to be so: %t", x, model.Space.Format(e), free[x], said)
			}
			for _, c := range why.GivesWay {
				if c.Assume == e && c.GiveUp != nil && !freeAnswers(without(again, falling(again, c.GiveUp...)...))[x] {
					t.Errorf("%s is not free without %v if %s", x, c.GiveUp, model.Space.Format(e))
				}
			}
		}
		for _, c := range conflicts {
			said := slices.ContainsFunc(c.Unless, func(u family.Cube) bool { return u.Includes(e) })
			if have := intersection(again, family.All, c.Properties, model.Space.Full()) != family.None; said != have {
				t.Errorf("some design has %v if %s: %t, and said to be so: %t", c.Properties, model.Space.Format(e), have, said)
			}
		}
	}
}

// TestReasonsExclude: best designs keep a reason together, and no design with the answer does.
func TestReasonsExclude(t *testing.T) {
	r := defaultReport()
	classes := r.Best()
	full := model.Space.Full()
	for x, why := range exclusions(r.Stand()) {
		with := r.Algebra.Cube(model.Where(x.question, x.answer))
		for _, reason := range why.Reasons {
			if intersection(r, with, reason, full) != family.None {
				t.Errorf("some design with %s has %v", x, reason)
			}
			for i := range reason {
				if less := slices.Delete(slices.Clone(reason), i, i+1); intersection(r, with, less, full) == family.None {
					t.Errorf("%s: of %v, %s can be left out", x, reason, reason[i])
				}
			}
			if !slices.ContainsFunc(classes, func(c Class) bool {
				return !slices.ContainsFunc(reason, func(id string) bool { return slices.Contains(c.GiveUp, id) })
			}) {
				t.Errorf("%s: no best design keeps %v", x, reason)
			}
		}
		best := slices.ContainsFunc(classes, func(c Class) bool { return r.Algebra.Intersect(c.Designs, with) != family.None })
		if best != why.Best {
			t.Errorf("some best design has %s: %t, and said to be so: %t", x, best, why.Best)
		}
	}
}

// TestFirmness has questions whose firmness is known beforehand.
func TestFirmness(t *testing.T) {
	for _, test := range []struct {
		question model.Question
		scope    string
		required []string
		want     Firmness
		why      string
	}{
		{model.Suspend, "", nil, IsTaste, "nothing is required"},
		{model.Suspend, "suspend=wake", []string{"survives-suspend"}, IsFixed, "one answer is left in the scope"},
		{model.Suspend, "", []string{"survives-suspend"}, IsSettled, "it hangs on a single property"},
		{model.Handle, "", []string{"origin-bound", "no-bypass", "one-context"}, IsSettled, "a design has all of the two that exclude a port or neither"},
		{model.Suspend, "suspend=sever|wake", []string{"survives-suspend", "survives-kill"}, IsSettled,
			"each of the two is enough, but a connection that survives a kill survives a suspension, too"},
		{model.Request, "partition=shared", []string{"refuses-first", "presence-hidden"}, IsFirm, "each of the two is enough, and neither implies the other"},
		{model.Update, "update=sever|pin", []string{"survives-update", "update-progress"}, IsSettled,
			"both break one of the two, and pin the other one as well"},
		{model.Update, "update=pin|transfer, worker-list=list", []string{"fresh-acceptance", "update-progress"}, IsTradeOff,
			"each answer breaks one of the two"},
		{model.Deadline, "", []string{"settles"}, IsSettled, "it hangs on the property and on an assumption"},
		{model.Deadline, "", []string{"settles", "presence-hidden"}, IsSettled, "it hangs on an assumption, whichever property is given up"},
		{model.NoAnswer, "", []string{"settles"}, IsTaste, "the property has nothing to do with it"},
	} {
		r := defaultReport().Within(parse(t, test.scope)).Requiring(test.required)
		if got := r.Stand()[test.question].Firmness; got != test.want {
			t.Errorf("%s in %q by %v is %s, want %s: %s", test.question.ID(), test.scope, test.required, got, test.want, test.why)
		}
	}
}

// TestBestDesignsKeepWhatTheyShould searches a design of each class by the oracle, where the assumptions come out friendlier
// and where they do not.
func TestBestDesignsKeepWhatTheyShould(t *testing.T) {
	notRaced(t)
	r := defaultReport()
	m, _ := mustModel(t, model.DefaultBounds)
	environments := r.environments()
	for _, c := range r.Best() {
		keeps := kept(r, c)
		for _, e := range []family.Cube{r.friendlier()[len(r.friendlier())-1], environments[len(environments)-1]} {
			design := r.Algebra.First(r.Algebra.Restrict(c.Designs, e))
			o := searchOne(m, design)
			for i, p := range Lifecycle.Properties() {
				if o.broken[i] != never && slices.Contains(keeps, p.ID) {
					t.Errorf("%s should keep %s", model.Space.Format(design), p.ID)
				}
			}
		}
		for _, id := range c.GiveUp {
			if r.Algebra.Intersect(c.Designs, r.having(r.Verdict(id), model.Space.Full())) != family.None {
				t.Errorf("some of those that give up %v have %s", c.GiveUp, id)
			}
		}
	}
}

// TestAssumptionsCount has properties that the catalogue does not have at present: what they hang on is known beforehand.
func TestAssumptionsCount(t *testing.T) {
	for _, test := range []struct {
		broken   []string // by property: terms, separated by semicolons
		onlyIf   string   // of the first property
		question model.Question
		want     Firmness
		ways     string // in which the first excluded answer gives way
		why      string
	}{
		{[]string{"update=sever; any design if listens=sometime"}, "any design if listens=at-once", model.Update, IsSettled,
			"[[p0] any design] [[] any design if listens=sometime]",
			"no design has it in every environment: it counts where pages listen at once, and elsewhere it tells nothing apart"},
		{[]string{"any design"}, "", model.Update, IsTaste, "", "no design has it whatever is assumed"},
		{[]string{"update=sever if scripts=may-hang; update=sever if listens=sometime; handle=port",
			"update=sever if scripts=may-hang; update=sever if lists=never; handle=connection"},
			"", model.Update, IsSettled, "[[p0 p1] any design] [[] any design if scripts=answer, listens=at-once, lists=at-once]",
			"assumptions alone are enough, however many"},
		{[]string{"update=sever; delivery=port", "update=sever if scripts=may-hang; delivery=global"}, "", model.Update, IsFirm,
			"[[p0 p1] any design] [[p0] any design if scripts=answer]", "it takes a property and an assumption, or two properties"},
		{[]string{"update=sever", "update=sever if scripts=may-hang"}, "", model.Update, IsSettled,
			"[[p0] any design]", "the same designs have both: it takes one of them to be given up, and an assumption as well says no more"},
		{[]string{"update=sever if scripts=may-hang; update=sever if listens=sometime; handle=port", "update=sever if scripts=may-hang; handle=connection"},
			"", model.Update, IsSettled, "[[p0 p1] any design] [[p0] any design if scripts=answer] [[] any design if scripts=answer, listens=at-once]",
			"two assumptions are enough"},
	} {
		r := madeUp(t, test.broken)
		s := r.Stand()[test.question]
		onlyIf := ""
		if e, found := r.OnlyIf()["p0"]; found {
			onlyIf = model.Space.Format(e)
		}
		var ways []string
		if len(s.Excluded) > 0 {
			for _, c := range s.Excluded[0].GivesWay {
				ways = append(ways, fmt.Sprintf("[%v %s]", c.GiveUp, model.Space.Format(c.Assume)))
			}
		}
		if got := strings.Join(ways, " "); s.Firmness != test.want || got != test.ways || onlyIf != test.onlyIf {
			t.Errorf("%v: %s, gives way with %s, only if %q; want %s, %s and %q: %s",
				test.broken, s.Firmness, got, onlyIf, test.want, test.ways, test.onlyIf, test.why)
		}
	}
}

// madeUp returns a report of properties that these designs break.
func madeUp(t *testing.T, broken []string) *Report {
	t.Helper()
	a := family.NewAlgebra(model.Space)
	r := &Report{Options: Options{Scope: model.Space.Full()}, Algebra: a, Scope: family.All}
	for i, terms := range broken {
		v := Verdict{Property: Property{ID: fmt.Sprintf("p%d", i)}, Required: true}
		for term := range strings.SplitSeq(terms, "; ") {
			v.Violating = a.Union(v.Violating, a.Cube(parse(t, term)))
		}
		r.Verdicts = append(r.Verdicts, v)
	}
	return r
}

// TestSides: each way out of a conflict is a trace of best designs that breaks one property, and they have the others.
func TestSides(t *testing.T) {
	r := defaultReport().Within(parse(t, "update=pin|transfer, worker-list=list")).Requiring([]string{"settles", "fresh-acceptance", "update-progress"})
	conflicts := r.Conflicts()
	if len(conflicts) != 1 || !slices.Equal(conflicts[0].Properties, []string{"fresh-acceptance", "update-progress"}) {
		t.Fatalf("conflicts %v", conflicts)
	}
	sides := r.Sides(conflicts[0])
	if len(sides) != 2 {
		t.Fatalf("%d ways out of a conflict of two", len(sides))
	}
	for i, s := range sides {
		v := r.Verdict(s.Broken)
		other := conflicts[0].Properties[1-i]
		switch {
		case s.Broken != conflicts[0].Properties[i]:
			t.Errorf("way %d breaks %s", i, s.Broken)
		case !r.Algebra.Includes(v.Violating, s.Term.And(r.Options.Scope)) || !s.Term.Includes(s.Design):
			t.Errorf("%s is not broken under %s", s.Broken, model.Space.Format(s.Term))
		case r.Algebra.Includes(r.Verdict(other).Violating, s.Design):
			t.Errorf("%s is not kept under %s", other, model.Space.Format(s.Design))
		case !r.Algebra.Includes(r.BestDesigns(), s.Design):
			t.Errorf("%s is not best", model.Space.Format(s.Design))
		}
	}
}

// TestRestated: a property says no more than that answers are wrong if it is broken by all designs with them, and by no other.
func TestRestated(t *testing.T) {
	for _, test := range []struct{ property, scope, want, why string }{
		{"opt-in", "", "no-answer=accept", "one answer to one question"},
		{"page-private", "", "client=full|url", "several answers to one question"},
		{"unlinkable", "", "partition=shared", "a property of another part"},
		{"refuses-first", "", "", "answers to two questions, of which each is enough"},
		{"refuses-first", "request=param", "client=none", "one of them is left"},
		{"hides-suspend", "", "", "answers to two questions together"},
		{"update-progress", "", "", "it hangs on an assumption, too"},
		{"page-private", "client=id", "", "nothing breaks it"},
		{"page-private", "client=full|url", "", "everything breaks it"},
	} {
		r := defaultReport().Within(parse(t, test.scope))
		got := ""
		if answers, ok := r.Restated(r.Verdict(test.property)); ok {
			got = model.Space.Format(answers)
		}
		if got != test.want {
			t.Errorf("%s in %q restates %q, want %q: %s", test.property, test.scope, got, test.want, test.why)
		}
	}
}
