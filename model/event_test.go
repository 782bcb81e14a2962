package model

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everyEvent returns an event of kind k for each combination of arguments that its syntax allows.
func everyEvent(k EventKind) []Event {
	all := []Event{{Kind: k}}
	for _, p := range k.parameters() {
		var more []Event
		for _, e := range all {
			if p.optional {
				more = append(more, e)
			}
			for _, name := range p.names {
				for _, word := range argumentWords(name) {
					next := e
					if err := next.read(name, word); err != nil {
						panic(err)
					}
					more = append(more, next)
				}
			}
		}
		all = more
	}
	return all
}

// argumentWords are words for an argument: the smallest and the largest number, or all that there are.
func argumentWords(name string) []string {
	var words []string
	switch name {
	case "P", "V", "C":
		return []string{strings.ToLower(name) + "1", strings.ToLower(name) + "255"}
	case "M":
		return []string{"m0", "m1", "m255"} // after 255 they start again
	case "CAUSE":
		for c := Cause(1); int(c) < len(causes); c++ {
			words = append(words, c.String())
		}
	case "STATE":
		for s := Installing; int(s) < len(stateWords); s++ {
			words = append(words, s.String())
		}
	case "STATUS":
		for s := Live; int(s) < len(statuses); s++ {
			words = append(words, s.String())
		}
	default:
		words = []string{name}
	}
	return words
}

// TestEventSyntax: what is written is read back, for every kind and all arguments, and no two events are written alike.
func TestEventSyntax(t *testing.T) {
	written := map[string]Event{}
	for _, k := range EventKinds() {
		for _, e := range everyEvent(k) {
			text := e.String()
			if other, ok := written[text]; ok {
				t.Errorf("%q is both %+v and %+v", text, other, e)
			}
			written[text] = e
			if got, err := ParseEvent("  " + strings.ReplaceAll(text, " ", "   ")); err != nil || got != e {
				t.Errorf("%+v is written %q and read as %+v, %v", e, text, got, err)
			}
		}
	}
}

func TestEventSyntaxErrors(t *testing.T) {
	for _, c := range []struct{ text, want, reason string }{
		{"", `"" is no event: expected what happens, such as "resolved p1 c1"`, "nothing"},
		{"resolvd p1 c1", `unknown event "resolvd": did you mean resolved?`, "a slip in the kind"},
		{"the promise of page 1 is resolved", `unknown event "the": choose from ` + strings.Join(eventWords(), ", "), "a sentence"},
		{"resolved p1", `"resolved p1" ends before C: expected resolved P C`, "an argument is missing"},
		{"posted c1 m1", `"c1" is no version: expected posted P|V C M [stranger]`, "the first of several is missing"},
		{"resolved c1 p1", `"c1" is no page: expected resolved P C`, "the wrong order"},
		{"resolved p0 c1", `"p0" is no page: expected resolved P C`, "they count from 1"},
		{"resolved p1 c256", `"c256" is no connection: expected resolved P C`, "too large for any world"},
		{"abandoned p1 killed", `"killed" is no connection: expected abandoned [P] C CAUSE [again]`, "an argument is missing after an optional one"},
		{"stopped v1 kiled", `unknown cause "kiled": did you mean killed?: expected stopped V CAUSE`, "a slip in the cause"},
		{"state v1 absent", `unknown state "absent": choose from installing, installed, activating, activated, redundant: expected state V STATE`, "a status for a state"},
		{"registration absent", `unknown status "absent": choose from live, unregistered, running-out: expected registration STATUS`, "what registration-gone says"},
		{"dispatched v1 c1 agian", `"agian" is too much: expected dispatched V C [again]`, "a slip in a flag"},
		{"dispatched v1 c1 stranger", `"stranger" is too much: expected dispatched V C [again]`, "a flag of another kind"},
		{"registration-gone v1", `"v1" is too much: expected registration-gone`, "an argument that it has not"},
	} {
		if e, err := ParseEvent(c.text); err == nil || err.Error() != c.want {
			t.Errorf("%s: %q\ngot  %v %v\nwant %s", c.reason, c.text, e, err, c.want)
		}
	}
}

func eventWords() []string {
	var words []string
	for _, k := range EventKinds() {
		words = append(words, k.String())
	}
	return words
}

// TestEventRecords: every kind, cause, state and status has a word of its own and says something about it, and no
// sentence has a place for what its events do not say.
func TestEventRecords(t *testing.T) {
	words, texts := eventWords(), []string{}
	for _, k := range EventKinds() {
		record := &eventKinds[k]
		texts = append(texts, record.text)
		has := record.syntax
		for name, with := range map[string]string{"PARTY": "P|V", "SENDER": "V"} {
			if strings.Contains(has, with) {
				has += " " + name
			}
		}
		for _, place := range regexp.MustCompile(`\b[A-Z]+\b`).FindAllString(record.told+" "+record.flagged, -1) {
			if !slices.Contains(regexp.MustCompile(`[A-Z]+`).FindAllString(has, -1), place) {
				t.Errorf("%s: the sentence %q has a place for %s, and the syntax has none", k, record.told, place)
			}
		}
		flags := strings.Contains(has, "[again]") || strings.Contains(has, "[stranger]") || strings.Contains(has, "[CAUSE]")
		if record.told == "" || record.flagged != "" && !flags {
			t.Errorf("%s: %q and %q do not fit %s", k, record.told, record.flagged, record.syntax)
		}
	}
	distinct(t, "events", words)
	distinct(t, "kinds of events", texts)
	distinct(t, "causes", argumentWords("CAUSE"))
	distinct(t, "states", argumentWords("STATE"))
	distinct(t, "statuses", argumentWords("STATUS"))
	texts = nil
	for c := Cause(1); int(c) < len(causes); c++ {
		texts = append(texts, c.Text())
	}
	distinct(t, "causes", texts)
}

func distinct(t *testing.T, what string, texts []string) {
	t.Helper()
	seen := map[string]bool{"": true}
	for _, text := range texts {
		if seen[text] {
			t.Errorf("%s: %q is there twice, or empty", what, text)
		}
		seen[text] = true
	}
}
