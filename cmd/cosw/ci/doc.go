// Package ci writes what a command found in the formats that services for continuous integration read: JUnit XML, and
// markdown for the summary of a job.
//
// Start at [Report]: it has cases, each with a result and a text to read, and rules that say what cases are judged by. A
// command fills one in and hands it to [WriteJUnit] or [WriteMarkdown]. What a case is, is the command's business: a
// property that designs are checked for, a trace that is replayed, a section of a file that is compared.
//
// The formats differ in what they can say, but not in what fails: a report has failed in each of them if one of its
// cases has. Nothing that is written depends on the clock or on the machine: the same report gives the same bytes.
package ci
