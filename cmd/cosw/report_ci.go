package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"cosw/cmd/cosw/ci"
	"cosw/model/family"
	"cosw/props"
)

// ciFormats are the values of --format that are written from a ci.Report.
var ciFormats = map[string]func(io.Writer, *ci.Report) error{
	"junit": ci.WriteJUnit, "markdown": ci.WriteMarkdown,
}

// ciReport turns a report into cases: one a property, and those that show that the verdicts mean something. A case
// fails exactly if it is a reason for report.failure.
type ciReport struct {
	textReport
	chosen bool // the designs were chosen to have what is required
	file   *designFile
	out    ci.Report
}

// newCIReport returns the cases of a report. The file is nil unless the designs come from one.
func newCIReport(r *report, f *checkFlags) *ci.Report {
	c := &ciReport{textReport: textReport{r, f.verbose}, chosen: f.chosen(family.Cube(r.Scope)), file: f.file}
	c.out = ci.Report{Name: "check", Title: f.title(), Facts: r.facts()}
	for i := range r.Properties {
		c.property(&r.Properties[i])
	}
	if !r.singleDesign() {
		c.someDesign()
	}
	if r.lifecycle {
		c.everyStep()
		c.owedEnds()
		c.randomAgrees()
	}
	return &c.out
}

// facts says what was checked, and what was covered: the head of the text.
func (r *report) facts() []ci.Fact {
	facts := []ci.Fact{
		{Name: "designs", Value: r.checked()}, {Name: "assumed", Value: r.assumed()},
		{Name: "required", Value: r.requiredProperties()}, {Name: "bounds", Value: r.Bounds.String()}}
	for _, c := range r.Coverage {
		facts = append(facts, ci.Fact{Name: c.Part, Value: c.covered()})
	}
	if r.Random != nil {
		facts = append(facts, ci.Fact{Name: "random histories", Value: r.Random.drawn()})
	}
	return facts
}

// add adds a case of a rule of its own.
func (c *ciReport) add(rule ci.Rule, result ci.Result, summary string, detail block) {
	added := ci.Case{Name: rule.ID, Rule: rule.ID, Result: result, Summary: summary, Detail: detail.String()}
	if c.file != nil && result == ci.Failed {
		added.File = relative(c.file.name)
	}
	c.out.Rules = append(c.out.Rules, rule)
	c.out.Cases = append(c.out.Cases, added)
}

func (c *ciReport) property(v *verdict) {
	result, summary := c.result(v), c.status(v)
	if result == ci.Failed && !v.Vacuous {
		summary += ": " + v.broken
	}
	c.add(ci.Rule{
		ID: v.ID, Title: v.Claims, Place: ci.Place{File: draftFile, Line: v.Line, Heading: v.heading},
	}, result, summary, c.detail(v))
}

// detail says how a property is broken, as far to the left as there is room: no formula stands before a single design's
// trace.
func (c *ciReport) detail(v *verdict) block {
	column := numbersEnd - len("    ")
	if c.singleDesign() {
		column = 1
		for _, t := range v.traces() {
			column = max(column, len(strconv.Itoa(len(t.Steps))))
		}
	}
	return c.broken(v, column)
}

// result judges a verdict. That some designs of a family break a property is what a check is there to find out, and no
// failure.
func (c *ciReport) result(v *verdict) ci.Result {
	byAll := c.brokenByAll(v)
	switch {
	case byAll && c.chosen && v.Required:
		return ci.Failed
	case v.Status == props.Unknown || v.Status == props.Violated && !byAll && !c.Complete:
		return ci.Unknown
	case v.Vacuous && c.whole && c.Complete:
		return ci.Failed
	case byAll, v.lacks != "" && v.Status == props.Holds:
		return ci.Exempt
	}
	return ci.Passed
}

func (c *ciReport) someDesign() {
	all, good := count(c.Designs, "design"), c.Good.Designs
	detail := slices.Concat(c.questions(), c.conflicts(), c.bestDesigns())
	switch {
	case good == 0 && c.chosen:
		c.add(ruleDesigns, ci.Failed, fmt.Sprintf(saysNoGood, all), detail)
	case good == 0:
		c.add(ruleDesigns, ci.Exempt, fmt.Sprintf(saysNoGood, all), detail)
	default:
		c.unlessStopped(ruleDesigns, ci.Passed, fmt.Sprintf(saysGood, number(good), all), detail)
	}
}

func (c *ciReport) everyStep() {
	says, result := saysSteps, ci.Passed
	if beyond := c.beyond(); beyond != nil {
		says, result = "out of reach: "+strings.Join(beyond, "; "), ci.Exempt
	}
	if len(c.Unseen) > 0 {
		says, result = c.missing()+" these steps: "+c.unseenSteps(), ci.Passed
		if c.whole {
			result = ci.Failed
		}
	}
	c.unlessStopped(ruleSteps, result, says, nil)
}

func (c *ciReport) owedEnds() {
	says, result := saysEnds, ci.Passed
	if c.Livelock {
		says, result = fmt.Sprintf(saysForever, count(c.livelocked, "design")), ci.Failed
	}
	c.unlessStopped(ruleEnds, result, says, nil)
}

func (c *ciReport) randomAgrees() {
	switch {
	case c.histories == 0:
	case c.Random == nil:
		c.unlessStopped(ruleRandom, ci.Unknown, "", nil)
	case len(c.Random.New) > 0 && !c.Random.beyond:
		c.unlessStopped(ruleRandom, ci.Failed, c.Random.contradicted(), nil)
	default:
		c.unlessStopped(ruleRandom, ci.Passed, c.Random.contradicted(), nil)
	}
}

// unlessStopped adds a case about the whole search, which has no verdict if that was stopped.
func (c *ciReport) unlessStopped(rule ci.Rule, result ci.Result, summary string, detail block) {
	if !c.Complete {
		result, summary = ci.Unknown, fmt.Sprintf(saysStopped, c.Stopped)
	}
	c.add(rule, result, summary, detail)
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
