// Package script plays a history of one's own, a step a line, and tells it as a story. One writes a script and plays it:
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
// transcript names the question and tells each outcome apart; designs with the same outcome stay together. In a
// transcript ">" is a command, ">>" a step of quiesce, "?" an open question that decides, "-" an event, "=" what is the
// case now, "!" why designs drop out, and "ok" an expectation that is met.
//
// The commands, of which design and expect may come at any place:
//
//	design QUESTION=ANSWER|ANSWER, …   go on under these designs only
//	design PRESET                      the same with a preset such as draft or chromium-2015, see model.Presets
//	bounds pages=2 messages=2 …        of pages, connections, versions, messages and kills; the rest as in
//	                                   model.DefaultBounds
//	start installed|nothing [own]      begin with an installed service, or with nothing registered; with one page,
//	                                   own makes that page one of the service's own origin. Without this command, the
//	                                   first step begins with an installed service
//	STEP                               take a step, written as model.ParseStep reads it; designs under which it is
//	                                   not enabled drop out
//	quiesce                            take what the browser and live scripts owe until nothing is owed
//	expect STATEMENT [where DESIGNS]   fail unless the statement is true under each design in play, or each of those
//	                                   that are given as for design; some of them must be in play
//	# …                                a comment, which the transcript repeats
//
// quiesce takes under each design the first internal step, in the order of model.Model.Steps, that is enabled under
// it. Where a script or the browser has a choice it is therefore always the first one that is made: connect events are
// accepted, new versions are installed. Write the steps one by one for another choice.
//
// The statements of expect, with c1 for any connection and p1 for any page:
//
//	c1 unused|requested|asking|up|to-ask-again|asking-again|down   its model.Phase
//	c1 pending|settled                 its promise
//	c1 held by p1|nobody               who holds the page's end
//	c1 accepted by 2|nobody            the version that holds the worker's end
//	c1 to-worker 1, c1 to-page 1       how many messages wait in that direction
//	p1 open|gone
//	registration absent|live|unregistered
//	installing 2|none, waiting 2|none, active 2|none, active 2 activating|activated
//	running, stopped                   whether the active worker has a live instance
//	controlled, uncontrolled           whether a client is controlled by it
//	enabled STEP, disabled STEP        whether the step could be taken next
//	event TEXT, no-event TEXT          whether an event of the last step, or of any step of the last quiesce, has TEXT, as
//	                                   it is written (stopped v1 killed) or in its description
//	quiescent                          whether nothing is owed
package script
