package model

// This file has what the rules of pages, worker and browser share: the life of one connection.

// establish links the two ends of an accepted connection. If the page is still there, its promise resolves. Otherwise nobody
// takes the page's end, and the worker's end belongs to a page that is gone.
func (t *turn) establish(n uint8, c *Connection) {
	if c.Pending {
		c.Pending, c.Entangled = false, true
		c.Holder, c.Reference = c.Page, true
		t.report(Event{Kind: Resolved, Connection: n, Page: c.Page})
	}
	if !c.Entangled {
		t.tellWorker(n, c, CausePageGone)
	}
}

// reject rejects the page's promise, if the page is still there. What it has posted beforehand is dropped (pipeline=yes).
func (t *turn) reject(n uint8, c *Connection, cause Cause) {
	t.lose(n, &c.ToWorker, Event{Page: c.Page})
	c.Phase = Down
	if c.Pending {
		c.Pending = false
		t.report(Event{Kind: Rejected, Connection: n, Page: c.Page, Cause: cause})
	}
}

// arrives tells whether messages wait in q, at an end that its own script is about to close, and still arrive. They do so in
// the step that closes the end: nobody can tell that from their arrival right after it, as the script can do nothing more
// at that end, and what happens to its page or instance in between is what happens where they are dropped.
func (t *turn) arrives(q *MessageQueue) bool { return q.Length > 0 && t.ask(OwnClose) == Arrive }

// cut ends the worker's side of c. What the page has posted and the worker has not received is lost; what the worker has
// posted still arrives.
func (t *turn) cut(n uint8, c *Connection, cause Cause) {
	t.report(Event{Kind: Cut, Connection: n, Page: c.Holder, Version: t.Registration.Active, Cause: cause})
	t.abandon(n, c)
	if c.Holder == 0 || t.ask(PageNotice) == None {
		return
	}
	c.NoticeToPage = true
	t.report(Event{Kind: PageNoticeSent, Connection: n, Page: c.Holder, Cause: cause})
}

// abandon ends the worker's side of c without telling the page.
func (t *turn) abandon(n uint8, c *Connection) {
	t.lose(n, &c.ToWorker, Event{Page: c.user()})
	c.Phase, c.Entangled, c.NoticeToWorker = Down, false, false
}

// endPageSide ends the page's side of c. What the worker has posted and the page has not received is lost. What the page has
// posted still arrives, unless a new version has yet to accept the connection: as the page is gone, it will not be asked.
func (t *turn) endPageSide(n uint8, c *Connection, cause Cause) {
	t.report(Event{Kind: PageSideEnded, Connection: n, Page: c.Holder, Cause: cause})
	worker := t.Registration.Active
	if worker == 0 {
		worker = t.Registration.Latest // the registration is cleared: the messages are still those of a worker
	}
	t.lose(n, &c.ToPage, Event{Version: worker})
	c.Holder = 0
	wasEntangled := c.Entangled
	c.Entangled = false
	switch c.Phase {
	case Up:
		if wasEntangled {
			t.tellWorker(n, c, cause)
		}
	case ToAskAgain:
		t.abandon(n, c)
	}
}

// tellWorker sends the worker a notice that the page's side is gone, if the design has such notices (draft 116). Under
// worker-notice=silent it is the browser that takes the worker's end: see releaseEnd.
func (t *turn) tellWorker(n uint8, c *Connection, cause Cause) {
	if t.ask(WorkerNotice) != NoticeEvent {
		return
	}
	c.NoticeToWorker = true
	t.report(Event{Kind: WorkerNoticeSent, Connection: n, Cause: cause})
}

// endOfInstance: the instance that was to handle the messages of c ends. "Terminate Service Worker" (SW) discards its message
// tasks, but HTML has messages wait in the queue of a port, and nobody says which of the two holds for the port of a
// connection: the answer to Queue does.
func (t *turn) endOfInstance(n uint8, c *Connection) {
	if c.ToWorker.Length > 0 && t.ask(Queue) == LostWithInstance {
		t.lose(n, &c.ToWorker, Event{Page: c.user()})
	}
}

// lose drops the messages that wait in q and reports each of them; poster tells who had posted them.
func (t *turn) lose(n uint8, q *MessageQueue, poster Event) {
	for i := range q.Length {
		t.report(Event{Kind: Lost, Connection: n, Page: poster.Page, Version: poster.Version, Message: q.At(i)})
	}
	q.Drop()
}

// stopInstance ends the instance of the active worker, and every port object with it. The answer to Suspend tells whether
// connections outlive the instance.
func (t *turn) stopInstance(cause Cause) {
	t.Registration.Running = false
	t.report(Event{Kind: WorkerStops, Version: t.Registration.Active, Cause: cause})
	for i := range t.Connections[:t.bounds.Connections] {
		c := &t.Connections[i]
		if c.Phase != Up {
			continue
		}
		n := uint8(i + 1)
		if t.Registration.Status == RunningOut {
			t.cut(n, c, CauseUnregister) // no other instance will come
			continue
		}
		switch t.ask(Suspend) {
		case Wake:
			t.dropObject(n, c, cause)
			t.endOfInstance(n, c)
		case Reaccept:
			t.askAgain(n, c, cause)
			t.endOfInstance(n, c)
		case Sever, Keepalive:
			t.cut(n, c, cause)
		}
	}
}

// dropObject forgets the object that the instance had for c.
func (t *turn) dropObject(n uint8, c *Connection, cause Cause) {
	if c.Object {
		c.Object = false
		t.report(Event{Kind: ObjectGone, Connection: n, Version: t.Registration.Active, Cause: cause})
	}
}
