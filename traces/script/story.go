package script

import (
	"io"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/typeset"
)

// story writes the lines of a transcript: a command at the left, and under it what becomes of it.
type story struct {
	out     io.Writer
	err     error // the first error of out; nothing is written after it
	last    element
	written bool
}

// element is what a transcript consists of, as far as the empty lines between its elements depend on it.
type element uint8

const (
	nothing  element = iota // the beginning, or an empty line of the script
	remark                  // a comment
	setting                 // a command that prepares the scenario
	incident                // a step, or what becomes of it
)

// begin begins an element with an empty line where it needs one: comments and settings stand close together, and a
// comment close to the command that it is about.
func (s *story) begin(e element) {
	together := s.last == remark || s.last == setting && e == setting
	if s.written && !together {
		s.print("\n")
	}
	s.last = e
}

func (s *story) blank() {
	if s.last == remark {
		s.last = nothing
	}
}

func (s *story) comment(text string) {
	s.begin(remark)
	s.print(text + "\n")
}

func (s *story) command(text string) {
	s.begin(setting)
	s.wrap(0, "> ", text)
}

func (s *story) block(text string) {
	s.begin(incident)
	s.wrap(0, "", text)
}

// line writes a line of what becomes of a command.
func (s *story) line(indent int, mark, text string) {
	if s.last != setting {
		s.last = incident
	}
	s.wrap(indent, mark, text)
}

// wrap writes mark and text, on several lines if need be.
func (s *story) wrap(indent int, mark, text string) {
	s.print(typeset.Hanging(strings.Repeat(" ", indent)+mark, indent+max(len(mark), 2), text))
}

func (s *story) print(text string) {
	if s.err == nil {
		_, s.err = io.WriteString(s.out, text)
		s.written = true
	}
}

// opening tells how the scenario begins.
func (p *player) opening(w *model.World) {
	p.story.line(2, "", p.designsInPlay())
	p.story.line(2, "", boundsText(p.bounds))
	for _, line := range w.Describe() {
		p.story.line(2, "= ", line)
	}
	p.story.last = incident
}

// tell tells of step s and its outcomes, those that read the same together. Designs are named unless an outcome is
// that of all designs in play. Others are outcomes of s that are not told, but help to see which questions decide.
func (p *player) tell(mark string, s model.Step, outcomes, others []outcome) {
	p.moves = append(p.moves, Move{Step: s, Owed: mark == quiesceMark})
	p.story.block(mark + s.String())
	p.story.line(2, "", s.Describe())
	for _, q := range p.deciding(slices.Concat(outcomes, others)) {
		p.story.line(2, "? ", questionText(q))
	}
	total := p.inPlay()
	for _, t := range p.tales(s, outcomes) {
		indent := 2
		if t.designs != total {
			for i, term := range p.terms(t.designs, total) {
				p.story.line(2, whereMark(i), term)
			}
			indent = 4
		}
		for _, l := range t.lines {
			p.story.line(indent, l.mark, l.text)
		}
	}
}

// tale is how the outcome of a step reads under some designs.
type tale struct {
	designs family.Set
	lines   []taleLine
}

type taleLine struct{ mark, text string }

// tales returns how outcomes read, each once, and those last in which the step is not enabled.
func (p *player) tales(s model.Step, outcomes []outcome) []tale {
	var enabled, disabled []tale
	for _, o := range outcomes {
		if o.Enabled {
			enabled = p.gather(enabled, tale{o.Designs, linesOf(o)})
			continue
		}
		line := taleLine{"! ", dropText(p.whyNot(s, o))}
		disabled = p.gather(disabled, tale{o.Designs, []taleLine{line}})
	}
	return append(enabled, disabled...)
}

// gather adds t to tales, as designs more to one that reads the same.
func (p *player) gather(tales []tale, t tale) []tale {
	for i := range tales {
		if slices.Equal(tales[i].lines, t.lines) {
			tales[i].designs = p.sets.Union(tales[i].designs, t.designs)
			return tales
		}
	}
	return append(tales, t)
}

// linesOf returns what happens in o and what is the case then.
func linesOf(o outcome) []taleLine {
	var lines []taleLine
	for _, e := range o.Result.events {
		lines = append(lines, taleLine{"- ", e.Describe()})
	}
	for _, change := range model.Changes(&o.Result.before, &o.Result.after) {
		lines = append(lines, taleLine{"= ", change})
	}
	return lines
}

// deciding returns the questions on whose answers it depends, among the designs of some branch, what becomes of a step.
func (p *player) deciding(outcomes []outcome) []model.Question {
	total := p.sets.Hull(p.inPlay())
	var decide []model.Question
	for _, q := range model.Questions() {
		left := model.Space.Bits(total, int(q))
		for _, o := range outcomes {
			if left&^model.Space.Bits(o.Asked, int(q)) != 0 && p.splits(q, o, outcomes) {
				decide = append(decide, q)
				break
			}
		}
	}
	return decide
}

// splits tells whether some other outcome of the same world as o is that of other answers to q.
func (p *player) splits(q model.Question, o outcome, outcomes []outcome) bool {
	for _, other := range outcomes {
		if other.Result.before == o.Result.before && model.Space.Bits(other.Asked, int(q)) != model.Space.Bits(o.Asked, int(q)) {
			return true
		}
	}
	return false
}

// formula returns designs as a formula in one line, see terms.
func (p *player) formula(designs, total family.Set) string {
	return strings.Join(p.terms(designs, total), orText)
}

// terms returns the terms of a formula for designs, without what all designs of total have in common anyway.
func (p *player) terms(designs, total family.Set) []string {
	common := p.sets.Hull(total)
	cubes := p.sets.Cover(designs).Terms
	for i := range cubes {
		for q := range model.Space.Len() {
			if model.Space.Bits(common, q)&^model.Space.Bits(cubes[i], q) == 0 {
				cubes[i] = model.Space.Free(cubes[i], q)
			}
		}
	}
	slices.SortFunc(cubes, model.Space.Compare)
	terms := make([]string, len(cubes))
	for i, cube := range cubes {
		terms[i] = model.Space.Format(cube)
	}
	return terms
}

// designsInPlay tells which designs are in play, and how many they are.
func (p *player) designsInPlay() string {
	designs := p.inPlay()
	return designsText(p.formula(designs, family.All), p.sets.Count(designs))
}

// phrase joins findings to a sentence, those that say the same as one, with a line for each. Designs are named unless
// they are all in play.
func (p *player) phrase(found []finding) string {
	total := p.inPlay()
	var tales []tale
	for _, f := range found {
		tales = p.gather(tales, tale{f.designs, []taleLine{{text: f.text}}})
	}
	parts := make([]string, len(tales))
	for i, t := range tales {
		parts[i] = t.lines[0].text
		if t.designs != total {
			parts[i] += " " + whereMark(0) + p.formula(t.designs, total)
		}
	}
	return strings.Join(parts, ",\n  ")
}
