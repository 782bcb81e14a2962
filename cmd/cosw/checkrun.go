package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cosw/cmd/cosw/ci"
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// ciFormats are the values of --format that are written from a ci.Run.
var ciFormats = map[string]func(io.Writer, *ci.Run) error{
	"junit": ci.WriteJUnit, "markdown": ci.WriteMarkdown,
}

// checkRun turns a report into cases: one a property, and those that show that the verdicts mean something. A case
// fails exactly if it is a reason for verdict to return a failure, see there.
type checkRun struct {
	textReport
	chosen bool // the designs were chosen to have what is required
	file   *designFile
	run    ci.Run
	text   strings.Builder // what textReport wrote
}

// newCheckRun returns the cases of a report. The file is nil unless the designs come from one.
func newCheckRun(r *props.Report, f *checkFlags) *ci.Run {
	c := &checkRun{chosen: f.chosen(r), file: f.file}
	c.textReport = textReport{Report: r, out: &c.text, verbose: f.verbose, quiet: f.quiet}
	c.run = ci.Run{Name: "check", Title: f.title(), Facts: c.facts()}
	for i := range r.Verdicts {
		c.property(&r.Verdicts[i])
	}
	if !model.Space.IsDesign(r.Options.Scope) {
		c.someDesign()
	}
	if slices.ContainsFunc(r.Coverage, func(k props.Coverage) bool { return k.Part == props.Lifecycle }) {
		c.everyStep()
		c.owedEnds()
		c.randomAgrees()
	}
	return &c.run
}

// facts says what was checked, and what was covered: the head of the text.
func (c *checkRun) facts() []ci.Fact {
	r := c.Report
	facts := []ci.Fact{
		{Name: "designs", Value: c.scope()},
		{Name: "bounds", Value: r.Options.Bounds.String()},
	}
	for _, k := range r.Coverage {
		facts = append(facts, ci.Fact{Name: k.Part.String(), Value: covered(k)})
	}
	if r.Random != nil {
		facts = append(facts, ci.Fact{Name: "random histories", Value: c.drawn()})
	}
	return facts
}

// add adds a case of its own rule, with what was written of it so far as details.
func (c *checkRun) add(rule ci.Rule, o ci.Outcome, summary string) {
	added := ci.Case{Name: rule.ID, Rule: rule.ID, Outcome: o, Summary: summary, Detail: outdent(c.text.String())}
	c.text.Reset()
	if c.file != nil && o == ci.Failed {
		added.File = relative(c.file.name)
	}
	c.run.Rules = append(c.run.Rules, rule)
	c.run.Cases = append(c.run.Cases, added)
}

func (c *checkRun) property(v *props.Verdict) {
	p := &v.Property
	summary := c.status(v)
	if !v.Required {
		summary += ", not required"
	}
	if v.Status == props.Violated {
		c.broken(v)
	}
	o := c.outcome(v)
	if o == ci.Failed && !v.Vacuous {
		summary += ": " + p.Broken
	}
	c.add(ci.Rule{
		ID: p.ID, Title: p.Claims,
		Place: ci.Place{File: draftFile, Line: p.Place.Line, Heading: p.Place.Heading},
	}, o, summary)
}

// outcome judges a verdict. That some designs of a family break a property is what a check is there to find out, and no
// failure.
func (c *checkRun) outcome(v *props.Verdict) ci.Outcome {
	byAll := v.Status == props.Violated && v.Designs == c.Algebra.Count(c.Scope)
	switch {
	case byAll && c.chosen && v.Required:
		return ci.Failed
	case v.Status == props.Unknown || v.Status == props.Violated && !byAll && !c.Complete():
		return ci.Unknown
	case v.Vacuous && c.Whole() && c.Complete():
		return ci.Failed
	case byAll:
		return ci.Exempt
	}
	return ci.Passed
}

func (c *checkRun) someDesign() {
	all, good := count(c.Algebra.Count(c.Scope), "design"), c.Algebra.Count(c.Good)
	if good > 0 {
		c.questions()
	}
	c.goodDesigns()
	switch {
	case good == 0 && c.chosen:
		c.add(ruleDesigns, ci.Failed, fmt.Sprintf(saysNoGood, all))
	case good == 0:
		c.add(ruleDesigns, ci.Exempt, fmt.Sprintf(saysNoGood, all))
	default:
		c.unlessStopped(ruleDesigns, ci.Passed, fmt.Sprintf(saysGood, number(good), all))
	}
}

func (c *checkRun) everyStep() {
	says, o := saysSteps, ci.Passed
	if len(c.Unseen) > 0 {
		says = c.missing() + ": " + c.unseenSteps()
		if c.Whole() {
			o = ci.Failed
		}
	}
	c.unlessStopped(ruleSteps, o, says)
}

func (c *checkRun) owedEnds() {
	says, o := saysEnds, ci.Passed
	if c.Livelock.Set != family.None {
		says, o = fmt.Sprintf(saysForever, count(c.Algebra.Count(c.Livelock.Set), "design")), ci.Failed
	}
	c.unlessStopped(ruleEnds, o, says)
}

func (c *checkRun) randomAgrees() {
	switch {
	case c.Options.Histories == 0:
	case c.Random == nil:
		c.unlessStopped(ruleRandom, ci.Unknown, "")
	case len(c.Random.New) > 0:
		c.unlessStopped(ruleRandom, ci.Failed, c.contradicted())
	default:
		c.unlessStopped(ruleRandom, ci.Passed, c.contradicted())
	}
}

// unlessStopped adds a case about the whole search, which has no verdict if that was stopped.
func (c *checkRun) unlessStopped(rule ci.Rule, o ci.Outcome, summary string) {
	if !c.Complete() {
		o, summary = ci.Unknown, fmt.Sprintf(saysStopped, c.Stopped)
	}
	c.add(rule, o, summary)
}

// outdent removes the blanks that all lines begin with.
func outdent(text string) string {
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	least := len(text)
	for _, line := range lines {
		if line != "" {
			least = min(least, len(line)-len(strings.TrimLeft(line, " ")))
		}
	}
	for i, line := range lines {
		if line != "" {
			lines[i] = line[least:]
		}
	}
	return strings.Join(lines, "\n")
}

// relative returns a path as seen from the working directory if it lies below it, and only its last element if it is one
// of this machine.
func relative(file string) string {
	if !filepath.IsAbs(file) {
		return file
	}
	if here, err := os.Getwd(); err == nil {
		if below, err := filepath.Rel(here, file); err == nil && filepath.IsLocal(below) {
			return below
		}
	}
	return filepath.Base(file)
}
