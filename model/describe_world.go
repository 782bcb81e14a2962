package model

import (
	"fmt"
	"strings"
)

// Describe returns w as lines: one for the registration, one for each page, one for each connection that was made.
func (w *World) Describe() []string {
	lines := []string{w.Registration.describe()}
	for i := range w.Pages {
		if w.Pages[i].Origin != NoOrigin {
			lines = append(lines, w.Pages[i].describe(uint8(i+1)))
		}
	}
	for i := range w.Connections {
		if w.Connections[i].Phase != Unused {
			lines = append(lines, w.Connections[i].describe(uint8(i+1)))
		}
	}
	return lines
}

// Changes returns the lines of [World.Describe] that are in after but not in before.
func Changes(before, after *World) []string {
	old := map[string]bool{}
	for _, line := range before.Describe() {
		old[line] = true
	}
	var changed []string
	for _, line := range after.Describe() {
		if !old[line] {
			changed = append(changed, line)
		}
	}
	return changed
}

func (r *Registration) describe() string {
	parts := []string{r.Status.String()}
	if r.Status == Unregistered {
		parts = append(parts, "not cleared yet")
	}
	if r.Active != 0 {
		state := Activated
		switch {
		case r.Activating:
			state = Activating
		case r.Status == RunningOut:
			state = Redundant
		}
		running := "not running"
		if r.Running {
			running = "running"
		}
		parts = append(parts, fmt.Sprintf("version %d %s and %s", r.Active, state, running))
	}
	if r.Waiting != 0 {
		waiting := fmt.Sprintf("version %d waiting", r.Waiting)
		if r.SkipWaiting {
			waiting += " (skipWaiting called)"
		}
		parts = append(parts, waiting)
	}
	if r.Installing != 0 {
		parts = append(parts, fmt.Sprintf("version %d installing", r.Installing))
	}
	if r.Controlled {
		parts = append(parts, "a document of its own is controlled")
	}
	return "registration: " + strings.Join(parts, ", ")
}

var originTexts = [...]string{Own: "the service's own origin", ForeignA: "another origin", ForeignB: "a third origin"}

// String returns o in relation to the service, to follow "of": "another origin".
func (o Origin) String() string { return originTexts[o] }

func (p Page) describe(n uint8) string {
	state := "gone"
	if p.Open {
		state = "open"
	}
	return fmt.Sprintf("%s: %s, of %s", PageName(n), state, originTexts[p.Origin])
}

func (c *Connection) describe(n uint8) string {
	parts := []string{c.Phase.String()}
	add := func(yes bool, text string) {
		if yes {
			parts = append(parts, text)
		}
	}
	add(c.Pending, fmt.Sprintf("the promise of %s is pending", PageName(c.Page)))
	add(c.Holder != 0 && c.Entangled, PageName(c.Holder)+" holds an end")
	add(c.Holder != 0 && !c.Entangled, PageName(c.Holder)+" holds an end that leads nowhere")
	add(c.Holder != 0 && !c.Reference, "but has no reference to it")
	add(c.Listening, "and listens for its end")
	add(c.Phase == Up && c.Object, "the worker's script holds an end")
	add(c.Phase == Up && !c.Object, "the worker's script holds no object for it")
	add(c.Phase == Up && !c.Entangled && c.Holder == 0, "whose page is gone")
	add(c.Hung, "the handler of the connect event hangs")
	add(c.ToWorker.Length > 0, messages(c.ToWorker.Length, "the worker"))
	add(c.ToPage.Length > 0, messages(c.ToPage.Length, "the page"))
	add(c.Holder != 0 && c.ToWorker.Undelivered() > int(c.ToWorker.Length), "a message of the page is lost")
	add(c.Phase == Up && c.ToPage.Undelivered() > int(c.ToPage.Length), "a message of the worker is lost")
	add(c.NoticeToPage, "a notice is on its way to the page")
	add(c.NoticeToWorker, "a notice is on its way to the worker")
	return ConnectionName(n) + ": " + strings.Join(parts, ", ")
}

func messages(n uint8, to string) string {
	if n == 1 {
		return "1 message to " + to + " waits"
	}
	return fmt.Sprintf("%d messages to %s wait", n, to)
}
