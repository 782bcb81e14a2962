package traces

// This file holds all wording of the package.

// What is wrong with a trace file, and what to do.
const (
	wrongTraceSize    = "the file is larger than 1 MiB, which no trace is; give a file that cosw wrote"
	wrongTraceHead    = "this is no trace; the first line of one is %q"
	wrongTraceVersion = "the trace is of version %s, and this cosw reads version %s; use the cosw that wrote it, or write it anew"
	wrongTraceExtra   = "text before the first section; expected -- %s --"
	wrongTraceCut     = "the file ends before section %s; it is cut off, write it anew"
	wrongTraceTwice   = "section %s stands here again; leave one of them"
	wrongTraceOrder   = "section %s stands here; expected section %s"
	wrongTraceWhy     = "section why is empty; say why the trace exists"
	wrongTraceSetting = "the setting is not complete; expected part, start and, for the lifecycle, bounds, each on a line of its own"
	wrongTraceBounds  = "bounds in a trace of %s; only the lifecycle has bounds"
	wrongTraceEvent   = "an event before the first step; put it below its step"
	wrongTraceUnder   = "the verdict is under other designs than the trace's own; expected those of section design among them"
	wrongTraceVerdict = "%q is no verdict; expected breaks or keeps with names of properties, such as breaks settles"
	wrongTraceAll     = "breaks all; name the properties that are broken at the end of the trace"
	wrongTracePart    = "%s is decided by the part %s, and the trace is of the part %s; expected one of its properties"

	wrongTraceAgain     = "%s stands here again, after line %d; leave one of them"
	wrongTraceBound     = "bounds without %s, or with it twice; name each bound once: %s, and kills where not each fault can be one"
	wrongTraceKept      = "under without a property that breaks; leave it out: what is kept is kept under the design of the trace"
	wrongTraceNobody    = "under without designs; expected answers, or any design"
	wrongTraceComma     = "a name is missing before or after a comma; expected names of properties"
	wrongTraceCharacter = "the character %U has no place in a trace; remove it, or give a file that cosw wrote"

	wrongTraceContradiction = "%s leaves no design, given the answers above; answer each question once"
)

// What could happen after a trace.
const (
	owedMark  = "owed   "
	couldMark = "could  "
	underText = " (where %s)"

	nothingEnabled = "nothing"
)

// Why a trace has no minimal form, or why no search has proved that it is the shortest.
const (
	wrongMinimal    = "the trace keeps its properties, and so does any shorter one; give a trace that breaks one"
	whySeveral      = "the verdict is about several properties at once"
	whyOtherDesigns = "the shortest trace of a single design, with %d steps, does not show the verdict under all of its designs"
)

func (m Method) String() string {
	return [...]string{BySearch: "exact search", ByRemoval: "removal of steps"}[m]
}

// What a trace says and the model does not.
const (
	disagreesEvents = "step %d, %s, has other events"
	disagreesStep   = "step %d, %s: %s"
	disagreesKept   = "%s is not broken at the end"
	disagreesBroken = "%s is broken"
	disagreesMidway = "%s after step %d, but not under all of its designs at the end; end the trace there"
	disagreesUnder  = "%s is broken at the end under some of the designs of the verdict only; under others it is not, or a step cannot be taken"
)
