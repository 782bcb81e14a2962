// Package script plays a history that you write, one command a line, and tells it as a story:
//
//	# A page connects, its worker is suspended.
//	design update=transfer|reaccept
//	start installed
//	p1 connect c1
//	quiesce
//	browser suspend
//	expect c1 down where suspend=sever
//	expect c1 up where suspend=wake
//
// [Play] plays it under all designs of the family at once. Where a step depends on an open question of the draft, the
// transcript names the question and gives each outcome with its designs. In a transcript ">" marks a command, ">>" a step
// of quiesce, "?" an open question that decides, "-" an event, "=" a change of the world, "!" why designs drop out or what an
// expectation rests on, and "ok" an expectation that is met.
//
// [Commands], [Steps] and [Statements] list what a script can say; cosw play --help prints them.
//
// Under each design, quiesce takes the first internal step that is enabled, in the order of model.Model.Steps. So where a
// script or the browser has a choice, it makes the first: connect events are accepted, new versions are installed. For
// another choice, write the steps one by one.
//
// The handler of a connect event owes no answer where it may hang, which is assumed (scripts=may-hang, and bounds with a
// fault left) and not for a design to choose. So it is quiescent where a request waits for nothing but such an answer: the
// transcript says that it rests on this, what is owed where handlers do answer, and where a browser with a deadline gives up
// on them. To have it otherwise, write design scripts=answer. A quiesce has handlers answer all the same.
package script
