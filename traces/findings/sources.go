package findings

import (
	"fmt"
	"regexp"
)

// This file holds where the texts are that findings speak of.

const (
	github      = "https://github.com/"
	draftURL    = github + "omo/cosw/blob/e40749a/README.md"
	tubesURL    = github + "dglazkov/tubes"
	connectURL  = github + "mkruisselbrink/navigator-connect"
	workersURL  = "https://w3c.github.io/ServiceWorker/"
	messagesURL = "https://html.spec.whatwg.org/multipage/web-messaging.html"
)

// draftLine is the address of lines of the draft; through is 0 for a single one.
func draftLine(first, through int) string {
	address := fmt.Sprintf("%s?plain=1#L%d", draftURL, first)
	if through > 0 {
		address += fmt.Sprintf("-L%d", through)
	}
	return address
}

// lineLink is the number of a line of the draft as a link.
func lineLink(n int) string { return link(itoa(n), draftLine(n, 0)) }

// references find in the source of an answer what has an address.
var references = []struct {
	find    *regexp.Regexp
	address string
}{
	{regexp.MustCompile(`\bdraft (\d+)(-\d+)?`), draftURL + "?plain=1#L$1"},
	{regexp.MustCompile(`\btubes ([0-9a-f]{7})\b`), tubesURL + "/commit/$1"},
	{regexp.MustCompile(`\btubes API\.md`), tubesURL + "/blob/HEAD/API.md"},
	{regexp.MustCompile(`\bnavigator-connect ([0-9a-f]{7})\b`), connectURL + "/commit/$1"},
	{regexp.MustCompile(`\bnavigator-connect #(\d+)`), connectURL + "/issues/$1"},
	{regexp.MustCompile(`\bnavigator-connect (docs/[a-z-]+\.md)`), connectURL + "/blob/HEAD/$1"},
	{regexp.MustCompile(`\bnavigator-connect HEAD`), connectURL + "/blob/HEAD/index.html"},
	{regexp.MustCompile(`\bwhatwg/html#(\d+)`), github + "whatwg/html/issues/$1"},
	{regexp.MustCompile(`\bcrbug\.com/(\d+)`), "https://crbug.com/$1"},
}

// withAddresses makes links of the references in a text without Markdown.
func withAddresses(text string) string {
	text = plain(text)
	for _, r := range references {
		text = r.find.ReplaceAllString(text, "[$0]("+r.address+")")
	}
	return text
}

// sources writes where the texts are.
func (d *document) sources() {
	d.heading(2, sourcesTitle)
	for _, s := range []struct{ title, address, what string }{
		{"omo/cosw", draftURL, "the draft, as of its last commit, e40749a (23 September 2014); line numbers are of this file"},
		{"dglazkov/tubes", tubesURL, "Tubes, which the draft takes up again"},
		{"mkruisselbrink/navigator-connect", connectURL, "what came after the draft, in three versions: commit " +
			link("9d7a053", connectURL+"/commit/9d7a053") + ", `docs/` with commit " + link("04b6a89", connectURL+"/commit/04b6a89") +
			", and the last one; given up in September 2015"},
		{"Service Workers", workersURL, "the standard, *SW* for short; the draft cites its text of September 2014"},
		{"HTML, web messaging", messagesURL, "`MessagePort`, and its `close` event"},
	} {
		d.printf("- %s: %s.\n", link(s.title, s.address), s.what)
	}
	d.printf("- Chromium of 2015: `content/browser/navigator_connect`, `content/browser/service_worker` and " +
		"`third_party/WebKit/Source/modules/navigatorconnect`, removed since.\n")
	d.printf("- Recordings of browsers: in this tree, %s tells how they were made and are read.\n\n", link("README", "README.md"))
}
