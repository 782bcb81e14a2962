package main

import (
	"cosw/model"
	"cosw/model/family"
	"cosw/props"
)

// What cosw fuzz prints as JSON.
type (
	fuzzed struct {
		Histories  int              `json:"histories"`
		Steps      int              `json:"steps"`
		Bounds     model.Bounds     `json:"bounds"`
		Scope      cube             `json:"scope"`
		Complete   bool             `json:"complete"`
		Stopped    string           `json:"stopped,omitempty"` // why it is not complete
		Kinds      []occurrence     `json:"stepKinds"`
		Events     []occurrence     `json:"eventKinds"`
		Premises   []seenPremise    `json:"premises"`
		Violations []fuzzedProperty `json:"violations"`
		Repeat     string           `json:"repeat"` // the command that draws the same histories
	}
	occurrence struct {
		What  string `json:"what"`
		Times int    `json:"times"`
	}
	// seenPremise is in how many histories the premise of a property was seen.
	seenPremise struct {
		Property  string `json:"property"`
		Histories int    `json:"histories"`
	}
	fuzzedProperty struct {
		Property  string      `json:"property"`
		Claims    string      `json:"claims"`
		Histories int         `json:"histories"` // that broke it
		New       bool        `json:"new"`       // the exact search within the default bounds knows no violation of the design
		Rough     bool        `json:"rough"`     // there was no time left to make the history minimal
		Design    cube        `json:"design"`
		Steps     []traceStep `json:"steps"`
		Broken    string      `json:"broken"`
	}
)

func newFuzzed(r *props.FuzzReport, again string) fuzzed {
	out := fuzzed{
		Histories: r.Tally.Histories, Steps: r.Tally.Steps, Bounds: r.Options.Bounds, Scope: cube(r.Options.Scope),
		Complete: r.Stopped == nil, Premises: []seenPremise{}, Violations: []fuzzedProperty{}, Repeat: again,
	}
	if r.Stopped != nil {
		out.Stopped = r.Stopped.Error()
	}
	for _, k := range model.Kinds() {
		out.Kinds = append(out.Kinds, occurrence{k.Text(), r.Tally.Kinds[k]})
	}
	for _, k := range model.EventKinds() {
		out.Events = append(out.Events, occurrence{k.Text(), r.Tally.Events[k]})
	}
	for _, p := range props.Catalogue() {
		if n, ok := r.Premises[p.ID]; ok {
			out.Premises = append(out.Premises, seenPremise{p.ID, n})
		}
	}
	for _, v := range r.Violations {
		out.Violations = append(out.Violations, fuzzedProperty{
			v.Property.ID, v.Property.Claims, v.Histories, v.New != family.None, v.Rough, cube(v.History.Design), stepsOf(v.Told), v.Property.Broken,
		})
	}
	return out
}
