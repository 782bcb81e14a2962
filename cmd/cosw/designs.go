package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

func runDesigns(ctx context.Context, args []string, s streams) error {
	var format string
	flags := flag.NewFlagSet("designs", flag.ContinueOnError)
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, designsHelp, s); !ok {
		return err
	}
	switch {
	case flags.NArg() > 2:
		return usageError("designs compares two designs, not %d", flags.NArg())
	case flags.NArg() == 0 && format == "json":
		return writeJSON(s.out, listedDesigns())
	case flags.NArg() == 0:
		listDesigns(s.out)
		return nil
	}
	c := &comparison{Bounds: model.DefaultBounds}
	for _, name := range flags.Args() {
		d, err := findDesign(name, s)
		if err != nil {
			return err
		}
		c.Designs = append(c.Designs, d)
	}
	if err := c.judge(ctx, newProgress(s.err)); err != nil {
		return err
	}
	if err := c.write(s.out, format); err != nil || c.Complete {
		return err
	}
	return &failure{exitUnknown, nil}
}

// listedDesign is a system that really existed, as JSON.
type listedDesign struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	When    string `json:"when"`
	Source  string `json:"source"`
	Answers cube   `json:"answers"`
	Designs uint64 `json:"designs"`
}

func listedDesigns() []listedDesign {
	var all []listedDesign
	for _, p := range model.Presets() {
		all = append(all, listedDesign{p.Name, p.Title, p.When, p.Source, cube(p.Design()), model.Space.Count(p.Design())})
	}
	return all
}

func listDesigns(w io.Writer) {
	all := model.Presets()
	paragraph(w, "", count(uint64(len(all)), "system")+" that really existed, oldest first, as the answers that their sources give.")
	fmt.Fprintln(w)
	for _, p := range all {
		head := fmt.Sprintf("%-21s ", p.Name)
		paragraph(w, head, fmt.Sprintf("%s, %s", p.Title, p.When))
		paragraph(w, strings.Repeat(" ", len(head)), fmt.Sprintf("answers %d of %s · %s", len(p.Answers), count(uint64(len(model.Questions())), "question"), p.Source))
	}
	fmt.Fprintln(w)
	paragraph(w, "", "cosw designs NAME tells its answers and what becomes of each property; of two names, or design files, how they differ.")
}

// comparison is what is known of one design, or of two beside each other.
type comparison struct {
	Bounds     model.Bounds       `json:"bounds"`
	Complete   bool               `json:"complete"`
	Designs    []comparedDesign   `json:"designs"`
	Answers    []comparedAnswers  `json:"answers"`
	Properties []comparedProperty `json:"properties"`
}

// comparedDesign is a preset, or what a file says; it may leave questions open.
type comparedDesign struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Designs uint64   `json:"designs"`
	GivenUp []string `json:"givenUp,omitempty"` // by a file

	design family.Cube
	preset *model.Preset
}

// comparedAnswers has the answers of each design to a question: all of them where it leaves it open.
type comparedAnswers struct {
	Question string     `json:"question"`
	Answers  [][]string `json:"answers"`
	Same     bool       `json:"same"`

	question model.Question
}

// comparedProperty says what becomes of a property under each design.
type comparedProperty struct {
	ID     string       `json:"id"`
	Weight props.Weight `json:"weight"`
	Claims string       `json:"claims"`
	Under  []outcome    `json:"under"`
	Same   bool         `json:"same"`
}

// outcome is what becomes of a property under the designs that one leaves.
type outcome struct {
	Is      fate   `json:"is"`
	Vacuous bool   `json:"vacuous,omitempty"` // what it is about never comes up, so that it is kept
	Where   []cube `json:"where,omitempty"`   // it is broken

	within family.Cube
}

// fate is what becomes of a property.
type fate string

const (
	keeps     fate = "keeps"   // all designs have it
	breaks    fate = "breaks"  // none has it
	differs   fate = "differs" // some have it: that depends on what is left open
	undecided fate = "unknown" // the search did not finish
)

// findDesign returns the preset of that name, or what the file says.
func findDesign(name string, s streams) (comparedDesign, error) {
	preset, err := model.FindPreset(name)
	if err == nil {
		d := preset.Design()
		return comparedDesign{Name: name, Title: preset.Title + ", " + preset.When, Designs: model.Space.Count(d), design: d, preset: &preset}, nil
	}
	if _, missing := os.Stat(name); name != "-" && errors.Is(missing, os.ErrNotExist) {
		return comparedDesign{}, usageError("%v; nor is there a design file of that name", err)
	}
	file, err := readDesignFile(name, s)
	if err != nil {
		return comparedDesign{}, err
	}
	return comparedDesign{Name: name, Title: "a design file", Designs: model.Space.Count(file.design), GivenUp: file.givenUp, design: file.design}, nil
}

// judge fills in answers and properties.
func (c *comparison) judge(ctx context.Context, progress *progress) error {
	for _, q := range model.Questions() {
		a := comparedAnswers{Question: q.ID(), Same: true, question: q}
		for i := range c.Designs {
			a.Answers = append(a.Answers, answersOf(q, c.Designs[i].design))
			a.Same = a.Same && slices.Equal(a.Answers[i], a.Answers[0])
		}
		c.Answers = append(c.Answers, a)
	}
	for _, p := range props.Catalogue() {
		c.Properties = append(c.Properties, comparedProperty{ID: p.ID, Weight: p.Weight, Claims: p.Claims, Same: true})
	}
	c.Complete = true
	var checked *props.Report
	for i := range c.Designs {
		if i == 0 || c.Designs[i].design != c.Designs[0].design {
			var err error
			checked, err = props.Check(ctx, props.Options{Bounds: c.Bounds, Scope: c.Designs[i].design, Progress: progress.show})
			progress.clear()
			if err != nil {
				return err
			}
		}
		c.Complete = c.Complete && checked.Complete()
		for j := range c.Properties {
			p := &c.Properties[j]
			p.Under = append(p.Under, outcomeOf(checked, checked.Verdict(p.ID)))
			p.Same = p.Same && p.Under[i].says() == p.Under[0].says()
		}
	}
	return nil
}

func answersOf(q model.Question, design family.Cube) []string {
	var all []string
	for a := range model.Space.Answers(design, int(q)) {
		all = append(all, q.Answer(a).String())
	}
	return all
}

func outcomeOf(r *props.Report, v *props.Verdict) outcome {
	o := outcome{Is: keeps, Vacuous: v.Vacuous || v.Lacks != "", Where: setOf(v.Formula, v.Designs).Terms, within: r.Options.Scope}
	switch {
	case v.Status == props.Unknown || v.Status == props.Violated && !r.Complete():
		o.Is = undecided
	case v.Status == props.Violated && v.Designs == r.Algebra.Count(r.Scope):
		o.Is = breaks
	case v.Status == props.Violated:
		o.Is = differs
	}
	return o
}
