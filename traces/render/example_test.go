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
	prose, err := render.Prose(trace)
	if err != nil {
		panic(err)
	}
	fmt.Print(prose)
	// Output:
	// **Claim.** Every design with `request=none` breaks `refuses-first`.
	//
	// Let a page of another origin be open. It is honest: it gives its credentials wherever the design has
	// a place for them. The steps are told for `client=url`; under all designs of the claim the same steps
	// lead to the same verdict.
	//
	// The page connects (step 1). Because the answer to `request` is `none` (the page can say nothing for
	// itself before it has a port) and to `client` is `url` (a worker sees the url of a page), the worker
	// gets a connect event and knows its origin, its url. The worker accepts (step 2): the page holds a
	// usable port; the worker knew its origin, its url.
	//
	// However, the page holds a usable port, and the worker could not check both its origin and its
	// credentials. This contradicts `refuses-first`: "the worker can check the origin and the credentials
	// of a page before that page holds a usable port" (draft 44). ∎
}
