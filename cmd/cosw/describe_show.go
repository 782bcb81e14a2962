package main

const showHelp = `usage: cosw show [flags] TRACE|-

Shows a trace to somebody who has never seen the model: why it exists, the answers that it depends
on and what they mean, what happens step by step, and what that proves.

  --format FORM    what to show, text if it is left out:
                   text       a column for each page, the browser and each version of the worker,
                              with arrows
                   prose      an argument in sentences, as Markdown
                   mermaid    a sequence diagram that code-hosting sites draw
                   svg        a sequence diagram as a picture, for light and dark surroundings
                   html       a page with all of it: the design, the picture, the steps, the
                              argument
                   json       all that there is to show, for programs
                   itf        the Informal Trace Format, which tools around TLA+ read (Apalache,
                              Quint)
                   dot        the graph of what keeps what alive after the last step, for Graphviz
                   porcupine  a page with what the ends of connections did, as cosw linearize --html
                              draws it
                   wpt        a web platform test of navigator.connect(), for testharness.js: it
                              does what pages, the worker and those who deploy the service do in the
                              trace, and passes if that comes out as under the design of cosw lab
                              conform. cosw lab wpt writes what tests need beside them
  --until N        only the first N steps
  --around N       only step N, the two before it and the two after it
  --step N         with --format dot: after step N instead of the last one; 0 is the start
  --diff OTHER     this trace and another that differs in one answer: first the steps that they have
                   in common, then both side by side
  --out FILE       write there instead of standard output

A trace is shown up to the first step that the model, as it is now, cannot take.

exit codes
  0    done
  14   shown, but the model no longer says what the trace says: cosw replay shows both
  75   shown up to a step that cannot be taken
  150  the trace cannot be read as one
  151  the command line is wrong, or there is no such view of the trace: one line says why
  153  the file cannot be read, or output cannot be written

examples
  cosw show hangs.trace
  cosw show --format prose hangs.trace
  cosw show --around 8 long.trace
  cosw show --diff wake.trace sever.trace
  cosw show --format html --out hangs.html hangs.trace
  cosw show --format dot --step 3 hangs.trace | dot -Tsvg > references.svg
`
