package render

import (
	"bytes"
	"strconv"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/traces"
)

// ITF returns t in the Informal Trace Format, the JSON that Apalache, Quint and viewers of traces read (Apalache
// ADR-015, "Informal Trace Format in JSON").
//
// The parameters, set in the first state only, are "design", which maps each question to the answers that the trace
// leaves to it, and for the lifecycle "bounds". In every state "step" is the step that led to it, "happens" what came of
// it, and "answers" what it depended on; the lifecycle adds the world: "pages", "registration", "connections" and
// "kills", the kills that are left. Version, page and message numbers count from 1, and 0 is none. A trace that breaks a
// property because nothing is owed any more ends in a loop of its last state: nothing has to happen there, ever.
//
// The error is that of [traces.Trace.Walk].
func ITF(t *traces.Trace) ([]byte, error) {
	_, walk, err := t.Walk()
	if err != nil {
		return nil, err
	}
	states := itfStates(t, walk)
	var b bytes.Buffer
	b.WriteString("{\n  \"#meta\": {\n")
	writeFields(&b, "    ", itfMeta(t))
	b.WriteString("\n  },\n")
	params := record{{"design", nil}}
	if t.Part.Bounded() {
		params = append(params, field{"bounds", nil})
	}
	writeFields(&b, "  ", []field{{"params", params.names()}, {"vars", itfVars(t.Part).names()}})
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
	if rests(t) {
		b.WriteString(",\n  \"loop\": " + strconv.Itoa(len(states)-1))
	}
	b.WriteString("\n}\n")
	return b.Bytes(), nil
}

// rests tells whether the verdict is about what nothing is owed after any more.
func rests(t *traces.Trace) bool {
	for _, id := range t.Verdict.Properties {
		if p, err := props.Find(id); err == nil && t.Verdict.Broken && p.Violation.When == props.AtQuiescence {
			return true
		}
	}
	return false
}

// itfMeta is what there is to say of a trace beside its states. Type annotations are Apalache's.
func itfMeta(t *traces.Trace) []field {
	status := choose(t.Verdict.Broken, "violation", "ok")
	if wrong, err := t.Replay(); err != nil || len(wrong) > 0 {
		status = "unknown" // the model says otherwise now
	}
	types := itfVars(t.Part)
	types = append(types, field{"design", itfAnswersType})
	if t.Part.Bounded() {
		types = append(types, field{"bounds", itfBoundsType})
	}
	return []field{
		{"format", "ITF"},
		{"format-description", itfAddress},
		{"description", t.Why},
		{"source", itfSource},
		{"repeat", t.Repeat},
		{"part", t.Part.String()},
		{"status", status},
		{"verdict", verdictText(t.Verdict)},
		{"varTypes", types},
	}
}

const (
	itfAddress     = "https://apalache-mc.org/docs/adr/015adr-trace.html"
	itfSource      = "cosw"
	itfAnswersType = "Str -> Set(Str)"
	itfBoundsType  = "{ pages: Int, connections: Int, versions: Int, messages: Int, kills: Int }"
)

// itfVars returns the variables of a part, with their types.
func itfVars(part props.Part) record {
	return append(record{{"step", "Str"}, {"happens", "Seq(Str)"}, {"answers", itfAnswersType}}, stagers[part].itfTypes()...)
}

// itfStates returns the variables of each state. State 0 also has the parameters.
func itfStates(t *traces.Trace, walk *props.Walk) [][]field {
	first := []field{{"design", answersMap(t.Design, false)}}
	if t.Part.Bounded() {
		var bounds record
		for _, bound := range t.Bounds.All() {
			bounds = append(bounds, field{bound.Name, *bound.Value})
		}
		first = append(first, field{"bounds", bounds})
	}
	first = append(first, field{"step", "start " + t.Start}, field{"happens", []any{}}, field{"answers", mapping{}})
	states := [][]field{first}
	for i, told := range walk.Told {
		states = append(states, []field{
			{"step", told.Step}, {"happens", anyOf(told.Happens)}, {"answers", answersMap(walk.Needed[i], true)},
		})
	}
	for i := range states {
		states[i] = append(states[i], stagers[t.Part].itfWorld(walk.Worlds[i], t.Bounds)...)
	}
	return states
}

// answersMap maps questions to the answers that a cube leaves to them; if restricted, only those that it restricts.
func answersMap(c family.Cube, restricted bool) mapping {
	m := mapping{}
	for _, q := range model.Questions() {
		if restricted && !model.Space.Restricts(c, int(q)) {
			continue
		}
		answers := set{}
		for i := range model.Space.Answers(c, int(q)) {
			answers = append(answers, q.Answer(i).String())
		}
		m = append(m, [2]any{q.ID(), answers})
	}
	return m
}
