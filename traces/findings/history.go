package findings

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cosw/model/family"
	"cosw/traces"
	"cosw/traces/render"
)

// corpus is where the traces of the project are, seen from the text.
const corpus = "traces/corpus/"

// shown is a link to a trace of the corpus that breaks a property, with what stands beside it in the text.
type shown struct {
	file     string
	property string
	designs  family.Cube // that are said to break it
}

// traceLink links to a trace of the corpus that shows how designs break a property.
func (d *document) traceLink(text, file, property string, designs family.Cube) string {
	d.shown = append(d.shown, shown{file, property, designs})
	return link(text, corpus+file)
}

// fewSteps is how many steps a trace has at most that is written in a line, without a diagram: a page connects, and that
// already breaks something.
const fewSteps = 7

// drawn writes a trace under a head that says what it is. One that shows the same as a diagram before, a property broken
// because of the same answers, is not drawn again.
func (d *document) drawn(t *traces.Trace, head string) {
	what := fmt.Sprint(t.Verdict.Properties, design(t.Verdict.Under))
	switch {
	case slices.Contains(d.diagrams, what):
		d.paragraph("%s. Drawn before.", head)
	case len(t.Steps) <= fewSteps:
		d.paragraph("%s: %s; so %s.", head, stepsOf(t), d.Verdict(t.Verdict.Properties[0]).Property.Broken)
	default:
		d.diagrams = append(d.diagrams, what)
		d.paragraph("%s:", head)
		d.diagram(t)
	}
}

// stepsOf writes the steps of a trace in a line.
func stepsOf(t *traces.Trace) string {
	var all []string
	for _, s := range t.Steps {
		all = append(all, code(s.Name))
	}
	return strings.Join(all, ", ")
}

// diagram writes the steps of t as a sequence diagram, whose title stands above it.
func (d *document) diagram(t *traces.Trace) {
	scene, err := render.NewScene(t)
	if err != nil {
		d.err = errors.Join(d.err, err)
		return
	}
	d.printf("```mermaid\n")
	for line := range strings.Lines(scene.Mermaid()) {
		if !strings.HasPrefix(strings.TrimSpace(line), "accTitle:") {
			d.printf("%s", line)
		}
	}
	d.printf("```\n\n")
}
