package main

import (
	"context"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
)

// account is how an answer explains a recording or, where it does not, how far it comes and why not further.
type account struct {
	of      *infer.Inference
	ways    []infer.Explanation // one for each registration; if there is a reason, of the lines before it
	against *infer.Reason       // nil if the recording is explained
}

// accounts returns an account of each recording of a platform. The error says that the search was interrupted.
func accounts(ctx context.Context, p *infer.Platform, answer family.Cube) ([]account, error) {
	within := p.Algebra.Cube(answer)
	var all []account
	for _, inf := range p.Inferences {
		a := account{of: inf, ways: inf.Explain(within)}
		if a.ways == nil {
			r, err := inf.Reason(ctx, within)
			if err != nil {
				return nil, unknown(err)
			}
			a.against, a.ways = &r, []infer.Explanation{r.Explain()}
		}
		all = append(all, a)
	}
	return all, nil
}

// explain writes accounts.
func (t *inferReport) explain(p *infer.Platform, answer family.Cube, all []account) {
	t.printf("%s", platformName(p))
	t.printf("")
	for _, a := range all {
		name, design := a.of.Short(), model.Space.Format(answer)
		if a.against != nil {
			t.printf("%s is not explained with %s", name, design)
			t.prefix(a.against)
			continue
		}
		for i := range a.ways {
			t.printf("%s is explained with %s", name, design)
			t.trace(&a.ways[i])
			t.wrap("           so ", explainedText(a.of.Options))
			t.printf("")
		}
	}
}

// The JSON form of accounts.
type (
	jsonExplained struct {
		Platform   string        `json:"platform"`
		CloseEvent bool          `json:"closeEvent"`
		Answer     cube          `json:"answer"`
		Recordings []jsonAccount `json:"recordings"`
	}
	jsonAccount struct {
		File    string      `json:"file"`
		Ways    []jsonWay   `json:"explanations"` // one for each registration; where something is against it, of the lines before
		Against *jsonReason `json:"against,omitempty"`
	}
	jsonWay struct {
		Under  cube          `json:"under"` // designs and cases that it is an explanation under
		Bounds model.Bounds  `json:"bounds"`
		Where  []string      `json:"where"` // which parties of the recording those of the model stand for, where the numbers differ
		Lines  []jsonHappens `json:"lines"`
	}
	jsonHappens struct {
		Line  int      `json:"line,omitempty"` // of the recording; nothing where nobody recorded it
		Step  string   `json:"step,omitempty"` // of the model; nothing where a line is only read
		Means []string `json:"means"`
	}
)

func explainedJSON(p *infer.Platform, answer family.Cube, all []account) jsonExplained {
	out := jsonExplained{p.Name, p.CloseEvent, cube(answer), []jsonAccount{}}
	for _, a := range all {
		j := jsonAccount{File: a.of.Recording.Name, Ways: []jsonWay{}}
		for i := range a.ways {
			j.Ways = append(j.Ways, wayJSON(&a.ways[i]))
		}
		if a.against != nil {
			j.Against = &reasonsJSON([]infer.Reason{*a.against})[0]
		}
		out.Recordings = append(out.Recordings, j)
	}
	return out
}

func wayJSON(e *infer.Explanation) jsonWay {
	j := jsonWay{cube(e.Term), e.Bounds, append([]string{}, e.Names...), []jsonHappens{}}
	for _, l := range e.Lines {
		h := jsonHappens{Step: l.Step, Means: append([]string{}, l.Happens...)}
		if l.Seen != nil {
			h.Line = l.Seen.Number
		}
		j.Lines = append(j.Lines, h)
	}
	return j
}
