package main

import (
	"context"
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
)

// unknown is the failure of a search that did not finish.
func unknown(err error) error {
	return &failure{exitUnknown, fmt.Errorf("%w: nothing is known", err)}
}

// printPlan prints a smallest set of experiments and what it can tell.
func printPlan(ctx context.Context, s streams, asJSON bool) error {
	a := family.NewAlgebra(model.Space)
	all, err := infer.Experiments(ctx, a)
	if err != nil {
		return unknown(err)
	}
	plan, err := infer.MakePlan(ctx, a, all)
	if err != nil {
		return unknown(err)
	}
	if asJSON {
		return writeJSON(s.out, planJSON(a, &plan))
	}
	_, err = planLines(a, &plan, len(all)).WriteTo(s.out)
	return err
}

// planLines tells the experiments of a plan, which were chosen out of so many, and what they tell.
func planLines(a *family.Algebra, plan *infer.Plan, of int) (b block) {
	b.printf("EXPERIMENTS")
	b.printf("")
	b.wrap("    ", fmt.Sprintf("These %d of %d scenarios tell apart whatever all of them can; no smaller set does.", len(plan.Experiments), of))
	b.printf("")
	for _, e := range plan.Experiments {
		b.wrap(fmt.Sprintf("    %-17s ", e.Name), e.About)
		b.wrap("        ", strings.Join(commandsOf(e.Script), "; "))
	}
	b.printf("")
	b.wrap("    ", howToRecord)
	b.printf("")
	b.printf("WHAT THEY TELL")
	b.printf("")
	for _, t := range plan.Tells {
		b.add(tellingLines(a, t))
	}
	return b
}

// commandsOf returns the commands of a script.
func commandsOf(script string) []string {
	var all []string
	for line := range strings.Lines(script) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.TrimSpace(line))
		}
	}
	return all
}

// tellingLines says which answers to a question are told apart, and under which designs.
func tellingLines(a *family.Algebra, t infer.Telling) (b block) {
	always, never := 0, 0
	for _, p := range t.Pairs {
		switch {
		case p.All:
			always++
		case p.Where == family.None:
			never++
		}
	}
	head := fmt.Sprintf("    %-15s ", t.Question.ID())
	switch len(t.Pairs) {
	case always:
		b.wrap(head, "every answer")
		return b
	case never:
		b.wrap(head, "nothing: "+whyNever(t.Question))
		return b
	}
	b.wrap(head, "some answers:")
	for _, p := range t.Pairs {
		head := fmt.Sprintf("        %s, not %s  ", p.True, p.Other)
		switch {
		case p.All:
			b.wrap(head, "always")
		case p.Where == family.None:
			b.wrap(head, "never: "+whyNever(t.Question))
		default:
			b.wrap(head, "with "+strings.Join(without(a, p.Where, t.Question), " or "))
		}
	}
	return b
}

// without returns the terms of a set, in which every design has the same answer to q, without that answer.
func without(a *family.Algebra, set family.Set, q model.Question) []string {
	var all []string
	for _, term := range a.Cover(set).Terms {
		all = append(all, model.Space.Format(model.Space.Free(term, int(q))))
	}
	return all
}

// whyNever says why no recording tells some answers to q apart.
func whyNever(q model.Question) string {
	switch q {
	case model.PageNotice:
		return alikeNotice
	case model.NotReady:
		return mayTakeTime
	case model.Handle, model.PageList:
		return noWordFor
	case model.Collect:
		return pagesKeep
	case model.Frozen:
		return pagesStay
	case model.WorkerNotice:
		return nobodySees
	case model.Partition:
		return oneRegistration
	}
	return neverAsked
}
