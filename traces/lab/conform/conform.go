// Package conform judges whether the scripts of package connect keep what they claim, in real browsers.
//
// What a browser did is recorded by package lab, and has to be explained by a behaviour of the model under the design that
// connect.js claims, and nothing else; and each connection has to be linearizable. So every property of that design holds of
// what was seen, as far as the model knows properties. Where an engine does not let a claim be kept, a list of allowances says
// why, and what is asked for instead.
package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/traces"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/connect"
)

// Verdict is what a recording says about the claim.
type Verdict struct {
	Inference *infer.Inference // nil if the recording is not supported
	Beyond    string           // why it is not: then connections are judged by the order of their messages alone
	Unjudged  bool             // and that cannot be told either
	Allowed   string           // why less is kept than is claimed, if that is so
	Broken    []Breach
}

// Breach is something that was not kept.
type Breach struct {
	Questions []string      // questions of which other answers would explain what was seen: one each, or if none does, two, as in "a+b"
	What      string        // a clause
	Trace     *traces.Trace // a shortest history up to what cannot follow, if there is one
}

// Judge judges a recording of a scenario. The error says that it was interrupted.
func Judge(ctx context.Context, a *family.Algebra, s *lab.Scenario, text []byte) (Verdict, error) {
	rec, err := recording.Read(bytes.NewReader(text), s.Name+".jsonl")
	if err != nil {
		return Verdict{Broken: []Breach{{What: err.Error()}}}, nil
	}
	whole, err := judge(ctx, a, rec, connect.Design())
	if err != nil || len(whole.Broken) == 0 {
		return whole, err
	}
	for _, allow := range allowances {
		if !allow.applies(rec, text) {
			continue
		}
		less, err := allow.judge(ctx, a, rec)
		if err != nil || len(less.Broken) == 0 {
			return less, err
		}
	}
	return whole, nil
}

// judge asks for all of a claim.
func judge(ctx context.Context, a *family.Algebra, rec *recording.Recording, claim family.Cube) (Verdict, error) {
	var v Verdict
	if err := v.explain(ctx, a, rec, claim); err != nil {
		return v, err
	}
	v.order(rec)
	v.privacy(rec)
	return v, nil
}

// judge asks for what is left of the claim.
func (allow *allowance) judge(ctx context.Context, a *family.Algebra, rec *recording.Recording) (Verdict, error) {
	var v Verdict
	var err error
	switch {
	case allow.weaker != nil:
		v, err = judge(ctx, a, rec, allow.weaker(connect.Design()))
	case !tellsPage(rec):
		v.Broken = append(v.Broken, Breach{What: "no page is told that its connection is over"})
	}
	v.Allowed = allow.why
	return v, err
}

// explain asks for an explanation under the claim.
func (v *Verdict) explain(ctx context.Context, a *family.Algebra, rec *recording.Recording, claim family.Cube) error {
	inf, err := infer.Infer(ctx, a, rec, infer.DefaultOptions, nil)
	switch {
	case err != nil:
		v.Beyond = err.Error()
		return nil
	case inf.Stopped != nil:
		return inf.Stopped
	}
	v.Inference = inf
	if a.Restrict(inf.Explained, claim) != family.None {
		return nil
	}
	reason, err := inf.Reason(ctx, a.Cube(claim))
	if err != nil {
		return err
	}
	b := Breach{What: reason.Where() + ": " + reason.Describe(), Questions: blamed(a, inf.Explained, claim)}
	e := reason.Explain()
	b.Trace, _ = e.Trace("What led up to this: "+b.What+".", "cosw lab conform --scenario "+rec.Scenario)
	v.Broken = append(v.Broken, b)
	return nil
}

// blamed returns the questions of which another answer alone would explain everything, or else the pairs.
func blamed(a *family.Algebra, explained family.Set, claim family.Cube) []string {
	var single, pairs []string
	for i, q := range model.Questions() {
		free := model.Space.Free(claim, int(q))
		if a.Restrict(explained, free) != family.None {
			single = append(single, q.ID())
		}
		for _, other := range model.Questions()[:i] {
			if a.Restrict(explained, model.Space.Free(free, int(other))) != family.None {
				pairs = append(pairs, other.ID()+"+"+q.ID())
			}
		}
	}
	if single != nil {
		return single
	}
	return pairs
}

// order asks for linearizability. A message that a worker was killed over comes again to the next instance, and whether that is
// as it should be is for the model to say.
func (v *Verdict) order(rec *recording.Recording) {
	if has(rec, func(l *recording.Line) bool { return l.Op == "kill" }) {
		v.Unjudged = v.Beyond != ""
		return
	}
	judged, err := linearize.Judge(rec, linearize.DefaultOptions)
	switch {
	case err != nil && v.Beyond != "":
		v.Unjudged = true
		return
	case err != nil:
		v.Broken = append(v.Broken, Breach{What: err.Error()})
		return
	}
	for _, c := range judged.Connections {
		if c.Result == linearize.Violated {
			v.Broken = append(v.Broken, Breach{What: fmt.Sprintf("connection %d is not linearizable: cosw linearize tells why", c.Connection)})
		}
	}
}

// privacy asks that workers learn the origin of a page and not its url, which the claimed answer about clients has, and which no
// model of the life of connections shows.
func (v *Verdict) privacy(rec *recording.Recording) {
	for i := range rec.Lines {
		if l := &rec.Lines[i]; l.Role == recording.Worker && l.Op == "connect" && l.URL != "" {
			v.Broken = append(v.Broken, Breach{
				Questions: []string{model.Client.ID()},
				What:      fmt.Sprintf("%s learns the url of the page that asks for connection %d, and not just its origin", l.Actor, l.Conn),
			})
			return
		}
	}
}

// allowance is something that a platform does not let be kept.
type allowance struct {
	why     string
	applies func(rec *recording.Recording, text []byte) bool
	weaker  func(family.Cube) family.Cube // what is claimed instead; nil: that a page is told, and nothing else
}

var allowances = []allowance{
	{
		why: "the bridge dies with the worker, both being in one process: the connection ends, and the page is told",
		applies: func(_ *recording.Recording, text []byte) bool {
			var head struct{ Bridge string }
			first, _, _ := bytes.Cut(text, []byte("\n"))
			return json.Unmarshal(first, &head) == nil && head.Bridge == "died"
		},
	},
	{
		why: "the worker runs on after its registration is gone, and is not seen to end its side: the page is told",
		applies: func(rec *recording.Recording, _ []byte) bool {
			return strings.HasPrefix(rec.Platform, "Chromium") && has(rec, func(l *recording.Line) bool { return l.Op == "unregister" })
		},
	},
	{
		why: "the worker is not suspended as long as there is a bridge",
		applies: func(rec *recording.Recording, _ []byte) bool {
			return has(rec, func(l *recording.Line) bool { return l.Op == "cannot" && l.Try == "suspend" })
		},
		weaker: func(claim family.Cube) family.Cube {
			return model.Space.Free(claim, int(model.Suspend)).And(model.Where(model.Suspend, model.Keepalive))
		},
	},
}

// tellsPage tells whether a page was told that its connection is over, or never came to be.
func tellsPage(rec *recording.Recording) bool {
	return has(rec, func(l *recording.Line) bool { return l.Page > 0 && (l.Op == "closed" || l.Op == "rejected") })
}

func has(rec *recording.Recording, what func(*recording.Line) bool) bool {
	for i := range rec.Lines {
		if what(&rec.Lines[i]) {
			return true
		}
	}
	return false
}
