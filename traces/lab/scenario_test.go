package lab

import (
	"fmt"
	"strings"
	"testing"

	"cosw/model/golden"
	"cosw/traces/infer"
	"cosw/traces/lab/browser"
)

// TestScenarios: every experiment of package infer is a scenario, and what each engine cannot be made to do is in
// testdata/cannot.golden, with the reason.
func TestScenarios(t *testing.T) {
	planned := map[string]bool{}
	for _, s := range infer.Scenarios() {
		planned[s.Name] = true
	}
	var b strings.Builder
	for _, s := range Scenarios() {
		if s.Plan != planned[s.Name] {
			t.Errorf("%s: plan %v", s.Name, s.Plan)
		}
		delete(planned, s.Name)
		complete := ""
		if !s.isComplete() {
			complete = " (incomplete)"
		}
		fmt.Fprintf(&b, "%s%s\n", s.Name, complete)
		for _, e := range append(browser.Engines(), byHand) {
			if why := s.Cannot(e, Options{}); why != "" {
				fmt.Fprintf(&b, "    %s: %s\n", e.ID, why)
			}
		}
	}
	if len(planned) > 0 {
		t.Errorf("no scenarios: %v", planned)
	}
	golden.Compare(t, "testdata/scenarios.golden", b.String())
}

// TestAnswers: what the worker is to do about a request is what the script says next.
func TestAnswers(t *testing.T) {
	for name, want := range map[string]string{
		"hello": "accept", "reject": "reject", "hang": "hang", "pipeline": "accept",
		"kill-asked":       "wait",   // it is killed while it is asked
		"kill-asked-again": "accept", // the second time it would be
	} {
		if got := scenario(t, name).answer(0); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestParse: a command that the lab does not know is refused, not passed over.
func TestParse(t *testing.T) {
	for _, text := range []string{"p1 dance c1", "browser explode", "worker accept c1", "stop"} {
		if st, err := parse(text); err == nil {
			t.Errorf("%s is understood as %+v", text, st)
		}
	}
}
