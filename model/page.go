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
// steps"); otherwise it vanishes, and the page is not told. Under pipeline=yes a page whose promise is pending can post, too:
// the message waits at the connection until that is accepted (Tubes: "I can start sending messages right away").
func (t *turn) pagePosts(s Step, c *Connection) bool {
	if c.Pending && t.ask(Pipeline) != Yes || !c.Pending && !t.reaches(c) {
		return false
	}
	c.ToWorker.Posted++
	m := Message{Number: c.ToWorker.Posted, Stranger: t.OriginOf(s.Page) != t.OriginOf(c.Page)}
	t.report(Event{Kind: Posted, Connection: s.Connection, Page: s.Page, Message: m})
	if c.Phase == Down {
		t.report(Event{Kind: Lost, Connection: s.Connection, Page: s.Page, Message: m})
		return true
	}
	c.ToWorker.Push(m)
	return true
}

// pageReceives: a message arrives. One that was queued before the other side closed still does (HTML "disentangle"
// touches no queue; WPT close.any.js "in-flight messages are delivered"). The event is fired at the handle (HTML 9.4.4), so
// that a script which had lost it gets it back as the target of the event.
func (t *turn) pageReceives(s Step, c *Connection) bool {
	m := c.ToPage.Pop()
	c.ToPage.Received = m.Number
	c.Reference = true
	t.report(Event{Kind: Delivered, Connection: s.Connection, Page: s.Page, Message: m})
	return true
}

// pageLearns: the notice that the connection is down arrives, after all messages (draft 42 and 117). An event is lost if
// nobody listens; under listens=at-once, pages listen from the moment they get the handle, by promise or by transfer. A state
// stays until a page that can reach its handle reads it.
func (t *turn) pageLearns(s Step, c *Connection) bool {
	if t.ask(PageNotice) == NoticeState {
		if !t.reaches(c) {
			return false
		}
	} else if !c.Listening && t.ask(Listens) == Sometime {
		c.NoticeToPage = false
		t.report(Event{Kind: PageNoticeLost, Connection: s.Connection, Page: s.Page})
		return true
	}
	c.Holder = 0
	t.report(Event{Kind: PageKnows, Connection: s.Connection, Page: s.Page})
	return true
}

// pageListens: the page adds a listener for the end of the connection, if there is such an event. Under listens=at-once it
// has one already.
func (t *turn) pageListens(s Step, c *Connection) bool {
	if t.ask(PageNotice) != NoticeEvent || t.ask(Listens) != Sometime || !t.reaches(c) {
		return false
	}
	c.Listening = true
	t.report(Event{Kind: ListeningStarts, Connection: s.Connection, Page: s.Page})
	return true
}

// pageCloses: the page closes its end (draft 116). See [turn.arrives] for what waits there.
func (t *turn) pageCloses(s Step, c *Connection) bool {
	if !t.reaches(c) || t.ask(Close) != CloseEither {
		return false
	}
	if t.arrives(&c.ToPage) {
		for c.ToPage.Length > 0 {
			t.pageReceives(s, c)
		}
	}
	t.endPageSide(s.Connection, c, CausePage)
	return true
}

// pageLosesHandle: the page's script drops its last reference to the handle. Messages still arrive (HTML 9.4.5 "Ports and
// garbage collection": the other end keeps a port that listens for messages), but nobody can use it to post or to close.
func (t *turn) pageLosesHandle(s Step, c *Connection) bool {
	c.Reference = false
	t.report(Event{Kind: HandleLost, Connection: s.Connection, Page: s.Page})
	return true
}

// pageTransfers: the page transfers the handle to a page of another origin, if it is a MessagePort (draft 43). The
// queue moves along (HTML "transfer steps"), listeners do not. A transfer to a page of its own origin would change nothing
// that matters.
func (t *turn) pageTransfers(s Step, c *Connection) bool {
	if t.ask(Handle) != Port || !t.reaches(c) {
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
				t.lose(uint8(i+1), &c.ToWorker, Event{Page: s.Page})
				c.Phase = Down
			}
		}
		if c.Holder == s.Page {
			t.endPageSide(uint8(i+1), c, CausePageGone)
		}
	}
	return true
}

// pageFreezes: the user leaves the page, the browser keeps it in the back/forward cache, and the user comes back. Meanwhile
// the tasks of its ports wait (HTML 9.4.4 and "fully active"). That is no different from a page that is slow, and in the model
// every page may be slow, so frozen=keep needs no step. Under frozen=refuse the page is gone: that step is pageLeaves. Only
// under frozen=sever does something happen (w3c/webextensions#474: extensions lose their ports at once): its connections are
// cut, with a connect event that is pending for one. The page finds out when it thaws: until then the notice is on its way.
//
// A worker that runs is not told of such a cut. It could learn only what it learns of a page that leaves; a model in which
// it is told has twice as many worlds and the same verdicts. A page that waits for a promise is not kept.
func (t *turn) pageFreezes(s Step) bool {
	if t.ask(Frozen) != Sever {
		return false
	}
	t.fault()
	t.report(Event{Kind: PageFrozen, Page: s.Page})
	for i := range t.Connections[:t.bounds.Connections] {
		if c := &t.Connections[i]; c.Holder == s.Page && c.Entangled {
			t.cut(uint8(i+1), c, CauseFrozen)
		}
	}
	return true
}
