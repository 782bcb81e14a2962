package main

import (
	"fmt"
	"strings"

	"cosw/traces/infer"
)

// This file holds the help of cosw lab and its other fixed wording.

const labHelp = `usage: cosw lab browsers
       cosw lab scenarios
       cosw lab record [flags] --out DIR
       cosw lab infer [flags]
       cosw lab conform [flags]
       cosw lab wpt [--traces DIR] --out DIR
       cosw lab demo [--browser NAME] [--port N]
       cosw lab serve [--port N] --out DIR

Records real browsers on this machine. Pages of one origin connect to the service worker of another
in the only way that today's platform has: a hidden frame of the service's origin hands one end of a
message channel on to its worker. Each scenario runs in a browser of its own, with a new profile and
without a window; engines run side by side, and nothing of them is left when the command ends.

  browsers    which engines are found here, and how to get the others
  scenarios   what can be recorded, and why an engine cannot be made to do it
  record      record scenarios: DIR/ENGINE/SCENARIO.jsonl, for cosw linearize and cosw infer
  infer       record, and print what each engine has chosen; takes some minutes
  conform     play scenarios against navigator.connect(), an implementation for browsers of today,
              and judge whether it keeps the design that it claims: each recording needs an
              explanation under that design, and each connection has to be linearizable. Prints for
              each claim whether recordings show just that ("seen") or exclude some other answers
  wpt         write web platform tests: for each trace of the corpus, or in --traces, what cosw show
              --format wpt writes, with what they need beside them, and navigator.connect() for
              browsers without. Says of how many traces there is none, and why
  demo        a page to try it in any browser: prints an address to open, and serves until Ctrl-C.
              With --browser chromium or firefox it opens a window, and the page can stop the worker
  serve       for any browser, without a driver: prints an address to open by hand, and records the
              scenarios that a page can play by itself

  --browser NAMES    chromium, firefox, webkit, separated by commas (all)
  --scenario NAMES   only these, separated by commas (all)
  --plan             only the experiments of cosw infer --plan
  --close-event      with close events of ports, where an engine has a switch for them
  --out DIR          where recordings are written: a new or empty directory (for infer, none is
                     needed: they are thrown away then, unless something was not recorded or cannot
                     be judged: it says where they are)
  --traces DIR       for conform: do again what the environment does in each trace there, too
  --time D           for conform: then go on with random scenarios for as long as that (0s)
  --seed N           the first of them (1)
  --format text|json for all but demo and serve, which go on until Ctrl-C
  --port N           the port that demo or serve listens on (one that is free)

What happens is told on stderr. The server listens on the loopback address only, and answers nobody
who does not know the address of the run.

exit codes
  0    done: what can be recorded is
  2    interrupted; recordings that were finished are kept
  3    a browser is not installed, a run failed, or a recording tells too little to be judged; the
       others were recorded. What an engine cannot be made to do is told, and is no failure
  12   infer: no design explains what an engine did
       conform: something that is claimed was not kept; with --out, DIR/ENGINE/SCENARIO.1.trace is a
       shortest history up to what cannot follow
  151  the command line is wrong
  153  output cannot be written, the directory is not empty, or the port is in use

examples
  cosw lab browsers
  cosw lab infer --browser all
  cosw lab record --browser firefox --scenario hello,update --out recordings
  cosw lab conform --browser chromium --plan --out conform
  cosw lab wpt --out tests
  cosw lab serve --out recordings
`

// howConnected is what to keep in mind about the table.
const howConnected = "All of this is today's only way to a worker of another origin, a hidden frame that hands a port on to it: what is " +
	"said of pipeline, interrupt, same-origin and deadline is what comes of that, and no browser chose it."

// agreement says where engines differ.
func agreement(differ []string) string {
	if len(differ) == 0 {
		return "They differ nowhere."
	}
	return "They differ on " + strings.Join(differ, ", ") + "."
}

// keptText says where recordings are that would have been thrown away if all had been concluded from them.
func keptText(n int, dir string) string {
	what := "1 recording is"
	if n != 1 {
		what = number(uint64(n)) + " recordings are"
	}
	return fmt.Sprintf("%s kept in %s: cosw infer says more of them", what, dir)
}

// conflictText says which recordings of an engine no design explains.
func conflictText(p *infer.Platform, c *infer.Conflict) string {
	var all []string
	for i := range c.Reasons {
		all = append(all, c.Reasons[i].Where()+": "+c.Reasons[i].Describe())
	}
	if len(all) == 1 {
		return "No design explains what " + p.Name + " did: " + all[0] + "."
	}
	return "No design explains together what " + p.Name + " did: " + strings.Join(all, "; ") + "."
}
