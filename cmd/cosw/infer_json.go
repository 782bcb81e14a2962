package main

import (
	"time"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
)

// The JSON form of what recordings say. Formulas are lists of terms in the syntax of --set.
type (
	jsonPlatform struct {
		Platform    string          `json:"platform"`
		CloseEvent  bool            `json:"closeEvent"`
		Recordings  []jsonRecording `json:"recordings"`
		Designs     designSet       `json:"designs"`
		OnlyIf      []jsonOnlyIf    `json:"onlyIf,omitempty"` // some of the designs explain the recordings only under an assumption
		Questions   []jsonQuestion  `json:"questions,omitempty"`
		Conflicts   []jsonConflict  `json:"conflicts,omitempty"`
		More        int             `json:"moreConflicts,omitempty"` // of the same size that are not listed
		Assumptions []string        `json:"takenForGranted"`
		Differences []string        `json:"notInTheModel"`
	}
	jsonRecording struct {
		File     string      `json:"file"`
		Scenario string      `json:"scenario"`
		Designs  designSet   `json:"designs"`
		Clocks   []jsonClock `json:"clocks,omitempty"` // that are behind
	}
	jsonClock struct {
		Party  string   `json:"party"`
		Behind float64  `json:"behindMs"`
		Left   *float64 `json:"errorMs,omitempty"`      // what is left of the error, if messages bound it
		Amiss  bool     `json:"contradicted,omitempty"` // the messages contradict each other by that much
	}
	jsonConflict struct {
		Cause   *jsonCause   `json:"cause,omitempty"` // of one recording that no design explains
		Reasons []jsonReason `json:"reasons"`
	}
	jsonCause struct {
		Kind string `json:"kind"` // standards, granted or lacks
		Rule string `json:"rule,omitempty"`
		Says string `json:"says"`
	}
	jsonOnlyIf struct {
		Assumption string   `json:"assumption"`
		Value      string   `json:"value"`
		Designs    []string `json:"designs"`
	}
	jsonQuestion struct {
		ID       string            `json:"id"`
		Possible []string          `json:"possible"`
		Needs    map[string]string `json:"needs,omitempty"` // by answer: what it is possible only with
		Excluded []jsonWithdrawn   `json:"excluded"`
	}
	jsonWithdrawn struct {
		Answer  string       `json:"answer"`
		Reasons []jsonReason `json:"reasons"`
	}
	jsonReason struct {
		File     string   `json:"file"`
		Line     int      `json:"line,omitempty"`
		Says     string   `json:"says"`
		Expected []string `json:"expected,omitempty"`
	}
	jsonPlan struct {
		Scenarios []jsonScenario `json:"scenarios"`
		Tells     []jsonTelling  `json:"tells"`
	}
	jsonScenario struct {
		Name   string `json:"name"`
		About  string `json:"about"`
		Script string `json:"script"`
	}
	jsonTelling struct {
		Question string    `json:"question"`
		Answer   string    `json:"answer"`
		From     string    `json:"from"`
		Where    designSet `json:"where"`
	}
)

func termsOf(a *family.Algebra, set family.Set) designSet { return setOf(a.Cover(set), a.Count(set)) }

func platformsJSON(platforms []infer.Platform) []jsonPlatform {
	all := []jsonPlatform{}
	for i := range platforms {
		all = append(all, platformJSON(&platforms[i]))
	}
	return all
}

func platformJSON(p *infer.Platform) jsonPlatform {
	j := jsonPlatform{
		Platform: p.Name, CloseEvent: p.CloseEvent, Designs: termsOf(p.Algebra, p.Designs),
		Assumptions: texts(statements(p, (*infer.Inference).Assumptions)), Differences: texts(statements(p, (*infer.Inference).Differences)),
	}
	for _, inf := range p.Inferences {
		j.Recordings = append(j.Recordings, jsonRecording{
			inf.Recording.Name, inf.Recording.Scenario, termsOf(p.Algebra, inf.Designs), clocksJSON(inf.Clocks),
		})
	}
	for _, d := range p.Depends() {
		only := jsonOnlyIf{Assumption: d.Assumption.ID(), Value: d.Value.String()}
		for _, term := range d.Designs {
			only.Designs = append(only.Designs, model.Space.Format(term))
		}
		j.OnlyIf = append(j.OnlyIf, only)
	}
	for _, f := range p.Conclusions {
		question := jsonQuestion{ID: f.Question.ID(), Possible: []string{}, Excluded: []jsonWithdrawn{}}
		for _, a := range f.Possible {
			question.Possible = append(question.Possible, a.String())
			if needs := p.Needs(f.Question, a); len(f.Possible) > 1 && needs != model.Space.Full() {
				if question.Needs == nil {
					question.Needs = map[string]string{}
				}
				question.Needs[a.String()] = model.Space.Format(needs)
			}
		}
		for _, e := range f.Excluded {
			question.Excluded = append(question.Excluded, jsonWithdrawn{e.Answer.String(), reasonsJSON(e.Reasons)})
		}
		j.Questions = append(j.Questions, question)
	}
	j.More = p.MoreConflicts
	for i := range p.Conflicts {
		c := &p.Conflicts[i]
		conflict := jsonConflict{Reasons: reasonsJSON(c.Reasons)}
		if c.Cause.Kind != 0 {
			conflict.Cause = &jsonCause{c.Cause.Kind.String(), c.Cause.Rule, c.Cause.Describe()}
		}
		j.Conflicts = append(j.Conflicts, conflict)
	}
	return j
}

func clocksJSON(clocks []recording.Clock) []jsonClock {
	var all []jsonClock
	for i := range clocks {
		c := &clocks[i]
		j := jsonClock{Party: c.Party, Behind: millis(c.Moved), Amiss: c.Amiss > 0}
		if left, ok := c.Remains(); ok {
			j.Left = new(millis(left))
		}
		all = append(all, j)
	}
	return all
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func reasonsJSON(reasons []infer.Reason) []jsonReason {
	var all []jsonReason
	for i := range reasons {
		r := &reasons[i]
		j := jsonReason{File: r.Recording.Name, Says: r.Describe(), Expected: r.Expected}
		if r.Line != nil {
			j.Line = r.Line.Number
		}
		all = append(all, j)
	}
	return all
}

// texts returns statements without the recordings that they are made of.
func texts(all []statement) []string {
	out := []string{}
	for _, s := range all {
		out = append(out, s.text)
	}
	return out
}

func planJSON(a *family.Algebra, p *infer.Plan) jsonPlan {
	var j jsonPlan
	for _, e := range p.Experiments {
		j.Scenarios = append(j.Scenarios, jsonScenario{e.Name, e.About, e.Script})
	}
	for _, t := range p.Tells {
		for _, pair := range t.Pairs {
			j.Tells = append(j.Tells, jsonTelling{t.Question.ID(), pair.True.String(), pair.Other.String(), termsOf(a, pair.Where)})
		}
	}
	return j
}
