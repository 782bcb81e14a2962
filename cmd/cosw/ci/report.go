package ci

import "slices"

// Result is what a case came to.
type Result uint8

// The results. The zero Result is that of a case that nobody judged.
const (
	Unknown Result = iota // there is no verdict: the command ended before it had one
	Failed                // it is not as it must be
	Exempt                // it is not as it should be, but that is no failure here
	Passed                // it is as it must be
)

// byWeight holds the results, those that need attention first.
var byWeight = []Result{Failed, Unknown, Exempt, Passed}

// Report is what a command found, as cases.
type Report struct {
	Name  string // of the command, e.g. "check"; it tells reports apart that a service collects
	Title string // one line: what was judged
	Facts []Fact // what the results depend on, in order
	Rules []Rule // each once, in order
	Cases []Case // in order
}

// Fact is something to know about a report, such as its seed.
type Fact struct{ Name, Value string }

// Rule is what cases are judged by.
type Rule struct {
	ID    string
	Title string // one line: what it demands
	Place Place  // where the text says so; the zero Place for nowhere
}

// Place is a passage of a text.
type Place struct {
	File    string // relative, with slashes
	Line    int    // from 1 on; 0: the text as a whole
	Heading string // that the passage stands under
}

// Case is one thing that was judged.
type Case struct {
	Name    string // tells it apart from the other cases
	Rule    string // the id of its rule
	Result  Result
	Summary string // one line: how it went
	Detail  string // lines to read, such as a trace in words; empty for none

	// File is the file that was judged, if it was one, and Line the line that matters, 0 for none. Of an absolute path only
	// the last element is written: where it lies on this machine is nobody's business.
	File string
	Line int
}

// Count returns how many cases have that result.
func (r *Report) Count(result Result) int {
	n := 0
	for i := range r.Cases {
		if r.Cases[i].Result == result {
			n++
		}
	}
	return n
}

// rule returns the rule of a case. One that is not listed has only its id.
func (r *Report) rule(c *Case) Rule {
	if i := slices.IndexFunc(r.Rules, func(rule Rule) bool { return rule.ID == c.Rule }); i >= 0 {
		return r.Rules[i]
	}
	return Rule{ID: c.Rule}
}

// sorted returns the cases that need attention first, otherwise in order.
func (r *Report) sorted() []*Case {
	var cases []*Case
	for _, result := range byWeight {
		for i := range r.Cases {
			if r.Cases[i].Result == result {
				cases = append(cases, &r.Cases[i])
			}
		}
	}
	return cases
}
