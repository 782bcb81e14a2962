package infer

import (
	"context"
	"errors"
	"strings"

	"cosw/linearize"
	"cosw/model"
)

// Today infers from recordings what their platforms have chosen, with [DefaultOptions]: what findings.md says of today's
// browsers, from [linearize.Kept]. Each platform has a finding for every question; [Finding.Describe] puts it into a few
// words. The first recording that is not supported, or a platform whose recordings no design explains, is an error.
func Today(ctx context.Context, recordings ...*linearize.Recording) ([]Platform, error) {
	platforms, refused, err := InferAll(ctx, recordings, DefaultOptions, nil)
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
	}
	return platforms, nil
}

// Column returns what the platforms have chosen, as a function from questions to cells of a table: each browser with its
// version, and what is left of the answers; an empty cell where no answer is told apart.
func Column(platforms []Platform) func(model.Question) string {
	return func(q model.Question) string {
		var cells []string
		last := ""
		for i := range platforms {
			p := &platforms[i]
			if f := p.Finding(q); len(f.Excluded) > 0 {
				cells = append(cells, cellText(p, f, p.Name != last))
				last = p.Name
			}
		}
		return strings.Join(cells, "; ")
	}
}

// Finding returns what the recordings say about a question.
func (p *Platform) Finding(q model.Question) *Finding { return &p.Findings[q] }

// Describe returns the finding in a few words, such as "sever (stop.jsonl:22, stop.jsonl, end)": the answers that are
// left, and where the others are excluded. It is empty if the recordings do not tell any answer apart.
func (f *Finding) Describe() string {
	if len(f.Excluded) == 0 {
		return ""
	}
	var left, where []string
	for _, a := range f.Possible {
		left = append(left, a.String())
	}
	for _, e := range f.Excluded {
		for i := range e.Reasons {
			if at := e.Reasons[i].Where(); len(where) == 0 || where[len(where)-1] != at {
				where = append(where, at)
			}
		}
	}
	return strings.Join(left, " or ") + " (" + strings.Join(where, "; ") + ")"
}
