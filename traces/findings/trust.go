package findings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces/typeset"
)

// notModelled is what the model leaves out, and what that could change.
var notModelled = []string{
	"**Answers that are not in the family.** It has those of the draft, of its ancestors and of browsers, and what we could think of. *No design* " +
		"means none of these: a further answer can resolve a conflict, as the first one above shows, or rescue one that is excluded. It would have to " +
		"keep the properties that are named against it.",
	"**Two registrations of one scope at a time** (one that is unregistered and still in use, and its successor). A connection could belong to " +
		"either. `bind` and `unregister` could get further answers; we know of no reason why one that is excluded should come back.",
	"**More controlled clients.** One page of the service's own can control whether a version waits. More of them would make `update-progress` " +
		"harder to keep, but for reasons that have nothing to do with connections.",
	"**Permission prompts** and *Storage Access*. A user who is asked could settle `partition` from case to case, and a prompt that only shows where " +
		"the service is there would break `presence-hidden` anew.",
	"**Connecting from workers.** `connect()` is called by pages (34). A worker that connects cannot be frozen, and two workers could keep each other " +
		"awake: `can-idle` and `deadline` would have more to say.",
	"**Time.** There are no clocks: *timed* properties compare the order of what happens, and say nothing about how long anything takes.",
	"**What messages and requests contain**, ports among it. A script that acts as a relay is out of anybody's reach.",
	"**Crashes of pages and of the whole browser.** A page that crashes is one that goes away; connections are not told to outlive the browser.",
}

// checked is how the checker is checked, each with the test that does it.
var checked = []string{
	"a plain search of one design at a time, written anew, has the same verdicts and the same worlds ([props/oracle_test.go](props/oracle_test.go))",
	"every property has a premise that must be seen, and a fault planted in the model that it must catch " +
		"([props/mutants_test.go](props/mutants_test.go))",
	"each reduction of the search is compared with a search that does not use it ([props/reductions_test.go](props/reductions_test.go))",
	"every trace of the [corpus](traces/corpus/README.md) is replayed and judged anew",
	"this page is written twice, and sentences about verdicts are turned around by a test that turns the verdict around",
}

// assumption adds rows for the values of an assumption: one, if it makes no difference which of them holds.
func (d *document) assumption(t *table, q model.Question) {
	name := code(q.ID()) + ": " + q.Text()
	var values, effects []string
	for _, a := range q.Answers() {
		values = append(values, code(a.String())+": "+q.Meaning(a))
		effects = append(effects, d.assuming(q, a))
	}
	if same := slices.Compact(slices.Clone(effects)); len(same) == 1 {
		t.row(name, strings.Join(values, "; "), same[0]+", either way")
		return
	}
	for i := range values {
		t.row(name, values[i], effects[i])
		name = ""
	}
}

// trust says what all of this rests on.
func (d *document) trust() {
	d.heading(2, trustTitle)
	d.printf("**Assumptions** are what scripts and platform do, which no standard chooses. All are left open: a design *has* a property if it has it " +
		"under every value.\n\n")
	t := d.table("assumption", "value", "what comes of assuming it")
	for _, q := range model.Assumptions() {
		d.assumption(t, q)
	}
	t.end()
	d.paragraph("**Taken for granted**: what neither a question nor an assumption leaves open. What it could turn over was found by changing the " +
		"rule and searching again.")
	t = d.table("taken for granted", "otherwise")
	for _, g := range model.AllGranted() {
		t.row(capital(withCode(g.Says))+" ("+plain(g.Source)+")", withCode(g.Otherwise))
	}
	t.end()
	d.printf("**Faults.** A worker is killed, a worker does not start, a handler hangs, a page is frozen: a history has at most %s of any kind, so "+
		"that a counterexample shows the single thing that has to go wrong. What the browser or a live script owes happens sooner or later; what must "+
		"come about in the end is judged when nothing is owed any more. ", typeset.Count(uint64(d.Options.Bounds.Faults), "fault"))
	d.coverage()
	d.paragraph("**Not modelled**, and what it could change:")
	for _, text := range notModelled {
		d.printf("- %s\n", text)
	}
	d.printf("\n")
	d.paragraph("**The checker** is checked: %s. Repeat all of it: `cosw check`. Write this file anew: `cosw findings`.", strings.Join(checked, "; "))
}

// word is what may be the name of something in a text, or an answer to a question.
var word = regexp.MustCompile(`[a-z]+(?:-[a-z]+)*(?:=[a-z-]+)?`)

// withCode writes a text with the names of questions and properties, and with answers, as code.
func withCode(text string) string {
	return word.ReplaceAllStringFunc(text, func(name string) string {
		question, _, answered := strings.Cut(name, "=")
		_, known := model.Space.Index(question)
		if _, err := props.Find(name); err == nil || known && (answered || strings.Contains(name, "-")) {
			return code(name)
		}
		return name
	})
}

// assuming says what is freed, and which conflicts are left, when an assumption has one of its values.
func (d *document) assuming(q model.Question, a model.Answer) string {
	where := model.Where(q, a)
	var freed []string
	for _, s := range d.standings {
		for _, x := range s.Excluded {
			if slices.ContainsFunc(x.GivesWay, func(c props.Concession) bool { return c.GiveUp == nil && c.Assume == where }) {
				freed = append(freed, given(s.Question, x.Answer))
			}
		}
	}
	text := "no answer comes back"
	if freed != nil {
		text = codes(freed) + " comes back"
	}
	var solved []string
	for _, c := range d.conflicts {
		if slices.Contains(c.Unless, where) {
			solved = append(solved, strings.Join(codeAll(c.Properties), " + "))
		}
	}
	if solved != nil {
		text += "; " + join(solved, "and") + " can be had together"
	}
	fewer := 0
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		if d.Algebra.InSome(d.Algebra.Restrict(v.Violating, where)) != d.broken(v) {
			fewer++
		}
	}
	if fewer > 0 {
		text += fmt.Sprintf("; fewer designs break %d of the properties", fewer)
	}
	return text
}

// coverage says how far everything was searched.
func (d *document) coverage() {
	var parts []string
	for _, c := range d.Coverage {
		where := fmt.Sprintf("%s model", c.Part)
		if c.Part.Bounded() {
			where += " within " + c.Bounds.String()
		}
		parts = append(parts, fmt.Sprintf("%s worlds and %s steps of the %s", typeset.Number(c.Worlds), typeset.Number(c.Transitions), where))
	}
	d.paragraph("**Bounds.** The search is complete and worlds are stored whole: %s. Within the bounds verdicts are exact; beyond them they are not "+
		"proven. %s %s random histories of %s steps in all, within %s (seed %d), break no property under a design that has it within the bounds.",
		join(parts, "and"), d.largerSaid(), typeset.Number(uint64(d.Random.Tally.Histories)), typeset.Number(uint64(d.Random.Tally.Steps)),
		d.Random.Bounds, d.Options.Seed)
	d.running()
	d.details("How far each property was tested", func() {
		d.paragraph("*The same from 1·1·2·1·1 on*: within all bounds that were tried from 1 page, 1 connection, 2 versions, 1 message under way in " +
			"each direction and 1 fault up to those above, exactly the same designs break the property.")
		t := d.table("property", "the same from", "within "+largerBounds.Short(), "random histories that exercise it")
		n := 0
		for i := range d.Verdicts {
			v := &d.Verdicts[i]
			if !v.Property.Part.Bounded() {
				continue
			}
			t.row(code(v.Property.ID), v.Since.Short(), d.withMore(v), typeset.Number(uint64(d.Random.Tally.Premises[n])))
			n++
		}
		t.end()
		for _, c := range d.Coverage {
			if !c.Part.Bounded() {
				d.printf("- The properties of the %s model: %s.\n", c.Part, c.Part.Extent())
			}
		}
		d.printf("\n")
	})
}

// withMore says what the search within larger bounds adds to a verdict.
func (d *document) withMore(v *props.Verdict) string {
	if d.larger == nil {
		return "not searched"
	}
	there := family.None
	for _, term := range d.larger.Verdict(v.Property.ID).Formula.Terms {
		there = d.Algebra.Union(there, d.Algebra.Cube(term))
	}
	switch {
	case there == v.Violating:
		return "the same"
	case d.Algebra.Minus(there, v.Violating) != family.None:
		return moreText
	}
	return fewerText
}

const moreText, fewerText = "MORE designs break it", "fewer designs break it"

// largerSaid says what the search within larger bounds showed.
func (d *document) largerSaid() string {
	if d.larger == nil {
		return "No larger bounds were searched."
	}
	var more, fewer []string
	n := 0
	for i := range d.Verdicts {
		v := &d.Verdicts[i]
		if !v.Property.Part.Bounded() {
			continue
		}
		n++
		switch d.withMore(v) {
		case moreText:
			more = append(more, v.Property.ID)
		case fewerText:
			fewer = append(fewer, v.Property.ID)
		}
	}
	at := slices.IndexFunc(d.larger.Coverage, func(c props.Coverage) bool { return c.Part.Bounded() })
	if more != nil {
		return fmt.Sprintf("Within %s, MORE designs break %s: the bounds of the first search are too small.", d.larger.Options.Bounds, codes(more))
	}
	text := fmt.Sprintf("Within %s (%s worlds) no more designs break any of the %d properties of the lifecycle", d.larger.Options.Bounds,
		typeset.Number(d.larger.Coverage[at].Worlds), n)
	if fewer != nil {
		text += fmt.Sprintf(", and fewer break %d that take a second page or a message", len(fewer))
	}
	return text + "."
}
