package infer

import (
	"context"
	"slices"

	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/props/explore"
)

// Reason is the first observation that some designs cannot explain.
type Reason struct {
	Recording *recording.Recording
	Line      *recording.Line // that cannot follow; nil: all lines are explained, but at the end more is owed
	Owed      string          // at the end: what is owed and was not recorded
	Expected  []string        // what the model allows instead of Line, under one of the designs

	name   string
	says   string      // what a line means beside what it says
	term   family.Cube // designs for which the trace is one, as many as one term can say
	part   *part
	trace  explore.Trace // a shortest explanation of the lines before
	design family.Cube
	system *system // that the trace is one of
}

// Short returns the name of the recording, see [Inference.Short].
func (r *Reason) Short() string { return r.name }

// Reason returns the first observation of a recording that no design of within explains, in any of its environments there;
// none of them may explain the whole recording. If it takes several registrations to exclude them all, the reason is about the last. The error says that the
// search was interrupted.
func (inf *Inference) Reason(ctx context.Context, within family.Set) (Reason, error) {
	for _, p := range inf.parts {
		left := inf.Algebra.Intersect(within, p.designs)
		if left == family.None {
			r, err := p.reason(ctx, within)
			r.name = inf.Short()
			return r, err
		}
		within = left
	}
	if inf.apart != nil && inf.Algebra.Intersect(within, inf.Algebra.Cube(bySite)) == family.None {
		r := inf.apart.reasonApart(inf.Algebra.First(within))
		r.name = inf.Short()
		return r, nil
	}
	panic("infer: a reason is asked for why designs are excluded that are not")
}

func (p *part) reason(ctx context.Context, within family.Set) (Reason, error) {
	s, result := p.system, p.result
	for {
		bucket := furthest(p.algebra, result, within)
		low := s.window[0] + bucket*s.width()
		if s.width() == 1 {
			return p.reasonAt(s, result, bucket, low, within), nil
		}
		s, result = p.search(ctx, low, min(low+s.width(), s.window[1]), nil)
		if result.Stopped != nil {
			return Reason{}, result.Stopped
		}
	}
}

// reasonApart is the reason why not all pages arrive at one registration: a worker of another one is asked.
func (p *part) reasonApart(design family.Cube) Reason {
	r := Reason{Recording: p.rec, part: p, system: p.system, design: design, term: design, says: secondRegistration, Expected: []string{sameRegistration}}
	for _, l := range p.lines {
		if l.fact == dispatched {
			r.Line = l.Line
			break
		}
	}
	return r
}

// furthest returns the last bucket that some design of within reaches.
func furthest(a *family.Algebra, r *explore.Result[world, world], within family.Set) int {
	for b := buckets - 1; b >= 0; b-- {
		if a.Intersect(r.Marked(markReached+b), within) != family.None {
			return b
		}
	}
	panic("infer: designs that do not even explain that nothing happened")
}

// reasonAt returns the reason if exactly the first so many lines are explained.
func (p *part) reasonAt(s *system, result *explore.Result[world, world], bucket, lines int, within family.Set) Reason {
	r := Reason{Recording: p.rec, part: p, system: s}
	if lines == len(p.lines) {
		r.system = p.system
		p.reasonAtEnd(&r, within)
		return r
	}
	r.Line = p.lines[lines].Line
	r.trace, r.design, _ = result.Shortest(markReached+bucket, within)
	r.term = p.term(s, r.trace, markReached+bucket, r.design)
	w := p.follow(s, r.trace, r.design, nil)
	r.Expected = p.expected(&w, p.lines[lines], r.design)
	return r
}

// reasonAtEnd says what is owed at the end but was not recorded.
func (p *part) reasonAtEnd(r *Reason, within family.Set) {
	var ok bool
	if r.trace, r.design, ok = p.result.Shortest(markOwed, within); ok {
		r.term = p.term(p.system, r.trace, markOwed, r.design)
		last := len(r.trace.Steps) - 1
		owed := step(r.trace.Steps[last])
		r.trace.Steps = r.trace.Steps[:last]
		w := p.follow(p.system, r.trace, r.design, nil)
		r.Owed = p.describe(&w, owed)
		return
	}
	if r.trace, r.design, ok = p.result.Shortest(markUnseen, within); !ok {
		panic("infer: designs explain all lines and owe nothing, and yet are excluded")
	}
	r.term = p.term(p.system, r.trace, markUnseen, r.design)
	r.Owed = owedPromise
}

// term returns designs under which a trace shows a mark: the given one, and as many others as fit into one term.
func (p *part) term(s *system, t explore.Trace, mark int, design family.Cube) family.Cube {
	shown := explore.Replay(explore.System[world, world](s), p.algebra, family.All, t, mark)
	for _, term := range p.algebra.Cover(shown).Terms {
		if term.Includes(design) {
			return model.Space.Free(term, int(model.Listens))
		}
	}
	return model.Space.Free(design, int(model.Listens))
}

// expected returns what the party of l could have done next instead, under a design, and what any other party owed.
func (p *part) expected(w *world, l *line, design family.Cube) []string {
	var all []string
	w.model.Kills = w.model.Faults // whether or not one is recorded
	for _, st := range p.system.model.Steps(&w.model, nil) {
		next := w.model
		if p.system.laneOf(w, st) != l.lane && !st.Kind.Internal() {
			continue
		}
		if _, ok := p.system.model.Take(&next, st, model.Under(design), nil); ok {
			if text := p.describe(w, st); !slices.Contains(all, text) {
				all = append(all, text)
			}
		}
	}
	return all
}

// describe says what a step does, with the numbers of the recording.
func (p *part) describe(w *world, st model.Step) string {
	if st.Connection != 0 {
		if c := p.connOf(w, st.Connection); c >= 0 {
			st.Connection = uint8(p.conns[c].number)
		}
	}
	if st.Page != 0 {
		st.Page = p.pageNumber(st.Page)
	}
	return st.Describe()
}
