package exhibits

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// Why traces of the corpus exist.

func termWhy(p props.Property, n int, term, under family.Cube) string {
	part := ""
	if !under.Includes(term) {
		part = " (a part of them)"
	}
	return fmt.Sprintf("%s: %s.\nA shortest trace that breaks it under designs of term %d of its formula%s, %s:\n%s.",
		p.ID, p.Claims, n, part, model.Space.Format(term), p.Broken)
}

func foundWhy(p props.Property) string {
	return fmt.Sprintf("%s: %s.\nA random history that breaks it, made minimal:\n%s.", p.ID, p.Claims, p.Broken)
}

// checkCommand returns the command that shows a term's trace.
func checkCommand(p props.Property, term family.Cube, b model.Bounds) string {
	command := "cosw check --property " + p.ID
	if term != model.Space.Full() {
		command += fmt.Sprintf(" --set '%s'", strings.ReplaceAll(model.Space.Format(term), ", ", ","))
	}
	return command + boundFlags(b)
}

// boundFlags returns the flags for bounds that are not the default.
func boundFlags(b model.Bounds) string {
	if b == (model.Bounds{}) || b.Within(model.DefaultBounds) {
		return "" // a shortest trace within smaller bounds is found within the default ones
	}
	return " " + b.Flags()
}

func pairWhy(p props.Pair, right bool) string {
	q := p.Question.ID()
	text := fmt.Sprintf("What the answer %s=%s costs: %s.\n", q, p.Wrong, p.Property.Claims)
	same := "the same schedule"
	if p.Impossible != "" {
		same = fmt.Sprintf("the same schedule as far as it can happen, which is up to %q,", p.Impossible)
	}
	if right {
		return text + fmt.Sprintf("With %s=%s %s goes well; see the trace that goes wrong.", q, p.Right, same)
	}
	return text + fmt.Sprintf("With it this schedule goes wrong, and with %s=%s alone %s goes well.", q, p.Right, same)
}

func ancestorWhy(p model.Preset, property props.Property, because family.Cube) string {
	return fmt.Sprintf("%s: %s.\nWhat %s breaks whatever one reads into its silence, because of %s:\n%s.",
		property.ID, property.Claims, p.Name, model.Space.Format(because), property.Broken)
}

func sacrificeWhy(p props.Property, others []string) string {
	return fmt.Sprintf("%s: %s.\nIt is given up for %s, since no design has all of these:\n%s.",
		p.ID, p.Claims, strings.Join(others, " and "), p.Broken)
}
