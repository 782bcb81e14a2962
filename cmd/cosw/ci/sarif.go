package ci

import (
	"encoding/json"
	"io"
	"net/url"
	"strings"
)

// sarifSchema is where the standard keeps the schema of its version 2.1.0.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// The objects of SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as far as they are used.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Automation  sarifAutomation   `json:"automationDetails"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
		Properties  map[string]string `json:"properties,omitempty"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription *sarifText   `json:"shortDescription,omitempty"`
		Help             *sarifText   `json:"help,omitempty"`
		Default          sarifDefault `json:"defaultConfiguration"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifAutomation struct {
		ID          string     `json:"id"`
		Description *sarifText `json:"description,omitempty"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex *int            `json:"ruleIndex,omitempty"`
		Kind      string          `json:"kind"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine int `json:"startLine"`
	}
)

// WriteSARIF writes a run as a log of SARIF 2.1.0. Its results are the cases that failed and those without a verdict,
// each in the file that was judged, or else where its rule comes from: services take every result for a finding, so that
// the others are left out. A run without all its verdicts is one that was not executed successfully.
func WriteSARIF(w io.Writer, r *Run) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{Name: tool, Rules: []sarifRule{}}},
		// "An id that ends with a slash is a category" (3.17.3): a service compares runs of one category.
		Automation:  sarifAutomation{ID: tool + "/" + r.Name + "/", Description: text(r.Title)},
		Invocations: []sarifInvocation{r.invocation()},
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	for _, rule := range r.Rules {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules,
			sarifRule{rule.ID, text(rule.Title), text(rule.Help), sarifDefault{"error"}})
	}
	for _, f := range r.Facts {
		if run.Properties == nil {
			run.Properties = map[string]string{}
		}
		run.Properties[f.Name] = f.Value
	}
	for i := range r.Cases {
		if c := &r.Cases[i]; c.Outcome == Failed || c.Outcome == Unknown {
			run.Results = append(run.Results, r.result(c))
		}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

func (r *Run) invocation() sarifInvocation {
	out := sarifInvocation{Successful: r.Count(Unknown) == 0}
	for i := range r.Cases {
		if c := &r.Cases[i]; c.Outcome == Unknown {
			out.Notifications = append(out.Notifications, sarifNotification{"error", *text(c.Name + ": " + c.Summary)})
		}
	}
	return out
}

func (r *Run) result(c *Case) sarifResult {
	message := c.Name + ": " + c.Summary
	if c.Detail != "" {
		message += "\n\n" + c.Detail
	}
	out := sarifResult{RuleID: c.Rule, Kind: "fail", Level: "error", Message: *text(message)}
	if c.Outcome == Unknown {
		out.Kind, out.Level = "open", "none" // a level other than none is for what fails (3.27.10)
	}
	if i := r.ruleIndex(c); i >= 0 {
		out.RuleIndex = &i
	}
	place := r.rule(c).Place
	if c.File != "" {
		out.Locations = []sarifLocation{location(portable(c.File), c.Line, "")}
		if place.File != "" {
			out.Related = []sarifLocation{location(place.File, place.Line, place.Heading)}
		}
	} else if place.File != "" {
		out.Locations = []sarifLocation{location(place.File, place.Line, place.Heading)}
	}
	return out
}

func location(file string, line int, message string) sarifLocation {
	out := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{(&url.URL{Path: file}).String()}}, Message: text(message)}
	if line > 0 {
		out.Physical.Region = &sarifRegion{line}
	}
	return out
}

// braces stand for arguments in messages, unless they are doubled (3.11.5).
var braces = strings.NewReplacer("{", "{{", "}", "}}")

// text is nil for nothing: a message of SARIF has a text.
func text(s string) *sarifText {
	if s == "" {
		return nil
	}
	return &sarifText{braces.Replace(s)}
}
