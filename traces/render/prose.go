package render

import (
	"regexp"
	"strings"

	"cosw/model"
	"cosw/props"
	"cosw/traces/typeset"
)

// Prose returns the scene as an argument in the way of a proof: what is given, what happens step by step and because of
// which answers, and why that contradicts a property or keeps it. It is Markdown of at most 100 columns.
func (s *Scene) Prose() string {
	n := &narrator{scene: s, told: map[model.Question]bool{}}
	var paragraphs []string
	paragraphs = append(paragraphs, n.claim(), n.given())
	if s.First > 1 {
		paragraphs = append(paragraphs, beforeText(s.Steps[:s.First-1], columns))
	}
	paragraphs = append(paragraphs, n.story(s.Shown())...)
	switch {
	case s.Last < len(s.Steps):
		paragraphs = append(paragraphs, cutOffSentence(s.Last, len(s.Trace.Steps)))
	case s.Stuck != nil:
		paragraphs = append(paragraphs, sentence(strings.TrimPrefix(stuckText(s), stuckMark)))
	default:
		paragraphs = append(paragraphs, n.conclusion()...)
	}
	var b strings.Builder
	for i, p := range paragraphs {
		if i > 0 {
			b.WriteString("\n")
		}
		typeset.Paragraph(&b, "", numbered.ReplaceAllString(p, "$1"+noBreak+"$2"))
	}
	return b.String()
}

// numbered are names with numbers, which stay on one line: a line of Markdown that begins with "1." begins a list.
var numbered = regexp.MustCompile(`\b(connection|page|version|service|step|draft) ([0-9])`)

// narrator tells a scene. An answer is explained where it decides for the first time.
type narrator struct {
	scene *Scene
	told  map[model.Question]bool
}

// longestParagraph is how many steps a paragraph tells at most.
const longestParagraph = 6

// story tells steps in paragraphs.
func (n *narrator) story(steps []Step) []string {
	var paragraphs []string
	var sentences []string
	for i := range steps {
		sentences = append(sentences, n.step(&steps[i]))
		if len(sentences) == longestParagraph || i == len(steps)-1 {
			paragraphs = append(paragraphs, strings.Join(sentences, " "))
			sentences = nil
		}
	}
	return paragraphs
}

// step tells one step.
func (n *narrator) step(s *Step) string {
	act, comes := n.scene.stager.tell(n, s)
	enabling, deciding := s.split(n.scene)
	return stepSentence(s.Number, act, n.reasons(enabling), n.reasons(deciding), comes)
}

// split tells the answers without which a step could not be taken from those that decide what comes of it.
func (s *Step) split(scene *Scene) (enabling, deciding []Answer) {
	for _, a := range s.Because {
		switch a.Question {
		case model.Handle, model.PageList, model.WorkerList, model.Delivery, model.Close:
			enabling = append(enabling, a)
		case model.PageNotice:
			if scene.modelStep(s.Number-1).Kind == model.PageListens {
				enabling = append(enabling, a)
				continue
			}
			deciding = append(deciding, a)
		default:
			deciding = append(deciding, a)
		}
	}
	return enabling, deciding
}

func (lifecycleStager) tell(n *narrator, s *Step) (act string, comes []string) {
	act, comes = n.tell(s, worldAt[model.World](n.scene, s.Number-1), worldAt[model.World](n.scene, s.Number))
	if s.Number > 1 && !n.scene.modelStep(s.Number-1).Kind.Internal() {
		act = thenText + act
	}
	return act, comes
}

func (matchingStager) tell(n *narrator, s *Step) (act string, comes []string) {
	return s.Text, matchingClauses(worldAt[props.MatchingWorld](n.scene, s.Number-1), worldAt[props.MatchingWorld](n.scene, s.Number))
}

// tell returns what is done in a step of the lifecycle, and what comes of it.
func (n *narrator) tell(s *Step, before, after *model.World) (act string, comes []string) {
	t := &teller{step: s, before: before, after: after, events: n.scene.walk.Events[s.Number-1]}
	for i := range t.events {
		comes = append(comes, t.clauses(i)...)
	}
	return t.act(n.scene.modelStep(s.Number - 1)), comes
}

func (presenceStager) tell(n *narrator, s *Step) (act string, comes []string) {
	side := n.scene.side(s.Number - 1)
	before, after := worldAt[props.PresenceWorld](n.scene, s.Number-1), worldAt[props.PresenceWorld](n.scene, s.Number)
	act, comes = n.tell(s, &before.Sides[side], &after.Sides[side])
	if before.Promises[side].Settled != after.Promises[side].Settled {
		comes = append(comes, after.Promises[side].Describe())
	}
	if s.Number == 1 || n.scene.side(s.Number-2) != side {
		act = sideTexts[side] + ", " + act
	}
	return act, comes
}

// reasons returns answers as clauses, to follow "because".
func (n *narrator) reasons(answers []Answer) string {
	clauses := make([]string, len(answers))
	for i, a := range answers {
		clauses[i] = reasonText(a, n.told[a.Question], i > 0)
		n.told[a.Question] = true
	}
	return list(clauses)
}

// conclusion says what the steps show.
func (n *narrator) conclusion() []string {
	s := n.scene
	var paragraphs []string
	for _, doubt := range s.doubts() {
		paragraphs = append(paragraphs, sentence(strings.TrimPrefix(doubt, "! ")))
	}
	if s.Refuted() {
		return paragraphs
	}
	if !s.Trace.Verdict.Broken {
		return append(paragraphs, n.kept()...)
	}
	for i := range s.Properties {
		p := &s.Properties[i]
		var sentences []string
		if p.Violation.When == props.AtQuiescence {
			sentences = append(sentences, nothingOwedText)
		}
		end := howeverSentence(n.reasons(s.Because), n.ending(p))
		sentences = append(sentences, end, contradictsSentence(p))
		paragraphs = append(paragraphs, strings.Join(sentences, " "))
	}
	return paragraphs
}

// teller puts a step of the lifecycle into words.
type teller struct {
	step          *Step
	before, after *model.World
	events        []model.Event
}

// active returns the version that acts.
func (t *teller) active() model.Version { return t.before.Registration.Active }

// name returns the name of the message of event i.
func (t *teller) name(i int) string { return t.step.messages[i] }

// any tells whether one of the events is of a kind.
func (t *teller) any(kind model.EventKind) bool {
	for _, e := range t.events {
		if e.Kind == kind {
			return true
		}
	}
	return false
}

// told tells whether some event sends a notice about a connection.
func (t *teller) told(kind model.EventKind, connection uint8) bool {
	for _, e := range t.events {
		if e.Kind == kind && e.Connection == connection {
			return true
		}
	}
	return false
}
