package infer

import (
	"context"
	"errors"
	"slices"
	"strings"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
)

// This file says what today's browsers have chosen.

// Today infers from recordings what each engine has chosen, with [DefaultOptions]: recordings of one version of a browser are
// taken together, and its name is shortened to "Firefox 153" and the like. From [linearize.Kept], it gives what findings.md
// says of today's browsers; [Choices] puts that in order. A recording that is not supported, or an engine whose recordings no
// design explains, is an error.
func Today(ctx context.Context, recordings ...*recording.Recording) ([]Platform, error) {
	named := make([]*recording.Recording, len(recordings))
	for i, rec := range recordings {
		of := *rec
		of.Platform = Engine(rec.Platform)
		named[i] = &of
	}
	platforms, refused, err := InferAll(ctx, named, DefaultOptions, nil)
	if err != nil {
		return nil, err
	}
	if len(refused) > 0 {
		return nil, refused[0]
	}
	for i := range platforms {
		if len(platforms[i].Conflicts) > 0 {
			r := &platforms[i].Conflicts[0].Reasons[0]
			return nil, errors.New(r.Where() + ": " + notExplained)
		}
		if err := platforms[i].findGrounds(ctx); err != nil {
			return nil, err
		}
	}
	return platforms, nil
}

// engines are the browsers whose names and versions are shortened.
var engines = []struct {
	name    string // as recordings have it, before the version
	short   string
	numbers int // of the version: how many tell one engine from the next
}{
	{"Chromium", "Chromium", 1},
	{"Firefox", "Firefox", 1},
	{"WebKitGTK MiniBrowser", "WebKitGTK", 2},
}

// Engine returns the name of the engine of a platform: that of the browser and as much of its version as matters. A
// platform that is not known is its own engine.
func Engine(platform string) string {
	for _, e := range engines {
		rest, ok := strings.CutPrefix(platform, e.name+" ")
		if !ok {
			continue
		}
		version, _, _ := strings.Cut(rest, " ")
		numbers := strings.Split(version, ".")
		return e.short + " " + strings.Join(numbers[:min(e.numbers, len(numbers))], ".")
	}
	return platform
}

// grounds are what a conclusion may rest on: each can be taken back.
var grounds = []struct {
	assumption string
	takeBack   func(*Options)
}{
	{assumeRest, func(o *Options) { o.Breaks = true }},
	{assumeListens, func(o *Options) { o.late = true }},
	{assumeSuspends, func(o *Options) { o.Stop = Either }},
	{assumeEnds, func(o *Options) { o.apart = true }},
}

// findGrounds finds out what the conclusions rest on: without it, some answer would not be excluded.
func (p *Platform) findGrounds(ctx context.Context) error {
	for _, g := range grounds {
		explained := family.All
		for _, inf := range p.Inferences {
			o := inf.Options
			g.takeBack(&o)
			other, err := Infer(ctx, p.Algebra, inf.Recording, o, nil)
			switch {
			case err != nil:
				return err
			case other.Stopped != nil:
				return other.Stopped
			}
			explained = p.Algebra.Intersect(explained, other.Explained)
		}
		for i := range p.Conclusions {
			c := &p.Conclusions[i]
			for _, e := range c.Excluded {
				if p.Algebra.Restrict(explained, model.Where(c.Question, e.Answer)) != family.None {
					c.RestsOn = append(c.RestsOn, g.assumption)
					break
				}
			}
		}
	}
	return nil
}

// Choice is what an engine has chosen, as far as its recordings tell.
type Choice struct {
	Engine     string         // with its version
	CloseEvent bool           // with close events of ports
	Possible   []model.Answer // one, or those that the recordings leave
	Where      []string       // the observations that exclude the others, as in "firefox/stop.jsonl:20"
	RestsOn    []string       // what is taken for granted, without which the others were not all excluded; each a sentence without a full stop
}

// Choices returns what engines have chosen for a question, in their order. Those whose recordings exclude no answer are left
// out. Platforms are what [Today] returns.
func Choices(platforms []Platform, q model.Question) []Choice {
	var all []Choice
	for i := range platforms {
		p := &platforms[i]
		if c := p.Conclusion(q); len(c.Excluded) > 0 {
			all = append(all, Choice{p.Name, p.CloseEvent, c.Possible, c.Where(), c.RestsOn})
		}
	}
	return all
}

// Column returns what the engines have chosen, as a function from questions to the cells of a table: the answers that are
// left, and which engines leave them. A cell is empty if no recording excludes an answer.
func Column(platforms []Platform) func(model.Question) string {
	engines := 0
	for i := range platforms {
		if !platforms[i].CloseEvent {
			engines++
		}
	}
	return func(q model.Question) string { return cellText(q, engines, Choices(platforms, q)) }
}

// Conclusion returns what the recordings say about a question.
func (p *Platform) Conclusion(q model.Question) *Conclusion { return &p.Conclusions[q] }

// Where returns where answers are excluded, each place once.
func (c *Conclusion) Where() []string {
	var where []string
	for _, e := range c.Excluded {
		for i := range e.Reasons {
			if at := e.Reasons[i].Where(); !slices.Contains(where, at) {
				where = append(where, at)
			}
		}
	}
	return where
}
