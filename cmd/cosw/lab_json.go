package main

import (
	"errors"
	"slices"
	"strings"

	"cosw/model"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/conform"
)

// What the commands of cosw lab print as JSON.
type (
	// foundBrowser is a browser that is installed, or what is missing.
	foundBrowser struct {
		Engine   string   `json:"engine"`
		Version  string   `json:"version,omitempty"`
		Missing  string   `json:"missing,omitempty"` // why it cannot be driven
		Packages []string `json:"packages"`          // of Debian
	}
	labScenario struct {
		Name   string   `json:"name"`
		About  string   `json:"about"`
		Cannot []cannot `json:"cannot"`
	}
	// cannot is where something cannot be done, and why.
	cannot struct {
		Engine   string `json:"engine"`
		Scenario string `json:"scenario"`
		Why      string `json:"why"`
	}
	// labRecords is what became of the scenarios of cosw lab record, by engine, each with its scenarios as they were recorded.
	labRecords struct {
		Recorded []recorded `json:"recorded"`
		Cannot   []cannot   `json:"cannot"`
		Failed   []missed   `json:"failed"`
	}
	recorded struct {
		Engine   string `json:"engine"`
		Scenario string `json:"scenario"`
		File     string `json:"file"`
		Again    string `json:"again,omitempty"` // why it took a second attempt
	}
	// missed is a recording that could be made, and was not.
	missed struct {
		Engine   string `json:"engine"`
		Scenario string `json:"scenario,omitempty"` // nothing where the browser is not installed
		Why      string `json:"why"`
	}
	// writtenTests are what cosw lab wpt wrote.
	writtenTests struct {
		Traces int         `json:"traces"`
		Tests  []string    `json:"tests"` // files
		None   []traceless `json:"none"`
	}
	// traceless are traces of which there is no test, and why.
	traceless struct {
		Why    string   `json:"why"`
		Traces []string `json:"traces"`
	}
	// labInference is what the recordings of cosw lab infer say.
	labInference struct {
		Platforms []jsonPlatform `json:"platforms"`
		Cannot    []cannot       `json:"cannot"`
		Failed    int            `json:"failed"` // recordings that could be made, and were not
	}
	// conformance is what cosw lab conform found.
	conformance struct {
		Claims   []claimed `json:"claims"`
		Breaches []breach  `json:"breaches"`
		Allowed  []string  `json:"notKept"` // what engines do not let be kept
		Cannot   []cannot  `json:"cannot"`
		Failed   int       `json:"failed"`
	}
	// claimed is an answer that the implementation claims, and what each engine shows of it.
	claimed struct {
		Answer cube   `json:"answer"`
		InPart bool   `json:"inPart"`
		Seen   []seen `json:"seen"`
	}
	seen struct {
		Platform string   `json:"platform"`
		Shown    bool     `json:"shown"`    // recordings leave no other answer
		Excluded []string `json:"excluded"` // answers that they exclude
	}
	// breach is something that was not kept.
	breach struct {
		Engine    string   `json:"engine"`
		Scenario  string   `json:"scenario"`
		Questions []string `json:"questions"`
		What      string   `json:"what"`
	}
)

func newFoundBrowser(e *browser.Engine, version string, err error) foundBrowser {
	f := foundBrowser{Engine: e.ID, Version: version, Packages: append([]string{}, e.Packages...)}
	if err != nil {
		f.Version, f.Missing = "", err.Error()
	}
	return f
}

func newLabScenarios(all []lab.Scenario) []labScenario {
	var out []labScenario
	for i := range all {
		s := labScenario{all[i].Name, all[i].About, []cannot{}}
		for _, e := range browser.Engines() {
			if why := all[i].Cannot(e, lab.Options{}); why != "" {
				s.Cannot = append(s.Cannot, cannot{e.ID, all[i].Name, why})
			}
		}
		out = append(out, s)
	}
	return out
}

// add adds what became of a scenario; file is that of its recording.
func (r *labRecords) add(o lab.Outcome, file string) {
	switch {
	case errors.Is(o.Err, browser.ErrMissing):
		r.Failed = append(r.Failed, missed{Engine: o.Engine.ID, Why: o.Err.Error()})
	case o.Err != nil:
		r.Failed = append(r.Failed, missed{o.Engine.ID, o.Scenario.Name, o.Err.Error()})
	case o.Cannot != "":
		r.Cannot = append(r.Cannot, cannot{o.Engine.ID, o.Scenario.Name, o.Cannot})
	default:
		of := recorded{Engine: o.Engine.ID, Scenario: o.Scenario.Name, File: file}
		if o.Again != nil {
			of.Again = o.Again.Error()
		}
		r.Recorded = append(r.Recorded, of)
	}
}

// sorted returns the same by engine, each with its scenarios in the order in which they were recorded: engines work side by side.
func (r *labRecords) sorted() labRecords {
	out := labRecords{append([]recorded{}, r.Recorded...), append([]cannot{}, r.Cannot...), append([]missed{}, r.Failed...)}
	slices.SortStableFunc(out.Recorded, func(x, y recorded) int { return strings.Compare(x.Engine, y.Engine) })
	slices.SortStableFunc(out.Cannot, func(x, y cannot) int { return strings.Compare(x.Engine, y.Engine) })
	slices.SortStableFunc(out.Failed, func(x, y missed) int { return strings.Compare(x.Engine, y.Engine) })
	return out
}

// data is what was written of so many traces.
func (w *testWriter) data(traces int) writtenTests {
	out := writtenTests{traces, append([]string{}, w.tests...), []traceless{}}
	for _, why := range w.none.keys {
		out.None = append(out.None, traceless{why, w.none.of[why]})
	}
	return out
}

// cannots returns what could not be done.
func (c *collector) cannots() []cannot {
	all := []cannot{}
	for _, o := range c.cannot {
		all = append(all, cannot{o.Engine.ID, o.Scenario.Name, o.Cannot})
	}
	return all
}

func (c *collector) inference(platforms []infer.Platform) labInference {
	return labInference{platformsJSON(platforms), c.cannots(), c.failed + c.absent}
}

// data is what was found of each claim.
func (c *conformer) data(t *conform.Table) conformance {
	out := conformance{
		Breaches: append([]breach{}, c.breaches...), Allowed: append([]string{}, t.Allowed...), Cannot: c.cannots(), Failed: c.failed + c.absent,
	}
	for _, row := range t.Rows {
		of := claimed{cube(model.Where(row.Claim.Question, row.Claim.Answer)), row.Claim.InPart, []seen{}}
		for i, s := range row.Seen {
			of.Seen = append(of.Seen, seen{t.Engines[i], s.Shown, append([]string{}, s.Excluded...)})
		}
		out.Claims = append(out.Claims, of)
	}
	return out
}
