package infer

import (
	"context"

	"cosw/linearize"
	"cosw/model/family"
)

// Cause is why no design explains a recording, as far as it can be told.
type Cause struct {
	Kind CauseKind
	Rule string // that is taken for granted, or what the standards say; empty for Lacks
}

// CauseKind is what kind of cause it is.
type CauseKind uint8

const (
	_           CauseKind = iota
	Contradicts           // the line contradicts the standards, whatever a design says
	Granted               // something that is taken for granted does not hold: without it, some design explains the recording
	Lacks                 // the family has no answer for what the platform does
)

// String returns the kind in a word: standards, granted or lacks.
func (k CauseKind) String() string { return [...]string{"", "standards", "granted", "lacks"}[k] }

// cause finds out why no design explains a recording. The reason is its first observation that none explains.
func (inf *Inference) cause(ctx context.Context, r *Reason) (Cause, error) {
	if r.Line == nil {
		return Cause{Granted, assumeRest}, nil // all lines are explained
	}
	if r.Line.Op == "receive" || r.Line.Op == "closed" {
		rule, err := inf.contradiction(r.Line.Conn)
		if err != nil || rule != "" {
			return Cause{Contradicts, rule}, err
		}
	}
	for _, g := range grounds {
		o := inf.Options
		g.takeBack(&o)
		other, err := Infer(ctx, inf.Algebra, inf.Recording, o, nil)
		switch {
		case err != nil:
			return Cause{}, err
		case other.Stopped != nil:
			return Cause{}, other.Stopped
		case other.Designs != family.None:
			return Cause{Granted, g.assumption}, nil
		}
	}
	return Cause{Kind: Lacks}, nil
}

// contradiction returns what the standards say of ports that no connection with that history can keep to, or nothing.
func (inf *Inference) contradiction(connection int) (string, error) {
	o := linearize.DefaultOptions
	o.Error, o.Late = inf.Options.Error, inf.Options.Late
	v, err := linearize.Judge(inf.Recording, o)
	if err != nil {
		return "", err
	}
	for i := range v.Connections {
		c := &v.Connections[i]
		if c.Connection != connection || c.Result != linearize.Violated || c.Explanation == nil {
			continue
		}
		switch c.Explanation.Kind {
		case linearize.Receive:
			return portsDeliver, nil
		case linearize.Learn:
			return portsTell, nil
		}
	}
	return "", nil
}
