package model

// workerAccepts: the script accepts the connect event, by a promise that resolves (draft 88).
func (t *turn) workerAccepts(s Step, c *Connection) bool {
	c.Object = true
	t.accept(s.Connection, c, CauseScript)
	return true
}

// workerRejects: the script refuses the connect event, by a promise that rejects (draft 88).
func (t *turn) workerRejects(s Step, c *Connection) bool {
	t.refuse(s.Connection, c, CauseRefused)
	return true
}

// workerIgnores: no handler extends the connect event.
func (t *turn) workerIgnores(s Step, c *Connection) bool {
	if t.ask(NoAnswer) == AcceptSilently {
		t.accept(s.Connection, c, CauseSilence)
	} else {
		t.refuse(s.Connection, c, CauseNoAnswer)
	}
	return true
}

// accept brings c up, accepted by the active version.
func (t *turn) accept(n uint8, c *Connection, cause Cause) {
	again := c.Phase == AskingAgain
	c.Phase, c.Accepted = Up, t.Registration.Active
	t.report(Event{Kind: Accepted, Connection: n, Version: c.Accepted, Again: again, Cause: cause})
	t.establish(n, c)
}

// refuse rejects the promise of c, or ends c if an older version had accepted it.
func (t *turn) refuse(n uint8, c *Connection, cause Cause) {
	if c.Phase == AskingAgain {
		t.cut(n, c, cause)
		return
	}
	t.reject(n, c, cause)
}

// activated tells whether the active worker runs and is activated. Until then it does not act on connections: functional
// events wait while it is activating (SW "Fire Functional Event"), and messages of a connection wait with them.
func (t *turn) activated() bool { return t.Registration.Running && !t.Registration.Activating }

// finds tells whether the running instance can get at the worker's end: it has an object for it, or finds the connection in
// a list of its own (draft 113).
func (t *turn) finds(c *Connection) bool { return c.Object || t.ask(WorkerList) == List }

// workerPosts: the worker posts a message, which is queued at the page's end if there is one.
func (t *turn) workerPosts(s Step, c *Connection) bool {
	if !t.activated() || c.ToPage.Undelivered() >= t.bounds.Messages || !t.finds(c) {
		return false
	}
	c.Object = true
	c.ToPage.Posted++
	m := Message{Number: c.ToPage.Posted}
	t.report(Event{Kind: Posted, Connection: s.Connection, Version: t.Registration.Active, Message: m})
	if !c.Entangled {
		t.report(Event{Kind: Lost, Connection: s.Connection, Version: t.Registration.Active, Message: m})
		return true
	}
	c.ToPage.Push(m)
	return true
}

// workerReceives: a message arrives, at the port if the running instance has it or finds it, or at the handler on the global
// scope, which every instance installs (draft 115). Its event hands the object to the script.
func (t *turn) workerReceives(s Step, c *Connection) bool {
	if !t.activated() || c.ToWorker.Length == 0 {
		return false
	}
	if !c.Object && t.ask(Delivery) != Global && t.ask(WorkerList) != List {
		return false
	}
	c.Object = true
	m := c.ToWorker.Pop()
	c.ToWorker.Received = m.Number
	t.report(Event{Kind: Delivered, Connection: s.Connection, Version: t.Registration.Active, Message: m})
	return true
}

// workerLearns: the notice that the page is gone arrives, after all messages, and the worker lets go of its end.
func (t *turn) workerLearns(s Step, c *Connection) bool {
	if !t.activated() || !c.NoticeToWorker || c.ToWorker.Length > 0 {
		return false
	}
	c.Phase = Down
	t.report(Event{Kind: WorkerKnows, Connection: s.Connection, Version: t.Registration.Active})
	return true
}

// workerCloses: the worker closes its end, ForeignServiceWorkerClient.port.close() in the draft (draft 116).
func (t *turn) workerCloses(s Step, c *Connection) bool {
	if !t.activated() || !t.finds(c) || t.ask(Close) != CloseEither {
		return false
	}
	t.cut(s.Connection, c, CauseWorker)
	return true
}
