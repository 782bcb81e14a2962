package render

import (
	"strings"

	"cosw/model"
	"cosw/props"
)

// sides tell the sides of the presence model apart: what their parties are called, and where they are.
var sides = [2]Party{{ID: "With", About: "where the service is"}, {ID: "Without", About: "where nothing is registered"}}

// stagePresence puts both sides of a trace of the presence model on the stage, each with a cast of its own.
func (b *builder) stagePresence() {
	for side := range sides {
		b.stageSide(side)
	}
	b.clauses = nil // no property of presence is about an event
	service := "may get a service worker while the page is there, which does not let it in"
	if worldAt[props.PresenceWorld](b, 0).Sides[0].Registration.Active != 0 {
		service = "has a service worker, active but not running, which does not let the page in"
	}
	b.Given = "Let page 1 be a page of another origin, and compare two users: one who " + service +
		", and one who has nothing registered. The page must not be able to tell them apart."
}

func (b *builder) stageSide(side int) {
	var worlds []*model.World
	var steps []int
	for i := range b.Worlds {
		worlds = append(worlds, &worldAt[props.PresenceWorld](b, i).Sides[side])
	}
	for i, step := range b.steps {
		if props.SideOf(step) == side {
			steps = append(steps, i)
		}
	}
	c := b.perform(worlds, steps, sides[side])
	for _, i := range steps {
		step, before, after := &b.Steps[i], worldAt[props.PresenceWorld](b, i).Promises[side], worldAt[props.PresenceWorld](b, i+1).Promises[side]
		if i == 0 || props.SideOf(b.steps[i-1]) != side {
			step.Where = sides[side].About
		}
		step.Free = false // each side is told as one story, in which nothing else could happen
		if before.Settled != after.Settled {
			step.Comes = append(step.Comes, after.Describe())
		}
		for _, e := range step.ModelEvents {
			if e.Kind == model.Rejected {
				step.Notes = append(step.Notes, Note{Turning, c.pages[e.Page], strings.TrimPrefix(after.Describe(), "the page ")})
			}
		}
	}
}
