package infer

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"cosw/linearize"
	"cosw/model"
	"cosw/model/family"
)

//go:embed scenarios/*.txt
var scenarioFiles embed.FS

// Scenario is an experiment of the catalogue: a script that [Simulate] plays and that can be done with a real browser.
type Scenario struct {
	Name   string
	About  string // what is done, a sentence
	Script string
}

// Scenarios returns the catalogue, by name.
func Scenarios() []Scenario {
	files, err := fs.Glob(scenarioFiles, "scenarios/*.txt")
	if err != nil {
		panic("infer: the catalogue of scenarios is broken: " + err.Error())
	}
	var all []Scenario
	for _, file := range files {
		text, err := fs.ReadFile(scenarioFiles, file)
		if err != nil {
			panic("infer: the catalogue of scenarios is broken: " + err.Error())
		}
		about, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		all = append(all, Scenario{strings.TrimSuffix(path.Base(file), ".txt"), about, string(text)})
	}
	return all
}

// outcome is what a scenario shows under some designs, and what is inferred from it.
type outcome struct {
	designs  family.Cube // that make this recording
	inferred family.Set  // that explain it
}

// Experiment is a scenario with all that it can show.
type Experiment struct {
	Scenario
	outcomes []outcome
}

// Experiments plays the scenarios of the catalogue under the whole family, one design for each recording that can come of
// them, and infers from each.
func Experiments(ctx context.Context, a *family.Algebra) ([]Experiment, error) {
	var all []Experiment
	for _, s := range Scenarios() {
		e := Experiment{Scenario: s}
		for rest := family.All; rest != family.None; {
			o, err := play(ctx, a, s, a.First(rest))
			if err != nil {
				return nil, err
			}
			e.outcomes = append(e.outcomes, o)
			rest = a.Minus(rest, a.Cube(o.designs))
		}
		all = append(all, e)
	}
	return all, nil
}

// play plays a scenario under a design with perfect clocks, and infers from what is recorded.
func play(ctx context.Context, a *family.Algebra, s Scenario, design family.Cube) (outcome, error) {
	text, designs, err := Simulate(strings.NewReader(s.Script), Simulation{Design: design, Name: s.Name, Seed: 1})
	if err != nil {
		return outcome{}, err
	}
	rec, err := linearize.ReadRecording(bytes.NewReader(text), s.Name)
	if err != nil {
		return outcome{}, err
	}
	inf, err := Infer(ctx, a, rec, Options{}, nil)
	switch {
	case err != nil:
		return outcome{}, err
	case inf.Stopped != nil:
		return outcome{}, inf.Stopped
	case !a.Includes(inf.Designs, design):
		return outcome{}, fmt.Errorf("scenario %s: %w", s.Name, errRoundTrip)
	}
	return outcome{designs, inf.Designs}, nil
}

var errRoundTrip = errors.New("a design does not explain its own recording: report it as a bug")

// Tells tells whether an experiment can exclude an answer to a question of those that designs of set give, for some design
// of set that may be the true one.
func (e *Experiment) Tells(a *family.Algebra, set family.Set, q model.Question) bool {
	before := model.Space.Bits(a.Hull(set), int(q))
	for _, o := range e.outcomes {
		if a.Restrict(set, o.designs) == family.None {
			continue
		}
		if model.Space.Bits(a.Hull(a.Intersect(set, o.inferred)), int(q)) != before {
			return true
		}
	}
	return false
}

// Next returns the experiments that can tell more about a question than set does, as names of scenarios.
func Next(a *family.Algebra, experiments []Experiment, set family.Set, q model.Question) []string {
	var names []string
	for i := range experiments {
		if experiments[i].Tells(a, set, q) {
			names = append(names, experiments[i].Name)
		}
	}
	return names
}
