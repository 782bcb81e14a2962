package render

import (
	"fmt"
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
func (n *narrator) given() string { return n.before() + n.example() }

// before says what is there before the first step.
func (n *narrator) before() string {
	s := n.scene
	switch s.Trace.Part {
	case props.Matching:
		return "Let a page of another origin be open, and let nothing be registered yet."
	case props.Presence:
		return presenceGiven(s.walk.Presence[0].Sides[0].Registration.Active)
	}
	var clauses []string
	for _, p := range s.Parties {
		if p.Kind == PageParty {
			clauses = append(clauses, fmt.Sprintf("let %s be a page %s", p.Name, p.About))
		}
	}
	service := "let nothing be registered yet"
	if v := s.walk.Worlds[0].Registration.Active; v != 0 {
		service = "let " + versionName(int(v)) + " of the service worker be active, but not running"
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

func presenceGiven(v model.Version) string {
	service := "may get a service worker while the page is there, which does not let it in"
	if v != 0 {
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

func pendingEnding(n uint8, c *model.Connection) string {
	return fmt.Sprintf("the promise of %s, which asked for %s, is still pending, and so it stays", pageName(int(c.Page)), connectionName(n))
}

func tellsPageEnding(n uint8, c *model.Connection, notice model.Answer) string {
	how := "which has nothing to listen for and nothing to read"
	switch {
	case c.Listening:
		how = "which listens"
	case notice == model.NoticeState:
		how = "which could read the state of its connection"
	}
	return fmt.Sprintf("%s is down, and %s, %s, still takes it for open: nobody ever tells %s",
		connectionName(n), pageName(int(c.Holder)), how, pageName(int(c.Holder)))
}

func lossEnding(messages []string, sender string, n uint8, entangled bool) string {
	fate := "does not know that " + connectionName(n) + " is down, and never will"
	if entangled {
		fate = "is not told, as " + connectionName(n) + " is up"
	}
	return fmt.Sprintf("%s %s never received, and %s %s, %s",
		list(messages), was(len(messages)), sender, them(len(messages)), fate)
}

// holderText names a page that holds an end, to be followed by the messages.
func holderText(page string, posted bool) string {
	if posted {
		return page + ", which posted"
	}
	return page + ", which now holds the end that has posted"
}

func whoseSide(version string) string { return version + ", whose side posted" }

func was(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func them(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

func stuckEnding(messages []string, n uint8) string {
	return fmt.Sprintf("%s still %s in the queue of %s, which is up: nobody will ever take it out",
		list(messages), map[bool]string{true: "waits", false: "wait"}[len(messages) == 1], connectionName(n))
}

func retainsEnding(n uint8) string {
	return fmt.Sprintf("the worker's side still holds its end of %s, whose page is gone, and will never let go of it", connectionName(n))
}

func neverAcceptedEnding(v, by model.Version, n uint8) string {
	return fmt.Sprintf("the message reached %s, and it was %s that accepted %s: nobody ever asked %s",
		versionName(int(v)), versionName(int(by)), connectionName(n), versionName(int(v)))
}

func strangerEnding(version string, o model.Origin, c *model.Connection) string {
	return fmt.Sprintf("the message came from %s, a page of %s, and %s takes it for one of %s, whose connection it is",
		pageName(int(c.Holder)), o, version, pageName(int(c.Page)))
}

func waitsEnding(v model.Version, n uint8, c *model.Connection) string {
	return fmt.Sprintf("%s waits, and nothing but %s keeps it waiting, for as long as %s pleases",
		versionName(int(v)), connectionName(n), pageName(int(c.Page)))
}

func cutShortEnding(n uint8, cut model.Event) string {
	return fmt.Sprintf("%s, which %s held, is gone, because %s", connectionName(n), pageName(int(cut.Page)), causeInPast(cut.Cause))
}

func causeInPast(c model.Cause) string {
	switch c {
	case model.CauseSuspend:
		return "its worker was idle"
	case model.CauseKill:
		return "an instance of its worker was killed"
	case model.CauseUpdate:
		return "its worker was updated"
	}
	return c.Text()
}

func observesEnding(p uint8, o model.Origin) string {
	return fmt.Sprintf("%s, of %s, is about to learn that the worker was suspended, and so when the service is idle",
		pageName(int(p)), o)
}

func busyEnding(version string, n uint8) string {
	return fmt.Sprintf("%s has nothing left to do, and runs on: it cannot be suspended while %s is open", version, connectionName(n))
}

func lingersEnding(n uint8) string {
	return fmt.Sprintf("the registration is still there, and nothing but %s keeps it: it lives on for as long as that page pleases",
		connectionName(n))
}

func pageReachEnding(n, p uint8) string {
	return fmt.Sprintf("%s is up, and no script of %s can ever reach it again", connectionName(n), pageName(int(p)))
}

func workerReachEnding(version string, n uint8) string {
	return fmt.Sprintf("%s runs and has %s, and its script has no way to reach it", version, connectionName(n))
}

func bypassEnding(n, p uint8, o model.Origin) string {
	return fmt.Sprintf("%s, of %s, holds an open end of %s, and no version was ever asked", pageName(int(p)), o, connectionName(n))
}

func uncheckedEnding(p, n uint8, v model.Version) string {
	return fmt.Sprintf("%s holds a usable end of %s, and %s could not check both its origin and its credentials before",
		pageName(int(p)), connectionName(n), versionName(int(v)))
}

func curiousEnding(v model.Version, p uint8) string {
	return fmt.Sprintf("%s learns more of %s than its origin", versionName(int(v)), pageName(int(p)))
}

// presenceEnding compares what a page sees.
func presenceEnding(outcomes [2]props.Outcome) string {
	texts := make([]string, len(outcomes))
	for side, o := range outcomes {
		texts[side] = sideTexts[side] + ", " + outcomeText(o)
	}
	return strings.Join(texts, "; ")
}

func outcomeText(o props.Outcome) string {
	switch o.Settled {
	case props.AsRejected:
		return o.Describe()
	case props.AsResolved:
		return "the page is connected"
	}
	return "the promise of the page stays pending"
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
	if s.Trace.Part == props.Matching {
		text = ""
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
