package render

import (
	"fmt"
	"strings"

	"cosw/model"
	"cosw/props"
	"cosw/traces"
)

// This file holds the wording of ITF, DOT and the pictures.

var originWords = [...]string{
	model.NoOrigin: "none", model.Own: "own", model.ForeignA: "foreign-a", model.ForeignB: "foreign-b",
}

// settledWords are the words for how a promise ended, if it did.
var settledWords = [...]string{props.Pending: "pending", props.AsRejected: "rejected", props.AsResolved: "resolved"}

func choose(yes bool, then, otherwise string) string {
	if yes {
		return then
	}
	return otherwise
}

// verdictText returns v in one line, as a trace file has it.
func verdictText(v traces.Verdict) string {
	names := "all"
	if v.Properties != nil {
		names = strings.Join(v.Properties, ", ")
	}
	return choose(v.Broken, "breaks ", "keeps ") + names + " under " + model.Space.Format(v.Under)
}

// What cannot be drawn, and what to do.
const (
	wrongLifecycle = "the trace is of the part %s, which has no %s; give a trace of the lifecycle"
	wrongStep      = "there is no step %d; the trace has steps 1 to %d, and 0 is how it starts"
	wrongHistory   = "no end of a connection does anything in the trace, so that there is no history of it; give one in which a connection is made"
	wrongUnknown   = "no order was found within %v, and none was ruled out; give a shorter trace"
)

// graphTitle says which world a graph is of.
func graphTitle(t *traces.Trace, step int) string {
	if step == 0 {
		return "references at the start"
	}
	return fmt.Sprintf("references after step %d of %d: %s", step, len(t.Steps), t.Steps[step-1].Name)
}

func assumedText(answers string) string {
	return "the trace leaves open what the graph depends on; it is drawn for " + answers
}

// signs before a verdict.
const (
	signBroken = iota + 1
	signKept
	signNone
)

// signWords are signs in a line of text.
var signWords = map[int]string{signBroken: "✕", signKept: "✓", signNone: "…"}

// headline says what a trace shows.
func headline(s *Scene) string {
	switch v := s.Trace.Verdict; {
	case s.Stuck != nil || s.Doubts != nil:
		return "a trace that the model no longer follows"
	case v.Properties == nil:
		return fmt.Sprintf("a trace that keeps every property of the part %s", s.Trace.Part)
	case v.Broken:
		return strings.Join(v.Properties, ", ") + choose(len(v.Properties) == 1, " is broken", " are broken")
	default:
		return strings.Join(v.Properties, ", ") + choose(len(v.Properties) == 1, " is kept", " are kept")
	}
}

// subtitles say more of a trace, a paragraph each.
func subtitles(s *Scene) []string {
	texts := strings.Split(s.Trace.Why, "\n")
	for i := range s.Properties {
		if p := &s.Properties[i]; s.Trace.Verdict.Properties != nil {
			texts = append(texts, p.ID+" asks that "+claimText(p))
		}
	}
	if s.Trace.Design != model.Space.Full() {
		texts = append(texts, "Design: "+model.Space.Format(s.Trace.Design))
	}
	return append(texts, settingText(s.Trace))
}

func settingText(t *traces.Trace) string {
	text := "About " + t.Part.About()
	if t.Part.Bounded() {
		text += "; " + withinText(t.Bounds)
	}
	return text + "; at the start: " + t.Start
}

// summary tells a scene to those who do not see its picture.
func summary(s *Scene) string {
	var b strings.Builder
	for _, text := range subtitles(s) {
		b.WriteString(strings.TrimSuffix(text, ".") + ". ")
	}
	for _, step := range s.Shown() {
		fmt.Fprintf(&b, "Step %d: %s", step.Number, step.Text)
		if len(step.Events) > 0 && step.Events[0] != step.Text {
			b.WriteString(": " + strings.Join(step.Events, "; "))
		}
		for _, a := range step.Because {
			b.WriteString(", " + becauseText([]Answer{a}))
		}
		b.WriteString(". ")
	}
	_, verdict := verdictParagraphs(s)
	return b.String() + strings.Join(verdict, ". ")
}

func stepNumber(n int) string { return fmt.Sprint(n) }

func leftOutText(from, to int) string {
	if from == to {
		return fmt.Sprintf("step %d is left out", from)
	}
	return fmt.Sprintf("steps %d to %d are left out", from, to)
}

const textUnderWay = "still under way at the end"

// arrowAtText says what an arrow of a step stands for, and since when it was under way.
func arrowAtText(a *Arrow, step int) string {
	sent := *a
	if a.Sent != step && a.Sent != 0 {
		sent.Text += fmt.Sprintf(" (sent at step %d)", a.Sent)
	}
	return arrowText(sent)
}

// verdictParagraphs say what a scene shows in the end; the first is a heading.
func verdictParagraphs(s *Scene) (sign int, paragraphs []string) {
	v := s.Trace.Verdict
	switch {
	case s.Stuck != nil:
		return signNone, []string{"No verdict", strings.TrimPrefix(stuckText(s), stuckMark)}
	case s.Doubts != nil:
		paragraphs = []string{"The trace says: " + verdictText(v)}
		for _, doubt := range s.doubts() {
			paragraphs = append(paragraphs, strings.TrimPrefix(doubt, "! "))
		}
		return signNone, paragraphs
	case !s.Ends():
		return signNone, []string{"No verdict", cutOffText(s.Last, len(s.Steps))}
	case !v.Broken && v.Properties == nil:
		return signKept, []string{"Kept all the way", allKeptText(s.Trace.Part, len(s.Properties)), "Under " + underText(s.Trace)}
	}
	sign, paragraphs = signKept, []string{"Kept all the way: " + strings.Join(v.Properties, ", ")}
	if v.Broken {
		sign, paragraphs = signBroken, []string{"Broken: " + strings.Join(v.Properties, ", ")}
		for _, p := range s.Properties {
			paragraphs = append(paragraphs, "So "+p.Broken)
		}
		for _, a := range s.Because {
			paragraphs = append(paragraphs, "This is claimed where "+a.String()+": "+a.Meaning())
		}
	}
	return sign, append(paragraphs, "Under "+underText(s.Trace))
}

// outcomeTexts say in short what is wrong at the end.
func outcomeTexts(s *Scene) []string {
	var texts []string
	for _, p := range s.Properties {
		if s.Trace.Verdict.Broken && s.Ends() && s.Doubts == nil {
			texts = append(texts, "In the end, "+p.Broken+".")
		}
	}
	return texts
}

// legendTexts say how to read the signs of a picture, in the order in which they are told.
var legendTexts = []struct{ class, text string }{
	{"request", "thin line: a call or an event"},
	{"control", "thin line: a call or an event"},
	{"reply", "dashed line: an answer"},
	{"message", "thick line: a message"},
	{"notice", "dotted line: a notice"},
	{"handing", "square at its start: a handle moves on"},
	{"lost", "ends in a cross: never arrives"},
	{"waits", "ends in a ring: still waits"},
	{"because", "diamond: the answer to an open question decides"},
	{"turning", "rounded box: a state"},
	{"doing", "plain box: what is done"},
	{"belief", "dashed box with ?: what is taken for true, and is not"},
	{"failing", "heavy box with a cross: gone for good, or wrong"},
	{"runs", "bar: a worker that runs"},
	{"absent", "dotted upright line: not there yet"},
	{"end", "cross on a line: gone"},
}

// legendText explains the signs that are used.
func legendText(used map[string]bool) string {
	var texts []string
	for _, l := range legendTexts {
		if used[l.class] && (len(texts) == 0 || texts[len(texts)-1] != l.text) {
			texts = append(texts, l.text)
		}
	}
	return "How to read it: " + strings.Join(texts, "; ") + "."
}
