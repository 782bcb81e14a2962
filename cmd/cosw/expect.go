package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"cosw/cmd/cosw/ci"
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// A file of expected verdicts has what a check finds, one fact a line, so that a difference tells what turned around.

// fact is one thing that a check finds.
type fact struct{ name, value string }

// expectable returns what a finished check found.
func (t *textReport) expectable() []fact {
	all := []fact{{"designs", number(t.Designs)}}
	for _, q := range model.Questions() {
		if scope := family.Cube(t.Scope); model.Space.Restricts(scope, int(q)) {
			all = append(all, fact{"answer " + q.ID(), strings.Join(answersOf(q, scope), "|")})
		}
	}
	all = append(all, fact{"assumed", t.assumed()}, fact{"required", t.requiredProperties()}, fact{"bounds", t.Bounds.String()})
	if !t.singleDesign() {
		for i := range t.Questions {
			if q := &t.Questions[i]; q.Firmness != props.IsFixed {
				all = append(all, fact{"question " + q.ID, q.stands()})
			}
		}
	}
	for i := range t.Properties {
		all = append(all, fact{"property " + t.Properties[i].ID, t.becomes(&t.Properties[i])})
	}
	for i := range t.Conflicts {
		if c := &t.Conflicts[i]; !t.singleDesign() && len(c.Properties) > 1 {
			all = append(all, fact{"conflict " + strings.Join(c.Properties, " + "), c.unless})
		}
	}
	return append(all, fact{"all required", count(t.Good.Designs, "design")})
}

// stands says how a question stands, and which answers can be had, in brackets what they cost.
func (q *question) stands() string {
	switch q.Firmness {
	case props.IsTradeOff:
		return q.Firmness.String() + ", " + q.priced()
	case props.IsSettled:
		return q.Firmness.String() + ", " + q.answers() + inBrackets(q.hangsOn())
	}
	return q.Firmness.String() + ", " + q.answers()
}

// becomes says whether a property holds, and under which designs not.
func (t *textReport) becomes(v *verdict) string {
	if v.Status != props.Violated {
		return v.Status.String()
	}
	if t.singleDesign() {
		return v.Status.String()
	}
	var terms []string
	for _, term := range v.Violating.Terms {
		terms = append(terms, t.within(term))
	}
	return fmt.Sprintf("broken by %s: %s", count(v.Violating.Designs, "design"), strings.Join(terms, " or "))
}

// expected is a file of expected verdicts.
type expected struct {
	name  string
	facts []fact
	lines map[string]int // of each fact
}

// Limits of a file of expected verdicts. That of the whole family has 20 KB.
const mostExpected = 4 << 20

func readExpected(name string, s streams) (*expected, error) {
	content, err := readInput(name, s, mostExpected, &failure{exitSyntax, fmt.Errorf("%s: larger than 4 MiB, so no expected verdicts", name)})
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &failure{exitSystem, fmt.Errorf("%w; --update writes it", err)}
	case err != nil:
		return nil, err
	}
	e := &expected{name: name, lines: map[string]int{}}
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, ": ")
		switch {
		case !ok || !utf8.ValidString(line) || strings.ContainsFunc(line, isBinary):
			return nil, &failure{exitSyntax, fmt.Errorf("%s:%d: not a line of expected verdicts: write \"property settles: holds\"", e.name, number)}
		case e.lines[name] != 0:
			return nil, &failure{exitSyntax, fmt.Errorf("%s:%d: %s is expected in line %d already: keep one of them", e.name, number, name, e.lines[name])}
		}
		e.lines[name] = number
		e.facts = append(e.facts, fact{name, value})
	}
	return e, nil
}

// expectation is a fact as it was expected and as it was found; one of both may be missing.
type expectation struct {
	Fact     string `json:"fact"`
	Expected string `json:"expected"`
	Found    string `json:"found"`
	Same     bool   `json:"same"`

	line int // in the file
}

// compare returns all facts, those that are found first.
func (e *expected) compare(found []fact) (all []expectation) {
	for _, f := range found {
		x := expectation{Fact: f.name, Expected: e.of(f.name), Found: f.value, line: e.lines[f.name]}
		x.Same = x.Expected == x.Found
		all = append(all, x)
	}
	for _, f := range e.facts {
		if !slices.ContainsFunc(found, func(other fact) bool { return other.name == f.name }) {
			all = append(all, expectation{Fact: f.name, Expected: f.value, line: e.lines[f.name]})
		}
	}
	return all
}

func (e *expected) of(name string) string {
	for _, f := range e.facts {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// says puts a difference into a line. Of long formulas it shows the beginning, which says how many designs there are.
func (x *expectation) says() string {
	expected, found := beginning(x.Expected), beginning(x.Found)
	switch {
	case x.Found == "":
		return "expected " + expected + "; not found"
	case x.Expected == "":
		return "not expected; found " + found
	}
	return "expected " + expected + "; found " + found
}

// beginning returns what fits into a line that two of them stand in.
func beginning(text string) string {
	const most = 120
	if all := []rune(text); len(all) > most {
		return string(all[:most]) + " …"
	}
	return text
}

// expectFlags are the flags about expected verdicts.
type expectFlags struct {
	expect string
	update bool
	known  *expected // nil until it was read, and if it is to be written
}

// prepare reads the file, or sees to it that it can be written: the search should not be done in vain.
func (f *expectFlags) prepare(s streams) (err error) {
	switch {
	case f.expect == "" && f.update:
		return usageError("--update writes the file of --expect: name it")
	case f.expect == "":
		return nil
	case !f.update:
		f.known, err = readExpected(f.expect, s)
		return err
	case f.expect == "-":
		return usageError("--update cannot write to standard input: name a file after --expect")
	}
	return tryFile(f.expect)
}

// compareExpected compares a report with the file, or writes it.
func (f *checkFlags) compareExpected(r *report, out io.Writer) error {
	if err := r.failure(false); err != nil { // not finished, or not to be trusted
		return err
	}
	found := (&textReport{r, false}).expectable()
	if f.update {
		return writeExpected(f.expect, found, out)
	}
	all := f.known.compare(found)
	if err := f.tellExpected(all, out); err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(x expectation) bool { return !x.Same }) {
		return &failure{exitViolated, fmt.Errorf("%s is not what was found: if that is intended, --update writes it anew", f.expect)}
	}
	return nil
}

func writeExpected(name string, found []fact, out io.Writer) error {
	var text strings.Builder
	text.WriteString(expectedHead)
	for _, f := range found {
		fmt.Fprintf(&text, "%s: %s\n", f.name, f.value)
	}
	before, _ := os.ReadFile(name)
	if string(before) == text.String() {
		_, err := fmt.Fprintf(out, "%s is what was found: %s\n", name, count(uint64(len(found)), "fact"))
		return err
	}
	if err := writeWhole(name, []byte(text.String())); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "%s is written: %s\n", name, count(uint64(len(found)), "fact"))
	return err
}

// tellExpected writes what is not as expected, a line each; other formats have a case for each fact.
func (f *checkFlags) tellExpected(all []expectation, out io.Writer) error {
	if f.format == "json" {
		return writeJSON(out, all)
	}
	if write := ciFormats[f.format]; write != nil {
		report := ci.Report{Name: "expected", Title: "cosw check --expect", Rules: []ci.Rule{ruleExpected}}
		for _, x := range all {
			c := ci.Case{Name: x.Fact, Rule: ruleExpected.ID, Result: ci.Passed, Summary: x.Found, File: relative(f.expect), Line: x.line}
			if !x.Same {
				c.Result, c.Summary = ci.Failed, x.says()
			}
			report.Cases = append(report.Cases, c)
		}
		return write(out, &report)
	}
	same := 0
	for _, x := range all {
		if x.Same {
			same++
		} else if _, err := fmt.Fprintf(out, "%s: %s\n", x.Fact, x.says()); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%d of %s as expected\n", same, count(uint64(len(all)), "fact"))
	return err
}
