// Package model is the draft "Cross-Origin Service Workers" as a pure transition system with open questions.
//
// A [World] is one state of pages, a registration, its worker versions and the connections between them. A [Step] is
// something that a page, a worker script or the browser does. [Model.Take] takes a step: it tells whether the step is
// enabled, changes the world and reports [Event] values. Where the draft leaves a point open, and only there, a step
// calls [Ask] with a [Question]; the [Answer] that comes back decides how the step goes on. One set of answers makes
// one design, and all sets of answers make the family that package model/family describes and cosw checks.
//
// A newcomer reads world.go (what there is), then steps.go (the list of steps and which of them the browser owes), then
// page.go, worker.go and browser.go (what each step does, in the order of the draft), and connection.go (what the
// steps share). questions.go is the catalogue of open points, matching stands by itself in match.go, and presets.go
// holds the answers of systems that really existed.
//
// Sources are named in short: "draft 42" is a line of the draft; "SW" is the Service Workers standard (w3c/ServiceWorker
// index.bs of 2026-07-23), "HTML" the WHATWG HTML standard, each with the name of the algorithm or section.
//
// The package has no I/O, clock, randomness or goroutine. Equal calls give equal results.
package model
