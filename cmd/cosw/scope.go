package main

import (
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
)

// scopeFlags choose designs and what is assumed of the world around them. Each may be given several times but for design, and
// then all of it holds.
type scopeFlags struct{ set, assume, design string }

func (f *scopeFlags) register(flags *flag.FlagSet) {
	for name, value := range map[string]*string{"set": &f.set, "assume": &f.assume} {
		flags.Func(name, "", func(text string) error {
			if *value != "" && text != "" {
				text = *value + "," + text
			}
			*value = text
			return nil
		})
	}
	flags.StringVar(&f.design, "design", "", "")
}

// scope returns the designs, in the environments, that the flags choose together.
func (f *scopeFlags) scope() (family.Cube, error) {
	answers, err := model.Space.Parse(f.set)
	if err != nil {
		return family.Cube{}, usageError("--set: %v", err)
	}
	assumed, err := model.Space.Parse(f.assume)
	if err != nil {
		return family.Cube{}, usageError("--assume: %v", err)
	}
	if q, found := restricted(answers, model.Assumptions()); found {
		return family.Cube{}, usageError(wrongAssumptionSet, q.ID())
	}
	if q, found := restricted(assumed, model.Questions()); found {
		return family.Cube{}, usageError(wrongAnswerAssumed, q.ID(), strings.Join(ids(model.Assumptions()), ", "))
	}
	c := answers.And(assumed)
	if f.design == "" {
		return c, nil
	}
	preset, err := model.FindPreset(f.design)
	if err != nil {
		return family.Cube{}, usageError("--design: %v", err)
	}
	if q, ok := contradiction(c, preset.Design()); ok {
		return family.Cube{}, usageError("--set gives %s another answer than %s does: leave it out, or take no --design", q.ID(), f.design)
	}
	return c.And(preset.Design()), nil
}

// restricted returns the first of some questions that c does not leave open.
func restricted(c family.Cube, questions []model.Question) (model.Question, bool) {
	for _, q := range questions {
		if model.Space.Restricts(c, int(q)) {
			return q, true
		}
	}
	return 0, false
}

// contradiction returns the first question to which two partial designs have no answer in common.
func contradiction(x, y family.Cube) (model.Question, bool) {
	for _, q := range model.Questions() {
		if model.Space.Bits(x.And(y), int(q)) == 0 {
			return q, true
		}
	}
	return 0, false
}

// singleDesign tells whether a scope leaves a single design, in whatever environments.
func singleDesign(scope family.Cube) bool { return model.Space.Count(scope) == 1 }

// ids returns the names of questions.
func ids(questions []model.Question) []string {
	var all []string
	for _, q := range questions {
		all = append(all, q.ID())
	}
	return all
}
