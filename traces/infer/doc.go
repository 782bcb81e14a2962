// Package infer finds out from recordings of a real browser which answers its platform gives to the questions of the draft:
// the exact set of designs that explain all that the parties of a connection saw.
//
// A newcomer infers from a file and reads the formula:
//
//	stop, err := infer.ReadFile("stop.jsonl")
//	platforms, err := infer.Today(ctx, stop)
//	fmt.Println(platforms[0].Finding(model.Suspend).Describe()) // sever (stop.jsonl:22; stop.jsonl, end)
//
// then reads instances.go (who is who), run.go (what is observed), system.go and match.go (the model restricted to it), and reduce.go (why long
// recordings are cheap). [Infer] is the whole of it for one recording, [InferAll] for several; [Simulate] goes the other way
// and records the model; [MakePlan] chooses experiments.
//
// # Explaining a recording
//
// A design explains a recording if the model, under that design, has a behaviour in which every line of the recording is
// the observation of a step, in an order that the clocks allow, and after which the browser and the scripts owe nothing
// that somebody would have recorded. So what is missing counts, too: a notice that a design makes certain, and that nobody
// saw, excludes it. A line that comes certainly earlier than another one, by more than clocks can differ and lines can be
// late, is the observation of an earlier step; lines of one party keep their order.
//
// Between the steps that are recorded stand hidden ones. The family search of package props/explore goes through all
// behaviours of the model that look like the recording, for all designs at once; its worlds are those of the model with how
// far each party's record was read. What it marks at a quiet end is the set of designs that explain the recording, exactly.
//
// # What is taken for granted
//
// Observations do not speak for themselves. These rules say what they mean; [Inference.Assumptions] returns those that matter
// to a recording, and nothing else is assumed.
//
//   - Clocks of different parties differ by up to [Options].Error, and the browser's lines are up to Late late beside that.
//   - A recording ends at rest, unless Options.Breaks says that it breaks off.
//   - A party records what it does and what it sees, as far as there is an op for it.
//   - Pages keep the connections that they hold, listen for their end as soon as they can, and look at a state as soon as
//     there is one; to be told in either way is recorded as "closed".
//   - A worker that is stopped while no connect event is pending is suspended, unless Options.Stop or the recording says
//     that it is killed. There are no other suspensions: the browser says which instances run.
//   - When the stopping of a version's instance is said right before that the version is redundant, it is part of that.
//   - A version may be activated before its own line and that of the browser: the platform carries the connect event as a
//     message, which does not wait for it as the functional event of the model does.
//   - A request may take its time, since a frame has to register the service first.
//   - A party that ends may have posted and received more than it recorded, after its last line; it answered and closed
//     nothing.
//   - Documents that the worker controls come and go unseen, and a version may skip waiting unseen. Unregistering is seen.
//   - A worker may be started for something that is no connection, such as a fetch, where the start is recorded.
//   - The lines of the browser may be late, but they and those of its driver, such as "gone" and "stop", are in true order.
//   - Which start of a version is that of which instance follows from their times and scripts.
//   - A page is of another origin than the service where no line tells its origin, or the url of the service.
//
// A recording whose first line has "complete":true takes back those that are about what is not recorded. That is what
// [Simulate] writes, and what a recorder for the experiments of a plan should write.
//
// # What is not supported
//
// Everything beyond the bounds of the model, and what it has no word for, is a [linearize.LineError] with the line, and
// nothing is inferred. So are instances of which clocks do not tell who started first. Where a browser has several registrations of one service at the same time, each is explained for
// itself, as nothing passes between them.
package infer
