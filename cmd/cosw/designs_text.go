package main

import (
	"fmt"
	"io"
	"strings"

	"cosw/model"
	"cosw/model/family"
)

// This file lays out what cosw designs tells of one design or two.

// write writes c as text or JSON.
func (c *comparison) write(w io.Writer, format string) error {
	if format == "json" {
		return writeJSON(w, c)
	}
	_, err := c.text().WriteTo(w)
	return err
}

func (c *comparison) text() (b block) {
	for i := range c.Designs {
		d := &c.Designs[i]
		text := fmt.Sprintf("%s: %s; %s", d.Name, d.Title, count(d.Designs, "design"))
		if d.GivenUp != nil {
			text += "; gives up " + strings.Join(d.GivenUp, ", ")
		}
		b.wrap(c.label(i), text)
	}
	b.printf("")
	b.add(c.answers())
	b.add(c.properties())
	b.wrap("", fmt.Sprintf("Judged within %s, whatever is assumed: \"if\" says in which cases a property is broken.", c.Bounds))
	if !c.Complete {
		b.printf("NOT COMPLETE: the search was interrupted, and what it did not find is unknown.")
	}
	return b
}

// label is what design i is called: nothing where there is but one.
func (c *comparison) label(i int) string {
	if len(c.Designs) == 1 {
		return ""
	}
	return string(rune('A'+i)) + "  "
}

func (c *comparison) answers() (b block) {
	b.printf("ANSWERS")
	b.printf("")
	if len(c.Designs) == 1 {
		return append(b, c.sourced()...)
	}
	var same, open []string
	for i := range c.Answers {
		a := &c.Answers[i]
		switch {
		case !a.Same:
			b.wrap(fmt.Sprintf("  %-16s ", a.Question), "A "+a.of(0)+" · B "+a.of(1))
		case a.open(0):
			open = append(open, a.Question)
		default:
			same = append(same, a.Question+"="+a.of(0))
		}
	}
	b.add(listed("  The same: ", same))
	b.add(listed("  Open in both: ", open))
	b.printf("")
	return b
}

// sourced lists the answers of a single design, with where a preset has them from.
func (c *comparison) sourced() (b block) {
	var open []string
	for i := range c.Answers {
		a := &c.Answers[i]
		if a.open(0) {
			open = append(open, a.Question)
			continue
		}
		text := a.of(0)
		if p := c.Designs[0].preset; p != nil {
			given, _ := p.Sourced(a.question)
			text += " (" + given.Says() + ")"
		}
		b.wrap(fmt.Sprintf("  %-16s ", a.Question), text)
	}
	b.add(listed("  Open: ", open))
	b.printf("")
	return b
}

func (a *comparedAnswers) open(i int) bool { return len(a.Answers[i]) == len(a.question.Answers()) }

func (a *comparedAnswers) of(i int) string {
	if a.open(i) {
		return "open"
	}
	return strings.Join(a.Answers[i], "|")
}

func (c *comparison) properties() (b block) {
	b.printf("PROPERTIES")
	b.printf("")
	var kept, broken []string
	for i := range c.Properties {
		p := &c.Properties[i]
		switch o := &p.Under[0]; {
		case p.Same && o.Is == keeps:
			kept = append(kept, p.ID)
		case p.Same && o.Is == breaks && o.where() == "":
			broken = append(broken, p.ID)
		default:
			b.wrap(fmt.Sprintf("  %-22s %s  ", p.ID, p.Weight), c.outcomes(p))
		}
	}
	both := ""
	if len(c.Designs) == 2 {
		both = " by both"
	}
	b.add(listed("  Kept"+both+": ", kept))
	b.add(listed("  Broken"+both+": ", broken))
	b.printf("")
	return b
}

// outcomes says what becomes of a property.
func (c *comparison) outcomes(p *comparedProperty) string {
	if p.Same {
		return p.Under[0].says()
	}
	return "A " + p.Under[0].says() + " · B " + p.Under[1].says()
}

// says puts an outcome into words, with terms as far as they say more than the design does.
func (o *outcome) says() string {
	switch {
	case o.Is == undecided:
		return "unknown"
	case o.Is == keeps && o.Vacuous:
		return "keeps it: what it is about never comes up"
	case o.Is == keeps:
		return "keeps it"
	case o.where() == "":
		return "breaks it"
	}
	return "breaks it " + o.where()
}

// where says under which answers and in which cases a property is broken; nothing if that is so in any case.
func (o *outcome) where() string {
	var terms []string
	for _, t := range o.Where {
		text := beside(family.Cube(t), o.within)
		if text == allOfThem {
			return ""
		}
		if assumed := strings.TrimPrefix(text, model.Space.Format(model.Space.Full())+" "); assumed != text {
			terms = append(terms, assumed)
		} else {
			terms = append(terms, "where "+text)
		}
	}
	return strings.Join(terms, " or ")
}

// listed lays out names behind a head, or nothing if there are none.
func listed(head string, names []string) (b block) {
	if names != nil {
		b.wrap(head, strings.Join(names, ", "))
	}
	return b
}
