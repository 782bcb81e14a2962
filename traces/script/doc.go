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
// These are the commands; design and expect may stand anywhere:
//
//	design QUESTION=ANSWER|ANSWER, …   go on under these designs alone
//	design PRESET                      the same, for a preset such as draft or chromium-2015, see model.Presets
//	bounds pages=2 messages=2 …        the bounds of the model; those that are not named are as in
//	                                   model.DefaultBounds
//	start installed|nothing [own]      begin with an installed service, or with nothing registered. With a single
//	                                   page, own gives it the origin of the service. Without this command the service
//	                                   is installed
//	STEP                               take a step, written as model.ParseStep reads it; designs that do not enable it
//	                                   drop out. Only to listen never fails: where there is no such event, nothing comes of it
//	may STEP                           take the step where it is enabled, and go on without it under the other designs, so that
//	                                   answers can be compared which offer different means
//	quiesce                            take the steps that the browser and live scripts owe, until nothing is owed
//	expect STATEMENT [where DESIGNS]   fail unless the statement is true under each design in play or, with where,
//	                                   under those of them that are named as in design; there must be some
//	# …                                a comment, which the transcript repeats
//
// Under each design, quiesce takes the first internal step that is enabled, in the order of model.Model.Steps. So where a
// script or the browser has a choice, it makes the first: connect events are accepted, new versions are installed. For
// another choice, write the steps one by one.
//
// The handler of a connect event owes no answer where it may hang, which is assumed (scripts=may-hang, and bounds with a
// fault left) and not for a design to choose. So it is quiescent where a request waits for nothing but such an answer: the
// transcript says that it rests on this, what is owed where handlers do answer, and where a browser with a deadline gives up
// on them. To have it otherwise, write design scripts=answer. A quiesce has handlers answer all the same.
//
// These are the statements of expect; c1 stands for any connection, p1 for any page:
//
//	c1 unused|requested|asking|up|to-ask-again|asking-again|down   its model.Phase
//	c1 pending|settled                 its promise
//	c1 held by p1|nobody               who holds the page's end
//	c1 accepted by 2|nobody            the version that holds the worker's end
//	c1 to-worker 1, c1 to-page 1       how many messages wait in that direction
//	p1 open|gone
//	registration absent|live|unregistered|running-out
//	installing 2|none, waiting 2|none, active 2|none, active 2 activating|activated
//	running, stopped                   whether the active worker has a live instance
//	controlled, uncontrolled           whether it controls a client
//	enabled STEP, disabled STEP        whether the step could be taken next
//	event TEXT, no-event TEXT          whether an event of the last step, or of any step of the last quiesce, has TEXT, as
//	                                   it is written (stopped v1 killed) or in its description
//	quiescent                          whether nothing is owed; handlers that may hang owe no answer
package script
