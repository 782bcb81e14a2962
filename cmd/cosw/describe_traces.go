package main

import "cosw/cmd/cosw/ci"

// This file holds the help of the commands that deal with trace files.

const replayHelp = `usage: cosw replay [flags] FILE|DIR|-…

Judges traces by the model as it is now: whether each step can still be taken, has the same events,
and the verdict at the end is the same for all designs that it is about. Where the model disagrees,
it says at which step and shows both. In a directory every file is taken for a trace, but README.md.

  --update      rewrite the traces that differ as the model tells them now, and list what changed
  --extend N    show what could happen after the last step, up to N further steps (0; 3 at most)
  --quiet       one line for each trace that differs
  --format text|junit|markdown
                what services for continuous integration read: each trace is a case

Ctrl-C ends it.

exit codes
  0    the model says what the traces say, or they were rewritten
  2    interrupted
  12   some trace is not what the model says now
  150  some file is no trace that can be read: file and line are on stderr, the others are judged
       all the same
  151  the command line is wrong
  153  some file cannot be opened, or output cannot be written

examples
  cosw replay traces/corpus
  cosw replay --extend 1 traces/corpus/settles-1.trace
  cosw replay --update traces/corpus       after a change of the model that was meant
`

const minimiseHelp = `usage: cosw minimise [flags] TRACE|-

Prints the shortest trace with the same verdict for the same designs, within the same bounds: by
exact search where the bounds allow it, by removal of steps otherwise. It says which on stderr.

  --out FILE        write there instead of standard output
  --max-worlds N    how many worlds to search before steps are removed instead (3,000,000: some
                    seconds); 0 for no limit

Ctrl-C ends it.

exit codes
  0    done
  2    interrupted
  12   the trace is not what the model says now: see cosw replay
  150  the file is no trace that can be read, or one that keeps its properties
  151  the command line is wrong
  153  the file cannot be opened, or output cannot be written

examples
  cosw minimise found.trace
  cosw minimise --out found.trace found.trace
`

// ruleReplay is what traces are judged by.
var ruleReplay = ci.Rule{
	ID: "as-recorded", Title: "the model says what the trace says",
}

// notRenewed is why a trace was not rewritten.
const notRenewed = "not rewritten: %v; mend the trace by hand, or remove it"
