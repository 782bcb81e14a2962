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

// workerIgnores: no handler extends the connect event. Without an acceptance of the script there is no connection (draft 23),
// unless silence is one (Tubes).
func (t *turn) workerIgnores(s Step, c *Connection) bool {
	if t.ask(NoAnswer) == AcceptSilently {
		t.accept(s.Connection, c, CauseSilence)
	} else {
		t.refuse(s.Connection, c, CauseNoAnswer)
	}
	return true
}

// workerHangs: the promise that extends the connect event never settles (w3c/ServiceWorker#1292). The event stays pending,
// and the script can go on to do other things.
func (t *turn) workerHangs(s Step, c *Connection) bool {
	if t.ask(Scripts) != MayHang {
		return false
	}
	t.fault()
	c.Hung = true
	t.report(Event{Kind: Hangs, Connection: s.Connection, Version: t.Registration.Active, Again: c.Phase == AskingAgain})
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

// finds tells whether the running instance can get at the worker's end: it has an object for it, or finds the connection in
// a list of its own (draft 113).
func (t *turn) finds(c *Connection) bool { return c.Object || t.ask(WorkerList) == List }

// workerPosts: the worker posts a message, which is queued at the page's end if there is one.
func (t *turn) workerPosts(s Step, c *Connection) bool {
	if !t.finds(c) {
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

// workerReceives: a message arrives, and its handler comes to an end. The event brings the object along, as its target or
// source. A worker that has got a message and not yet handled it can do nothing that it could not do before or after, and it
// is busy, so that nothing but a kill comes in between: see killHandling.
func (t *turn) workerReceives(s Step, c *Connection) bool {
	if !t.receives(c) {
		return false
	}
	t.deliver(s.Connection, c)
	m := c.ToWorker.Pop()
	c.ToWorker.Received = m.Number
	t.report(Event{Kind: Handled, Connection: s.Connection, Version: t.Registration.Active, Message: m})
	return true
}

// receives tells whether messages of c reach the script of the running instance: at the handler on the global scope, which
// every instance installs (draft 115), or at the port, if it has that. A new instance has it only if it finds it in a list,
// before messages arrive (draft 113); one that does not do so under lists=never may still find it later, to post.
func (t *turn) receives(c *Connection) bool {
	return c.Object || t.ask(Delivery) == Global || t.ask(WorkerList) == List && t.ask(Lists) == AtOnce
}

// deliver gives the first message that waits to the script, as an event. It counts as received once it is handled.
func (t *turn) deliver(n uint8, c *Connection) {
	c.Object = true
	t.report(Event{Kind: Delivered, Connection: n, Version: t.Registration.Active, Message: c.ToWorker.At(0)})
}

// workerLearns: the notice that the page is gone arrives, after all messages, and the worker lets go of its end (draft 116).
func (t *turn) workerLearns(s Step, c *Connection) bool {
	c.Phase = Down
	t.report(Event{Kind: WorkerKnows, Connection: s.Connection, Version: t.Registration.Active})
	return true
}

// workerCloses: the worker closes its end, ForeignServiceWorkerClient.port.close() in the draft (draft 116). See [turn.arrives]
// for what waits there.
func (t *turn) workerCloses(s Step, c *Connection) bool {
	if !t.finds(c) || t.ask(Close) != CloseEither {
		return false
	}
	if t.arrives(&c.ToWorker) {
		for c.ToWorker.Length > 0 && t.workerReceives(s, c) {
		}
	}
	t.cut(s.Connection, c, CauseWorker)
	return true
}
