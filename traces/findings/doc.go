// Package findings writes what the model says about the draft "Cross-Origin Service Workers", for people: an answer to
// each of its open points, how firm it is, what every other answer costs, what cannot be had together, and traces.
//
// A newcomer reads [Write], which checks the whole family and returns the text, and [Diff], which says where a file is no
// longer that text. Each section has a file of its own, with its words beside the code that needs them: opening.go,
// glance.go, conflicts.go, partitions.go, the open points in items.go and question.go, errors.go, ancestors.go,
// mistakes.go, properties.go, trust.go, sources.go. The traces that it shows are those of the corpus.
//
// Nothing in it can say what the model does not: a sentence about verdicts has a condition, see [when], and is left out
// where the condition does not hold. A change of the model that turns a verdict around is therefore a change of the text.
package findings
