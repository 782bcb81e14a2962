package findings

import (
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/exhibits"
	"cosw/traces/render"
)

// corpus is where the traces of the project are, seen from the text.
const corpus = "traces/corpus/"

// shown is a link to a trace of the corpus, with what stands beside it in the text.
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

// history writes a trace of the corpus that breaks a property, as a diagram, with the answers that it takes.
func (d *document) history(n exhibits.Named) {
	property, under := n.Trace.Verdict.Properties[0], n.Trace.Verdict.Under
	d.paragraph("How `%s` breaks under %s:", property, design(under))
	d.diagram(n.Trace)
	d.paragraph("This trace as a file: %s. Repeat: `cosw show %s%s`", d.traceLink(code(n.Name), n.Name, property, under), corpus, n.Name)
}

// diagram writes the steps of t as a sequence diagram.
func (d *document) diagram(t *traces.Trace) {
	scene, err := render.NewScene(t)
	if err != nil {
		d.fail(err)
		return
	}
	d.printf("```mermaid\n%s\n```\n\n", strings.TrimSpace(scene.Mermaid()))
}

// steps writes how a history goes, as text.
func (d *document) steps(lines []props.Told) {
	d.printf("```text\n")
	for i, l := range lines {
		d.step(i, l.Step, l.Happens)
	}
	d.printf("```\n\n")
}

func (d *document) step(i int, name string, events []string) {
	d.printf("%2d  %s\n", i+1, name)
	for _, e := range events {
		d.printf("      %s\n", e)
	}
}

// contrast writes a pair of designs that differ in one answer.
func (d *document) contrast(c exhibits.Contrast) {
	if c.RightPath.Design == d.recommended {
		d.paragraph("In the %s, with nothing but this answer changed:", to("recommended design", designTitle))
	}
	d.history(c.GoesWrong)
	if c.Impossible != "" {
		d.paragraph("With `%s` this cannot happen: after the steps below, `%s` is not possible.", given(c.Question, c.Right), c.Impossible)
	} else {
		d.paragraph("With `%s`, and all other answers the same, the same schedule goes well:", given(c.Question, c.Right))
	}
	d.steps(c.RightTold)
}

// fail keeps the first error.
func (d *document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// inheritedBy returns what an ancestor breaks in any case.
func (e *evidence) inheritedBy(p model.Preset) []exhibits.Inherited {
	var all []exhibits.Inherited
	for _, x := range e.inherited {
		if x.Preset.Name == p.Name {
			all = append(all, x)
		}
	}
	return all
}
