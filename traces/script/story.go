package script

import (
	"io"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/typeset"
)

// story writes a transcript: each command at the left, and under it what comes of it.
type story struct {
	out     io.Writer
	err     error // the first error of out; nothing is written after it
	last    element
	written bool
	told    []Line
	where   []string // the designs that details are about which are indented further
}

// element is a part of a transcript. Which two meet decides whether an empty line stands between them.
type element uint8

const (
	nothing  element = iota // the beginning, or an empty line of the script
	remark                  // a comment
	setting                 // a command that prepares the scenario
	incident                // a step, or what comes of it
)

// begin begins an element, after an empty line unless settings follow each other or a comment stands above what it is
// about.
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
	s.record("#", text)
	s.begin(remark)
	s.print(text + "\n")
}

func (s *story) command(text string) {
	s.record(">", text)
	s.begin(setting)
	s.wrap(0, "> ", text)
}

func (s *story) block(text string) {
	mark, what, _ := strings.Cut(text, " ")
	s.record(mark, what)
	s.begin(incident)
	s.wrap(0, "", text)
}

// detail writes something of what comes of a command.
func (s *story) detail(indent int, mark, text string) {
	if s.last != setting {
		s.last = incident
	}
	switch {
	case mark == whereMark(0):
		s.where = []string{text}
	case mark == whereMark(1):
		s.where = append(s.where, text)
	case indent > 2:
		s.record(mark, text, s.where...)
	default:
		s.record(mark, text)
	}
	s.wrap(indent, mark, text)
}

// wrap writes mark and text, in as many lines as it takes.
func (s *story) wrap(indent int, mark, text string) {
	s.print(typeset.Hanging(strings.Repeat(" ", indent)+mark, indent+max(len(mark), 2), text, typeset.Width(s.out)))
}

func (s *story) print(text string) {
	if s.err == nil {
		_, s.err = io.WriteString(s.out, text)
		s.written = true
	}
}

// opening tells how the scenario begins.
func (p *player) opening(w *model.World) {
	p.story.detail(2, "", p.designsInPlay())
	p.story.detail(2, "", boundsText(p.bounds))
	for _, line := range w.Describe() {
		p.story.detail(2, "= ", line)
	}
	p.story.last = incident
}

// tell writes step s and its outcomes. Outcomes that read the same are told together, and their designs are named unless
// these are all in play. Others are outcomes of s that are not told, but show which questions decide. If the step may be left
// out, designs that do not enable it stay in play.
func (p *player) tell(mark string, s model.Step, outcomes, others []outcome, may bool) {
	p.moves = append(p.moves, Move{Step: s, Owed: mark == quiesceMark})
	p.story.block(mark + s.String())
	p.story.detail(2, "", s.Describe())
	for _, q := range p.deciding(slices.Concat(outcomes, others)) {
		p.story.detail(2, "? ", questionText(q))
	}
	p.tellTales(p.tales(s, outcomes, may))
}

// tellTales writes tales. Their designs are named unless they are all in play.
func (p *player) tellTales(tales []tale) {
	total := p.inPlay()
	for _, t := range tales {
		indent := 2
		if t.designs != total {
			for i, term := range p.terms(t.designs, total) {
				p.story.detail(2, whereMark(i), term)
			}
			indent = 4
		}
		for _, d := range t.details {
			p.story.detail(indent, d.mark, d.text)
		}
	}
}

// tale is how outcomes of a step read.
type tale struct {
	designs family.Set
	details []detail
}

type detail struct{ mark, text string }

// tales returns each way in which outcomes read, those last in which the step is not enabled.
func (p *player) tales(s model.Step, outcomes []outcome, may bool) []tale {
	var enabled, disabled []tale
	for _, o := range outcomes {
		if o.Enabled {
			enabled = p.gather(enabled, tale{o.Designs, detailsOf(o)})
			continue
		}
		disabled = p.gather(disabled, tale{o.Designs, []detail{{insteadMark, dropText(p.whyNot(s, o), may)}}})
	}
	return append(enabled, disabled...)
}

// gather adds t to tales, or its designs to one that reads the same.
func (p *player) gather(tales []tale, t tale) []tale {
	for i := range tales {
		if slices.Equal(tales[i].details, t.details) {
			tales[i].designs = p.sets.Union(tales[i].designs, t.designs)
			return tales
		}
	}
	return append(tales, t)
}

// detailsOf returns the events of o and what changes in the world.
func detailsOf(o outcome) []detail {
	var details []detail
	for _, e := range o.Result.events {
		details = append(details, detail{"- ", e.Describe()})
	}
	for _, change := range model.Changes(&o.Result.before, &o.Result.after) {
		details = append(details, detail{"= ", change})
	}
	return details
}

// deciding returns the questions whose answers decide, among the designs of some branch, what a step does.
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

// splits tells whether other answers to q have another outcome in the same world as o.
func (p *player) splits(q model.Question, o outcome, outcomes []outcome) bool {
	for _, other := range outcomes {
		if other.Result.before == o.Result.before && model.Space.Bits(other.Asked, int(q)) != model.Space.Bits(o.Asked, int(q)) {
			return true
		}
	}
	return false
}

// formula returns the terms of designs in one line.
func (p *player) formula(designs, total family.Set) string {
	return strings.Join(p.terms(designs, total), orText)
}

// terms returns the terms of a formula for designs, without the answers that all designs of total share.
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

// designsInPlay says which designs are in play, and how many.
func (p *player) designsInPlay() string {
	designs := p.inPlay()
	return designsText(p.formula(designs, family.All), p.sets.Count(designs))
}

// phrase joins mismatches to a sentence with a line for each, those that read the same as one. Designs are named unless they
// are all in play.
func (p *player) phrase(found []mismatch) string {
	total := p.inPlay()
	tales := p.talesOf(found)
	parts := make([]string, len(tales))
	for i, t := range tales {
		parts[i] = t.details[0].text
		if t.designs != total {
			parts[i] += " " + whereMark(0) + p.formula(t.designs, total)
		}
	}
	return strings.Join(parts, ",\n  ")
}

// talesOf returns each way in which mismatches read.
func (p *player) talesOf(found []mismatch) []tale {
	var tales []tale
	for _, m := range found {
		tales = p.gather(tales, tale{m.designs, []detail{{insteadMark, m.text}}})
	}
	return tales
}
