// Package traces holds what outlives a run of the model: traces with a verdict.
//
// A [Trace] is a history with what comes of each step, a verdict on properties, and why it exists. A newcomer gets one with
// cosw check --traces DIR and reads the file; [Read] and [Trace.Format] say how it is written, [Trace.Replay] judges it
// anew, [Trace.Minimise] makes it short, and package traces/render draws it. The directory corpus has some two hundred,
// which go test judges anew; package traces/exhibits chooses them.
//
// # Trace files
//
// A trace file is a txtar archive (golang.org/x/tools/txtar). It begins with a line that names the format and its version,
// and has these sections, each once, in this order:
//
//	cosw trace 2
//	-- why --
//	Why the trace exists, in as many lines as it takes.
//	-- repeat --
//	cosw check --property settles
//	-- setting --
//	part lifecycle
//	bounds pages=2 connections=1 versions=2 messages=1 faults=1
//	start installed
//	-- design --
//	interrupt=hang
//	-- steps --
//	p1 connect c1
//	browser start
//	  started v1
//	browser dispatch c1
//	  dispatched v1 c1
//	browser kill
//	  stopped v1 killed
//	  abandoned p1 c1 killed
//	-- verdict --
//	breaks settles
//	under interrupt=hang
//
// The part is the model that the trace is of: lifecycle, matching or presence; only the lifecycle has bounds. A
// design is a list of answers, one a line, and every question that a step asks must be among them; the rest is open. A step
// stands at the beginning of its line, and below it, indented, the events that come of it, if there are any. A verdict is
// "breaks" with names of properties that are broken at the end, or "keeps" with names of properties, or "all", that are kept
// from beginning to end, or "none" where each was broken on the way and none is at the end. The line "under" names the
// designs under which a property breaks, where these are more than the design.
//
// Steps and events are kept as kinds with arguments, and no sentence is: a trace says the same whatever words the model has
// for it. Steps of the lifecycle are what [model.ParseStep] reads, and events what [model.ParseEvent] reads; those of
// presence have a side before each step, as in "service: browser start", and one event more, which tells what the page sees
// of its promise: "sees AbortError at-once", or after-a-worker, or after-the-delay. Those of matching are
//
//	register SCOPE      registered SCOPE
//	connect URL         found SCOPE          the service that the url means, or none
//	                    candidates 2         how many match, if several do
//	                    controls SCOPE       the service that would control a document at the url
//	                    reversed SCOPE       the service that it would have been in the reverse order, if that is another
//	use the connection  reached SCOPE        the service that the connection leads to now
//
// [Read] refuses what it cannot read. A later version of the format has another number in its first line.
package traces
