package render

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/props/references"
	"cosw/traces"
)

// ViewError says why a trace cannot be seen in some way, and what to do.
type ViewError struct{ why string }

func (e *ViewError) Error() string { return e.why }

// DOT returns the reference graph after a step of t, counted from 1, in the language of Graphviz; step 0 is the start.
// Only the lifecycle has such a graph. Where the graph depends on a question that t leaves open, it is that of the first
// answer which is left, and its title says so.
//
// The error is a [*ViewError] about the part or the step, or that of [traces.Trace.Walk].
func DOT(t *traces.Trace, step int) ([]byte, error) {
	if step < 0 || step > len(t.Steps) {
		return nil, &ViewError{fmt.Sprintf(wrongStep, step, len(t.Steps))}
	}
	_, walk, err := t.Walk()
	if err != nil && (walk == nil || step >= len(walk.Worlds)) {
		return nil, err
	}
	world, ok := walk.Worlds[step].(*model.World)
	if !ok {
		return nil, &ViewError{fmt.Sprintf(wrongLifecycle, t.Part, "graph of references")}
	}
	assumed := model.Space.Full()
	graph := references.Build(world, func(q model.Question) model.Answer {
		if model.Space.Open(t.Design, int(q)) {
			assumed = assumed.And(model.Where(q, model.AnswerOf(t.Design, q)))
		}
		return model.AnswerOf(t.Design, q)
	})
	title := []string{graphTitle(t, step)}
	if assumed != model.Space.Full() {
		title = append(title, assumedText(model.Space.Format(assumed)))
	}
	return graph.DOT(strings.Join(title, "\n"))
}
