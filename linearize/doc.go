// Package linearize judges whether a connection behaves as one object.
//
// Between a page and a service there are queues, several versions of a worker, several instances of each, and a browser
// that stops, restarts and replaces them. The draft shows the page none of that: it holds one port. So the page may expect
// that everything observed at both ends could have come from one simple object, a pair of queues that is open until it is
// closed, on which each operation takes effect at one instant between its call and its return. That is
// linearizability: Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects", ACM TOPLAS 12(3),
// 1990.
//
// A newcomer first reads object.go, the object and its operations. Then, with a recording of a browser:
//
//	rec, err := recording.ReadFile("stop.jsonl")
//	verdict, err := linearize.Judge(rec, linearize.DefaultOptions)
//	fmt.Print(verdict)
//
// or with a run of the model:
//
//	history := linearize.FromRun(run, &world, atRest, jitter)
//	result, err := linearize.Visualize(file, history, linearize.Head{Title: "stop"}, time.Second)
//
// # Two decisions
//
// A history is handed to porcupine, which searches for an order as in Wing and Gong, "Testing and verifying
// concurrent objects", JPDC 17, 1993, with the cache of Lowe, "Testing for linearizability", CCPE 29(4), 2017; by
// locality (Herlihy and Wing, theorem 1) each connection is searched by itself. [Decide] answers the same question
// without a search, by counting and one test for a cycle. Deciding linearizability is NP-complete in general (Gibbons and
// Korach, "Testing shared memories", SIAM J. Comput. 26(4), 1997). It is easy here because the messages of a history have
// different names and the operations at one end have a known order, and so the order in the queues is known. The two
// decisions share only how a history is read: [History.Validate], program order, and what became of unseen operations.
// Every recording is judged by both, and tests compare them with a plain enumeration of all orders.
//
// # Program order
//
// Herlihy and Wing assume that a process does one thing after another. A page does not: a post goes on after its call
// has returned, until the message is queued at the other end. What is certain is that one end posts in order, receives
// in order, and closes after everything it posted. An end has one holder at a time: when it moves to another page, or a new
// instance of the worker takes it over, the operations of the new holder come after those of the old one. So each
// operation waits for those before it at the same end, except that a post holds up only later posts and a close. Both
// decisions respect this order as well as the intervals. It makes clocks that cannot be compared harmless: the intervals
// of different parties may be wide, and the order at each end still holds.
//
// # What nobody saw
//
// When an instance is killed in a handler, nobody knows whether its last operations took effect. They are [Unseen] and
// return at the end of the history; porcupine would take an operation without a return for a violation.
//
// # What was lost
//
// Lines of a recording get lost, when a party is torn down and, if it counts them, visibly in the middle. What may have stood
// there is put in as operations that were not recorded, where the order of the queues and the numbers of lines allow it, and
// no more of them than lines are missing: see gaps.go. A verdict that needs them is unknown. A loss that was settled is
// not undone by what comes later: a side that closes its end or goes away had reason to take everything for received that it
// had posted long before, unless it had been told: see [Expect].
//
// # What a recording must show
//
// The object hands out each message once. A browser that keeps what a killed instance was handling (queue=kept) hands it to
// the next instance as well, and a recording in which both write "receive" when the handler begins is judged as one in
// which a message arrives twice. That is right of what the scripts saw: the script has to tell a repeated message from a
// new one. To judge the rest of such a recording, "receive" has to be written when the handler is done. [FromRun] knows
// what was handled: a receive that comes again took no effect.
package linearize
