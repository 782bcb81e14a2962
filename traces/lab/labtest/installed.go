package labtest

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"cosw/traces/lab/browser"
)

// Installed skips a test without the engine, or fails it. COSW_BROWSERS=skip leaves real browsers out, COSW_BROWSERS=require fails
// if one is not installed. It returns the name and version.
func Installed(t *testing.T, e *browser.Engine) string {
	t.Helper()
	wish := os.Getenv("COSW_BROWSERS")
	if testing.Short() || wish == "skip" {
		t.Skip("real browsers take minutes")
	}
	name, err := e.Version(t.Context())
	switch {
	case errors.Is(err, browser.ErrMissing) && wish != "require":
		t.Skipf("%v; Debian has it in %s", err, strings.Join(e.Packages, ", "))
	case err != nil:
		t.Fatal(err)
	}
	return name
}

// Start starts the engine, if it is installed; see [Installed]. Whoever called it quits the browser.
func Start(t *testing.T, e *browser.Engine) browser.Browser {
	t.Helper()
	Installed(t, e)
	b, err := e.Start(t.Context(), browser.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Find returns the engine of that name, if it is installed; see [Installed].
func Find(t *testing.T, id string) *browser.Engine {
	t.Helper()
	all := browser.Engines()
	e := all[slices.IndexFunc(all, func(e *browser.Engine) bool { return e.ID == id })]
	Installed(t, e)
	return e
}
