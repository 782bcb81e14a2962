package script

import (
	"slices"

	"cosw/model"
	"cosw/model/family"
)

// branch is a world with the designs under which the scenario has come to it.
type branch struct {
	world   model.World
	designs family.Set
}

// outcome is what becomes of a step in a world under some designs: it takes the world from before to after, or it is
// not enabled and leaves it as it is.
type outcome struct {
	designs       family.Set
	enabled       bool
	before, after model.World
	events        []model.Event
	asked         family.Cube // the answers that the step was given; questions that it did not ask are open
}

// take returns the outcomes of s in b, each once, in the order in which questions are asked and answers are listed.
func (p *player) take(b branch, s model.Step) []outcome {
	var outcomes []outcome
	untried := []family.Set{b.designs}
	for len(untried) > 0 {
		run := run{sets: p.sets, designs: untried[len(untried)-1], asked: model.Space.Full()}
		untried = untried[:len(untried)-1]
		o := outcome{before: b.world, after: b.world}
		o.events, o.enabled = p.model.Take(&o.after, s, run.ask, nil)
		o.designs, o.asked = run.designs, run.asked
		p.asked = p.asked.And(run.asked)
		outcomes = p.collect(outcomes, o)
		untried = append(untried, run.others...)
	}
	return outcomes
}

// collect adds o to outcomes, as designs more to an outcome that differs in nothing else.
func (p *player) collect(outcomes []outcome, o outcome) []outcome {
	for i := range outcomes {
		known := &outcomes[i]
		if known.enabled == o.enabled && known.after == o.after && slices.Equal(known.events, o.events) {
			known.designs = p.sets.Union(known.designs, o.designs)
			known.asked = known.asked.Or(o.asked)
			return outcomes
		}
	}
	return append(outcomes, o)
}

// run is one run of a step. It gives the first answer to each question that its designs leave open, and sets the
// designs with other answers aside.
type run struct {
	sets    *family.Algebra
	designs family.Set
	asked   family.Cube
	others  []family.Set
}

func (r *run) ask(q model.Question) model.Answer {
	for i := range model.Space.Answers(r.sets.Hull(r.designs), int(q)) {
		answer := model.Space.Literal(int(q), i)
		r.asked = r.asked.And(answer)
		if with := r.sets.Restrict(r.designs, answer); with != r.designs {
			r.others = append(r.others, r.sets.Minus(r.designs, with))
			r.designs = with
		}
		return q.Answer(i)
	}
	panic("traces: a step is taken under no design")
}

// everywhere returns the outcomes of s in all branches.
func (p *player) everywhere(s model.Step) []outcome {
	var outcomes []outcome
	for _, b := range p.branches {
		outcomes = append(outcomes, p.take(b, s)...)
	}
	return outcomes
}

// enabledOnly returns those outcomes in which the step is enabled.
func enabledOnly(outcomes []outcome) []outcome {
	var enabled []outcome
	for _, o := range outcomes {
		if o.enabled {
			enabled = append(enabled, o)
		}
	}
	return enabled
}

// merge returns branches with those that have come to the same world made one.
func (p *player) merge(branches []branch) []branch {
	var merged []branch
	at := map[model.World]int{}
	for _, b := range branches {
		if i, ok := at[b.world]; ok {
			merged[i].designs = p.sets.Union(merged[i].designs, b.designs)
			continue
		}
		at[b.world] = len(merged)
		merged = append(merged, b)
	}
	return merged
}

// after returns the branches that outcomes lead to.
func (p *player) after(outcomes []outcome) []branch {
	branches := make([]branch, len(outcomes))
	for i, o := range outcomes {
		branches[i] = branch{o.after, o.designs}
	}
	return p.merge(branches)
}

// owed is an internal step with what it does where it is the first one that is enabled.
type owed struct {
	step     model.Step
	outcomes []outcome
	others   []outcome // where it is not enabled, although it is in the same world under other designs
}

// owes returns the first internal step of each branch and design, those of one step together, and the branches in which
// nothing is owed.
func (p *player) owes() (round []owed, resting []branch) {
	for _, b := range p.branches {
		for _, s := range p.model.Steps(&b.world, nil) {
			if !s.Kind.Internal() || b.designs == family.None {
				continue
			}
			outcomes := p.take(b, s)
			enabled := enabledOnly(outcomes)
			if len(enabled) == 0 {
				continue
			}
			round = owe(round, s, outcomes)
			for _, o := range enabled {
				b.designs = p.sets.Minus(b.designs, o.designs)
			}
		}
		if b.designs != family.None {
			resting = append(resting, b)
		}
	}
	return round, resting
}

// owe adds outcomes of s to round.
func owe(round []owed, s model.Step, outcomes []outcome) []owed {
	i := slices.IndexFunc(round, func(other owed) bool { return other.step == s })
	if i < 0 {
		i = len(round)
		round = append(round, owed{step: s})
	}
	for _, o := range outcomes {
		if o.enabled {
			round[i].outcomes = append(round[i].outcomes, o)
		} else {
			round[i].others = append(round[i].others, o)
		}
	}
	return round
}

// enabledSteps returns each step that is enabled in some branch, in the order of model.Model.Steps of the branches.
func (p *player) enabledSteps() []model.Step {
	var steps []model.Step
	for _, b := range p.branches {
		for _, s := range p.model.Steps(&b.world, nil) {
			if !slices.Contains(steps, s) && len(enabledOnly(p.take(b, s))) > 0 {
				steps = append(steps, s)
			}
		}
	}
	return steps
}
