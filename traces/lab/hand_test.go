package lab

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"cosw/linearize/recording"
	"cosw/traces/lab/browser"
	"cosw/traces/lab/labtest"
)

// TestServe: one window that somebody opens plays all scenarios that it can, one after the other, each from a fresh beginning.
func TestServe(t *testing.T) {
	var visitor browser.Browser
	defer func() {
		if visitor != nil {
			visitor.Quit()
		}
	}()
	opened := 0
	open := func(address string) {
		opened++
		var err error
		if visitor, err = labtest.Visit(t.Context(), design(t, "close=close,delivery=port"), address); err != nil {
			t.Error(err)
		}
	}
	var told []string
	took := func(o Outcome) error {
		if o.Err != nil {
			return o.Err
		}
		rec, err := recording.Read(bytes.NewReader(o.Recording), o.Scenario.Name)
		if err != nil {
			return err
		}
		if first := rec.Lines[0]; rec.Lines[len(rec.Lines)-1].Op != "end" || first.Op == "receive" {
			return errors.New(string(o.Recording))
		}
		told = append(told, rec.Scenario)
		return nil
	}
	scenarios := []Scenario{*scenario(t, "hello"), *scenario(t, "stop"), *scenario(t, "traffic"), *scenario(t, "reject"), *scenario(t, "update")}
	if err := Serve(t.Context(), 0, scenarios, soon, open, took); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(told, " "); got != "hello reject update" || opened != 1 {
		t.Errorf("recorded %s; the address was told %d times", got, opened)
	}
}

// TestNameOf: a browser is named after the first that it is, not after all that it wants to be taken for.
func TestNameOf(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0":                                                "Firefox 153.0",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36":                 "Chromium 156.0.0.0",
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1.2":     "Edge 156.0.1.2",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15": "Safari 26.1",
		"something else": "something else",
	} {
		if got := nameOf(agent); got != want {
			t.Errorf("%s: %s, want %s", agent, got, want)
		}
	}
}
