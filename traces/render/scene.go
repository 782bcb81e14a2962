package render

import (
	"errors"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// Scene is a trace put on a stage: who takes part, and what each step shows.
type Scene struct {
	Trace   *traces.Trace
	Parties []Party  // from left to right: pages, the browser, versions of the worker
	Before  []string // how the world is before the first step, in the model's words; of the lifecycle only
	Steps   []Step
	After   []string // how it is after the last step
	Waiting []Arrow  // what is still under way after the last step: its fate is Waits
	// Because has the answers of the design that no step depended on: the verdict rests on them.
	Because []Answer
	// Properties are those that the verdict is about, in the order of the catalogue.
	Properties []props.Property
	// Stuck is why the trace goes no further than Steps, although it has more: the model has changed since it was made. It
	// is a *traces.FileError. A scene that is stuck has no verdict.
	Stuck error
	// Doubts are where the model, as it is now, does not say what the trace says: what is shown is what the model says, but
	// for the verdict.
	Doubts []traces.Disagreement

	// First and Last are the numbers of the first and last step that are to be shown; see [Scene.Until] and [Scene.Around].
	First, Last int

	stage  *props.Stage
	stager stager
	walk   *props.Walk
	names  map[parcel]string // of messages
	posts  map[parcel]int    // the parties that posted them
	quiet  bool              // nothing is owed after the last step
}

// Party is one who takes part.
type Party struct {
	ID    string // a word: page1, browser, version2
	Kind  PartyKind
	Name  string // as sentences have it: page 1, the browser, version 2
	About string // what else is to be known, such as "of another origin"; often empty
}

// PartyKind tells what a party is.
type PartyKind uint8

// The kinds of parties, in the order in which they stand.
const (
	_            PartyKind = iota
	PageParty              // a page
	BrowserParty           // the browser, with all that it does for the service: registering, updating
	WorkerParty            // a version of the service worker, or a service
)

// Step is what a step shows.
type Step struct {
	Number  int    // from 1
	Name    string // as it is written in traces
	Text    string // what is done, as a clause: "page 1 posts a message on connection 1"
	Actor   int    // the party that does it
	Arrows  []Arrow
	Notes   []Note
	Because []Answer // the answers that it depended on
	Changes []string // how the world is now where it was different before, in the model's words; of the lifecycle only
	Events  []string // what comes of it, in the model's words

	messages []string // for each event of the model, the name of the message that it is about
}

// Arrow is something that goes from one party to another. A message has one arrow, at the step that decides its fate: where
// it is received, or lost. In between it waits in a queue, and Sent tells since when.
type Arrow struct {
	Kind     ArrowKind
	From, To int // indices of Scene.Parties; never the same
	Text     string
	Fate     Fate
	Sent     int // the number of the step at which it was sent; that of the arrow's own step if it arrives at once
}

// ArrowKind tells what an arrow stands for.
type ArrowKind uint8

// The kinds of arrows.
const (
	_       ArrowKind = iota
	Request           // connect() is called, a connect event is dispatched
	Reply             // a worker accepts or refuses, a promise is settled
	Message           // a message
	Notice            // a notice that the other side is gone
	Control           // the browser starts or stops a worker
	Handing           // a page transfers its handle to another
)

// Fate is what becomes of what an arrow stands for.
type Fate uint8

// The fates.
const (
	_        Fate = iota
	Arrives       // it reaches the party
	Vanishes      // it never will: the arrow ends in a cross
	Waits         // it is still under way when the trace ends
)

// Note is something that is the case at a party from now on.
type Note struct {
	Kind  NoteKind
	Party int
	Text  string
}

// NoteKind tells what a note is about.
type NoteKind uint8

// The kinds of notes.
const (
	_       NoteKind = iota
	Doing            // the party does something that nobody else sees
	Turning          // its state changes
	Belief           // what it takes for true, and is not
	Failing          // something is gone for good
)

// Answer is an answer to a question, or several that come to the same.
type Answer struct {
	Question model.Question
	Answers  []model.Answer
}

// NewScene returns the scene of t. The error, a *traces.FileError, is about a trace that cannot be walked at all; one that
// can be walked up to some step has a scene up to there, see [Scene.Stuck].
func NewScene(t *traces.Trace) (*Scene, error) {
	stage, walk, err := t.Walk()
	var stuck *props.StepError
	if err != nil && !errors.As(err, &stuck) {
		return nil, err
	}
	s := &Scene{Trace: t, Stuck: err, First: 1, stage: stage, stager: stagers[t.Part], walk: walk}
	for i, told := range walk.Told {
		s.Steps = append(s.Steps, Step{
			Number: i + 1, Name: told.Step, Events: told.Happens, Because: answersOf(walk.Needed[i]),
		})
	}
	s.Last = len(s.Steps)
	s.Because = answersOf(unasked(t.Design, walk.Asked))
	for _, p := range stage.Properties {
		if t.Verdict.Properties == nil || slices.Contains(t.Verdict.Properties, p.ID) {
			s.Properties = append(s.Properties, p)
		}
	}
	s.stager.stage(s)
	s.quiet = s.rests()
	if s.Doubts, err = t.Replay(); err != nil {
		return nil, err
	}
	return s, nil
}

// rests tells whether nothing is owed after the last step.
func (s *Scene) rests() bool {
	path, err := s.Trace.Path()
	if err != nil || s.Stuck != nil {
		return false
	}
	a := family.NewAlgebra(model.Space)
	for _, choice := range s.stage.Next(a, path.Trace, path.Design) {
		if choice.Internal {
			return false
		}
	}
	return true
}

// answersOf returns the questions that a cube restricts, with their answers.
func answersOf(c family.Cube) []Answer {
	var all []Answer
	for _, q := range model.Questions() {
		if !model.Space.Restricts(c, int(q)) {
			continue
		}
		all = append(all, answerTo(q, c))
	}
	return all
}

// answerTo returns the answers that a cube leaves to a question.
func answerTo(q model.Question, c family.Cube) Answer {
	a := Answer{Question: q}
	for i := range model.Space.Answers(c, int(q)) {
		a.Answers = append(a.Answers, q.Answer(i))
	}
	return a
}

// unasked returns a design without the questions that were asked.
func unasked(design, asked family.Cube) family.Cube {
	for _, q := range model.Questions() {
		if model.Space.Restricts(asked, int(q)) {
			design = model.Space.Free(design, int(q))
		}
	}
	return design
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

// Refuted tells whether the model, as it is now, does not get to the verdict or says that it is wrong. Then there is none
// to be argued for.
func (s *Scene) Refuted() bool {
	return s.Stuck != nil || slices.ContainsFunc(s.Doubts, func(d traces.Disagreement) bool { return d.Step == 0 })
}

// Ends tells whether the last step of the trace is shown, and with it the verdict.
func (s *Scene) Ends() bool { return s.Stuck == nil && s.Last == len(s.Steps) }
