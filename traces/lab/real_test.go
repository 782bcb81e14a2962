package lab

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"cosw/linearize"
	"cosw/linearize/recording"
	"cosw/model"
	"cosw/model/family"
	"cosw/traces/infer"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/labtest"
)

// TestReal records each engine for real.
func TestReal(t *testing.T) {
	for _, e := range browser.Engines() {
		t.Run(e.ID, func(t *testing.T) {
			t.Log(labtest.Installed(t, e))
			t.Setenv(heirloom, rand.Text())
			t.Run("records", func(t *testing.T) { recordsAll(t, e) })
			t.Run("is interrupted", func(t *testing.T) { isInterrupted(t, e) })
			t.Run("dies", func(t *testing.T) { dies(t, e) })
		})
	}
}

// recordsAll records scenarios with every kind of step that the engine can be made to take.
func recordsAll(t *testing.T, e *browser.Engine) {
	a := family.NewAlgebra(model.Space)
	for _, name := range []string{"hello", "reject", "stop", "kill", "page-crash", "update", "unregister", "own-page", "page-gone"} {
		s := scenario(t, name)
		if why := s.Cannot(e, Options{}); why != "" {
			t.Logf("%s: %s", name, why)
			continue
		}
		text, err := Record(t.Context(), e, s, Options{Limits: DefaultLimits})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		nothingLeft(t)
		rec, err := recording.Read(bytes.NewReader(text), name)
		if err != nil {
			t.Errorf("%v\n%s", err, text)
			continue
		}
		if !rec.Complete {
			t.Errorf("%s: lines are missing\n%s", name, text)
		}
		inf, err := infer.Infer(t.Context(), a, rec, infer.DefaultOptions, nil)
		if err != nil || inf.Designs == family.None {
			t.Errorf("%s: no design explains it (%v)\n%s", name, err, text)
		}
		if missing := expected[name].missingIn(rec); missing != "" {
			t.Errorf("%s: nobody tells that %s\n%s", name, missing, text)
		}
		if name == "hello" { // where nothing happens, no browser loses anything
			v, err := linearize.Judge(rec, linearize.DefaultOptions)
			if err != nil || v.Result != linearize.Linearizable {
				t.Errorf("hello is judged %v, %v\n%s", v, err, text)
			}
		}
	}
}

// tellings are lines that a recording must have, by what they tell, each as "ACTOR OP" with a state.
type tellings map[string]string

func (want tellings) missingIn(rec *recording.Recording) string {
	told := map[string]bool{}
	for _, l := range rec.Lines {
		actor, _, _ := strings.Cut(l.Actor, "/")
		told[strings.TrimSpace(actor+" "+l.Op+" "+l.State)] = true
	}
	var missing []string
	for what, line := range want {
		if !told[line] {
			missing = append(missing, what)
		}
	}
	slices.Sort(missing)
	return strings.Join(missing, ", ")
}

// expected is what every browser shows, whatever it chose.
var expected = map[string]tellings{
	"hello":      {"the worker gets the message": "worker receive", "the page gets the answer": "page receive", "the page closes": "page close"},
	"reject":     {"the page is refused": "page rejected"},
	"stop":       {"the worker is stopped": "browser running stopped"},
	"kill":       {"the worker is killed": "browser kill", "the worker ends": "browser running stopped"},
	"page-crash": {"the page crashes": "browser crash"},
	"page-gone":  {"the page is gone": "browser gone"},
	"update":     {"the new version is active": "browser state activating", "the old one is not": "browser state redundant"},
	"unregister": {"the version is redundant": "browser state redundant"},
	"own-page":   {"a page of the service is asked for, too": "worker connect"},
}

// isInterrupted: an interrupt in the middle ends the run, and everything that it started.
func isInterrupted(t *testing.T, e *browser.Engine) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		awaitProcess(t)
		cancel()
	}()
	if _, err := Record(ctx, e, scenario(t, "hello"), Options{Limits: DefaultLimits}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	nothingLeft(t)
}

// dies: a browser that is killed in the middle is noticed, and told in one line.
func dies(t *testing.T, e *browser.Engine) {
	go func() {
		awaitProcess(t)
		time.Sleep(time.Second) // wherever it is then
		for _, pid := range heirs() {
			if p, err := os.FindProcess(pid); err == nil {
				p.Kill()
			}
		}
	}()
	_, err := Record(t.Context(), e, scenario(t, "traffic"), Options{Limits: DefaultLimits})
	if err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
	t.Log(err)
	nothingLeft(t)
}
