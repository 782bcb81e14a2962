package script

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// branch is a world with the designs under which the scenario has come to it.
type branch = explore.Branch[model.World]

// outcome is what becomes of a step in a world under some designs.
type outcome = explore.Outcome[change]

// change takes the world from before to after. A step that is not enabled leaves it as it is.
type change struct {
	before, after model.World
	events        []model.Event
}

// try takes s in w, if it is enabled, and notes for which answers it asks.
func (p *player) try(w *model.World, s model.Step, ask explore.Ask) (change, bool) {
	c := change{before: *w, after: *w}
	events, enabled := p.model.Take(&c.after, s, func(q model.Question) model.Answer {
		answer := ask(int(q))
		p.asked = p.asked.And(model.Space.Literal(int(q), answer))
		return q.Answer(answer)
	}, nil)
	c.events = events
	return c, enabled
}

// take returns the outcomes of s in b, each once, in the order in which questions are asked and answers are listed.
func (p *player) take(b branch, s model.Step) []outcome {
	run := func(ask explore.Ask) (change, bool) { return p.try(&b.World, s, ask) }
	return p.distinct(slices.Collect(explore.Outcomes(p.sets, b.Designs, run)))
}

// distinct makes outcomes one that differ in their designs alone.
func (p *player) distinct(outcomes []outcome) []outcome {
	var all []outcome
	for _, o := range outcomes {
		i := slices.IndexFunc(all, func(known outcome) bool {
			return known.Enabled == o.Enabled && known.Result.after == o.Result.after && slices.Equal(known.Result.events, o.Result.events)
		})
		if i < 0 {
			all = append(all, o)
			continue
		}
		all[i].Designs = p.sets.Union(all[i].Designs, o.Designs)
		all[i].Asked = all[i].Asked.Or(o.Asked)
	}
	return all
}

// everywhere returns the outcomes of s in all branches.
func (p *player) everywhere(s model.Step) []outcome {
	var outcomes []outcome
	for _, b := range p.branches {
		outcomes = append(outcomes, p.take(b, s)...)
	}
	return outcomes
}

// split returns the outcomes in which the step is enabled, and the others.
func split(outcomes []outcome) (enabled, disabled []outcome) {
	for _, o := range outcomes {
		if o.Enabled {
			enabled = append(enabled, o)
		} else {
			disabled = append(disabled, o)
		}
	}
	return enabled, disabled
}

// after returns the branches that outcomes lead to.
func (p *player) after(outcomes []outcome) []branch {
	branches := make([]branch, len(outcomes))
	for i, o := range outcomes {
		branches[i] = branch{World: o.Result.after, Designs: o.Designs}
	}
	return explore.Merge(p.sets, branches)
}

// owes returns the internal steps of b that are the first one enabled under some designs, and the designs under which
// nothing is owed. Steps that are waived do not count.
func (p *player) owes(b branch, waived func(model.Step) bool) (first []explore.First[model.Step, change], nothing family.Set) {
	owed := slices.DeleteFunc(p.model.Steps(&b.World, nil), func(s model.Step) bool { return !s.Kind.Internal() || waived(s) })
	return explore.FirstEnabled(p.sets, b.Designs, owed, func(s model.Step, ask explore.Ask) (change, bool) {
		return p.try(&b.World, s, ask)
	})
}

func noStep(model.Step) bool { return false }

// owedStep is an internal step with its outcomes in all branches where it is the first one that is enabled.
type owedStep struct {
	step     model.Step
	outcomes []outcome
}

// owed returns what each branch owes first, and the branches in which nothing is owed.
func (p *player) owed() (steps []owedStep, resting []branch) {
	for _, b := range p.branches {
		first, nothing := p.owes(b, noStep)
		for _, f := range first {
			i := slices.IndexFunc(steps, func(o owedStep) bool { return o.step == f.Step })
			if i < 0 {
				i = len(steps)
				steps = append(steps, owedStep{step: f.Step})
			}
			steps[i].outcomes = append(steps[i].outcomes, p.distinct(f.Outcomes)...)
		}
		if nothing != family.None {
			resting = append(resting, branch{World: b.World, Designs: nothing})
		}
	}
	return steps, resting
}

// enabledSteps returns each step that is enabled in some branch, in the order of model.Model.Steps of the branches.
func (p *player) enabledSteps() []model.Step {
	var steps []model.Step
	for _, b := range p.branches {
		for _, s := range p.model.Steps(&b.World, nil) {
			if enabled, _ := split(p.take(b, s)); len(enabled) > 0 && !slices.Contains(steps, s) {
				steps = append(steps, s)
			}
		}
	}
	return steps
}
