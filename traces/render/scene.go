package render

import (
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
)

// Scene is a trace with all that there is to show of it. It is plain data, and its JSON has all that people are shown.
type Scene struct {
	Why    string // why the trace exists, in one or more lines
	Repeat string // the command that shows it again
	Part   string // the part of the model, such as "lifecycle"
	About  string // what the part is about
	Bounds model.Bounds
	Start  string // the name of the world in which it begins
	Given  string // what is there before the first step, as a sentence

	Names   []string // what short names in it stand for, such as "c1, c2, … are connections"
	Parties []Party  // from left to right: pages, the browser, versions of the worker
	Design  []Answer // the answers that the trace is about
	Assumed []Answer // what it takes for granted
	Before  []string // the world before the first step, in the model's words; of the lifecycle only
	Steps   []Step
	After   []string // the world after the last step, likewise
	Waiting []Arrow  // what is still under way after the last step
	Rests   bool     // nothing is owed after the last step: no step is left that would have to happen
	Verdict Verdict

	// Stuck is why the model, as it is now, cannot take the step after Steps. Then there is no verdict.
	Stuck *traces.Disagreement
	// Doubts are where the model, as it is now, says something else than the trace. What is shown is what the model says,
	// but for the verdict.
	Doubts []traces.Disagreement

	// First and Last are the numbers of the first and last step that are to be shown.
	First, Last int

	// What only tools read is no part of the JSON.

	// Worlds has the world before the first step and after each: a *[model.World],
	// *[props.MatchingWorld], *[props.PresenceWorld] or *[props.PartitionWorld].
	Worlds []any       `json:"-"`
	Cube   family.Cube `json:"-"` // the design
}

// Party is one who takes part.
type Party struct {
	ID    string // a word: page1, browser, version2
	Kind  PartyKind
	Name  string // in sentences: page 1, the browser, version 2
	About string // what else there is to know, such as "of another origin"; often empty
	Lives []Life // how it is before the first step and after each
}

// PartyKind tells what a party is.
type PartyKind string

// The kinds of parties, in the order in which they stand.
const (
	PageParty    PartyKind = "page"
	BrowserParty PartyKind = "browser" // with all that it does for the service: registering, updating
	WorkerParty  PartyKind = "worker"  // a version of the service worker, or a service
)

// Life is how a party is.
type Life string

// How parties can be.
const (
	Absent Life = "absent" // not there yet
	Lives  Life = "life"
	Runs   Life = "runs" // a worker that has an instance
	Gone   Life = "gone" // for good
)

// Step is what a step shows.
type Step struct {
	Number  int      // from 1
	Name    string   // as traces have it
	Text    string   // what is done, as a clause: "page 1 posts m1 on connection 1"
	Where   string   // where it is done, if that is elsewhere than the step before: "where the service is"
	Free    bool     // it did not have to happen
	Actor   int      // the party that does it
	Arrows  []Arrow  // what goes from one party to another
	Notes   []Note   // what is the case at parties from now on
	Because []Answer // the answers that it depended on
	Comes   []string // what comes of it, in clauses that follow Text
	Events  []string // what comes of it, in clauses of the model that stand by themselves
	Changes []string // how the world is now where it was different before, in the model's words; of the lifecycle only

	// What only tools read is no part of the JSON: the step and its events as the model has them, unless it is one of matching.
	Model       model.Step    `json:"-"`
	ModelEvents []model.Event `json:"-"`
}

// Arrow is something that goes from one party to another. A message has one arrow, at the step that decides its fate: where
// it is received, or lost. Until then it waits in a queue, and Sent tells since when.
type Arrow struct {
	Kind     ArrowKind
	From, To int // indices of Scene.Parties; never the same
	Text     string
	Fate     Fate
	Sent     int // the number of the step at which it was sent; that of the arrow's own step if it arrives at once
}

// ArrowKind tells what an arrow stands for.
type ArrowKind string

// The kinds of arrows.
const (
	Request ArrowKind = "request" // connect() is called, a connect event is dispatched
	Reply   ArrowKind = "reply"   // a worker accepts or refuses, a promise is settled
	Message ArrowKind = "message"
	Notice  ArrowKind = "notice"  // a notice that the other side is gone
	Control ArrowKind = "control" // the browser starts or stops a worker
	Handing ArrowKind = "handing" // a page transfers its handle to another
)

// Fate is what becomes of what an arrow stands for.
type Fate string

// The fates.
const (
	Arrives  Fate = "arrives"
	Vanishes Fate = "lost"  // it never arrives: the arrow ends in a cross
	Waits    Fate = "waits" // it is still under way when the trace ends
)

// Note is something that is the case at a party from now on.
type Note struct {
	Kind  NoteKind
	Party int
	Text  string
}

// NoteKind tells what a note is about.
type NoteKind string

// The kinds of notes.
const (
	Doing   NoteKind = "doing"   // the party does something that nobody else sees
	Turning NoteKind = "turning" // its state changes
	Belief  NoteKind = "belief"  // what it believes, and is not so
	Failing NoteKind = "failing" // something is gone for good
)

// Answer is an answer to a question of the draft, or several that come to the same.
type Answer struct {
	Question string // its id
	Asks     string // the question
	Line     int    // of the draft
	Answers  []string
	Meaning  string // what the answer means
	Reason   string // the same, as a clause to follow "because"
	Assumed  bool   // it is none that a design gives, but what platform or scripts do
	Enables  bool   // of a step: without it the step could not be taken; other answers decide what comes of it
}

// String returns the answer as designs have it: "suspend=sever|wake".
func (a Answer) String() string { return a.Question + "=" + strings.Join(a.Answers, "|") }

// Verdict is what the trace shows about properties.
type Verdict struct {
	Broken     bool // the properties are broken at the end; otherwise they are kept all the way
	All        bool // the properties are all that the part decides
	Properties []Property
	Designs    string   // those that the verdict is about, in one line
	Under      []Answer // the answers that these have in common
	Assumed    []Answer // what is taken for granted
	Example    []Answer // the answers that the steps are told for, where designs of the verdict differ in them
	Because    []Answer // the answers of the design that no step depended on: the verdict rests on them
}

// Property is a property that a verdict is about. Its texts are clauses.
type Property struct {
	ID     string
	Claims string // what it says
	Line   int    // of the draft, which raises it
	Broken string // what is the case where it is broken
	Ending string // the same of this trace, with names
	Kept   string // what is the case where it is kept
	// Tested is the last step at which it could have been broken, 0 for the beginning; -1 if nothing puts it to the test.
	Tested  int
	Applies string   // what makes it apply there
	Comes   []string // what came of that step, as far as the property is about it

	Throughout bool // it is about every moment of a history
	Eventually bool // it is about what is the case when nothing is owed any more
}

// Until returns the scene up to step n. It has no verdict unless that is the last step.
func (s *Scene) Until(n int) *Scene {
	cut := *s
	cut.Last = min(n, s.Last)
	return &cut
}

// Around returns the scene from two steps before step n to two after it.
func (s *Scene) Around(n int) *Scene {
	cut := *s
	cut.First, cut.Last = max(n-2, 1), min(n+2, s.Last)
	return &cut
}

// Shown returns the steps that are to be shown.
func (s *Scene) Shown() []Step {
	if s.First > s.Last {
		return nil
	}
	return s.Steps[s.First-1 : s.Last]
}

// Refuted tells whether the model, as it is now, does not reach the verdict or contradicts it. Then nothing argues for it.
func (s *Scene) Refuted() bool {
	return s.Stuck != nil || slices.ContainsFunc(s.Doubts, func(d traces.Disagreement) bool { return d.Step == 0 })
}

// Ends tells whether the last step of the trace is shown, and with it the verdict.
func (s *Scene) Ends() bool { return s.Stuck == nil && s.Last == len(s.Steps) }
