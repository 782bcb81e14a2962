package infer

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Platform is what the recordings of one platform say together. The same browser with and without close events is two
// platforms.
type Platform struct {
	Name        string
	CloseEvent  bool
	Algebra     *family.Algebra
	Inferences  []*Inference
	Designs     family.Set   // that explain all recordings, in some environment that is the same for all
	Explained   family.Set   // the same, with those environments
	Conclusions []Conclusion // one for each question, in the order of the catalogue
	Conflicts   []Conflict   // smallest sets of recordings that no design explains together; empty if some design does

	MoreConflicts int // how many more there are: recordings of two kinds can make very many
}

// Conclusion is what the recordings say about one question.
type Conclusion struct {
	Question model.Question
	Possible []model.Answer // answers of designs that explain all recordings
	Excluded []Exclusion    // the others
	RestsOn  []string       // what is taken for granted that it takes to exclude them, as [Today] finds out; see [Inference.Assumptions]
}

// Settled tells whether only one answer is left.
func (c *Conclusion) Settled() bool { return len(c.Possible) == 1 }

// Exclusion is why no design with an answer explains all recordings. Usually one reason is enough; if there are more, the
// recordings exclude the answer only together.
type Exclusion struct {
	Answer  model.Answer
	Reasons []Reason
}

// Conflict is a smallest set of recordings that no design explains together. The reason of each is its first observation
// that no design explaining all the others can explain. A conflict of one is a recording that no design explains, for a cause.
type Conflict struct {
	Reasons []Reason
	Cause   Cause // zero unless it is of one
}

// Combine infers from recordings what each of their platforms has chosen, in the order in which platforms first come.
// Recordings whose search did not finish leave everything unknown, see [Platform.Stopped].
func Combine(ctx context.Context, a *family.Algebra, inferences []*Inference) ([]Platform, error) {
	var all []Platform
	for _, inf := range inferences {
		at := slices.IndexFunc(all, func(p Platform) bool {
			return p.Name == inf.Recording.Platform && p.CloseEvent == inf.Recording.CloseEvent
		})
		if at < 0 {
			at = len(all)
			all = append(all, Platform{Name: inf.Recording.Platform, CloseEvent: inf.Recording.CloseEvent, Algebra: a, Explained: family.All})
		}
		p := &all[at]
		p.Inferences = append(p.Inferences, inf)
		p.Explained = a.Intersect(p.Explained, inf.Explained)
	}
	shorten(inferences)
	for i := range all {
		all[i].Designs = a.InSome(all[i].Explained)
		if err := all[i].find(ctx); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// shorten gives recordings names without the directories that they share.
func shorten(inferences []*Inference) {
	shared := ""
	for i, inf := range inferences {
		dir := filepath.Dir(inf.Recording.Name)
		if i == 0 {
			shared = dir
		}
		for shared != dir && !strings.HasPrefix(dir, shared+string(filepath.Separator)) && shared != filepath.Dir(shared) {
			shared = filepath.Dir(shared)
		}
	}
	for _, inf := range inferences {
		if name, err := filepath.Rel(shared, inf.Recording.Name); err == nil {
			inf.short = name
		}
	}
}

// InferAll infers from each recording and combines the results. Recordings that are not supported are left out; their errors
// come beside the platforms. The last error says that it was interrupted.
func InferAll(ctx context.Context, recordings []*recording.Recording, o Options, progress func(name string, at explore.Progress)) ([]Platform, []error, error) {
	a := family.NewAlgebra(model.Space)
	var inferences []*Inference
	var refused []error
	for _, rec := range recordings {
		var show func(explore.Progress)
		if progress != nil {
			show = func(at explore.Progress) { progress(rec.Name, at) }
		}
		inf, err := Infer(ctx, a, rec, o, show)
		switch {
		case err != nil:
			refused = append(refused, err)
			continue
		case inf.Stopped != nil:
			return nil, refused, inf.Stopped
		}
		inferences = append(inferences, inf)
	}
	platforms, err := Combine(ctx, a, inferences)
	return platforms, refused, err
}

// find fills in conclusions, or conflicts if no design explains all recordings.
func (p *Platform) find(ctx context.Context) (err error) {
	if p.Designs == family.None {
		if p.Conflicts, err = p.disagreements(ctx, family.All, mostConflicts); err != nil {
			return err
		}
		return p.findCauses(ctx)
	}
	for _, q := range model.Questions() {
		c := Conclusion{Question: q}
		for _, answer := range q.Answers() {
			with := p.Algebra.Cube(model.Where(q, answer))
			if p.Algebra.Intersect(p.Explained, with) != family.None {
				c.Possible = append(c.Possible, answer)
				continue
			}
			reasons, err := p.reasons(ctx, with)
			if err != nil {
				return err
			}
			c.Excluded = append(c.Excluded, Exclusion{answer, reasons})
		}
		p.Conclusions = append(p.Conclusions, c)
	}
	return nil
}

// Needs returns which answers to other questions an answer needs, and which assumptions: every design that explains all
// recordings and gives that answer has them. Those that the recordings settle anyway are left out; it is
// [family.Space.Full] if none remain.
func (p *Platform) Needs(q model.Question, answer model.Answer) family.Cube {
	all := p.Algebra.Hull(p.Explained)
	needs := p.Algebra.Hull(p.Algebra.Restrict(p.Explained, model.Where(q, answer)))
	for other := range model.Question(model.Space.Len()) {
		if other == q || model.Space.Bits(needs, int(other)) == model.Space.Bits(all, int(other)) {
			needs = model.Space.Free(needs, int(other))
		}
	}
	return needs
}

// reasons returns the reasons of the first smallest set of recordings that no design of within explains together.
func (p *Platform) reasons(ctx context.Context, within family.Set) ([]Reason, error) {
	all, err := p.disagreements(ctx, within, 1)
	if err != nil {
		return nil, err
	}
	return all[0].Reasons, nil
}

// mostConflicts is how many conflicts are listed; the others are counted.
const mostConflicts = 10

// disagreements returns the smallest sets of recordings that no design of within explains together, at most so many.
func (p *Platform) disagreements(ctx context.Context, within family.Set, most int) ([]Conflict, error) {
	var sets [][]*Inference
	for size := 1; len(sets) == 0; size++ {
		sets = p.combine(p.Inferences, within, size, nil, most == 1)
	}
	if len(sets) > most {
		p.MoreConflicts = len(sets) - most
		sets = sets[:most]
	}
	var all []Conflict
	for _, set := range sets {
		c, err := p.conflict(ctx, set, within)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// combine returns the sets of size inferences that leave no design of left, each appended to chosen; only the first one if
// that is all that is wanted.
func (p *Platform) combine(from []*Inference, left family.Set, size int, chosen []*Inference, first bool) [][]*Inference {
	if size == 0 {
		if left == family.None {
			return [][]*Inference{slices.Clone(chosen)}
		}
		return nil
	}
	var found [][]*Inference
	for i, inf := range from {
		next := p.Algebra.Intersect(left, inf.Explained)
		if next == left {
			continue // it adds nothing
		}
		found = append(found, p.combine(from[i+1:], next, size-1, append(chosen, inf), first)...)
		if first && len(found) > 0 {
			return found[:1]
		}
	}
	return found
}

// findCauses finds out why recordings are not explained by any design.
func (p *Platform) findCauses(ctx context.Context) (err error) {
	for i := range p.Conflicts {
		c := &p.Conflicts[i]
		if len(c.Reasons) > 1 {
			continue
		}
		at := slices.IndexFunc(p.Inferences, func(inf *Inference) bool { return inf.Recording == c.Reasons[0].Recording })
		if c.Cause, err = p.Inferences[at].cause(ctx, &c.Reasons[0]); err != nil {
			return err
		}
	}
	return nil
}

// conflict finds, for each recording of a set, the first observation that no design of within explaining the others can
// explain.
func (p *Platform) conflict(ctx context.Context, set []*Inference, within family.Set) (Conflict, error) {
	var c Conflict
	for _, inf := range set {
		others := within
		for _, other := range set {
			if other != inf {
				others = p.Algebra.Intersect(others, other.Explained)
			}
		}
		r, err := inf.Reason(ctx, others)
		if err != nil {
			return c, err
		}
		c.Reasons = append(c.Reasons, r)
	}
	return c, nil
}
