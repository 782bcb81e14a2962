package model

// kindSet is a set of kinds, a bit for each.
type kindSet uint64

// add adds k if a condition holds.
func (s *kindSet) add(k Kind, holds bool) { *s |= kindSet(bit(holds) << k) }

// possible tells whether w has what step s needs, whatever the design: all that enables a step but for the answers that its
// rule asks for. The text of the standards that a condition comes from is cited at the rule.
func (m *Model) possible(w *World, s Step) bool {
	var all kindSet
	switch takes[s.Kind] {
	case arguments{page: true, connection: true}:
		if s.Kind == PageConnects {
			return m.mayConnect(w, s)
		}
		all = m.possibleAtEnd(&w.Connections[s.Connection-1], s.Page)
	case arguments{page: true, connection: true, to: true}:
		return w.mayTransfer(s)
	case arguments{page: true}:
		all = w.possibleForPage(s.Page)
	case arguments{connection: true}:
		all = m.possibleFor(w, &w.Connections[s.Connection-1])
	case arguments{}:
		all = m.possibleAlone(w)
	}
	return all>>s.Kind&1 == 1
}

// mayConnect: connections are numbered as they are made.
func (m *Model) mayConnect(w *World, s Step) bool {
	inOrder := s.Connection == 1 || w.Connections[s.Connection-2].Phase != Unused
	return inOrder && w.Connections[s.Connection-1].Phase == Unused && w.Open(s.Page)
}

// mayTransfer: among pages of one origin it makes no difference who holds an end.
func (w *World) mayTransfer(s Step) bool {
	return s.Page == w.Connections[s.Connection-1].Holder && w.Open(s.To) && w.OriginOf(s.To) != w.OriginOf(s.Page)
}

// possibleAtEnd returns the kinds of steps that page can take at its end of c.
func (m *Model) possibleAtEnd(c *Connection, page uint8) kindSet {
	var s kindSet
	s.add(PagePosts, page == c.user() && c.ToWorker.Undelivered() < m.bounds.Messages)
	if page == c.Holder {
		s.add(PageReceives, c.ToPage.Length > 0)
		s.add(PageLearns, c.NoticeToPage && c.ToPage.Length == 0) // after all messages
		s.add(PageListens, !c.Listening)
		s.add(PageCloses, true)
		s.add(PageLosesHandle, c.Reference)
	}
	return s
}

// possibleForPage returns the kinds of steps that page can take, or that befall it.
func (w *World) possibleForPage(page uint8) kindSet {
	var s kindSet
	s.add(PageLeaves, w.Open(page))
	s.add(PageFreezes, w.Faults > 0 && w.mayFreeze(page))
	return s
}

// possibleFor returns the kinds of steps that the worker or the browser can take with c.
func (m *Model) possibleFor(w *World, c *Connection) kindSet {
	reg := &w.Registration
	var s kindSet
	s.add(CollectHandle, c.Holder != 0 && !c.Reference && c.ToPage.Length == 0)
	s.add(GiveUp, c.Hung)
	switch c.Phase {
	case Requested: // functional events wait for an activating worker
		s.add(Dispatch, !(reg.Status == Live && reg.Activating))
	case ToAskAgain:
		s.add(Dispatch, reg.Runs())
	case Asking, AskingAgain:
		s.add(WorkerAccepts, !c.Hung)
		s.add(WorkerRejects, !c.Hung)
		s.add(WorkerIgnores, !c.Hung)
		s.add(WorkerHangs, !c.Hung && w.Faults > 0)
	case Up:
		runs, waits := reg.Runs(), c.ToWorker.Length > 0
		s.add(WorkerPosts, runs && c.ToPage.Undelivered() < m.bounds.Messages)
		s.add(WorkerReceives, runs && waits)
		s.add(WorkerLearns, runs && c.NoticeToWorker && !waits) // after all messages
		s.add(WorkerCloses, runs)
		s.add(ReleaseEnd, !c.Entangled && !waits) // after all messages
		s.add(KillHandling, runs && waits && w.Kills > 0)
	}
	return s
}

// possibleAlone returns the kinds of steps that are possible of those about the worker and its registration.
func (m *Model) possibleAlone(w *World) kindSet {
	reg := &w.Registration
	live, runs, pending, awaited := reg.Status == Live, reg.Runs(), w.PendingEvent(), w.awaited()
	var s kindSet
	s.add(Start, awaited)
	s.add(FailStart, awaited && w.Faults > 0)
	s.add(FinishInstall, reg.Installing != 0)
	s.add(FailInstall, reg.Installing != 0)
	inUse := reg.Activating || pending || reg.Controlled && !reg.SkipWaiting
	s.add(Activate, reg.Waiting != 0 && !inUse)
	s.add(FinishActivate, reg.Activating)
	s.add(Clear, reg.Status == Unregistered && !reg.Controlled && !pending)
	s.add(SuspendWorker, runs && !pending)
	s.add(KillWorker, runs && w.Kills > 0) // one while activating is the same as one right after: it is activated all the same

	more := int(reg.Latest) < m.bounds.Versions
	s.add(Register, reg.Status == Absent && more)
	s.add(FindUpdate, live && reg.Installing == 0 && more)
	s.add(CallSkipWaiting, reg.Waiting != 0 && !reg.SkipWaiting)
	s.add(UnregisterWorker, live && reg.Installing == 0) // the job waits behind that of a version that is installing
	s.add(OpenClient, live && reg.Active != 0 && !reg.Controlled)
	s.add(CloseClient, reg.Controlled)
	return s
}

// user returns the page that can have something to do with c: the one that holds its end, or that waits for it; or 0.
func (c *Connection) user() uint8 {
	if c.Pending {
		return c.Page
	}
	return c.Holder
}

// mayFreeze tells whether page p holds an end that is linked, and waits for no promise.
func (w *World) mayFreeze(p uint8) bool {
	linked := false
	for i := range w.Connections {
		c := &w.Connections[i]
		if c.Pending && c.Page == p {
			return false
		}
		linked = linked || c.Holder == p && c.Entangled
	}
	return linked
}

// awaited tells whether something may be waiting for an instance of the active worker, which does not run.
func (w *World) awaited() bool {
	reg := &w.Registration
	if reg.Active == 0 || reg.Running {
		return false
	}
	for i := range w.Connections {
		c := &w.Connections[i]
		if c.Phase == Requested || c.Phase == ToAskAgain || c.Phase == Up && (c.ToWorker.Length > 0 || c.NoticeToWorker) {
			return true
		}
	}
	return false
}

// Connected tells whether page p holds an end of some connection, or waits for one.
func (w *World) Connected(p uint8) bool {
	for i := range w.Connections {
		if w.Connections[i].user() == p {
			return true
		}
	}
	return false
}
