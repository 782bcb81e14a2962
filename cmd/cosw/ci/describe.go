package ci

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// This file holds the wording of the package.

const tool = "cosw"

var resultTexts = [...]string{Unknown: "unknown", Failed: "failed", Exempt: "exempt", Passed: "passed"}

func (r Result) String() string { return resultTexts[r] }

// tally counts cases by their result, those that need attention first.
func (r *Report) tally() string {
	var parts []string
	for _, result := range byWeight {
		if n := r.Count(result); n > 0 || result == Failed || result == Passed {
			parts = append(parts, fmt.Sprintf("%d %s", n, result))
		}
	}
	return strings.Join(parts, ", ")
}

// verdict is the report in one word.
func (r *Report) verdict() string {
	switch {
	case r.Count(Failed) > 0:
		return "failed"
	case r.Count(Unknown) > 0:
		return "unknown"
	}
	return "passed"
}

// text is all that a case says, for readers who see nothing else of the report.
func (r *Report) text(c *Case) string {
	rule := r.rule(c)
	var lines []string
	if rule.Title != "" {
		lines = append(lines, rule.ID+": "+rule.Title)
	}
	lines = append(lines, c.Result.String()+": "+c.Summary)
	lines = append(lines, r.where(c)...)
	if c.Detail != "" {
		lines = append(lines, "", strings.TrimRight(c.Detail, "\n"))
	}
	return strings.Join(lines, "\n") + "\n"
}

// where names the file that was judged and the place that the rule comes from, as far as there are any.
func (r *Report) where(c *Case) []string {
	var places []string
	if c.File != "" {
		places = append(places, Place{File: portable(c.File), Line: c.Line}.String())
	}
	if place := r.rule(c).Place; place.File != "" {
		places = append(places, place.String())
	}
	return places
}

// String returns the place as people write it, "draft.md:42 (Navigator Extension)".
func (p Place) String() string {
	text := p.File
	if p.Line > 0 {
		text += fmt.Sprintf(":%d", p.Line)
	}
	if p.Heading != "" {
		text += " (" + p.Heading + ")"
	}
	return text
}

// portable returns a path with slashes that says nothing about this machine.
func portable(file string) string {
	slashed := filepath.ToSlash(file)
	if filepath.IsAbs(file) || path.IsAbs(slashed) {
		return path.Base(slashed)
	}
	return path.Clean(slashed)
}

// leftOut says what the summary of a job has no room for.
func leftOut(rows, details int) string {
	var what []string
	if rows > 0 {
		what = append(what, fmt.Sprintf("%d of the cases", rows))
	}
	if details > 0 {
		what = append(what, fmt.Sprintf("%d of the details", details))
	}
	return "No room for " + strings.Join(what, " and ") + ": the other formats have them."
}
