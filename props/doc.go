// Package props says what a person who uses or specifies connections would want to hold, and judges the family of
// designs by it.
//
// A [Property] is one record: its place in the draft, its words, what is seen when it is broken, and the premise that must
// be seen for a verdict to be worth something. [Catalogue] holds them all. Four parts decide them, each a system for package
// explore: the lifecycle of package model, and small models for what the lifecycle cannot say: matching, presence, partition.
//
// A newcomer reads property.go, then lifecycle_catalogue.go, and calls [Check]: it searches the family within growing
// bounds ([Ladder]) and returns a [Report] with a verdict per property, counterexamples ([Report.Explain]), how the answers
// to each question stand ([Report.Stand]), what cannot be had together ([Report.Conflicts]), the best designs
// ([Report.Best]), and what one answer costs ([Report.Pairs]). [Fuzz] judges random histories far beyond those
// bounds by the same properties. [Divide] cuts a family into parts for several machines, [Report.Portion] keeps what one of
// them found, and [Join] puts parts together, whose report is that of the whole. Package references, below this one, says
// some of them once more in terms of a graph.
//
// A new property is a record, and its predicate may look at whatever a step or a property looks at today. The search drops
// what none of them does (pack.go in package model) and puts off steps that none of them minds (deferred.go). If a predicate
// looks at more, its verdict would be that of another world: explaining it panics with [explore.ErrUnfounded], and
// TestForgetKeepsVerdicts or TestReductionsKeepVerdicts, which take every record, say which of the two has to keep it.
package props
