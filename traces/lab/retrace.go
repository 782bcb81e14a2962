package lab

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"cosw/traces"
	"cosw/traces/lab/browser"
)

// Retrace returns the scenario of a trace: what its environment does, in the same order. What the browser and the scripts do by
// themselves is left to them. The error says which step cannot be made to happen.
func Retrace(t *traces.Trace) (Scenario, error) {
	s := Scenario{Name: strings.TrimSuffix(filepath.Base(cmp.Or(t.File(), "trace")), ".trace"), About: "A trace is done again.", Plan: true}
	switch {
	case t.Part.String() != "lifecycle":
		return s, errors.New("it is not about the life of connections")
	case t.Start != "installed":
		return s, errors.New("it does not begin with an installed service")
	}
	var script []string
	rest := true // the browser and the scripts have had their turn
	for i := range t.Steps {
		text := t.Steps[i].Name
		switch st, err := parse(text); {
		case leftToThem(text):
			rest = true
			continue
		case err != nil || unable[st.key()] != "" && unable[st.key()] != ignores:
			return s, fmt.Errorf("nobody can make this happen: %s", st.key())
		case st.key() == "browser suspend":
			text = "browser stop" // which does not take as long
			fallthrough
		case !st.passes() && rest && len(script) > 0:
			script = append(script, "quiesce")
			fallthrough
		default:
			script = append(script, text)
			rest = !st.passes() && st.key() != "page connect"
		}
	}
	script = append(script, "quiesce")
	s = mustParse(s, strings.Join(script, "\n"))
	return s, s.beyond()
}

// beyond says why the lab cannot do a scenario, whatever the engine, although it knows each of its steps.
func (s *Scenario) beyond() error {
	bridged := map[int]bool{} // pages
	for i := range s.steps {
		switch st := &s.steps[i]; {
		case st.key() == "page connect":
			bridged[st.page] = true
		case st.key() == "page leave", st.key() == "page crash":
			delete(bridged, st.page)
		case st.who == "service" && len(bridged) == 0:
			return errors.New("the service is changed while no page has a bridge")
		}
	}
	if s.has(func(st *step) bool { return actions[st.key()] == browser.Kill }) && s.has(func(st *step) bool { return st.page == 2 }) {
		return errors.New("the worker is killed, and with it may die a page of its own origin")
	}
	return nil
}

// leftToThem tells whether a step is what a script or the browser does by itself, and the lab has no word for.
func leftToThem(text string) bool {
	words := strings.Fields(text)
	switch words[1] {
	case "receive", "learn", "listen", "accept", "clear", "give-up", "release", "activated", "installed", "activate":
		return true
	}
	return false
}
