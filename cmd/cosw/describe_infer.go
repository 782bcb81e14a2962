package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
)

// This file holds the help of cosw infer and cosw simulate and their other fixed wording.

const inferHelp = `usage: cosw infer [flags] FILE…
       cosw infer --plan [--format json]

Infers from recordings of a real browser which answers its platform gives: exactly the designs that
explain everything the parties saw, whatever hidden steps came in between, and that owe nothing at
the end that nobody saw. Whether handlers hang, whether restarted scripts look their connections up,
and whether what waits at an end still arrives when its own script closes it is left open; the
report says where it matters. For each other answer it names the first observation that rules it
out.
Recordings of one platform are combined, separately with and without close events; those that no
single design explains are reported as a conflict. If no design explains a recording at all, the
report says whether it contradicts the standards, what is taken for granted fails, or the family
lacks an answer. What a recording is made of: go doc cosw/linearize/recording

  --error DURATION      how much the clocks of two parties may differ (5ms)
  --late DURATION       how late the browser's lines may be on top of that (20ms)
  --settle DURATION     how long an answer may be on its way: a request of which the recording says
                        nothing more may have had one if it breaks off sooner (100ms)
  --breaks-off          the recordings were cut off: what is owed at their end may have come later
  --stops KIND          what a stop means while no connect event is pending: suspend, kill, or
                        either (suspend)
  --explain QUESTION=ANSWER
                        how that answer explains the recordings, step by step, or where it fails to
  --trace FILE          also write that as a trace for cosw show; of several registrations, FILE.1,
                        FILE.2 and so on (a.1.trace for a.trace)
  --plan                instead: a smallest set of experiments that tells apart every answer that
                        recordings can tell apart; cosw simulate plays their scripts
  --quiet               only the formula of each recording, and of each platform
  --verbose             explanations from their beginning, however long they are
  --format text|json

Ctrl-C stops it without a result.

exit codes
  0    some design explains the recordings
  2    interrupted
  12   no design explains a recording, or recordings are in conflict
  75   --trace: the explanation is none that a trace can hold: it loses more messages or has more
       faults, or starts a worker for something other than a connection
  150  a recording cannot be understood, or has something that is not supported: file and line are
       on stderr, the others are still judged
  151  the command line is wrong
  153  a file cannot be opened, or output cannot be written

examples
  cosw infer linearize/testdata/*.jsonl
  cosw infer --explain suspend=wake linearize/testdata/stop.jsonl
  cosw infer --explain update=transfer --trace transfer.trace linearize/testdata/update-skip.jsonl
  cosw infer --plan
`

const simulateHelp = `usage: cosw simulate [flags] --design ANSWERS --scenario FILE|-

Plays a scenario script (see cosw play --help) under one design, and writes a recording of what the
parties saw, as a recorder of a real browser would: steps that nobody sees are left out, each party
has a clock of its own, and the browser's lines are late. Pages listen for the end of their
connections. A step that is not enabled is tried in vain; the recording says so if it has a word for
it.

  --design ANSWERS     one design: a preset, answers such as suspend=wake,update=pin, or both
                       (draft,suspend=wake); a question that is left open gets the first answer left
  --scenario FILE      the script, or the name of one that cosw infer --plan lists
  --error DURATION     how much the clocks of two parties differ at most (5ms)
  --late DURATION      how late the browser's lines are at most on top of that (20ms)
  --seed N             which times (1)
  --out FILE           write there instead of standard output

The same command writes the same bytes. A recording is JSON already, an object on each line.

exit codes
  0    done
  14   an expectation of the script fails
  75   the scenario has a step that no recording has a word for
  150  the script has a syntax error
  151  the command line is wrong
  153  the script cannot be read, or output cannot be written

examples
  cosw simulate --design chromium-2015 --scenario suspend
  cosw simulate --design suspend=wake,delivery=global --scenario suspend --out wake.jsonl
`

// platformName names a platform.
func platformName(p *infer.Platform) string {
	feature := "without"
	if p.CloseEvent {
		feature = "with"
	}
	return fmt.Sprintf("%s, %s close events", p.Name, feature)
}

// explainedText is the conclusion of an explanation.
func explainedText(o infer.Options) string {
	if o.Breaks {
		return "every line is explained; what is owed then may have come later"
	}
	return "every line is explained, and nothing more had to happen"
}

// moreConflicts says how many conflicts are not printed.
func moreConflicts(p *infer.Platform) string {
	return fmt.Sprintf("Further sets of %d recordings that disagree: %s. Leave some recordings out to see them.",
		len(p.Conflicts[0].Reasons), number(uint64(p.MoreConflicts)))
}

// dependence says which designs explain recordings only under an assumption.
func dependence(d *infer.Dependence) string {
	if len(d.Designs) == 1 && d.Designs[0] == model.Space.Full() {
		return fmt.Sprintf("Only if %s=%s: %s.", d.Assumption.ID(), d.Value, d.Assumption.Because(d.Value))
	}
	var terms []string
	for _, term := range d.Designs {
		terms = append(terms, model.Space.Format(term))
	}
	return fmt.Sprintf("Those with %s only if %s=%s: %s.", strings.Join(terms, " or "), d.Assumption.ID(), d.Value, d.Assumption.Because(d.Value))
}

// explanationTitle is the comment at the head of a script.
func explanationTitle(e *infer.Explanation) string {
	return "What may have happened in " + filepath.Base(e.Recording.Name)
}

// explanationCommand is the command that explains recordings with an answer.
func explanationCommand(p *infer.Platform, answer family.Cube) string {
	command := fmt.Sprintf("cosw infer --explain '%s'", model.Space.Format(answer))
	for _, inf := range p.Inferences {
		command += " " + inf.Recording.Name
	}
	return command
}

// Why no recording tells the answers to some questions apart.
const (
	neverAsked      = "it is not about anything that happens to a connection"
	noWordFor       = "recordings have no word for what would show it"
	pagesKeep       = "pages keep the connections that they hold"
	pagesStay       = "nobody leaves a page and comes back to it"
	nobodySees      = "nobody sees whether the browser takes the worker's end"
	oneRegistration = "an experiment has one registration, and pages of two sites with one each show it"
	alikeNotice     = "pages listen from the start, so that an event and a state look the same"
	mayTakeTime     = "a browser may take its time over a request, so that it never certainly waits"
)

// howToRecord says how an experiment is recorded.
const howToRecord = `To record one, do with the browser what its script says; quiesce means to wait until nothing happens any more,
browser suspend to wait as long as the browser lets an idle worker live. What cannot be done is recorded with the op cannot.
State in the first line that the recording is complete: "complete":true. cosw simulate --design draft --scenario suspend
shows what that looks like.`
