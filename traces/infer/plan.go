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

	"cosw/linearize/recording"
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

// reading is a recording that a scenario can make, and what is inferred from it.
type reading struct {
	designs  family.Cube // that make this recording
	inferred family.Set  // that explain it
}

// Experiment is a scenario with all that it can show.
type Experiment struct {
	Scenario
	readings []reading
}

// obedient is the environment of an experiment: its scripts do as they are told, and look their connections up.
var obedient = granted.And(model.Where(model.Scripts, model.MayHang)).And(model.Where(model.Lists, model.AtOnce))

// Experiments plays the scenarios of the catalogue, once for each recording that some design can make of them, and infers from
// each recording.
func Experiments(ctx context.Context, a *family.Algebra) ([]Experiment, error) {
	var all []Experiment
	for _, s := range Scenarios() {
		e := Experiment{Scenario: s}
		for rest := a.Cube(obedient); rest != family.None; {
			o, err := play(ctx, a, s, a.First(rest))
			if err != nil {
				return nil, err
			}
			e.readings = append(e.readings, o)
			rest = a.Minus(rest, a.Cube(o.designs))
		}
		all = append(all, e)
	}
	return all, nil
}

// play plays a scenario under a design with perfect clocks, and infers from what is recorded.
func play(ctx context.Context, a *family.Algebra, s Scenario, design family.Cube) (reading, error) {
	text, designs, err := Simulate(strings.NewReader(s.Script), Simulation{Design: design, Name: s.Name, Seed: 1})
	if err != nil {
		return reading{}, err
	}
	rec, err := recording.Read(bytes.NewReader(text), s.Name)
	if err != nil {
		return reading{}, err
	}
	inf, err := Infer(ctx, a, rec, Options{}, nil)
	switch {
	case err != nil:
		return reading{}, err
	case inf.Stopped != nil:
		return reading{}, inf.Stopped
	case !a.Includes(inf.Explained, design):
		return reading{}, fmt.Errorf("scenario %s: %w", s.Name, errRoundTrip)
	}
	return reading{designs, inf.Designs}, nil
}

var errRoundTrip = errors.New("a design does not explain its own recording: report it as a bug")

// Tells reports whether an experiment can exclude an answer to a question: one that some design of set gives, if some other
// design of set is the true one.
func (e *Experiment) Tells(a *family.Algebra, set family.Set, q model.Question) bool {
	before := model.Space.Bits(a.Hull(set), int(q))
	for _, o := range e.readings {
		if a.Restrict(set, o.designs) == family.None {
			continue
		}
		if model.Space.Bits(a.Hull(a.Intersect(set, o.inferred)), int(q)) != before {
			return true
		}
	}
	return false
}

// Next returns the names of the experiments that can tell more about a question than set does.
func Next(a *family.Algebra, experiments []Experiment, set family.Set, q model.Question) []string {
	var names []string
	for i := range experiments {
		if experiments[i].Tells(a, set, q) {
			names = append(names, experiments[i].Name)
		}
	}
	return names
}
