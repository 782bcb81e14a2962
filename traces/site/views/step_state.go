package views

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces"
)

// stepState is a state of the page Step: a history, the answers that it depends on, and what is looked at.
type stepState struct {
	stage  *props.Stage
	design family.Cube
	path   explore.Trace // all steps
	at     int           // after how many of them the page stands
	try    string        // a step that is looked at under each answer that it depends on; empty for none
	trace  string        // the file that the history came from; empty for none
}

// longestHistory is how many steps a history of the page can have.
const longestHistory = 200

var errTooFar = errors.New("the history has fewer steps than that")

// stepStateFrom reads a state.
func stepStateFrom(f fragment) (*stepState, error) {
	fields := map[string]string{}
	if f != "" {
		var err error
		if fields, err = f.fields("part", "bounds", "start", "design", "steps", "at", "try", "trace"); err != nil {
			return nil, err
		}
	}
	s := &stepState{}
	for _, read := range []struct {
		field string
		into  func([]string) error
	}{
		{"part", s.readStage(fields["bounds"])}, {"start", s.readStart}, {"design", s.readDesign}, {"steps", s.readSteps}, {"at", s.readAt},
		{"try", s.readTry}, {"trace", func(w []string) error { s.trace = strings.Join(w, ""); return nil }},
	} {
		all, err := words(fields[read.field])
		if err == nil {
			err = read.into(all)
		}
		if err != nil {
			return nil, err
		}
	}
	return s, s.walks()
}

// readStage returns what reads the part of the model.
func (s *stepState) readStage(bounds string) func([]string) error {
	return func(w []string) (err error) {
		part := props.Lifecycle
		if len(w) > 0 {
			if part, err = props.ParsePart(w[0]); err != nil {
				return err
			}
		}
		given, err := words(bounds)
		b := model.DefaultBounds
		if err == nil && len(given) > 0 {
			b, err = model.ParseBounds(given[0], b)
		}
		if err == nil {
			s.stage, err = props.NewStage(part, b)
		}
		return err
	}
}

func (s *stepState) readStart(w []string) (err error) {
	if len(w) > 0 {
		s.path.Initial, err = s.stage.ParseStart(w[0])
	}
	return err
}

func (s *stepState) readDesign(w []string) (err error) {
	s.design, err = model.Space.Parse(strings.Join(w, ","))
	return err
}

func (s *stepState) readSteps(w []string) error {
	if len(w) > longestHistory {
		return fmt.Errorf("the history has %d steps, and this page takes %d", len(w), longestHistory)
	}
	for _, name := range w {
		step, err := s.stage.ParseStep(name)
		if err != nil {
			return err
		}
		s.path.Steps = append(s.path.Steps, step)
	}
	s.at = len(w)
	return nil
}

func (s *stepState) readAt(w []string) error {
	if len(w) == 0 {
		return nil
	}
	n, err := strconv.ParseUint(w[0], 10, 16)
	if err != nil {
		return fmt.Errorf("%q is no number of steps", w[0])
	}
	if int(n) > len(s.path.Steps) {
		return errTooFar
	}
	s.at = int(n)
	return nil
}

func (s *stepState) readTry(w []string) error {
	if len(w) == 0 {
		return nil
	}
	step, err := s.stage.ParseStep(w[0])
	s.try = s.stage.StepName(step)
	return err
}

// walks returns why the history cannot be walked.
func (s *stepState) walks() error {
	if _, err := s.stage.Walk(s.path, s.design); err != nil {
		var at *props.StepError
		if errors.As(err, &at) {
			return fmt.Errorf("step %d, %s, cannot be taken: %w", at.Step+1, s.stage.StepName(s.path.Steps[at.Step]), at)
		}
		return err
	}
	return nil
}

// stepStateOf returns the state that shows a trace.
func stepStateOf(t *traces.Trace) (*stepState, error) {
	stage, err := props.NewStage(t.Part, t.Bounds)
	if err != nil {
		return &stepState{}, err
	}
	path, err := t.Path()
	if err != nil {
		return &stepState{}, err
	}
	s := &stepState{stage: stage, design: t.Design, path: path.Trace, at: len(path.Trace.Steps)}
	return s, s.walks()
}

func (s *stepState) fragment() fragment {
	if s.stage == nil {
		return version
	}
	var steps []string
	for _, step := range s.path.Steps {
		steps = append(steps, s.stage.StepName(step))
	}
	part, bounds, start, at := s.stage.Part.String(), "", s.stage.Starts[s.path.Initial], ""
	if s.stage.Part.Bounded() && s.stage.Bounds != model.DefaultBounds {
		bounds = s.stage.Bounds.Format()
	}
	if s.at < len(steps) {
		at = strconv.Itoa(s.at)
	}
	if part == props.Lifecycle.String() {
		part = ""
	}
	if s.path.Initial == 0 {
		start = ""
	}
	return fragmentOf(field{"part", part}, field{"bounds", escape(bounds)}, field{"start", escape(start)},
		field{"design", list(literals(s.design))}, field{"steps", list(steps)}, field{"at", at}, field{"try", escape(s.try)},
		field{"trace", escape(s.trace)})
}

// now returns the history up to where the page stands.
func (s *stepState) now() explore.Trace {
	return explore.Trace{Initial: s.path.Initial, Steps: s.path.Steps[:s.at]}
}

// moved returns the state after so many steps of the same history.
func (s stepState) moved(to int) *stepState {
	s.at, s.try = to, ""
	return &s
}

// taking returns the state after one step more, under some designs. What came after is forgotten.
func (s stepState) taking(step explore.Step, design family.Cube) *stepState {
	now := s.now()
	s.path = explore.Trace{Initial: now.Initial, Steps: append(now.Steps[:s.at:s.at], step)}
	s.at, s.design, s.try, s.trace = s.at+1, design, "", ""
	return &s
}

// back returns the state without the last step of where the page stands. What came after is forgotten.
func (s stepState) back() *stepState {
	s.path = explore.Trace{Initial: s.path.Initial, Steps: s.path.Steps[:s.at-1]}
	s.at, s.try, s.trace = s.at-1, "", ""
	return &s
}

// trying returns the state that looks at a step.
func (s stepState) trying(step string) *stepState {
	s.try = step
	return &s
}
