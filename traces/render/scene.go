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
	Why    string       `json:"why"`    // why the trace exists, in one or more lines
	Repeat string       `json:"repeat"` // the command that shows it again
	Part   string       `json:"part"`   // the part of the model, such as "lifecycle"
	About  string       `json:"about"`  // what the part is about
	Bounds model.Bounds `json:"bounds"`
	Start  string       `json:"start"` // the name of the world in which it begins
	Given  string       `json:"given"` // what is there before the first step, as a sentence

	Names   []string `json:"names,omitempty"`   // what short names in it stand for, such as "c1, c2, … are connections"
	Parties []Party  `json:"parties,omitempty"` // from left to right: pages, the browser, versions of the worker
	Design  []Answer `json:"design,omitempty"`  // the answers that the trace is about
	Assumed []Answer `json:"assumed,omitempty"` // what it takes for granted
	Before  []string `json:"before,omitempty"`  // the world before the first step, in the model's words; of the lifecycle only
	Steps   []Step   `json:"steps,omitempty"`
	After   []string `json:"after,omitempty"`   // the world after the last step, likewise
	Waiting []Arrow  `json:"waiting,omitempty"` // what is still under way after the last step
	Rests   bool     `json:"rests"`             // nothing is owed after the last step: no step is left that would have to happen
	Verdict Verdict  `json:"verdict"`

	// Stuck is why the model, as it is now, cannot take the step after Steps. Then there is no verdict.
	Stuck *traces.Disagreement `json:"stuck,omitempty"`
	// Doubts are where the model, as it is now, says something else than the trace. What is shown is what the model says,
	// but for the verdict.
	Doubts []traces.Disagreement `json:"doubts,omitempty"`

	// First and Last are the numbers of the first and last step that are to be shown.
	First int `json:"first"`
	Last  int `json:"last"`

	// What only tools read is no part of the JSON.

	// Worlds has the world before the first step and after each: a *[model.World],
	// *[props.MatchingWorld], *[props.PresenceWorld] or *[props.PartitionWorld].
	Worlds []any       `json:"-"`
	Cube   family.Cube `json:"-"` // the design
}

// Party is one who takes part.
type Party struct {
	ID    string    `json:"id"`              // a word: page1, browser, version2
	Kind  PartyKind `json:"kind"`            // page, browser or worker
	Name  string    `json:"name"`            // in sentences: page 1, the browser, version 2
	About string    `json:"about"`           // what else there is to know, such as "of another origin"; often empty
	Lives []Life    `json:"lives,omitempty"` // how it is before the first step and after each: absent, life, runs or gone
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
	Number  int      `json:"number"`            // from 1
	Name    string   `json:"name"`              // as traces have it
	Text    string   `json:"text"`              // what is done, as a clause: "page 1 posts m1 on connection 1"
	Where   string   `json:"where"`             // where it is done, if that is elsewhere than the step before: "where the service is"
	Free    bool     `json:"free"`              // it did not have to happen
	Actor   int      `json:"actor"`             // the party that does it, as an index
	Arrows  []Arrow  `json:"arrows,omitempty"`  // what goes from one party to another
	Notes   []Note   `json:"notes,omitempty"`   // what is the case at parties from now on
	Because []Answer `json:"because,omitempty"` // the answers that it depended on
	Comes   []string `json:"comes,omitempty"`   // what comes of it, in clauses that follow Text
	Events  []string `json:"events,omitempty"`  // what comes of it, in clauses of the model that stand by themselves
	Changes []string `json:"changes,omitempty"` // how the world is now where it was different before, in the model's words; of the lifecycle only

	// What only tools read is no part of the JSON: the step and its events as the model has them, unless it is one of matching.
	Model       model.Step    `json:"-"`
	ModelEvents []model.Event `json:"-"`
}

// Arrow is something that goes from one party to another. A message has one arrow, at the step that decides its fate: where
// it is received, or lost. Until then it waits in a queue, and Sent tells since when.
type Arrow struct {
	Kind ArrowKind `json:"kind"` // request, reply, message, notice, control or handing
	From int       `json:"from"` // the party that it comes from, as an index
	To   int       `json:"to"`   // the one that it goes to, never the same
	Text string    `json:"text"`
	Fate Fate      `json:"fate"` // arrives, lost or waits
	Sent int       `json:"sent"` // the number of the step at which it was sent; that of the arrow's own step if it arrives at once
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
	Kind  NoteKind `json:"kind"` // doing, turning, belief or failing
	Party int      `json:"party"`
	Text  string   `json:"text"`
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
	Question string   `json:"question"` // its id
	Asks     string   `json:"asks"`     // the question
	Line     int      `json:"line"`     // of the draft
	Answers  []string `json:"answers,omitempty"`
	Meaning  string   `json:"meaning"` // what the answer means
	Reason   string   `json:"reason"`  // the same, as a clause to follow "because"
	Assumed  bool     `json:"assumed"` // it is none that a design gives, but what platform or scripts do
	Enables  bool     `json:"enables"` // of a step: without it the step could not be taken; other answers decide what comes of it
}

// String returns the answer as designs have it: "suspend=sever|wake".
func (a Answer) String() string { return a.Question + "=" + strings.Join(a.Answers, "|") }

// Verdict is what the trace shows about properties.
type Verdict struct {
	Broken     bool       `json:"broken"` // the properties are broken at the end; otherwise they are kept all the way
	All        bool       `json:"all"`    // the properties are all that the part decides
	Properties []Property `json:"properties,omitempty"`
	Designs    string     `json:"designs"`           // those that the verdict is about, in one line
	Under      []Answer   `json:"under,omitempty"`   // the answers that these have in common
	Assumed    []Answer   `json:"assumed,omitempty"` // what is taken for granted
	Example    []Answer   `json:"example,omitempty"` // the answers that the steps are told for, where designs of the verdict differ in them
	Because    []Answer   `json:"because,omitempty"` // the answers of the design that no step depended on: the verdict rests on them
}

// Property is a property that a verdict is about. Its texts are clauses.
type Property struct {
	ID     string `json:"id"`
	Claims string `json:"claims"` // what it says
	Line   int    `json:"line"`   // of the draft, which raises it
	Broken string `json:"broken"` // what is the case where it is broken
	Ending string `json:"ending"` // the same of this trace, with names
	Kept   string `json:"kept"`   // what is the case where it is kept
	// Tested is the last step at which it could have been broken, 0 for the beginning; -1 if nothing puts it to the test.
	Tested  int      `json:"tested"`
	Applies string   `json:"applies"`         // what makes it apply there
	Comes   []string `json:"comes,omitempty"` // what came of that step, as far as the property is about it

	Throughout bool `json:"throughout"` // it is about every moment of a history
	Eventually bool `json:"eventually"` // it is about what is the case when nothing is owed any more
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
