package model

// possible tells whether w has what step s needs, whatever the design: all that enables a step but for the answers that its
// rule asks for. The text of the standards that a condition comes from is cited at the rule.
func (m *Model) possible(w *World, s Step) bool {
	reg := &w.Registration
	c := &noConnection
	if s.Connection > 0 {
		c = &w.Connections[s.Connection-1]
	}
	switch s.Kind {
	case PageConnects: // connections are numbered as they are made
		inOrder := s.Connection == 1 || w.Connections[s.Connection-2].Phase != Unused
		return inOrder && c.Phase == Unused && w.Open(s.Page)
	case PagePosts:
		return s.Page == c.user() && c.ToWorker.Undelivered() < m.bounds.Messages
	case PageReceives:
		return s.Page == c.Holder && c.ToPage.Length > 0
	case PageLearns: // after all messages
		return s.Page == c.Holder && c.NoticeToPage && c.ToPage.Length == 0
	case PageListens:
		return s.Page == c.Holder && !c.Listening
	case PageCloses:
		return s.Page == c.Holder
	case PageLosesHandle:
		return s.Page == c.Holder && c.Reference
	case PageTransfers: // among pages of one origin it makes no difference who holds an end
		return s.Page == c.Holder && w.Open(s.To) && w.OriginOf(s.To) != w.OriginOf(s.Page)
	case PageLeaves:
		return w.Open(s.Page)
	case PageFreezes:
		return w.Faults > 0 && w.mayFreeze(s.Page)

	case WorkerAccepts, WorkerRejects, WorkerIgnores:
		return c.Asked() && !c.Hung
	case WorkerHangs:
		return c.Asked() && !c.Hung && w.Faults > 0
	case WorkerPosts:
		return c.Phase == Up && reg.Runs() && c.ToPage.Undelivered() < m.bounds.Messages
	case WorkerReceives:
		return c.Phase == Up && reg.Runs() && c.ToWorker.Length > 0
	case WorkerLearns: // after all messages
		return c.Phase == Up && reg.Runs() && c.NoticeToWorker && c.ToWorker.Length == 0
	case WorkerCloses:
		return c.Phase == Up && reg.Runs()

	case Dispatch: // functional events wait for an activating worker
		return c.Phase == Requested && !(reg.Status == Live && reg.Activating) || c.Phase == ToAskAgain && reg.Runs()
	case GiveUp:
		return c.Hung
	case ReleaseEnd: // after all messages
		return c.Phase == Up && !c.Entangled && c.ToWorker.Length == 0
	case CollectHandle:
		return c.Holder != 0 && !c.Reference && c.ToPage.Length == 0
	case Start:
		return w.awaited()
	case FailStart:
		return w.Faults > 0 && w.awaited()
	case FinishInstall, FailInstall:
		return reg.Installing != 0
	case Activate:
		inUse := reg.Activating || w.PendingEvent() || reg.Controlled && !reg.SkipWaiting
		return reg.Waiting != 0 && (reg.Active == 0 || !inUse)
	case FinishActivate:
		return reg.Activating
	case Clear:
		return reg.Status == Unregistered && !reg.Controlled && !w.PendingEvent()
	case SuspendWorker:
		return reg.Runs() && !w.PendingEvent()
	case KillWorker: // one while activating is the same as one right after: the worker is activated all the same
		return reg.Runs() && w.Kills > 0
	case KillHandling:
		return c.Phase == Up && reg.Runs() && c.ToWorker.Length > 0 && w.Kills > 0

	case Register:
		return reg.Status == Absent && int(reg.Latest) < m.bounds.Versions
	case FindUpdate:
		return reg.Status == Live && reg.Installing == 0 && int(reg.Latest) < m.bounds.Versions
	case CallSkipWaiting:
		return reg.Waiting != 0 && !reg.SkipWaiting
	case UnregisterWorker: // the job waits behind that of a version that is installing
		return reg.Status == Live && reg.Installing == 0
	case OpenClient:
		return reg.Status == Live && reg.Active != 0 && !reg.Controlled
	case CloseClient:
		return reg.Controlled
	}
	return false
}

// noConnection is what a step that is about no connection finds in its place.
var noConnection Connection

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
