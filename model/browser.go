package model

// dispatch takes a requested connection to the active worker (draft 25 and 64), or one that has to be accepted again to the
// version that took over, or the instance that was started (draft 111).
func (t *turn) dispatch(s Step, c *Connection) bool {
	n, reg := s.Connection, &t.Registration
	switch {
	case c.Phase == ToAskAgain:
		c.Phase = AskingAgain
		t.report(Event{Kind: Dispatched, Connection: n, Version: reg.Active, Again: true})
		return true
	case reg.Status != Live: // also when it is gone while the request waited
		t.reject(n, c, CauseNoRegistration)
		return true
	case reg.Active == 0:
		if t.ask(NotReady) == Wait {
			return false
		}
		t.reject(n, c, CauseNotReady)
		return true
	case !t.asksWorker(c): // "it may return a service worker" (draft 22)
		c.Phase = Up
		t.report(Event{Kind: Accepted, Connection: n, Version: reg.Active, Cause: CauseSameOrigin})
		t.establish(n, c)
		return true
	case !reg.Running:
		return false
	}
	c.Phase = Asking
	t.report(Event{Kind: Dispatched, Connection: n, Version: reg.Active})
	return true
}

// asksWorker tells whether the worker decides about the request of c, as it does for every page of another origin (draft 23).
func (t *turn) asksWorker(c *Connection) bool { return t.Foreign(c) || t.ask(SameOrigin) == AskFirst }

// giveUp: the handler of the connect event does not come to an answer, and the browser waits no longer (SW "timed out
// flag": "after an optional user agent imposed delay"; Chromium of 2015 gave a worker five minutes). It counts as a refusal. A
// handler that takes too long is the same as one that refuses. A deadline would also end the attempts to start a worker that
// fails each time; no history of the model has that many faults.
func (t *turn) giveUp(s Step, c *Connection) bool {
	if t.ask(Deadline) != Reject {
		return false
	}
	c.Hung = false
	t.refuse(s.Connection, c, CauseDeadline)
	return true
}

// releaseEnd: the page is gone, and its worker is not told: the browser takes the worker's end and its entry in a list
// (navigator-connect 9d7a053: a client that closes its port or is unloaded leaves the list), once everything that the page
// had posted was handled. No instance is needed for that.
func (t *turn) releaseEnd(s Step, c *Connection) bool {
	if t.ask(WorkerNotice) != NoticeSilent {
		return false
	}
	c.Phase = Down
	t.report(Event{Kind: WorkerEndGone, Connection: s.Connection})
	return true
}

// collectHandle: no script can reach the page's end, and it is collected, which ends the connection as if the page had closed
// it (HTML 9.4.5 "Ports and garbage collection": the other end is disentangled). A list is a way to reach it. A message that
// waits for the page keeps it, and so does an event; a state that nobody can read does not. By the letter of HTML, a port
// that listens for messages is also kept by its other end: collect=keep is what becomes of such a port, and collect=close of
// one that does not listen.
func (t *turn) collectHandle(s Step, c *Connection) bool {
	if t.ask(Collect) != CloseUnreachable || t.ask(PageList) == List || c.NoticeToPage && t.ask(PageNotice) == NoticeEvent {
		return false
	}
	t.endPageSide(s.Connection, c, CauseCollected)
	return true
}

// start: the browser runs the active worker when it has something to do (SW "Run Service Worker").
func (t *turn) start() bool {
	reg := &t.Registration
	cause, ok := t.work()
	if !ok {
		return false
	}
	reg.Running = true
	t.report(Event{Kind: WorkerStarts, Version: reg.Active, Cause: cause})
	return true
}

// failStart: the worker cannot be started. The connect events that it was to be started for are lost (SW "Fire Functional
// Event" returns when "Run Service Worker" fails), which is as if the worker had been stopped while they were pending; and the
// messages, as if an instance had ended that was to handle them. A notice waits for the next attempt.
func (t *turn) failStart() bool {
	if _, ok := t.work(); !ok {
		return false
	}
	t.fault()
	t.report(Event{Kind: StartFails, Version: t.Registration.Active})
	for i := range t.Connections[:t.bounds.Connections] {
		n, c := uint8(i+1), &t.Connections[i]
		switch {
		case c.Phase == Up:
			t.endOfInstance(n, c)
		case t.wantsEvent(c):
			t.interrupt(n, c, CauseStartFailed)
		}
	}
	return true
}

// work tells whether there is something for which the active worker has to be started: a connect event, a message, or a
// notice, in which case the cause is what it is about.
func (t *turn) work() (Cause, bool) {
	cause, some := Cause(0), false
	for i := range t.Connections[:t.bounds.Connections] {
		c := &t.Connections[i]
		switch {
		case t.wantsEvent(c), c.Phase == Up && c.ToWorker.Length > 0:
			return 0, true
		case c.Phase == Up && c.NoticeToWorker:
			cause, some = CausePageGone, true
		}
	}
	return cause, some
}

// wantsEvent tells whether a connect event is to be fired for c that an instance has to be started for. Under
// suspend=reaccept every instance that starts is asked about its connections, which is no reason to start one unless a
// message waits.
func (t *turn) wantsEvent(c *Connection) bool {
	switch c.Phase {
	case Requested:
		return t.Registration.Status == Live && t.asksWorker(c)
	case ToAskAgain:
		return c.ToWorker.Length > 0 || t.ask(Suspend) != Reaccept
	}
	return false
}

// finishInstall: the installing worker becomes the waiting worker, and one that waited before becomes redundant (SW
// "Install"). A call of skipWaiting() while installing takes effect now; in the model it is a call right after.
func (t *turn) finishInstall() bool {
	reg := &t.Registration
	if reg.Waiting != 0 {
		t.reportState(reg.Waiting, Redundant)
	}
	reg.Waiting, reg.Installing, reg.SkipWaiting = reg.Installing, 0, false
	t.reportState(reg.Waiting, Installed)
	return true
}

// failInstall: the installing worker becomes redundant. If it was the only one, its registration is gone (SW "Install").
func (t *turn) failInstall() bool {
	reg := &t.Registration
	t.reportState(reg.Installing, Redundant)
	reg.Installing = 0
	if reg.Waiting == 0 && reg.Active == 0 {
		reg.Status = Absent
		t.report(Event{Kind: RegistrationGone})
	}
	return true
}

// activate: the waiting worker becomes the active worker once no event is pending at the old one and, unless
// skipWaiting() was called, no client uses it (SW "Try Activate", "Activate"). A connection is not a client, except
// under update=pin. The old version is terminated and redundant; the answer to Update decides about its connections.
func (t *turn) activate() bool {
	reg := &t.Registration
	if reg.Active != 0 && !reg.SkipWaiting && t.pinned() {
		return false
	}
	if t.clearable() {
		return false // "Try Clear Registration" comes first
	}
	if reg.Active != 0 {
		t.replaceActive()
	}
	reg.Active, reg.Waiting, reg.SkipWaiting = reg.Waiting, 0, false
	reg.Activating, reg.Running = true, true
	t.reportState(reg.Active, Activating)
	return true
}

// pinned tells whether open connections keep the old version active, as controlled clients do.
func (t *turn) pinned() bool {
	return t.InUse(anyone) && t.ask(Update) == Pin
}

func anyone(*Connection) bool { return true }
func up(c *Connection) bool   { return c.Phase == Up }

// replaceActive terminates the active worker, whose place the waiting one takes. Where an instance ran, what waited for it is
// lost under queue=lost; where none did, it waited at the connection, and goes to the new version with that. A connection that
// has yet to be accepted again is accepted by the new version, if the answer to Update lets it have any.
func (t *turn) replaceActive() {
	t.reportState(t.Registration.Active, Redundant)
	for i := range t.Connections[:t.bounds.Connections] {
		n, c := uint8(i+1), &t.Connections[i]
		if c.Phase != Up && c.Phase != ToAskAgain {
			continue
		}
		wasUp := c.Phase == Up
		switch answer := t.ask(Update); {
		case answer == Sever || answer == Pin:
			t.cut(n, c, CauseUpdate)
		case wasUp && answer == Transfer:
			t.dropObject(n, c, CauseUpdate)
		case wasUp && answer == Reaccept:
			t.askAgain(n, c, CauseUpdate)
		}
		if wasUp && t.Registration.Running {
			t.endOfInstance(n, c)
		}
	}
}

// askAgain leaves it to the active version, or to its next instance, whether it takes c, if there is still a page that it
// could take. A connection about which no worker was ever asked (same-origin=implicit, draft 22) is passed on as it is.
func (t *turn) askAgain(n uint8, c *Connection, cause Cause) {
	t.dropObject(n, c, cause)
	if c.Accepted == 0 {
		return
	}
	if !c.Entangled {
		t.abandon(n, c)
		return
	}
	c.Phase = ToAskAgain
	t.report(Event{Kind: AskedLater, Connection: n, Cause: cause})
}

// finishActivate: the worker is activated, whether or not its activate event succeeded (SW "Activate").
func (t *turn) finishActivate() bool {
	t.Registration.Activating = false
	t.reportState(t.Registration.Active, Activated)
	return true
}

// clear: an unregistered registration is cleared once no client uses it and no event is pending (SW "Try Clear
// Registration"). The answer to Unregister tells whether connections count as use. An activating worker does not hold it up,
// as its activate event is in no set of extended events; requests that wait for it are rejected.
//
// "Clear Registration" terminates the active worker. Under unregister=run-out it only becomes redundant: an instance that
// runs serves its connections until it stops (recordings of Chromium 156, unregister), and no other can be started (SW "Run
// Service Worker" fails for a redundant worker).
func (t *turn) clear() bool {
	reg := &t.Registration
	if !t.clearable() {
		return false
	}
	runsOut := reg.Runs() && t.InUse(up) && t.ask(Unregister) == RunOut
	for i := range t.Connections[:t.bounds.Connections] {
		if c := &t.Connections[i]; c.Phase == Up && !runsOut || c.Phase == ToAskAgain {
			t.cut(uint8(i+1), c, CauseUnregister)
		}
	}
	for _, v := range []Version{reg.Waiting, reg.Active} {
		if v != 0 {
			t.reportState(v, Redundant)
		}
	}
	if runsOut {
		*reg = Registration{Status: RunningOut, Active: reg.Active, Running: true, Latest: reg.Latest}
	} else {
		*reg = Registration{Status: Absent, Latest: reg.Latest}
	}
	t.report(Event{Kind: RegistrationGone})
	return true
}

// clearable tells whether nothing keeps the unregistered registration any more.
func (t *turn) clearable() bool {
	if t.Registration.Status != Unregistered || t.Registration.Controlled || t.PendingEvent() {
		return false
	}
	return !t.InUse(anyone) || t.ask(Unregister) != Drain
}

// suspend: the browser stops an idle worker, one at which no event is pending (SW 3.1.1 "The lifetime of a service
// worker"). Messages on a port are no events, so that one which still waits does not keep the worker running (recordings of
// Chromium 156).
func (t *turn) suspend() bool {
	if t.InUse(up) && t.ask(Suspend) == Keepalive {
		return false
	}
	t.stopInstance(CauseSuspend)
	return true
}

// kill: the browser, the system or a crash stops the worker, whatever it is doing. A pending connect event is lost with it;
// the answer to Interrupt decides about its connection. A kill while activating would be the same as one right after, as the
// worker is activated all the same.
func (t *turn) kill() bool {
	t.Kills--
	t.fault()
	t.stopInstance(CauseKill)
	for i := range t.Connections[:t.bounds.Connections] {
		if c := &t.Connections[i]; c.Asked() {
			t.interrupt(uint8(i+1), c, CauseKill)
		}
	}
	return true
}

// killHandling: the worker is killed between getting a message and having handled it. The answer to Queue tells whether the
// message is still in the queue, and the next instance gets it again, or is lost.
func (t *turn) killHandling(s Step, c *Connection) bool {
	if !t.receives(c) {
		return false
	}
	t.deliver(s.Connection, c)
	return t.kill()
}

// interrupt: the worker was stopped while the connect event of c was pending, or could not be started for it (draft 110). A
// first event and a repeated one have a question each.
func (t *turn) interrupt(n uint8, c *Connection, cause Cause) {
	c.Hung = false
	if c.Phase == AskingAgain || c.Phase == ToAskAgain {
		t.interruptAgain(n, c, cause)
		return
	}
	rejection := CauseInterrupted
	if cause == CauseStartFailed {
		rejection = cause
	}
	if !c.Pending { // the page is gone, nobody waits for an answer
		t.reject(n, c, rejection)
		return
	}
	switch t.ask(Interrupt) {
	case Hang:
		t.report(Event{Kind: Abandoned, Connection: n, Page: c.Page, Cause: cause})
		t.abandon(n, c)
	case Reject:
		t.reject(n, c, rejection)
	case Retry:
		c.Phase = Requested
		t.report(Event{Kind: AskedLater, Connection: n, Cause: cause})
	}
}

// interruptAgain: the connect event was a repeated one.
func (t *turn) interruptAgain(n uint8, c *Connection, cause Cause) {
	switch t.ask(InterruptAgain) {
	case Hang:
		t.report(Event{Kind: Abandoned, Connection: n, Page: c.Holder, Again: true, Cause: cause})
		t.abandon(n, c)
	case Reject:
		t.cut(n, c, cause)
	case Retry:
		t.askAgain(n, c, cause)
		t.endOfInstance(n, c)
	}
}

// register: a first version is registered (SW "Register"). A service that registers again while its unregistered
// registration is still in use, or runs out, gets a second one; the model has one registration, and lets it wait until the
// first is gone.
func (t *turn) register() bool {
	t.Registration.Status = Live
	t.report(Event{Kind: RegistrationIs, Status: Live})
	t.install()
	return true
}

// findUpdate: a newer version is found (SW "Update").
func (t *turn) findUpdate() bool {
	t.install()
	return true
}

// install lets a new version begin to install.
func (t *turn) install() {
	reg := &t.Registration
	reg.Latest++
	reg.Installing = reg.Latest
	t.reportState(reg.Installing, Installing)
}

// skipWaiting: the waiting worker no longer waits for clients (SW "skipWaiting()").
func (t *turn) skipWaiting() bool {
	t.Registration.SkipWaiting = true
	return true
}

// unregister: the registration leaves the map at once, and is cleared when it is no longer in use (SW "Unregister"). The job
// waits until a version that is installing is done.
func (t *turn) unregister() bool {
	t.Registration.Status = Unregistered
	t.report(Event{Kind: RegistrationIs, Status: Unregistered})
	return true
}

// openClient: a document of the service's own origin opens, and the active worker controls it (SW "using"). An unregistered
// registration gets no new clients.
func (t *turn) openClient() bool {
	reg := &t.Registration
	reg.Controlled = true
	t.report(Event{Kind: ClientControlled, Version: reg.Active})
	return true
}

// closeClient: the controlled document is closed (SW "Handle Service Worker Client Unload").
func (t *turn) closeClient() bool {
	reg := &t.Registration
	reg.Controlled = false
	t.report(Event{Kind: ClientGone, Version: reg.Active})
	return true
}

func (t *turn) reportState(v Version, s WorkerState) {
	t.report(Event{Kind: StateChanges, Version: v, State: s})
}
