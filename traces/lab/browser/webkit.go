package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

var webkit = &Engine{
	ID:       "webkit",
	Packages: []string{"webkit2gtk-driver", "xvfb", "xauth"},
	Patience: 30 * time.Second, // 10 s after its last client went away
	Cannot: map[Action]string{
		Stop: "WebKitWebDriver has no way to stop a worker",
		Kill: "the worker runs in the process of the page",
	},
	Version: func(ctx context.Context) (string, error) {
		p, err := newProcesses()
		if err != nil {
			return "", err
		}
		defer p.quit()
		name, _, err := p.webkitVersion(ctx)
		return name, err
	},
	Launch: launchWebKit,
}

// webkitVersion returns the name of the browser, and the environment with the display that it takes even to say that.
func (p *processes) webkitVersion(ctx context.Context) (string, []string, error) {
	program, err := find(miniBrowsers()...)
	if err != nil {
		return "", nil, err
	}
	if _, err := find("WebKitWebDriver"); err != nil {
		return "", nil, err
	}
	display, err := p.display(ctx)
	if err != nil {
		return "", nil, err
	}
	env := []string{display}
	text, err := output(ctx, program, []string{"--version"}, env)
	return "WebKitGTK MiniBrowser " + lastNumber(text), env, err
}

// miniBrowsers returns where distributions put the browser, the newest first: it is not in the path.
func miniBrowsers() []string {
	var all []string
	for _, pattern := range []string{"/usr/lib/*/webkitgtk-6.0/MiniBrowser", "/usr/lib/*/webkit2gtk-4.1/MiniBrowser", "/usr/libexec/webkit*/MiniBrowser", "/usr/lib/webkit*/MiniBrowser"} {
		found, _ := filepath.Glob(pattern)
		all = append(all, found...)
	}
	return append([]string{"MiniBrowser"}, all...)
}

type webkitBrowser struct{ *driver }

func launchWebKit(ctx context.Context, _ Options) (Browser, error) {
	return launch(func(p *processes) (Browser, error) { return driveWebKit(ctx, p) })
}

func driveWebKit(ctx context.Context, p *processes) (Browser, error) {
	name, env, err := p.webkitVersion(ctx)
	if err != nil {
		return nil, err
	}
	program, err := find(miniBrowsers()...)
	if err != nil {
		return nil, err
	}
	driver, err := find("WebKitWebDriver")
	if err != nil {
		return nil, err
	}
	transport, err := startHTTP(ctx, p, driver, env, map[string]any{
		"browserName":              "MiniBrowser",
		"webkitgtk:browserOptions": map[string]any{"binary": program, "args": []string{"--automation"}},
	})
	if err != nil {
		return nil, err
	}
	return &webkitBrowser{newDriver(p, transport, name)}, nil
}

// display starts a display that nobody sees, or takes the one that is there, and returns what names it in an environment.
func (p *processes) display(ctx context.Context) (string, error) {
	xvfb, err := exec.LookPath("Xvfb")
	if err != nil {
		if name := os.Getenv("DISPLAY"); name != "" {
			return "DISPLAY=" + name, nil
		}
		return "", errors.New("there is no display: install xvfb, or set DISPLAY")
	}
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	err = p.start(xvfb, []string{"-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"}, nil, w)
	w.Close()
	if err != nil {
		return "", err
	}
	stop := context.AfterFunc(ctx, func() { r.SetReadDeadline(time.Now()) })
	defer stop()
	number, err := bufio.NewReader(r).ReadString('\n') // it names the display when it is ready
	if err != nil {
		return "", fmt.Errorf("no display comes up: Xvfb did not start%s", p.lastWords())
	}
	return "DISPLAY=:" + strings.TrimSpace(number), nil
}

func (b *webkitBrowser) Do(ctx context.Context, a Action, page int, dead func() bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch a {
	case Close:
		return b.closePage(ctx, page)
	case Crash:
		all := b.named("WebKitWebProcess")
		if len(all) == 0 {
			return errors.New("no page has a process")
		}
		return kill(all[0]) // that of the page which was opened last
	}
	return fmt.Errorf("webkit cannot %s", a)
}
