package render

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// This file holds how arguments begin and end.

// claim says what is to be shown.
func (n *narrator) claim() string {
	v := n.scene.Trace.Verdict
	names := make([]string, len(v.Properties))
	for i, id := range v.Properties {
		names[i] = "`" + id + "`"
	}
	switch {
	case n.scene.Refuted():
		return "**No claim.** This is " + n.scene.title() + "."
	case v.Broken:
		return fmt.Sprintf("**Claim.** %s breaks %s.", everyDesign(v.Under), list(names))
	case v.Properties == nil:
		return fmt.Sprintf("**Claim.** Under %s, this history breaks no property.", inSentence(everyDesign(v.Under)))
	}
	return fmt.Sprintf("**Claim.** Under %s, this history keeps %s.", inSentence(everyDesign(v.Under)), list(names))
}

func inSentence(text string) string { return "e" + strings.TrimPrefix(text, "E") }

// everyDesign names the designs of a cube.
func everyDesign(c family.Cube) string {
	if c == model.Space.Full() {
		return "Every design"
	}
	return "Every design with " + codes(c)
}

// codes writes a cube with its answers as code.
func codes(c family.Cube) string {
	var texts []string
	for _, a := range answersOf(c) {
		texts = append(texts, "`"+a.String()+"`")
	}
	return list(texts)
}

// given says what is there before the first step, and under which designs.
func (n *narrator) given() string { return n.scene.stager.given(n.scene) + n.example() }

func (matchingStager) given(*Scene) string {
	return "Let a page of another origin be open, and let nothing be registered yet."
}

func (lifecycleStager) given(s *Scene) string {
	var clauses []string
	for _, p := range s.Parties {
		if p.Kind == PageParty {
			clauses = append(clauses, fmt.Sprintf("let %s be a page %s", p.Name, p.About))
		}
	}
	service := "let nothing be registered yet"
	if v := worldAt[model.World](s, 0).Registration.Active; v != 0 {
		service = "let " + model.VersionName(v) + " of the service worker be active, but not running"
	}
	return sentence(list(append(clauses, service)))
}

// example says which of the designs of the claim the steps are told under, where it has several.
func (n *narrator) example() string {
	t := n.scene.Trace
	wider := model.Space.Full()
	for _, q := range model.Questions() {
		if model.Space.Bits(t.Design, int(q)) != model.Space.Bits(t.Verdict.Under, int(q)) {
			wider = model.Space.Replace(wider, int(q), t.Design)
		}
	}
	if wider == model.Space.Full() {
		return ""
	}
	return " The steps are told for " + codes(wider) + "; under all designs of the claim the same " +
		"steps lead to the same verdict."
}

func (presenceStager) given(s *Scene) string {
	service := "may get a service worker while the page is there, which does not let it in"
	if worldAt[props.PresenceWorld](s, 0).Sides[0].Registration.Active != 0 {
		service = "has a service worker, active but not running, which does not let the page in"
	}
	return "Let page 1 be a page of another origin, and compare two users: one who " + service +
		", and one who has nothing registered. The page must not be able to tell them apart."
}

func cutOffSentence(last, all int) string {
	return fmt.Sprintf("Here the argument is cut off, after step %d of %d: what the whole trace shows comes at its end.", last, all)
}

// howeverSentence says what is the case, because of answers that no step depended on.
func howeverSentence(because, clause string) string {
	if because != "" {
		clause = "because " + because + ", " + clause
	}
	return sentence("however, " + clause)
}

func contradictsSentence(p *props.Property) string {
	return fmt.Sprintf("This contradicts `%s`: \"%s\" (draft%s%d).%s∎", p.ID, p.Claims, noBreak, p.Place.Line, noBreak)
}

// keptSentence says where a property is put to the test, and why it is kept.
func keptSentence(p *props.Property, number int, quiet bool, because string, comes []string) string {
	where := fmt.Sprintf("in step %d", number)
	if number == 0 {
		where = "from the beginning"
	}
	head := fmt.Sprintf("`%s` is put to the test %s: %s.", p.ID, where, p.Applies)
	kept, held := " It is kept: ", p.Kept
	if because != "" && len(comes) > 0 {
		kept = " It is kept because " + because + ": "
	}
	switch {
	case p.Violation.When == props.AtQuiescence && !quiet:
		held = "the browser or a script still owes something, so that nothing is missing for good"
	case p.Violation.When == props.AtQuiescence:
		held = "at the end, " + held
	case p.Violation.When == props.Always:
		held = "all the way, " + held
	case len(comes) > 0:
		held = joinClauses(comes) + "; " + held
	}
	return head + kept + held + "."
}

// restsSentence says whether anything is still owed at the end.
func (s *Scene) restsSentence(because string) string {
	text := "At the end the browser or a script still owes something."
	if s.quiet {
		text = nothingOwedText
	}
	if !slices.ContainsFunc(s.stage.Properties, func(p props.Property) bool { return p.Violation.When == props.AtQuiescence }) {
		text = "" // nothing is ever owed
	}
	if because != "" {
		text += " " + sentence("besides, this is claimed where "+because)
	}
	return strings.TrimSpace(text)
}

func idleSentence(idle []*props.Property) string {
	names := make([]string, len(idle))
	for i, p := range idle {
		names[i] = "`" + p.ID + "`"
	}
	if len(names) == 1 {
		return fmt.Sprintf("%s is kept because nothing puts it to the test here.", names[0])
	}
	return fmt.Sprintf("%s are kept because nothing puts them to the test here.", list(names))
}
