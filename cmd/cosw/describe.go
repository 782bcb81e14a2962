package main

import (
	"cosw/props"
	"cosw/traces/script"
)

// This file holds the help of the commands and other fixed wording.

const overviewHead = `cosw settles the open questions of the draft "Cross-Origin Service Workers" with evidence.

Each answer to a question of the draft gives another design. cosw explores all of them within
bounds, whatever platform and scripts do, and says which answers are firm, what the others hang on,
what cannot be had together, and for every property which answers break it, with a shortest
counterexample.

`

const overviewTail = `
For a first look
  cosw check                                 what is settled, and why
  cosw check --set suspend=wake              the same among designs that wake a worker for a message
  cosw check --pairs suspend=sever           what one answer costs, side by side
  cosw questions suspend                     what a question means
  cosw show traces/corpus/settles-1.trace    a counterexample for somebody who never saw the model
  cosw infer --help                          which answers a recorded browser has chosen

Flags may stand before and after arguments, and one with an empty value is an error. - stands for
standard input where a file is read. cosw schema NAME describes what a command prints with --format
json. Control characters are never printed as they are. Text is as wide as the terminal, from 60
columns to 120, and elsewhere 100; COLUMNS=80 asks for another width. On a terminal, what is
violated or differs is red and what is unknown yellow, unless NO_COLOR is set. Codes are told by
each command; of any of them, 2 says that it was interrupted, and 141 that whoever read the output
does not read on, as head does.

cosw COMMAND --help explains a command in full.
`

const checkHelp = `usage: cosw check [flags]

Explores the family of designs within bounds and prints first, in short, how the questions stand;
then, per question, which answers can be had, what excludes the others and what that hangs on; which
properties no design has together, with traces; the best designs; per property, which designs break
it, with a shortest trace; and what was searched.

A design has a property if it has it whatever comes of the assumptions: what platform and scripts
do. The best designs are those that no other one beats by keeping all that they keep and more, where
musts come first. cosw questions lists questions and assumptions, cosw properties musts and wants.

which designs
  --set ANSWERS         restrict the family: 'suspend=wake,update=transfer|reaccept', quoted as | is
                        a pipe; may be given several times
  --assume CASES        what platform and scripts do: scripts=answer,listens=at-once (all is left
                        open)
  --design NAME         what is known of a real design: tubes, draft, navigator-connect-v1, -v2,
                        -v3, chromium-2015, messageport-today
  --design-file FILE    start from the answers in a file: the syntax of --set, separated by commas
                        or line ends, with # comments, and lines such as give-up unlinkable; it may
                        leave questions open, but some design of it must have what is required
which properties
  --property NAMES      check only these, and those required, separated by commas
  --require NAMES       what a design must have (all that is checked)
  --give-up NAMES       take these from what is required, and show what that frees; in a family that
                        is searched, what none of its designs has without them goes as well
bounds (the report says what they are too small to show, and what that takes)
  --pages N             pages, one of them of the service's own origin (2)
  --connections N       calls of connect() (1)
  --versions N          versions of the worker (2)
  --messages N          messages under way at once, per connection and direction (1)
  --faults N            what goes wrong: a worker is killed or fails to start, a handler hangs, a
                        page is frozen (1)
  --kills N             how many of the faults can be kills (all)
limits
  --timeout DURATION    stop after 30s, 5m, …
  --max-worlds N        stop after so many worlds
  --max-memory SIZE     stop when the search takes more than 500MiB, 2GiB, …
  --workers N           goroutines that expand worlds (one a core); the output does not depend on it
beyond one machine
  --part 3/16           search the third of 16 parts of the family, and write what was found; cosw
                        merge makes the report of all
  --out FILE|DIR        the file of the part: if it is there and holds just that, it is not searched
                        again; in a folder, its name says what it holds
random histories beyond the bounds
  --histories N         how many to judge as well, 0 for none (1000)
  --seed N              which ones (1)
output
  --pairs Q=A           instead of verdicts: pairs of designs that differ only in the answer A to Q,
                        where the same schedule goes wrong with A and well without it
  --verbose             a trace for every term of every formula
  --quiet               no traces
  --traces DIR          also write a trace for each term of every formula as a file, for cosw show
                        and cosw replay
  --expect FILE         instead of the report: where it is not what FILE expects, a line for each
                        difference; --update writes FILE anew
  --format text|json|junit|markdown
                        junit (XML) and markdown (for the summary of a job) are for continuous
                        integration: a case fails in them exactly if the exit code is 10 or 12

Ctrl-C stops the search and prints what was found so far.

exit codes
  0    done; for a single design: it has all required properties; for --design and --design-file:
       some design of it has
  2    unknown: a limit or an interrupt ended the search
  10   a step or a premise was never witnessed although the bounds allow for it, what the browser
       owes can go on forever, or random histories contradict the verdicts
  12   the chosen design breaks a required property, or every design of the preset or file does;
       with --expect instead: something was found that is not expected, or the reverse
  150  the design file, or that of --expect, cannot be understood
  151  the command line is wrong, or contradicts the design file
  153  a file cannot be read, or output cannot be written

examples
  cosw check
  cosw check --design chromium-2015
  cosw check --design-file my.design --format junit >check.xml
  cosw check --design-file my.design --expect my.expected --update
  cosw check --set suspend=wake,delivery=port --property delivers,worker-reach --verbose
  cosw check --assume scripts=answer --give-up page-reach,unlinkable
  cosw check --connections 2 --pages 1 --timeout 1m
`

const mergeHelp = `usage: cosw merge [flags] FILE|DIR…

Makes the report of a check from parts of it that cosw check --part searched, on whatever machines:
the same that cosw check prints of the whole. The parts must be of one family, of the same bounds
and properties, and searched by one version of cosw. Where some are missing they are named, and what
nobody found so far is unknown. Standard error tells how much the parts had in common. In a DIR, all
files that end in .json are parts.

  --design NAME, --design-file FILE, --set ANSWERS, --assume CASES
                        what was divided, as it was given to cosw check: a design that was chosen
                        fails when it breaks what is required (the family of the parts)
  --require NAMES, --give-up NAMES, --pairs Q=A, --histories N, --seed N, --verbose, --quiet,
  --traces DIR, --expect FILE, --update, --format text|json|junit|markdown
                        as for cosw check, which has the same report

exit codes
  0    done; for a single design: it has all required properties; for --design and --design-file:
       some design of it has
  2    unknown: a part is missing, or it was interrupted
  10   a step or a premise was never witnessed although the bounds allow for it, what the browser
       owes can go on forever, or random histories contradict the verdicts
  12   the chosen design breaks a required property, or every design of the preset or file does;
       with --expect instead: something was found that is not expected, or the reverse
  150  a file is no part, the parts are not of one check, or a design file or that of --expect
       cannot be understood
  151  the command line is wrong
  153  a file cannot be read, or output cannot be written

examples
  for i in 1 2 3 4; do cosw check --part $i/4 --out part-$i.json; done
  cosw merge part-*.json
`

const questionsHelp = `usage: cosw questions [flags] [NAME…]

Lists the open questions of the draft with their answers, the assumptions, and what the model takes
for granted beside them; for a name, what each answer means, where the draft leaves it open, and
what its ancestors and successors answered.

  --format text|json

examples
  cosw questions
  cosw questions suspend update

exit codes: 0 done, 151 unknown name
`

const designsHelp = `usage: cosw designs [flags] [DESIGN [DESIGN]]

Lists designs that really existed: the draft itself, what came before it and after. Of one design it
tells the answers, with where they come from, and which properties it keeps and breaks; of two, the
answers and the properties in which they differ.

A DESIGN is a name from the list, or a file as for cosw check --design-file. It may leave questions
open; then it says with which answers a property is broken. It is judged within the default bounds:
cosw check --design NAME takes larger ones, and shows traces.

  --format text|json

examples
  cosw designs
  cosw designs tubes
  cosw designs chromium-2015 my.design

exit codes: 0 done, 2 the search was interrupted, 150 a design file cannot be understood, 151 the
command line is wrong, or there is no such design, 153 a design file cannot be read
`

const versionHelp = `usage: cosw version [flags]

Says which cosw this is: the version that was installed, or the commit that it was built from, and
the release of Go. cosw --version does the same.

  --format text|json

exit codes: 0 done, 151 the command line is wrong
`

const completionHelp = `usage: cosw completion bash|zsh|fish

Prints a script that has a shell complete command lines of cosw: commands, flags, questions and
their answers, properties, presets, scenarios and files.

exit codes: 0 done, 151 unknown shell

examples
  cosw completion bash >~/.local/share/bash-completion/completions/cosw
  cosw completion zsh >~/.zsh/completions/_cosw
  cosw completion fish >~/.config/fish/completions/cosw.fish
`

const schemaHelp = `usage: cosw schema [NAME]

Prints the JSON Schema of what a command prints with --format json, or without a name, which there
are. They have the names of the commands; one that prints other things with other flags has several.
check-part is that of the files that cosw check --part writes. A release may add fields, and its
schemas have them then.

exit codes: 0 done, 151 unknown name

examples
  cosw schema
  cosw schema check
`

const propertiesHelp = `usage: cosw properties [flags] [NAME…]

Lists the properties that designs are judged by; for a name, how that one is checked.

  --format text|json

examples
  cosw properties
  cosw properties tells-page

exit codes: 0 done, 151 unknown name
`

var playHelp = `usage: cosw play [flags] FILE|-

Runs a scenario script under a design or under the whole family, and prints each step, what happens
and what changes. Where a step depends on an open question, it says which, and follows every answer.

  --set ANSWERS    restrict the family
  --assume CASES   what platform and scripts do
  --design NAME    start from a preset
  --format text|json

A script has one command a line:
` + words(script.Commands()) + `
the statements of expect, for any connection, page and version:
` + words(script.Statements()) + `
and the steps, where P is a page such as p1, and C a connection such as c1:
` + words(script.Steps()) + `
exit codes
  0    done
  14   an expectation fails
  75   a step is not enabled
  150  the script has a syntax error
  151  the command line is wrong
  153  the file cannot be read, or output cannot be written

examples
  printf 'p1 connect c1\nquiesce\nbrowser suspend\n' | cosw play -
`

const fuzzHelp = `usage: cosw fuzz [flags]

Draws random histories of random designs, far beyond the bounds of cosw check, and judges them by
every property of the lifecycle. Prints how often each step, event and premise occurred, and a
minimal history for each property that was broken. It says so when that breaks a design that the
exact search within the default bounds finds good.

what to draw
  --seed N          the same seed draws the same histories (1)
  --histories N     how many (10,000, unless --time is given)
  --time DURATION   for how long in all: 10s, 5m, …; a quarter of it is for making histories minimal
  --part 3/16       the third of 16 parts of them, by seeds: all parts draw what the whole would
  --steps N         the longest history (100)
  --set ANSWERS     restrict the family
  --assume CASES    what platform and scripts do
  --design NAME     start from a preset
  --property NAMES  judge only by these, separated by commas
  --pages N --connections N --versions N --messages N --faults N --kills N
                    the largest bounds (4, 6, 4, 8, 3, 3); each history draws its own
output
  --scripts DIR     also write each minimal history as a script for cosw play
  --traces DIR      the same as a trace for cosw show and cosw replay
  --format text|json

Ctrl-C stops it and prints what was found so far. The last line is the command that repeats it.

exit codes
  0    done
  2    interrupted
  12   the chosen design is broken, or one that the exact search finds good
  151  the command line is wrong
  153  output cannot be written

examples
  cosw fuzz
  cosw fuzz --design chromium-2015 --time 10s
  cosw fuzz --set suspend=wake --property delivers --scripts found
`

const graphHelp = `usage: cosw graph [flags] FILE|-

Plays a scenario script (see cosw play --help) and shows the reference graph of the world that it
ends in: who keeps what alive, and who can still reach it. What is orphaned believes in a connection
whose other side is gone. What is leaked is retained though no open page needs it, or no script can
reach it. For each it shows the path that is missing, and the path that keeps it alive.

  --set ANSWERS            restrict the family
  --assume CASES           what platform and scripts do
  --design NAME            start from a preset
  --format text|dot|json   words, a drawing for Graphviz, or for programs
  --pick N                 which graph, where the designs in play lead to several
  --out FILE               write there instead of standard output

Where the graph depends on answers that are still open, text says which designs lead to which graph.

exit codes
  0    done, whatever is orphaned or leaked
  14   an expectation of the script fails
  75   a step is not enabled
  150  the script has a syntax error
  151  the command line is wrong, or it leaves open which graph is meant
  153  the script cannot be read, or output cannot be written

examples
  printf 'p1 connect c1\nquiesce\np1 leave\n' |
    cosw graph --set suspend=wake,worker-notice=none,worker-list=list,unregister=sever -
  cosw graph --design chromium-2015 --format dot scenario.txt | dot -Tsvg > references.svg
`

const linearizeHelp = `usage: cosw linearize [flags] FILE…

Judges recordings of a real browser: whether what both ends of each connection saw could have come
from one object, a pair of queues that is open until it is closed. Messages that vanish while the
page still believes in its connection are a violation. It is explained: how far everything fits,
what cannot follow, and why.

  --error DURATION   how much the clocks of two parties may differ (5ms)
  --late DURATION    how late the browser's lines may be on top of that (20ms)
  --settle DURATION  how long a message or a notice may be on its way (100ms)
  --limit DURATION   how long to search on each connection (10s)
  --html DIR         also draw each connection for a browser: RECORDING.N.html
  --format text|json
  --quiet            one line for each recording

A verdict that depends on differences smaller than these, or on lines that were lost, is unknown,
and says what it depends on. Clocks are aligned first by what the messages show. A message is lost
for good if its sender closed its end or went away longer than --settle after it and had not been
told. What a recording is made of: go doc cosw/linearize/recording

exit codes
  0    all recordings are linearizable
  2    some are unknown, none is violated; or it was interrupted
  12   some are violated
  150  some cannot be understood: file and line are on stderr, the others are still judged
  151  the command line is wrong
  153  some cannot be opened, or output cannot be written

examples
  cosw linearize linearize/testdata/*.jsonl
  cosw linearize --html pictures linearize/testdata/stop.jsonl
`

const benchHelp = `usage: cosw bench [flags]

Measures on this machine: the default check, one fixed design, and how many times cheaper it is to
search the family at once than its designs one at a time, in each environment (on a sample, in the
same run).

  --sample N       how many designs to search one at a time (40)
  --seed N         which designs these are (1)
  --large          also 1 page with 2 connections, and 2 pages with 2 connections: takes minutes
  --format text|json

exit codes: 0 done, 2 interrupted, 151 the command line is wrong
`

// weightTexts explains the weights of properties.
var weightTexts = map[props.Weight]string{
	props.Must: " (to break it harms users, whatever one thinks of the design)",
	props.Want: " (an editor may give it up for something else)",
}

// kindTexts explains the kinds of properties.
var kindTexts = map[props.When]string{
	props.AtEvent:      " (judged when it happens)",
	props.Always:       " (judged in every world)",
	props.AtQuiescence: " (judged in every world in which all that the browser owes has happened)",
}
