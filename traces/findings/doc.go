// Package findings writes what the model says about the draft "Cross-Origin Service Workers", for people: an answer to
// each of its open points, with the properties that force it, what every other answer costs, and a trace.
//
// A newcomer reads [Write], which checks the whole family and returns the text, and [Diff], which says where a file is no
// longer that text. What the text is about stands in tables: the open points of the draft (items.go), the answers that
// are recommended where properties leave a choice (designs.go), the names of errors (errors.go), the mistakes in the
// draft itself (mistakes.go), the addresses of sources (sources.go). The traces that it shows are those of the corpus.
//
// Nothing in it can say what the model does not: a sentence about verdicts has a condition, see [when], and is left out
// where the condition does not hold. A change of the model that turns a verdict around is therefore a change of the text.
package findings
