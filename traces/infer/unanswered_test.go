package infer

import (
	"strings"
	"testing"
	"time"
)

// TestUnanswered: that nothing comes of a request is evidence, unless the recording breaks off right after what it waits for.
func TestUnanswered(t *testing.T) {
	const later = `{"actor":"browser","op":"end","t":1767226500000}` + "\n"
	until := func(text, last string) string { // up to the last line that has that
		at := strings.LastIndex(text, last)
		return text[:at+strings.Index(text[at:], "\n")+1]
	}
	const one, two = "p1 connect c1\nquiesce\n", "bounds connections=2\np1 connect c1\nquiesce\nbrowser suspend\np2 connect c2\nquiesce\n"
	const answers = "suspend=sever, page-notice=none, deadline=reject, interrupt=reject, same-origin=ask" // each request sooner or later
	refused := strings.ReplaceAll(record(t, one, answers), `"accept"`, `"reject"`)
	for _, c := range []struct {
		why, text   string
		early, late bool // whether a design explains it in which requests are answered: as it is, and if it goes on
	}{
		{"a request is the last line", until(record(t, one, answers), `"url"`), true, false},
		{"a request for which the worker has to be started", until(record(t, two, answers), `"url"`), true, false},
		{"the worker was started for it", until(record(t, two, answers), `"boot"`), true, false},
		{"the worker is asked", until(record(t, one, answers), `"origin"`), true, false},
		{"the worker is asked, and stopped before it answers", until(record(t, "p1 connect c1\nbrowser start\nbrowser dispatch c1\nbrowser kill\nquiesce\n", "interrupt=hang, deadline=reject, same-origin=ask"), `"stopped"`), false, false},
		{"the worker accepts it", until(record(t, one, answers), `"accept"`), true, false},
		{"the worker refuses it", until(refused, `"reject"`), true, false},
		{"the page has the answer", record(t, one, answers), true, true},
		{"the recording is complete", strings.Replace(until(record(t, one, answers), `"url"`), `"clock"`, `"complete":true,"clock"`, 1), false, false},
		{"an earlier request waits for longer", drop(`"conn":1,"op":"resolved"`)(until(record(t, two, answers), `"url"`)), false, false},
		{"messages are made to show that they are lost, or not", until(record(t, one+"p1 post c1\nquiesce\n", answers), `"post"`), false, false},
	} {
		for text, want := range map[string]bool{c.text: c.early, c.text + later: c.late} {
			if got := explains(t, text, answers, DefaultOptions); got != want {
				t.Errorf("%s: explained: %t, want %t\n%s", c.why, got, want, text)
			}
		}
	}
	longer := DefaultOptions
	longer.Settle = time.Hour
	hour := until(record(t, one, answers), `"url"`) + `{"actor":"browser","op":"end","t":1767225660000}` + "\n"
	if !explains(t, hour, answers, longer) || explains(t, hour, answers, DefaultOptions) {
		t.Errorf("how long an answer may take is not heard of\n%s", hour)
	}
}
