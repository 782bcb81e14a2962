package traces

import (
	"fmt"
	"io"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces/typeset"
)

// Extend writes what could happen after the last step of t: each step that some design of t enables, whether it is owed,
// what comes of it and, below it, what could happen next, down to a depth. It names the answers that this depends on, where
// t leaves them open. The error is that of [Trace.Walk] or of out.
func (t *Trace) Extend(out io.Writer, depth int) error {
	stage, _, err := t.Walk()
	if err != nil {
		return err
	}
	_, trace, err := t.path()
	if err != nil {
		return err
	}
	e := extension{stage: stage, sets: family.NewAlgebra(model.Space), out: out}
	e.below(trace, t.Design, 0, depth)
	return e.err
}

type extension struct {
	stage *props.Stage
	sets  *family.Algebra
	out   io.Writer
	err   error // the first of out; nothing is written after it
}

// below writes what could happen after a trace under the designs of a cube.
func (e *extension) below(trace explore.Trace, design family.Cube, level, depth int) {
	choices := e.stage.Next(e.sets, trace, design)
	if len(choices) == 0 {
		e.write(4*level, "", nothingEnabled)
		return
	}
	for _, c := range choices {
		mark := couldMark
		if c.Internal {
			mark = owedMark
		}
		where := e.sets.Hull(c.Designs)
		e.write(4*level, mark, c.Told.Step+e.under(where, design)+": "+strings.Join(c.Told.Happens, "; "))
		if depth > 1 {
			next := explore.Trace{Initial: trace.Initial, Steps: append(trace.Steps[:len(trace.Steps):len(trace.Steps)], c.Step)}
			e.below(next, where, level+1, depth-1)
		}
	}
}

func (e *extension) write(indent int, mark, text string) {
	if e.err == nil {
		head := strings.Repeat(" ", indent) + mark
		_, e.err = io.WriteString(e.out, typeset.Hanging(head, indent+max(len(mark), 2), text, typeset.Width(e.out)))
	}
}

// under returns a remark with the answers of c to questions that design leaves open.
func (e *extension) under(c, design family.Cube) string {
	for _, q := range model.Questions() {
		if model.Space.Bits(c, int(q)) == model.Space.Bits(design, int(q)) {
			c = model.Space.Free(c, int(q))
		}
	}
	if c == model.Space.Full() {
		return ""
	}
	return fmt.Sprintf(underText, model.Space.Format(c))
}
