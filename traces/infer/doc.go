// Package infer works out, from recordings of a real browser, which answers its platform gives to the questions of the draft:
// the exact set of designs that explain everything that the parties of a connection saw.
//
// Start by reading a file and printing what it settles:
//
//	stop, err := recording.ReadFile("stop.jsonl")
//	platforms, err := infer.Today(ctx, stop)
//	fmt.Println(platforms[0].Conclusion(model.Suspend).Possible) // [sever]
//
// Then read package linearize/recording (who is who), registrations.go (who uses which), evidence.go (what was observed), observations.go (how each kind of step shows),
// system.go and match.go (the model restricted to that), and reduce.go (why long recordings are cheap). [Infer] handles one
// recording and [InferAll] several; [Choices] says what engines have chosen; [Simulate] goes the other way and records the
// model; [MakePlan] chooses experiments.
//
// # Explaining a recording
//
// A design explains a recording if the model, under that design, has a behaviour in which every line of the recording is
// the observation of a step, in an order that the clocks allow, and after which the browser and the scripts owe nothing
// that somebody would have recorded. So what is missing counts as well: a notice that a design makes certain, and that nobody
// saw, excludes the design. If one line is certainly earlier than another, by more than clocks can differ and lines can be
// late, it is the observation of an earlier step. The lines of one party keep their order.
//
// One environment is enough: whether handlers hang, whether restarted scripts look their connections up, and whether what waits
// at an end still arrives when its own script closes that, is for the recordings to show, which must agree on it
// ([Platform.Depends]).
//
// Hidden steps may come between those that are recorded. The family search of package props/explore goes through all
// behaviours of the model that look like the recording, for all designs at once; its worlds are those of the model together
// with how far each party's lines were read. The designs with which it reaches a quiet end are exactly those that explain the
// recording.
//
// # What is taken for granted
//
// Observations need interpreting, by these rules and no others; [Inference.Assumptions] returns those that matter to a
// recording.
//
//   - The clocks of two parties differ by up to [Options].Error; the browser's lines may be late by a further Options.Late.
//   - A recording ends at rest, unless Options.Breaks says that it breaks off. But unless it is complete, the answer to a request
//     may still come of which it says nothing more, and that less than Options.Settle before its end: whoever records that did not
//     wait for it.
//   - A party records what it does and sees, as far as recordings have an op for it.
//   - Pages keep the connections that they hold, listen for their end from the start, and read a state as soon as it
//     changes; learning of the end either way is recorded as "closed".
//   - A worker that is stopped while no connect event is pending was idle and is suspended, unless Options.Stop or the
//     recording says that it was killed. There are no other suspensions: the browser says which instances run.
//   - One that is killed may not have handled the last message that it received. Until then it did nothing but post.
//   - If a version becomes redundant right after its instance was stopped, or right before, the stop is part of that.
//   - No page is frozen and comes back but those of which the recording says so.
//   - A version may be activated before it and the browser say so: the platform carries the connect event as a message, which
//     does not wait for activation as the functional event of the model does.
//   - A request may take its time, since a frame has to register the service first.
//   - A party that ends may have done more after its last line than it recorded: posted and received messages, and learned
//     that the other end is gone, and one that is killed may have got a connect event. It did not answer or close anything, and an
//     instance that was idle, which is neither right after its last line nor right before its end, got nothing.
//   - Where the numbers of a party show that lines were lost, it may have done as much as would fill them, of any kind.
//   - What arrives at an end that its own party had closed was queued there; and where such messages arrive, one that was does,
//     unless that party ends.
//   - Documents that the worker controls come and go unseen, and a version may skip waiting unseen. Unregistering is seen.
//   - A connect event may be left unanswered unseen, and its handler may hang unseen, as a script does nothing then.
//   - A worker fails to start only if the browser says that it starts and stops, and no instance records anything.
//   - A worker may be started for something other than a connection, such as a fetch, if the start is recorded.
//   - The lines of the browser may be late, but they and those of its driver, such as "gone" and "stop", are in their true
//     order.
//   - Times and scripts tell which start of a version is that of which instance.
//   - A page is of another origin than the service if no line gives its origin or the url of the service.
//
// A recording whose first line has "complete":true withdraws the rules about what is not recorded, unless lines are seen to be lost.
// [Simulate] writes such recordings, and a recorder for the experiments of a plan should as well.
//
// If no design explains a recording, [Cause] says whether it contradicts the standards, something that is taken for granted
// does not hold, or the family has no answer for it.
//
// # What is not supported
//
// Whatever exceeds the bounds of the model, or that the model cannot express, is a [recording.LineError] with the line, and
// nothing is inferred. So is a recording in which clocks do not tell which of two instances started first. If a browser has
// several registrations of one service at the same time, each is explained on its own, as nothing passes between them; for
// pages of two origins they show that the service is not shared.
package infer
