package main

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
)

// simulateFlags are the flags of cosw simulate.
type simulateFlags struct {
	design, scenario, out string
	err, late             time.Duration
	seed                  uint64
}

func (f *simulateFlags) register(flags *flag.FlagSet) {
	flags.StringVar(&f.design, "design", "", "")
	flags.StringVar(&f.scenario, "scenario", "", "")
	flags.DurationVar(&f.err, "error", infer.DefaultOptions.Error, "")
	flags.DurationVar(&f.late, "late", infer.DefaultOptions.Late, "")
	flags.Uint64Var(&f.seed, "seed", 1, "")
	flags.StringVar(&f.out, "out", "", "")
}

func runSimulate(_ context.Context, args []string, s streams) error {
	var f simulateFlags
	flags := flag.NewFlagSet("simulate", flag.ContinueOnError)
	f.register(flags)
	if ok, err := parse(flags, args, simulateHelp, s); !ok {
		return err
	}
	switch {
	case flags.NArg() > 0:
		return usageError("simulate takes no argument %q; give the script with --scenario", flags.Arg(0))
	case f.scenario == "":
		return usageError("simulate takes a script: cosw simulate --design ANSWERS --scenario FILE")
	case f.design == "":
		return usageError("simulate takes a design: cosw simulate --design ANSWERS --scenario FILE")
	}
	if err := (infer.Options{Error: f.err, Late: f.late}).Validate(); err != nil {
		return usageError("--%v", err)
	}
	design, err := oneDesign(f.design)
	if err != nil {
		return err
	}
	if err := tryFile(f.out); err != nil {
		return err
	}
	src, err := openScenario(f.scenario, s)
	if err != nil {
		return err
	}
	defer src.Close()
	text, _, err := infer.Simulate(src, infer.Simulation{Design: design, Name: f.scenario, Error: f.err, Late: f.late, Seed: f.seed})
	switch {
	case errors.Is(err, infer.ErrNoWord):
		return &failure{exitEvaluation, err}
	case err != nil:
		return scriptFailure(err)
	case f.out != "":
		return writeWhole(f.out, text)
	}
	_, err = s.out.Write(text)
	return err
}

// oneDesign reads the name of a preset, answers, or both separated by commas, and returns the first design of it.
func oneDesign(text string) (family.Cube, error) {
	name, answers, _ := strings.Cut(text, ",")
	c := model.Space.Full()
	if strings.Contains(name, "=") {
		answers = text
	} else {
		preset, err := model.FindPreset(strings.TrimSpace(name))
		if err != nil {
			return family.Cube{}, usageError("--design: %v", err)
		}
		c = preset.Design()
	}
	more, err := model.Space.Parse(answers)
	if err != nil {
		return family.Cube{}, usageError("--design: %v", err)
	}
	for _, q := range model.Questions() {
		if model.Space.Bits(c.And(more), int(q)) == 0 {
			return family.Cube{}, usageError("--design: %s answers %s in another way: leave one of them out", strings.TrimSpace(name), q.ID())
		}
	}
	a := family.NewAlgebra(model.Space)
	return a.First(a.Cube(c.And(more))), nil
}

// openScenario opens a script: a file, standard input for -, or the scenario of that name.
func openScenario(name string, s streams) (io.ReadCloser, error) {
	for _, scenario := range infer.Scenarios() {
		if scenario.Name == name {
			return io.NopCloser(strings.NewReader(scenario.Script)), nil
		}
	}
	return openInput(name, s)
}
