package findings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
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

// lineLink is the number of a line of the draft as a link.
func lineLink(n int) string { return fmt.Sprintf("[%d]", n) }

// references find what has an address.
var references = []struct {
	find    *regexp.Regexp
	address string
}{
	{regexp.MustCompile(`^(\d+)$`), draftURL + "?plain=1#L$1"},
	{regexp.MustCompile(`\btubes ([0-9a-f]{7})\b`), tubesURL + "/commit/$1"},
	{regexp.MustCompile(`\btubes API\.md`), tubesURL + "/blob/HEAD/API.md"},
	{regexp.MustCompile(`\bnavigator-connect ([0-9a-f]{7})\b`), connectURL + "/commit/$1"},
	{regexp.MustCompile(`\bnavigator-connect #(\d+)`), connectURL + "/issues/$1"},
	{regexp.MustCompile(`\bnavigator-connect (docs/[a-z-]+\.md)`), connectURL + "/blob/HEAD/$1"},
	{regexp.MustCompile(`\bnavigator-connect HEAD`), connectURL + "/blob/HEAD/index.html"},
	{regexp.MustCompile(`\bwhatwg/html#(\d+)`), github + "whatwg/html/issues/$1"},
	{regexp.MustCompile(`\bw3c/ServiceWorker#(\d+)`), github + "w3c/ServiceWorker/issues/$1"},
	{regexp.MustCompile(`\bcrbug\.com/(\d+)`), "https://crbug.com/$1"},
}

// withReferences makes links of the references in a text without Markdown. Their addresses stand at the end, see
// [document.addresses].
func withReferences(text string) string {
	text = plain(text)
	for _, r := range references {
		text = r.find.ReplaceAllString(text, "[$0]")
	}
	return text
}

// referenced finds a reference that is a link.
var referenced = regexp.MustCompile(`\[([^\]\n]+)\](?:[^(]|$)`)

// addresses writes the addresses of all references in the text.
func (d *document) addresses() {
	var all []string
	for _, m := range referenced.FindAllStringSubmatch(d.out.String(), -1) {
		for _, r := range references {
			if at := r.find.FindStringSubmatchIndex(m[1]); at != nil && at[1]-at[0] == len(m[1]) {
				all = append(all, fmt.Sprintf("[%s]: %s\n", m[1], r.find.ExpandString(nil, r.address, m[1], at)))
			}
		}
	}
	slices.Sort(all)
	d.printf("%s", strings.Join(slices.Compact(all), ""))
}

// sources writes where the texts are.
func (d *document) sources() {
	d.heading(2, sourcesTitle)
	var all []string
	for _, s := range []struct{ title, address, what string }{
		{"omo/cosw", draftURL, "the draft, as of its last commit, e40749a (23 September 2014); line numbers are of this file"},
		{"dglazkov/tubes", tubesURL, "Tubes, which the draft takes up again"},
		{"mkruisselbrink/navigator-connect", connectURL, "what came after the draft, in three versions: commit 9d7a053, `docs/` with commit " +
			"04b6a89, and the last one; given up in September 2015"},
		{"Service Workers", workersURL, "the standard, *SW* for short; the draft cites its text of September 2014"},
		{"HTML, web messaging", messagesURL, "`MessagePort`, and its `close` event"},
	} {
		all = append(all, link(s.title, s.address)+": "+s.what+".")
	}
	all = append(all, "Chromium of 2015: `content/browser/navigator_connect`, `content/browser/service_worker` and "+
		"`third_party/WebKit/Source/modules/navigatorconnect`, removed since.",
		"Recordings of browsers: in this tree, "+link("a list", "linearize/testdata/README.md")+" tells how they were made, and "+
			link("a page", "cmd/cosw/docs/recordings.md")+" how they are read.")
	d.paragraph("%s", strings.Join(all, " "))
	d.addresses()
}
