package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	flag "github.com/spf13/pflag"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

func runQuestions(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("questions", flag.ContinueOnError)
	var format string
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, questionsHelp, s); !ok {
		return err
	}
	chosen, err := questionsNamed(flags.Args())
	switch {
	case err != nil:
		return err
	case format == "json":
		return writeJSON(s.out, newQuestionList(chosen))
	case flags.NArg() == 0:
		listQuestions(s.out)
		return nil
	}
	for i, q := range chosen {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		showQuestion(s.out, q)
	}
	return nil
}

// questionsNamed returns questions and assumptions by their names, all if there are none.
func questionsNamed(names []string) ([]model.Question, error) {
	all := append(model.Questions(), model.Assumptions()...)
	if len(names) == 0 {
		return all, nil
	}
	var chosen []model.Question
	for _, id := range names {
		index, ok := model.Space.Index(id)
		if !ok {
			return nil, usageError("%v", &family.UnknownWordError{What: "question", Word: id, Valid: ids(all)})
		}
		chosen = append(chosen, model.Question(index))
	}
	return chosen, nil
}

func listQuestions(w io.Writer) {
	paragraph(w, "", fmt.Sprintf("%d questions that the draft leaves open; their answers make %s designs. An answer with a * is what the "+
		"draft's own text says or shows.", len(model.Questions()), number(model.Space.Size())))
	fmt.Fprintln(w)
	listAnswers(w, model.Questions())
	fmt.Fprintln(w)
	paragraph(w, "", "Assumptions: what platform and scripts do, which no design answers. cosw check looks at each way that "+
		"they can come out, of which the first is the friendlier one, unless --assume says otherwise.")
	fmt.Fprintln(w)
	listAnswers(w, model.Assumptions())
	fmt.Fprintln(w)
	paragraph(w, "", "Taken for granted: what neither a question nor an assumption leaves open.")
	fmt.Fprintln(w)
	for _, g := range model.AllGranted() {
		paragraph(w, fmt.Sprintf("%-17s ", g.ID), g.Says+"; otherwise "+g.Otherwise+" · "+g.Source)
	}
	fmt.Fprintln(w)
	paragraph(w, "", "cosw questions NAME tells what each answer means, and who gave it.")
}

func listAnswers(w io.Writer, questions []model.Question) {
	for _, q := range questions {
		var answers []string
		for _, a := range q.Answers() {
			answers = append(answers, a.String()+literalMark(q, a))
		}
		paragraph(w, fmt.Sprintf("%-16s ", q.ID()), q.Text())
		paragraph(w, fmt.Sprintf("%-16s ", ""), strings.Join(answers, " · ")+" · "+q.Place().String())
	}
}

func literalMark(q model.Question, a model.Answer) string {
	if slices.Contains(q.Literal(), a) {
		return "*"
	}
	return ""
}

func showQuestion(w io.Writer, q model.Question) {
	paragraph(w, "", q.ID()+": "+q.Text())
	paragraph(w, "", "Draft: "+q.Place().String())
	fmt.Fprintln(w)
	for _, a := range q.Answers() {
		paragraph(w, fmt.Sprintf("  %-14s ", a.String()+literalMark(q, a)), q.Meaning(a))
	}
	if len(q.Literal()) > 0 {
		fmt.Fprintln(w, "\n* what the draft's own text says or shows")
	}
	if q.Assumed() {
		return
	}
	fmt.Fprintln(w, "\nGiven by")
	silent := []string{}
	for _, p := range model.Presets() {
		given, ok := p.Sourced(q)
		if !ok {
			silent = append(silent, p.Name)
			continue
		}
		var answers []string
		for _, a := range given.Answers {
			answers = append(answers, a.String())
		}
		paragraph(w, fmt.Sprintf("  %-21s ", p.Name), strings.Join(answers, " or ")+" ("+given.Says()+")")
	}
	if len(silent) > 0 {
		paragraph(w, "  silent: ", strings.Join(silent, ", "))
	}
}

func runProperties(_ context.Context, args []string, s streams) error {
	flags := flag.NewFlagSet("properties", flag.ContinueOnError)
	var format string
	formatVar(flags, &format, textFormats...)
	if ok, err := parse(flags, args, propertiesHelp, s); !ok {
		return err
	}
	chosen := props.Catalogue()
	if flags.NArg() > 0 {
		chosen = nil
	}
	for _, id := range flags.Args() {
		p, err := props.Find(id)
		if err != nil {
			return usageError("%v", err)
		}
		chosen = append(chosen, p)
	}
	switch {
	case format == "json":
		return writeJSON(s.out, newPropertyList(chosen))
	case flags.NArg() == 0:
		listProperties(s.out)
		return nil
	}
	for i := range chosen {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		showProperty(s.out, &chosen[i])
	}
	return nil
}

func listProperties(w io.Writer) {
	all := props.Catalogue()
	paragraph(w, "", fmt.Sprintf("%d properties that designs are judged by. A must is what harms users where it is broken, whatever one "+
		"thinks of the design; a want may be given up for something else.", len(all)))
	fmt.Fprintln(w)
	for i := range all {
		paragraph(w, fmt.Sprintf("%-22s %s  ", all[i].ID, all[i].Weight), all[i].Claims)
	}
	fmt.Fprint(w, "\ncosw properties NAME tells how one is checked.\n")
}

func showProperty(w io.Writer, p *props.Property) {
	paragraph(w, p.ID+": ", p.Claims)
	fmt.Fprintf(w, "\n")
	paragraph(w, "  draft    ", p.Place.String())
	paragraph(w, "  kind     ", p.Violation.When.String()+kindTexts[p.Violation.When])
	paragraph(w, "  model    ", p.Part.About())
	paragraph(w, "  applies  ", "when "+p.Applies)
	paragraph(w, "  broken   ", "when "+p.Broken)
	paragraph(w, "  weight   ", p.Weight.String()+weightTexts[p.Weight])
	paragraph(w, "  critic   ", "who gives it up says: "+p.Critic)
}
