package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"

	"cosw/traces/lab/browser"
)

// Options say how scenarios are recorded.
type Options struct {
	CloseEvent bool  // with close events of ports
	Connect    bool  // pages call navigator.connect() of package connect
	Scripts    fs.FS // instead of those of package connect, if it is not nil
	Limits     Limits
}

// header is the first line of a recording.
type header struct {
	Clock      string         `json:"clock"`
	CloseEvent bool           `json:"closeEvent"`
	Complete   bool           `json:"complete,omitempty"`
	Platform   string         `json:"platform"`
	Scenario   string         `json:"scenario"`
	Bare       bool           `json:"bare,omitempty"`     // nothing was attached to the browser
	Bridge     string         `json:"bridge"`             // whether the hidden frame stayed
	Settings   map[string]any `json:"settings,omitempty"` // of the browser
}

// Record plays a scenario in a browser of its own, and returns the recording. When it returns, no process is left.
func Record(ctx context.Context, e *browser.Engine, s *Scenario, o Options) ([]byte, error) {
	limit := o.Limits.Whole + e.Patience + e.HangPatience
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("the run takes longer than %v", limit))
	defer cancel()
	web, err := serve(0)
	if err != nil {
		return nil, err
	}
	defer web.close()
	if o.Scripts != nil {
		web.scripts = http.FileServerFS(o.Scripts)
	}
	with := browser.Options{Bare: e.Intrudes && !s.needsDriver(), Hasty: s.isLeftIdle() || s.hangs(), CloseEvent: o.CloseEvent}
	b, err := e.Start(ctx, with)
	if err != nil {
		return nil, err
	}
	defer b.Quit()
	r := newRun(web.newSite(), e, s, b, o.Limits)
	r.via = o.via()
	if err := r.play(ctx); err != nil {
		return nil, err
	}
	r.note(line{Op: "end"})
	head := r.header()
	head.CloseEvent, head.Bare = o.CloseEvent, with.Bare
	if with.Hasty {
		head.Settings = e.Hasty
	}
	return r.write(head)
}

func newRun(of *site, e *browser.Engine, s *Scenario, b browser.Browser, l Limits) *run {
	return &run{site: of, scenario: s, engine: e, browser: b, limits: l, leaving: map[int]bool{}, deployed: 1, bridge: bridgeStays, via: viaBridge}
}

func (o Options) via() way {
	if o.Connect {
		return viaConnect
	}
	return viaBridge
}

// header returns the first line, as far as the run knows.
func (r *run) header() header {
	return header{
		Clock: "ms since epoch", Complete: r.scenario.isComplete() && r.gap == "", Platform: r.browser.Name(),
		Scenario: r.scenario.Name, Bridge: r.bridge,
	}
}

// write returns the recording.
func (r *run) write(head header) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	if err := encoder.Encode(head); err != nil {
		return nil, err
	}
	for _, l := range r.sorted() {
		if err := encoder.Encode(l); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// reason returns what is wrong with a port, without the address that the message of package net repeats.
func reason(err error) error {
	var call *os.SyscallError
	var op *net.OpError
	switch {
	case errors.As(err, &call):
		return call.Err
	case errors.As(err, &op):
		return op.Err
	}
	return err
}
