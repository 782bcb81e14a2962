package main

import "cosw/cmd/cosw/ci"

// This file holds the help of cosw findings.

const findingsHelp = `usage: cosw findings [--out FILE|-]
       cosw findings --check [FILE]

Writes what the model says about the draft, for people to read: for each ISSUE, QUESTION and
ambiguity of the draft the answer, the properties that force it, what every other answer costs, and
a trace; the design that is left; the errors of connect(); what each ancestor breaks; the mistakes
in the draft itself. The same model gives the same bytes.

  --out FILE   where to write it (findings.md); - for the standard output
  --check      write nothing, but compare FILE (findings.md) with what the model says now, and show
               the difference
  --format text|json|junit|markdown
               with --check, for continuous integration: each section is a case

exit codes
  0    written; with --check: the file is what the model says now
  2    interrupted: nothing was written
  10   a step or a premise was never witnessed, or random histories contradict the verdicts: see
       cosw check
  12   the file is not what the model says now
  151  the command line is wrong
  153  the file cannot be read or written

examples
  cosw findings
  cosw findings --check
  cosw findings --out - | less
`

// ruleFindings is what the sections of the findings are judged by.
var ruleFindings = ci.Rule{
	ID: "as-written", Title: "the findings are what the model says",
}

const (
	saysAsWritten    = "what the model says now"
	saysNotAsWritten = "the model says otherwise now"
)
