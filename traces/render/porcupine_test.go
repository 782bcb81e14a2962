package render

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"cosw/model"
	"cosw/props"
	"cosw/traces"
)

// drawnHistory is what a page of porcupine draws.
type drawnHistory struct {
	Partitions []struct {
		History []struct{ Description, Metadata string }
	}
}

var historyOf = regexp.MustCompile(`(?m)^ *(?:const |let |var )?data = (\{.*\});?$`)

// readHistory reads the history in a page.
func readHistory(t *testing.T, page []byte) *drawnHistory {
	t.Helper()
	found := historyOf.FindSubmatch(page)
	if found == nil {
		t.Fatal("no history in the page")
	}
	var h drawnHistory
	if err := json.Unmarshal(found[1], &h); err != nil {
		t.Fatal(err)
	}
	return &h
}

// TestPorcupine draws all histories: each message that is posted or received in the trace is one operation, at its step.
func TestPorcupine(t *testing.T) {
	drawn := 0
	for _, trace := range append(someBroken(t), crowd(t)) {
		want := messagesOf(t, trace)
		s := mustScene(t, trace)
		page, err := s.Porcupine()
		if err != nil {
			if len(want) > 0 {
				t.Errorf("%v: there are messages, and no history: %v", trace.Verdict.Properties, err)
			}
			continue
		}
		drawn++
		got := map[string]bool{}
		for _, p := range readHistory(t, page).Partitions {
			for _, op := range p.History {
				for _, verb := range []string{"posts", "receives"} {
					if strings.Contains(op.Description, " "+verb+" ") {
						_, step, _ := strings.Cut(op.Metadata, ", ")
						got[verb+" at "+step] = true
					}
				}
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%v: the page has %v, the trace %v", trace.Verdict.Properties, got, want)
		}
		for op := range want {
			if !got[op] {
				t.Errorf("%v: %s is not on the page", trace.Verdict.Properties, op)
			}
		}
		again, err := s.Porcupine()
		if err != nil || !bytes.Equal(page, again) {
			t.Errorf("%v: two pages of one trace (%v)", trace.Verdict.Properties, err)
		}
	}
	if drawn < 60 {
		t.Errorf("only %d histories", drawn)
	}
}

// messagesOf returns what the events of a trace say of messages, as in "posts at step 5".
func messagesOf(t *testing.T, trace *traces.Trace) map[string]bool {
	all := map[string]bool{}
	if trace.Part != props.Lifecycle {
		return all
	}
	_, walk, err := trace.Walk()
	if err != nil {
		t.Fatal(err)
	}
	for i, events := range walk.Events {
		for _, e := range events {
			switch e.Kind {
			case model.Posted:
				all["posts at step "+strconv.Itoa(i+1)] = true
			case model.Delivered: // also where the worker is killed before it has handled it
				all["receives at step "+strconv.Itoa(i+1)] = true
			}
		}
	}
	return all
}
