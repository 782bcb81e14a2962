package main

// Help about the site.

const siteHelp = `usage: cosw site [flags] --out DIR

Writes a static site: a page that answers what-if questions about the findings, one that steps
through the model, the findings, and what browsers do today. Any static host can serve it, and it
can be opened from its folder; it loads nothing from elsewhere. The same model and the same Go give
the same bytes.

The pages run the model itself, compiled for WebAssembly. A checkout compiles it, for which it needs
Go; a release carries it.

  --out DIR            the folder to write; it is made if it is not there, and other files in it are
                       left alone
  --format text|json   what is said of the files that were written

exit codes
  0    written
  2    interrupted: nothing was written
  10   a step or a premise was never witnessed: see cosw check
  151  the command line is wrong
  153  a file cannot be written, or the program of the pages cannot be compiled

examples
  cosw site --out public
  cosw explore
`

const exploreHelp = `usage: cosw explore [--port N] [--no-browser]

Makes the site of cosw site, serves it to this machine alone, and opens it in a browser. Ctrl-C ends
it.

  --port N      the port on the loopback address; 0, the default, takes a free one
  --no-browser  only say where it is

exit codes
  0    ended by Ctrl-C
  2    interrupted before there was anything to serve
  10   a step or a premise was never witnessed: see cosw check
  151  the command line is wrong
  153  the port cannot be had, or the program of the pages cannot be compiled

examples
  cosw explore
  cosw explore --port 8000 --no-browser
`
