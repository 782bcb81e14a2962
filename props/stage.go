package props

import (
	"errors"
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Path is a trace with what it takes to walk it again: the model that it is a trace of, within which bounds, and a
// design under which all of its steps are enabled.
type Path struct {
	Part   Part
	Bounds model.Bounds // of a part that has some
	Trace  explore.Trace
	Design family.Cube
}

// Stage is the model that decides the properties of a part, made to walk traces step by step. It is for one goroutine at
// a time.
type Stage struct {
	Part       Part
	Bounds     model.Bounds // of a part that has some
	Properties []Property   // that the part decides
	Starts     []string     // names of the initial worlds, by explore.Trace.Initial

	name   func(explore.Step) string
	parse  func(string) (explore.Step, error)
	event  func(string) (string, error)
	walk   func(explore.Trace, family.Cube) (*Walk, error)
	along  func(*family.Algebra, family.Set, explore.Trace) *explore.Sightings
	follow func(*family.Algebra, explore.Trace, family.Cube) (explore.Trace, explore.Step)
	next   func(*family.Algebra, explore.Trace, family.Cube) []Choice
}

// NewStage returns the stage of a part. An error is about the bounds, which only some parts have.
func NewStage(part Part, bounds model.Bounds) (*Stage, error) {
	if part == nil {
		return nil, errNoPart
	}
	return part.stage(bounds)
}

// newStage returns the stage of a system. Its steps are walked without properties: a property may ask what the step does
// not depend on.
func newStage[W, K comparable](part *part[W, K], bounds model.Bounds, open func(judged []Property) system[W, K]) *Stage {
	s := open(nil)
	return &Stage{
		Part: part, Bounds: bounds, Properties: part.properties, Starts: s.starts(),
		name: s.name, parse: s.parse, event: s.describe,
		walk: func(t explore.Trace, design family.Cube) (*Walk, error) { return walk(s, t, design) },
		along: func(a *family.Algebra, within family.Set, t explore.Trace) *explore.Sightings {
			return explore.Along(open(part.properties), a, within, t, violations)
		},
		follow: func(a *family.Algebra, t explore.Trace, design family.Cube) (explore.Trace, explore.Step) {
			return follow(s, a, t, design)
		},
		next: func(a *family.Algebra, t explore.Trace, design family.Cube) []Choice { return choices(s, a, t, design) },
	}
}

// ParseStart reads the name of an initial world. The error is a [*family.UnknownWordError].
func (s *Stage) ParseStart(name string) (int, error) {
	if i := slices.Index(s.Starts, name); i >= 0 {
		return i, nil
	}
	return 0, &family.UnknownWordError{What: "start", Word: name, Valid: s.Starts}
}

// StepName returns a step as traces write it.
func (s *Stage) StepName(step explore.Step) string { return s.name(step) }

// ParseStep reads what StepName writes.
func (s *Stage) ParseStep(text string) (explore.Step, error) { return s.parse(text) }

// DescribeEvent returns an event of a trace, as in [Told.Events], as a clause. The error says why it is none.
func (s *Stage) DescribeEvent(event string) (string, error) { return s.event(event) }

// ModelStep returns a step of the lifecycle, or of a side of the presence model.
func ModelStep(s explore.Step) model.Step { return step(s &^ side) }

// Walk is how a trace goes under a design.
type Walk struct {
	Told []Told // each step
	// Asked has the answers that the steps asked for; all other questions are open. Under each design within it the trace
	// goes like this.
	Asked family.Cube
	// Needed has the answers that each step asked for.
	Needed []family.Cube
	// Worlds has the world before the first step and after each. What they are depends on the part: a *model.World, a
	// *MatchingWorld, a *PresenceWorld, a *PartitionWorld.
	Worlds []any
	// Events has those events of each step that are events of package model.
	Events [][]model.Event

	moment func(number int) *Moment
}

// Moment returns what conditions see after step number, or at the beginning, which is 0. An event is not filled in.
func (w *Walk) Moment(number int) *Moment { return w.moment(number) }

// Why a trace cannot be walked, as in errors.Is(err, ErrNotEnabled).
var (
	ErrNotEnabled = errors.New("the step is not enabled")
	ErrOpen       = errors.New("the step depends on a question that the design leaves open")
)

// StepError says at which step a trace cannot go on.
type StepError struct {
	Step     int            // from 0
	Err      error          // ErrNotEnabled or ErrOpen
	Question model.Question // for ErrOpen: the first that is asked and open
	Enabled  []string       // for ErrNotEnabled: the steps that could be taken instead
}

func (e *StepError) Error() string { return e.describe() }

// Unwrap returns Err.
func (e *StepError) Unwrap() error { return e.Err }

// Walk walks t under design, which may leave open what no step asks. The error is a [*StepError], and the walk up to that
// step comes with it.
func (s *Stage) Walk(t explore.Trace, design family.Cube) (*Walk, error) { return s.walk(t, design) }

func walk[W, K comparable](s system[W, K], t explore.Trace, design family.Cube) (*Walk, error) {
	worlds := []W{s.Initial()[t.Initial]}
	walked := &Walk{Asked: model.Space.Full()}
	walked.moment = func(number int) *Moment {
		m := &Moment{Ask: model.Under(design)}
		if number == 0 {
			s.show(m, nil, &worlds[0], explore.NoStep)
		} else {
			s.show(m, &worlds[number-1], &worlds[number], t.Steps[number-1])
		}
		return m
	}
	defer func() {
		for i := range worlds {
			walked.Worlds = append(walked.Worlds, &worlds[i])
		}
	}()
	for i, step := range t.Steps {
		w := worlds[i]
		answers := newAnswers(design)
		next := w
		_, ok := s.Take(&next, step, answers.ask)
		switch {
		case answers.open != nil:
			return walked, &StepError{Step: i, Err: ErrOpen, Question: *answers.open}
		case !ok:
			return walked, &StepError{Step: i, Err: ErrNotEnabled, Enabled: enabled(s, &w, design)}
		}
		walked.Told = append(walked.Told, s.tell(&w, step, answers.ask))
		walked.Events = append(walked.Events, slices.Clone(s.reported()))
		walked.Needed = append(walked.Needed, answers.asked)
		walked.Asked = walked.Asked.And(answers.asked)
		worlds = append(worlds, w)
	}
	return walked, nil
}

// answers gives those of a design, and notes which were asked for. An open question gets its first answer.
type answers struct {
	design, asked family.Cube
	open          *model.Question // the first open question that was asked
}

func newAnswers(design family.Cube) *answers {
	return &answers{design: design, asked: model.Space.Full()}
}

func (a *answers) ask(q int) int {
	a.asked = model.Space.Replace(a.asked, q, a.design)
	if question := model.Question(q); model.Space.Open(a.design, q) && a.open == nil {
		a.open = &question
	}
	for i := range model.Space.Answers(a.design, q) {
		return i
	}
	panic("props: a design without an answer to " + model.Question(q).ID())
}

// enabled names the steps that can be taken in w.
func enabled[W, K comparable](s system[W, K], w *W, design family.Cube) []string {
	var names []string
	for _, step := range everyStep(s, w) {
		next := *w
		if _, ok := s.Take(&next, step, under(design)); ok {
			names = append(names, s.name(step))
		}
	}
	return names
}

// Follow returns the trace in which the environment takes its steps of t, under a complete design, as far as it can:
// what is owed happens in between where these steps have to wait for it, and after them until nothing is owed any more.
func (s *Stage) Follow(t explore.Trace, design family.Cube) explore.Trace {
	followed, _ := s.follow(family.NewAlgebra(model.Space), t, design)
	return followed
}

// Breaks returns, for each of the stage's properties, the designs of within under which all steps of t are enabled and
// the property is broken at the end.
func (s *Stage) Breaks(a *family.Algebra, t explore.Trace, within family.Set) []family.Set {
	return s.along(a, within, t).AtEnd[:len(s.Properties)]
}

// BreaksOnTheWay returns, for each of the stage's properties, the designs of within under which it is broken after some
// number of steps of t.
func (s *Stage) BreaksOnTheWay(a *family.Algebra, t explore.Trace, within family.Set) []family.Set {
	return s.along(a, within, t).OnTheWay[:len(s.Properties)]
}

// everyStep returns the steps that may be enabled in w, those included that the search can do without.
func everyStep[W, K comparable](s system[W, K], w *W) []explore.Step {
	if l, ok := any(s).(interface{ everyStep(*W) []explore.Step }); ok {
		return l.everyStep(w)
	}
	return s.Steps(w, nil)
}

// Choice is a step that could come next, with what comes of it under some designs.
type Choice struct {
	Step     explore.Step
	Internal bool // it is owed: it happens sooner or later while it stays enabled
	Designs  family.Set
	Told     Told
}

// Next returns what could come after t under some designs of a cube, within which t can be walked.
func (s *Stage) Next(a *family.Algebra, t explore.Trace, design family.Cube) []Choice {
	return s.next(a, t, design)
}

func choices[W, K comparable](s system[W, K], a *family.Algebra, t explore.Trace, design family.Cube) []Choice {
	w := s.Initial()[t.Initial]
	for _, step := range t.Steps {
		s.Take(&w, step, under(design))
	}
	owed := slices.DeleteFunc(s.Steps(&w, nil), func(step explore.Step) bool { return !s.Internal(step) })
	var all []Choice
	for _, step := range everyStep(s, &w) {
		for o := range explore.Outcomes(a, a.Cube(design), func(ask explore.Ask) (Told, bool) {
			next := w
			if _, ok := s.Take(&next, step, ask); !ok {
				return Told{}, false
			}
			next = w
			return s.tell(&next, step, ask), true
		}) {
			if o.Enabled {
				all = append(all, Choice{Step: step, Internal: slices.Contains(owed, step), Designs: o.Designs, Told: o.Result})
			}
		}
	}
	return all
}

// parseAmong reads the name of one of steps.
func parseAmong(steps []explore.Step, name func(explore.Step) string, text string) (explore.Step, error) {
	names := make([]string, len(steps))
	for i, s := range steps {
		if names[i] = name(s); names[i] == text {
			return s, nil
		}
	}
	return 0, &family.UnknownWordError{What: "step", Word: text, Valid: names}
}
