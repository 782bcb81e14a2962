// Package lab records real browsers: what they do when a page of one origin talks to the service worker of another.
//
// Start with [Record], which plays a scenario in a browser and returns a recording for package linearize/recording:
//
//	for _, e := range browser.Engines() {
//		text, err := lab.Record(ctx, e, &lab.Scenarios()[0], lab.Options{Limits: lab.DefaultLimits})
//		…
//	}
//
// [Collect] records many scenarios in several engines; [Serve] does without a driver, in a browser that somebody opens.
//
// Then read pages (what runs in the browser: the page, the bridge through which it reaches the worker, and the worker),
// scenario.go (the scripts), play.go (what is done for each step), journal.go (what is heard of the parties), and package
// browser (how engines are started and driven).
//
// # Parties and channels
//
// Each page, bridge and instance of a worker holds one WebSocket to the server, its channel. Lines of the recording go up, in
// order and numbered, so that none can be lost but the last ones of a party that is torn down; what the party is to do comes
// down. So drivers only open, close, stop and kill. The end of a channel is the end of its party: the server learns that a worker
// was stopped or killed within some ms, without a debugger, which would keep the worker alive. A channel is no event for a
// worker: Chromium stops one 30 s after its last event, Firefox when its preference says so, and WebKit 10 s after its last
// client went away, with a channel as without.
//
// Nothing waits for a fixed time, but for events, each with a limit ([Limits]). Only to be at rest takes silence: nobody has
// recorded anything for a while, and everybody answers.
//
// # What a recording says
//
// Versions of a worker are named REGISTRATION.SCRIPT, after the url of their script. The first line says whether anything
// was attached to the browser ("bare": true if not), whether the hidden frame stayed ("bridge"), which settings were changed,
// and whether everything is recorded ("complete"): that is promised if nobody was torn down while something was going on.
package lab
