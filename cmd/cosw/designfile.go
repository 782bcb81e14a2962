package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// Limits of a design file. One that answers every question, each with a comment, takes a few kilobytes.
const (
	maxDesignFile = 1 << 20
	maxAnswer     = 500 // bytes of one question=answer; anything longer is another kind of file, not a typo
)

// designFile is what a file says about a design.
type designFile struct {
	name     string
	design   family.Cube
	answered bool
	givenUp  []string // properties
}

// givesUp begins a line with properties that a design gives up, separated by commas.
const givesUp = "give-up "

// readDesignFile reads answers from a file, in the syntax of --set: separated by commas or line ends, with blank lines
// and # comments. A line may also name properties that the design gives up.
func readDesignFile(name string, s streams) (*designFile, error) {
	content, err := readInput(name, s, maxDesignFile, &failure{exitSyntax, fmt.Errorf(wrongDesignSize, name)})
	if err != nil {
		return nil, err
	}
	return parseDesignFile(name, string(content))
}

func parseDesignFile(name, text string) (*designFile, error) {
	d := &designFile{name: name, design: model.Space.Full()}
	said := make([]int, len(model.Questions())) // the line that last answered each question
	number := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		number++
		if err := d.read(line, number, said); err != nil {
			return nil, &failure{exitSyntax, fmt.Errorf("%s:%d: %w", name, number, err)}
		}
	}
	if !d.answered {
		return nil, &failure{exitSyntax, fmt.Errorf(wrongNoDesign, name)}
	}
	return d, nil
}

// read adds what a line says. A comma may end a line, so that a list can be broken after it.
func (d *designFile) read(line string, number int, said []int) error {
	if !utf8.ValidString(line) || strings.ContainsFunc(line, isBinary) {
		return errors.New(wrongNoText)
	}
	line, _, _ = strings.Cut(line, "#")
	line = strings.TrimSuffix(strings.TrimSpace(line), ",")
	if line == "" {
		return nil
	}
	if names, found := strings.CutPrefix(line, givesUp); found {
		return d.giveUp(names)
	}
	for literal := range strings.SplitSeq(line, ",") {
		switch literal = strings.TrimSpace(literal); {
		case literal == "":
			return errors.New(wrongComma)
		case len(literal) > maxAnswer:
			return errors.New(wrongNoText)
		}
		answers, err := model.Space.Parse(literal)
		if err != nil {
			return err
		}
		if err := d.restrict(answers, number, said); err != nil {
			return err
		}
		d.answered = true
	}
	return nil
}

// giveUp adds properties.
func (d *designFile) giveUp(names string) error {
	for name := range strings.SplitSeq(names, ",") {
		p, err := props.Find(strings.TrimSpace(name))
		if err != nil {
			return err
		}
		if !slices.Contains(d.givenUp, p.ID) {
			d.givenUp = append(d.givenUp, p.ID)
		}
	}
	return nil
}

// restrict adds the answers to one question. They may narrow what was said before, but must leave something of it.
func (d *designFile) restrict(answers family.Cube, number int, said []int) error {
	if q, found := restricted(answers, model.Assumptions()); found {
		return fmt.Errorf(wrongAssumed, q.ID())
	}
	for _, q := range model.Questions() {
		if !model.Space.Restricts(answers, int(q)) {
			continue
		}
		if model.Space.Bits(d.design.And(answers), int(q)) == 0 {
			return fmt.Errorf(wrongAgain, model.Space.Format(answers),
				model.Space.Format(model.Space.Replace(model.Space.Full(), int(q), d.design)), said[q])
		}
		said[q] = number
	}
	d.design = d.design.And(answers)
	return nil
}

// isBinary reports characters that no text file has.
func isBinary(c rune) bool { return unicode.IsControl(c) && !unicode.IsSpace(c) }
