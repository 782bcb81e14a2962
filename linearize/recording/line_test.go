package recording

import (
	"strings"
	"testing"
	"time"
)

// TestLines: every op is described, with whom and what it is about.
func TestLines(t *testing.T) {
	text := `{"clock":"ms since epoch","complete":true,"platform":"x","scenario":"x"}` + "\n" +
		lineAt("1", `"actor":"page/12","op":"connect","conn":1,"url":"http://s.test/a","origin":"http://p.test"`) +
		lineAt("2", `"actor":"browser","op":"state","state":"new","version":"0"`) +
		lineAt("2", `"actor":"browser","op":"running","running":"starting","version":0`) +
		lineAt("3", `"actor":"worker/v3/a","op":"boot"`) +
		lineAt("4", `"actor":"worker/v3/a","op":"connect","conn":1`) +
		lineAt("5", `"actor":"worker/v3/a","op":"ignore","conn":1`) +
		lineAt("6", `"actor":"page/12","op":"post","conn":1,"msg":"A C M"`) +
		lineAt("7", `"actor":"page/12","op":"cannot","conn":1,"try":"close"`) +
		lineAt("8", `"actor":"browser","op":"cannot","version":"0","try":"suspend"`) +
		lineAt("9", `"actor":"browser","op":"kill","version":"0"`) +
		lineAt("9", `"actor":"browser","op":"deploy"`) +
		lineAt("9", `"actor":"browser","op":"unregister"`) +
		lineAt("9", `"actor":"browser","op":"skipWaiting"`) +
		lineAt("9", `"actor":"browser","op":"controlled"`) +
		lineAt("9", `"actor":"browser","op":"uncontrolled"`) +
		lineAt("9.5", `"actor":"browser","op":"gone","page":12`)
	rec, err := Read(strings.NewReader(text), "x.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"page/12 connects: connection 1", "version 0 is new", "version 0 is starting", "worker/v3/a starts",
		"worker/v3/a gets a connect event for connection 1", "worker/v3/a leaves the connect event of connection 1 unanswered",
		"page/12 posts A C M on connection 1", "page/12 finds that it cannot close", "browser finds that it cannot suspend",
		"version 0 is killed", "a new script is deployed", "the service is unregistered", "the waiting version skips waiting",
		"a document opens that the worker controls", "the controlled document is closed", "page/12 is gone",
	}
	lines := rec.Lines
	if len(lines) != len(want) || !rec.Complete {
		t.Fatalf("%d lines, want %d", len(lines), len(want))
	}
	for i := range lines {
		if got := lines[i].Describe(); got != want[i] || lines[i].Number != i+2 {
			t.Errorf("line %d: got %q, want %q", lines[i].Number, got, want[i])
		}
	}
	first, boot, last := lines[0], lines[3], lines[len(lines)-1]
	if first.Page != 12 || first.Role != Page || first.Origin != "http://p.test" || first.URL != "http://s.test/a" {
		t.Errorf("got %+v", first)
	}
	if boot.Script != 3 || boot.Role != Worker || boot.Time != 2*time.Millisecond {
		t.Errorf("got %+v", boot)
	}
	if last.Page != 12 || last.Role != Browser || last.Time != 8500*time.Microsecond {
		t.Errorf("got %+v", last)
	}
}
