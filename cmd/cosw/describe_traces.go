package main

import "cosw/cmd/cosw/ci"

// This file holds the help of the commands that deal with trace files.

const replayHelp = `usage: cosw replay [flags] FILE|DIR|-…

Checks traces against the model as it is now: whether each step can still be taken and has the same
events, and the verdict at the end is the same for all designs that it is about. Where the model
disagrees, it says at which step and shows both. Every file in a directory is taken for a trace,
except README.md.

  --update      rewrite the traces that differ from the model, and list what changed
  --extend N    show what could happen after the last step, up to N further steps (0; 3 at most)
  --quiet       one line for each trace that differs
  --format text|json|junit|markdown
                for continuous integration: each trace is a case

Ctrl-C stops it.

exit codes
  0    the model says what the traces say, or they were rewritten
  2    interrupted
  12   some trace is not what the model says now
  150  some file cannot be read as a trace: file and line are on stderr, the others are still judged
  151  the command line is wrong
  153  some file cannot be opened, or output cannot be written

examples
  cosw replay traces/corpus
  cosw replay --extend 1 traces/corpus/settles-1.trace
  cosw replay --update traces/corpus       after an intended change of the model
`

const minimiseHelp = `usage: cosw minimise [flags] TRACE|-

Prints the shortest trace with the same verdict for the same designs, within the same bounds: by
exact search where the bounds allow it, by removal of steps otherwise. It says which on stderr. The
trace is a text file, which keeps its comments for people; cosw replay --format json judges it, and
cosw show --format json has all that there is to show of it.

  --out FILE        write there instead of standard output
  --max-worlds N    how many worlds to search before steps are removed instead (3,000,000: some
                    seconds); 0 for no limit

Ctrl-C stops it.

exit codes
  0    done
  2    interrupted
  12   the trace is not what the model says now: see cosw replay
  150  the file cannot be read as a trace, or its trace keeps the properties
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
const notRenewed = "not rewritten: %v; correct the trace by hand, or remove it"
