package model

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// This file says which registration connect(url) means (draft 39, the first ISSUE: "Specify the algorithm that
// matches url"). That is a pure function of the url, what is registered and the answer to the question [Match]. It
// never looks at the workers: as in SW "Match Service Worker Registration", a registration that has only a waiting
// worker still wins over a shorter scope that has an active one.

// Registered is the part of a registration that matching looks at: its scope url, which is its key and hence unique, and
// the script url that it was registered with. Both are as [ParseURL] returns them. [NewRegistered] makes one.
type Registered struct{ Scope, Script string }

// Why a url is refused. Each comes wrapped in a [URLError].
var (
	ErrNotURL           = errors.New("does not parse as a url; a relative one needs a base that does")
	ErrNotHTTP          = errors.New("is neither an http nor an https url; service workers have no others")
	ErrEscapedSeparator = errors.New("has %2f or %5c in its path; servers may read it as a slash, so write one")
	ErrOtherOrigin      = errors.New("is a scope of another origin than its script; register it from there")
)

// URLError is a refused url. Name is that of the exception that the web throws for it, TypeError or SecurityError; URL
// is as it was given; Err is one of the errors above.
type URLError struct {
	Name, URL string
	Err       error
}

func (e *URLError) Error() string { return fmt.Sprintf("%s: %q %v", e.Name, e.URL, e.Err) }
func (e *URLError) Unwrap() error { return e.Err }

// ParseURL parses url as the web does (WHATWG URL, not RFC 3986), relative to base unless that is empty, and returns
// its serialisation without the fragment. A url that does not parse is a TypeError, as in navigator-connect.
//
// An http or https url comes back in its one normal form, which is plain ASCII. Other schemes are no error here: a
// page may ask for them, but no registration has one.
func ParseURL(url, base string) (string, error) {
	u, err := parseURL(url, base)
	if err != nil {
		return "", err
	}
	return withoutFragment(u), nil
}

// NewRegistered returns the registration of script for scope, both absolute urls, or the refusal of SW "Start
// Register" and "Register". It leaves out what depends on more than the two urls: whether the origin is trustworthy,
// the origin of the registering page, and the path restriction with its Service-Worker-Allowed header.
func NewRegistered(scope, script string) (Registered, error) {
	scriptURL, err := parseForRegister(script)
	if err != nil {
		return Registered{}, err
	}
	scopeURL, err := parseForRegister(scope)
	if err != nil {
		return Registered{}, err
	}
	// "Register" wants both to have the origin of the registering page.
	if urlOrigin(scopeURL) != urlOrigin(scriptURL) {
		return Registered{}, &URLError{"SecurityError", scope, ErrOtherOrigin}
	}
	return Registered{Scope: withoutFragment(scopeURL), Script: withoutFragment(scriptURL)}, nil
}

// Matches returns the indices of all that match url by the rule, in the order of the list. None means that the rule finds no
// service; more than one, that it does not say which is meant. The url is as [ParseURL] returns it.
// Matches panics if rule is no answer to the question [Match].
//
// By every rule a match has the url's own origin, although none looks at it: in the normal form of an http or https url,
// the origin (and the user name, if there is one) ends at the first slash after "//". Where one string starts with another,
// both have that slash at the same place.
func Matches(rule Answer, url string, registered []Registered) []int {
	switch rule {
	case MatchScript: // draft 21: "service worker that has given script URL"
		return where(registered, func(r Registered) bool { return r.Script == url })

	case MatchScope: // draft 39: "consistent with how Service Workers spec decide controlling worker"
		// SW "Match Service Worker Registration": the longest scope which the url starts with. It is a prefix of the
		// string, not of the path: the scope /a matches /abc.
		return longest(registered, where(registered, func(r Registered) bool { return strings.HasPrefix(url, r.Scope) }))

	case MatchScope2014: // the same words, in the text that draft 40 links to
		// [[MatchScope]], as it stood from 5bddece (2014-07-30) to bc7ef0b (2015-10-16): the longest scope that starts
		// with the url.
		return longest(registered, where(registered, func(r Registered) bool { return strings.HasPrefix(r.Scope, url) }))
	}
	panic(fmt.Sprintf("model: %v is no answer to the question match", rule))
}

// Controls returns the index of the registration that would control a document at url (SW "Match Service Worker
// Registration"), or -1 if none would. The url is as [ParseURL] returns it.
func Controls(url string, registered []Registered) int {
	if matches := Matches(MatchScope, url, registered); len(matches) > 0 {
		return matches[0] // the only one, because scopes are unique
	}
	return -1
}

// where returns the indices of those for which holds is true, in ascending order.
func where(registered []Registered, holds func(Registered) bool) []int {
	var indices []int
	for i, r := range registered {
		if holds(r) {
			indices = append(indices, i)
		}
	}
	return indices
}

// longest keeps the indices of those that have the longest scope among them. It reuses the slice.
func longest(registered []Registered, indices []int) []int {
	length := 0
	for _, i := range indices {
		length = max(length, len(registered[i].Scope))
	}
	return slices.DeleteFunc(indices, func(i int) bool { return len(registered[i].Scope) < length })
}

// urlParser is that of the library, which follows the standard of May 2023, with one later change: paths escape ^ as well
// (whatwg/url#846, 2025).
var urlParser = whatwg.NewParser(whatwg.WithPathPercentEncodeSet(whatwg.PathPercentEncodeSet.Set('^')))

func parseURL(url, base string) (*whatwg.Url, error) {
	u, err := urlParser.ParseRef(base, url)
	if err != nil {
		return nil, &URLError{"TypeError", url, ErrNotURL}
	}
	return u, nil
}

// parseForRegister parses a script or scope url and checks it as SW "Start Register" does, in its order.
func parseForRegister(url string) (*whatwg.Url, error) {
	u, err := parseURL(url, "")
	if err != nil {
		return nil, err
	}
	if u.Scheme() != "http" && u.Scheme() != "https" {
		return nil, &URLError{"TypeError", url, ErrNotHTTP}
	}
	if path := strings.ToLower(u.Pathname()); strings.Contains(path, "%2f") || strings.Contains(path, "%5c") {
		return nil, &URLError{"TypeError", url, ErrEscapedSeparator}
	}
	return u, nil
}

// withoutFragment serialises u with exclude fragment set, so that no rule ever sees one.
func withoutFragment(u *whatwg.Url) string { return u.Href(true) }

// urlOrigin is the scheme, host and port of an http or https url. A default port is already dropped.
func urlOrigin(u *whatwg.Url) string { return u.Scheme() + "://" + u.Host() }
