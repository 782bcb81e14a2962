package infer

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestIdle: an instance that ends may have lost its last lines, but nothing that it was sent while it was idle.
func TestIdle(t *testing.T) {
	const design = "suspend=wake, queue=kept, worker-notice=event, close=close, page-notice=none"
	const connected = "p1 connect c1\nquiesce\n"
	for _, c := range []struct{ why, script, sent, lost string }{
		{"a message", "p1 post c1\nquiesce\n", `"op":"post"`, `"op":"receive"`},
		{"the notice that the page closed its end", "p1 close c1\nquiesce\n", `"op":"close"`, `"op":"closed"`},
		{"the notice that the page is gone", "p1 leave\nquiesce\n", `"op":"gone"`, `"op":"closed"`},
	} {
		text := record(t, connected+c.script+"browser suspend\nquiesce\n", design, c.lost)
		for _, pause := range []struct {
			why          string
			before, then float64
			want         bool
		}{
			{"right after its last line, and right before it is stopped", -75, 0, true},
			{"right after its last line, and it is stopped much later", -75, 30_000, true},
			{"much later, and right before it is stopped", 30_000, 0, true},
			{"while it is idle", 30_000, 30_000, false},
		} {
			moved := delay(t, delay(t, text, c.sent, pause.before), `"op":"stop"`, pause.then)
			if got := explains(t, moved, design, DefaultOptions); got != pause.want {
				t.Errorf("%s %s: explained: %t, want %t\n%s", c.why, pause.why, got, pause.want, moved)
			}
		}
	}
}

// delay lets everything happen later from the first line on that has a part.
func delay(t *testing.T, text, part string, by float64) string {
	t.Helper()
	before, rest, ok := strings.Cut(text, part)
	if !ok {
		t.Fatalf("no %s in\n%s", part, text)
	}
	start := strings.LastIndex(before, "\n") + 1
	var moved strings.Builder
	moved.WriteString(before[:start])
	for line := range strings.Lines(before[start:] + part + rest) {
		var event map[string]any
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatal(err)
		}
		event["t"] = event["t"].(float64) + by
		out, err := json.Marshal(event)
		if err != nil {
			t.Fatal(err)
		}
		moved.Write(append(out, '\n'))
	}
	return moved.String()
}
