package render

import (
	"errors"
	"fmt"
	"strings"

	"cosw/model"
	"cosw/props"
	"cosw/traces"
)

// This file holds the wording of the text in columns.

const (
	designHead  = "DESIGN    the answers that this is about; every other question may be answered in any way"
	settingHead = "SETTING"
	historyHead = "HISTORY"
	endHead     = "AT THE END"
	repeatHead  = "REPEAT    "

	openDesignText    = "none is given, and a step depends on one"
	anyDesignText     = "no step depends on an open question: it goes like this under every design"
	messagesLegend    = "m1, m2, … are messages in the order in which they are posted"
	connectionsLegend = "c1, c2, … are connections"
)

// String returns the answer as it is written in designs, as in "suspend=sever|wake".
func (a Answer) String() string {
	names := make([]string, len(a.Answers))
	for i, answer := range a.Answers {
		names[i] = answer.String()
	}
	return a.Question.ID() + "=" + strings.Join(names, "|")
}

// Meaning returns what the answer means, or what each of them does.
func (a Answer) Meaning() string {
	meanings := make([]string, len(a.Answers))
	for i, answer := range a.Answers {
		meanings[i] = a.Question.Meaning(answer)
	}
	return strings.Join(meanings, "; or ")
}

func becauseText(answers []Answer) string {
	texts := make([]string, len(answers))
	for i, a := range answers {
		texts[i] = a.String()
	}
	return "because " + strings.Join(texts, ", ")
}

// initial is how a party is called where there is little room, as in the names of steps.
func initial(p Party) string { return p.ID[:1] + p.ID[len(p.ID)-1:] }

// nickname stands before a text about a party in a column that it shares; the browser has one of its own.
func nickname(p Party) string {
	if p.Kind == BrowserParty {
		return ""
	}
	return initial(p) + ": "
}

// routeText stands before the text of an arrow between parties in columns that they share.
func routeText(from, to Party) string {
	switch {
	case to.Kind == BrowserParty:
		return nickname(from)
	case from.Kind == BrowserParty:
		return "to " + nickname(to)
	}
	return initial(from) + " → " + nickname(to)
}

func kindText(k PartyKind) string {
	switch k {
	case PageParty:
		return "the pages"
	case BrowserParty:
		return browserText
	}
	return "the versions of the worker"
}

// markOf stands before a note that is about something wrong.
func markOf(k NoteKind) string {
	if k == Failing || k == Belief {
		return "! "
	}
	return ""
}

func arrowText(a Arrow) string {
	switch {
	case a.Fate == Vanishes:
		return a.Text + ", lost"
	case a.Fate == Waits && a.Kind == Message:
		return a.Text + " still waits"
	case a.Fate == Waits:
		return a.Text + ", on its way"
	}
	return a.Text
}

func withinText(b model.Bounds) string { return "within " + b.String() }

// beforeText tells in one line, with so much room, what came before the first step that is shown.
func beforeText(steps []Step, room int) string {
	names := make([]string, len(steps))
	for i, s := range steps {
		names[i] = s.Name
	}
	text := fmt.Sprintf("… before: %s", strings.Join(names, ", "))
	if runes(text) > room {
		text = string([]rune(text)[:room-2]) + " …"
	}
	return text
}

func cutOffText(last, all int) string {
	return fmt.Sprintf("… cut off after step %d of %d: the verdict is about the whole trace", last, all)
}

func stuckText(s *Scene) string {
	n := len(s.Steps)
	var step *props.StepError
	errors.As(s.Stuck, &step)
	return fmt.Sprintf(stuckMark+"the model does not go on like this: step %d, %s, cannot be taken: %v",
		n+1, s.Trace.Steps[n].Name, step)
}

func verdictHead(s *Scene) string {
	return "VERDICT   " + strings.TrimPrefix(s.title(), historyThat)
}

const historyThat = "a history that "

// title says in a few words what the scene shows.
func (s *Scene) title() string {
	names := "all properties"
	if s.Trace.Verdict.Properties != nil {
		names = strings.Join(s.Trace.Verdict.Properties, ", ")
	}
	verb := "keeps "
	if s.Trace.Verdict.Broken {
		verb = "breaks "
	}
	switch {
	case s.Stuck != nil:
		verb = "is said to " + strings.TrimSuffix(verb, "s ") + " "
	case s.Refuted():
		verb = "is said, wrongly, to " + strings.TrimSuffix(verb, "s ") + " "
	}
	return historyThat + verb + names
}

// doubts says where the model does not agree with the trace.
func (s *Scene) doubts() []string {
	texts := make([]string, len(s.Doubts))
	for i, d := range s.Doubts {
		texts[i] = "! the model says otherwise: " + d.What
	}
	return texts
}

const soText = "so "

// Heads of the lines of a verdict.
const (
	soHead    = "so"
	yetHead   = "yet"
	underHead = "under"
)

func allKeptText(p props.Part, n int) string {
	return fmt.Sprintf("none of the %d properties that the part %s decides is broken on the way or at the end", n, p)
}

// claimText says what a property claims, and where the draft raises it.
func claimText(p *props.Property) string {
	return fmt.Sprintf("%s (draft%s%d)", p.Claims, noBreak, p.Place.Line)
}

func underText(t *traces.Trace) string {
	if t.Verdict.Under == model.Space.Full() {
		return "every design"
	}
	return "every design with " + model.Space.Format(t.Verdict.Under)
}

// What stands in the comparison of two traces.

var sideNames = [...]string{"A", "B"}

const (
	differenceHead = "DIFFERENCE"
	sameDesignText = "no answer: the designs of both have designs in common, and only the steps differ"
	neverPartText  = "THEY NEVER PART"
)

// diffHead stands before line i of why a side exists.
func diffHead(side int, name string, i int) string {
	head := fmt.Sprintf("%s  %s: ", sideNames[side], name)
	if i > 0 {
		return strings.Repeat(" ", runes(head))
	}
	return head
}

func sideHead(side int, name string) string { return sideNames[side] + noBreak + noBreak + name }

func questionText(q model.Question) string {
	return fmt.Sprintf("%s (draft %d): %s", q.ID(), q.Place().Line, q.Text())
}

func commonHead(n int) string {
	switch n {
	case 0:
		return "NO STEPS IN COMMON"
	case 1:
		return "STEP 1, THE SAME IN BOTH"
	}
	return fmt.Sprintf("STEPS 1 TO %d, THE SAME IN BOTH", n)
}

func stepHead(n int, act string) string {
	return strings.ReplaceAll(fmt.Sprintf("%2d  ", n), " ", noBreak) + act
}

func partHead(n int) string { return fmt.Sprintf("FROM STEP %d ON", n) }
