package model

// pageConnects: navigator.connect() requests a connection (draft 31); the promise is pending.
func (t *turn) pageConnects(s Step, c *Connection) bool {
	*c = Connection{Phase: Requested, Page: s.Page, Pending: true}
	return true
}

// reaches tells whether the holder's script can get at its handle: it kept a reference, or finds the connection in a list
// of its own (draft 46).
func (t *turn) reaches(c *Connection) bool { return c.Reference || t.ask(PageList) == List }

// pagePosts: the page posts a message. It is queued at the other end if there is one (HTML "message port post message
// steps"); otherwise it vanishes, and the page is not told.
func (t *turn) pagePosts(s Step, c *Connection) bool {
	if c.ToWorker.Undelivered() >= t.bounds.Messages || !t.reaches(c) {
		return false
	}
	c.ToWorker.Posted++
	m := Message{Number: c.ToWorker.Posted, Stranger: t.OriginOf(c.Holder) != t.OriginOf(c.Page)}
	t.report(Event{Kind: Posted, Connection: s.Connection, Page: s.Page, Message: m})
	if !c.Entangled {
		t.report(Event{Kind: Lost, Connection: s.Connection, Page: s.Page, Message: m})
		return true
	}
	c.ToWorker.Push(m)
	return true
}

// pageReceives: a message arrives. One that was queued before the other side closed still does (HTML "disentangle"
// touches no queue; WPT close.any.js "in-flight messages are delivered").
func (t *turn) pageReceives(s Step, c *Connection) bool {
	if c.ToPage.Length == 0 {
		return false
	}
	m := c.ToPage.Pop()
	c.ToPage.Received = m.Number
	t.report(Event{Kind: Delivered, Connection: s.Connection, Page: s.Page, Message: m})
	return true
}

// pageLearns: the notice that the connection is down arrives, after all messages (draft 42 and 117). An event is lost if
// nobody listens. A state stays until a page that can reach its handle reads it.
func (t *turn) pageLearns(s Step, c *Connection) bool {
	if !c.NoticeToPage || c.ToPage.Length > 0 {
		return false
	}
	asEvent := t.ask(PageNotice) == NoticeEvent
	if !asEvent && !t.reaches(c) {
		return false
	}
	if asEvent && !c.Listening {
		c.NoticeToPage = false
		t.report(Event{Kind: PageNoticeLost, Connection: s.Connection, Page: s.Page})
		return true
	}
	c.Holder = 0
	t.report(Event{Kind: PageKnows, Connection: s.Connection, Page: s.Page})
	return true
}

// pageListens: the page adds a listener for the end of the connection, if the design has such an event.
func (t *turn) pageListens(s Step, c *Connection) bool {
	if c.Listening || t.ask(PageNotice) != NoticeEvent || !t.reaches(c) {
		return false
	}
	c.Listening = true
	t.report(Event{Kind: ListeningStarts, Connection: s.Connection, Page: s.Page})
	return true
}

// pageCloses: the page closes its end (draft 116).
func (t *turn) pageCloses(s Step, c *Connection) bool {
	if !t.reaches(c) || t.ask(Close) != CloseEither {
		return false
	}
	t.endPageSide(s.Connection, c, CausePage)
	return true
}

// pageLosesHandle: the page's script drops its last reference to the handle. A port that listens for messages still receives
// them (HTML 9.4.5 "Ports and garbage collection"), but nobody can use it to post or to close.
func (t *turn) pageLosesHandle(s Step, c *Connection) bool {
	if !c.Reference {
		return false
	}
	c.Reference = false
	t.report(Event{Kind: HandleLost, Connection: s.Connection, Page: s.Page})
	return true
}

// pageTransfers: the page transfers the handle to a page of another origin, if it is a MessagePort (draft 43). The
// queue moves along (HTML "transfer steps"), listeners do not.
func (t *turn) pageTransfers(s Step, c *Connection) bool {
	if !t.isOpen(s.To) || t.OriginOf(s.To) == t.OriginOf(s.Page) || t.ask(Handle) != Port || !t.reaches(c) {
		return false
	}
	c.Holder, c.Reference, c.Listening = s.To, true, false
	t.report(Event{Kind: HandleMoved, Connection: s.Connection, Page: s.To})
	return true
}

// pageLeaves: the page navigates away, is closed or crashes. Nobody waits for its promises any more, and its ends are gone
// (HTML "destroy a document").
func (t *turn) pageLeaves(s Step) bool {
	t.Pages[s.Page-1].Open = false
	t.report(Event{Kind: PageGone, Page: s.Page})
	for i := range t.Connections[:t.bounds.Connections] {
		c := &t.Connections[i]
		if c.Pending && c.Page == s.Page {
			c.Pending = false
			if c.Phase == Requested {
				c.Phase = Down
			}
		}
		if c.Holder == s.Page {
			t.endPageSide(uint8(i+1), c, CausePageGone)
		}
	}
	return true
}
