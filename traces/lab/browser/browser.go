// Package browser starts browsers and does to them what a page cannot: it opens and closes windows, stops and kills workers,
// crashes pages, and leaves no process behind.
//
// There are three engines, [Engines]. Two of them are driven over WebDriver by HTTP, and Firefox by Marionette, its own way of
// carrying the same commands, as geckodriver is not packaged everywhere. A browser can also be started *bare*: with an address
// and nothing attached to it, since what is attached may keep workers alive.
package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"time"
)

// Action is something that is done to a browser.
type Action string

const (
	Close Action = "close" // a page's window is closed
	Crash Action = "crash" // the process of a page dies
	Stop  Action = "stop"  // the browser is asked to stop all workers
	Kill  Action = "kill"  // the process of a worker dies
)

// Browser is a browser that runs, with a profile of its own.
type Browser interface {
	// Name is the name and version of the browser, as recordings have it.
	Name() string
	// Open opens an address in a window of its own. Pages are numbered from 1.
	Open(ctx context.Context, page int, address string) error
	// Do does something to the browser, to a page if the action is about one. What comes of it is for the pages to see.
	// For Kill, dead waits a little and tells whether the worker is dead.
	Do(ctx context.Context, a Action, page int, dead func() bool) error
	// Quit ends every process of the browser and removes its profile.
	Quit()
}

// Options say how a browser is started.
type Options struct {
	Bare       bool // nothing is attached to it; it opens a single page
	Hasty      bool // it soon loses patience with an idle worker, if the engine has a setting for that
	Visible    bool // it has a window on the screen, if the engine can
	CloseEvent bool // ports have a close event, if the engine has a switch for that
}

// Engine is a kind of browser.
type Engine struct {
	ID       string   // "chromium"
	Packages []string // of Debian, which have all that is needed

	// Hasty are the settings of a browser that soon loses patience, for the header of a recording.
	Hasty map[string]any
	// Patience is how long a hasty browser lets an idle worker live at most, and a handler that hangs; 0: for longer than a
	// run may take.
	Patience, HangPatience time.Duration
	// Intrudes tells whether what is attached to the browser changes how long workers live. Where a script allows it, such a
	// browser is started bare.
	Intrudes bool
	// HasCloseEvent tells whether there is a switch for close events of ports.
	HasCloseEvent bool

	Cannot  map[Action]string                                     // why an action cannot be done
	Version func(ctx context.Context) (string, error)             // the name and version of the browser that is found here
	Launch  func(ctx context.Context, o Options) (Browser, error) // see Start
}

// ErrMissing is why an engine cannot be used here: a program is missing. Errors of Version and Start wrap it.
var ErrMissing = errors.New("not installed")

// Engines returns all engines, in the order in which they are told of.
func Engines() []*Engine { return []*Engine{chromium, firefox, webkit} }

// find returns where the first program of several names is.
func find(names ...string) (string, error) {
	for _, name := range names {
		if at, err := exec.LookPath(name); err == nil {
			return at, nil
		}
	}
	return "", fmt.Errorf("%w: no %s found", ErrMissing, filepath.Base(names[0]))
}

// Start starts the browser. If it fails, whatever was started is ended.
func (e *Engine) Start(ctx context.Context, o Options) (Browser, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit, fmt.Errorf("it did not start within %v", startLimit))
	defer cancel()
	b, err := e.Launch(ctx, o)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return b, err
}

// launch has a browser started with processes of its own, and ends what there is of them if that fails.
func launch(start func(*processes) (Browser, error)) (Browser, error) {
	p, err := newProcesses()
	if err != nil {
		return nil, err
	}
	b, err := start(p)
	if err != nil {
		p.quit()
		return nil, err
	}
	return b, nil
}

// Limits on what a browser may take its time for.
const (
	startLimit   = 60 * time.Second
	commandLimit = 30 * time.Second
)

// decode reads an answer of a driver.
func decode[T any](answer json.RawMessage) (T, error) {
	var v T
	err := json.Unmarshal(answer, &v)
	return v, err
}
