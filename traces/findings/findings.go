package findings

import (
	"context"
	"errors"
	"fmt"

	"cosw/model"
	"cosw/model/family"
	"cosw/props"
	"cosw/props/explore"
	"cosw/traces/exhibits"
	"cosw/traces/lab/conform"
)

// Options say what else belongs into the text.
type Options struct {
	// Today, if set, says in a few words what browsers do about a question; empty where that is not known. It fills a
	// column of its own.
	Today func(model.Question) string
	// Running is what was seen of an implementation of the recommended design, if it has rows.
	Running conform.Table
	// Progress, if set, is told now and then what is being searched and how far it has come.
	Progress func(what string, p explore.Progress)
}

// ErrUnsound is why there is no text: something that every verdict rests on does not hold. cosw check says what it is.
var ErrUnsound = errors.New("the check of the family is not sound, so that there is nothing to write")

// Write checks the whole family and returns the text of findings.md: the same bytes for the same model. The error is
// explore.ErrInterrupted when ctx ended first, or ErrUnsound.
func Write(ctx context.Context, o Options) ([]byte, error) {
	e, err := gather(ctx, o)
	if err != nil {
		return nil, err
	}
	return e.write(o)
}

// Histories and the seed of the random histories that the text speaks of: those of cosw check.
const (
	histories = 1000
	seed      = 1
)

// largerBounds are those of a second search, which tells whether more connections make a difference. With messages as well
// it would take minutes.
var largerBounds = model.Bounds{Pages: 1, Connections: 2, Versions: 2, Faults: 1, Kills: 1}

// evidence is all that the text rests on.
type evidence struct {
	*props.Report
	standings []props.Standing // by question
	conflicts []props.Conflict
	classes   []props.Class // of best designs
	best      family.Set    // all of them
	// reference is a best design that stands for all of them where a trace needs answers to all questions: it gives up
	// as little as any, and where that leaves a choice, it has the answers of the table of preferences.
	reference  family.Cube
	rejections []props.Rejection
	larger     *props.Report // within largerBounds; nil if that was left out

	contrasts  []exhibits.Contrast    // what other answers than those of reference cost
	sacrifices [][]exhibits.Sacrifice // by conflict
	inherited  []exhibits.Inherited   // what ancestors break
}

// gather searches the family. Everything that it needs is found in one search within the default bounds, one for the
// causes of rejections, and one within larger bounds.
func gather(ctx context.Context, o Options) (*evidence, error) {
	report, err := check(ctx, o, model.DefaultBounds, histories)
	if err != nil {
		return nil, err
	}
	e, err := conclude(ctx, report)
	if err != nil {
		return nil, err
	}
	e.larger, err = check(ctx, o, largerBounds, 0)
	return e, err
}

// check checks the whole family within bounds.
func check(ctx context.Context, o Options, bounds model.Bounds, histories int) (*props.Report, error) {
	report, err := props.Check(ctx, props.Options{
		Bounds: bounds, Scope: model.Space.Full(), Histories: histories, Seed: seed, Progress: o.Progress,
	})
	switch {
	case err != nil:
		return nil, err
	case report.Stopped != nil:
		return nil, report.Stopped
	case report.Livelock.Set != family.None, report.Random != nil && len(report.Random.New) > 0:
		return nil, ErrUnsound
	case len(report.Vacuous())+len(report.Unseen) > 0:
		return nil, ErrUnsound
	}
	return report, nil
}

// conclude draws from a report what the text needs.
func conclude(ctx context.Context, report *props.Report) (*evidence, error) {
	e := weigh(report)
	var err error
	if e.contrasts, err = exhibits.Contrasts(report, e.standings, e.best, e.reference); err != nil {
		return nil, err
	}
	for _, c := range e.conflicts {
		s, err := exhibits.Sacrifices(report, c)
		if err != nil {
			return nil, err
		}
		e.sacrifices = append(e.sacrifices, s)
	}
	if e.inherited, err = exhibits.Ancestors(report, typical); err != nil {
		return nil, err
	}
	e.rejections, err = props.Rejections(ctx, report.Algebra, report.Options.Bounds)
	return e, err
}

// weigh weighs the properties of a report against each other.
func weigh(report *props.Report) *evidence {
	e := &evidence{Report: report, standings: report.Stand(), conflicts: report.Conflicts(), classes: report.Best(), best: family.None}
	for _, c := range e.classes {
		e.best = report.Algebra.Union(e.best, c.Designs)
	}
	e.reference = e.refer()
	return e
}

// preferences are the answers that a design for traces has where best designs leave a choice. They are no advice.
var preferences = []struct {
	question model.Question
	answer   model.Answer
}{
	{model.Errors, model.UniformTimed}, {model.Suspend, model.Wake}, {model.Interrupt, model.Retry},
	{model.Unregister, model.Sever}, {model.Queue, model.Kept}, {model.PageList, model.List},
	{model.WorkerList, model.List}, {model.Delivery, model.Global}, {model.Frozen, model.Keep}, {model.Pipeline, model.No},
	{model.Collect, model.Keep}, {model.Acknowledge, model.None}, {model.SameOrigin, model.AskFirst},
}

// refer returns the design that stands for all best ones.
func (e *evidence) refer() family.Cube {
	left := e.classes[0].Designs
	for _, p := range preferences {
		if chosen := e.Algebra.Restrict(left, model.Where(p.question, p.answer)); chosen != family.None {
			left = chosen
		}
	}
	return model.Space.Answered(e.Algebra.First(left))
}

// write writes the text.
func (e *evidence) write(o Options) ([]byte, error) {
	d := &document{evidence: e, today: o.Today, seen: o.Running}
	return d.text()
}

// text writes all of it.
func (d *document) text() ([]byte, error) {
	d.opening()
	d.glance()
	d.cannotBeHadTogether()
	d.partitions()
	d.openPoints()
	d.errors()
	d.ancestors()
	d.mistakes()
	d.properties()
	d.trust()
	d.sources()
	if d.err != nil {
		return nil, fmt.Errorf("findings: %w", d.err)
	}
	return d.finish(), nil
}
