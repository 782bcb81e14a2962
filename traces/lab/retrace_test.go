package lab

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cosw/traces"
	"cosw/traces/lab/browser"
)

// TestRandom: every seed gives a scenario, the same each time, that the engine can be made to do.
func TestRandom(t *testing.T) {
	unable := *byHandWithDriver
	unable.Cannot = map[browser.Action]string{browser.Stop: "it stops none"}
	for name, e := range map[string]*browser.Engine{"able": byHandWithDriver, "unable": &unable} {
		different := map[string]bool{}
		for seed := range uint64(300) {
			s, again := Random(seed, e), Random(seed, e)
			if s.Script() != again.Script() {
				t.Errorf("seed %d gives two scenarios", seed)
			}
			if why := s.Cannot(e, Options{Connect: true}); why != "" {
				t.Errorf("%s, seed %d: %s", name, seed, why)
			}
			different[s.Script()] = true
		}
		if len(different) < 200 {
			t.Errorf("%s: 300 seeds give %d scenarios", name, len(different))
		}
	}
}

// byHandWithDriver can do everything.
var byHandWithDriver = func() *browser.Engine { e := *byHand; e.Cannot = nil; return &e }()

// TestRetrace: what the environment does stays, in order, and what is left to scripts and the browser goes.
func TestRetrace(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"survives-suspend-1", "p1 connect c1|browser start|browser dispatch c1|quiesce|browser stop|quiesce"},
		{"pair-update-transfer-wrong", "p1 connect c1|browser start|browser dispatch c1|quiesce|p1 post c1|quiesce|service update|quiesce"},
		{"step-p-freeze", "nobody can make this happen: page freeze"},
		{"event-registration-gone", "the service is changed while no page has a bridge"}, // before one connects
		{"frees-worker-4", "the service is changed while no page has a bridge"},          // after it has left
		{"accounts-loss-23", "the worker is killed, and with it may die a page of its own origin"},
		{"match-unique-1", "it is not about the life of connections"},
	} {
		src, err := os.Open(filepath.Join("..", "corpus", c.file+".trace"))
		if err != nil {
			t.Fatal(err)
		}
		trace, err := traces.Read(src, c.file)
		src.Close()
		if err != nil {
			t.Fatal(err)
		}
		s, err := Retrace(trace)
		got := strings.Join(slices.Collect(strings.Lines(s.Script())), "")
		got = strings.TrimSuffix(strings.ReplaceAll(got, "\n", "|"), "|")
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.file, got, c.want)
		}
	}
}
