package render

import (
	"fmt"
	"slices"
	"strings"

	"cosw/props"
)

// stageMatching puts a trace of the matching model on the stage: the page, the browser with its map of registrations,
// and each service that is registered.
func (b *builder) stageMatching() {
	b.Given = "Let a page of another origin be open, and let nothing be registered yet."
	worlds := make([]*props.MatchingWorld, len(b.Worlds))
	for i := range worlds {
		worlds[i] = worldAt[props.MatchingWorld](b, i)
	}
	there := always(len(worlds))
	page := b.party(Party{"page", PageParty, "the page", "of another origin", there})
	browser := b.party(Party{"browser", BrowserParty, "the browser", "", there})
	services := map[uint8]int{}
	last := worlds[len(worlds)-1]
	for _, n := range last.Registered {
		if n != 0 {
			name := serviceName(last, n)
			services[n] = b.party(Party{strings.ReplaceAll(name, " ", ""), WorkerParty, name, "of scope " + scope(n), there})
		}
	}
	for i := range b.Steps {
		t := &matchingStep{&b.Steps[i], page, browser, services}
		switch before, after := worlds[i], worlds[i+1]; {
		case before.Registered != after.Registered:
			t.registers(before, after)
		case before.Target == 0 && after.Target != 0:
			t.connects(after)
		default:
			t.uses(after)
		}
	}
}

// matchingStep is a step of the matching model that is put on the stage.
type matchingStep struct {
	*Step
	page, browser int
	services      map[uint8]int
}

func (t *matchingStep) arrow(kind ArrowKind, from, to int, text string, fate Fate) {
	t.Arrows = append(t.Arrows, Arrow{kind, from, to, text, fate, t.Number})
}

// registers tells that the service is registered in which the worlds differ.
func (t *matchingStep) registers(before, after *props.MatchingWorld) {
	var n uint8
	for i := range after.Registered {
		if before.Registered[i] != after.Registered[i] {
			n = after.Registered[i]
			break
		}
	}
	script := "script " + short(props.ServiceOf(n).Script)
	t.Actor = t.browser
	t.Text = fmt.Sprintf("%s of scope %s with the %s is registered", serviceName(after, n), scope(n), script)
	t.arrow(Control, t.browser, t.services[n], "registers it", Arrives)
	t.Notes = append(t.Notes, Note{Turning, t.services[n], script})
}

func (t *matchingStep) connects(w *props.MatchingWorld) {
	url := props.TargetOf(w.Target)
	t.Actor = t.page
	t.Text = fmt.Sprintf("the page calls connect(%q)", url)
	t.arrow(Request, t.page, t.browser, "connect "+short(url), Arrives)
	if w.Chosen != 0 {
		t.arrow(Reply, t.browser, t.services[w.Chosen], "finds it", Arrives)
		t.Comes = append(t.Comes, "the page is connected to "+serviceName(w, w.Chosen))
	}
	switch {
	case w.Candidates > 1:
		t.finds(fmt.Sprintf("%d registrations match, the first is taken", w.Candidates))
	case w.Chosen == 0:
		t.finds("no registration matches")
	}
	if w.Controls != w.Chosen {
		t.finds("a document there would be controlled by " + serviceName(w, w.Controls))
	}
	if w.Reversed != w.Chosen {
		t.finds("registered in reverse order, it would be " + serviceName(w, w.Reversed))
	}
}

// finds tells what the browser finds.
func (t *matchingStep) finds(text string) {
	t.Notes = append(t.Notes, Note{Turning, t.browser, text})
	t.Comes = append(t.Comes, text)
}

func (t *matchingStep) uses(w *props.MatchingWorld) {
	to, fate := t.services[w.Used], Arrives
	if w.Used == 0 {
		to, fate = t.services[w.Chosen], Vanishes
	}
	t.Actor = t.page
	t.Text = "the page uses its connection"
	t.arrow(Message, t.page, to, "what it sends", fate)
	t.Comes = append(t.Comes, "what it sends reaches "+serviceName(w, w.Used))
	if w.Used != w.Chosen {
		t.Notes = append(t.Notes, Note{Belief, t.page, "takes it for " + serviceName(w, w.Chosen) + ", which it connected to"})
	}
}

// serviceName names a service by its place in the order of registrations.
func serviceName(w *props.MatchingWorld, n uint8) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprintf("service %d", slices.Index(w.Registered[:], n)+1)
}

// scope returns the scope of a service.
func scope(n uint8) string { return short(props.ServiceOf(n).Scope) }

// short drops the scheme of a url.
func short(url string) string { return strings.TrimPrefix(url, "https://") }
