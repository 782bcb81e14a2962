package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"cosw/model/family"
)

func TestPresetsAreWellFormed(t *testing.T) {
	names := map[string]bool{}
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			if p.Name == "" || p.Title == "" || p.When == "" {
				t.Errorf("name, title or time is missing: %q, %q, %q", p.Name, p.Title, p.When)
			}
			if names[p.Name] {
				t.Error("the name is taken")
			}
			names[p.Name] = true
			if strings.ContainsAny(p.Name, "=,| ") {
				t.Error("a name on the command line must not look like a partial design")
			}
			for i, s := range p.Answers {
				if s.Question.Assumed() {
					t.Errorf("%s: no system chooses what scripts do", s.Question.ID())
				}
				if i > 0 && s.Question <= p.Answers[i-1].Question {
					t.Errorf("%s: answered twice, or not in the order of the catalogue", s.Question.ID())
				}
				checkSourced(t, s)
			}
			if Space.IsEmpty(p.Design()) {
				t.Error("no design is left")
			}
		})
	}
}

// checkSourced checks one answer of a preset by itself.
func checkSourced(t *testing.T, s Sourced) {
	t.Helper()
	id, all := s.Question.ID(), s.Question.Answers()
	if len(s.Answers) == 0 || len(s.Answers) >= len(all) {
		t.Errorf("%s: %v closes nothing; a question that the source leaves open is not listed", id, s.Answers)
	}
	last := -1
	for _, a := range s.Answers {
		at := slices.Index(all, a)
		if at <= last {
			t.Errorf("%s: %v is no answer to it, or given twice, or out of order", id, a)
		}
		last = at
	}
	if s.Source == "" {
		t.Errorf("%s: no source", id)
	}
	if len(s.Answers) > 1 && s.Note == "" {
		t.Errorf("%s: several answers and no note that says why", id)
	}
	for _, text := range []string{s.Source, s.Note} {
		if strings.TrimSpace(text) != text || strings.HasSuffix(text, ".") || strings.Contains(text, "\n") {
			t.Errorf("%s: %q is to be one line without a full stop", id, text)
		}
	}
}

func TestPresetDesign(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"tubes", "match=scope, errors=uniform, handle=port, request=none, pipeline=yes, client=origin, delivery=port, " +
			"same-origin=ask, no-answer=accept"},
		{"draft", "match=script|scope-2014, page-notice=none, handle=port, request=param, pipeline=no, acknowledge=none, " +
			"client=url, delivery=port, same-origin=implicit, no-answer=reject, partition=shared"},
		{"navigator-connect-v1", "match=scope, bind=pinned, errors=uniform, handle=port, request=none, pipeline=no, " +
			"suspend=wake, acknowledge=none, update=transfer, client=origin, worker-list=list, delivery=global, " +
			"close=close, worker-notice=silent, same-origin=ask, no-answer=reject, partition=shared"},
		{"navigator-connect-v2", "match=scope, bind=pinned, errors=uniform, page-notice=none, handle=port, " +
			"request=none, page-list=none, pipeline=no, suspend=sever|wake, acknowledge=none, client=origin, " +
			"worker-list=list, close=close, worker-notice=silent, same-origin=ask, no-answer=reject, partition=shared"},
		{"navigator-connect-v3", "match=scope, bind=pinned, errors=uniform, page-notice=event, handle=connection, " +
			"request=none, page-list=list, pipeline=no, suspend=wake, acknowledge=none, update=transfer, client=id, " +
			"worker-list=list, delivery=global, close=close, worker-notice=event, same-origin=ask, no-answer=reject, " +
			"partition=shared"},
		{"chromium-2015", "match=scope, bind=pinned, errors=uniform, page-notice=none, handle=connection, " +
			"request=none, page-list=none, pipeline=no, collect=keep, frozen=refuse, suspend=wake, interrupt=reject, " +
			"deadline=reject, not-ready=reject, queue=lost, acknowledge=none, update=transfer, unregister=sever, " +
			"client=origin, worker-list=none, delivery=global, close=close, worker-notice=none, same-origin=ask, " +
			"no-answer=reject, partition=shared"},
		{"messageport-today", "match=scope, bind=pinned, page-notice=none, handle=port, page-list=none, frozen=keep, " +
			"suspend=sever, interrupt=hang, queue=lost, acknowledge=none, update=sever, unregister=sever|run-out, " +
			"worker-list=none, delivery=port, close=close, worker-notice=none, partition=by-site"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := FindPreset(tt.name)
			if err != nil {
				t.Fatal(err)
			}
			if got := Space.Format(p.Design()); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestPresetOrder has the whole list, so that no preset is without a row in TestPresetDesign unnoticed.
func TestPresetOrder(t *testing.T) {
	var got []string
	for _, p := range Presets() {
		got = append(got, p.Name)
	}
	want := []string{"tubes", "draft", "navigator-connect-v1", "navigator-connect-v2", "navigator-connect-v3",
		"chromium-2015", "messageport-today"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestOnlyRunningCodeIsADesign: a whole implementation has answered everything but what cannot come up in it; no text ever
// did, and what is made from parts of the platform leaves some of it to scripts.
func TestOnlyRunningCodeIsADesign(t *testing.T) {
	for _, p := range Presets() {
		var open []Question
		for _, q := range Questions() {
			if Space.Open(p.Design(), int(q)) {
				open = append(open, q)
			}
		}
		if got, want := slices.Equal(open, []Question{InterruptAgain}), p.Name == "chromium-2015"; got != want {
			t.Errorf("%s leaves open: %v", p.Name, open)
		}
	}
}

func TestPresetDraftIsTheLiteralText(t *testing.T) {
	draft, err := FindPreset("draft")
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range Questions() {
		var got []Answer
		for _, s := range draft.Answers {
			if s.Question == q {
				got = s.Answers
			}
		}
		if want := q.Literal(); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, the draft says %v", q.ID(), got, want)
		}
	}
}

func TestFindPresetUnknown(t *testing.T) {
	for _, tt := range []struct{ reason, name, want string }{
		{"a slip", "chromium-2016", `unknown design "chromium-2016": did you mean chromium-2015?`},
		{"the other case", "Tubes", `unknown design "Tubes": did you mean tubes?`},
		{"nothing near", "gears", `unknown design "gears": choose from tubes, draft, navigator-connect-v1, ` +
			`navigator-connect-v2, navigator-connect-v3, chromium-2015, messageport-today`},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			p, err := FindPreset(tt.name)
			var unknown *family.UnknownWordError
			if !errors.As(err, &unknown) || err.Error() != tt.want {
				t.Errorf("got error %v\nwant      %s", err, tt.want)
			}
			if p.Name != "" {
				t.Errorf("got preset %s beside the error", p.Name)
			}
		})
	}
}
