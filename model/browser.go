package model

// dispatch takes a requested connection to the active worker (draft 25 and 64), or one that has to be accepted again to the
// version that took over (draft 111).
func (t *turn) dispatch(s Step, c *Connection) bool {
	n, reg := s.Connection, &t.Registration
	switch {
	case c.Phase == ToAskAgain:
		if !t.activated() {
			return false
		}
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
	case reg.Activating: // functional events wait until the worker is activated (SW "Fire Functional Event")
		return false
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

// start: the browser runs the active worker when it has something to do (SW "Run Service Worker").
func (t *turn) start() bool {
	reg := &t.Registration
	if reg.Active == 0 || reg.Running || reg.Activating || !t.hasWork() {
		return false
	}
	reg.Running = true
	t.report(Event{Kind: WorkerStarts, Version: reg.Active})
	return true
}

// hasWork tells whether a connect event, a message or a notice is there for the active worker.
func (t *turn) hasWork() bool {
	for i := range t.Connections[:t.bounds.Connections] {
		c := &t.Connections[i]
		switch c.Phase {
		case Requested:
			if t.Registration.Status == Live && t.asksWorker(c) {
				return true
			}
		case ToAskAgain:
			return true
		case Up:
			if c.ToWorker.Length > 0 || c.NoticeToWorker {
				return true
			}
		}
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
	if reg.Active != 0 && (reg.Activating || t.PendingEvent()) {
		return false
	}
	if reg.Active != 0 && !reg.SkipWaiting && (reg.Controlled || t.pinned()) {
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

// replaceActive terminates the active worker, whose place the waiting one takes.
func (t *turn) replaceActive() {
	t.reportState(t.Registration.Active, Redundant)
	for i := range t.Connections[:t.bounds.Connections] {
		n, c := uint8(i+1), &t.Connections[i]
		if c.Phase != Up {
			continue
		}
		switch t.ask(Update) {
		case Sever, Pin:
			t.cut(n, c, CauseUpdate)
		case Transfer:
			t.dropObject(n, c, CauseUpdate)
		case Reaccept:
			t.askAgain(n, c, CauseUpdate)
		}
	}
}

// askAgain lets the active version decide about c, unless its page is gone.
func (t *turn) askAgain(n uint8, c *Connection, cause Cause) {
	t.dropObject(n, c, cause)
	if !c.Entangled {
		t.abandon(n, c)
		return
	}
	c.Phase = ToAskAgain
	t.report(Event{Kind: AskedLater, Connection: n, Cause: cause})
}

// finishActivate: the worker is activated, whether or not its activate event succeeded (SW "Activate").
func (t *turn) finishActivate() bool {
	if !t.Registration.Activating {
		return false
	}
	t.Registration.Activating = false
	t.reportState(t.Registration.Active, Activated)
	return true
}

// clear: an unregistered registration is cleared once no client uses it and no event is pending (SW "Try Clear
// Registration"). The answer to Unregister tells whether connections count as use. An activating worker does not hold it up,
// as its activate event is in no set of extended events; requests that wait for it are rejected.
func (t *turn) clear() bool {
	reg := &t.Registration
	if !t.clearable() {
		return false
	}
	for i := range t.Connections[:t.bounds.Connections] {
		if c := &t.Connections[i]; c.Phase == Up || c.Phase == ToAskAgain {
			t.cut(uint8(i+1), c, CauseUnregister)
		}
	}
	for _, v := range []Version{reg.Waiting, reg.Active} {
		if v != 0 {
			t.reportState(v, Redundant)
		}
	}
	*reg = Registration{Status: Absent, Latest: reg.Latest}
	t.report(Event{Kind: RegistrationGone})
	return true
}

// clearable tells whether nothing keeps the unregistered registration any more.
func (t *turn) clearable() bool {
	if t.Registration.Status != Unregistered || t.Registration.Controlled || t.PendingEvent() {
		return false
	}
	return !t.InUse(anyone) || t.ask(Unregister) == Sever
}

// suspend: the browser stops an idle worker, one at which no event is pending (SW 3.1.1 "The lifetime of a service
// worker"). Messages on a port are no events: they do not keep it running (recordings of Chromium 156).
func (t *turn) suspend() bool {
	if !t.activated() || t.PendingEvent() {
		return false
	}
	if t.InUse(func(c *Connection) bool { return c.Phase == Up }) && t.ask(Suspend) == Keepalive {
		return false
	}
	t.stopInstance(CauseSuspend)
	return true
}

// kill: the browser, the system or a crash stops the worker, whatever it is doing. A pending connect event is lost with it;
// the answer to Interrupt decides about its connection. A kill while activating would be the same as one right after, as the
// worker is activated all the same.
func (t *turn) kill() bool {
	if !t.activated() || t.Kills == 0 {
		return false
	}
	t.Kills--
	t.stopInstance(CauseKill)
	for i := range t.Connections[:t.bounds.Connections] {
		if c := &t.Connections[i]; c.Phase == Asking || c.Phase == AskingAgain {
			t.interrupt(uint8(i+1), c)
		}
	}
	return true
}

// interrupt: the worker was stopped while the connect event of c was pending (draft 110).
func (t *turn) interrupt(n uint8, c *Connection) {
	again := c.Phase == AskingAgain
	if !again && !c.Pending { // the page is gone, nobody waits for an answer
		t.reject(n, c, CauseInterrupted)
		return
	}
	switch t.ask(Interrupt) {
	case Hang:
		page := c.Page
		if again {
			page = c.Holder
		}
		t.report(Event{Kind: Abandoned, Connection: n, Page: page, Again: again, Cause: CauseKill})
		t.abandon(n, c)
	case Reject:
		if again {
			t.cut(n, c, CauseKill)
		} else {
			t.reject(n, c, CauseInterrupted)
		}
	case Retry:
		if again {
			t.askAgain(n, c, CauseKill)
		} else {
			c.Phase = Requested
			t.report(Event{Kind: AskedLater, Connection: n, Cause: CauseKill})
		}
	}
}

// register: a first version is registered (SW "Register"). A service that registers again while its unregistered
// registration is still in use gets a second one; the model has one registration, and lets it wait until the first is
// cleared.
func (t *turn) register() bool {
	if t.Registration.Status != Absent || !t.canInstall() {
		return false
	}
	t.Registration.Status = Live
	t.report(Event{Kind: RegistrationIs, Status: Live})
	t.install()
	return true
}

// findUpdate: a newer version is found (SW "Update").
func (t *turn) findUpdate() bool {
	if t.Registration.Status != Live || !t.canInstall() {
		return false
	}
	t.install()
	return true
}

func (t *turn) canInstall() bool {
	return t.Registration.Installing == 0 && int(t.Registration.Latest) < t.bounds.Versions
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
	reg := &t.Registration
	if reg.SkipWaiting {
		return false
	}
	reg.SkipWaiting = true
	return true
}

// unregister: the registration leaves the map at once, and is cleared when it is no longer in use (SW "Unregister"). The job
// waits until a version that is installing is done.
func (t *turn) unregister() bool {
	reg := &t.Registration
	if reg.Status != Live || reg.Installing != 0 {
		return false
	}
	reg.Status = Unregistered
	t.report(Event{Kind: RegistrationIs, Status: Unregistered})
	return true
}

// openClient: a document of the service's own origin opens, and the active worker controls it (SW "using"). An unregistered
// registration gets no new clients.
func (t *turn) openClient() bool {
	reg := &t.Registration
	if reg.Controlled || reg.Status != Live || reg.Active == 0 {
		return false
	}
	reg.Controlled = true
	t.report(Event{Kind: ClientControlled, Version: reg.Active})
	return true
}

// closeClient: the controlled document is closed (SW "Handle Service Worker Client Unload").
func (t *turn) closeClient() bool {
	reg := &t.Registration
	if !reg.Controlled {
		return false
	}
	reg.Controlled = false
	t.report(Event{Kind: ClientGone, Version: reg.Active})
	return true
}

func (t *turn) reportState(v Version, s WorkerState) {
	t.report(Event{Kind: StateChanges, Version: v, State: s})
}
