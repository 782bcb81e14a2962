package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// transport carries commands of WebDriver (classic) to a browser, and returns the values that they answer with.
type transport interface {
	send(ctx context.Context, c wire, params map[string]any) (json.RawMessage, error)
	close()
}

// wire is how a command is named by the two transports.
type wire struct{ name, method, path string }

var (
	newSession    = wire{"WebDriver:NewSession", "POST", ""}
	newWindow     = wire{"WebDriver:NewWindow", "POST", "/window/new"}
	thisWindow    = wire{"WebDriver:GetWindowHandle", "GET", "/window"}
	switchTo      = wire{"WebDriver:SwitchToWindow", "POST", "/window"}
	closeWindow   = wire{"WebDriver:CloseWindow", "DELETE", "/window"}
	navigate      = wire{"WebDriver:Navigate", "POST", "/url"}
	executeAsync  = wire{"WebDriver:ExecuteAsyncScript", "POST", "/execute/async"}
	setContext    = wire{"Marionette:SetContext", "", ""} // of Firefox: scripts are of a page, or of the browser itself
	devToolsOrder = wire{"", "POST", "/goog/cdp/execute"} // of Chromium
)

// driver opens and closes windows by WebDriver. The window that comes with the session stays, since the session ends with its
// last window.
type driver struct {
	*processes
	transport
	name    string
	mu      sync.Mutex
	windows map[int]string // by page; 0 is that of the session
}

func newDriver(p *processes, t transport, name string) *driver {
	return &driver{processes: p, transport: t, name: name, windows: map[int]string{}}
}

func (d *driver) Name() string { return d.name }

func (d *driver) Quit() {
	d.transport.close()
	d.quit()
}

// do sends a command, and says so if the browser has died.
func (d *driver) do(ctx context.Context, c wire, params map[string]any) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, commandLimit, fmt.Errorf("it hangs: no answer within %v", commandLimit))
	defer cancel()
	answer, err := d.send(ctx, c, params)
	if err == nil {
		return answer, nil
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return nil, d.blame(err)
}

// blame returns err if the driver refuses something. If it cannot be reached, that may be because a program has died, or just
// does.
func (p *processes) blame(err error) error {
	var r *refusal
	if errors.As(err, &r) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if died := p.until(ctx, func() bool { return false }); ctx.Err() == nil {
		return died
	}
	return err
}

func (d *driver) Open(ctx context.Context, page int, address string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.windows[0]; !ok {
		answer, err := d.do(ctx, thisWindow, nil)
		if err != nil {
			return err
		}
		if d.windows[0], err = decode[string](answer); err != nil {
			return err
		}
	}
	answer, err := d.do(ctx, newWindow, map[string]any{"type": "window"})
	if err != nil {
		return err
	}
	window, err := decode[struct{ Handle string }](answer)
	if err != nil {
		return err
	}
	d.windows[page] = window.Handle
	if err := d.to(ctx, page); err != nil {
		return err
	}
	_, err = d.do(ctx, navigate, map[string]any{"url": address})
	return err
}

// to makes later commands those of a page's window.
func (d *driver) to(ctx context.Context, page int) error {
	_, err := d.do(ctx, switchTo, map[string]any{"handle": d.windows[page]})
	return err
}

// closePage closes the window of a page. What is done to the browser later takes a window that is there.
func (d *driver) closePage(ctx context.Context, page int) error {
	if err := d.to(ctx, page); err != nil {
		return err
	}
	if _, err := d.do(ctx, closeWindow, nil); err != nil {
		return err
	}
	return d.to(ctx, 0)
}
