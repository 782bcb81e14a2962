package render

import (
	"fmt"
	"slices"
	"strings"

	"cosw/model"
	"cosw/props"
)

// This file holds the wording of scenes: short texts for parties, arrows and notes. Texts that end in "on" name the
// connection where there are several, as in "accepts c2".

const (
	pageText          = "the page"
	browserText       = "the browser"
	anotherOriginText = "of another origin"
	serviceWorkerText = "of the service worker"

	connectText       = "connect()"
	startsText        = "starts it"
	pageGoneText      = "is gone"
	doesNotListenText = "does not listen, so the notice is lost"

	registeredText = "registers it"
	matchesText    = "finds it"
	usesText       = "the page uses its connection"
	usedText       = "what it sends"
)

func pageID(p int) string          { return fmt.Sprintf("page%d", p) }
func versionID(v int) string       { return fmt.Sprintf("version%d", v) }
func messageName(n int) string     { return fmt.Sprintf("m%d", n) }
func onText(c uint8) string        { return fmt.Sprintf(" c%d", c) }
func ofText(o model.Origin) string { return "of " + o.String() }

// sideTexts tell the sides of the presence model apart.
var (
	sideIDs   = [...]string{"With", "Without"}
	sideTexts = [...]string{"where the service is", "where nothing is registered"}
)

func sideID(id string, side int) string {
	if side == nowhere {
		return id
	}
	return id + sideIDs[side]
}

func sideAbout(side int, about string) string {
	if side == nowhere {
		return about
	}
	return sideTexts[side]
}

// theConnection returns words for a connection in a note.
func theConnection(on string) string {
	if on == "" {
		return "the connection"
	}
	return on[1:]
}

func connectEventText(on string, again bool) string {
	if again {
		return "connect event once more" + about(" for", on)
	}
	return "connect event" + about(" for", on)
}

func acceptsText(on string, resolved, again bool) string {
	switch {
	case again:
		return "accepts once more" + on
	case resolved:
		return "accepts" + on + ": promise resolved"
	}
	return "accepts" + on + ", its page is gone"
}

func resolvedText(on string) string { return "promise resolved" + about(":", on) }
func holdsText(on string) string    { return "holds " + theConnection(on) }

func rejectedText(on string, cause model.Cause) string {
	if cause == model.CauseRefused {
		return "refuses" + on + ": promise rejected"
	}
	return "promise" + of(on) + " rejected: " + cause.Text()
}

func handleMovedText(on string) string { return "transfers the handle" + of(on) }

func stopsText(cause model.Cause) string {
	if cause == model.CauseSuspend {
		return "suspends it"
	}
	return "kills it"
}

func abandonedText(on string) string { return "the connect event" + of(on) + " is gone for good" }
func askedLaterText(on string) string {
	return theConnection(on) + " waits for another connect event"
}

func cutText(on string, cause model.Cause) string {
	if cause == model.CauseWorker {
		return "closes its end" + of(on)
	}
	return "its end" + of(on) + " is gone: " + cause.Text()
}

func of(on string) string { return about(" of", on) }

// about returns a connection behind a word, or nothing where words do not name it.
func about(word, on string) string {
	if on == "" {
		return ""
	}
	return word + on
}

func pageEndText(on string, cause model.Cause) string {
	if cause == model.CausePage {
		return "closes its end" + of(on)
	}
	return "its end" + of(on) + " is gone with it"
}

func objectGoneText(on string) string {
	return theConnection(on) + " lives on, its object is gone"
}

func handleLostText(on string) string { return "drops its last reference to " + theConnection(on) }
func listensText(on string) string    { return "listens for the end of " + theConnection(on) }
func silenceText(on string) string    { return "does not answer" + on + ": that is acceptance" }
func notAskedText(on string) string   { return "has " + theConnection(on) + " without being asked" }

func postsText(message, on string) string { return "posts " + message + about(" on", on) }

func strangerText(message string) string {
	return "takes " + message + " for one of the page that it accepted"
}

func neverAcceptedText(on string) string { return "never accepted " + theConnection(on) }

func noticeText(on string, toPage bool) string {
	if toPage {
		return "notice: " + theConnection(on) + " is down"
	}
	return "notice: the page" + of(on) + " is gone"
}

func pageKnowsText(on string) string   { return "knows that " + theConnection(on) + " is down" }
func workerKnowsText(on string) string { return "lets go of its end" + of(on) }
func believesText(on string) string    { return "still takes " + theConnection(on) + " for open" }
func retainsText(on string) string     { return "still holds an end" + of(on) + ", whose page is gone" }
func pendingText(on string) string     { return "its promise" + of(on) + " stays pending" }

// doesText says what a step does that reports nothing.
func doesText(s model.Step) string {
	if s.Kind == model.CallSkipWaiting {
		return "calls skipWaiting()"
	}
	return s.Describe()
}

func seesText(o props.Promise) string {
	return strings.TrimPrefix(o.Describe(), "the page ")
}

// short drops the scheme of a url.
func short(url string) string { return strings.TrimPrefix(url, "https://") }

// serviceName names a service by its place in the order of registrations.
func serviceName(w *props.MatchingWorld, n uint8) string {
	return fmt.Sprintf("service %d", slices.Index(w.Registered[:], n)+1)
}

func scopeText(n uint8) string  { return "of scope " + short(props.ServiceOf(n).Scope) }
func scriptText(n uint8) string { return "script " + short(props.ServiceOf(n).Script) }

func registersText(w *props.MatchingWorld, n uint8) string {
	return fmt.Sprintf("%s %s with the %s is registered", serviceName(w, n), scopeText(n), scriptText(n))
}

func connectsToText(w *props.MatchingWorld) string {
	return fmt.Sprintf("the page calls connect(%q)", props.TargetOf(w.Target))
}

func connectURLText(w *props.MatchingWorld) string {
	return "connect " + short(props.TargetOf(w.Target))
}

// matchingNotes say what the browser finds.
func matchingNotes(w *props.MatchingWorld) []string {
	var notes []string
	switch {
	case w.Candidates > 1:
		notes = append(notes, fmt.Sprintf("%d registrations match, the first is taken", w.Candidates))
	case w.Chosen == 0:
		notes = append(notes, "no registration matches")
	}
	if w.Controls != w.Chosen {
		notes = append(notes, "a document there would be controlled by "+someService(w, w.Controls))
	}
	if w.Reversed != w.Chosen {
		notes = append(notes, "registered in reverse order, it would be "+someService(w, w.Reversed))
	}
	return notes
}

func someService(w *props.MatchingWorld, n uint8) string {
	if n == 0 {
		return "none"
	}
	return serviceName(w, n)
}

func capturedText(w *props.MatchingWorld) string {
	return "takes it for " + serviceName(w, w.Chosen) + ", which it connected to"
}
