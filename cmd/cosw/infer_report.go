package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
)

// inferReport writes what recordings say about their platforms.
type inferReport struct {
	block
	verbose     bool               // whole traces
	experiments []infer.Experiment // made when they are needed
}

// lines writes one line for each recording, and one for what they say together.
func (t *inferReport) lines(p *infer.Platform) {
	for _, inf := range p.Inferences {
		t.wrap("", inf.Recording.Name+": "+p.Algebra.Formula(p.Algebra.Cover(inf.Designs)))
	}
	if len(p.Inferences) > 1 {
		t.wrap("", platformName(p)+": "+p.Algebra.Formula(p.Algebra.Cover(p.Designs)))
	}
}

// platform writes everything about a platform.
func (t *inferReport) platform(ctx context.Context, p *infer.Platform) error {
	t.printf("%s", platformName(p))
	t.printf("")
	t.recordings(p)
	if p.Designs == family.None {
		for i := range p.Conflicts {
			t.conflict(&p.Conflicts[i])
		}
		if p.MoreConflicts > 0 {
			t.wrap("    ", moreConflicts(p))
			t.printf("")
		}
		t.granted(p)
		return nil
	}
	if err := t.answers(ctx, p); err != nil {
		return err
	}
	t.designs(p)
	t.granted(p)
	return nil
}

// recordings writes how much each recording says.
func (t *inferReport) recordings(p *infer.Platform) {
	width := 0
	for _, inf := range p.Inferences {
		width = max(width, len(inf.Short()))
	}
	for _, inf := range p.Inferences {
		what := fmt.Sprintf("explained by %s designs", number(p.Algebra.Count(inf.Designs)))
		switch inf.Designs {
		case family.None:
			what = "NOT EXPLAINED by any design"
		case family.All:
			what = "explained by every design"
		}
		t.wrap(fmt.Sprintf("    %-*s  %3d lines  ", width, inf.Short(), inf.Lines), what)
		for i := range inf.Clocks {
			t.wrap(strings.Repeat(" ", 4+width+2), inf.Clocks[i].Describe())
		}
	}
	t.printf("")
}

// answers writes what is settled and why, then what is not and what would settle it.
func (t *inferReport) answers(ctx context.Context, p *infer.Platform) error {
	t.printf("ANSWERS")
	t.printf("")
	var open []*infer.Conclusion
	for i := range p.Conclusions {
		if f := &p.Conclusions[i]; !f.Settled() {
			open = append(open, f)
		} else {
			t.question(p, f)
		}
	}
	for _, f := range open {
		if len(f.Excluded) > 0 {
			t.question(p, f)
		}
	}
	return t.open(ctx, p, open)
}

// question writes which answers are possible, and the first observation against each of the others.
func (t *inferReport) question(p *infer.Platform, f *infer.Conclusion) {
	t.wrap(fmt.Sprintf("    %-15s ", f.Question.ID()), f.Question.Text())
	head := "can be"
	if f.Settled() {
		head = "is"
	}
	for _, a := range f.Possible {
		text := f.Question.Meaning(a)
		if needs := p.Needs(f.Question, a); needs != model.Space.Full() {
			text += "; only with " + model.Space.Format(needs)
		}
		t.wrap(fmt.Sprintf("        %-6s  %-11s  ", head, a), text)
	}
	for _, e := range merged(f.Excluded) {
		t.wrap(fmt.Sprintf("        %-6s  %-11s  ", "not", e.answers), e.reason)
	}
	t.printf("")
}

// withdrawn is answers that are excluded for the same reason.
type withdrawn struct{ answers, reason string }

// merged puts together answers that are excluded for the same reason.
func merged(all []infer.Exclusion) []withdrawn {
	var out []withdrawn
	for _, e := range all {
		var reasons []string
		for i := range e.Reasons {
			reasons = append(reasons, e.Reasons[i].Where()+": "+e.Reasons[i].Describe())
		}
		reason := strings.Join(reasons, "; and together with it ")
		if last := len(out) - 1; last >= 0 && out[last].reason == reason {
			out[last].answers += "|" + e.Answer.String()
			continue
		}
		out = append(out, withdrawn{e.Answer.String(), reason})
	}
	return out
}

// open writes which questions are not settled, and which experiments would tell more.
func (t *inferReport) open(ctx context.Context, p *infer.Platform, open []*infer.Conclusion) error {
	if len(open) == 0 {
		return nil
	}
	if t.experiments == nil {
		var err error
		if t.experiments, err = infer.Experiments(ctx, p.Algebra); err != nil {
			return unknown(err)
		}
	}
	t.printf("    Not settled by these recordings; experiments of cosw infer --plan that can tell more:")
	var never []string
	for _, f := range open {
		next := infer.Next(p.Algebra, t.experiments, p.Designs, f.Question)
		if len(next) == 0 {
			never = append(never, f.Question.ID())
			continue
		}
		t.wrap(fmt.Sprintf("        %-15s ", f.Question.ID()), strings.Join(next, ", "))
	}
	if len(never) > 0 {
		t.wrap(fmt.Sprintf("        %-15s ", "none"), "for "+strings.Join(never, ", "))
	}
	t.printf("")
	return nil
}

func (t *inferReport) designs(p *infer.Platform) {
	t.printf("DESIGNS")
	t.printf("")
	what := "every recording"
	if len(p.Inferences) == 1 {
		what = "the recording"
	}
	t.printf("    %s of %s designs explain %s:", number(p.Algebra.Count(p.Designs)), number(model.Space.Size()), what)
	head := "        "
	for _, term := range p.Algebra.Cover(p.Designs).Terms {
		t.wrap(head, model.Space.Format(term))
		head = "     or "
	}
	for _, d := range p.Depends() {
		t.wrap("    ", dependence(&d))
	}
	t.printf("")
}

// conflict writes which recordings no design explains together, and where they disagree.
func (t *inferReport) conflict(c *infer.Conflict) {
	if len(c.Reasons) == 1 {
		r := &c.Reasons[0]
		t.printf("NO DESIGN EXPLAINS %s", r.Short())
		t.printf("")
		t.prefix(r)
		t.wrap("    ", c.Cause.Describe())
		t.printf("")
		return
	}
	t.printf("NO DESIGN EXPLAINS THESE %d TOGETHER", len(c.Reasons))
	t.printf("")
	t.printf("    What no design that explains the others can explain:")
	for i := range c.Reasons {
		r := &c.Reasons[i]
		t.wrap("        ", r.Where()+": "+r.Describe())
	}
	t.printf("")
}

// prefix writes the longest part of a recording that is explained, what cannot follow, and what was expected there.
func (t *inferReport) prefix(r *infer.Reason) {
	if e := r.Explain(); len(e.Lines) > 0 {
		t.trace(&e)
	}
	if r.Line == nil {
		t.wrap("           so ", "all lines are explained, but "+r.Describe())
		t.printf("")
		return
	}
	t.wrap("           so ", fmt.Sprintf("line %d cannot follow: %s", r.Line.Number, r.Describe()))
	expected := "nothing"
	if len(r.Expected) > 0 {
		expected = strings.Join(r.Expected, "; ")
	}
	t.wrap("              ", "what could follow: "+expected)
	t.printf("")
}

// longest is how many lines of a trace are written: of a longer one, the beginning is left out.
const longest = 40

// trace writes an explanation: steps, what comes of them, and the line that shows it.
func (t *inferReport) trace(e *infer.Explanation) {
	t.wrap("    under ", model.Space.Format(e.Term))
	t.wrap("    with  ", e.Bounds.String())
	if len(e.Names) > 0 {
		t.wrap("    where ", strings.Join(e.Names, ", "))
	}
	width := 0
	for _, l := range e.Lines {
		width = max(width, len(l.Step))
	}
	lines := e.Lines
	if left := len(lines) - longest; left > 0 && !t.verbose {
		lines = lines[left:]
		t.printf("           %d earlier lines are left out; --verbose shows them", left)
	}
	for i, l := range lines {
		where := "hidden"
		if l.Seen != nil {
			where = fmt.Sprintf("line %d", l.Seen.Number)
		}
		head := fmt.Sprintf("      %4d  %-8s  %-*s  ", len(e.Lines)-len(lines)+i+1, where, width, l.Step)
		t.wrap(head, strings.Join(l.Happens, "; "))
	}
}

// granted writes what is taken for granted, and what the model lacks.
func (t *inferReport) granted(p *infer.Platform) {
	if all := statements(p, (*infer.Inference).Assumptions); len(all) > 0 {
		t.printf("TAKEN FOR GRANTED")
		t.printf("")
		for _, s := range all {
			t.wrap("    ", s.text)
		}
		t.printf("")
	}
	if all := statements(p, (*infer.Inference).Differences); len(all) > 0 {
		t.printf("SEEN, BUT NOT IN THE MODEL")
		t.printf("")
		for _, s := range all {
			t.wrap("    ", strings.Join(s.of, ", ")+": "+s.text)
		}
		t.printf("")
	}
}

// statement is something that is said of recordings.
type statement struct {
	text string
	of   []string // the base names of the recordings
}

// statements returns what is said of the recordings of a platform, each statement once.
func statements(p *infer.Platform, said func(*infer.Inference) []string) []statement {
	var all []statement
	for _, inf := range p.Inferences {
		for _, text := range said(inf) {
			i := slices.IndexFunc(all, func(s statement) bool { return s.text == text })
			if i < 0 {
				i = len(all)
				all = append(all, statement{text: text})
			}
			all[i].of = append(all[i].of, inf.Short())
		}
	}
	return all
}
