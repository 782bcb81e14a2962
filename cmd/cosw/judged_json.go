package main

import (
	"errors"
	"strings"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/props/references"
	"cosw/traces"
	"cosw/traces/findings"
)

// What commands that judge files print as JSON.
type (
	// judgedRecording is what cosw linearize says of a recording.
	judgedRecording struct {
		File        string             `json:"file"`
		Scenario    string             `json:"scenario"`
		Platform    string             `json:"platform"`
		CloseEvent  bool               `json:"closeEvent"`
		Result      string             `json:"result"`            // linearizable, violated or unknown
		Clocks      []jsonClock        `json:"clocks,omitempty"`  // that are behind
		Skipped     string             `json:"skipped,omitempty"` // lines of the browser that say something not known here
		Connections []judgedConnection `json:"connections"`
	}
	judgedConnection struct {
		Connection int      `json:"connection"`
		Result     string   `json:"result"` // linearizable, violated or unknown
		Page       string   `json:"page"`
		Worker     string   `json:"worker"`
		Posted     traffic  `json:"posted"`
		Received   traffic  `json:"received"`
		Says       []string `json:"says"` // what was recorded, and why the result is what it is
	}
	// traffic is how many messages each side has to do with.
	traffic struct {
		Page   int `json:"page"`
		Worker int `json:"worker"`
	}
	// replayed is what cosw replay prints.
	replayed struct {
		Traces  []judgedTrace `json:"traces"`
		Agree   int           `json:"asRecorded"`
		Differ  int           `json:"notAsRecorded"`
		Renewed int           `json:"rewritten"`
		Unread  int           `json:"unreadable"`
	}
	judgedTrace struct {
		File    string           `json:"file"`
		Error   string           `json:"error,omitempty"` // why it was not judged
		Verdict string           `json:"verdict,omitempty"`
		Wrong   []judgedMismatch `json:"differences"`
		Update  string           `json:"update,omitempty"` // what --update did about it
		Next    string           `json:"next,omitempty"`   // what could happen after it, as text
	}
	judgedMismatch struct {
		Line     int      `json:"line"`
		What     string   `json:"what"`
		Recorded []string `json:"recorded"`
		Now      []string `json:"now"`
	}
	// checkedFindings is what cosw findings --check prints.
	checkedFindings struct {
		File     string           `json:"file"`
		Same     bool             `json:"same"` // it is what the model says now
		Sections []checkedSection `json:"sections"`
	}
	checkedSection struct {
		Heading    string `json:"heading"`
		Line       int    `json:"line"` // 0 if the file lacks the section
		Same       bool   `json:"same"`
		Difference string `json:"difference,omitempty"`
	}
	// referenceGraph is what cosw graph prints.
	referenceGraph struct {
		Nodes      []graphNode   `json:"nodes"`
		References []graphEdge   `json:"references"`
		Wrong      []graphDefect `json:"wrong"`
	}
	graphNode struct {
		Node  string `json:"node"`
		State string `json:"state"`
	}
	graphEdge struct {
		From string `json:"from"`
		To   string `json:"to"`
		Why  string `json:"why"`
	}
	graphDefect struct {
		Trouble string      `json:"trouble"`
		Nodes   []string    `json:"nodes"`
		Missing string      `json:"missing"`
		KeptBy  []graphEdge `json:"keptBy"` // a path that keeps it alive
		Cycle   bool        `json:"cycle"`  // it keeps itself
	}
)

// data is what was judged.
func (j *judge) data() []judgedRecording {
	all := []judgedRecording{}
	for i := range j.verdicts {
		all = append(all, newJudgedRecording(&j.verdicts[i]))
	}
	return all
}

func newJudgedRecording(v *linearize.Verdict) judgedRecording {
	j := judgedRecording{v.Name, v.Scenario, v.Platform, v.CloseEvent, v.Result.String(), clocksJSON(v.Clocks), "", []judgedConnection{}}
	if len(v.Skipped) > 0 {
		j.Skipped = recording.DescribeSkipped(v.Skipped)
	}
	for i := range v.Connections {
		c := &v.Connections[i]
		j.Connections = append(j.Connections, judgedConnection{
			c.Connection, c.Result.String(), c.Page, c.Worker, traffic{c.Posted[0], c.Posted[1]}, traffic{c.Received[0], c.Received[1]}, c.Describe(v.Options),
		})
	}
	return j
}

// data is what was replayed.
func (r *replay) data() replayed {
	out := replayed{[]judgedTrace{}, r.agree, r.differ, r.renewed, r.unread}
	for i := range r.judged {
		j := &r.judged[i]
		t := judgedTrace{File: j.file, Wrong: []judgedMismatch{}, Update: j.update, Next: j.next}
		var unreadable *traces.FileError
		switch {
		case errors.As(j.err, &unreadable):
			t.Error = unreadable.Error()
		case j.err != nil:
			t.Error = j.err.Error()
		default:
			t.Verdict = j.trace.Verdict.String()
		}
		for _, d := range j.wrong {
			t.Wrong = append(t.Wrong, judgedMismatch{d.Line, d.What, append([]string{}, d.Recorded...), append([]string{}, d.Now...)})
		}
		out.Traces = append(out.Traces, t)
	}
	return out
}

func newCheckedFindings(name string, sections []findings.Section) checkedFindings {
	out := checkedFindings{File: name, Same: true, Sections: []checkedSection{}}
	for _, s := range sections {
		same := s.Difference == nil
		out.Same = out.Same && same
		out.Sections = append(out.Sections, checkedSection{strings.TrimSpace(s.Heading), s.Line, same, string(s.Difference)})
	}
	return out
}

func newReferenceGraph(g *references.Graph) referenceGraph {
	out := referenceGraph{[]graphNode{}, graphEdges(g.Edges()), []graphDefect{}}
	for _, n := range g.Nodes() {
		out.Nodes = append(out.Nodes, graphNode{n.String(), g.Detail(n)})
	}
	for _, d := range g.Defects() {
		defect := graphDefect{Trouble: d.Trouble.String(), Missing: d.Missing, KeptBy: graphEdges(d.Path), Cycle: d.Cycle}
		for _, n := range d.Nodes {
			defect.Nodes = append(defect.Nodes, n.String())
		}
		out.Wrong = append(out.Wrong, defect)
	}
	return out
}

func graphEdges(edges []references.Edge) []graphEdge {
	out := []graphEdge{}
	for _, e := range edges {
		out = append(out, graphEdge{e.Source.String(), e.Target.String(), e.Reason.String()})
	}
	return out
}
