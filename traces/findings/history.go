package findings

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
	"cosw/traces/render"
)

// corpus is where the traces of the project are, seen from the text. A trace of it is named after its property and the
// number of a term, from 1, in the formula of the designs that break the property.
const corpus = "traces/corpus/"

// traceFile returns the file of the corpus that shows how a design breaks the property of v.
func traceFile(v *props.Verdict, design family.Cube) string {
	n := slices.IndexFunc(v.Formula.Terms, func(term family.Cube) bool { return term.Includes(design) })
	return fmt.Sprintf("%s%s-%d.trace", corpus, v.Property.ID, n+1)
}

// history writes a path that breaks a property, as a diagram, with the answers that it depends on, and where to find a
// trace of the same kind as a file.
func (d *document) history(p props.Path, v *props.Verdict, repeat string) {
	t, err := d.trace(p, v, repeat)
	if err != nil {
		d.fail(err)
		return
	}
	d.paragraph("How `%s` breaks under %s:", v.Property.ID, design(t.Design))
	d.diagram(t)
	d.paragraph("A trace of this kind: %s. Repeat: `%s`", link(code(strings.TrimPrefix(traceFile(v, p.Design), corpus)),
		traceFile(v, p.Design)), repeat)
}

// trace returns a path that breaks the property of v, under as many designs as one formula of answers can say.
func (d *document) trace(p props.Path, v *props.Verdict, repeat string) (*traces.Trace, error) {
	stage, err := props.NewStage(p.Part, p.Bounds)
	if err != nil {
		return nil, err
	}
	walk, err := stage.Walk(p.Trace, p.Design)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(stage.Properties, func(q props.Property) bool { return q.ID == v.Property.ID })
	broken := stage.Breaks(d.Algebra, p.Trace, d.Algebra.Cube(walk.Asked))[i]
	terms := d.Algebra.Cover(broken).Terms
	at := slices.IndexFunc(terms, func(term family.Cube) bool { return term.Includes(p.Design) })
	if at < 0 {
		return nil, fmt.Errorf("a history does not break %s", v.Property.ID)
	}
	return traces.NewBroken(p, v.Property.ID, terms[at], v.Property.Claims(), repeat)
}

// diagram writes the steps of t as a sequence diagram.
func (d *document) diagram(t *traces.Trace) {
	diagram, err := render.Mermaid(t)
	if err != nil {
		d.fail(err)
	}
	d.printf("```mermaid\n%s\n```\n\n", strings.TrimSpace(diagram))
}

// steps writes how a history goes, as text.
func (d *document) steps(lines []props.Line) {
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

// pair writes a pair of designs that differ in one answer.
func (d *document) pair(p props.Pair) {
	if p.RightPath.Design == d.recommended {
		d.paragraph("In the %s, with nothing but this answer changed:", to("recommended design", designTitle))
	}
	d.history(p.WrongPath, d.Verdict(p.Property.ID), "cosw check --pairs "+given(p.Question, p.Wrong))
	if p.Impossible != "" {
		d.paragraph("With `%s` this cannot happen: after the steps below, `%s` is not possible.", given(p.Question, p.Right), p.Impossible)
	} else {
		d.paragraph("With `%s`, and all other answers the same, the same schedule goes well:", given(p.Question, p.Right))
	}
	d.steps(p.RightLines)
}

// fail keeps the first error.
func (d *document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// shortest returns a shortest history that breaks the property of v under some design of a partial design.
func (d *document) shortest(v *props.Verdict, within family.Cube) (props.Path, bool) {
	c, ok := d.Shortest(v, d.Algebra.Cube(within&model.Space.Full()))
	return c.Path, ok
}
