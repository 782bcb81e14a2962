package main

import (
	"encoding/json"
	"io"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// The JSON form of a report. Formulas are lists of terms in the syntax of --set.
type (
	jsonReport struct {
		Designs    uint64         `json:"designs"`
		Scope      string         `json:"scope"`
		Bounds     model.Bounds   `json:"bounds"`
		Complete   bool           `json:"complete"`
		Stopped    string         `json:"stopped,omitempty"`
		Coverage   []jsonCoverage `json:"coverage"`
		Properties []jsonVerdict  `json:"properties"`
		Questions  []jsonQuestion `json:"questions,omitempty"`
		Good       jsonSet        `json:"good"`
		Conflicts  [][]string     `json:"conflicts,omitempty"`
		Unseen     []string       `json:"unseenSteps,omitempty"`
		Livelock   bool           `json:"livelock"`
		Random     *jsonSample    `json:"random,omitempty"`
		Pairs      []jsonPair     `json:"pairs,omitempty"`
	}
	jsonCoverage struct {
		Part        string `json:"part"`
		Worlds      uint64 `json:"worlds"`
		Transitions uint64 `json:"transitions"`
		Pairs       uint64 `json:"pairs"`
		Depth       int    `json:"depth"`
	}
	jsonSet struct {
		Designs uint64   `json:"designs"`
		Terms   []string `json:"terms"`
	}
	jsonVerdict struct {
		ID         string         `json:"id"`
		Claims     string         `json:"claims"`
		Line       int            `json:"draftLine"`
		Required   bool           `json:"required"`
		Status     string         `json:"status"`
		Vacuous    bool           `json:"vacuous"`
		Violating  jsonSet        `json:"violating"`
		Since      *model.Bounds  `json:"sameFrom,omitempty"`
		Violations []jsonEvidence `json:"violations,omitempty"`
	}
	jsonEvidence struct {
		Term   string      `json:"term"`
		Traces []jsonTrace `json:"traces"`
	}
	jsonTrace struct {
		Term  string     `json:"term"`
		Steps []jsonLine `json:"steps"`
	}
	jsonLine struct {
		Step    string   `json:"step"`
		Happens []string `json:"happens"`
	}
	jsonQuestion struct {
		ID       string          `json:"id"`
		Survive  []string        `json:"survive"`
		Excluded []jsonExclusion `json:"excluded"`
	}
	jsonExclusion struct {
		Answer    string     `json:"answer"`
		Conflicts [][]string `json:"conflicts"`
	}
	jsonSample struct {
		Seed      uint64   `json:"seed"`
		Histories int      `json:"histories"`
		Steps     int      `json:"steps"`
		New       []string `json:"newEvidence"`
	}
	jsonPair struct {
		Property   string     `json:"property"`
		Question   string     `json:"question"`
		Wrong      string     `json:"wrong"`
		Right      string     `json:"right"`
		Pairs      uint64     `json:"pairs"`
		Both       string     `json:"both"`
		WrongSteps []jsonLine `json:"wrongSteps"`
		RightSteps []jsonLine `json:"rightSteps"`
		Impossible string     `json:"impossible,omitempty"`
	}
)

var statusTexts = map[props.Status]string{props.Holds: "holds", props.Violated: "violated", props.Unknown: "unknown"}

// writeJSON writes a report; quiet leaves out the traces.
func writeJSON(w io.Writer, r *props.Report, quiet bool, pairs func(*props.Report) []props.Pair) error {
	out := jsonReport{
		Designs: r.Algebra.Count(r.Scope), Scope: model.Space.Format(r.Options.Scope), Bounds: r.Options.Bounds,
		Complete: r.Complete(), Good: jsonSetOf(r.Algebra, r.Algebra.Cover(r.Good), r.Algebra.Count(r.Good)),
		Conflicts: r.Conflicts(), Livelock: r.Livelock.Set != family.None,
	}
	if r.Stopped != nil {
		out.Stopped = r.Stopped.Error()
	}
	for _, c := range r.Coverage {
		out.Coverage = append(out.Coverage, jsonCoverage{c.Part.String(), c.Worlds, c.Transitions, c.Pairs, c.Depth})
	}
	for i := range r.Verdicts {
		out.Properties = append(out.Properties, jsonVerdictOf(r, &r.Verdicts[i], quiet))
	}
	if r.Good != family.None && r.Complete() {
		for _, s := range r.Settle() {
			out.Questions = append(out.Questions, jsonQuestionOf(s))
		}
	}
	for _, k := range r.Unseen {
		out.Unseen = append(out.Unseen, k.Syntax())
	}
	if r.Random != nil {
		out.Random = &jsonSample{r.Options.Seed, r.Random.Tally.Histories, r.Random.Tally.Steps, append([]string{}, r.Random.New...)}
	}
	if pairs != nil && r.Complete() {
		for _, p := range pairs(r) {
			out.Pairs = append(out.Pairs, jsonPair{
				p.Property.ID, p.Question.ID(), p.Wrong.String(), p.Right.String(), p.Contexts,
				model.Space.Format(model.Space.Free(p.Design, int(p.Question))),
				jsonLines(p.WrongLines), jsonLines(p.RightLines), p.Impossible,
			})
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(out)
}

func jsonSetOf(a *family.Algebra, c family.Cover, n uint64) jsonSet {
	s := jsonSet{Designs: n, Terms: []string{}}
	for _, term := range c.Terms {
		s.Terms = append(s.Terms, a.Space().Format(term))
	}
	return s
}

func jsonVerdictOf(r *props.Report, v *props.Verdict, quiet bool) jsonVerdict {
	out := jsonVerdict{
		ID: v.Property.ID, Claims: v.Property.Claims, Line: v.Property.Place.Line, Required: v.Required,
		Status: statusTexts[v.Status], Vacuous: v.Vacuous, Violating: jsonSetOf(r.Algebra, v.Formula, v.Designs),
	}
	if v.Property.Part == props.Lifecycle && r.Complete() {
		out.Since = &v.Since
	}
	if v.Status != props.Violated || quiet {
		return out
	}
	for _, e := range r.Explain(v) {
		evidence := jsonEvidence{Term: model.Space.Format(e.Term)}
		for _, c := range e.Counterexamples {
			evidence.Traces = append(evidence.Traces, jsonTrace{model.Space.Format(c.Term), jsonLines(c.Lines)})
		}
		out.Violations = append(out.Violations, evidence)
	}
	return out
}

func jsonQuestionOf(s props.Settlement) jsonQuestion {
	q := jsonQuestion{ID: s.Question.ID(), Survive: []string{}, Excluded: []jsonExclusion{}}
	for _, a := range s.Survive {
		q.Survive = append(q.Survive, a.String())
	}
	for _, e := range s.Excluded {
		q.Excluded = append(q.Excluded, jsonExclusion{e.Answer.String(), e.Conflicts})
	}
	return q
}

func jsonLines(lines []props.Line) []jsonLine {
	out := make([]jsonLine, len(lines))
	for i, l := range lines {
		out[i] = jsonLine{l.Step, l.Happens}
	}
	return out
}
