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
//	cosw trace 1
//	-- why --
//	Why the trace exists, in as many lines as it takes.
//	-- repeat --
//	cosw check --property settles
//	-- setting --
//	part lifecycle
//	bounds pages=2 connections=1 versions=2 messages=1 kills=1
//	start installed
//	-- design --
//	interrupt=hang
//	-- steps --
//	p1 connect c1
//	  page 1 calls connect(): connection 1
//	-- verdict --
//	breaks settles
//	under interrupt=hang
//
// The part is the model that the trace is of: lifecycle, matching or presence; only the lifecycle has bounds. A
// design is a list of answers, one a line, and every question that a step asks must be among them; the rest is open. A step
// stands at the beginning of its line, and below it, indented, what comes of it. A verdict is "breaks" with names of
// properties that are broken at the end, or "keeps" with names of properties, or "all", that are kept from beginning to end.
// The line "under" names the designs under which a property breaks, where these are more than the design.
package traces
