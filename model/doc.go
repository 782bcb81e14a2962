// Package model is the draft "Cross-Origin Service Workers" as a pure transition system with open questions.
//
// A [World] is one state of pages, a registration, its worker versions and the connections between them. A [Step] is
// something that a page, a worker script or the browser does. [Model.Take] takes a step: it tells whether the step is
// enabled, changes the world and reports [Event] values. Where the draft leaves a point open, and only there, a step
// calls [Ask] with a [Question]; the [Answer] that comes back decides how the step goes on. One set of answers makes
// one design, and all sets of answers make the family that package model/family describes and cosw checks.
//
// What platform and scripts do, and no spec can choose, is a question like the others, but an assumption ([Question.Assumed]):
// whether handlers of connect events come to an answer, when pages listen, and when scripts look up their connections. No
// design answers it, and a property holds under a design only if it does whatever is assumed.
//
// Some steps are faults: a worker is killed, perhaps while it handles a message, or fails to start, a handler hangs, a page is
// frozen. They share one budget ([Bounds.Faults]), so that a history shows the single thing that has to go wrong; [Bounds.Kills]
// limits kills alone. What the browser or a live script owes happens sooner or later ([Kind.Internal]), unless a fault
// prevents it; all else may happen or not.
//
// Start with world.go (what there is), kinds.go (the catalogue of steps) and enabled.go (what each step needs, whatever the
// design). The rules of the steps are in page.go, worker.go and browser.go, in the order of the draft, and connection.go has
// what they share. questions.go is the catalogue of open points, match.go says which registration a url means, and presets.go
// has the answers of systems that really existed.
//
// To add a question, write its constant and its record in questions.go, its answers in answers.go, and ask it in a rule. To add
// a step, write its constant, its record and its case in kinds.go, what it needs in enabled.go, and its rule.
//
// # Events in writing
//
// Traces keep events, and so does whoever reads traces, in the form that [Event.String] gives and [ParseEvent] reads: what
// happens, to whom, and why.
//
//	resolved p1 c1           delivered v2 c1 m3       stopped v1 killed
//	rejected p1 c1 refused   cut p1 v1 c1 suspended   state v2 activated
//
// p1 is page 1, v1 version 1 of the worker, c1 connection 1, and m1 message 1 of its connection and direction. After these
// may come a [Cause], the new state of a version or status of the registration, and "again" or "stranger". Nothing that
// an event says is left out: two events are equal if, and only if, they are written alike. event.go has the syntax of each
// kind in its record, cause.go the words for causes. [Event.Describe] says the same in a sentence, whose wording may change
// at any time.
//
// Sources are named in short: "draft 42" is a line of the draft; "SW" is the Service Workers standard (w3c/ServiceWorker
// index.bs of 2026-07-23), "HTML" the WHATWG HTML standard, each with the name of the algorithm or section.
//
// The package has no I/O, clock, randomness or goroutine. Equal calls give equal results.
package model
