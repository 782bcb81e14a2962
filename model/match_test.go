package model

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// pageURL is a page of the service's own origin, in a directory, so that relative urls have something to climb.
const pageURL = "https://example.com/resources/page.html"

// TestMatches has a row for each decision, with what each answer to the question match makes of it. Where the columns
// differ the draft has to choose.
func TestMatches(t *testing.T) {
	const worker = "/worker.js" // a script that is of no interest to the row
	for _, tt := range []struct {
		reason                   string
		url                      string   // relative to pageURL
		registered               []string // "scope script", relative to pageURL
		script, scope, scope2014 []int    // indices of registered
	}{
		{
			reason:     "draft 52: the example asks for an origin, not for a script",
			url:        "//example.com/",
			registered: []string{"/ " + worker},
			scope:      []int{0},
			scope2014:  []int{0},
		},
		{
			reason:     "draft 52 with a longer scope: 2014's rule gives the url to the blog",
			url:        "//example.com/",
			registered: []string{"/ " + worker, "/blog/ /blog/worker.js"},
			scope:      []int{0},
			scope2014:  []int{1},
		},
		{
			reason:     "draft 21: a script url outside its own scope has no controller",
			url:        "/lib/worker.js",
			registered: []string{"/app/ /lib/worker.js"},
			script:     []int{0},
		},
		{
			reason:     "draft 21 against 39: the script is one service's and lies in the scope of another",
			url:        "/app/worker.js",
			registered: []string{"/ /app/worker.js", "/app/ /worker.js"},
			script:     []int{0},
			scope:      []int{1},
		},
		{
			reason:     "SW: the registration map is keyed by scope, so one script may have several",
			url:        "/worker.js",
			registered: []string{"/a/ /worker.js", "/b/ /worker.js", "/c/ /other.js"},
			script:     []int{0, 1},
		},
		{
			reason:     "a script's query is part of its name (WPT ready: empty-worker.js?2)",
			url:        "/worker.js?2",
			registered: []string{"/a/ /worker.js", "/b/ /worker.js?2"},
			script:     []int{1},
		},
		{
			reason:     "WPT getregistration: an url in no scope has no registration",
			url:        "/no-such-worker",
			registered: []string{"/resources/ " + worker},
		},
		{
			reason:     "WPT getregistration: the scope itself is in the scope",
			url:        "scope",
			registered: []string{"scope " + worker},
			scope:      []int{0},
			scope2014:  []int{0},
		},
		{
			reason:     "WPT getregistration: the url's fragment is ignored",
			url:        "scope#ref",
			registered: []string{"scope " + worker},
			scope:      []int{0},
			scope2014:  []int{0},
		},
		{
			reason:     "Start Register: the fragments of script and scope are, too",
			url:        "/resources/w.js#a",
			registered: []string{"/resources/#b /resources/w.js#c"},
			script:     []int{0},
			scope:      []int{0},
		},
		{
			reason:     "WPT getregistration: longest prefix, wherever it stands in the list",
			url:        "/a/b/c",
			registered: []string{"/a/ " + worker, "/a/b/ " + worker, "/ " + worker},
			scope:      []int{1},
		},
		{
			reason:     "WPT ready: a longer matched registration wins, though it came later and only waits",
			url:        "blank.html?ready-after-match-longer",
			registered: []string{"blank.html?ready-after-match " + worker, "blank.html?ready-after-match-longer " + worker},
			scope:      []int{1},
			scope2014:  []int{1},
		},
		{
			reason:     "2014's rule at the shorter scope picks the longer one as well",
			url:        "blank.html?ready-after-match",
			registered: []string{"blank.html?ready-after-match " + worker, "blank.html?ready-after-match-longer " + worker},
			scope:      []int{0},
			scope2014:  []int{1},
		},
		{
			reason:     "2014's rule cannot tell two longest scopes apart",
			url:        "/",
			registered: []string{"/ " + worker, "/a/ " + worker, "/b/ " + worker},
			scope:      []int{0},
			scope2014:  []int{1, 2},
		},
		{
			reason:     "the prefix is one of the string, not of the path: /a has /abc in it",
			url:        "/abc",
			registered: []string{"/a " + worker},
			scope:      []int{0},
		},
		{
			reason:     "and /a/ does not have /a",
			url:        "/a",
			registered: []string{"/a/ " + worker},
			scope2014:  []int{0},
		},
		{
			reason:     "WPT registration-tests-scope: consecutive slashes are not unified",
			url:        "/scope/x",
			registered: []string{"/scope//x " + worker},
		},
		{
			reason:     "WPT registration-tests-scope: references are normalised on both sides",
			url:        "/x/../scope/./page",
			registered: []string{"/y/../scope/ " + worker},
			scope:      []int{0},
		},
		{
			reason:     "WPT registration-tests-scope: characters and their escapes in capitals are the same url",
			url:        "/%EF%BD%93/",
			registered: []string{"/ｓ/ " + worker},
			scope:      []int{0},
			scope2014:  []int{0},
		},
		{
			reason:     "escapes in lower case are another url",
			url:        "/%ef%bd%93/",
			registered: []string{"/ｓ/ " + worker},
		},
		{
			reason:     "WHATWG: backslash, capitals, default port and newline make no difference",
			url:        "HTTPS://EXAMPLE.COM:443\\a\\\npage",
			registered: []string{"/a/ " + worker},
			scope:      []int{0},
		},
		{
			reason:     "WPT getregistration: cross-origin: a host that begins with the service's is another",
			url:        "https://example.com.evil.test/",
			registered: []string{"/ " + worker},
		},
		{
			reason:     "nor does 2014's rule turn from a short host to a longer one",
			url:        "https://example.co/",
			registered: []string{"/ " + worker},
		},
		{
			reason:     "nor is the host in the place of a user name another's",
			url:        "https://example.com@evil.test/",
			registered: []string{"/ " + worker},
		},
		{
			reason:     "another port or scheme is another origin",
			url:        "https://example.com:8443/a",
			registered: []string{"/ " + worker, "http://example.com/ http://example.com/worker.js"},
		},
		{
			reason:     "a user name in the url hides the service: the string is matched, not the origin",
			url:        "https://me@example.com/",
			registered: []string{"/ " + worker},
		},
		{
			reason:     "other schemes have no registration",
			url:        "blob:https://example.com/",
			registered: []string{"/ " + worker},
		},
		{
			reason: "nothing is registered",
			url:    "/",
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			url := mustParse(t, tt.url)
			var registered []Registered
			for _, r := range tt.registered {
				scope, script, _ := strings.Cut(r, " ")
				registered = append(registered, mustRegister(t, scope, script))
			}
			for rule, want := range map[Answer][]int{MatchScript: tt.script, MatchScope: tt.scope, MatchScope2014: tt.scope2014} {
				if got := Matches(rule, url, registered); !slices.Equal(got, want) {
					t.Errorf("Matches(%v) = %v, want %v", rule, got, want)
				}
			}
			controller := -1
			if len(tt.scope) > 0 {
				controller = tt.scope[0]
			}
			if got := Controls(url, registered); got != controller {
				t.Errorf("Controls = %d, want %d", got, controller)
			}
		})
	}
}

func TestMatchesPanicsOnOtherAnswers(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("want a panic: no answer is not an empty match")
		}
	}()
	Matches("", "https://example.com/", nil)
}

// matchAsSpecified is SW "Match Service Worker Registration", step by step and byte by byte, as dumb as it can be said:
// the second opinion on Matches(MatchScope). It returns the matching scope, or "".
func matchAsSpecified(clientURLString string, registered []Registered) string {
	scopeStringSet := map[string]bool{}
	for _, entry := range registered {
		scopeStringSet[entry.Scope] = true
	}
	matchingScopeString := ""
	for scope := range scopeStringSet {
		startsWith := len(scope) <= len(clientURLString)
		for i := 0; startsWith && i < len(scope); i++ {
			startsWith = scope[i] == clientURLString[i]
		}
		if startsWith && len(scope) > len(matchingScopeString) {
			matchingScopeString = scope
		}
	}
	return matchingScopeString
}

// TestMatchesInSmallUniverses compares the rules with their definitions over random registrations in universes so small
// that scopes nest, touch and repeat a script all the time. Each premise must have been met, or the test says nothing.
func TestMatchesInSmallUniverses(t *testing.T) {
	const seed = 2014
	r := rand.New(rand.NewPCG(seed, 0))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	path := func() string {
		p := "/"
		for range r.IntN(4) {
			p += pick("a", "b", "/", "a/", "?")
		}
		return p
	}
	origins := []string{ // one is common, the others look like it
		"https://a.test", "https://a.test", "https://a.test", "https://a.test",
		"https://a.test:8443", "https://a.test.b.test", "http://a.test",
	}
	witnessed := map[string]int{}
	finds := func(rule Answer, n int) string { return fmt.Sprintf("rule %v finds %d", rule, min(n, 2)) }

	for range 20_000 {
		var registered []Registered
		for range r.IntN(9) {
			origin := pick(origins...)
			n := Registered{Scope: mustParse(t, origin+path()), Script: origin + pick("/a", "/b")}
			if !slices.ContainsFunc(registered, func(o Registered) bool { return o.Scope == n.Scope }) {
				registered = append(registered, n)
			}
		}
		url := mustParse(t, pick(origins...)+path())
		fail := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("%s\nurl %s\nregistered %q\nseed %d", fmt.Sprintf(format, args...), url, registered, seed)
		}

		// The rule of today against the standard, and match-unique.
		want := slices.IndexFunc(registered, func(r Registered) bool {
			return r.Scope == matchAsSpecified(url, registered)
		})
		got := Matches(MatchScope, url, registered)
		if len(got) > 1 || Controls(url, registered) != want || (len(got) == 1 && got[0] != want) {
			fail("MatchScope = %v, Controls = %d, want %d", got, Controls(url, registered), want)
		}
		nested := 0
		for _, r := range registered {
			if strings.HasPrefix(url, r.Scope) {
				nested++
			}
		}

		// The rule of 2014 is today's with the url in the place of the scope and the scope in that of the url: a
		// scope is a match exactly if the url, as a scope, would control it, and no longer scope is.
		turned := func(r Registered) bool { return Controls(r.Scope, []Registered{{Scope: url}}) == 0 }
		var want2014 []int
		for i, r := range registered {
			longer := func(o Registered) bool { return turned(o) && len(o.Scope) > len(r.Scope) }
			if turned(r) && !slices.ContainsFunc(registered, longer) {
				want2014 = append(want2014, i)
			}
		}
		got2014 := Matches(MatchScope2014, url, registered)
		if !slices.Equal(got2014, want2014) {
			fail("MatchScope2014 = %v, want %v", got2014, want2014)
		}

		for _, rule := range []Answer{MatchScript, MatchScope, MatchScope2014} {
			got := Matches(rule, url, registered)

			// No rule leaves the origin of the url.
			for _, i := range got {
				if a, b := originOf(url), originOf(registered[i].Scope); a != b {
					fail("rule %v turns from origin %s to %s", rule, a, b)
				}
			}

			// match-stable: in another order the same ones are found.
			order := r.Perm(len(registered))
			shuffled := make([]Registered, len(order))
			for to, from := range order {
				shuffled[to] = registered[from]
			}
			if a, b := pickSorted(registered, got), pickSorted(shuffled, Matches(rule, url, shuffled)); !slices.Equal(a, b) {
				fail("rule %v finds %q in one order and %q in another", rule, a, b)
			}
			witnessed[finds(rule, len(got))]++
		}
		if nested > 1 {
			witnessed["nested scopes"]++
		}
		if len(got) == 1 && len(got2014) > 0 && !slices.Equal(got, got2014) {
			witnessed["2014 picks another"]++
		}
	}

	for _, premise := range []string{
		finds(MatchScript, 0), finds(MatchScript, 1), finds(MatchScript, 2),
		finds(MatchScope, 0), finds(MatchScope, 1), // never 2, see above
		finds(MatchScope2014, 0), finds(MatchScope2014, 1), finds(MatchScope2014, 2),
		"nested scopes", "2014 picks another",
	} {
		t.Logf("%-24s %6d times", premise, witnessed[premise])
		if witnessed[premise] == 0 {
			t.Errorf("never witnessed: %s", premise)
		}
	}
}

func mustParse(t *testing.T, url string) string {
	t.Helper()
	parsed, err := ParseURL(url, pageURL)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func mustRegister(t *testing.T, scope, script string) Registered {
	t.Helper()
	registration, err := NewRegistered(mustParse(t, scope), mustParse(t, script))
	if err != nil {
		t.Fatal(err)
	}
	return registration
}

// originOf cuts a serialised http or https url, without a user name, after its host and port.
func originOf(url string) string {
	scheme, rest, _ := strings.Cut(url, "//")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "//" + host
}

func pickSorted(registered []Registered, indices []int) []Registered {
	var picked []Registered
	for _, i := range indices {
		picked = append(picked, registered[i])
	}
	slices.SortFunc(picked, func(a, b Registered) int { return cmp.Compare(a.Scope, b.Scope) })
	return picked
}
