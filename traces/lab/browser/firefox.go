package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

var firefox = &Engine{
	ID:           "firefox",
	Packages:     []string{"firefox-esr"},
	Hasty:        hastyFirefox,
	Patience:     15 * time.Second,
	HangPatience: 30 * time.Second,
	Version:      firefoxVersion,
	Launch:       launchFirefox,
}

func findFirefox() (string, error) { return find("firefox-esr", "firefox") }

func firefoxVersion(ctx context.Context) (string, error) {
	program, err := findFirefox()
	if err != nil {
		return "", err
	}
	text, err := output(ctx, program, []string{"--version"}, nil)
	return "Firefox " + strings.TrimSuffix(lastNumber(text), "esr") + " headless", err
}

// hastyFirefox make the browser's patience short: a worker is idle after 1.5 s instead of 30, and a handler may hang for as
// long again.
var hastyFirefox = map[string]any{
	"dom.serviceWorkers.idle_timeout": 1500, "dom.serviceWorkers.idle_extended_timeout": 1500,
}

type firefoxBrowser struct{ *driver }

func launchFirefox(ctx context.Context, o Options) (Browser, error) {
	return launch(func(p *processes) (Browser, error) { return driveFirefox(ctx, p, o) })
}

func driveFirefox(ctx context.Context, p *processes, o Options) (Browser, error) {
	name, err := firefoxVersion(ctx)
	if err != nil {
		return nil, err
	}
	program, err := findFirefox()
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	profile := filepath.Join(p.dir, "profile")
	if err := writeProfile(profile, port, o); err != nil {
		return nil, err
	}
	args := []string{"--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile}
	if !o.Visible {
		args = append(args, "--headless")
	}
	if err := p.start(program, args, []string{"MOZ_CRASHREPORTER_DISABLE=1"}); err != nil {
		return nil, err
	}
	transport, err := dialMarionette(ctx, p, port)
	if err != nil {
		return nil, err
	}
	return &firefoxBrowser{newDriver(p, transport, name)}, nil
}

// writeProfile makes a profile in which nothing but the lab happens.
func writeProfile(dir string, port int, o Options) error {
	settings := map[string]any{
		"marionette.port":                            port,
		"privacy.reduceTimerPrecision":               false, // clocks tick in µs, not in ms
		"dom.min_background_timeout_value":           4,
		"datareporting.policy.dataSubmissionEnabled": false,
		"browser.shell.checkDefaultBrowser":          false,
		"browser.startup.homepage":                   "about:blank",
		"app.update.disabledForTesting":              true,
		"toolkit.startup.max_resumed_crashes":        -1,
		"browser.tabs.unloadOnLowMemory":             false,
		"dom.ipc.processPrelaunch.enabled":           false,
	}
	if o.Hasty {
		maps.Copy(settings, hastyFirefox)
	}
	var lines []string
	for name, value := range settings {
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("user_pref(%q, %s);\n", name, text))
	}
	slices.Sort(lines)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "user.js"), []byte(strings.Join(lines, "")), 0o600)
}

func (b *firefoxBrowser) Do(ctx context.Context, a Action, page int, dead func() bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch a {
	case Close:
		return b.closePage(ctx, page)
	case Stop:
		_, err := b.inside(ctx, stopWorkers)
		return err
	case Crash:
		if err := b.to(ctx, page); err != nil {
			return err
		}
		return b.killProcess(ctx, processOfPage)
	case Kill:
		return b.killProcess(ctx, processOfWorkers)
	}
	return fmt.Errorf("firefox cannot %s", a)
}

// Scripts that run in the browser itself; each calls its last argument with its result.
const (
	stopWorkers = `
		const done = arguments[arguments.length - 1];
		const manager = Cc['@mozilla.org/serviceworkers/manager;1'].getService(Ci.nsIServiceWorkerManager);
		const registrations = manager.getAllRegistrations();
		const ends = [];
		for (let i = 0; i < registrations.length; i++) {
			const r = registrations.queryElementAt(i, Ci.nsIServiceWorkerRegistrationInfo);
			for (const worker of [r.installingWorker, r.waitingWorker, r.activeWorker]) if (worker) ends.push(worker.terminateWorker());
		}
		Promise.all(ends).then(() => done(0), () => done(0));`
	processOfWorkers = `
		const done = arguments[arguments.length - 1];
		ChromeUtils.requestProcInfo().then(({children}) =>
			done(children.find(child => child.type === 'webServiceWorker')?.pid ?? 0), () => done(0));`
	processOfPage = `
		const done = arguments[arguments.length - 1];
		const window = Services.wm.getMostRecentWindow('navigator:browser');
		done(window.gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid);`
)

// inside runs a script in the browser itself, and returns the number that it calls back with.
func (b *firefoxBrowser) inside(ctx context.Context, script string) (int, error) {
	if _, err := b.do(ctx, setContext, map[string]any{"value": "chrome"}); err != nil {
		return 0, err
	}
	answer, err := b.do(ctx, executeAsync, map[string]any{"script": script, "args": []any{}})
	if err != nil {
		return 0, err
	}
	if _, err := b.do(ctx, setContext, map[string]any{"value": "content"}); err != nil {
		return 0, err
	}
	return decode[int](answer)
}

// killProcess kills the process whose number a script returns.
func (b *firefoxBrowser) killProcess(ctx context.Context, script string) error {
	pid, err := b.inside(ctx, script)
	switch {
	case err != nil:
		return err
	case pid == 0:
		return errors.New("the browser does not tell the process")
	}
	return kill(pid)
}
