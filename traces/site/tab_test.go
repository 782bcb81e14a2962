package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// missing skips a test, or fails it where nothing may be missing, as in .ci/run.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("COSW_BROWSERS") == "require" {
		t.Fatal(what)
	}
	t.Skip(what)
}

// tab is a page of the site in a real browser.
type tab struct {
	*testing.T
	ctx  context.Context
	base string // the address of the site, with a slash at its end

	mutex sync.Mutex
	wrong []string // errors that the browser tells of, and requests that leave the site
}

// patience is how long a test waits for a page to come to something, on a machine that has much else to do.
const patience = 4 * time.Minute

// openTab opens a tab for the site at base.
func openTab(t *testing.T, base string) *tab {
	t.Helper()
	notRaced(t)
	if testing.Short() || os.Getenv("COSW_BROWSERS") == "skip" {
		t.Skip("real browsers take minutes")
	}
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if at, err := exec.LookPath(name); err == nil {
			found = at
			break
		}
	}
	if found == "" {
		missing(t, "there is no Chromium: install chromium to test the pages in it")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(found), chromedp.NoSandbox, chromedp.WindowSize(1200, 900))
	allocated, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel := chromedp.NewContext(allocated)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*patience)
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx, base: base}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	call(b, runtime.Enable, cdp.Empty{})
	return b
}

// served returns a tab for the site on a server.
func served(t *testing.T) *tab {
	t.Helper()
	notRaced(t)
	return servedFiles(t, files()) // made before anybody waits for them
}

// servedFiles returns a tab for some files on a server.
func servedFiles(t *testing.T, all map[string][]byte) *tab {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, ok := all[strings.TrimPrefix(r.URL.Path, "/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		http.ServeContent(w, r, r.URL.Path, time.Time{}, strings.NewReader(string(content)))
	}))
	t.Cleanup(server.Close)
	return openTab(t, server.URL+"/")
}

// listen notes what a good page never does.
func (b *tab) listen(event any) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			text += " " + e.ExceptionDetails.Exception.Description
		}
		b.wrong = append(b.wrong, "exception: "+text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			b.wrong = append(b.wrong, fmt.Sprintf("console.%s", e.Type))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			b.wrong = append(b.wrong, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		if at := e.Request.URL; !strings.HasPrefix(at, b.base) && !strings.HasPrefix(at, "data:") && !strings.HasPrefix(at, "blob:") {
			b.wrong = append(b.wrong, "a request leaves the site: "+at)
		}
	}
}

// clean fails the test if the page did what a good page never does.
func (b *tab) clean() {
	b.Helper()
	b.mutex.Lock()
	defer b.mutex.Unlock()
	for _, wrong := range b.wrong {
		b.Error(wrong)
	}
}

func (b *tab) run(actions ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// script runs a statement in the page.
func (b *tab) script(statement string) {
	b.Helper()
	b.run(chromedp.Evaluate[chromedp.Void](statement))
}

// call calls a command of the browser.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.Fatal(err)
	}
}

// size sets the width of the window, and whether what is around it is dark.
func (b *tab) size(width int64, dark bool) {
	b.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// open opens a page in a state, and waits until all of it is shown.
func (b *tab) open(page, state string) {
	b.Helper()
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(b.base+page+"#"+state))
	b.settles(state)
}

// goTo changes the state of the page at hand, and waits until all of it is shown.
func (b *tab) goTo(state string) {
	b.Helper()
	const change = `new Promise((done) => {
		const before = location.href;
		addEventListener("hashchange", () => done(true), {once: true});
		location.hash = %q;
		if (location.href === before) done(true);
	})` // one message to the browser is quicker than to ask again and again
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](fmt.Sprintf(change, state), chromedp.EvalAwaitPromise)); err != nil {
		b.Fatal(err)
	}
	b.settles(state)
}

// settles waits until all of a state is shown.
func (b *tab) settles(state string) {
	b.Helper()
	b.until(fmt.Sprintf("document.body.dataset.ready === %q || !document.body.dataset.page", state))
}

// until waits until an expression is true. While a page is being replaced by the next one there is nothing to ask.
func (b *tab) until(expression string) {
	b.Helper()
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
		if is {
			return
		}
		last = err
	}
	b.Fatalf("%s never comes true (%v)", expression, last)
}

// value returns what an expression comes to.
func value[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%.200s: %v", expression, err)
	}
	return v
}
