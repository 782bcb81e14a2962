package props

import (
	"maps"
	"slices"

	"cosw/model"
	"cosw/model/family"
)

// Firmness says how well founded it is which answers to a question are free and which are excluded.
type Firmness uint8

const (
	_          Firmness = iota
	IsFirm              // what is excluded stays excluded whichever single property is given up, and under each assumption
	IsSettled           // what is excluded is so by all properties together; [Exclusion.GivesWay] says what that hangs on
	IsTradeOff          // each answer is excluded by some properties, which cannot all be had together
	IsTaste             // no property tells the answers apart
	IsFixed             // the designs that were checked leave one answer
)

var firmnessTexts = [...]string{IsFirm: "firm", IsSettled: "settled", IsTradeOff: "trade-off", IsTaste: "taste", IsFixed: "fixed"}

func (f Firmness) String() string { return firmnessTexts[f] }

// MarshalText returns what String does.
func (f Firmness) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// Standing is how the answers to a question stand.
type Standing struct {
	Question model.Question
	Firmness Firmness
	// Free are the answers that cost nothing: whatever best designs keep, some design with the answer keeps it as well.
	Free []model.Answer
	// Excluded are the other answers that are in the scope.
	Excluded []Exclusion
}

// Exclusion is why an answer is not free.
type Exclusion struct {
	Answer model.Answer
	// Reasons are all sets of required properties that some best design keeps together and no design with the answer does, of
	// which nothing can be left out. The smallest come first. Of properties that are the same, see [Fall], it names the first.
	Reasons [][]string
	// Best tells whether some best designs have the answer all the same: they break all of Reasons for the sake of something
	// else.
	Best bool
	// GivesWay are the smallest concessions with which the answer is free, and all of a single property or of assumptions
	// alone; none with which more falls than with another one. It is empty if it takes more than mostConceded properties and
	// assumptions together.
	GivesWay []Concession
}

// Concession is what somebody gives up, and what is taken for granted.
type Concession struct {
	GiveUp []string    // properties; with each falls whatever cannot be kept without it, see [Fall]
	With   []string    // what falls with them of the reasons for which the answer is excluded
	Assume family.Cube // environments; full where nothing is taken for granted

	given propertySet // GiveUp
}

// mostConceded is how many properties and assumptions are conceded at most, unless these are assumptions alone.
const mostConceded = 2

// size counts properties and assumptions.
func (c *Concession) size() int { return len(c.GiveUp) + model.Space.Literals(c.Assume) }

// light tells whether a question is not firm because of a concession: it is a single property, or assumptions alone.
func (c *Concession) light() bool { return c.size() <= 1 || len(c.GiveUp) == 0 }

// Fall says which other required properties are given up with one: those that no design has without it.
type Fall struct {
	Property string
	Same     []string // those that exactly the same designs have
	With     []string // those that fewer designs have, all of which have the property, too
}

// Falls returns what falls with required properties, in the order of the catalogue; nothing for a property that falls alone,
// and one entry for those that are the same. The search must have finished.
func (r *Report) Falls() []Fall {
	w := r.weigh(model.Space.Full())
	var all []Fall
	for i := range w.all.each {
		f := Fall{w.ids[i][0], w.ids[i][1:], w.allNames(w.falls[i] &^ single(i))}
		if len(f.Same)+len(f.With) > 0 {
			all = append(all, f)
		}
	}
	return all
}

// GivingUp returns the same report with some required properties given up, and whatever falls with them. The search must
// have finished.
func (r *Report) GivingUp(ids []string) *Report {
	w := r.weigh(model.Space.Full())
	return r.Requiring(w.allNames(w.all &^ w.fallen(w.named(ids))))
}

// Class is a class of best designs: no other design keeps a strict superset of the musts that they keep, or of the wants with
// the same musts.
type Class struct {
	GiveUp  []string // the required properties that they break; they keep all others
	Designs family.Set
}

// Best returns all classes of best designs, those that give up least first. A design keeps a property if it does in every
// environment; see [Report.OnlyIf] for those that no design keeps so. The search must have finished.
func (r *Report) Best() []Class {
	w := r.weigh(model.Space.Full())
	var all []Class
	for _, keeps := range w.best(w.all) {
		all = append(all, Class{w.allNames(w.all &^ keeps), w.having(keeps)})
	}
	slices.SortStableFunc(all, func(x, y Class) int { return len(x.GiveUp) - len(y.GiveUp) })
	return all
}

// BestDesigns returns the designs of all classes of [Report.Best].
func (r *Report) BestDesigns() family.Set {
	best := family.None
	for _, c := range r.Best() {
		best = r.Algebra.Union(best, c.Designs)
	}
	return best
}

// Stand returns how the answers to each question stand, in the order of the catalogue. The search must have finished.
func (r *Report) Stand() []Standing {
	w, best := r.weigh(model.Space.Full()), r.Algebra.Hull(r.BestDesigns())
	environments := append([]family.Cube{model.Space.Full()}, r.environments()...)
	var all []Standing
	for _, q := range model.Questions() {
		s := Standing{Question: q}
		for _, answer := range q.Answers() {
			part := model.Where(q, answer)
			if !w.keeps(part, 0) {
				continue
			}
			reasons := w.exclusions(part, w.all)
			if reasons == nil {
				s.Free = append(s.Free, answer)
				continue
			}
			x := Exclusion{Answer: answer, Reasons: w.listed(reasons), Best: !model.Space.IsEmpty(best.And(part))}
			for _, e := range environments {
				x.GivesWay = r.weigh(e).concessions(x, part, e, reasons)
			}
			x.GivesWay = lightest(x.GivesWay)
			s.Excluded = append(s.Excluded, x)
		}
		s.Firmness = s.firmness()
		all = append(all, s)
	}
	return all
}

func (s *Standing) firmness() Firmness {
	switch {
	case len(s.Free)+len(s.Excluded) < 2:
		return IsFixed
	case len(s.Excluded) == 0:
		return IsTaste
	case len(s.Free) == 0:
		return IsTradeOff
	}
	for _, x := range s.Excluded {
		if slices.ContainsFunc(x.GivesWay, func(c Concession) bool { return c.light() }) {
			return IsSettled
		}
	}
	return IsFirm
}

// concessions adds to those of x the smallest in environments e with which nothing excludes the designs of part, unless
// less was found to be enough. Reasons are why they are excluded where nothing is taken for granted.
func (w *weighing) concessions(x Exclusion, part, e family.Cube, reasons []propertySet) []Concession {
	found := x.GivesWay
	enough := func(fallen propertySet) bool {
		return slices.ContainsFunc(found, func(c Concession) bool {
			return c.Assume.Includes(e) && w.fallen(w.counted(c.given)).within(fallen)
		})
	}
	most := least(found) - model.Space.Literals(e)
	if most < 0 && enough(0) {
		return found
	}
	var named propertySet
	for _, reason := range reasons {
		named |= w.counted(reason)
	}
	for _, given := range w.giveUp(part, max(0, most), reasons) {
		if fallen := w.fallen(given); !enough(fallen) {
			found = append(found, Concession{w.names(given), w.names(fallen & named &^ given), e, given})
		}
	}
	return found
}

// least returns the size of the smallest of some concessions, or mostConceded if there is none.
func least(all []Concession) int {
	least := mostConceded
	for _, c := range all {
		least = min(least, c.size())
	}
	return least
}

// lightest returns the concessions of the smallest size, and all light ones.
func lightest(all []Concession) []Concession {
	smallest := least(all)
	return slices.DeleteFunc(all, func(c Concession) bool { return c.size() > smallest && !c.light() })
}

// Requiring returns the same report with other properties required, which must have been checked.
func (r *Report) Requiring(ids []string) *Report {
	other := *r
	other.insight = &insight{&other, r.own().kept, map[*keeping]*weighing{}}
	other.Verdicts = slices.Clone(r.Verdicts)
	for i := range other.Verdicts {
		v := &other.Verdicts[i]
		v.Required = slices.Contains(ids, v.Property.ID)
	}
	other.Good = other.good()
	return &other
}

// Within returns the report of those of its designs and environments that a cube has: what a check of them alone would have
// found, but for what it would have covered. The search must have finished. Verdicts have no formula; [family.Algebra.Cover]
// makes one.
func (r *Report) Within(scope family.Cube) *Report {
	other := *r
	other.Options.Scope = r.Options.Scope.And(scope)
	other.Scope = r.Algebra.Cube(other.Options.Scope)
	other.Verdicts = slices.Clone(r.Verdicts)
	if r.whole == nil {
		other.whole = r
	}
	for i := range other.Verdicts {
		v := &other.Verdicts[i]
		if r.whole == nil {
			v.whole = &r.Verdicts[i]
		}
		v.Violating = r.Algebra.Restrict(v.Violating, scope)
		v.Formula, v.Designs, v.Status = family.Cover{}, r.Algebra.Count(v.Violating), Holds
		if v.Violating != family.None {
			v.Status = Violated
		}
	}
	other.Good = other.good()
	return &other
}

// Trim frees the memory of sets of designs that were made since a saved report was read, if their diagrams have more than most
// nodes, and tells whether it did. Reports that were made from it, and their sets, then mean nothing any more.
func (r *Report) Trim(most int) bool {
	if r.Algebra.Nodes() < r.nodes+most {
		return false
	}
	maps.DeleteFunc(r.own().kept, func(_ family.Cube, k *keeping) bool {
		clear(k.known)
		return int(slices.Max(k.has)) >= r.nodes
	})
	r.Algebra.Forget(r.nodes)
	return true
}

// Restated returns the answers to a question that a property says to be wrong, if that is all that it says: every design with
// one of them breaks it, and no other. It reports false for a property that says anything else.
func (r *Report) Restated(v *Verdict) (family.Cube, bool) {
	broken := r.Algebra.InSome(r.Algebra.Intersect(v.Violating, r.Scope))
	if broken == family.None {
		return family.Cube{}, false
	}
	hull, scope := model.Space.Answered(r.Algebra.Hull(broken)), model.Space.Full()
	restricted := 0
	for _, q := range model.Questions() {
		if model.Space.Bits(hull, int(q)) != model.Space.Bits(r.Options.Scope, int(q)) {
			restricted++
			scope = model.Space.Replace(scope, int(q), hull)
		}
	}
	return scope, restricted == 1 && r.Algebra.InSome(r.Algebra.Restrict(r.Scope, scope)) == broken
}

// good returns the designs of the scope that have every required property in every environment.
func (r *Report) good() family.Set {
	good := r.Algebra.InSome(r.Scope)
	for _, v := range r.Verdicts {
		if v.Required {
			good = r.Algebra.Minus(good, r.Algebra.InSome(v.Violating))
		}
	}
	return good
}

// insight is what has been found out for a report.
type insight struct {
	of      *Report                  // a copy of it may have other verdicts
	kept    map[family.Cube]*keeping // by environments
	weighed map[*keeping]*weighing
}

// own returns what has been found out for r.
func (r *Report) own() *insight {
	if r.insight == nil || r.insight.of != r {
		r.insight = &insight{r, map[family.Cube]*keeping{}, map[*keeping]*weighing{}}
	}
	return r.insight
}

// weigh returns the required properties as they stand in some environments, see [Report.weighedIn].
func (r *Report) weigh(environments family.Cube) *weighing {
	k, known := r.keeping(environments), r.own().weighed
	if w, ok := known[k]; ok {
		return w
	}
	w := newWeighing(k)
	for i := range r.Verdicts {
		if v := &r.Verdicts[i]; v.Required {
			w.require(i, v.Property.ID, v.Property.Weight)
		}
	}
	w.relate()
	known[k] = w
	return w
}

// keeping returns what designs keep in some environments: the same thing where other assumptions make no difference.
func (r *Report) keeping(environments family.Cube) *keeping {
	known := r.own().kept
	if k, ok := known[environments]; ok {
		return k
	}
	if scope := r.Options.Scope; r.whole != nil && model.Space.Answered(scope) == model.Space.Answered(r.whole.Options.Scope) {
		return r.whole.keeping(environments.And(model.Space.Assumed(scope)))
	}
	has, wider, common := r.haveIn(environments)
	for _, k := range known {
		if slices.Equal(k.has, has) {
			known[environments] = k
			return k
		}
	}
	k := newKeeping(r.Algebra, r.Algebra.InSome(r.Scope), has)
	if wider != nil {
		k.narrow(wider, common)
	}
	known[environments] = k
	return k
}

// haveIn returns the designs that have each property as it is weighed in some environments; and if r is part of a wider report,
// what designs of that keep, and the properties that are weighed here as they are there.
func (r *Report) haveIn(environments family.Cube) (has []family.Set, wider *keeping, common propertySet) {
	scope := r.Options.Scope
	has = make([]family.Set, len(r.Verdicts))
	if r.whole != nil {
		wider = r.whole.keeping(environments.And(model.Space.Assumed(scope)))
	}
	for i := range r.Verdicts {
		if wider != nil { // if some design has it here, or none there, it is weighed as it is there
			has[i] = r.Algebra.Restrict(wider.has[i], model.Space.Answered(scope))
			if has[i] != family.None || wider.has[i] == family.None {
				common |= single(i)
				continue
			}
		}
		v := &r.Verdicts[i]
		has[i] = r.having(v, r.weighedIn(v, environments))
	}
	return has, wider, common
}

// having returns the designs of the scope that have the property of a verdict in all of some environments.
func (r *Report) having(v *Verdict, environments family.Cube) family.Set {
	if r.whole == nil {
		return r.Algebra.Minus(r.Algebra.InSome(r.Scope), r.Algebra.InSome(r.Algebra.Restrict(v.Violating, environments)))
	}
	scope := r.Options.Scope // to restrict what was found out for all of its designs is less work
	return r.Algebra.Restrict(r.whole.having(v.whole, environments.And(model.Space.Assumed(scope))), model.Space.Answered(scope))
}

// weighedIn returns the environments, out of some, in which a property is weighed: all of them, or if no design has it in
// all, those with the fewest assumptions, of the friendlier kind, under which some design has it. Where no design has it even
// then, it makes no difference.
func (r *Report) weighedIn(v *Verdict, environments family.Cube) family.Cube {
	if r.having(v, environments) != family.None {
		return environments
	}
	for _, friendlier := range r.friendlier()[1:] {
		if e := environments.And(friendlier); !model.Space.IsEmpty(e) && r.having(v, e) != family.None {
			return e
		}
	}
	return environments
}

// OnlyIf returns the required properties that no design of the scope has in every environment, but some design has with
// some assumptions, each with the fewest, of the friendlier kind. In [Report.Best], [Report.Conflicts] and [Report.Stand]
// they count as they stand under these assumptions.
func (r *Report) OnlyIf() map[string]family.Cube {
	all := map[string]family.Cube{}
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		if e := r.weighedIn(v, model.Space.Full()); v.Required && e != model.Space.Full() {
			all[v.Property.ID] = e
		}
	}
	return all
}

// environments returns every way to take for granted some of the assumptions that the scope leaves open, those of fewer
// first.
func (r *Report) environments() []family.Cube {
	return r.assuming(model.Question.Answers)[1:]
}

// friendlier returns every way to take for granted that some of the assumptions that the scope leaves open come out as it is
// friendlier, those of fewer first, beginning with none.
func (r *Report) friendlier() []family.Cube {
	return r.assuming(func(q model.Question) []model.Answer { return q.Answers()[:1] })
}

// assuming returns every way to assume some of what the scope leaves open, each as one of the values that it can have.
func (r *Report) assuming(values func(model.Question) []model.Answer) []family.Cube {
	all := []family.Cube{model.Space.Full()}
	for _, q := range model.Assumptions() {
		if !model.Space.Open(r.Options.Scope, int(q)) {
			continue
		}
		for _, e := range all {
			for _, value := range values(q) {
				all = append(all, e.And(model.Where(q, value)))
			}
		}
	}
	slices.SortStableFunc(all, func(x, y family.Cube) int { return model.Space.Literals(x) - model.Space.Literals(y) })
	return all
}
