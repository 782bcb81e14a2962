package infer

import (
	"cosw/model"
	"cosw/props/explore"
)

// tells says which lines tell of a step. Steps of which more is to be said are in match.go: a request, a dispatch, a start,
// a stop.
var tells = [64]op{
	model.PagePosts: posts, model.PageReceives: receives, model.PageLearns: isClosed, model.PageCloses: closes,
	model.WorkerAccepts: accepts, model.WorkerRejects: rejects, model.WorkerIgnores: ignores, model.WorkerPosts: posts,
	model.WorkerReceives: receives, model.WorkerLearns: isClosed, model.WorkerCloses: closes,
	model.Register: installing, model.FindUpdate: installing, model.FinishInstall: installed, model.FailInstall: fails,
	model.Activate: activating, model.Clear: cleared, model.PageLeaves: gone, model.UnregisterWorker: unregisters,
	model.CallSkipWaiting: skipsWaiting, model.OpenClient: controlled, model.CloseClient: uncontrolled,
}

// toldBy says which steps a line can tell of: the other way round, those of pages and workers both.
var toldBy = func() (by [cannot + 1][]model.Kind) {
	for kind, o := range tells {
		by[o] = append(by[o], model.Kind(kind))
	}
	by[0] = nil
	return by
}()

// Steps appends the steps that w may allow: those that the next lines tell of, those that nobody records, and at the end
// all steps of the model, as any of them may be owed. Where one step can as well be taken before all others, it is the
// only one.
func (s *system) Steps(w *world, buf []explore.Step) []explore.Step {
	switch {
	case w.dead:
		return buf
	case s.final(w):
		s.steps = s.model.Steps(&w.model, s.steps[:0])
		for _, st := range s.steps {
			buf = append(buf, label(st))
		}
		return buf
	}
	if !s.plain {
		if st, ok := s.first(w); ok {
			return append(buf, label(st))
		}
	}
	buf = s.pageSteps(w, buf)
	buf = s.workerSteps(w, buf)
	for lane := range s.lanes {
		if l := s.next(&w.at, lane); l != nil && l.op == cannot {
			buf = append(buf, label(model.Step{Kind: tries, Page: uint8(lane + 1)}))
		}
	}
	return s.browserSteps(w, buf)
}

func (s *system) pageSteps(w *world, buf []explore.Step) []explore.Step {
	for p := range uint8(s.bounds.Pages) {
		switch l := s.next(&w.at, pageLane+int(p)); {
		case l != nil && l.ready(&w.at):
			if st, ok := s.pageStep(w, l, p+1); ok {
				buf = append(buf, label(st))
			}
		case l == nil && s.leaves[p]:
			buf = s.gapSteps(w, p+1, model.PagePosts, model.PageReceives, buf)
		}
	}
	return buf
}

// pageStep returns the step that the next line of a page tells of.
func (s *system) pageStep(w *world, l *line, page uint8) (model.Step, bool) {
	if l.op == connects {
		for i := range w.model.Connections[:s.bounds.Connections] {
			if w.model.Connections[i].Phase == model.Unused {
				return model.Step{Kind: model.PageConnects, Page: page, Connection: uint8(i + 1)}, true
			}
		}
		return model.Step{}, false
	}
	n := w.slot[l.conn-1]
	if l.op == isResolved || l.op == isRejected {
		return model.Step{Kind: sees, Page: page, Connection: n}, n != 0
	}
	for _, kind := range toldBy[l.op] {
		if kind <= model.PageCloses {
			return model.Step{Kind: kind, Page: page, Connection: n}, n != 0
		}
	}
	return model.Step{}, false
}

// gapSteps appends what a party may post and receive that ends and has recorded all that it did record.
func (s *system) gapSteps(w *world, page uint8, post, receive model.Kind, buf []explore.Step) []explore.Step {
	if s.rec.Complete {
		return buf
	}
	for _, n := range w.slot[:len(s.conns)] {
		if n == 0 || page != 0 && w.model.Connections[n-1].Holder != page {
			continue
		}
		buf = append(buf, label(model.Step{Kind: post, Page: page, Connection: n}),
			label(model.Step{Kind: receive, Page: page, Connection: n}))
	}
	return buf
}

func (s *system) workerSteps(w *world, buf []explore.Step) []explore.Step {
	reg := &w.model.Registration
	if reg.Active == 0 {
		return buf
	}
	for i := range w.model.Connections[:s.bounds.Connections] {
		switch n := uint8(i + 1); w.model.Connections[i].Phase {
		case model.Requested, model.ToAskAgain:
			buf = append(buf, label(model.Step{Kind: model.Dispatch, Connection: n}))
		case model.Asking, model.AskingAgain:
			buf = append(buf, label(model.Step{Kind: model.WorkerIgnores, Connection: n}))
		}
	}
	switch l := s.nextOf(w); {
	case reg.Running && s.inGap(w):
		buf = s.gapSteps(w, 0, model.WorkerPosts, model.WorkerReceives, buf)
	case l != nil && l.ready(&w.at):
		if st, ok := s.workerStep(w, l); ok {
			buf = append(buf, label(st))
		}
		if l.op == boots && !s.rec.Complete {
			buf = append(buf, label(model.Step{Kind: bootsElse}))
		}
	}
	return buf
}

// workerStep returns the step that the next line of the active version tells of, unless it is one of those that are
// listed anyway.
func (s *system) workerStep(w *world, l *line) (model.Step, bool) {
	if l.op == boots {
		return model.Step{Kind: model.Start}, true
	}
	for _, kind := range toldBy[l.op] {
		if kind >= model.WorkerAccepts && kind != model.WorkerIgnores {
			return model.Step{Kind: kind, Connection: w.slot[l.conn-1]}, w.slot[l.conn-1] != 0
		}
	}
	return model.Step{}, false
}

// browserSteps appends the steps of the browser and its environment. [model.Model.Take] and match have the last word.
func (s *system) browserSteps(w *world, buf []explore.Step) []explore.Step {
	reg := &w.model.Registration
	if l := s.next(&w.at, browserLane); l != nil && l.ready(&w.at) {
		for _, kind := range toldBy[l.op] {
			buf = append(buf, label(model.Step{Kind: kind, Page: l.page}))
		}
		if l.op == stopBegins || l.op == stopEnds {
			buf = append(buf, label(model.Step{Kind: passes}))
		}
	}
	add := func(kind model.Kind) { buf = append(buf, label(model.Step{Kind: kind})) }
	if reg.Active == 0 { // no worker could be asked, and the page may be told so
		for i := range w.model.Connections[:s.bounds.Connections] {
			if w.model.Connections[i].Phase == model.Requested {
				buf = append(buf, label(model.Step{Kind: model.Dispatch, Connection: uint8(i + 1)}))
			}
		}
	}
	if reg.Activating {
		add(model.FinishActivate)
	}
	if reg.Running && int(w.stops) < len(s.stops) {
		add(model.SuspendWorker)
		add(model.KillWorker)
	}
	if s.rec.Complete {
		return buf
	}
	if reg.Waiting != 0 {
		add(model.CallSkipWaiting)
	}
	if s.needsClients && reg.Active != 0 {
		add(model.OpenClient)
		add(model.CloseClient)
	}
	if s.clears {
		add(model.UnregisterWorker)
	}
	return buf
}

// overflows tells whether the next line of some party posts a message for which there is no room.
func (s *system) overflows(w *world) bool {
	for lane := range browserLane {
		l := s.next(&w.at, lane)
		if l == nil || l.op != posts || w.slot[l.conn-1] == 0 || !l.ready(&w.at) {
			continue
		}
		c := &w.model.Connections[w.slot[l.conn-1]-1]
		if l.direction() == toWorker && c.ToWorker.Length == model.MaxMessages ||
			l.direction() == toPage && c.ToPage.Length == model.MaxMessages {
			return true
		}
	}
	return false
}
