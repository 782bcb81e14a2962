package props

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Pair shows what one answer costs: two designs that differ in it alone, and one schedule of the environment that goes
// wrong in one of them and well in the other. The environment's steps are the same and in the same order; what the
// browser and live scripts owe may differ.
type Pair struct {
	Property Property
	Question model.Question
	Wrong    model.Answer
	Right    model.Answer
	Contexts uint64      // how many such pairs of designs there are for this property
	Design   family.Cube // the one that goes wrong

	WrongPath Path
	RightPath Path
	WrongTold []Told
	RightTold []Told
	// Impossible is the first step of the environment that cannot happen under Right, empty if all can.
	Impossible string
}

// Pairs returns a pair for each required property and each other answer to q, where there is one: designs with the
// answer break the property, and with the other answer they do not, and are among those of near if possible. Pairs of which
// the whole schedule can happen come first.
func (r *Report) Pairs(q model.Question, wrong model.Answer, near family.Set) []Pair {
	var whole, cut []Pair
	for i := range r.Verdicts {
		v := &r.Verdicts[i]
		if !v.Required {
			continue
		}
		for index, right := range q.Answers() {
			if right == wrong {
				continue
			}
			pair, ok := r.pair(v, q, wrong, right, index, near)
			switch {
			case !ok:
			case pair.Impossible == "":
				whole = append(whole, pair)
			default:
				cut = append(cut, pair)
			}
		}
	}
	return append(whole, cut...)
}

// pair returns a pair for one property and two answers; right is the answer of that index.
func (r *Report) pair(v *Verdict, q model.Question, wrong, right model.Answer, index int, near family.Set) (Pair, bool) {
	a := r.Algebra
	differ := a.Minus(a.Restrict(v.Violating, model.Where(q, wrong)), a.Flip(v.Violating, int(q), index))
	differ = a.Intersect(differ, a.Flip(r.Scope, int(q), index)) // the other design is in the scope, too
	count := a.Count(differ)
	if nearer := a.Intersect(differ, a.Flip(near, int(q), index)); nearer != family.None {
		differ = nearer
	}
	trace, design, ok := v.search.shortest(v.at, differ)
	if !ok {
		return Pair{}, false
	}
	other := model.Space.Replace(design, int(q), model.Where(q, right))
	p := Pair{
		Property: v.Property, Question: q, Wrong: wrong, Right: right, Design: design, Contexts: count,
		WrongPath: v.search.path(trace, design), WrongTold: v.search.tell(trace, design),
	}
	followed, missing := v.search.follow(trace, other)
	p.RightPath, p.RightTold = v.search.path(followed, other), v.search.tell(followed, other)
	if i := slices.Index(trace.Steps, missing); i >= 0 {
		p.Impossible = p.WrongTold[i].Step
	}
	return p, true
}

// follow takes the environment's steps of t in their order under a design, with internal steps in between: those of t
// where they are enabled, and others where the next step of the environment has to wait for them. At the end it lets
// happen all that is owed. It returns the trace, and the first step of the environment that could not happen, or NoStep.
func follow[W, K comparable](s system[W, K], a *family.Algebra, t explore.Trace, design family.Cube) (explore.Trace, explore.Step) {
	f := follower[W, K]{system: s, sets: a, design: design, world: s.Initial()[t.Initial], trace: explore.Trace{Initial: t.Initial}}
	for _, step := range t.Steps {
		if f.take(step) || s.Internal(step) {
			continue
		}
		for !f.take(step) {
			if !f.owed() {
				return f.trace, step
			}
		}
	}
	for f.owed() {
	}
	return f.trace, explore.NoStep
}

// follower is a run under one design.
type follower[W, K comparable] struct {
	system system[W, K]
	sets   *family.Algebra
	design family.Cube
	world  W
	trace  explore.Trace
}

func (f *follower[W, K]) take(s explore.Step) bool {
	next := f.world
	if _, ok := f.system.Take(&next, s, under(f.design)); !ok {
		return false
	}
	f.world = next
	f.trace.Steps = append(f.trace.Steps, s)
	return true
}

// owed takes the first internal step that is enabled.
func (f *follower[W, K]) owed() bool {
	first, _ := explore.FirstOwed[W, K](f.system, f.sets, explore.Branch[W]{World: f.world, Designs: f.sets.Cube(f.design)})
	return len(first) > 0 && f.take(first[0].Step)
}
