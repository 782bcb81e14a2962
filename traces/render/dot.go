package render

import (
	"fmt"

	"cosw/model"
	"cosw/props/references"
)

// ViewError says why a trace cannot be seen in some way, and what to do.
type ViewError struct{ why string }

func (e *ViewError) Error() string { return e.why }

// lifecycleOnly says that only traces of the lifecycle have something.
func (s *Scene) lifecycleOnly(what string) error {
	return &ViewError{fmt.Sprintf("the trace is of the part %s, which has no %s; give a trace of the lifecycle", s.Part, what)}
}

// DOT returns the reference graph after a step, counted from 1, in the language of Graphviz; step 0 is the start. Only the
// lifecycle has such a graph. Where the graph depends on a question that the design leaves open, it is that of the first
// answer which is left, and its title says so.
//
// The error is a [*ViewError] about the part or the step, or [Scene.Stuck] if the step cannot be taken.
func (s *Scene) DOT(step int) ([]byte, error) {
	switch {
	case step > len(s.Steps) && s.Stuck != nil:
		return nil, s.Stuck
	case step < 0 || step > len(s.Steps):
		return nil, &ViewError{fmt.Sprintf("there is no step %d; the trace has steps 1 to %d, and 0 is how it starts", step, len(s.Steps))}
	}
	world, ok := s.Worlds[step].(*model.World)
	if !ok {
		return nil, s.lifecycleOnly("graph of references")
	}
	assumed := model.Space.Full()
	graph := references.Build(world, func(q model.Question) model.Answer {
		answer := model.AnswerOf(s.Cube, q)
		if model.Space.Open(s.Cube, int(q)) {
			assumed = assumed.And(model.Where(q, answer))
		}
		return answer
	})
	title := "references at the start"
	if step > 0 {
		title = fmt.Sprintf("references after step %d of %d: %s", step, len(s.Steps), s.Steps[step-1].Name)
	}
	if assumed != model.Space.Full() {
		title += "\nthe trace leaves open what the graph depends on; it is drawn for " + model.Space.Format(assumed)
	}
	return graph.DOT(title)
}
