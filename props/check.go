package props

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Options say what to check.
type Options struct {
	Bounds     model.Bounds
	Scope      family.Cube // the designs to check: a partial design
	Properties []string    // names; nil: all
	Required   []string    // those of Properties that a design must have; nil: all of them
	Limits     explore.Limits
	Workers    int
	Histories  int    // how many random histories to judge besides, 0: none
	Seed       uint64 // of these histories

	// Progress, if set, is told now and then what is being searched and how far it has come.
	Progress func(what string, p explore.Progress)
}

// Status is a verdict on a property.
type Status uint8

const (
	_        Status = iota
	Holds           // no design of the scope breaks it
	Violated        // some design of the scope breaks it
	Unknown         // none was found, but the search did not finish
)

var statusTexts = [...]string{Holds: "holds", Violated: "violated", Unknown: "unknown"}

func (s Status) String() string { return statusTexts[s] }

// MarshalText returns what String does.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Verdict is what a check found out about one property.
type Verdict struct {
	Property Property
	Required bool
	Status   Status
	// Vacuous: the search finished and its premise was never seen, which it could have been: Holds says nothing.
	Vacuous bool
	// Lacks is what the bounds lack for the premise to be seen, as in "2 versions"; empty where it could be. Holds says nothing
	// then either.
	Lacks string
	// Violating are the designs of the scope, each with the environments in which it breaks the property: all of them when
	// the search finished, some otherwise.
	Violating family.Set
	Formula   family.Cover // of Violating
	Designs   uint64       // how many designs break it in some environment of the scope
	Since     model.Bounds // the smallest of the bounds tried from which on Violating stayed the same

	search *searched
	at     int      // its number among the properties of the search
	whole  *Verdict // of which this one is a part, see [Report.Within]; nil if it is not a part of another one
}

// Coverage is what the search of one part covered.
type Coverage struct {
	Part        Part
	Bounds      model.Bounds // of a part that has some
	Worlds      uint64
	Transitions uint64
	Pairs       uint64 // of a design and a world that it reaches
	Depth       int    // steps on the longest of all shortest paths
	Bytes       uint64
}

// Report is the result of a check.
type Report struct {
	Options  Options
	Algebra  *family.Algebra
	Scope    family.Set
	Verdicts []Verdict
	Coverage []Coverage
	Stopped  error // why the search did not finish, nil when it did
	// Unseen are the kinds of steps of the lifecycle that never happened in a search that finished, although the bounds allow
	// for them, and BeyondBounds those for which they are too small, see [model.Kind.Least].
	Unseen       []model.Kind
	BeyondBounds []model.Kind
	// Livelock are designs under which what the browser owes can go on forever, so that "eventually" is checked wrongly.
	Livelock explore.Livelock
	// Good has the designs that have every required property in every environment of the scope. When Stopped is set it may have
	// others, too, but no design outside of it has them all.
	Good family.Set
	// Random is what random histories beyond the bounds showed; nil when there were none.
	Random *Sample

	whole *Report // which this one is a part of; nil if it is not a part of another one
	nodes int     // those of the algebra when a saved report had been read

	insight *insight
}

// Sample is what random histories far beyond the bounds of a search showed.
type Sample struct {
	Bounds model.Bounds
	Wanted int // how many were to be drawn: more than the tally has when a limit of time or an interrupt ended it
	Tally  Tally
	// New are the properties that a history broke under a design which has them within the bounds of the search.
	New []string
}

// Check searches the family and judges its designs. The error is about the options; a search that stops early is not one.
func Check(ctx context.Context, o Options) (*Report, error) {
	chosen, err := choose(o)
	if err != nil {
		return nil, err
	}
	c, err := newChecker(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, p := range chosen {
		if err := c.checkPart(p.part, p.properties); err != nil {
			return nil, err
		}
	}
	c.report.Good = c.report.good()
	return c.report, nil
}

func newChecker(ctx context.Context, o Options) (*checker, error) {
	if model.Space.IsEmpty(o.Scope) {
		return nil, errors.New("no design to check: the answers given exclude each other")
	}
	if err := searchable(o.Bounds); err != nil {
		return nil, err
	}
	a := family.NewAlgebra(model.Space)
	return &checker{ctx: ctx, options: o, started: time.Now(), report: &Report{Options: o, Algebra: a, Scope: a.Cube(o.Scope)}}, nil
}

// searchable returns an error if the lifecycle cannot be searched within bounds.
func searchable(bounds model.Bounds) error {
	m, err := model.New(bounds)
	if err == nil {
		_, err = m.NewPacking()
	}
	return err
}

// chosenPart is a part with those of its properties that are to be checked.
type chosenPart struct {
	part       Part
	properties []Property
}

// choose returns the parts that decide the properties asked for.
func choose(o Options) ([]chosenPart, error) {
	for _, id := range append(slices.Clone(o.Properties), o.Required...) {
		if _, err := Find(id); err != nil {
			return nil, err
		}
	}
	var chosen []chosenPart
	for _, p := range parts {
		c := chosenPart{part: p}
		for _, property := range p.Properties() {
			if o.Properties == nil || slices.Contains(o.Properties, property.ID) || slices.Contains(o.Required, property.ID) {
				c.properties = append(c.properties, property)
			}
		}
		if c.properties != nil {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}

// checker collects a report.
type checker struct {
	ctx     context.Context
	options Options
	started time.Time
	report  *Report
}

// checkPart searches a part within growing bounds, up to those asked for, and adds its verdicts.
func (c *checker) checkPart(part Part, properties []Property) error {
	ladder := []model.Bounds{c.options.Bounds}
	if part.Bounded() {
		ladder = Ladder(c.options.Bounds)
	}
	var searches []*searched
	for _, bounds := range ladder {
		if c.report.Stopped != nil && bounds != c.options.Bounds {
			continue
		}
		r, err := c.search(part, properties, bounds)
		if err != nil {
			return err
		}
		searches = append(searches, r)
		if r.stopped != nil {
			c.report.Stopped = r.stopped
			break
		}
	}
	c.conclude(searches[len(searches)-1], func(i int) model.Bounds { return since(searches, i) }, searches[:len(searches)-1]...)
	return nil
}

// conclude judges the properties of a part by its last search, and those within smaller bounds. Since tells from which bounds
// on the designs that break one are the same.
func (c *checker) conclude(last *searched, since func(property int) model.Bounds, smaller ...*searched) {
	c.cover(last)
	if last.part.Bounded() {
		c.checkSteps(last) // before any verdict: all rest on what is owed coming to an end
	}
	for i := range last.properties {
		v := c.verdict(last, smaller, i)
		v.Since = since(i)
		c.report.Verdicts = append(c.report.Verdicts, v)
	}
	if last.part.Bounded() {
		c.sample(last)
	}
}

// since returns the smallest bounds of growing ones from which on the designs that break property i are the same.
func since(searches []*searched, i int) (b model.Bounds) {
	last := len(searches) - 1
	for j := last; j >= 0 && searches[j].marked(i) == searches[last].marked(i); j-- {
		b = searches[j].bounds
	}
	return b
}

// sample compares the verdicts of a finished search with random histories.
func (c *checker) sample(exact *searched) {
	if c.options.Histories == 0 || c.report.Stopped != nil {
		return
	}
	o := FuzzOptions{Seed: c.options.Seed, Histories: c.options.Histories, Steps: FuzzSteps, Bounds: FuzzBounds, Scope: c.options.Scope, Time: c.left()}
	f := newFuzzer(c.ctx, o, exact, c.report.Algebra)
	f.survey()
	c.report.Random = &Sample{Bounds: o.Bounds, Wanted: o.Histories, Tally: f.report.Tally}
	for i := range f.found {
		if f.found[i].new != family.None {
			c.report.Random.New = append(c.report.Random.New, exact.properties[i].ID)
		}
	}
}

// left returns how much is left of the limit of time, 0 if there is none.
func (c *checker) left() time.Duration {
	if c.options.Limits.Time == 0 {
		return 0
	}
	return max(c.options.Limits.Time-time.Since(c.started), time.Nanosecond)
}

func (c *checker) search(part Part, properties []Property, bounds model.Bounds) (*searched, error) {
	limits := c.options.Limits
	limits.Time = c.left()
	o := explore.Options{Algebra: c.report.Algebra, Scope: c.options.Scope, Limits: limits, Workers: c.options.Workers}
	if c.options.Progress != nil {
		what := part.String()
		if part.Bounded() {
			what = bounds.String()
		}
		o.Progress = func(p explore.Progress) { c.options.Progress(what, p) }
	}
	return part.search(c.ctx, properties, bounds, o)
}

func (c *checker) cover(r *searched) {
	c.report.Coverage = append(c.report.Coverage, Coverage{
		Part: r.part, Bounds: r.bounds, Worlds: r.worlds, Transitions: r.moves, Pairs: r.pairs, Depth: r.depth, Bytes: r.bytes,
	})
}

// verdict judges property i by the last search. If that was stopped, one within smaller bounds may know of more violations,
// which are violations all the same.
func (c *checker) verdict(last *searched, smaller []*searched, i int) Verdict {
	r := last
	for _, s := range smaller {
		if c.report.Algebra.CountAll(s.marked(i)) > c.report.Algebra.CountAll(r.marked(i)) {
			r = s
		}
	}
	stopped := last.stopped != nil || r.part.Bounded() && c.report.Livelock.Stopped != nil
	v := Verdict{
		Property: r.properties[i], Violating: r.marked(i),
		Required: c.options.Required == nil || slices.Contains(c.options.Required, r.properties[i].ID),
		search:   r, at: i,
	}
	if r.seen&premise(i) == 0 && !stopped {
		v.Lacks = lacks(c.options.Bounds, v.Property.Needs)
		v.Vacuous = v.Lacks == ""
	}
	v.Designs = c.report.Algebra.Count(v.Violating)
	v.Formula = c.report.Algebra.Cover(v.Violating)
	switch {
	case v.Violating != family.None:
		v.Status = Violated
	case stopped:
		v.Status = Unknown
	default:
		v.Status = Holds
	}
	return v
}

// lacks returns what bounds lack of any of needs; nothing if they have all of one.
func lacks(bounds model.Bounds, needs []model.Bounds) string {
	var all []string
	for _, least := range needs {
		missing := bounds.Lacks(least)
		if missing == "" {
			return ""
		}
		all = append(all, missing)
	}
	return strings.Join(all, " or ")
}

// checkSteps looks for steps that never happened, and for internal steps that never end.
func (c *checker) checkSteps(r *searched) {
	if r.stopped != nil {
		c.report.Livelock.Stopped = r.stopped
		return
	}
	for _, k := range model.Kinds() {
		switch {
		case r.kinds[k] > 0:
		case r.bounds.Lacks(k.Least()) != "":
			c.report.BeyondBounds = append(c.report.BeyondBounds, k)
		default:
			c.report.Unseen = append(c.report.Unseen, k)
		}
	}
	c.report.Livelock = r.livelock(c.ctx)
	if c.report.Livelock.Stopped != nil {
		c.report.Stopped = c.report.Livelock.Stopped
	}
}

// Ladder returns growing bounds up to b: faults are added first, then versions, pages, connections and messages.
func Ladder(b model.Bounds) []model.Bounds {
	at := model.Bounds{Pages: 1, Connections: 1, Versions: 1, Messages: min(1, b.Messages), Kills: b.Kills}
	ladder := []model.Bounds{at}
	for _, grow := range []struct{ from, to *int }{
		{&at.Faults, &b.Faults}, {&at.Versions, &b.Versions}, {&at.Pages, &b.Pages},
		{&at.Connections, &b.Connections}, {&at.Messages, &b.Messages},
	} {
		if *grow.from != *grow.to {
			*grow.from = *grow.to
			ladder = append(ladder, at)
		}
	}
	return ladder
}

// Complete tells whether the verdicts on all designs of the scope are final.
func (r *Report) Complete() bool { return r.Stopped == nil }

// Vacuous returns the properties whose premise could have been seen and never was.
func (r *Report) Vacuous() []string {
	var ids []string
	for _, v := range r.Verdicts {
		if v.Vacuous {
			ids = append(ids, v.Property.ID)
		}
	}
	return ids
}

// Whole tells whether the whole family was checked. A step or premise that is never seen, although the bounds allow for it,
// is then a fault of the model; in a part of the family it may be that its answers rule it out.
func (r *Report) Whole() bool { return r.Options.Scope == model.Space.Full() }

// Counterexample is a trace that breaks a property under every design of a term.
type Counterexample struct {
	Path
	Term family.Cube
	Told []Told
}

// Evidence is a term of the formula of a property's violations, with counterexamples that cover it.
type Evidence struct {
	Term            family.Cube
	Counterexamples []Counterexample
}

// Explain returns the terms of v's formula, each with shortest counterexamples.
func (r *Report) Explain(v *Verdict) []Evidence {
	var all []Evidence
	for _, term := range v.search.explain(v.at, v.Formula) {
		e := Evidence{Term: term.Cube}
		for _, f := range term.Witnesses {
			design := r.Algebra.First(r.Algebra.Cube(f.Term))
			e.Counterexamples = append(e.Counterexamples, v.search.counterexample(f.Trace, design, f.Term))
		}
		all = append(all, e)
	}
	return all
}

// Shortest returns a shortest counterexample to v among the designs of within. Its term has one of them, and as many others as
// a term can have under which the trace breaks the property. It reports false if none is known to break it.
func (r *Report) Shortest(v *Verdict, within family.Set) (Counterexample, bool) {
	trace, design, ok := v.search.shortest(v.at, within)
	if !ok {
		return Counterexample{}, false
	}
	term := design
	for _, t := range r.Algebra.Cover(v.search.replay(trace, v.at)).Terms {
		if t.Includes(design) {
			term = t
			break
		}
	}
	return v.search.counterexample(trace, design, term), true
}

func (r *searched) counterexample(t explore.Trace, design, term family.Cube) Counterexample {
	return Counterexample{r.path(t, design), term, r.tell(t, design)}
}

func (r *searched) path(t explore.Trace, design family.Cube) Path {
	return Path{r.part, r.bounds, t, design}
}

// Verdict returns the verdict on the property of that name, which must have been checked.
func (r *Report) Verdict(id string) *Verdict {
	for i := range r.Verdicts {
		if r.Verdicts[i].Property.ID == id {
			return &r.Verdicts[i]
		}
	}
	panic(fmt.Sprintf("props: %s was not checked", id))
}
