// Package linearize judges whether a connection, with all that stands behind it, behaves as one object.
//
// Between a page and a service stand queues, several instances of a worker, several versions of it, and a browser that
// stops, restarts and replaces them. The draft shows none of that to the page: it holds one port. So the page may expect
// that everything observable at both ends could have come from one simple object, a pair of queues that is open and at
// some moment closed, to which each operation happens at one instant between its call and its return. That is
// linearizability: Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", ACM TOPLAS 12(3),
// 1990.
//
// A newcomer first reads object.go, the object and its operations. Then, with a recording of a browser:
//
//	verdict, err := linearize.JudgeFile("stop.jsonl", linearize.DefaultOptions)
//	fmt.Print(verdict)
//
// or with a run of the model:
//
//	history := linearize.FromRun(run, &world, atRest, jitter)
//	result, err := linearize.Check(history, time.Second)
//
// # Two decisions
//
// [Check] hands a history to porcupine, which searches for an order as in Wing and Gong, "Testing and verifying
// concurrent objects", JPDC 17, 1993, with the cache of Lowe, "Testing for linearizability", CCPE 29(4), 2017; by
// locality (Herlihy and Wing, theorem 1) each connection is searched for itself. [Decide] answers the same question
// without a search, by counting and by one test for a cycle. To decide linearizability is NP-complete in general (Gibbons
// and Korach, "Testing shared memories", SIAM J. Comput. 26(4), 1997); it is easy here because the messages of a history
// have different names and the operations at one end have a known order, so that the order in the queues is known, too.
// The two share the reading of a history ([History.Validate], program order, what became of unseen operations) and
// nothing else, and the tests hold them against each other and against a plain enumeration of all orders.
//
// # Program order
//
// Herlihy and Wing assume that a process does one thing after the other. A page does not: a post goes on after its call
// has returned, until the message is queued at the other end. What is certain is that one end posts in order, receives
// in order, and closes after what it posted. An end has one holder at a time: when it moves to another page, or a new
// instance of the worker takes it over, the operations of the new holder come after those of the old one. So each
// operation waits for those before it at the same end, but that a post holds up only later posts and a close; both
// decisions respect that beside the intervals. It is what makes clocks that cannot be compared harmless: intervals of
// different parties may be wide, and the order at each end still holds.
//
// # What nobody saw
//
// An instance that is killed in a handler leaves operations of which nobody knows whether they took effect. They have an
// outcome of their own, [Unseen], and return at the end of the history; they are not left without a return, which
// porcupine would take for a violation.
package linearize
