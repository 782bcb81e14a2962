package infer

import (
	"context"
	"errors"
	"strings"

	"cosw/linearize"
	"cosw/model"
)

// Today infers from recordings what their platforms have chosen, with [DefaultOptions]. From [linearize.Kept], it gives what
// findings.md says of today's browsers. Each platform has a conclusion for every question, which [Conclusion.Describe] puts
// into a few words. A recording that is not supported, or a platform whose recordings no design explains, is an error.
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

// Column returns what the platforms have chosen, as a function from questions to the cells of a table: each browser with its
// version and the answers that are left. A cell is empty if the recordings exclude no answer.
func Column(platforms []Platform) func(model.Question) string {
	return func(q model.Question) string {
		var cells []string
		last := ""
		for i := range platforms {
			p := &platforms[i]
			if c := p.Conclusion(q); len(c.Excluded) > 0 {
				cells = append(cells, cellText(p, c, p.Name != last))
				last = p.Name
			}
		}
		return strings.Join(cells, "; ")
	}
}

// Conclusion returns what the recordings say about a question.
func (p *Platform) Conclusion(q model.Question) *Conclusion { return &p.Conclusions[q] }
