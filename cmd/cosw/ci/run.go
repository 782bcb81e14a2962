package ci

import "slices"

// Outcome is how a case went.
type Outcome uint8

// The outcomes. A case that nobody judged has no verdict: the zero Outcome says so.
const (
	Unknown Outcome = iota // there is no verdict, as the run ended before
	Failed                 // it is not as it must be
	Exempt                 // it is not as it should be, and that is no failure of this run
	Passed                 // it is as it must be
)

// byWeight holds the outcomes with those first that need attention.
var byWeight = []Outcome{Failed, Unknown, Exempt, Passed}

// Run is the result of a command, as cases.
type Run struct {
	Name  string // of the command, e.g. "check"; it tells runs apart that a service collects
	Title string // one line: what was run
	Facts []Fact // what the verdicts depend on, in order
	Rules []Rule // each once, in order
	Cases []Case // in order
}

// Fact is something to know of a run, such as its seed.
type Fact struct{ Name, Value string }

// Rule is what cases are judged by.
type Rule struct {
	ID    string
	Title string // one line: what it demands
	Place Place  // the text that it comes from; the zero Place for none
}

// Place is a passage of a text.
type Place struct {
	File    string // relative, with slashes
	Line    int    // from 1 on; 0: the text as a whole
	Heading string // that the passage stands under
}

// Case is one thing that was judged.
type Case struct {
	Name    string // tells it apart from the other cases of the run
	Rule    string // the id of its rule
	Outcome Outcome
	Summary string // one line: how it went
	Detail  string // lines to read, such as a trace in words; empty for none

	// File is what was judged, where that is a file, and Line the line of it that matters, 0 for none. A path that is
	// not relative is written by its last element: where it lies on this machine is nobody's business.
	File string
	Line int
}

// Count returns how many cases of the run have that outcome.
func (r *Run) Count(o Outcome) int {
	n := 0
	for i := range r.Cases {
		if r.Cases[i].Outcome == o {
			n++
		}
	}
	return n
}

// rule returns the rule of a case; one that is not listed has nothing but its id.
func (r *Run) rule(c *Case) Rule {
	if i := slices.IndexFunc(r.Rules, func(rule Rule) bool { return rule.ID == c.Rule }); i >= 0 {
		return r.Rules[i]
	}
	return Rule{ID: c.Rule}
}

// sorted returns the cases with those first that need attention, and in order otherwise.
func (r *Run) sorted() []*Case {
	var cases []*Case
	for _, o := range byWeight {
		for i := range r.Cases {
			if r.Cases[i].Outcome == o {
				cases = append(cases, &r.Cases[i])
			}
		}
	}
	return cases
}
