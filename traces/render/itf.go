package render

import (
	"bytes"
	"slices"
	"strconv"

	"cosw/model"
)

// ITF returns the scene in the Informal Trace Format, the JSON that Apalache, Quint and viewers of traces read (Apalache
// ADR-015, "Informal Trace Format in JSON").
//
// The parameters, set in the first state only, are "design", which maps each question and assumption to the answers
// that the trace leaves to it, and for the lifecycle "bounds". In every state "step" is the step that led to it, "happens" what came of
// it, and "answers" what it depended on; the lifecycle adds the world: "pages", "registration", "connections",
// "faults" and "kills", those that are left. Version, page and message numbers count from 1, and 0 is none. A trace that breaks a
// property because nothing is owed any more ends in a loop of its last state: nothing has to happen there, ever.
//
// The error is [Scene.Stuck].
func (s *Scene) ITF() ([]byte, error) {
	if s.Stuck != nil {
		return nil, s.Stuck
	}
	states := s.itfStates()
	params := record{{"design", nil}}
	if s.bounded() {
		params = append(params, field{"bounds", nil})
	}
	var b bytes.Buffer
	b.WriteString("{\n  \"#meta\": {\n")
	writeFields(&b, "    ", s.itfMeta())
	b.WriteString("\n  },\n")
	writeFields(&b, "  ", []field{{"params", params.names()}, {"vars", s.itfVars().names()}})
	b.WriteString(",\n  \"states\": [")
	for i, state := range states {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString("\n    {\n      \"#meta\": {\"index\": " + strconv.Itoa(i) + "},\n")
		writeFields(&b, "      ", state)
		b.WriteString("\n    }")
	}
	b.WriteString("\n  ]")
	if s.Verdict.Broken && slices.ContainsFunc(s.Verdict.Properties, func(p Property) bool { return p.Eventually }) {
		b.WriteString(",\n  \"loop\": " + strconv.Itoa(len(states)-1))
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

// bounded tells whether the part has bounds.
func (s *Scene) bounded() bool { return s.Bounds != (model.Bounds{}) }

// itfMeta is what there is to say of a trace beside its states. Type annotations are Apalache's.
func (s *Scene) itfMeta() []field {
	status := "ok"
	switch {
	case len(s.Doubts) > 0:
		status = "unknown" // the model says otherwise now
	case s.Verdict.Broken:
		status = "violation"
	}
	types := append(s.itfVars(), field{"design", itfAnswersType})
	if s.bounded() {
		types = append(types, field{"bounds", itfBoundsType})
	}
	return []field{
		{"format", "ITF"},
		{"format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html"},
		{"description", s.Why},
		{"source", "cosw"},
		{"repeat", s.Repeat},
		{"part", s.Part},
		{"status", status},
		{"verdict", s.claim() + " under " + s.Verdict.Designs},
		{"varTypes", types},
	}
}

const (
	itfAnswersType = "Str -> Set(Str)"
	itfBoundsType  = "{ pages: Int, connections: Int, versions: Int, messages: Int, faults: Int, kills: Int }"
)

// itfVars returns the variables of a state, with their types.
func (s *Scene) itfVars() record {
	return append(record{{"step", "Str"}, {"happens", "Seq(Str)"}, {"answers", itfAnswersType}}, itfWorldTypes(s.Worlds[0])...)
}

// itfStates returns the variables of each state. State 0 also has the parameters.
func (s *Scene) itfStates() [][]field {
	first := []field{{"design", s.itfDesign()}}
	if s.bounded() {
		var bounds record
		given := s.Bounds
		given.Kills = min(given.Kills, given.Faults)
		for _, bound := range given.All() {
			bounds = append(bounds, field{bound.Name, *bound.Value})
		}
		first = append(first, field{"bounds", bounds})
	}
	first = append(first, field{"step", "start " + s.Start}, field{"happens", []any{}}, field{"answers", mapping{}})
	states := [][]field{first}
	for _, step := range s.Steps {
		answers := mapping{}
		for _, a := range step.Because {
			answers = append(answers, [2]any{a.Question, set(anyOf(a.Answers))})
		}
		happens := step.Events
		if happens == nil {
			happens = []string{step.Text}
		}
		states = append(states, []field{{"step", step.Name}, {"happens", anyOf(happens)}, {"answers", answers}})
	}
	for i := range states {
		states[i] = append(states[i], itfWorld(s.Worlds[i], s.Bounds)...)
	}
	return states
}

// itfDesign maps each question, and each assumption, to the answers that the design leaves to it.
func (s *Scene) itfDesign() mapping {
	m := mapping{}
	for _, q := range slices.Concat(model.Questions(), model.Assumptions()) {
		m = append(m, [2]any{q.ID(), set(anyOf(answerTo(q, s.Cube).Answers))})
	}
	return m
}
