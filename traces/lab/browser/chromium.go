package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

var chromium = &Engine{
	ID:            "chromium",
	Packages:      []string{"chromium", "chromium-driver"},
	Patience:      40 * time.Second, // 30 s after the last event
	Intrudes:      true,             // it stops no worker that is idle, nor one whose registration is gone
	HasCloseEvent: true,
	Version:       chromiumVersion,
	Launch:        launchChromium,
}

func findChromium() (string, error) { return find("chromium", "chromium-browser", "google-chrome") }

func chromiumVersion(ctx context.Context) (string, error) {
	program, err := findChromium()
	if err != nil {
		return "", err
	}
	if _, err := find("chromedriver"); err != nil {
		return "", err
	}
	text, err := output(ctx, program, []string{"--version"}, nil)
	return chromiumName(lastNumber(text)), err
}

func chromiumName(version string) string { return "Chromium " + version + " headless" }

// lastNumber returns the first word of a text that begins with a digit: the version, in what programs say of themselves.
func lastNumber(text string) string {
	for _, word := range strings.Fields(text) {
		if word[0] >= '0' && word[0] <= '9' {
			return word
		}
	}
	return "?"
}

type chromiumBrowser struct{ *driver }

func launchChromium(ctx context.Context, o Options) (Browser, error) {
	return launch(func(p *processes) (Browser, error) {
		name, err := chromiumVersion(ctx)
		if err != nil {
			return nil, err
		}
		program, err := findChromium()
		switch {
		case err != nil:
			return nil, err
		case o.Bare:
			return &bare{processes: p, name: name, program: program, args: chromiumArgs(p, o)}, nil
		}
		return driveChromium(ctx, p, name, program, o)
	})
}

func chromiumArgs(p *processes, o Options) []string {
	args := []string{
		"--no-first-run", "--user-data-dir=" + filepath.Join(p.dir, "profile"),
		// pages are watched although nobody sees them
		"--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
	}
	if !o.Visible {
		args = append(args, "--headless=new", "--disable-gpu")
	}
	if os.Geteuid() == 0 {
		args = append(args, "--no-sandbox") // the sandbox refuses to work for root
	}
	if o.CloseEvent {
		args = append(args, "--enable-blink-features=MessagePortCloseEvent")
	}
	return args
}

func driveChromium(ctx context.Context, p *processes, name, program string, o Options) (Browser, error) {
	driver, err := find("chromedriver")
	if err != nil {
		return nil, err
	}
	// With a pipe to its driver, the browser ends with it.
	args := append(chromiumArgs(p, o), "--remote-debugging-pipe")
	transport, err := startHTTP(ctx, p, driver, nil, map[string]any{
		"browserName":        "chrome",
		"goog:chromeOptions": map[string]any{"binary": program, "args": args},
	})
	if err != nil {
		return nil, err
	}
	return &chromiumBrowser{newDriver(p, transport, name)}, nil
}

func (b *chromiumBrowser) Do(ctx context.Context, a Action, page int, dead func() bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch a {
	case Close:
		return b.closePage(ctx, page)
	case Stop:
		return b.stopWorkers(ctx)
	case Crash:
		if err := b.to(ctx, page); err != nil {
			return err
		}
		parent := ctx
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		b.devTools(ctx, "Page.crash") // a page that crashes does not answer
		return b.to(parent, 0)
	case Kill:
		return b.kill(dead)
	}
	return fmt.Errorf("chromium cannot %s", a)
}

// stopWorkers goes by the window of the session, as commands go through one: that of a page may be closed, or have crashed with a
// process that was killed.
func (b *chromiumBrowser) stopWorkers(ctx context.Context) error {
	if err := b.to(ctx, 0); err != nil {
		return err
	}
	if err := b.devTools(ctx, "ServiceWorker.enable"); err != nil {
		return err
	}
	return b.devTools(ctx, "ServiceWorker.stopAllWorkers")
}

// devTools sends a command of the DevTools protocol.
func (b *chromiumBrowser) devTools(ctx context.Context, command string) error {
	_, err := b.do(ctx, devToolsOrder, map[string]any{"cmd": command, "params": map[string]any{}})
	return err
}

// kill kills processes of pages and workers, the newest first, until the worker is dead: nothing tells which one is its
// own.
func (b *chromiumBrowser) kill(dead func() bool) error {
	for _, pid := range b.named("--type=renderer") {
		if err := kill(pid); err != nil {
			return err
		}
		if dead() {
			return nil
		}
	}
	return errors.New("the worker outlives all processes of pages")
}
