package render_test

import (
	"fmt"
	"os"

	"cosw/traces"
	"cosw/traces/render"
)

// A trace is read, and argued for.
func Example() {
	file, err := os.Open("../../cmd/cosw/testdata/traces/let-in-unchecked.trace")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	trace, err := traces.Read(file, "let-in-unchecked.trace")
	if err != nil {
		panic(err)
	}
	scene, err := render.NewScene(trace)
	if err != nil {
		panic(err)
	}
	fmt.Print(scene.Prose(100))
	// Output:
	// **Claim.** Every design with `request=none` breaks `refuses-first`.
	//
	// Let page 1 be a page of another origin and let version 1 of the service worker be active, but not
	// running. The steps are told for `client=url`; under all designs of the claim the same steps lead to
	// the same verdict.
	//
	// Page 1 calls connect() for connection 1 (step 1). The browser starts version 1 (step 2). The browser
	// looks for a worker to take connection 1 (step 3): version 1 gets a connect event for it. Version 1
	// accepts connection 1 (step 4): the promise of page 1 is resolved with an end of connection 1.
	//
	// However, because the answer to `request` is `none` (the page can say nothing for itself before it
	// has a port) and to `client` is `url` (a worker sees the url of a page), page 1 holds a usable end of
	// connection 1, and version 1 could not check both its origin and its credentials before. This
	// contradicts `refuses-first`: "the worker can check the origin and the credentials of a page before
	// that page holds a usable port" (draft 44). ∎
}
