package conform

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
	"cosw/traces/lab"
	"cosw/traces/lab/connect"
)

// Table is what recordings that keep the claim say of each answer in it, by engine.
type Table struct {
	Engines []string // with their versions
	Rows    []Row
	Allowed []string // what engines do not let be kept, as in "webkit: why"
}

// Row is a claimed answer.
type Row struct {
	Claim connect.Claim
	Seen  []Seen // by engine
}

// Seen is what the recordings of an engine say of a claimed answer, which they all allow.
type Seen struct {
	Shown    bool     // they leave no other answer
	Excluded []string // answers that they exclude
}

// String returns "seen" if no other answer is left, "not a, b" if some others are excluded, and "-" if nothing is known.
func (s Seen) String() string {
	switch {
	case s.Shown:
		return "seen"
	case len(s.Excluded) > 0:
		return "not " + strings.Join(s.Excluded, ", ")
	}
	return "-"
}

// Collection collects what verdicts say.
type Collection struct {
	algebra    *family.Algebra
	inferences []*infer.Inference
	allowed    []string
}

// NewCollection returns an empty collection for verdicts by an algebra.
func NewCollection(a *family.Algebra) *Collection { return &Collection{algebra: a} }

// Add adds a verdict on a recording of an engine. Where the claim is not kept, or less is asked for, the recording says nothing of it.
func (c *Collection) Add(engine string, v *Verdict) {
	switch {
	case v.Allowed != "":
		c.allowed = append(c.allowed, engine+": "+v.Allowed)
	case len(v.Broken) == 0 && v.Inference != nil:
		v.Inference.Recording.Platform = infer.Engine(v.Inference.Recording.Platform)
		c.inferences = append(c.inferences, v.Inference)
	}
}

// Table returns what they say together.
func (c *Collection) Table(ctx context.Context) (Table, error) {
	slices.SortStableFunc(c.inferences, func(a, b *infer.Inference) int { return cmp.Compare(a.Recording.Platform, b.Recording.Platform) })
	platforms, err := infer.Combine(ctx, c.algebra, c.inferences)
	if err != nil {
		return Table{}, err
	}
	slices.Sort(c.allowed)
	t := Table{Allowed: slices.Compact(c.allowed)}
	for i := range platforms {
		name := platforms[i].Name
		if platforms[i].CloseEvent {
			name += ", with close events"
		}
		t.Engines = append(t.Engines, name)
	}
	for _, claim := range connect.Claims() {
		row := Row{Claim: claim}
		for i := range platforms {
			row.Seen = append(row.Seen, seenOf(&platforms[i], claim))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func seenOf(p *infer.Platform, claim connect.Claim) Seen {
	c := p.Conclusion(claim.Question)
	s := Seen{Shown: c.Settled()}
	for i := range c.Excluded {
		s.Excluded = append(s.Excluded, c.Excluded[i].Answer.String())
	}
	return s
}

//go:embed testdata/*/*.jsonl
var kept embed.FS

// Kept judges the recordings that are kept with the project, those of cosw lab conform --plan, and returns what they say. The error
// says what the claim is broken by, or that it was interrupted.
func Kept(ctx context.Context) (Table, error) {
	a := family.NewAlgebra(model.Space)
	c := NewCollection(a)
	files, err := fs.Glob(kept, "testdata/*/*.jsonl")
	if err != nil {
		return Table{}, err
	}
	for _, file := range files {
		text, err := fs.ReadFile(kept, file)
		if err != nil {
			return Table{}, err
		}
		v, err := Judge(ctx, a, &lab.Scenario{Name: strings.TrimSuffix(path.Base(file), ".jsonl")}, text)
		if err != nil {
			return Table{}, err
		}
		if len(v.Broken) > 0 {
			return Table{}, fmt.Errorf("conform: %s: %s", file, v.Broken[0].What)
		}
		c.Add(path.Base(path.Dir(file)), &v)
	}
	return c.Table(ctx)
}
